"""How much one response may be, and how much one host may be asked in one crawl."""

from collections import Counter
from typing import TYPE_CHECKING, Self
from weakref import finalize

from scrapy import signals
from scrapy.exceptions import StopDownload
from scrapy.utils.httpobj import urlparse_cached

from scraper.crawling.plan import CrawlPlan
from scraper.crawling.record import TOO_MUCH_AT_ONCE, Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

# The protocol's own limit for a sitemap; all else has that of the settings.
MAX_SITEMAP_BYTES = 50 << 20

# RFC 9309 asks for 500 KiB at least; of a longer robots.txt the beginning counts.
MAX_ROBOTS_BYTES = 512 << 10


# What all responses together may hold in memory, from their first byte until they are dealt with.
MAX_HELD_BYTES = 64 << 20

# What each may have however much the others hold: no crowd of large ones costs a usual page.
FAIR_BYTES = 1 << 20


class LimitsMiddleware:
    """Bound the answers, one by one and together, and refuse what a host has no share for any more.

    Args:
        most: requests to one host in this crawl; robots.txt is not counted.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: Counter[str] = Counter()
        self._held = 0

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build it with the share of the plan, listening to what arrives."""
        limits = cls(CrawlPlan.from_settings(crawler.settings).config.max_host_pages)
        crawler.signals.connect(limits.receive, signal=signals.bytes_received)
        crawler.signals.connect(limits.leave, signal=signals.request_left_downloader)
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
        self._held += len(data)
        if request.meta["purpose"] == "robots" and received >= MAX_ROBOTS_BYTES:
            raise StopDownload(fail=False)
        if received > FAIR_BYTES and self._held > MAX_HELD_BYTES:
            raise StopDownload

    def leave(self, request: "Request") -> None:
        """Let go of what arrived for a request: from here on its response is counted."""
        self._held -= request.meta.pop("received", 0)

    def process_response(self, request: "Request", response: "Response") -> "Response":
        """Count a response, unpacked, for as long as it exists.

        Raises:
            Refused: when responses together hold too much.
        """
        size = len(response.body)
        others = self._held - request.meta.get("received", 0)
        if size > FAIR_BYTES and others + size > MAX_HELD_BYTES:
            raise Refused("limit", TOO_MUCH_AT_ONCE)
        self._held += size
        finalize(response, self._let_go, size)
        return response

    def _let_go(self, size: int) -> None:
        self._held -= size
