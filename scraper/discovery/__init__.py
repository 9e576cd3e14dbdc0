"""From the bytes of a list page to the links of articles. Pure; runs in worker processes."""

from scraper.discovery.links import FoundLink, Listing, ListPage, collect
from scraper.sources import ListPurpose, Source

__all__ = ["FoundLink", "ListPage", "Listing", "collect", "read_list"]


def read_list(
    purpose: ListPurpose, body: bytes, url: str, content_type: str | None, source: Source
) -> ListPage:
    """Return what a list page leads to.

    Args:
        purpose: what the page is said to be.
        body: its bytes, with their encodings undone; a gzipped sitemap may still be gzipped.
        url: the URL that answered; relative links are relative to it.
        content_type: the Content-Type header.
        source: whose list it is; its rules decide which links are articles.

    Returns:
        The links in their order, each once, the list pages that follow, and what was wrong. Bytes that
        are no such list give no links and a problem: they never raise.
    """
    # Each reader brings a parser of its own that the others do not need.
    match purpose:
        case "feed":
            from scraper.discovery.feeds import read_feed  # noqa: PLC0415

            listing = read_feed(body, url, content_type)
        case "sitemap":
            from scraper.discovery.sitemaps import read_sitemap  # noqa: PLC0415

            listing = read_sitemap(body)
        case "section":
            from scraper.discovery.sections import read_section  # noqa: PLC0415

            listing = read_section(body, url, content_type, source.selectors)
    return collect(listing, url=url, purpose=purpose, source=source)
