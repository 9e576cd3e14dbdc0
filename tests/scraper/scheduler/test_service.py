"""What keeps a scheduler from beginning."""

from pathlib import Path

import pytest

from scraper.config import load_config
from scraper.errors import CrawlFailed
from scraper.scheduler import Scheduler


def test_a_lock_that_cannot_be_made_is_named_with_the_way_out(tmp_path: Path) -> None:
    archive = tmp_path / "wireroom.db"
    # Nobody may write it, whoever runs this.
    lock = Path(f"{archive}.scheduler.lock")
    lock.mkdir()
    settings = '[source.a]\ntitle = "A"\nhome = "http://a.org/"\nfeeds = ["http://a.org/feed"]\n'
    (tmp_path / "wireroom.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(CrawlFailed, match="check the owner and the mode of the folder") as caught:
        Scheduler(archive=archive, config=load_config(None, archive=archive)).run()
    assert str(caught.value).startswith(f"{lock}: ")
