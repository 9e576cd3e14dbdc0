from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from factory import archived, prose, rejected

from storage import frontier, reports
from storage.archive import Archive, open_archive
from storage.coverage import Day, cover
from storage.records import ArticleLink, State
from storage.reports import SourceSummary

ZONE = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)  # already the 2nd in Shanghai
LATER = datetime(2026, 3, 5, 3, 0, tzinfo=UTC)
NOW = LATER + timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = open_archive(tmp_path / "wireroom.db", create=True)
    for moment, listed in ((EVENING, 1), (LATER, 0)):
        with archive.write() as db:
            crawl_id = reports.begin_crawl(db, now=moment, pid=1)
            reports.account(db, crawl_id, summary(listed))
    link = ArticleLink(url="http://a.org/1", found_in="http://a.org/feed", found_as="feed")
    with archive.write() as db:
        frontier.meet(db, [link], source="portal", now=EVENING)
    archive.record(archived("http://a.org/1", prose(50), at=EVENING))
    archive.record(rejected("http://a.org/2", State.NOT_AN_ARTICLE, "index", at=LATER))
    archive.record(rejected("http://a.org/3", State.FAILED, "timeout", at=LATER))
    return archive


def summary(listed: int) -> SourceSummary:
    return SourceSummary(
        source="portal",
        listed=listed,
        discovered=0,
        fetched=0,
        new=0,
        versions=0,
        unchanged=0,
        rejected={},
        failed={},
        problems=(),
        bytes=0,
        seconds=1.0,
    )


def days(archive: Archive, *, now: datetime = NOW, **options: object) -> list[Day]:
    with archive.read() as db:
        return cover(db, zones={"portal": ZONE}, now=now, **options)  # type: ignore[arg-type]


def test_days_are_those_of_the_sources_own_zone_and_gaps_stand_among_them(archive: Archive) -> None:
    assert [(day.day.day, day.polled) for day in days(archive)] == [(2, 1), (3, 0), (4, 0), (5, 0)]


def test_each_day_counts_what_became_of_its_urls(archive: Archive) -> None:
    first, *_, last = days(archive)
    assert (first.discovered, first.archived, first.rejected, first.failed) == (1, 1, 0, 0)
    assert (last.archived, last.rejected, last.failed) == (0, 1, 1)


def test_a_crawl_that_read_no_list_was_not_looking(archive: Archive) -> None:
    assert days(archive)[-1].polled == 0


def test_a_part_of_the_days_can_be_asked_for(archive: Archive) -> None:
    some = days(archive, since=date(2026, 3, 3), until=date(2026, 3, 4))
    assert [day.day.day for day in some] == [3, 4]
    assert days(archive, source="other") == []


def test_an_outage_shows_while_it_lasts(archive: Archive) -> None:
    now = LATER + timedelta(days=2)
    assert [(day.day.day, day.polled) for day in days(archive, now=now)][-3:] == [
        (5, 0),
        (6, 0),
        (7, 0),
    ]


def test_a_day_that_has_begun_elsewhere_only_is_not_there_yet(archive: Archive) -> None:
    evening = datetime(2026, 3, 5, 22, 57, tzinfo=UTC)
    with archive.write() as db:
        crawl_id = reports.begin_crawl(db, now=evening, pid=1)
        reports.account(db, crawl_id, summary(1))
        reports.account(db, crawl_id, replace(summary(1), source="west"))
    with archive.read() as db:
        found = cover(db, zones={"portal": ZONE, "west": UTC}, now=evening)
    ends = {day.source: day.day for day in found}
    assert ends == {"portal": date(2026, 3, 6), "west": date(2026, 3, 5)}
