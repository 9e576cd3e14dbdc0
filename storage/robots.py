"""What hosts answered when they were asked for robots.txt: each answer a row, each text once.

The rows are the cache (the last text that came), the record of how long a file cannot be had, and the
proof for every request of which text allowed it.
"""

import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from storage.records import utc_moment, utc_text

# A copy may be used for so long (RFC 9309, 2.4) ...
MAX_AGE = timedelta(days=1)

# ... and beyond that while the file cannot be had: after a while, and not for ever.
PATIENCE = timedelta(hours=12)
LONGEST_TRUST = timedelta(days=30)

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsText:
    """A robots.txt that came."""

    id: int
    """The id of the answer, which requests refer to."""
    origin: str
    """Whose it is."""
    asked_at: datetime
    """When it came."""
    digest: str
    """SHA-256 of the text, hexadecimal."""
    text: str
    """The text; empty when the host has none."""


def origin_of(url: str) -> str:
    """Return what one robots.txt holds for: scheme, host, and the port unless it is the usual one."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    name = f"[{host}]" if ":" in host else host
    if parts.port in {None, _DEFAULT_PORTS.get(parts.scheme)}:
        return f"{parts.scheme}://{name}"
    return f"{parts.scheme}://{name}:{parts.port}"


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def add_text(
    db: sqlite3.Connection, origin: str, text: str, *, status: int, now: datetime
) -> RobotsText:
    """Record a robots.txt that came.

    Args:
        db: the writing connection.
        origin: whose it is.
        text: the text; empty when there is no such file, which allows everything.
        status: the HTTP status of the answer.
        now: when it came.

    Returns:
        It, with the id that requests refer to.
    """
    digest = digest_of(text)
    db.execute(
        "INSERT INTO robots_text (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (digest, text),
    )
    row_id = _add(db, origin, now, digest=digest, status=status)
    return RobotsText(id=row_id, origin=origin, asked_at=now, digest=digest, text=text)


def add_failure(
    db: sqlite3.Connection, origin: str, reason: str, *, status: int | None, now: datetime
) -> None:
    """Record that a robots.txt could not be had.

    Args:
        db: the writing connection.
        origin: whose it is.
        reason: why, a sentence for a person.
        status: the HTTP status, when something answered.
        now: when.
    """
    _add(db, origin, now, status=status, reason=reason)


def _add(
    db: sqlite3.Connection,
    origin: str,
    now: datetime,
    *,
    status: int | None,
    digest: str | None = None,
    reason: str | None = None,
) -> int:
    inserted = db.execute(
        "INSERT INTO robots (origin, asked_at, digest, status, reason) VALUES (?, ?, ?, ?, ?)",
        (origin, utc_text(now), digest, status, reason),
    )
    return int(inserted.lastrowid or 0)


def last_text(db: sqlite3.Connection, origin: str) -> RobotsText | None:
    """Return the last robots.txt of a host that came, or None when none ever did."""
    row = db.execute(
        "SELECT r.id, r.origin, r.asked_at, r.digest, t.text FROM robots r"
        " JOIN robots_text t ON t.digest = r.digest WHERE r.origin = ? ORDER BY r.id DESC LIMIT 1",
        (origin,),
    ).fetchone()
    return RobotsText(**{**dict(row), "asked_at": utc_moment(row["asked_at"])}) if row else None


def failing_since(db: sqlite3.Connection, origin: str) -> datetime | None:
    """Return since when a host's robots.txt cannot be had; None when the last answer was one."""
    row = db.execute(
        "SELECT min(asked_at) AS since FROM robots WHERE origin = ?1 AND id >"
        " (SELECT coalesce(max(id), 0) FROM robots WHERE origin = ?1 AND digest IS NOT NULL)",
        (origin,),
    ).fetchone()
    return utc_moment(row["since"]) if row["since"] else None


def may_be_trusted(*, failing_since: datetime | None, now: datetime) -> bool:
    """Say whether the last copy of a robots.txt that cannot be had holds again.

    Not at once: a host in trouble is best left alone. And not for ever.

    Args:
        failing_since: since when it cannot be had.
        now: the present.
    """
    return failing_since is not None and PATIENCE <= now - failing_since <= LONGEST_TRUST
