"""What a list page leads to for who goes back in time up to a day. Pure."""

from datetime import date

from scraper.discovery.links import ListPage
from scraper.extraction.dates import find_in_url, parse_stamp
from scraper.sources import ListPurpose, ListRequest
from storage.records import ArticleLink


def look_back(
    page: ListPage, purpose: ListPurpose, *, since: date
) -> tuple[tuple[ArticleLink, ...], tuple[ListRequest, ...]]:
    """Return the links of a list page, and the list pages behind it, that may reach a day.

    Args:
        page: what was read.
        purpose: what it is.
        since: the day up to which it goes back.

    Returns:
        The links that are of that day or later, or whose day is not known; the sitemaps that changed since
        then, or the page that follows a section page, unless all on this one is older.
    """
    days = {link.url: day_of(link) for link in page.links}
    links = tuple(link for link in page.links if (days[link.url] or since) >= since)
    if purpose == "sitemap":
        # What did not change since then names nothing that was published since.
        return links, tuple(one for one in page.further if (one.changed or since) >= since)
    known = [day for day in days.values() if day is not None]
    return links, () if known and max(known) < since else page.further


def day_of(link: ArticleLink) -> date | None:
    """Return the day of an article as far as its link tells: by the date beside it, or in its URL."""
    moment = parse_stamp(link.published_raw)
    return moment.day if moment else find_in_url(link.url)
