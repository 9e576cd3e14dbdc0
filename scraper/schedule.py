"""When each source is due: from its interval and the archive's own rows, and from nothing else."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.sources import Source
from storage import reports


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledSource:
    """When a source was crawled, how that ended, and when it is due."""

    source: str
    """The source's name."""
    interval: float
    """Seconds between two crawls."""
    next_at: datetime
    """When it is due; in the past when it is overdue."""
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
        started = crawl.started_at if crawl else None
        rows.append(
            ScheduledSource(
                source=source.name,
                interval=source.interval,
                next_at=started + timedelta(seconds=source.interval) if started else now,
                last_started_at=started,
                last_state=crawl.state if crawl else None,
                last_new=crawl.new if crawl else None,
            )
        )
    return sorted(rows, key=lambda row: (row.next_at, row.source))
