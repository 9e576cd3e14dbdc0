"""The full-text index: what it is given of each version, and how that is taken back.

The index keeps no text of its own (a contentless FTS5 table, its rows numbered as the versions are), and
what was indexed is known by a digest beside each version.
"""

import hashlib
import sqlite3

from storage.segmentation import segment

_PENDING = (
    "SELECT v.id, v.title, b.text FROM version v JOIN body b ON b.id = v.body_id"
    " WHERE v.indexed_hash = '' ORDER BY v.id LIMIT ?"
)

# The texts of so many versions are in memory at a time.
PENDING_AT_ONCE = 500


def index_pending(db: sqlite3.Connection) -> None:
    """Give the index every version that it was not given yet; each transaction ends with this.

    Whatever opens a savepoint, and many an UPDATE does, makes FTS5 write out what it has gathered. Texts
    that are indexed one after another are written as one piece, the same ones between other statements as
    many, each to be merged later.
    """
    while rows := db.execute(_PENDING, (PENDING_AT_ONCE,)).fetchall():
        digests = []
        for row in rows:
            given = (segment(row["title"]), segment(row["text"]))
            db.execute(
                "INSERT INTO search_index (rowid, title, text) VALUES (?, ?, ?)",
                (row["id"], *given),
            )
            digests.append((hashlib.sha256("\n".join(given).encode()).hexdigest(), row["id"]))
        db.executemany("UPDATE version SET indexed_hash = ? WHERE id = ?", digests)


def index_again(db: sqlite3.Connection) -> int:
    """Empty the index, so that the transaction ends with giving it every version; return their number."""
    db.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    return db.execute("UPDATE version SET indexed_hash = ''").rowcount


def unindex_version(db: sqlite3.Connection, version_id: int, *, title: str, text: str) -> None:
    """Take a version out of the index; title and text must be those that it was given."""
    db.execute(
        "INSERT INTO search_index (search_index, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (version_id, segment(title), segment(text)),
    )


def tidy(db: sqlite3.Connection) -> None:
    """Merge the index, so that nothing is left in it of versions that were taken out."""
    db.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
