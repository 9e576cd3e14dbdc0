from collections.abc import AsyncIterator, Iterable, Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from scrapy import Request

from scraper.crawling.record import explain_failure
from scraper.sources import ListRequest, Source
from spiders.base import WireroomSpider, error_of
from storage.frontier import Due

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

# Lists before pages: what is published now matters more than what waits.
LIST_PRIORITY = 10

# An index of indexes is plausible; more levels are a trap.
MAX_SITEMAP_DEPTH = 3


class NewsSpider(WireroomSpider):
    """Reads the feeds, sitemaps and sections of the chosen sources, and asks for what is due."""

    name = "news"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every list page, then for what earlier crawls left to do."""
        for source in self.session.sources.values():
            for listing in source.list_pages():
                if self.session.may_list(listing.url, source):
                    yield self.list_request(listing, source)
            if not source.list_pages():
                yield self.home_request(source)
        for source in self.session.sources.values():
            for request in self._page_requests(await self.session.due(source), source):
                yield request

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
            cb_kwargs={"listing": listing, "depth": depth},
            meta={"purpose": listing.purpose, "source": source.name},
        )

    def home_request(self, source: Source) -> Request:
        """Return the request for the home page of a source that names no lists."""
        home = ListRequest(url=source.home, purpose="section")
        return self.list_request(home, source).replace(callback=self.parse_home)

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
        if response.status != HTTPStatus.OK:
            kind, reason = f"{response.status // 100}xx", f"HTTP {response.status}"
            self.session.fail_list(listing, source, kind, reason)
            return
        try:
            page = await self.session.read_list(response, listing.purpose, source)
        except Exception as error:  # noqa: BLE001 - one hostile list costs itself alone
            _, kind, reason = explain_failure(error, listing.url)
            self.session.fail_list(listing, source, kind, reason)
            return
        new = await self.session.meet(page.links, source)
        if self._goes_on(listing, source, depth, found_new=bool(new)):
            for further in page.further:
                if self.session.may_list(further.url, source):
                    yield self.list_request(further, source, depth=depth + 1)
        for request in self._page_requests(new, source):
            yield request

    async def list_failed(self, failure: "Failure") -> None:
        """Count a list page that could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        _, kind, reason = explain_failure(error_of(failure), request.url)
        listing: ListRequest = request.cb_kwargs["listing"]
        self.session.fail_list(listing, self.source_of(request), kind, reason)

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
