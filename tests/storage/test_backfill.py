from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage import backfill, frontier
from storage.archive import Archive, open_archive
from storage.backfill import MOST_TRIES
from storage.records import ArticleLink

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SINCE = date(2024, 1, 1)
ROOTS = [("http://a.org/map.xml", "sitemap"), ("http://a.org/news/", "section")]


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        with opened.write() as db:
            backfill.begin(db, "portal", ROOTS, since=SINCE)
        yield opened


def waiting(archive: Archive) -> list[str]:
    with archive.read() as db:
        return [one.url for one in backfill.waiting(db, "portal", limit=10)]


def test_what_was_read_waits_no_more_and_what_it_led_to_does(archive: Archive) -> None:
    with archive.write() as db:
        backfill.add(db, "portal", [("http://a.org/2.xml", "sitemap")], since=SINCE)
        backfill.note_read(db, "portal", "http://a.org/map.xml", now=NOW)
    assert waiting(archive) == ["http://a.org/news/", "http://a.org/2.xml"]


def test_a_list_page_that_is_known_is_not_added_again(archive: Archive) -> None:
    with archive.write() as db:
        assert backfill.add(db, "portal", ROOTS, since=SINCE) == []


@pytest.mark.parametrize(
    ("since", "left"), [(date(2024, 6, 1), 1), (SINCE, 1), (date(2023, 1, 1), 2)]
)
def test_it_begins_anew_only_when_it_is_to_go_further_back(
    archive: Archive, since: date, left: int
) -> None:
    with archive.write() as db:
        backfill.note_read(db, "portal", "http://a.org/map.xml", now=NOW)
        backfill.begin(db, "portal", ROOTS, since=since)
    assert len(waiting(archive)) == left


def test_a_list_page_is_given_up_after_some_tries(archive: Archive) -> None:
    for _ in range(MOST_TRIES):
        assert "http://a.org/map.xml" in waiting(archive)
        with archive.write() as db:
            backfill.note_failure(db, "portal", "http://a.org/map.xml", "HTTP 500", for_good=False)
    assert waiting(archive) == ["http://a.org/news/"]


def test_one_that_is_missing_is_given_up_at_once_and_counted(archive: Archive) -> None:
    with archive.write() as db:
        backfill.note_failure(db, "portal", "http://a.org/map.xml", "HTTP 404", for_good=True)
        backfill.note_read(db, "portal", "http://a.org/news/", now=NOW)
    with archive.read() as db:
        (row,) = backfill.progress(db)
    assert (row.since, row.read, row.waiting, row.given_up) == (SINCE, 1, 0, 1)


def test_what_a_backfill_met_waits_apart_until_a_poll_meets_it_too(archive: Archive) -> None:
    link = ArticleLink(url="http://a.org/1", found_in="http://a.org/map.xml", found_as="sitemap")

    def due(*, back: bool) -> list[str]:
        with archive.read() as db:
            return [one.url for one in frontier.due(db, ["portal"], now=NOW, backfill=back)]

    with archive.write() as db:
        frontier.meet(db, [link], source="portal", now=NOW, backfill=True)
    assert (due(back=True), due(back=False)) == ([link.url], [])
    with archive.write() as db:
        assert frontier.meet(db, [link], source="portal", now=NOW) == []
    assert (due(back=True), due(back=False)) == ([], [link.url])
