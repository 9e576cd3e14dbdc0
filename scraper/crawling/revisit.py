"""List pages are asked for only if they changed, and read only if they did.

    request     with the validators of the last time
      | 304, or a body with the digest of the last time ----- unchanged: its further lists are asked for
      v
    body
      | read_list   in a worker process
      | meet, remember    its links and its validators, in one step of the writer
      v
    new links, further lists

Some servers lie about what changed: once a day the body is asked for without conditions, and validators
that were wrong once are not used for a month.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from scraper import __version__
from scraper.cadence import is_wanted
from scraper.crawling.record import explain_failure
from scraper.errors import UrlRefused
from scraper.schedule import wishes_of
from scraper.sources import ListRequest, Source
from scraper.urls import canonicalise
from storage import frontier, lists

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from scrapy.http import Response

    from scraper.crawling.session import CrawlSession
    from scraper.discovery import ListPage


def utc_now() -> datetime:
    """Return the present."""
    return datetime.now(UTC)


# What an index of sitemaps says of its sitemaps is believed for so long.
TRUSTED_FOR = timedelta(days=7)
ZONES = timedelta(days=1)

# Servers send kilobytes of what they call an ETag; none of them would take it back.
MAX_VALIDATOR_CHARACTERS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFindings:
    """What a list page leads to."""

    new: tuple[frontier.Due, ...] = ()
    """The links that were never met before."""
    further: tuple[ListRequest, ...] = ()
    """The list pages that belong to it."""


NOTHING = ListFindings()


class ListPages:
    """The list pages of a crawl: when they are asked for, with what conditions, and what they lead to.

    Args:
        session: the crawl.
        clock: tells the present.
    """

    def __init__(
        self, session: "CrawlSession", *, clock: "Callable[[], datetime]" = utc_now
    ) -> None:
        self._session = session
        self._clock = clock
        self._known: dict[tuple[str, str], lists.KnownList] = {}

    def load(self, known: "Iterable[lists.KnownList]") -> None:
        """Take over what the archive knows of the list pages."""
        self._known = {(page.source, page.url): page for page in known}

    def wants(self, listing: ListRequest, source: Source) -> bool:
        """Say whether a list page is asked for: a crawl of what is due heeds what feeds ask for."""
        known = self._known.get((source.name, listing.url))
        wishes = wishes_of(known) if known is not None and self._session.plan.only_due else None
        return wishes is None or is_wanted(wishes, now=self._clock(), longest=source.max_interval)

    def conditions(self, listing: ListRequest, source: Source) -> dict[str, str]:
        """Return the headers that ask for a list page only if it changed; none asks for its body."""
        known = self._known.get((source.name, listing.url))
        now = self._clock()
        if known is None or not known.may_be_unchanged(rules=rules_digest(source), now=now):
            return {}
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in headers.items() if value is not None}

    async def take(
        self, response: "Response", listing: ListRequest, source: Source
    ) -> ListFindings:
        """Return what an answer for a list page leads to; what was wrong with it is counted.

        Args:
            response: the answer.
            listing: what was asked for.
            source: whose it is.

        Raises:
            ArchiveError: when it could not be written down; the crawl then ends.
        """
        known = self._known.get((source.name, listing.url))
        final_url = _final_url(response, listing)
        if response.status == HTTPStatus.NOT_MODIFIED:
            asked = self.conditions(listing, source)
            if known is not None and asked and known.final_url == final_url:
                return await self._confirm(known, listing, source)
            return await self._disbelieve(listing, source)
        if response.status != HTTPStatus.OK:
            kind, reason = f"{response.status // 100}xx", f"HTTP {response.status}"
            await self.fail(listing, source, kind, reason)
            return NOTHING
        digest = await asyncio.to_thread(_digest, response.body)
        rules = rules_digest(source)
        if known is not None and (known.digest, known.rules, known.final_url) == (
            digest,
            rules,
            final_url,
        ):
            self._session.tallies[source.name].bytes += len(response.body)
            return await self._confirm(known, listing, source, validators=_validators(response))
        try:
            page = await self._session.read_list(response, listing.purpose, source)
        except Exception as error:  # noqa: BLE001 - one hostile list costs itself alone
            _, kind, reason = explain_failure(error, listing.url)
            await self.fail(listing, source, kind, reason)
            return NOTHING
        self._session.tallies[source.name].count_list(len(page.links), page.problems)
        etag, last_modified = _validators(response)
        reading = lists.ListReading(
            source=source.name,
            url=listing.url,
            purpose=listing.purpose,
            final_url=final_url,
            etag=etag,
            last_modified=last_modified,
            digest=digest,
            rules=rules,
            listed=page.listed,
            links=len(page.links),
            newest=page.newest,
            interval=page.interval,
            skip_hours=page.skip_hours,
            skip_days=page.skip_days,
            further=tuple((further.url, further.changed) for further in page.further),
            problems=page.problems,
        )
        return await self._meet(page, reading)

    async def fail(self, listing: ListRequest, source: Source, kind: str, reason: str) -> None:
        """Count a list page that could not be had, and write that down."""
        self._session.fail_list(listing, source, kind, reason)
        now = self._clock()
        await self._session.write(
            lambda db: lists.fail(
                db, source.name, listing.url, listing.purpose, why=reason, now=now
            )
        )

    async def _meet(self, page: "ListPage", reading: lists.ListReading) -> ListFindings:
        if not self._session.tallies[reading.source].has_room():
            # It is not remembered either: the next crawl reads it anew.
            return NOTHING
        now = self._clock()

        def step(db: "sqlite3.Connection") -> list[frontier.Due]:
            new = frontier.meet(db, page.links, source=reading.source, now=now)
            lists.remember(db, reading, new=len(new), now=now)
            return new

        new = await self._session.write(step)
        self._session.tallies[reading.source].met += len(new)
        return ListFindings(
            new=tuple(new), further=self._worth_asking(page.further, reading.source, reading.rules)
        )

    async def _confirm(
        self,
        known: lists.KnownList,
        listing: ListRequest,
        source: Source,
        *,
        validators: tuple[str | None, str | None] | None = None,
    ) -> ListFindings:
        now = self._clock()
        await self._session.write(
            lambda db: lists.confirm(db, source.name, known.url, now=now, validators=validators)
        )
        tally = self._session.tallies[source.name]
        tally.count_list(known.links, known.problems)
        tally.unchanged_lists += 1
        # What an unchanged index of sitemaps names may have changed all the same.
        further = tuple(
            ListRequest(url=url, purpose=listing.purpose, changed=changed)
            for url, changed in known.further
        )
        return ListFindings(further=self._worth_asking(further, source.name, rules_digest(source)))

    def _worth_asking(
        self, further: "Iterable[ListRequest]", source: str, rules: str
    ) -> tuple[ListRequest, ...]:
        """Return the list pages that may have changed since they were last looked at.

        An index says when each of its sitemaps changed: years of old ones need not be asked for at every
        look. Days are said in any zone, and now and then wrongly.
        """
        now = self._clock()
        return tuple(
            one
            for one in further
            if one.changed is None
            or (known := self._known.get((source, one.url))) is None
            or known.read_at is None
            or known.failing_since is not None
            or known.rules != rules
            or one.changed >= (known.read_at - ZONES).date()
            or now - known.read_at > TRUSTED_FOR
        )

    async def _disbelieve(self, listing: ListRequest, source: Source) -> ListFindings:
        """Note an answer that calls a page unchanged although its body was asked for."""
        await self.fail(listing, source, "3xx", "HTTP 304, though its body was asked for")
        now = self._clock()
        await self._session.write(lambda db: lists.doubt(db, source.name, listing.url, now=now))
        return NOTHING


def rules_digest(source: Source) -> str:
    """Return a digest of all that decides what a list page of a source leads to.

    When it is another, a page is read anew although it did not change.
    """
    rules = (
        __version__,
        source.home,
        source.feeds,
        source.sitemaps,
        source.sections,
        source.include,
        source.exclude,
        source.selectors,
    )
    return hashlib.sha256(repr(rules).encode()).hexdigest()


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _final_url(response: "Response", listing: ListRequest) -> str:
    try:
        return canonicalise(response.url)
    except UrlRefused:
        return listing.url


def _validators(response: "Response") -> tuple[str | None, str | None]:
    """Return the ETag and Last-Modified headers of a response."""
    etag, last_modified = (
        value.decode("latin-1") if value and len(value) <= MAX_VALIDATOR_CHARACTERS else None
        for value in (response.headers.get(b"ETag"), response.headers.get(b"Last-Modified"))
    )
    return etag, last_modified
