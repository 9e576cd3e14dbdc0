"""What is left of a page that was withdrawn: a tombstone, which keeps it from being archived again."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from storage.records import Outcome, Recorded, State, key_of, utc_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a page that was withdrawn."""

    key: str
    url: str
    """Its canonical URL."""
    digest: str
    """SHA-256 of its last text, hexadecimal: whoever has the text can prove that it was this one."""
    reason: str
    """Why, in the words of whoever withdrew it."""
    withdrawn_at: str
    """When, in UTC."""

    def epitaph(self) -> str:
        """Return when it was withdrawn and why, as a sentence."""
        return f"it was withdrawn on {self.withdrawn_at[:10]}: {self.reason}"


def is_withdrawn(db: sqlite3.Connection, url: str) -> bool:
    """Say whether the page at a canonical URL was withdrawn: it is never archived again."""
    found = db.execute("SELECT 1 FROM withdrawal WHERE url = ?", (url,)).fetchone()
    return found is not None


def tombstone_of(db: sqlite3.Connection, *keys_or_urls: str) -> Tombstone | None:
    """Return the tombstone of a page; None when it was not withdrawn.

    Args:
        db: a connection.
        keys_or_urls: its key or canonical URL; of several pages, the first that has a tombstone counts.
    """
    for name in keys_or_urls:
        row = db.execute(
            "SELECT key, url, digest, reason, withdrawn_at FROM withdrawal WHERE key = ?1 OR url = ?1",
            (name,),
        ).fetchone()
        if row is not None:
            return Tombstone(**dict(row))
    return None


def refuse(db: sqlite3.Connection, outcome: Outcome) -> Recorded:
    """Write that a withdrawn page was met again, and nothing of what it says."""
    url = outcome.final_url or outcome.url
    stone = tombstone_of(db, url, outcome.url)
    reason = stone.epitaph() if stone is not None else "it was withdrawn"
    db.execute(
        "UPDATE outcome SET tried_at = ?, due_at = NULL, state = ?, kind = 'withdrawn', reason = ?"
        " WHERE url IN (?, ?)",
        (utc_text(outcome.at), State.REFUSED, reason, url, outcome.url),
    )
    return Recorded(result="rejected", key=key_of(url))


def tombstones(db: sqlite3.Connection) -> list[Tombstone]:
    """Return the tombstones, by key."""
    rows = db.execute("SELECT key, url, digest, reason, withdrawn_at FROM withdrawal ORDER BY key")
    return [Tombstone(**dict(row)) for row in rows]


def bury(db: sqlite3.Connection, stone: Tombstone) -> None:
    """Set a tombstone: the page it names is never archived again."""
    values: dict[str, Any] = {
        "key": stone.key,
        "url": stone.url,
        "digest": stone.digest,
        "reason": stone.reason,
        "withdrawn_at": stone.withdrawn_at,
    }
    db.execute(
        "INSERT INTO withdrawal (key, url, digest, reason, withdrawn_at)"
        " VALUES (:key, :url, :digest, :reason, :withdrawn_at) ON CONFLICT DO NOTHING",
        values,
    )
    met = db.execute("SELECT id FROM outcome WHERE url = ?", (stone.url,)).fetchone()
    if met is not None:
        db.execute("DELETE FROM judgement WHERE outcome_id = ?", (met["id"],))
        db.execute("DELETE FROM event_mention WHERE outcome_id = ?", (met["id"],))
        db.execute("UPDATE sighting SET title = NULL WHERE outcome_id = ?", (met["id"],))
    db.execute(
        "UPDATE outcome SET state = ?, kind = 'withdrawn', reason = ?, title = NULL, lead = NULL,"
        " capture_id = NULL, due_at = NULL WHERE url = ?",
        (State.REFUSED, stone.epitaph(), stone.url),
    )
