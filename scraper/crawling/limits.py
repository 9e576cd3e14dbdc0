"""How much one response may be, and how much one host may be asked in one crawl."""

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Self
from weakref import WeakSet, finalize

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
)
from scrapy.exceptions import CannotResolveHostError, StopDownload
from scrapy.utils.httpobj import urlparse_cached

from scraper.crawling.guard import BoundedHeaders
from scraper.crawling.plan import CrawlPlan
from scraper.crawling.record import TOO_MUCH_AT_ONCE, Refused, explain_failure

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IAddress

# The protocol's own limit for a sitemap; all else has that of the settings.
MAX_SITEMAP_BYTES = 50 << 20

# RFC 9309 asks for 500 KiB at least; of a longer robots.txt the beginning counts.
MAX_ROBOTS_BYTES = 512 << 10

# What all responses together may hold in memory, from their first byte until they are dealt with.
MAX_HELD_BYTES = 52 << 20

# What each may have however much the others hold: no crowd of large ones costs a usual page.
FAIR_BYTES = 512 << 10

# While they hold so much nothing more is asked for: one large sitemap waits for the other.
MUCH_HELD_BYTES = 8 << 20

# A response may live on in a cycle of references, and must not stop the crawl.
LONGEST_WAIT = 30.0


class LimitsMiddleware:
    """Bound the answers, one by one and together, and refuse what a host has no share for any more.

    Args:
        most: requests to one host in this crawl; robots.txt is not counted.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: Counter[str] = Counter()
        self._held = 0
        self._counted: WeakSet[Response] = WeakSet()
        self._has_room = asyncio.Event()
        self._has_room.set()

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build it with the share of the plan, counting what arrives."""
        limits = cls(CrawlPlan.from_settings(crawler.settings).config.max_host_pages)
        crawler.signals.connect(limits.receive, signal=signals.bytes_received)
        return limits

    def process_request(self, request: "Request") -> None:
        """Count a request, redirects included.

        Raises:
            Refused: when its host has had its share.
        """
        purpose = request.meta["purpose"]
        if purpose == "robots":
            return
        if purpose == "sitemap":
            request.meta["download_maxsize"] = MAX_SITEMAP_BYTES
        host = urlparse_cached(request).hostname or ""
        if self._asked[host] >= self._most:
            raise Refused(
                "limit", f"{host} was asked {self._most:,} times in this crawl (max_host_pages)"
            )
        self._asked[host] += 1

    def receive(self, data: bytes, request: "Request") -> None:
        """Count what arrives.

        Raises:
            StopDownload: at the limit of a robots.txt, whose beginning is the answer then; and when
                responses together hold too much.
        """
        received = request.meta["received"] = request.meta.get("received", 0) + len(data)
        self._add(len(data))
        if request.meta["purpose"] == "robots" and received >= MAX_ROBOTS_BYTES:
            raise StopDownload(fail=False)
        if received > FAIR_BYTES and self._held > MAX_HELD_BYTES:
            raise StopDownload

    def hold(self, request: "Request", response: "Response | None") -> None:
        """Count a response for as long as it exists, in place of what arrived for its request."""
        if response is not None:
            self._count(response)
        self._add(-request.meta.pop("received", 0))

    def process_response(self, request: "Request", response: "Response") -> "Response":  # noqa: ARG002 - Scrapy's
        """Count a response again that was unpacked.

        Raises:
            Refused: when responses together hold too much then.
        """
        size = len(response.body)
        if response not in self._counted:
            if size > FAIR_BYTES and self._held + size > MAX_HELD_BYTES:
                raise Refused("limit", TOO_MUCH_AT_ONCE)
            self._count(response)
        return response

    async def wait_for_room(self) -> None:
        """Wait until the responses that are there or under way hold little enough, at most LONGEST_WAIT."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._has_room.wait(), LONGEST_WAIT)

    def _count(self, response: "Response") -> None:
        size = len(response.body)
        self._counted.add(response)
        self._add(size)
        finalize(response, self._add, -size)

    def _add(self, size: int) -> None:
        self._held += size
        if self._held > MUCH_HELD_BYTES:
            self._has_room.clear()
        else:
            self._has_room.set()


class BoundedDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, with bounded headers, that counts what its responses hold."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory  # noqa: SLF001 - Scrapy sets it the same way

    @property
    def limits(self) -> LimitsMiddleware:
        """The limits of this crawl."""
        limits = self._crawler.get_downloader_middleware(LimitsMiddleware)
        if limits is None:
            raise RuntimeError(
                "a crawl without limits: is LimitsMiddleware missing in the settings?"
            )
        return limits

    async def download_request(self, request: "Request") -> "Response":
        """Send a request, and count its response from the first byte on."""
        response = None
        try:
            response = await super().download_request(request)
        except CannotResolveHostError as error:
            # Here it is known which host it was: a redirect may have led to it.
            state, kind, reason = explain_failure(error, request.url)
            raise Refused(kind, reason, state=state) from error
        finally:
            self.limits.hold(request, response)
        return response


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(  # noqa: N802 - Twisted's name
        self,
        addr: "IAddress | None",  # noqa: ARG002 - Twisted's signature
    ) -> BoundedHeaders:
        return BoundedHeaders(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted
