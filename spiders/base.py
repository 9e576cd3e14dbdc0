"""What all spiders share: requests for article pages, and callbacks that end in an outcome."""

from typing import TYPE_CHECKING

from scrapy import Request, Spider

from scraper.crawling.session import CrawlSession, session_of
from scraper.sources import Source
from storage.frontier import Due

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure


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
            meta={"purpose": "page", "source": source.name},
        )

    def source_of(self, request: Request | None) -> Source:
        """Return the source on whose behalf a request was made."""
        if request is None:
            raise RuntimeError("a response without its request reached a callback")
        return self.session.sources[request.meta["source"]]

    async def parse_page(self, response: "Response", due: Due) -> None:
        """Hand an answer for an article page over to the path."""
        await self.session.take_page(response, due, self.source_of(response.request))

    async def page_failed(self, failure: "Failure") -> None:
        """Hand a request that brought no page over to the path."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        await self.session.take_failure(
            error_of(failure), request.cb_kwargs["due"].url, self.source_of(request)
        )


def error_of(failure: "Failure") -> BaseException:
    """Return the exception that a failure of Twisted's holds."""
    return failure.value or RuntimeError("a failure without its exception")
