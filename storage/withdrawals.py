"""Taking an article out for a legal demand: text, index entries and bytes go, a tombstone stays."""

import sqlite3
from datetime import datetime

from storage import articles, captures, indexing
from storage.archive import Archive
from storage.errors import ArticleNotFound
from storage.records import utc_text
from storage.tombstones import Tombstone, bury


def withdraw(db: sqlite3.Connection, key: str, *, reason: str, now: datetime) -> Tombstone:
    """Remove an appearance: every version, its index entries, and the rows of its responses.

    The bytes of the responses are overwritten by `CaptureFiles.erase`, once this is committed. Copies
    elsewhere stay, and a text that another appearance has too stays with that one.

    Args:
        db: the writing connection.
        key: the key of the appearance.
        reason: why, for the tombstone.
        now: when.

    Returns:
        The tombstone.

    Raises:
        ArticleNotFound: when no article appeared there.
    """
    row = db.execute(
        "SELECT a.id, a.key, a.url, a.article_id, b.hash FROM appearance a JOIN version v"
        " ON v.id = a.version_id JOIN body b ON b.id = v.body_id WHERE a.key = ?1 OR a.url = ?1",
        (key,),
    ).fetchone()
    if row is None:
        raise ArticleNotFound(f"{key}: no article appeared there; `wireroom search` finds keys")
    stone = Tombstone(
        key=row["key"],
        url=row["url"],
        digest=row["hash"],
        reason=reason,
        withdrawn_at=utc_text(now),
    )
    # What is deleted is overwritten in the file too, not only forgotten.
    db.execute("PRAGMA secure_delete = ON")
    bury(db, stone)
    bodies = [
        found["body_id"]
        for found in db.execute(
            "SELECT DISTINCT body_id FROM version WHERE appearance_id = ?", (row["id"],)
        )
    ]
    captures.give_up(db, url=row["url"], key=row["key"])
    articles.remove_appearance(db, row["id"], bodies)
    indexing.tidy(db)
    db.execute("PRAGMA secure_delete = OFF")
    return stone


def take_out(archive: Archive, key: str, *, reason: str, now: datetime) -> Tombstone:
    """Withdraw an appearance, then overwrite its responses and empty the write-ahead log.

    The rows are gone for certain before the bytes are: a run that breaks off between the two is finished by
    `storage.doctor.repair`.

    Args:
        archive: the archive.
        key: the key or canonical URL of the appearance.
        reason: why, for the tombstone.
        now: when.

    Returns:
        The tombstone.

    Raises:
        ArticleNotFound: when no article appeared there.
        ArchiveError: when something cannot be written, with the way out.
    """
    with archive.write() as db:
        stone = withdraw(db, key, reason=reason, now=now)
    with archive.read() as db:
        archive.captures.erase(db)
    archive.fold()
    return stone
