from collections.abc import Iterator

import pytest
from listing_pages import BUILDERS, OTHER_PAGES, Portal

from scraper.discovery import ListPage, read_list
from scraper.sources import Source
from scraper.urls import canonicalise

PORTALS = [build() for build in BUILDERS]


def walk(portal: Portal) -> Iterator[tuple[str, ListPage]]:
    """Follow a list from its first page, as the spider does."""
    first = canonicalise(portal.home + portal.first)
    source = Source(name="example", title="Example", home=portal.home + "/", sections=(first,))
    pages = {canonicalise(url): html for url, html in portal.pages.items()}
    url: str | None = first
    seen = set()
    while url is not None and url in pages and url not in seen:
        seen.add(url)
        page = read_list("section", pages[url].encode(), url, "text/html; charset=utf-8", source)
        yield url, page
        url = page.further[0].url if page.further else None


def found_and_wanted(portal: Portal) -> tuple[set[str], set[str]]:
    found = {link.url for _, page in walk(portal) for link in page.links}
    return found, {canonicalise(url) for url in portal.articles}


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_the_articles_of_a_list_are_found_without_a_rule(portal: Portal) -> None:
    found, wanted = found_and_wanted(portal)
    assert (sorted(found - wanted), sorted(wanted - found)) == ([], [])


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.name)
def test_each_page_leads_to_the_one_that_follows(portal: Portal) -> None:
    assert [url for url, _ in walk(portal)] == [canonicalise(url) for url in portal.order]


@pytest.mark.parametrize("name", OTHER_PAGES)
def test_a_page_that_lists_no_articles_has_none(name: str) -> None:
    url = "https://paper.example.org/some/page"
    source = Source(name="example", title="Example", home="https://paper.example.org/")
    page = read_list("section", OTHER_PAGES[name].encode(), url, "text/html", source)
    assert page.links == ()


def test_a_list_without_rows_says_what_would_help() -> None:
    url = "https://paper.example.org/some/page"
    source = Source(name="example", title="Example", home="https://paper.example.org/")
    page = read_list("section", OTHER_PAGES["hubs"].encode(), url, "text/html", source)
    assert "if it lists some, name `include`" in page.problems[0]
