"""Going back in time: sitemaps, sections and archive pages are walked until a day is reached.

    plan.since --- begin ---> the list pages to begin with
                                 | take      read_list, look_back
                                 v
                   links, which wait, and list pages behind it, in one step of the writer

Every later crawl of the source goes on, after its polls, until nothing waits.
"""

from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from scraper.crawling.record import explain_failure
from scraper.sources import ListRequest, Source, archive_pages
from storage import backfill, frontier
from storage.backfill import BackfillList

if TYPE_CHECKING:
    import sqlite3

    from scrapy.http import Response

    from scraper.crawling.session import CrawlSession

# So many list pages are taken up by a crawl to begin with; each brings those behind it.
MOST_LISTS = 1000

# What answers so will not answer otherwise tomorrow.
_FOR_GOOD = range(HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR)


class Backfill:
    """The walk back of the sources of a crawl."""

    def __init__(self, session: "CrawlSession") -> None:
        self._session = session

    async def begin(self, since: date) -> None:
        """Let every source of the crawl go back to a day.

        Raises:
            ArchiveError: when that could not be written down; the crawl then ends.
        """
        today = datetime.now(UTC).date()
        for source in self._session.sources.values():
            lists = [
                (one.url, one.purpose)
                for one in (
                    *(one for one in source.list_pages() if one.purpose != "feed"),
                    *archive_pages(source, since=since, today=today),
                )
            ]
            if not lists:
                self._session.tallies[source.name].problems.append(
                    "it names no sitemap, section or archive page to go back on"
                )
            await self._session.write(
                lambda db, name=source.name, lists=lists: backfill.begin(  # type: ignore[misc]
                    db, name, lists, since=since
                )
            )

    async def waiting(self, source: Source) -> list[BackfillList]:
        """Return the list pages that a source's walk back has still to read."""
        return await self._session.write(
            lambda db: backfill.waiting(db, source.name, limit=MOST_LISTS)
        )

    async def due(self, source: Source) -> list[frontier.Due]:
        """Return the articles that earlier crawls met on their way back and did not ask for yet."""
        now = datetime.now(UTC)
        limit = self._session.most_pages
        return await self._session.write(
            lambda db: frontier.due(db, [source.name], now=now, limit=limit, backfill=True)
        )

    async def take(
        self, response: "Response", listing: BackfillList, source: Source
    ) -> tuple[list[frontier.Due], list[BackfillList]]:
        """Return the articles and the list pages that a list page leads to, those that are new.

        Args:
            response: the answer for it.
            listing: what was asked for.
            source: whose it is.

        Raises:
            ArchiveError: when they could not be written down; the crawl then ends.
        """
        if response.status != HTTPStatus.OK:
            reason = f"HTTP {response.status}"
            busy = response.status == HTTPStatus.TOO_MANY_REQUESTS
            await self._give_up(
                listing, source, reason, for_good=response.status in _FOR_GOOD and not busy
            )
            return [], []
        try:
            page = await self._session.read_list(response, listing.purpose, source)
        except Exception as error:  # noqa: BLE001 - one hostile list costs itself alone
            _, _, reason = explain_failure(error, listing.url)
            await self._give_up(listing, source, reason, for_good=True)
            return [], []
        if not self._session.tallies[source.name].has_room():
            return [], []
        from scraper.discovery.back import look_back  # noqa: PLC0415 - most crawls read no list here

        links, further = look_back(page, listing.purpose, since=listing.since)
        now = datetime.now(UTC)

        def step(db: "sqlite3.Connection") -> tuple[list[frontier.Due], list[BackfillList]]:
            new = frontier.meet(db, links, source=source.name, now=now, backfill=True)
            behind = [(one.url, one.purpose) for one in further]
            added = backfill.add(db, source.name, behind, since=listing.since)
            backfill.note_read(db, source.name, listing.url, now=now)
            return new, added

        new, added = await self._session.write(step)
        # What is old says nothing of how often the source publishes: that is counted apart.
        self._session.tallies[source.name].met_back += len(new)
        return new, added

    async def fail(self, error: BaseException, listing: BackfillList, source: Source) -> None:
        """Write down that a list page could not be had; later crawls try again."""
        _, _, reason = explain_failure(error, listing.url)
        await self._give_up(listing, source, reason, for_good=False)

    async def _give_up(
        self, listing: BackfillList, source: Source, reason: str, *, for_good: bool
    ) -> None:
        wanted = ListRequest(url=listing.url, purpose=listing.purpose)
        self._session.fail_list(wanted, source, "backfill", reason)
        await self._session.write(
            lambda db: backfill.note_failure(
                db, source.name, listing.url, reason, for_good=for_good
            )
        )
