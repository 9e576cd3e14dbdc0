from datetime import UTC, datetime

import pytest
from page_kinds import KindPage, make_pages

from scraper.extraction import Hints, Mode, read_page
from storage.records import NotAnArticle, Page

NOW = datetime(2026, 11, 1, tzinfo=UTC)
PAGES = make_pages()
KINDS = sorted({page.kind for page in PAGES})


def kind_of(page: KindPage, mode: Mode) -> str:
    found = read_page(
        Page(
            url=page.url,
            final_url=page.url,
            status=200,
            headers=(("Content-Type", "text/html"),),
            body=page.html.encode(),
            fetched_at=NOW,
        ),
        hints=Hints(now=NOW, mode=mode),
    )
    if isinstance(found, NotAnArticle):
        return found.kind
    return found.provenance.get("extent", "full")


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_a_kind_are_named_rightly(kind: str) -> None:
    wrong = {
        page.url: named
        for page in PAGES
        if page.kind == kind and (named := kind_of(page, "best")) != kind
    }
    assert wrong == {}


def test_there_are_enough_pages_of_many_kinds() -> None:
    assert len(PAGES) >= 150
    assert {page.language for page in PAGES} >= {"en", "de", "zh", "ja", "ko", "ru", "ar"}


def test_the_kind_does_not_depend_on_the_mode() -> None:
    sample = PAGES[::7]
    assert [kind_of(page, "fast") for page in sample] == [page.kind for page in sample]
