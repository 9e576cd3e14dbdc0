"""From the bytes of a list page to the links of articles. Pure; runs in worker processes.

body --- read_feed | read_sitemap | read_section ---> Listing --- collect ---> ListPage
         what the page says, as written                           the source's rules
"""

from datetime import date
from importlib import import_module

from scraper.discovery.links import Listing, ListPage, collect
from scraper.sources import ListPurpose, Source
from scraper.urls import canonicalise

__all__ = ["ListPage", "read_list", "warm_up"]


def read_list(
    purpose: ListPurpose,
    body: bytes,
    url: str,
    content_type: str | None,
    source: Source,
    *,
    today: date | None = None,
) -> ListPage:
    """Return what a list page leads to.

    Args:
        purpose: what the page is said to be.
        body: its bytes, with their encodings undone; a gzipped sitemap may still be gzipped.
        url: the URL that answered; relative links are relative to it.
        content_type: the Content-Type header.
        source: whose list it is; its rules decide which links are articles.
        today: to tell lists that are frozen, and days in the future.

    Returns:
        The links in their order, each once, the list pages that follow, and what was wrong. Bytes that
        are no such list give no links and a problem: they never raise.
    """
    try:
        url = canonicalise(url)
        listing = _read(purpose, body, url, content_type, source)
    except Exception as error:  # noqa: BLE001 - parsers raise what they like on a stranger's bytes
        listing = Listing(problems=[f"it cannot be read: {type(error).__name__}: {error}"])
    return collect(listing, url=url, purpose=purpose, source=source, today=today)


def warm_up() -> None:
    """Load what the first list page would otherwise wait for."""
    for reader in ("autodiscovery", "feeds", "sitemaps", "sections"):
        import_module(f"scraper.discovery.{reader}")


def _read(
    purpose: ListPurpose, body: bytes, url: str, content_type: str | None, source: Source
) -> Listing:
    if not body.strip():
        return Listing(problems=["it is empty"])
    # Each reader brings a parser of its own that the others do not need.
    match purpose:
        case "feed":
            from scraper.discovery.feeds import read_feed  # noqa: PLC0415

            return read_feed(body, url, content_type)
        case "sitemap":
            from scraper.discovery.sitemaps import read_sitemap  # noqa: PLC0415

            return read_sitemap(body, content_type)
        case "section":
            from scraper.discovery.sections import read_section  # noqa: PLC0415

            return read_section(body, url, content_type, source)
