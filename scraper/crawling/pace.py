"""One pace a host, whoever asks: each request is reserved with its host's row before it is sent.

The wait stands here, in the download handler, where every request passes, robots.txt and redirects
included, and where it holds up no other host. One request a host at a time is seen to here as well:
Scrapy's slots let several through that are queued in the same moment.
"""

import asyncio
from collections import defaultdict
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

from scraper.crawling.limits import BoundedDownloadHandler
from scraper.crawling.record import Refused, explain_failure
from scraper.crawling.session import session_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class PacedDownloadHandler(BoundedDownloadHandler):
    """The handler for http and https, paced and logged."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def download_request(self, request: "Request") -> "Response":
        """Wait for the host's next moment, send the request, and log how it ended."""
        host = urlparse_cached(request).hostname or ""
        async with self._turns[host]:
            return await self._send(request, host)

    async def _send(self, request: "Request", host: str) -> "Response":
        session = session_of(self._crawler)
        await self.limits.wait_for_room()
        sent = await session.reserve(request, host)
        started = monotonic()
        try:
            response = await super().download_request(request)
        except BaseException as error:
            state, kind, reason = explain_failure(error, request.url)
            session.finish_request(sent, seconds=monotonic() - started, error=kind)
            if not isinstance(error, Exception):
                raise
            # Here it is known which host it was: a redirect led to it, perhaps.
            raise Refused(kind, reason, state=state) from error
        session.finish_request(
            sent, seconds=monotonic() - started, status=response.status, size=len(response.body)
        )
        # While it is still the host's turn, or the next request would be under way.
        await session.heed(response, host)
        return response
