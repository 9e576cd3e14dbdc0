"""One pace a host, whoever asks: each request claims the host's turn before it is sent.

The wait stands here, in the download handler, where every request passes, robots.txt and redirects
included, and where it holds up no other host. One request a host at a time is seen to here as well:
Scrapy's slots let several through that are queued in the same moment.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

from scraper import ingest
from scraper.crawling.guard import KeptConnectionLost
from scraper.crawling.limits import BoundedDownloadHandler
from scraper.crawling.record import (
    AnsweredElsewhere,
    LeftWaiting,
    Refused,
    explain_failure,
    to_page,
)
from scraper.crawling.session import session_of
from storage import hosts, reports, robots

if TYPE_CHECKING:
    import sqlite3

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from scraper.crawling.session import CrawlSession

# Waiting longer than this for a host's next moment would hold the crawl; the link waits instead.
LONGEST_WAIT = 300.0

# Beyond the time-out of a response: for its name to be looked up, and for a busy machine.
LEASE_MARGIN = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request that has the host's turn."""

    row: int
    """Its row in the log."""
    host: str
    """Whom it is for."""
    gap: float
    """Seconds promised between it and the host's next request."""


class PacedDownloadHandler(BoundedDownloadHandler):
    """The handler for http and https, paced and logged."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        # It would send a request again at once, and nobody would know of it.
        self._pool.retryAutomatically = False
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def download_request(self, request: "Request") -> "Response":
        """Wait for the host's next moment, send the request, and log how it ended."""
        host = urlparse_cached(request).hostname or ""
        async with self._turns[host]:
            try:
                return await self._send(request, host)
            except KeptConnectionLost:
                return await self._send(request, host, again=True)

    async def _send(self, request: "Request", host: str, *, again: bool = False) -> "Response":
        session = session_of(self._crawler)
        await self.limits.wait_for_room()
        sent = await take_turn(session, request, host, again=again)
        started = monotonic()
        try:
            response = await super().download_request(request)
        except BaseException as error:
            state, kind, reason = explain_failure(error, request.url)
            end_turn(session, sent, seconds=monotonic() - started, error=kind)
            if not isinstance(error, Exception) or isinstance(error, Refused):
                raise
            if isinstance(error, KeptConnectionLost) and not again:
                raise
            # Here it is known which host it was: a redirect led to it, perhaps.
            raise Refused(kind, reason, state=state) from error
        end_turn(session, sent, seconds=monotonic() - started, response=response)
        return response


async def take_turn(
    session: "CrawlSession", request: "Request", host: str, *, again: bool = False
) -> Sent:
    """Wait until a host may be asked, and log the request.

    Args:
        session: the crawl.
        request: what is to be sent.
        host: whom it is for.
        again: whether this process has sent it before.

    Returns:
        The turn, which `end_turn` ends.

    Raises:
        Refused: when that would take longer than a crawl can wait, or the day's budget is spent.
        LeftWaiting: when the crawl was told to stop meanwhile, or another process has asked for the same.
    """
    config, source = session.plan.config, session.sources[request.meta["source"]]
    budget = hosts.Budget(pages=config.host_pages_a_day, bytes=config.host_mb_a_day * 1_000_000)

    def step(db: "sqlite3.Connection") -> tuple[hosts.Turn, int]:
        now = datetime.now(UTC)
        if not again and _is_answered(db, request, session.crawl_id):
            raise AnsweredElsewhere
        turn = hosts.claim(
            db,
            host,
            delay=max(source.delay, request.meta.get("crawl_delay", 0.0)),
            lease=config.request_timeout + LEASE_MARGIN,
            now=now,
            budget=budget,
        )
        if turn.wait > 0:
            return turn, 0
        return turn, reports.log_request(
            db,
            crawl_id=session.crawl_id,
            source=source.name,
            host=host,
            url=request.url,
            purpose=request.meta["purpose"],
            sent_at=now,
            gap=turn.gap,
            robots_id=request.meta.get("robots_id"),
        )

    while True:
        if session.is_stopping:
            raise LeftWaiting("the crawl ends")
        _check_robots_age(request)
        turn, row = await session.write(step)
        if turn.wait <= 0:
            return Sent(row=row, host=host, gap=turn.gap)
        if turn.spent:
            reason = f"{host} was asked for as much as a day's budget allows"
            raise Refused("budget", reason, retry_after=turn.wait)
        if turn.wait > LONGEST_WAIT:
            until = datetime.now(UTC) + timedelta(seconds=turn.wait)
            reason = f"{host} is to be left alone until {until:%Y-%m-%d %H:%M} UTC"
            raise Refused("wait", reason, retry_after=turn.wait)
        await asyncio.sleep(turn.wait)


def _is_answered(db: "sqlite3.Connection", request: "Request", crawl_id: int | None) -> bool:
    """Say whether another process has asked for the same while this request waited for its turn."""
    if request.meta["purpose"] == "robots":
        known = robots.last_text(db, request.meta["origin"])
        return known is not None and known.id > request.meta["known_id"]
    since: datetime | None = request.meta.get("decided_at")
    # What a redirect leads to is the answer to another URL.
    if since is None or crawl_id is None or request.meta.get("redirect_times"):
        return False
    host = urlparse_cached(request).hostname or ""
    return reports.is_left_to_another(db, host, request.url, crawl_id=crawl_id, since=since)


def _check_robots_age(request: "Request") -> None:
    """Refuse what waited for its turn until the robots.txt that allows it was too old."""
    until: datetime | None = request.meta.get("robots_until")
    if until is not None and datetime.now(UTC) > until:
        reason = "its robots.txt has to be asked for again first"
        raise Refused("wait", reason, retry_after=0.0)


def end_turn(
    session: "CrawlSession",
    sent: Sent,
    *,
    seconds: float,
    response: "Response | None" = None,
    error: str | None = None,
) -> None:
    """Let the host's next request come, as soon as it was promised or asks for itself."""
    page = to_page(response, url=response.url) if response is not None else None
    size = len(page.body) if page else None

    def step(db: "sqlite3.Connection") -> None:
        gap = hosts.finish(
            db,
            sent.host,
            gap=sent.gap,
            now=datetime.now(UTC),
            answered=page is not None,
            in_trouble=page is not None and ingest.is_in_trouble(page),
            retry_after=ingest.retry_after(page) if page else None,
            size=size or 0,
        )
        reports.finish_request(
            db,
            sent.row,
            status=page.status if page else None,
            size=size,
            seconds=round(seconds, 3),
            error=error,
            gap=gap,
        )

    session.submit(step)
