"""What is found out about a source from the rows that crawls left, a case each."""

import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from factory import NOW, list_reading, summary

from storage import lists, reports
from storage.archive import Archive, open_archive
from storage.health import Condition, Finding, Watched, examine

FEED, SECTION = "http://a.org/feed", "http://a.org/news/"
PORTAL = Watched(source="portal", lists=(FEED, SECTION))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def crawl(archive: Archive, at: datetime, **counts: object) -> None:
    crawl_often(archive, [(at, counts)])


def crawl_often(archive: Archive, crawls: Iterable[tuple[datetime, dict[str, object]]]) -> None:
    with archive.write() as db:
        for at, counts in crawls:
            crawl_id = reports.begin_crawl(db, now=at, pid=os.getpid())
            reports.account(db, crawl_id, summary(**counts))
            reports.end_crawl(db, crawl_id, state="done", now=at)


def read(
    archive: Archive, at: datetime, url: str = FEED, *, new: int = 0, **values: object
) -> None:
    with archive.write() as db:
        lists.remember(db, list_reading(url, **values), new=new, now=at)


def fail(archive: Archive, at: datetime, why: str = "HTTP 404", url: str = FEED) -> None:
    with archive.write() as db:
        lists.fail(db, "portal", url, "feed", why=why, now=at)


def examined(archive: Archive, *, now: datetime = NOW) -> tuple[Condition, tuple[Finding, ...]]:
    with archive.read() as db:
        health = examine(db, PORTAL, now=now)
    return health.condition, health.findings


def finding(archive: Archive, *, now: datetime = NOW) -> Finding:
    _, (only,) = examined(archive, now=now)
    return only


def test_what_was_never_crawled_is_neither_well_nor_ill(archive: Archive) -> None:
    assert examined(archive) == (Condition.UNKNOWN, ())


def test_a_source_that_brings_news_is_healthy(archive: Archive) -> None:
    crawl_often(archive, ((NOW + n * HOUR, {"met": 1, "new": 1, "fetched": 1}) for n in range(9)))
    read(archive, NOW + 8 * HOUR, new=1)
    assert examined(archive, now=NOW + 9 * HOUR) == (Condition.HEALTHY, ())


def test_one_failure_is_weather(archive: Archive) -> None:
    fail(archive, NOW)
    assert examined(archive)[0] is not Condition.FAILING


def test_a_list_that_fails_twice_in_a_row_is_failing_since_the_first(archive: Archive) -> None:
    fail(archive, NOW)
    fail(archive, NOW + HOUR)
    found = finding(archive)
    assert (found.condition, found.since) == (Condition.FAILING, NOW)
    assert found.what == f"feed {FEED}: HTTP 404, 2 times in a row"
    assert "wireroom sources add" in found.way_out


@pytest.mark.parametrize(
    ("why", "advice"),
    [
        ("HTTP 403", "ask it"),
        ("robots.txt of a.org forbids it", "name another list"),
        ("no complete answer in time", "sources check portal"),
    ],
)
def test_the_advice_fits_the_failure(archive: Archive, why: str, advice: str) -> None:
    fail(archive, NOW, why)
    fail(archive, NOW + HOUR, why)
    assert advice in finding(archive).way_out


def test_a_list_that_answers_again_is_healthy(archive: Archive) -> None:
    for hour in (0, 1):
        fail(archive, NOW + hour * HOUR)
    read(archive, NOW + 2 * HOUR)
    assert examined(archive)[1] == ()


def test_a_list_that_the_source_names_no_more_says_nothing(archive: Archive) -> None:
    for hour in (0, 1):
        fail(archive, NOW + hour * HOUR, url="http://a.org/old")
    assert examined(archive)[1] == ()


def test_pages_that_all_fail_are_a_failing_source(archive: Archive) -> None:
    crawl(archive, NOW, fetched=3, new=3)
    crawl(archive, NOW + HOUR, failed={"4xx": 3, "feed 5xx": 1})
    crawl(archive, NOW + 2 * HOUR)
    crawl(archive, NOW + 3 * HOUR, rejected={"robots": 2})
    found = finding(archive)
    assert (found.condition, found.since) == (Condition.FAILING, NOW + HOUR)
    assert found.what.endswith("in 2 crawls: 3 4xx, 2 robots")


def test_a_section_without_articles_has_a_new_layout(archive: Archive) -> None:
    read(archive, NOW, SECTION, purpose="section", links=20)
    for hour in (1, 2):
        read(archive, NOW + hour * HOUR, SECTION, purpose="section", links=0, digest=f"d{hour}")
    found = finding(archive)
    assert (found.condition, found.since) == (Condition.CHANGED, NOW + HOUR)
    assert "named 20" in found.what


def test_a_feed_without_entries_has_no_new_layout(archive: Archive) -> None:
    read(archive, NOW, links=20)
    for hour in (1, 2):
        read(archive, NOW + hour * HOUR, listed=0, links=0, digest=f"d{hour}")
    assert examined(archive)[1] == ()


def test_a_section_that_never_named_articles_has_no_new_layout(archive: Archive) -> None:
    for hour in (1, 2):
        read(archive, NOW + hour * HOUR, SECTION, purpose="section", links=0)
    assert examined(archive)[1] == ()


def test_a_feed_whose_newest_entry_is_half_a_year_old_is_frozen(archive: Archive) -> None:
    read(archive, NOW, newest=date(2025, 1, 31))
    assert finding(archive).condition is Condition.FROZEN


def test_a_feed_that_stands_still_while_a_section_moves_is_frozen(archive: Archive) -> None:
    read(archive, NOW, new=1)
    read(archive, NOW + 15 * DAY)
    read(archive, NOW + 15 * DAY, SECTION, purpose="section", new=1)
    found = finding(archive, now=NOW + 15 * DAY)
    assert (found.condition, found.since) == (Condition.FROZEN, NOW)
    assert SECTION in found.what


def visits(days: int, *, news_every: int) -> list[tuple[datetime, dict[str, object]]]:
    return [(NOW + n * DAY, {"met": int(n % news_every == 0)}) for n in range(days)]


def test_a_source_is_silent_beyond_twice_its_longest_silence(archive: Archive) -> None:
    crawl_often(archive, visits(21, news_every=4))
    crawl_often(archive, ((NOW + n * DAY, {"met": 0}) for n in range(21, 30)))
    assert examined(archive, now=NOW + 28 * DAY)[0] is Condition.HEALTHY
    found = finding(archive, now=NOW + 29 * DAY)
    assert (found.condition, found.since) == (Condition.SILENT, NOW + 20 * DAY)


def test_a_source_that_nobody_looked_at_is_not_silent(archive: Archive) -> None:
    crawl_often(archive, visits(21, news_every=4))
    assert examined(archive, now=NOW + 60 * DAY)[1] == ()


def test_a_source_without_a_past_may_be_silent_for_a_month(archive: Archive) -> None:
    crawl_often(archive, ((NOW + n * DAY, {"met": int(n == 0)}) for n in range(33)))
    assert examined(archive, now=NOW + 29 * DAY)[1] == ()
    assert finding(archive, now=NOW + 32 * DAY).condition is Condition.SILENT


def test_a_week_far_below_the_usual_is_a_low_yield(archive: Archive) -> None:
    usual = {"met": 3, "fetched": 3, "new": 1, "rejected": {"irrelevant": 2}}
    broken = {"met": 3, "fetched": 3, "rejected": {"empty": 3}}
    crawl_often(archive, ((NOW + n * DAY, usual if n <= 35 else broken) for n in range(43)))
    assert examined(archive, now=NOW + 35.5 * DAY)[0] is Condition.HEALTHY
    found = finding(archive, now=NOW + 42.5 * DAY)
    assert (found.condition, found.what) == (
        Condition.LOW,
        "0 articles were read in the last seven days, 21 are usual",
    )


def test_a_week_of_few_looks_is_no_low_yield(archive: Archive) -> None:
    usual = {"met": 3, "fetched": 3, "new": 3}
    crawl_often(archive, ((NOW + n * DAY, usual) for n in range(36)))
    crawl(archive, NOW + 42 * DAY, met=0)
    assert examined(archive, now=NOW + 42.5 * DAY)[0] is Condition.HEALTHY


def test_the_worst_comes_first(archive: Archive) -> None:
    read(archive, NOW, newest=date(2025, 1, 1))
    for hour in (0, 1):
        fail(archive, NOW + hour * HOUR, url=SECTION)
    assert [found.condition for found in examined(archive)[1]] == [
        Condition.FAILING,
        Condition.FROZEN,
    ]
