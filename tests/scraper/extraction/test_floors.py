"""Floors under what is read from pages of our own: an upgrade of a dependency cannot lower it unseen.

Each stands a little below what was measured when it was set; raise it when the figure rises. `bench/quality.py`
measures the same on real pages.
"""

from datetime import UTC, datetime
from functools import lru_cache
from statistics import fmean

import pytest
from article_layouts import LAYOUTS, ArticlePage, make_articles
from article_prose import LANGUAGES
from scoring import average, compare

from scraper.extraction import Hints, Mode, read_page
from storage.records import Article, Page

NOW = datetime(2026, 11, 1, tzinfo=UTC)
MODES = ("best", "fast")
# F1 of the text of most layouts, of those where something is lost or kept, and of any language.
LAYOUT = {"best": 0.99, "fast": 0.99}
HARD = {("tables", "best"): 0.985, ("tables", "fast"): 0.985, ("parts", "best"): 0.925}
LANGUAGE = {"best": 0.98, "fast": 0.99}
# The share of what surrounds the articles that is kept.
FURNITURE = {"best": 0.008, "fast": 0.003}
FACTS = {"title": 0.99, "day": 0.99, "language": 0.99, "author": 0.97}


@lru_cache(maxsize=2)
def read_articles(mode: Mode) -> list[tuple[ArticlePage, Article | None]]:
    found = []
    for made in make_articles():
        page = Page(
            url=made.url,
            final_url=made.url,
            status=200,
            headers=(("Content-Type", "text/html"),),
            body=made.body,
            fetched_at=NOW,
        )
        read = read_page(page, hints=Hints(now=NOW, mode=mode))
        found.append((made, read if isinstance(read, Article) else None))
    return found


def score(pairs: list[tuple[ArticlePage, Article | None]]) -> float:
    return average([compare(read.text if read else "", made.text) for made, read in pairs])[2]


def is_right(fact: str, made: ArticlePage, read: Article) -> bool:
    match fact:
        case "title":
            return read.title == made.title
        case "day":
            return read.published_date == made.day
        case "language":
            return read.language == made.language
        case _:
            return read.authors == (made.author,)


def test_the_pages_are_many_enough_to_tell() -> None:
    pages = make_articles()
    assert len(pages) >= 60
    assert len({page.layout for page in pages}) >= 12
    assert len({page.language for page in pages}) >= 10


@pytest.mark.parametrize("mode", MODES)
def test_no_article_is_refused(mode: Mode) -> None:
    refused = [f"{made.layout} {made.language}" for made, read in read_articles(mode) if not read]
    assert refused == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_text_of_a_layout(layout: str, mode: Mode) -> None:
    pairs = [pair for pair in read_articles(mode) if pair[0].layout == layout]
    assert score(pairs) >= HARD.get((layout, mode), LAYOUT[mode])


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_in_a_language(language: str, mode: Mode) -> None:
    pairs = [pair for pair in read_articles(mode) if pair[0].language == language]
    assert score(pairs) >= LANGUAGE[mode]


@pytest.mark.parametrize("mode", MODES)
def test_what_surrounds_articles_is_left_out(mode: Mode) -> None:
    kept = [
        one in read.text for made, read in read_articles(mode) if read for one in made.furniture
    ]
    assert fmean(kept) <= FURNITURE[mode]


@pytest.mark.parametrize("fact", FACTS)
def test_what_the_page_says_of_its_article(fact: str) -> None:
    right = [
        read is not None and is_right(fact, made, read) for made, read in read_articles("best")
    ]
    assert fmean(right) >= FACTS[fact]
