"""robots.txt as RFC 9309 has it, also when many first requests of a host come at once.

Scrapy's own middleware lets requests through that wait for the same robots.txt: they share one
Deferred, whose result the first of them consumes. Here they share one task. Scrapy's also fetches
everything when robots.txt cannot be had, where the RFC says to fetch nothing, and ignores
Crawl-delay.
"""

import asyncio
import logging
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING

from protego import Protego
from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from scraper.crawling.record import Refused, explain_failure
from storage.records import State

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

# The name that robots.txt files may address.
PRODUCT_TOKEN = "Wireroom"  # noqa: S105 - a name, not a secret

# RFC 9309 asks for at least 500 KiB; more is a trap.
MAX_ROBOTS_BYTES = 512 * 1024

# A file may name any number of sitemaps.
MAX_SITEMAPS = 20

# A hostile file may ask for more seconds than there are.
MAX_CRAWL_DELAY = 300.0


@dataclass(frozen=True, slots=True)
class RobotsVerdict:
    """What a host's robots.txt says."""

    rules: Protego | None = None
    """The rules, or None when the file could not be had and nothing may be fetched."""
    crawl_delay: float = 0.0
    """Seconds between two requests that it asks for, at most MAX_CRAWL_DELAY."""
    state: State = State.REFUSED
    """What becomes of the host's URLs when there are no rules."""
    kind: str = "robots"
    """The kind of that: `robots`, or how the host could not be reached."""
    reason: str = ""
    """Why there are no rules."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Refuse what robots.txt forbids, and remember the delay that it asks for."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._verdicts: dict[str, asyncio.Task[RobotsVerdict]] = {}

    async def process_request(
        self,
        request: Request,
        spider: "Spider | None" = None,  # noqa: ARG002 - the base class has it
    ) -> None:
        """Wait for the host's verdict; raise `Refused` when the URL may not be fetched."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlparse_cached(request)
        verdict = await self._verdict(parts.scheme, parts.netloc, request)
        if verdict.rules is None:
            raise Refused(verdict.kind, verdict.reason, state=verdict.state)
        if not verdict.rules.can_fetch(request.url, PRODUCT_TOKEN):
            raise Refused("robots", f"robots.txt of {parts.netloc} forbids it")
        request.meta["crawl_delay"] = verdict.crawl_delay
        request.meta["sitemaps"] = list(islice(verdict.rules.sitemaps, MAX_SITEMAPS))

    async def _verdict(self, scheme: str, netloc: str, request: Request) -> RobotsVerdict:
        task = self._verdicts.get(f"{scheme}://{netloc}")
        if task is None:
            task = asyncio.ensure_future(self._fetch(f"{scheme}://{netloc}/robots.txt", request))
            self._verdicts[f"{scheme}://{netloc}"] = task
        # One request that is cancelled must not take the verdict from the others.
        return await asyncio.shield(task)

    async def _fetch(self, url: str, asked_by: Request) -> RobotsVerdict:
        request = Request(
            url,
            priority=self.DOWNLOAD_PRIORITY,
            callback=NO_CALLBACK,
            meta={
                "dont_obey_robotstxt": True,
                "purpose": "robots",
                "source": asked_by.meta.get("source"),
            },
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - whatever happened, the file could not be had
            # A host that cannot be reached for its robots.txt cannot be reached for the page.
            state, kind, reason = explain_failure(error, url)
            return RobotsVerdict(state=state, kind=kind, reason=f"robots.txt: {reason}")
        return read_robots(response)


def read_robots(response: "Response") -> RobotsVerdict:
    """Return the verdict that an answer to a request for robots.txt amounts to.

    A missing file (4xx) allows everything; a server that is in trouble (5xx, 429) allows nothing
    until it answers again (RFC 9309, 2.3.1).
    """
    status = response.status
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        return RobotsVerdict(reason=f"robots.txt could not be had: HTTP {status}")
    text = ""
    if status == HTTPStatus.OK:
        text = response.body[:MAX_ROBOTS_BYTES].decode("utf-8", errors="replace")
    rules = Protego.parse(text)
    delay = rules.crawl_delay(PRODUCT_TOKEN) or 0.0
    return RobotsVerdict(rules=rules, crawl_delay=min(max(delay, 0.0), MAX_CRAWL_DELAY))
