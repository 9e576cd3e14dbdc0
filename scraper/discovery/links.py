"""What the readers of list pages have in common: links as found, and what becomes of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from scraper.discovery.text import fold
from scraper.errors import UrlRefused
from scraper.extraction.dates import parse_stamp
from scraper.sources import ListPurpose, ListRequest, Source
from scraper.urls import canonicalise, host_of, names_far_day
from storage.records import ArticleLink

# Bad links are named up to this many, then only counted.
NAMED_LINKS = 3

MAX_PROBLEM_CHARACTERS = 300

# No portal of news is silent for so long: its feed has been given up, and answers all the same.
FROZEN_DAYS = 180

# Clocks and zones differ; a day beyond that is a mistake.
FUTURE_DAYS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """A link as a list page has it."""

    href: str
    """As written; it may be relative."""
    title: str | None = None
    """The text of the link, as plain text."""
    published_raw: str | None = None
    """The date beside it, as plain text."""
    changed_raw: str | None = None
    """When a sitemap says that it was last changed."""
    base: str | None = None
    """What it is relative to, if not to the page."""


@dataclass(slots=True, kw_only=True)
class Listing:
    """What a reader found, before the source's rules."""

    found: list[FoundLink] = field(default_factory=list)
    """The links that may be articles."""
    further: list[str] = field(default_factory=list)
    """The URLs of list pages that belong to this one, absolute or relative to it."""
    further_changed: dict[str, str] = field(default_factory=dict)
    """When one of those was last changed, YYYY-MM-DD, where that stands beside it."""
    problems: list[str] = field(default_factory=list)
    """What was wrong, each as the rest of a sentence about the page."""
    title: str | None = None
    """What a feed calls itself."""
    language: str | None = None
    """The language that a feed declares."""
    interval: float | None = None
    """Seconds after which a feed wants to be asked again."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, at which a feed wants no request."""
    skip_days: tuple[int, ...] = ()
    """Days of the week at which it wants none; 0 is Monday."""
    entries: int | None = None
    """How many a feed has; None for other lists, where each link counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What a list page leads to."""

    links: tuple[ArticleLink, ...]
    """The links that the source's rules accept, in their order, each once."""
    further: tuple[ListRequest, ...]
    """The sitemaps of an index, or the page that follows a section page."""
    problems: tuple[str, ...]
    """What was wrong with it, a sentence each."""
    listed: int = 0
    """How many entries or links it has, articles or not."""
    newest: date | None = None
    """The day of its newest entry, as far as days stand beside them; none in the future counts."""
    title: str | None = None
    """What a feed calls itself."""
    language: str | None = None
    """The language that a feed declares."""
    interval: float | None = None
    """Seconds after which a feed wants to be asked again."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, at which a feed wants no request."""
    skip_days: tuple[int, ...] = ()
    """Days of the week at which it wants none; 0 is Monday."""


def collect(
    listing: Listing, *, url: str, purpose: ListPurpose, source: Source, today: date | None
) -> ListPage:
    """Return the links of a listing that are articles of a source.

    Args:
        listing: what a reader found.
        url: the list page.
        purpose: what it is.
        source: whose rules decide.
        today: to tell old lists and days in the future; None when nobody knows.
    """
    links: dict[str, ArticleLink] = {}
    refused: list[str] = []
    for found in listing.found:
        target = _canonicalise(found.href, found.base or url, today, refused)
        if target is None or not source.accepts(target):
            continue
        known = links.get(target)
        # A picture and a headline often link to the same article: the one with words names it.
        if known is None or (known.title is None and found.title is not None):
            links[target] = ArticleLink(
                url=target,
                found_in=url,
                found_as=purpose,
                title=found.title,
                published_raw=found.published_raw or (known.published_raw if known else None),
            )
    further: dict[str, ListRequest] = {}
    for href in listing.further:
        target = _canonicalise(href, url, today, refused)
        if target is None or target in further or not _may_follow(target, url, source, refused):
            continue
        changed = parse_stamp(listing.further_changed.get(href))
        further[target] = ListRequest(
            url=target, purpose=purpose, changed=changed.day if changed else None
        )
    problems = list(listing.problems)
    # A page has many links that are nothing to us; in a feed or a sitemap a bad one is a fault.
    if refused and purpose != "section":
        named = "; ".join(refused[:NAMED_LINKS])
        more = f"; and {len(refused) - NAMED_LINKS} more" if len(refused) > NAMED_LINKS else ""
        problems.append(f"{_count(len(refused), 'bad link')}: {named}{more}")
    if listing.found and not links:
        count = _count(len(listing.found), "link")
        problems.append(f"none of its {count} is an article by the rules of {source.name}")
    newest = _newest(listing, today)
    if purpose == "feed" and newest and today and (today - newest).days > FROZEN_DAYS:
        problems.append(
            f"its newest entry is of {newest}: it is frozen; name a section or a sitemap"
        )
    return ListPage(
        links=tuple(links.values()),
        further=tuple(further.values()),
        problems=tuple(f"{purpose} {url}: {_clean(problem)}" for problem in problems),
        listed=listing.entries if listing.entries is not None else len(listing.found),
        newest=newest,
        title=listing.title,
        language=listing.language,
        interval=listing.interval,
        skip_hours=listing.skip_hours,
        skip_days=listing.skip_days,
    )


def _newest(listing: Listing, today: date | None) -> date | None:
    """Return the newest plausible day beside the links.

    Days of a change count only where none of publication stand, and differ: one day for all is that on which
    the sitemap was built.
    """
    latest = today + timedelta(days=FUTURE_DAYS) if today else date.max
    days = _days(found.published_raw for found in listing.found)
    if not days:
        days = _days(found.changed_raw for found in listing.found)
        days = days if len(days) > 1 else set()
    return max((day for day in days if day <= latest), default=None)


def _days(raws: Iterable[str | None]) -> set[date]:
    return {moment.day for raw in set(raws) if (moment := parse_stamp(raw))}


def _canonicalise(href: str, base: str, today: date | None, refused: list[str]) -> str | None:
    try:
        target = canonicalise(href, base=base)
    except UrlRefused as error:
        refused.append(str(error))
        return None
    if today is not None and names_far_day(target, today=today):
        refused.append(f"{target}: a page of a calendar")
        return None
    return target


def _may_follow(target: str, url: str, source: Source, refused: list[str]) -> bool:
    # A list page leads to others of its own portal only, whatever stands in it.
    if source.owns(target) or host_of(target) == host_of(url):
        return True
    refused.append(f"{target}: on another domain than {source.name}")
    return False


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _clean(problem: str) -> str:
    return (fold(problem) or "")[:MAX_PROBLEM_CHARACTERS]
