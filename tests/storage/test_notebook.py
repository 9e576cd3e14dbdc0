"""The archive as a researcher opens it in a notebook."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from factory import archived, prose

from storage.archive import Archive, open_archive
from storage.errors import ArchiveError
from storage.records import key_of
from storage.search import Filters

ROOT = Path(__file__).parents[2]


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        for number in range(3):
            opened.record(archived(f"http://a.org/{number}", prose(60, seed=number)))
        yield opened


def test_it_is_iterated_counted_and_searched(archive: Archive) -> None:
    keys = [article.key for article in archive.articles()]
    assert keys == sorted(key_of(f"http://a.org/{number}") for number in range(3))
    assert archive.count("title") == 3
    assert archive.count("title", filters=Filters(language="zh")) == 0
    assert {hit.key for hit in archive.search("title")} == set(keys)
    assert archive.get(keys[0]).key == keys[0]


def test_a_frame_has_a_row_an_article(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    library = SimpleNamespace(DataFrame=dict)
    monkeypatch.setattr(importlib, "import_module", lambda _: library)
    frame = archive.frame()
    assert len(frame["text"]) == 3
    assert frame["authors"][0] == ["A. Reporter"]
    assert list(frame)[:3] == ["key", "title", "text"]


def test_a_library_that_is_missing_is_named(archive: Archive) -> None:
    if importlib.util.find_spec("polars") is not None:
        pytest.skip("polars is installed")
    with pytest.raises(ArchiveError, match="pip install polars"):
        archive.frame("polars")


def test_neither_scrapy_nor_trafilatura_stands_in_the_way(archive: Archive) -> None:
    script = (
        "import sys; from wireroom import open_archive;"
        "print(open_archive(sys.argv[1]).count('title'),"
        " {'scrapy', 'trafilatura', 'twisted', 'lxml'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(archive.path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.strip() == "3 set()"
