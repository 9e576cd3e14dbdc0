"""What one crawl holds open and counts: the archive and its writer, the workers, a tally a source.

The session stands between Scrapy and the path: spiders and guards ask it, it asks the functional
core and the archive. It is a Scrapy extension, so that it opens and closes with the crawl.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Self, TypeVar

from scrapy import signals
from scrapy.exceptions import CloseSpider

from scraper import ingest
from scraper.crawling.plan import CrawlPlan
from scraper.crawling.record import Refused, failure_outcome, to_page
from scraper.crawling.tally import Tally
from scraper.discovery import ListPage
from scraper.discovery.autodiscovery import HomePage
from scraper.sources import ListPurpose, ListRequest, Source
from scraper.workers import WorkerPool
from storage import articles, frontier, hosts, reports
from storage.archive import Archive, open_archive
from storage.errors import ArchiveError
from storage.records import ArticleLink, Outcome, Page, Purpose, Recorded
from storage.writer import Writer

if TYPE_CHECKING:
    import sqlite3

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from scraper.discovery.survey import ListSurvey

logger = logging.getLogger(__name__)

T = TypeVar("T")

# Waiting longer than this for a host's next moment would hold the crawl; the link waits instead.
LONGEST_WAIT = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsWanted:
    """What is still to be fetched of an article in several parts."""

    url: str
    """The canonical URL of the part that follows."""
    parts: tuple[Page, ...]
    """Those that were fetched."""


class CrawlSession:
    """The open archive, the workers and the counts of one crawl."""

    def __init__(self, crawler: "Crawler", plan: CrawlPlan) -> None:
        self.plan = plan
        self.sources: dict[str, Source] = {source.name: source for source in plan.sources}
        self.tallies: dict[str, Tally] = {name: Tally(name) for name in self.sources}
        self.outcome: Outcome | None = None
        self.recorded: Recorded | None = None
        self.surveyed: list[ListSurvey] = []
        self.homes: dict[str, HomePage] = {}
        self.error: Exception | None = None
        self.crawl_id: int | None = None
        self.reason = "finished"
        self._crawler = crawler
        self._archive: Archive = open_archive(plan.archive, create=True)
        self._writer = Writer(self._archive)
        self._pool = WorkerPool(plan.config.workers)
        self._incomplete: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Open the session that the crawl's plan asks for."""
        session = cls(crawler, CrawlPlan.from_settings(crawler.settings))
        crawler.signals.connect(session.open, signal=signals.spider_opened)
        crawler.signals.connect(session.close, signal=signals.spider_closed)
        return session

    async def open(self) -> None:
        """Begin the crawl's row and warm the workers up while Scrapy connects."""
        self._pool.warm_up()
        if self.plan.url is not None or self.plan.survey:
            return
        try:
            await self._begin()
        except ArchiveError as error:
            # The engine does not run yet: Scrapy closes it for this exception, and for no other.
            self.error = self.error or error
            raise CloseSpider("failed") from error

    async def _begin(self) -> None:
        self._require_room()
        with self._archive.read() as db:
            self._incomplete = frozenset(self.sources) - reports.completely_listed(db)
        now = datetime.now(UTC)
        self.crawl_id = await self.write(
            lambda db: reports.begin_crawl(db, now=now, pid=os.getpid())
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

    def _require_room(self) -> None:
        try:
            self._archive.require_room(self.plan.config.min_free_mb * 1_000_000)
        except ArchiveError as error:
            self.fail(error)
            raise

    async def write(self, step: "Callable[[sqlite3.Connection], T]") -> T:
        """Run a step in the writer's next group.

        Returns:
            What the step returned, once its group is committed.

        Raises:
            ArchiveError: when the group could not be committed; the crawl then ends.
        """
        try:
            return await asyncio.wrap_future(self._writer.submit(step))
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

    async def reserve(self, request: "Request", host: str) -> int:
        """Wait until a host may be asked, and log the request.

        Returns:
            The id of the request's row, for `finish_request`.

        Raises:
            Refused: when the host asked us to wait for longer than a crawl can.
        """
        source = self.sources[request.meta["source"]]
        delay = max(source.delay, request.meta.get("crawl_delay", 0.0))
        purpose: Purpose = request.meta["purpose"]

        def step(db: "sqlite3.Connection") -> tuple[float, int]:
            now = datetime.now(UTC)
            wait = hosts.reserve(db, host, delay=delay, now=now, longest=LONGEST_WAIT)
            if wait is None:
                return LONGEST_WAIT + 1, 0
            row = reports.log_request(
                db,
                crawl_id=self.crawl_id,
                source=source.name,
                host=host,
                url=request.url,
                purpose=purpose,
                sent_at=now + timedelta(seconds=wait),
                gap=delay,
            )
            return wait, row

        wait, row = await self.write(step)
        if wait > LONGEST_WAIT:
            raise Refused("wait", f"{host} asked us to wait")
        if wait > 0:
            await asyncio.sleep(wait)
        return row

    def finish_request(
        self,
        row: int,
        *,
        seconds: float,
        status: int | None = None,
        size: int | None = None,
        error: str | None = None,
    ) -> None:
        """Log how a request ended, without waiting for the row."""
        future = self._writer.submit(
            lambda db: reports.finish_request(
                db, row, status=status, size=size, seconds=round(seconds, 3), error=error
            )
        )
        loop = asyncio.get_running_loop()

        def look(done: "asyncio.Future[None]") -> None:
            failure = done.exception()
            if isinstance(failure, Exception):
                self.fail(failure)

        asyncio.wrap_future(future, loop=loop).add_done_callback(look)

    async def heed(self, response: "Response", host: str) -> None:
        """Send a host that asks to be left alone nothing before it may be asked again."""
        seconds = ingest.retry_after(to_page(response, url=response.url))
        if seconds:
            until = datetime.now(UTC) + timedelta(seconds=seconds)
            await self.write(lambda db: hosts.postpone(db, host, until=until))

    def lists_all(self, source: Source) -> bool:
        """Say whether every following page is due: the last crawl did not read all of its lists."""
        return source.name in self._incomplete

    async def read_list(
        self, response: "Response", purpose: ListPurpose, source: Source
    ) -> ListPage:
        """Read a list page in a worker; what was wrong with it is counted for its source."""
        tally = self.tallies[source.name]
        tally.bytes += len(response.body)
        content_type = response.headers.get(b"Content-Type")
        task = ingest.ListTask(
            purpose=purpose,
            body=response.body,
            url=response.url,
            content_type=content_type.decode("latin-1") if content_type else None,
            source=source,
            today=datetime.now(UTC).date(),
        )
        page = await asyncio.wrap_future(self._pool.run(ingest.read_list_page, task))
        tally.listed += 1
        tally.discovered += len(page.links)
        tally.problems.extend(page.problems)
        return page

    async def read_home(self, response: "Response", source: Source) -> HomePage:
        """Find the lists of a source that names none, in a worker."""
        content_type = response.headers.get(b"Content-Type")
        task = ingest.HomeTask(
            body=response.body,
            url=response.url,
            content_type=content_type.decode("latin-1") if content_type else None,
            sitemaps=tuple(response.meta.get("sitemaps", ())),
        )
        home = await asyncio.wrap_future(self._pool.run(ingest.read_home_page, task))
        self.homes[source.name] = home
        return home

    def fail_list(self, listing: ListRequest, source: Source, kind: str, reason: str) -> None:
        """Count a list page that could not be read."""
        tally = self.tallies[source.name]
        tally.failed[f"{listing.purpose} {kind}"] += 1
        tally.problems.append(f"{listing.purpose} {listing.url}: {reason}")

    async def meet(self, links: Sequence[ArticleLink], source: Source) -> list[frontier.Due]:
        """Make the links known to the archive; return those that it had not met before."""
        if not links:
            return []
        now = datetime.now(UTC)
        return await self.write(lambda db: frontier.meet(db, links, source=source.name, now=now))

    async def due(self, source: Source) -> list[frontier.Due]:
        """Return what earlier crawls left to do for a source."""
        now = datetime.now(UTC)
        return await self.write(lambda db: frontier.due(db, [source.name], now=now))

    def may_ask(self, source: Source) -> bool:
        """Say whether the source may ask for one more article page in this crawl, and count it."""
        tally = self.tallies[source.name]
        limit = self.plan.limit if self.plan.limit is not None else self.plan.config.max_pages
        if tally.asked >= limit:
            return False
        tally.asked += 1
        return True

    async def take_page(
        self, response: "Response", due: frontier.Due, source: Source, parts: tuple[Page, ...] = ()
    ) -> "PartsWanted | None":
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
            return PartsWanted(url=wanted, parts=(*parts, page))
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
        )
        try:
            return await asyncio.wrap_future(self._pool.run(ingest.ingest_page, task))
        except Exception as error:
            if isinstance(error, ArchiveError):
                raise
            return failure_outcome(error, url=page.url, source=source.name, crawl_id=self.crawl_id)

    async def _settle(self, outcome: Outcome) -> None:
        self.outcome = outcome
        if self.plan.save:
            self._require_room()
            ages = self.plan.config.recheck
            self.recorded = await self.write(
                lambda db: articles.record(db, outcome, captures=self._archive.captures, ages=ages)
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
