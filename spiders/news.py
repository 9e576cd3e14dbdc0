from collections.abc import AsyncIterator, Iterable, Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from scrapy import Request

from scraper.crawling.record import LeftWaiting, explain_failure
from scraper.sources import ListRequest, Source
from spiders.base import WireroomSpider, error_of
from storage.backfill import BackfillList
from storage.frontier import Due

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

# Lists before pages: what is published now matters more than what waits.
LIST_PRIORITY = 10

# The way back comes after it all, and an article before the lists behind it.
BACK_PAGE_PRIORITY = -10
BACK_LIST_PRIORITY = -20

# An index of indexes is plausible; more levels are a trap.
MAX_SITEMAP_DEPTH = 3


class NewsSpider(WireroomSpider):
    """Reads the feeds, sitemaps and sections of the chosen sources, and asks for what is due."""

    name = "news"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every list page, then for what earlier crawls left to do."""
        for source in self.session.sources.values():
            for listing in source.list_pages():
                wanted = self.session.lists.wants(listing, source)
                if wanted and self.session.may_list(listing.url, source):
                    yield self.list_request(listing, source)
            if not source.list_pages():
                yield self.home_request(source)
        for source in self.session.sources.values():
            for request in self._page_requests(await self.session.due(source), source):
                yield request
        async for request in self._go_back():
            yield request

    async def _go_back(self) -> AsyncIterator[Request]:
        """Ask for what the walk back in time has still to read, after all that is published now."""
        session = self.session
        if session.plan.since is not None:
            await session.backfill.begin(session.plan.since)
        for source in session.sources.values():
            for request in self._back_requests(
                await session.backfill.due(source), await session.backfill.waiting(source), source
            ):
                yield request

    def _back_requests(
        self, dues: Iterable[Due], lists: Iterable[BackfillList], source: Source
    ) -> Iterator[Request]:
        requests = (
            *(self.page_request(due, source).replace(priority=BACK_PAGE_PRIORITY) for due in dues),
            *(self.back_request(listing, source) for listing in lists),
        )
        for request in requests:
            # What is not asked for waits for the next crawl.
            if not self.session.may_go_back(source):
                return
            yield request

    def back_request(self, listing: BackfillList, source: Source) -> Request:
        """Return the request for a list page on the way back in time."""
        return Request(
            listing.url,
            callback=self.parse_back,
            errback=self.back_failed,
            priority=BACK_LIST_PRIORITY,
            dont_filter=True,
            cb_kwargs={"listing": listing},
            meta={"purpose": listing.purpose, "source": source.name},
        )

    async def parse_back(
        self, response: "Response", listing: BackfillList
    ) -> AsyncIterator[Request]:
        """Ask for the articles of a list page on the way back, and for the list pages behind it."""
        source = self.source_of(response.request)
        new, behind = await self.session.backfill.take(response, listing, source)
        for request in self._back_requests(new, behind, source):
            yield request

    async def back_failed(self, failure: "Failure") -> None:
        """Note a list page on the way back that could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        listing: BackfillList = request.cb_kwargs["listing"]
        if isinstance(error_of(failure), LeftWaiting):
            return
        await self.session.backfill.fail(error_of(failure), listing, self.source_of(request))

    def list_request(self, listing: ListRequest, source: Source, *, depth: int = 0) -> Request:
        """Return the request for a feed, sitemap or section.

        Args:
            listing: the list page and what it is.
            source: whose it is.
            depth: how many list pages led to it.
        """
        return Request(
            listing.url,
            callback=self.parse_list,
            errback=self.list_failed,
            priority=LIST_PRIORITY,
            dont_filter=True,
            headers=self.session.lists.conditions(listing, source),
            cb_kwargs={"listing": listing, "depth": depth},
            meta={"purpose": listing.purpose, "source": source.name},
        )

    def home_request(self, source: Source) -> Request:
        """Return the request for the home page of a source that names no lists."""
        home = ListRequest(url=source.home, purpose="section")
        # Its lists are found on it each time, so its body is always asked for.
        return self.list_request(home, source).replace(callback=self.parse_home, headers={})

    async def parse_home(
        self, response: "Response", listing: ListRequest, depth: int
    ) -> AsyncIterator[Request]:
        """Ask for the lists that a home page names, and read it as a list itself."""
        async for request in self.parse_list(response, listing, depth):
            yield request
        if response.status != HTTPStatus.OK:
            return
        source = self.source_of(response.request)
        home = await self.session.read_home(response, source)
        for candidate in home.candidates:
            if not candidate.is_guess and candidate.url != listing.url:
                named = ListRequest(url=candidate.url, purpose=candidate.purpose)
                if self.session.may_list(named.url, source):
                    yield self.list_request(named, source)

    async def parse_list(
        self, response: "Response", listing: ListRequest, depth: int
    ) -> AsyncIterator[Request]:
        """Ask for the articles and the further list pages that a list page leads to."""
        source = self.source_of(response.request)
        found = await self.session.lists.take(response, listing, source)
        if self._goes_on(listing, source, depth, found_new=bool(found.new)):
            for further in found.further:
                if self.session.may_list(further.url, source):
                    yield self.list_request(further, source, depth=depth + 1)
        for request in self._page_requests(found.new, source):
            yield request

    async def list_failed(self, failure: "Failure") -> None:
        """Count a list page that could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if isinstance(error_of(failure), LeftWaiting):
            return
        _, kind, reason = explain_failure(error_of(failure), request.url)
        listing: ListRequest = request.cb_kwargs["listing"]
        await self.session.lists.fail(listing, self.source_of(request), kind, reason)

    def _goes_on(
        self, listing: ListRequest, source: Source, depth: int, *, found_new: bool
    ) -> bool:
        if listing.purpose == "sitemap":
            return depth < MAX_SITEMAP_DEPTH
        # A page without news is followed only when an earlier crawl did not come this far.
        wanted = found_new or self.session.lists_all(source)
        return wanted and depth < self.session.plan.config.following_pages

    def _page_requests(self, dues: Iterable[Due], source: Source) -> Iterator[Request]:
        for due in dues:
            if not self.session.may_ask(source):
                return
            yield self.page_request(due, source)
