import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from factory import NOW, list_reading, summary

from scraper.schedule import ScheduledSource, plan_next
from scraper.sources import Source
from storage import lists, reports
from storage.archive import Archive, open_archive

FEED = "http://a.org/feed"
PORTAL = Source(name="portal", title="Portal", home="http://a.org/", feeds=(FEED,))
HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def crawl(archive: Archive, at: datetime, **counts: object) -> None:
    with archive.write() as db:
        crawl_id = reports.begin_crawl(db, now=at, pid=os.getpid())
        reports.account(db, crawl_id, summary(**counts))
        reports.end_crawl(db, crawl_id, state="done", now=at)


def plan(archive: Archive, *, now: datetime = NOW, source: Source = PORTAL) -> ScheduledSource:
    with archive.read() as db:
        (row,) = plan_next(db, [source], now=now)
    return row


def test_what_was_never_crawled_is_due_now(archive: Archive) -> None:
    assert plan(archive).next_at == NOW


def test_a_first_crawl_finds_everything_new_and_says_nothing(archive: Archive) -> None:
    crawl(archive, NOW, met=100)
    row = plan(archive)
    assert (row.next_at, row.why) == (NOW + HOUR, "as set, until there were looks")


def test_a_source_that_publishes_often_is_due_sooner(archive: Archive) -> None:
    for hour in range(9):
        crawl(archive, NOW + hour * HOUR, met=1)
    row = plan(archive, now=NOW + 8 * HOUR)
    assert row.interval < 3600
    assert row.why == "new in 8 of 8 looks"


def test_a_source_that_is_silent_is_due_later(archive: Archive) -> None:
    for hour in range(9):
        crawl(archive, NOW + hour * HOUR)
    assert plan(archive, now=NOW + 8 * HOUR).interval > 3600


def test_a_crawl_that_read_no_list_was_no_look(archive: Archive) -> None:
    for hour in range(9):
        crawl(archive, NOW + hour * HOUR, listed=0)
    assert plan(archive).why == "as set, until there were looks"


def test_a_clock_that_was_set_back_delays_nothing_by_more_than_an_interval(
    archive: Archive,
) -> None:
    crawl(archive, NOW)
    back = NOW - 2 * HOUR
    assert plan(archive, now=back).next_at == back + HOUR


def test_no_crawl_comes_before_the_only_list_wants_one(archive: Archive) -> None:
    crawl(archive, NOW)
    reading = list_reading(FEED, interval=3 * 3600.0)
    with archive.write() as db:
        lists.remember(db, reading, new=0, now=NOW)
    row = plan(archive)
    assert row.next_at == NOW + 3 * HOUR
    assert row.why.endswith("its lists ask for more patience")


def test_a_list_without_wishes_is_not_kept_waiting_by_another(archive: Archive) -> None:
    crawl(archive, NOW)
    with archive.write() as db:
        lists.remember(db, list_reading(FEED, interval=3 * 3600.0), new=0, now=NOW)
    both = replace(PORTAL, sections=("http://a.org/news/",))
    assert plan(archive, source=both).next_at == NOW + HOUR


@pytest.mark.parametrize(("shortest", "minutes"), [(900.0, 55), (3500.0, 3500 / 60), (3600.0, 60)])
def test_it_may_go_along_a_little_sooner_but_not_below_the_limit(
    archive: Archive, shortest: float, minutes: float
) -> None:
    crawl(archive, NOW)
    row = plan(archive, source=replace(PORTAL, min_interval=shortest))
    assert row.along_at == NOW + timedelta(minutes=minutes)
