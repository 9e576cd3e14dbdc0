"""How much one response may be, and how much one host may be asked in one crawl."""

from collections import Counter
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import StopDownload
from scrapy.utils.httpobj import urlparse_cached

from scraper.crawling.plan import CrawlPlan
from scraper.crawling.record import Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

# The protocol's own limit for a sitemap; all else has that of the settings.
MAX_SITEMAP_BYTES = 50 << 20

# RFC 9309 asks for 500 KiB at least; of a longer robots.txt the beginning counts.
MAX_ROBOTS_BYTES = 512 << 10


class LimitsMiddleware:
    """Say how large the answer to a request may be, and refuse what a host has no share for any more.

    Args:
        most: requests to one host in this crawl; robots.txt is not counted.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._asked: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build it with the share of the plan, listening to what arrives."""
        limits = cls(CrawlPlan.from_settings(crawler.settings).config.max_host_pages)
        crawler.signals.connect(limits.cut_robots, signal=signals.bytes_received)
        return limits

    def process_request(self, request: "Request") -> None:
        """Count a request, redirects included; raise `Refused` when its host has had its share."""
        purpose = request.meta["purpose"]
        if purpose == "robots":
            return
        if purpose == "sitemap":
            request.meta["download_maxsize"] = MAX_SITEMAP_BYTES
        host = urlparse_cached(request).hostname or ""
        if self._asked[host] >= self._most:
            raise Refused(
                "limit",
                f"{host} was asked {self._most:,} times in this crawl, as `max_host_pages` says",
            )
        self._asked[host] += 1

    def cut_robots(self, data: bytes, request: "Request") -> None:
        """Stop reading a robots.txt at its limit; what came is the answer."""
        if request.meta.get("purpose") != "robots":
            return
        received = request.meta.get("received", 0) + len(data)
        request.meta["received"] = received
        if received >= MAX_ROBOTS_BYTES:
            raise StopDownload(fail=False)
