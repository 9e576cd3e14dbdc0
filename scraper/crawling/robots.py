"""robots.txt as RFC 9309 has it, also when many first requests of a host come at once.

Scrapy's own middleware lets requests through that wait for the same robots.txt: they share one
Deferred, whose result the first of them consumes. Here they share one task. Scrapy's also fetches
everything when robots.txt cannot be had, where the RFC says to fetch nothing, ignores Crawl-delay, and
asks again in every crawl.

    the archive's copy       used for a day, whoever asks
      | older, or none
    the host                 asked; a missing file (4xx) allows everything
      | in trouble (5xx, 429), or it cannot be reached
    nothing is fetched       after half a day of that the last copy holds again, for thirty days
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from scraper.crawling.record import AnsweredElsewhere, LeftWaiting, Refused, explain_failure
from scraper.crawling.session import session_of
from scraper.robots_txt import RobotsRules, decode_robots, parse_robots
from scraper.urls import canonicalise
from storage import robots
from storage.records import State

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

# A copy may be used for a day; a request that it allows may still have to wait for its turn.
ASK_AGAIN_AFTER = robots.MAX_AGE - timedelta(hours=1)

# While a file cannot be had its host is asked for it no more often, whatever waits for it.
HOLD_FAILURE = timedelta(minutes=10)

# When what had to wait for the file is asked for again.
RETRY_AFTER = 3600.0

# What waits for a robots.txt cannot be sent before it.
PRIORITY = 1000

# RFC 9309, 2.3.1.2.
MAX_REDIRECTS = 5

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What holds for the URLs of one origin, for a while."""

    until: datetime
    """How long it holds."""
    text: robots.RobotsText | None = None
    """The robots.txt in force; None when there is none to go by, and nothing may be fetched."""
    rules: RobotsRules | None = None
    """What that says."""
    refusal: Refused | None = None
    """What becomes of every request while there are no rules."""


class RobotsMiddleware:
    """Refuse what robots.txt forbids, and remember the delay that it asks for."""

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler
        self._verdicts: dict[str, asyncio.Task[Verdict]] = {}

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build it for one crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's verdict; raise `Refused` when the URL may not be fetched."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        origin = robots.origin_of(request.url)
        verdict = await self._verdict(origin, request)
        if verdict.refusal is not None:
            raise verdict.refusal.with_traceback(None)
        if verdict.rules is None or verdict.text is None:
            raise RuntimeError(f"a verdict on {origin} without rules and without a refusal")
        if not verdict.rules.allows(request.url):
            raise Refused("robots", f"robots.txt of {origin} forbids it")
        request.meta["crawl_delay"] = verdict.rules.crawl_delay
        request.meta["robots_id"] = verdict.text.id
        request.meta["robots_until"] = verdict.until + (robots.MAX_AGE - ASK_AGAIN_AFTER)
        request.meta["sitemaps"] = list(verdict.rules.sitemaps)

    async def _verdict(self, origin: str, request: Request) -> Verdict:
        task = self._verdicts.get(origin)
        if task is None or _is_over(task):
            task = asyncio.ensure_future(self._decide(origin, request))
            self._verdicts[origin] = task
        # One request that is cancelled must not take the verdict from the others.
        return await asyncio.shield(task)

    async def _decide(self, origin: str, asked_by: Request) -> Verdict:
        session = session_of(self._crawler)
        known = await session.write(lambda db: robots.last_text(db, origin))
        if known is not None and datetime.now(UTC) < known.asked_at + ASK_AGAIN_AFTER:
            return _obey(known, until=known.asked_at + ASK_AGAIN_AFTER)
        try:
            response = await self._ask(origin, asked_by, known_id=known.id if known else 0)
        except AnsweredElsewhere:
            return await self._decide(origin, asked_by)
        except LeftWaiting:
            raise
        except Exception as error:  # noqa: BLE001 - whatever happened, the file could not be had
            return await self._go_without(origin, error, known)
        status, now = response.status, datetime.now(UTC)
        if _is_in_trouble(status):
            refusal = Refused("robots", f"HTTP {status}", retry_after=RETRY_AFTER)
            return await self._go_without(origin, refusal, known, status=status)
        text = decode_robots(response.body) if status < HTTPStatus.MULTIPLE_CHOICES else ""
        came = await session.write(
            lambda db: robots.add_text(db, origin, text, status=status, now=now)
        )
        return _obey(came, until=now + ASK_AGAIN_AFTER)

    async def _go_without(
        self,
        origin: str,
        error: Exception,
        known: robots.RobotsText | None,
        *,
        status: int | None = None,
    ) -> Verdict:
        """Return the verdict on a host whose robots.txt could not be had."""
        session, now = session_of(self._crawler), datetime.now(UTC)
        state, kind, reason = explain_failure(error, origin)
        # What we did not ask for says nothing of the host.
        if status is not None or state is State.FAILED:
            await session.write(
                lambda db: robots.add_failure(db, origin, reason, status=status, now=now)
            )
            since = await session.write(lambda db: robots.failing_since(db, origin))
            if known is not None and robots.may_be_trusted(failing_since=since, now=now):
                return _obey(known, until=now + HOLD_FAILURE)
        # A host that cannot be reached for its robots.txt cannot be reached for the page.
        refusal = Refused(
            kind,
            f"robots.txt of {origin} could not be had: {reason}",
            state=state,
            retry_after=error.retry_after if isinstance(error, Refused) else None,
        )
        return Verdict(until=now + HOLD_FAILURE, refusal=refusal)

    async def _ask(self, origin: str, asked_by: Request, *, known_id: int) -> "Response":
        """Ask for a robots.txt; past too many redirects the last of them is the answer.

        Raises:
            AnsweredElsewhere: when another process has asked for it in the meantime.
        """
        url = f"{origin}/robots.txt"
        for hop in range(MAX_REDIRECTS + 1):
            request = Request(
                url,
                priority=PRIORITY,
                callback=NO_CALLBACK,
                meta={
                    "dont_obey_robotstxt": True,
                    "dont_redirect": True,
                    "purpose": "robots",
                    "origin": origin,
                    "known_id": known_id,
                    "source": asked_by.meta.get("source"),
                },
            )
            response = await self._crawler.engine.download_async(request)
            location = response.headers.get(b"Location")
            if response.status not in _REDIRECTS or not location or hop == MAX_REDIRECTS:
                break
            url = canonicalise(urljoin(url, location.decode("latin-1")))
        return response


def _is_over(task: asyncio.Task[Verdict]) -> bool:
    if not task.done() or task.cancelled():
        return task.cancelled()
    # What went wrong with the archive ends the crawl; whoever still asks is told.
    return task.exception() is None and task.result().until <= datetime.now(UTC)


def _is_in_trouble(status: int) -> bool:
    return status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS


def _obey(text: robots.RobotsText, *, until: datetime) -> Verdict:
    return Verdict(until=until, text=text, rules=parse_robots(text.text))
