from dataclasses import replace
from datetime import timedelta

import pytest
from factory import NOW, archived, page_at, prose

from storage.archive import Archive, open_archive
from storage.captures import pack
from storage.kept import KeptPage, kept_pages
from storage.records import Outcome

URL = "http://a.org/long"


@pytest.fixture
def archive(tmp_path) -> Archive:
    return open_archive(tmp_path / "a.db", create=True)


def look(*parts: bytes, said: str, seed: int = 0, days: int = 0) -> Outcome:
    """Return what a look at an article over several pages brought; its first page is always the same."""
    outcome = archived(URL, prose(100, seed=seed))
    assert outcome.article is not None
    captures = tuple(
        replace(pack(page_at(f"{URL}_{number}", body)), fetched_at=NOW + timedelta(days=days))
        for number, body in enumerate(parts, start=2)
    )
    article = replace(outcome.article, provenance={"parts": said})
    return replace(outcome, article=article, part_captures=captures, at=NOW + timedelta(days=days))


def kept(archive: Archive) -> KeptPage:
    with archive.read() as db:
        (page,) = kept_pages(db, states=("archived",))
    return page


def test_the_parts_of_an_article_are_kept_in_their_order(archive: Archive) -> None:
    archive.record(look(b"<p>two</p>", b"<p>three</p>", said="3"))
    page = kept(archive)
    assert page.is_whole
    with archive.read() as db:
        bodies = [archive.captures.read(db, number).body for number in page.part_capture_ids]
    assert bodies == [b"<p>two</p>", b"<p>three</p>"]


@pytest.mark.parametrize("said", ["4", "3, then one is missing"])
def test_an_article_of_which_a_part_is_missing_is_not_whole(archive: Archive, said: str) -> None:
    archive.record(look(b"<p>two</p>", b"<p>three</p>", said=said))
    assert not kept(archive).is_whole


def test_parts_of_two_looks_are_not_taken_for_one(archive: Archive) -> None:
    archive.record(look(b"<p>two</p>", b"<p>three</p>", said="3"))
    archive.record(look(b"<p>two, corrected</p>", b"<p>three</p>", said="3", seed=1, days=2))
    assert not kept(archive).is_whole


def test_an_article_on_one_page_is_whole(archive: Archive) -> None:
    archive.record(archived(URL, prose(100)))
    assert (kept(archive).is_whole, kept(archive).part_capture_ids) == (True, ())
