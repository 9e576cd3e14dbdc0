"""Sums over everything that crawls did, for whoever watches from outside."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from storage.records import Purpose, utc_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTotal:
    """The requests of a source that were answered alike."""

    source: str
    purpose: Purpose
    answer: str
    """The HTTP status, or the kind of failure; `none` while in flight, and for ever after a kill."""
    requests: int
    bytes: int
    """Of the bodies, with their encodings undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTotal:
    """What all crawls together counted for a source."""

    source: str
    listed: int
    """List pages that answered."""
    unchanged_lists: int
    """Those of them that were as they had been."""
    new: int
    """Appearances made."""
    versions: int
    """New versions of known appearances."""
    looked_at: datetime | None
    """When a crawl that read one of its lists last began."""


def request_totals(db: sqlite3.Connection) -> list[RequestTotal]:
    """Return how many requests were sent, by source, purpose and answer."""
    rows = db.execute(
        "SELECT source, purpose, coalesce(CAST(status AS TEXT), error, 'none') AS answer,"
        " count(*) AS requests, coalesce(sum(bytes), 0) AS bytes FROM request"
        " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    return [RequestTotal(**dict(row)) for row in rows]


def source_totals(db: sqlite3.Connection) -> list[SourceTotal]:
    """Return what was counted for each source that was ever crawled."""
    rows = db.execute(
        "SELECT s.source, sum(s.listed) AS listed, sum(s.unchanged_lists) AS unchanged_lists,"
        " sum(s.new) AS new, sum(s.versions) AS versions,"
        " max(CASE WHEN s.listed > 0 THEN c.started_at END) AS looked_at"
        " FROM crawl_source s JOIN crawl c ON c.id = s.crawl_id GROUP BY s.source ORDER BY s.source"
    )
    return [
        SourceTotal(
            **{
                **dict(row),
                "looked_at": utc_moment(row["looked_at"]) if row["looked_at"] else None,
            }
        )
        for row in rows
    ]


def crawl_totals(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many crawls ended in each state; a killed one counts as running."""
    rows = db.execute("SELECT state, count(*) AS number FROM crawl GROUP BY state ORDER BY state")
    return {row["state"]: row["number"] for row in rows}
