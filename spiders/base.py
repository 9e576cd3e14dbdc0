"""What all spiders share: requests for article pages, and callbacks that end in an outcome."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import Request, Spider

from scraper.crawling.record import LeftWaiting
from scraper.crawling.session import CrawlSession, session_of
from scraper.sources import Source
from storage.frontier import Due
from storage.records import Page

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure


# What was begun is finished first: until then nothing of it is recorded.
PART_PRIORITY = 20


class WireroomSpider(Spider):
    """A spider whose every request ends in exactly one outcome.

    Callbacks are methods and what a request carries is plain data, so that another process could
    take a request up.
    """

    @property
    def session(self) -> CrawlSession:
        """The open archive, the workers and the counts of this crawl."""
        return session_of(self.crawler)

    def page_request(self, due: Due, source: Source) -> Request:
        """Return the request for an article page."""
        return Request(
            due.url,
            callback=self.parse_page,
            errback=self.page_failed,
            dont_filter=True,
            cb_kwargs={"due": due},
            # Two crawls beside each other ask for a page once.
            meta={"purpose": "page", "source": source.name, "decided_at": datetime.now(UTC)},
        )

    def source_of(self, request: Request | None) -> Source:
        """Return the source on whose behalf a request was made."""
        if request is None:
            raise RuntimeError("a response without its request reached a callback")
        return self.session.sources[request.meta["source"]]

    async def parse_page(self, response: "Response", due: Due) -> AsyncIterator[Request]:
        """Hand an answer for an article page over to the path; ask for its next part, if it has one."""
        async for request in self.parse_part(response, due, parts=()):
            yield request

    async def parse_part(
        self, response: "Response", due: Due, parts: tuple[Page, ...]
    ) -> AsyncIterator[Request]:
        """Hand an answer for a part of an article over to the path, with the parts before it."""
        source = self.source_of(response.request)
        wanted = await self.session.take_page(response, due, source, parts)
        if wanted is not None:
            yield Request(
                wanted.url,
                callback=self.parse_part,
                errback=self.part_failed,
                dont_filter=True,
                priority=PART_PRIORITY,
                cb_kwargs={"due": due, "parts": wanted.parts},
                meta={"purpose": "page", "source": source.name},
            )

    async def part_failed(self, failure: "Failure") -> None:
        """Hand over the parts of an article that came, when a further one did not."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        due, parts = request.cb_kwargs["due"], request.cb_kwargs["parts"]
        if isinstance(error_of(failure), LeftWaiting):
            return
        await self.session.take_parts(parts, due, self.source_of(request))

    async def page_failed(self, failure: "Failure") -> None:
        """Hand a request that brought no page over to the path."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        if isinstance(error_of(failure), LeftWaiting):
            return
        await self.session.take_failure(
            error_of(failure), request.cb_kwargs["due"].url, self.source_of(request)
        )


def error_of(failure: "Failure") -> BaseException:
    """Return the exception that a failure of Twisted's holds."""
    return failure.value or RuntimeError("a failure without its exception")
