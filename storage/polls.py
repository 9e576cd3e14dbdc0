"""What each look at a source's lists found: the crawls of a source, one by one."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.records import utc_moment, utc_text

_LISTS = ("feed ", "sitemap ", "section ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What one crawl counted for one source."""

    at: datetime
    """When the crawl began."""
    listed: int
    """List pages that answered."""
    met: int | None
    """Links that were met for the first time; None in crawls of an older Wireroom."""
    new: int
    """Appearances made."""
    fetched: int
    """Article pages that answered."""
    rejected: Mapping[str, int]
    """Kind of rejection -> how many."""
    failed: Mapping[str, int]
    """Kind of failure of an article page -> how many."""
    problems: tuple[str, ...]
    """What was wrong with list pages."""


def last_polls(
    db: sqlite3.Connection,
    source: str,
    *,
    limit: int | None = None,
    since: datetime | None = None,
) -> list[Poll]:
    """Return the crawls of a source that were accounted for, the last one first.

    Args:
        db: a connection.
        source: its name.
        limit: at most so many; None means all.
        since: only those that began at this moment or later.
    """
    rows = db.execute(
        "SELECT c.started_at, s.* FROM crawl_source s JOIN crawl c ON c.id = s.crawl_id"
        " WHERE s.source = ?1 AND (?2 IS NULL OR c.started_at >= ?2)"
        " ORDER BY s.crawl_id DESC LIMIT ?3",
        (source, utc_text(since) if since else None, -1 if limit is None else limit),
    )
    return [
        Poll(
            at=utc_moment(row["started_at"]),
            listed=row["listed"],
            met=row["met"],
            new=row["new"],
            fetched=row["fetched"],
            rejected=json.loads(row["rejected"]),
            failed={
                kind: count
                for kind, count in json.loads(row["failed"]).items()
                if not kind.startswith(_LISTS)
            },
            problems=tuple(json.loads(row["problems"])),
        )
        for row in rows
    ]
