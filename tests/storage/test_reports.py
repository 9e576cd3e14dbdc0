import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from factory import NOW, archived, prose, rejected

from storage import reports
from storage.archive import open_archive
from storage.records import State


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def summary(source: str = "portal", **counts: object) -> reports.SourceSummary:
    values: dict[str, object] = {
        "listed": 1,
        "discovered": 2,
        "fetched": 2,
        "new": 2,
        "versions": 0,
        "unchanged": 0,
        "rejected": {},
        "failed": {},
        "problems": (),
        "bytes": 10,
        "seconds": 1.0,
    }
    return reports.SourceSummary(source=source, **(values | counts))


def crawl(archive, *, state: str | None = "done", pid: int | None = None, **counts: object) -> int:
    with archive.write() as db:
        crawl_id = reports.begin_crawl(db, now=NOW, pid=pid or os.getpid())
        reports.account(db, crawl_id, summary(**counts))
        if state is not None:
            reports.end_crawl(db, crawl_id, state=state, now=NOW)
    return crawl_id


def dead_pid() -> int:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


def last_state(archive) -> str:
    with archive.read() as db:
        return reports.last_crawls(db)["portal"].state


def test_the_last_crawl_of_a_source_is_known(archive) -> None:
    crawl(archive, state="stopped")
    crawl(archive)
    assert last_state(archive) == "done"


def test_a_crawl_that_runs_is_told_from_one_that_was_killed(archive) -> None:
    crawl(archive, state=None)
    assert last_state(archive) == "running"
    crawl(archive, state=None, pid=dead_pid())
    assert last_state(archive) == "killed"


@pytest.mark.parametrize(
    ("state", "failed", "complete"),
    [
        ("done", {}, True),
        ("done", {"4xx": 3}, True),
        ("done", {"section timeout": 1}, False),
        ("stopped", {}, False),
        (None, {}, False),
    ],
)
def test_lists_were_read_completely_only_if_the_crawl_ended_well(
    archive, state: str | None, failed: dict[str, int], complete: bool
) -> None:
    crawl(archive, state=state, failed=failed)
    with archive.read() as db:
        assert (reports.completely_listed(db) == {"portal"}) is complete


def test_stats_count_what_is_there(archive) -> None:
    text = prose(200, seed=1)
    archive.record(archived("http://a.org/1", text))
    archive.record(archived("http://b.org/1", text, source="other"))
    archive.record(rejected("http://c.org/1", State.FAILED, "timeout"))
    with archive.read() as db:
        found = reports.stats(db)
    assert (found.articles, found.appearances, found.urls) == (1, 2, 3)
    assert found.by_source == {"other": 1, "portal": 1}
    assert found.by_outcome == {"archived": 2, "failed, timeout": 1}
    assert found.by_year == {"2024": 1}


def test_outcomes_can_be_chosen(archive) -> None:
    archive.record(archived("http://a.org/1", "A text."))
    archive.record(rejected("http://c.org/1", State.FAILED, "timeout"))
    with archive.read() as db:
        (row,) = reports.outcomes(db, state=State.FAILED)
    assert (row.url, row.kind, row.reason) == ("http://c.org/1", "timeout", "it is timeout")


@pytest.mark.parametrize(
    ("path", "minutes", "state", "expected"),
    [
        ("/a", 1, "running", True),
        ("/a", -4, "running", True),
        ("/a", -6, "running", False),
        ("/a", 1, "done", True),
        ("/a", -1, "done", False),
        ("/a", -1, "killed", False),
        ("/b", 1, "running", False),
    ],
)
def test_what_another_crawl_asks_for_is_left_to_it(
    archive, path: str, minutes: int, state: str, expected: bool
) -> None:
    ended = "done" if state == "done" else None
    other = crawl(archive, state=ended, pid=dead_pid() if state == "killed" else None)
    mine = crawl(archive, state=None)
    ask(archive, other, path, minutes=minutes)
    assert is_left(archive, mine) is expected


def test_what_a_crawl_or_a_fetch_has_asked_for_itself_is_not_left(archive) -> None:
    mine = crawl(archive, state=None)
    ask(archive, mine, "/a", minutes=1)
    ask(archive, None, "/a", minutes=1)
    assert not is_left(archive, mine)


def ask(archive, crawl_id: int | None, path: str, *, minutes: int) -> None:
    with archive.write() as db:
        reports.log_request(
            db,
            crawl_id=crawl_id,
            source="portal",
            host="a.org",
            url=f"http://a.org{path}",
            purpose="page",
            sent_at=NOW + timedelta(minutes=minutes),
            gap=1,
        )


def is_left(archive, crawl_id: int) -> bool:
    with archive.read() as db:
        return reports.is_left_to_another(
            db, "a.org", "http://a.org/a", crawl_id=crawl_id, since=NOW
        )
