"""What one crawl holds open and counts: the archive and its writer, the workers, a tally a source.

The session stands between Scrapy and the path: spiders and guards ask it, it asks the functional
core and the archive. It is a Scrapy extension, so that it opens and closes with the crawl.
"""

import asyncio
import logging
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Self, TypeVar

from scrapy import signals
from scrapy.exceptions import CloseSpider

from scraper import ingest
from scraper.crawling.backfill import Backfill
from scraper.crawling.plan import CrawlPlan
from scraper.crawling.record import content_type_of, failure_outcome, to_page
from scraper.crawling.revisit import ListPages
from scraper.crawling.tally import Tally
from scraper.sources import ListPurpose, ListRequest, Source
from scraper.workers import WorkerPool, limits_of
from storage import articles, frontier, lists, reports
from storage.archive import Archive, open_archive
from storage.captures import pack
from storage.errors import ArchiveError
from storage.records import Outcome, Page, Recorded
from storage.writer import Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from scraper.discovery import ListPage
    from scraper.discovery.autodiscovery import HomePage
    from scraper.discovery.survey import ListSurvey

logger = logging.getLogger(__name__)

T = TypeVar("T")


class CrawlSession:
    """The open archive, the workers and the counts of one crawl."""

    def __init__(self, crawler: "Crawler", plan: CrawlPlan) -> None:
        self.plan = plan
        self.sources: dict[str, Source] = {source.name: source for source in plan.sources}
        self.tallies: dict[str, Tally] = {name: Tally(name) for name in self.sources}
        self.lists = ListPages(self)
        self.backfill = Backfill(self)
        self.outcome: Outcome | None = None
        self.recorded: Recorded | None = None
        self.surveyed: list[ListSurvey] = []
        self.homes: dict[str, HomePage] = {}
        self.error: Exception | None = None
        self.crawl_id: int | None = None
        self.reason = "finished"
        self.is_closed = False
        self._begun_at = datetime.now(UTC)
        self._crawler = crawler
        self._archive: Archive = open_archive(plan.archive, create=True)
        self._writer = Writer(self._archive)
        self._pool = WorkerPool(plan.config.workers, limits=limits_of(plan.config.reading_seconds))
        self._incomplete: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Open the session that the crawl's plan asks for."""
        session = cls(crawler, CrawlPlan.from_settings(crawler.settings))
        crawler.signals.connect(session.open, signal=signals.spider_opened)
        crawler.signals.connect(session.close, signal=signals.spider_closed)
        return session

    async def open(self) -> None:
        """Begin the crawl's row, and warm the workers up while Scrapy connects."""
        if self.plan.url is None and not self.plan.survey:
            try:
                await self._begin()
            except ArchiveError as error:
                # The engine does not run yet: Scrapy closes it for this exception, and for no other.
                self.error = self.error or error
                raise CloseSpider("failed") from error
        # Workers that are still starting when the crawl ends at once would complain.
        self._pool.warm_up()

    async def _begin(self) -> None:
        self._require_room()
        with self._archive.read() as db:
            self._incomplete = frozenset(self.sources) - reports.completely_listed(db)
            self.lists.load(lists.known_lists(db, self.sources.keys()))
        self.crawl_id = await self.write(
            lambda db: reports.begin_crawl(db, now=self._begun_at, pid=os.getpid())
        )

    async def close(self, reason: str) -> None:
        """Account for every source, end the crawl's row, and let go of everything."""
        self.reason = reason
        try:
            if self.crawl_id is not None and self.error is None:
                await self._account()
        finally:
            await asyncio.to_thread(self._pool.close)
            try:
                await asyncio.to_thread(self._writer.close)
            except ArchiveError as error:
                self.error = self.error or error
            self._archive.close()
            self.is_closed = True

    @property
    def is_stopping(self) -> bool:
        """Whether the crawl was told to stop, by a signal or because its time is up."""
        slot = self._crawler.engine._slot  # noqa: SLF001 - it says so nowhere else
        return slot is not None and slot.closing is not None

    def _require_room(self) -> None:
        try:
            self._archive.require_room(self.plan.config.min_free_mb * 1_000_000)
        except ArchiveError as error:
            self.fail(error)
            raise

    async def write(self, step: "Callable[[sqlite3.Connection], T]", *, patient: bool = False) -> T:
        """Run a step in the writer's next group, or, if it is patient, in one that is worth its while.

        Returns:
            What the step returned, once its group is committed.

        Raises:
            ArchiveError: when the group could not be committed; the crawl then ends.
        """
        try:
            return await asyncio.wrap_future(self._writer.submit(step, patient=patient))
        except ArchiveError as error:
            self.fail(error)
            raise

    def fail(self, error: Exception) -> None:
        """Remember why the crawl cannot go on, and stop it."""
        if self.error is None:
            self.error = error
            if not self._crawler.engine.running:
                return
            self._crawler.engine.pause()
            asyncio.ensure_future(self._crawler.stop_async())  # noqa: RUF006 - the engine awaits it

    def submit(self, step: "Callable[[sqlite3.Connection], object]") -> None:
        """Queue a step for the writer's next group, and wait for nothing; a failure ends the crawl."""

        def look(done: "asyncio.Future[object]") -> None:
            failure = done.exception()
            if isinstance(failure, Exception):
                self.fail(failure)

        asyncio.wrap_future(self._writer.submit(step)).add_done_callback(look)

    def lists_all(self, source: Source) -> bool:
        """Say whether every following page is due: the last crawl did not read all of its lists."""
        return source.name in self._incomplete

    async def read_list(
        self, response: "Response", purpose: ListPurpose, source: Source
    ) -> "ListPage":
        """Read a list page in a worker; its bytes are counted for its source."""
        self.tallies[source.name].bytes += len(response.body)
        task = ingest.ListTask(
            purpose=purpose,
            body=response.body,
            url=response.url,
            content_type=content_type_of(response),
            source=source,
            today=datetime.now(UTC).date(),
        )
        return await self._pool.work(ingest.read_list_page, task)

    async def read_home(self, response: "Response", source: Source) -> "HomePage":
        """Find the lists of a source that names none, in a worker."""
        task = ingest.HomeTask(
            body=response.body,
            url=response.url,
            content_type=content_type_of(response),
            sitemaps=tuple(response.meta.get("sitemaps", ())),
        )
        home = await self._pool.work(ingest.read_home_page, task)
        self.homes[source.name] = home
        return home

    def fail_list(self, listing: ListRequest, source: Source, kind: str, reason: str) -> None:
        """Count a list page that could not be read."""
        tally = self.tallies[source.name]
        tally.failed[f"{listing.purpose} {kind}"] += 1
        tally.problems.append(f"{listing.purpose} {listing.url}: {reason}")

    async def due(self, source: Source) -> list[frontier.Due]:
        """Return what earlier crawls left to do for a source."""
        # What this crawl's own lists have named meanwhile is asked for on their account already.
        now, limit = self._begun_at, self.most_pages
        return await self.write(lambda db: frontier.due(db, [source.name], now=now, limit=limit))

    @property
    def most_pages(self) -> int:
        """The most article pages of one source in this crawl."""
        return self.plan.limit if self.plan.limit is not None else self.plan.config.max_pages

    def may_ask(self, source: Source) -> bool:
        """Say whether the source may ask for one more article page in this crawl, and count it."""
        return self.tallies[source.name].take_page(self.most_pages)

    def may_list(self, url: str, source: Source) -> bool:
        """Say whether the source may ask for a list page that another one names, and count it."""
        return self.tallies[source.name].take_list(url)

    def may_go_back(self, source: Source) -> bool:
        """Say whether the source may send one more request on its way back in time, and count it.

        These have a count of their own, or what waits would leave none to what is published now.
        """
        tally = self.tallies[source.name]
        if tally.asked_back >= self.most_pages:
            return False
        tally.asked_back += 1
        return True

    async def take_page(
        self, response: "Response", due: frontier.Due, source: Source, parts: tuple[Page, ...] = ()
    ) -> "ingest.PartsWanted | None":
        """Take a response along the path: read, judge, record, count.

        Args:
            response: the answer for the article, or for a further part of it.
            due: the article's link.
            source: whose it is.
            parts: the parts of it that were fetched already.

        Returns:
            What is to be fetched first, when the article goes on elsewhere; nothing is recorded then.
        """
        page = to_page(response, url=due.url if not parts else response.url)
        self.tallies[source.name].bytes += len(page.body)
        outcome = None
        if not parts:
            outcome = ingest.refuse_response(page, source=source, crawl_id=self.crawl_id)
        elif page.status != HTTPStatus.OK:
            # What is there is worth more than nothing; that a part is missing stands in its provenance.
            await self.take_parts(parts, due, source)
            return None
        outcome = outcome or await self._ingest((*parts, page), source, due)
        wanted = ingest.next_part(outcome, parts=len(parts) + 1)
        if wanted is not None:
            return ingest.PartsWanted(url=wanted, parts=(*parts, page))
        await self._settle(outcome)
        return None

    async def take_parts(self, parts: tuple[Page, ...], due: frontier.Due, source: Source) -> None:
        """Record an article whose further parts could not be had."""
        outcome = await self._ingest(parts, source, due)
        if outcome.article is not None:
            provenance = {
                **outcome.article.provenance,
                "parts": f"{len(parts)}, then one is missing",
            }
            outcome = replace(outcome, article=replace(outcome.article, provenance=provenance))
        await self._settle(outcome)

    async def take_failure(self, error: BaseException, url: str, source: Source) -> None:
        """Record and count a request that brought no page."""
        await self._settle(
            failure_outcome(error, url=url, source=source.name, crawl_id=self.crawl_id)
        )

    async def _ingest(self, pages: tuple[Page, ...], source: Source, due: frontier.Due) -> Outcome:
        page = pages[0]
        task = ingest.PageTask(
            page=page,
            parts=pages[1:],
            source=source,
            title=due.title,
            published_raw=due.published_raw,
            topics=self.plan.config.topics,
            keep_all=self.plan.url is not None,
            mode=self.plan.config.extraction,
            markdown=self.plan.markdown,
            crawl_id=self.crawl_id,
            terms=self.plan.config.terms(),
        )
        try:
            return await self._pool.work(ingest.ingest_page, task)
        except Exception as error:
            if isinstance(error, ArchiveError):
                raise
            outcome = failure_outcome(
                error, url=page.url, source=source.name, crawl_id=self.crawl_id
            )
            # A later reader may do better, and the page may be gone by then.
            capture = await self._pool.work(pack, page)
            return replace(outcome, final_url=page.final_url, capture=capture)

    async def _settle(self, outcome: Outcome) -> None:
        self.outcome = outcome
        if self.plan.save:
            self._require_room()
            ages = self.plan.config.recheck
            self.recorded = await self.write(
                lambda db: articles.record(db, outcome, captures=self._archive.captures, ages=ages),
                # Whoever fetches one page by hand waits for it.
                patient=self.plan.url is None,
            )
        self.tallies[outcome.source].count(outcome, self.recorded)

    async def _account(self) -> None:
        now = datetime.now(UTC)
        crawl_id = self.crawl_id
        summaries = self.summaries()
        state = "done" if self.reason == "finished" else "stopped"

        def step(db: "sqlite3.Connection") -> None:
            if crawl_id is None:
                return
            for summary in summaries:
                reports.account(db, crawl_id, summary)
            reports.end_crawl(db, crawl_id, state=state, now=now)

        await self.write(step)
        await self._drop_rejected(now)

    async def _drop_rejected(self, now: datetime) -> None:
        days = self.plan.config.keep_irrelevant
        if days:
            before = now - timedelta(days=days)
            captures = self._archive.captures
            for file in await self.write(lambda db: captures.drop_rejected(db, before=before)):
                file.unlink(missing_ok=True)

    def summaries(self) -> tuple[reports.SourceSummary, ...]:
        """Return the counts of each source so far."""
        return tuple(tally.summary() for tally in self.tallies.values())


def session_of(crawler: "Crawler") -> CrawlSession:
    """Return the session of a running crawl."""
    session = crawler.get_extension(CrawlSession)
    if session is None:
        raise RuntimeError("the crawl has no session: is the WireroomAddon missing from ADDONS?")
    return session
