"""Going back in time: the list pages that a backfill has read, and those that it still has to.

A backfill goes on over many crawls, each of which may be killed: what a list page led to is written in one
transaction with the fact that it was read.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from storage.records import utc_text

Purpose = Literal["feed", "sitemap", "section"]

# A list page that fails is asked for again by later crawls, so many times.
MOST_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillList:
    """A list page that a backfill is to read."""

    url: str
    """Its canonical URL."""
    purpose: Purpose
    """What it is; a feed never is one."""
    since: date
    """The day up to which the backfill goes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillProgress:
    """How far the backfill of a source has come."""

    source: str
    """Whose."""
    since: date
    """The day up to which it goes back."""
    read: int
    """List pages that were read."""
    waiting: int
    """Those that are known and were not read yet; none means that it is complete."""
    given_up: int
    """Those that could not be had."""


def begin(
    db: sqlite3.Connection, source: str, lists: Iterable[tuple[str, Purpose]], *, since: date
) -> None:
    """Let a source go back to a day; one that goes back as far already goes on where it stopped.

    Args:
        db: the writing connection.
        source: the source's name.
        lists: URL and purpose of the list pages to begin with.
        since: the day.
    """
    row = db.execute(
        "SELECT min(since) AS since FROM backfill WHERE source = ?", (source,)
    ).fetchone()
    if row["since"] is None or row["since"] > since.isoformat():
        # What was read for a later day has more behind it now.
        db.execute("DELETE FROM backfill WHERE source = ?", (source,))
    add(db, source, lists, since=since)


def add(
    db: sqlite3.Connection, source: str, lists: Iterable[tuple[str, Purpose]], *, since: date
) -> list[BackfillList]:
    """Make list pages known; return those that were not known before, in their order.

    Args:
        db: the writing connection.
        source: the source's name.
        lists: URL and purpose of each.
        since: the day up to which the backfill goes back.
    """
    new = []
    for url, purpose in lists:
        added = db.execute(
            "INSERT INTO backfill (source, url, purpose, since, tries) VALUES (?, ?, ?, ?, 0)"
            " ON CONFLICT DO NOTHING",
            (source, url, purpose, since.isoformat()),
        )
        if added.rowcount:
            new.append(BackfillList(url=url, purpose=purpose, since=since))
    return new


def waiting(db: sqlite3.Connection, source: str, *, limit: int) -> list[BackfillList]:
    """Return the list pages that a source's backfill still has to read, those met first.

    Args:
        db: a connection.
        source: the source's name.
        limit: at most so many.
    """
    rows = db.execute(
        "SELECT url, purpose, since FROM backfill WHERE source = ? AND read_at IS NULL AND tries < ?"
        " ORDER BY id LIMIT ?",
        (source, MOST_TRIES, limit),
    )
    return [
        BackfillList(url=row["url"], purpose=row["purpose"], since=date.fromisoformat(row["since"]))
        for row in rows
    ]


def note_read(db: sqlite3.Connection, source: str, url: str, *, now: datetime) -> None:
    """Write that a list page was read, in the transaction of what it led to."""
    db.execute(
        "UPDATE backfill SET read_at = ?, reason = NULL WHERE source = ? AND url = ?",
        (utc_text(now), source, url),
    )


def note_failure(
    db: sqlite3.Connection, source: str, url: str, reason: str, *, for_good: bool
) -> None:
    """Write that a list page could not be had.

    Args:
        db: the writing connection.
        source: the source's name.
        url: the list page.
        reason: why.
        for_good: whether it need not be asked for again.
    """
    db.execute(
        "UPDATE backfill SET tries = CASE WHEN ? THEN ? ELSE tries + 1 END, reason = ?"
        " WHERE source = ? AND url = ?",
        (for_good, MOST_TRIES, reason, source, url),
    )


def progress(db: sqlite3.Connection) -> list[BackfillProgress]:
    """Return how far each backfill has come, by source."""
    rows = db.execute(
        "SELECT source, min(since) AS since, count(read_at) AS read,"
        " sum(read_at IS NULL AND tries < ?1) AS waiting,"
        " sum(read_at IS NULL AND tries >= ?1) AS given_up FROM backfill GROUP BY source ORDER BY source",
        (MOST_TRIES,),
    )
    return [
        BackfillProgress(**{**dict(row), "since": date.fromisoformat(row["since"])}) for row in rows
    ]
