import json
from datetime import UTC, datetime

import pytest
from factory import NOW, summary
from prometheus_client.parser import text_string_to_metric_families
from support import Wireroom

from storage import lists, reports
from storage.archive import open_archive

FEED = "http://a.org/feed"


@pytest.fixture(scope="module")
def ill(tmp_path_factory: pytest.TempPathFactory) -> Wireroom:
    """An archive of a source that fails, and settings that choose it and one that was never crawled."""
    wireroom = Wireroom(tmp_path_factory.mktemp("ill"))
    (wireroom.folder / "wireroom.toml").write_text(
        f'sources = ["itu"]\n[source.portal]\ntitle = "Portal"\nhome = "http://a.org/"\nfeeds = ["{FEED}"]\n',
        encoding="utf-8",
    )
    with open_archive(wireroom.archive, create=True) as archive, archive.write() as db:
        crawl_id = reports.begin_crawl(db, now=NOW, pid=1)
        reports.account(db, crawl_id, summary(listed=0))
        for _ in range(2):
            lists.fail(db, "portal", FEED, "feed", why="HTTP 404", now=NOW)
    return wireroom


def test_health_says_what_is_wrong_and_what_to_do(ill: Wireroom) -> None:
    done = ill.run("sources", "health")
    assert done.returncode == 1
    assert "failing" in done.stdout
    assert "not crawled yet" in done.stdout


def test_health_is_printed_for_programs(ill: Wireroom) -> None:
    done = ill.run("sources", "health", "portal", "--json")
    (row,) = map(json.loads, done.stdout.splitlines())
    (finding,) = row["findings"]
    assert (row["source"], row["health"]) == ("portal", "failing")
    assert datetime.fromisoformat(finding["since"]).astimezone(UTC) == NOW


def test_who_needs_no_hand_exits_with_0(ill: Wireroom) -> None:
    assert ill.run("sources", "health", "itu").returncode == 0


def test_metrics_can_be_read_by_prometheus(ill: Wireroom) -> None:
    done = ill.run("metrics")
    assert done.returncode == 0, done.stderr
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(done.stdout)
        for sample in family.samples
    }
    assert samples["wireroom_articles",] == 0
    assert samples["wireroom_crawls_total", "running"] == 1
    assert samples["wireroom_source_health", "failing", "portal"] == 1
    assert samples["wireroom_source_health", "healthy", "portal"] == 0
    assert samples["wireroom_source_interval_seconds", "itu"] > 0
