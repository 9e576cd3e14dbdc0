from pathlib import Path

import pytest
from factory import archived, prose, rejected

from storage import frontier, reports
from storage.archive import Archive, open_archive
from storage.captures import captures_of
from storage.errors import ArticleNotFound
from storage.history import history, kin_of, outcomes_like
from storage.records import ArticleLink, State, key_of

URL = "http://a.org/1"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = open_archive(tmp_path / "wireroom.db", create=True)
    text = prose(200, seed=1)
    link = ArticleLink(url=URL, found_in="http://a.org/feed", found_as="feed", title="A link")
    first = archived(URL, text)
    with archive.write() as db:
        frontier.meet(db, [link], source="portal", now=first.at)
        row = reports.log_request(
            db,
            crawl_id=1,
            source="portal",
            host="a.org",
            url=URL,
            purpose="page",
            sent_at=first.at,
            gap=2.0,
        )
        reports.finish_request(db, row, status=200, size=123, seconds=0.1, error=None)
    archive.record(first)
    archive.record(archived("http://b.org/1", text, source="wire"))
    archive.record(
        archived("http://c.org/round-up", f"{prose(400, seed=2)} {text} {prose(500, seed=3)}")
    )
    archive.record(rejected("http://d.org/1", State.NOT_AN_ARTICLE, "index"))
    return archive


def test_the_story_of_an_article_tells_what_led_there_each_try_and_version(
    archive: Archive,
) -> None:
    with archive.read() as db:
        told = history(db, URL)
    assert [(lead.found_as, lead.title) for lead in told.led_by] == [("feed", "A link")]
    assert [(sent.status, sent.bytes) for sent in told.requests] == [(200, 123)]
    assert [(version.number, version.cause) for version in told.versions] == [(1, "first")]
    assert (told.state, told.relevant, told.article_key) == ("archived", True, key_of(URL))


def test_a_rejected_page_has_a_story_too(archive: Archive) -> None:
    with archive.read() as db:
        told = history(db, key_of("http://d.org/1"))
    assert (told.state, told.kind, told.reason) == ("not an article", "index", "it is index")
    assert told.versions == ()


def test_a_url_that_was_never_met_has_none(archive: Archive) -> None:
    with archive.read() as db, pytest.raises(ArticleNotFound, match="never met"):
        history(db, "http://nowhere.org/")


def test_copies_and_round_ups_are_kin(archive: Archive) -> None:
    with archive.read() as db:
        kinds = {one.url: one.kind for one in kin_of(db, URL)}
    assert kinds == {URL: "same", "http://b.org/1": "same", "http://c.org/round-up": "contains"}


def test_rejected_pages_are_found_by_words_of_title_or_url(archive: Archive) -> None:
    with archive.read() as db:
        found = outcomes_like(db, "d.org", states=("not an article",), source=None, limit=5)
        none = outcomes_like(db, "d.org", states=("failed",), source=None, limit=5)
    assert ([row["url"] for row in found], none) == (["http://d.org/1"], [])


def test_the_response_behind_an_article_is_found_and_read(archive: Archive) -> None:
    with archive.read() as db:
        (place,) = captures_of(db, URL)
        page = archive.captures.read(db, place.id)
    assert (page.url, page.body) == (URL, prose(200, seed=1).encode())


def test_a_page_of_which_nothing_was_kept_says_so(archive: Archive) -> None:
    with archive.read() as db, pytest.raises(ArticleNotFound, match="no response of it was kept"):
        captures_of(db, "http://d.org/1")
