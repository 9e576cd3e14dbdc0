"""The one pace of a host, whoever asks: its next moment stands in its row."""

import sqlite3
from datetime import datetime, timedelta

from storage.records import utc_moment, utc_text


def reserve(
    db: sqlite3.Connection, host: str, *, delay: float, now: datetime, longest: float
) -> float | None:
    """Reserve a host's next moment for one request.

    Args:
        db: the writing connection.
        host: the host's name.
        delay: seconds between this request and the host's next one.
        now: the present.
        longest: the most seconds that the caller would wait.

    Returns:
        Seconds to wait before the request is sent. None when that would be more than `longest`:
        nothing is reserved then.
    """
    row = db.execute("SELECT next_at FROM host WHERE host = ?", (host,)).fetchone()
    free = utc_moment(row["next_at"]) if row and row["next_at"] else now
    wait = max(0.0, (free - now).total_seconds())
    if wait > longest:
        return None
    _set_next(db, host, now + timedelta(seconds=wait + delay), delay)
    return wait


def postpone(db: sqlite3.Connection, host: str, *, until: datetime) -> None:
    """Send a host nothing before a moment, because it asked for that.

    Args:
        db: the writing connection.
        host: the host's name.
        until: the moment; an earlier one than the host already has changes nothing.
    """
    row = db.execute("SELECT next_at, delay FROM host WHERE host = ?", (host,)).fetchone()
    if row is None or not row["next_at"] or utc_moment(row["next_at"]) < until:
        _set_next(db, host, until, row["delay"] if row else 0.0)


def _set_next(db: sqlite3.Connection, host: str, next_at: datetime, delay: float) -> None:
    db.execute(
        "INSERT INTO host (host, next_at, delay) VALUES (?, ?, ?)"
        " ON CONFLICT (host) DO UPDATE SET next_at = excluded.next_at, delay = excluded.delay",
        (host, utc_text(next_at), delay),
    )
