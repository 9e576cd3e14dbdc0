"""Sources: what a portal is, where it lists its articles, and which URLs are its articles.

A source is a table of TOML, never code. The shipped catalogue has one portal a file.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from scraper.urls import host_of, is_address, registered_domain

Keep = Literal["relevant", "all"]
ListPurpose = Literal["feed", "sitemap", "section"]


# What `wireroom init` offers together, in this order.
GROUPS: Mapping[str, str] = {
    "china": "China",
    "international": "International organisations",
    "asia": "Asia and the Pacific",
    "europe": "Europe",
    "africa": "Africa",
    "americas": "Americas",
    "middle_east": "Middle East",
    "trade_press": "Trade press",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """A list page to ask for."""

    url: str
    """Its canonical URL."""
    purpose: ListPurpose
    """What it is: `feed`, `sitemap` or `section`."""
    changed: date | None = None
    """When it last changed, as far as the index says that names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS selectors that sharpen how a section page is read."""

    links: str | None = None
    """The links to articles; without it, those that the URL rules accept, or that look like articles."""
    next: str | None = None
    """The links to following pages; without it, those that look like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A portal that is crawled."""

    name: str
    """How it is called in commands, columns and files: lower case, digits and `_`."""
    title: str
    """How a reader knows it."""
    home: str
    """Its home page; its registered domain is where its articles are."""
    group: str | None = None
    """With which others it is offered, one of `GROUPS`; every source of the catalogue has one."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes, the main one first."""
    country: str | None = None
    """ISO 3166-1 code, upper case."""
    timezone: str = "UTC"
    """The zone of dates that name none; empty when nobody knows it."""
    feeds: tuple[str, ...] = ()
    """URLs of RSS and Atom feeds."""
    sitemaps: tuple[str, ...] = ()
    """URLs of sitemaps and sitemap indexes."""
    sections: tuple[str, ...] = ()
    """URLs of pages that list articles."""
    archives: tuple[str, ...] = ()
    """URLs of the pages that list a day, a month or a year, with `{yyyy}`, `{mm}` and `{dd}` for them: where
    a backfill looks."""
    include: tuple[str, ...] = ()
    """Patterns one of which an article's URL must contain; none means all."""
    exclude: tuple[str, ...] = ()
    """Patterns none of which it may contain."""
    selectors: Selectors = field(default_factory=Selectors)
    """How its section pages are read."""
    interval: float = 3600.0
    """Seconds between two crawls, until it is known how often it publishes."""
    min_interval: float = 900.0
    """The least of them, however often it publishes."""
    max_interval: float = 86_400.0
    """The most of them, however rarely."""
    delay: float = 2.0
    """Seconds between two requests to one of its hosts."""
    keep: Keep = "relevant"
    """Whether irrelevant articles are archived too."""
    verified: str = "never"
    """When its lists were last seen to work, as a date, or `never`."""
    accepts_examples: tuple[str, ...] = ()
    """URLs that are its articles; they are checked when the record is read."""
    refuses_examples: tuple[str, ...] = ()
    """URLs that are not."""

    def accepts(self, url: str) -> bool:
        """Say whether a canonical URL is that of one of its articles.

        It must stand on the source's own domain, contain one of `include` if there are any and none of
        `exclude`, and be no list page or home page. An `include` pattern that starts with `^http` names
        the host itself, and so may open another one.
        """
        rules = _rules_of(self)
        if _twin_of(url) in rules.pages or urlsplit(url)[2:4] == ("/", ""):
            return False
        included = [pattern for pattern in rules.include if pattern.search(url)]
        if rules.include and not included:
            return False
        if any(pattern.search(url) for pattern in rules.exclude):
            return False
        return any(pattern.pattern.startswith("^http") for pattern in included) or self.owns(url)

    def owns(self, url: str) -> bool:
        """Say whether a canonical URL stands on the source's own domain.

        That is the registered domain of its home with all that is below it; where the home is an IP
        address, its very host and port.
        """
        home, host = host_of(self.home), host_of(url)
        if host == home or is_address(home):
            return host == home
        name = host.partition(":")[0]
        domain = registered_domain(home)
        return name == domain or name.endswith(f".{domain}")

    def list_pages(self) -> tuple[ListRequest, ...]:
        """Return the list pages to ask for: feeds, sitemaps, sections, in that order."""
        lists: tuple[tuple[ListPurpose, tuple[str, ...]], ...] = (
            ("feed", self.feeds),
            ("sitemap", self.sitemaps),
            ("section", self.sections),
        )
        return tuple(
            ListRequest(url=url, purpose=purpose) for purpose, urls in lists for url in urls
        )


def archive_pages(source: Source, *, since: date, today: date) -> tuple[ListRequest, ...]:
    """Return the pages that list what a source published from a day on, the newest first.

    Args:
        source: whose.
        since: the first day.
        today: the last one.
    """
    days = [today - timedelta(days=back) for back in range((today - since).days + 1)]
    urls = (fill_archive(template, day) for template in source.archives for day in days)
    return tuple(ListRequest(url=url, purpose="section") for url in dict.fromkeys(urls))


def fill_archive(template: str, day: date) -> str:
    """Return the URL of the page that lists a day, its month or its year."""
    for name, value in (("{yyyy}", f"{day:%Y}"), ("{mm}", f"{day:%m}"), ("{dd}", f"{day:%d}")):
        template = template.replace(name, value)
    return template


def source_of_url(url: str, sources: Iterable[Source]) -> Source:
    """Return the source that a URL belongs to.

    Args:
        url: a canonical URL.
        sources: those to choose from; their order does not matter.

    Returns:
        The one that accepts it; of several the one whose home has the URL's host, then the first by name.
        Without one, a source that stands for the URL's host alone.
    """
    host = host_of(url)
    accepting = [source for source in sources if source.accepts(url)]
    if accepting:
        return min(accepting, key=lambda source: (host_of(source.home) != host, source.name))
    name = re.sub("[^a-z0-9]+", "_", host).strip("_")[:60]
    return Source(
        name=name if name[:1].isalpha() else f"h_{name}",
        title=host,
        home=f"{urlsplit(url).scheme}://{host}/",
        # Nobody knows it: a time without a zone is no moment.
        timezone="",
    )


@dataclass(frozen=True, slots=True)
class _Rules:
    pages: frozenset[str]
    include: tuple[re.Pattern[str], ...]
    exclude: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1024)
def _rules_of(source: Source) -> _Rules:
    pages = (source.home, *source.feeds, *source.sitemaps, *source.sections)
    return _Rules(
        pages=frozenset(map(_twin_of, pages)),
        include=tuple(map(re.compile, source.include)),
        exclude=tuple(map(re.compile, source.exclude)),
    )


def _twin_of(url: str) -> str:
    """Return what the twins of a page have in common: with https or http, with www or without."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")
