"""What each look at a source's lists found: the crawls of a source, one by one."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.records import utc_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What one crawl saw of a source's lists."""

    at: datetime
    """When the crawl began."""
    listed: int
    """List pages that answered."""
    met: int | None
    """Links that were met for the first time; None in crawls of an older Wireroom."""


def last_polls(db: sqlite3.Connection, source: str, *, limit: int) -> list[Poll]:
    """Return the crawls of a source that were accounted for, the last one first.

    Args:
        db: a connection.
        source: its name.
        limit: at most so many.
    """
    rows = db.execute(
        "SELECT c.started_at, s.listed, s.met FROM crawl_source s JOIN crawl c ON c.id = s.crawl_id"
        " WHERE s.source = ? ORDER BY s.crawl_id DESC LIMIT ?",
        (source, limit),
    )
    return [
        Poll(at=utc_moment(row["started_at"]), listed=row["listed"], met=row["met"]) for row in rows
    ]
