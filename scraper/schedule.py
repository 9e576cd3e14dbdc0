"""When each source is due: from its interval and the archive's own rows, and from nothing else."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from scraper.cadence import Cadence, Look, Wishes, next_moment, settle
from scraper.sources import Source
from storage import reports
from storage.lists import KnownList, known_lists
from storage.polls import last_polls

# A crawl that is made anyway takes along what is due so soon, as a share of its interval and in seconds: an
# empty crawl costs some two CPU seconds before its first request.
ALONG = 0.1
ALONG_SECONDS = 300.0

# How many looks say how often a source publishes; older ones tell of other times.
LOOKS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledSource:
    """When a source was crawled, how that ended, and when it is due."""

    source: str
    """The source's name."""
    interval: float
    """Seconds between two crawls."""
    why: str
    """Where the interval and the moment are from, for a person."""
    next_at: datetime
    """When it is due; in the past when it is overdue."""
    along_at: datetime
    """When it may go along with a crawl that is made anyway."""
    last_started_at: datetime | None
    """When it was last crawled."""
    last_state: str | None
    """How that crawl ended: done, stopped, failed, killed, or running."""
    last_new: int | None
    """How many new appearances it brought."""


def plan_next(
    db: sqlite3.Connection, sources: Iterable[Source], *, now: datetime
) -> list[ScheduledSource]:
    """Return when each source is due, the next one first.

    Args:
        db: a read connection of the archive.
        sources: the chosen sources.
        now: what is due when it was never crawled.
    """
    last = reports.last_crawls(db)
    rows = []
    for source in sources:
        crawl = last.get(source.name)
        cadence = settle(
            _looks(db, source),
            start=source.interval,
            shortest=source.min_interval,
            longest=source.max_interval,
        )
        # A clock that was set back leaves crawls that began in the future.
        started = min(crawl.started_at, now) if crawl else None
        moment, why = _heed(known_lists(db, [source.name]), source, cadence, started, now=now)
        rows.append(
            ScheduledSource(
                source=source.name,
                interval=cadence.interval,
                why=why,
                next_at=moment,
                along_at=_along(moment, source, cadence, started),
                last_started_at=crawl.started_at if crawl else None,
                last_state=crawl.state if crawl else None,
                last_new=crawl.new if crawl else None,
            )
        )
    return sorted(rows, key=lambda row: (row.next_at, row.source))


def _along(due: datetime, source: Source, cadence: Cadence, started: datetime | None) -> datetime:
    if started is None:
        return due
    sooner = due - timedelta(seconds=min(ALONG * cadence.interval, ALONG_SECONDS))
    return min(due, max(sooner, started + timedelta(seconds=source.min_interval)))


def wishes_of(known: KnownList) -> Wishes | None:
    """Return what a list page asks of its readers; None when it never answered."""
    if known.checked_at is None:
        return None
    return Wishes(
        checked_at=known.checked_at,
        interval=known.interval,
        skip_hours=known.skip_hours,
        skip_days=known.skip_days,
    )


def _looks(db: sqlite3.Connection, source: Source) -> list[Look]:
    polls = [poll for poll in last_polls(db, source.name, limit=LOOKS + 1) if poll.listed]
    return [
        Look(after=(later.at - earlier.at).total_seconds(), found=later.met > 0)
        for later, earlier in pairwise(polls)
        # Times that a clock that was set back has turned round say nothing.
        if later.met is not None and later.at > earlier.at
    ]


def _heed(
    lists: list[KnownList],
    source: Source,
    cadence: Cadence,
    started: datetime | None,
    *,
    now: datetime,
) -> tuple[datetime, str]:
    """Return when a source is due: not before the first of its lists wants to be asked."""
    if started is None:
        return now, cadence.why
    due = started + timedelta(seconds=cadence.interval)
    known = {page.url: wishes_of(page) for page in lists}
    wishes = [known.get(listing.url) for listing in source.list_pages()]
    moments = [
        next_moment(wish, earliest=due, longest=source.max_interval) for wish in wishes if wish
    ]
    # A list that is not known, or has no wishes, may be asked at any time.
    if not wishes or len(moments) < len(wishes) or min(moments) <= due:
        return due, cadence.why
    return min(moments), f"{cadence.why}; its lists ask for more patience"
