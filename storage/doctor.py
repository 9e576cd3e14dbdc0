"""Looks an archive over: what SQLite says, what the digests say, and what belongs to nothing.

Nothing here trusts what it reads: a damaged archive is described as far as it can be read, never with a
traceback.
"""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from storage import articles, indexing, versions
from storage.archive import Archive
from storage.captures import GIVEN_UP
from storage.errors import ArchiveDamaged, ArchiveError
from storage.segmentation import segment

# A list of every damaged row helps nobody.
MOST_FINDINGS = 200

# Before these, SQLite could damage a database in WAL mode when a checkpoint met a writer that restarted it;
# our write lock keeps the two apart, but other programs have none.
SOUND_SQLITE = (3, 51, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is wrong, or worth knowing."""

    what: str
    """One sentence for a person."""
    way_out: str
    """What to do about it."""
    repairable: bool = False
    """Whether `repair` mends it."""
    is_damage: bool = True
    """False for what is only worth knowing."""


def examine(archive: Archive) -> list[Finding]:
    """Look an archive over; an empty list means that all is well.

    Args:
        archive: the open archive.
    """
    findings: list[Finding] = []
    with archive.read() as db:
        for name, check in _CHECKS:
            try:
                for finding in check(db, archive):
                    findings.append(finding)
                    if len(findings) >= MOST_FINDINGS:
                        return findings
            # A damaged file raises what it likes, wherever it is read.
            except (
                sqlite3.Error,
                ArchiveError,
                ValueError,
                TypeError,
                OverflowError,
                OSError,
            ) as error:
                findings.append(
                    Finding(what=f"{name}: it cannot be read: {error}", way_out="restore a backup")
                )
    return findings


def repair(archive: Archive) -> list[str]:
    """Mend what follows from the rest: the full-text index, counters, the rows of articles, torn tails.

    Texts, versions and captures are never touched.

    Args:
        archive: the open archive.

    Returns:
        What was done, a sentence each.
    """
    done = []
    with archive.write() as db:
        done.append(f"indexed {indexing.index_again(db):,} versions again")
        db.execute(
            "UPDATE appearance SET versions ="
            " (SELECT count(*) FROM version WHERE appearance_id = appearance.id)"
        )
        ids = [row["id"] for row in db.execute("SELECT id FROM article ORDER BY id")]
        for article_id in ids:
            articles.describe(db, article_id)
        done.append(f"wrote the rows of {len(ids):,} articles again")
        archive.captures.erase(db)
        for file, end, size in _torn_tails(db, archive):
            with (archive.captures.folder / file).open("r+b") as stream:
                stream.truncate(end)
            done.append(f"cut {size - end:,} bytes off {file} that no row names")
    archive.fold()
    return done


def _check_sqlite(db: sqlite3.Connection, _: Archive) -> Iterator[Finding]:
    for row in db.execute("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield Finding(
                what=f"SQLite: {row[0]}",
                way_out="restore a backup, or save what can be read with `wireroom export`",
            )
    for row in db.execute("PRAGMA foreign_key_check"):
        yield Finding(
            what=f"a row of {row[0]} names one of {row[2]} that is not there",
            way_out="restore a backup",
        )


def _check_texts(db: sqlite3.Connection, _: Archive) -> Iterator[Finding]:
    for row in db.execute("SELECT id, hash, text FROM body ORDER BY id"):
        text = row["text"]
        if not isinstance(text, str) or hashlib.sha256(text.encode()).hexdigest() != row["hash"]:
            keys = [
                found["key"]
                for found in db.execute(
                    "SELECT DISTINCT a.key FROM version v JOIN appearance a ON a.id = v.appearance_id"
                    " WHERE v.body_id = ? ORDER BY a.key",
                    (row["id"],),
                )
            ]
            yield Finding(
                what=f"the text of {', '.join(keys) or 'an unknown page'} is not what was stored",
                way_out="restore a backup; `wireroom captures show KEY --body` has the page as it came",
            )


def _check_versions(db: sqlite3.Connection, _: Archive) -> Iterator[Finding]:
    rows = db.execute(
        "SELECT a.key, v.number, v.content_hash, v.title, b.text, v.authors, v.published_date,"
        " v.published_at FROM version v JOIN body b ON b.id = v.body_id"
        " JOIN appearance a ON a.id = v.appearance_id ORDER BY v.id"
    )
    for row in rows:
        seen = versions.hash_of(
            row["title"],
            row["text"],
            json.loads(row["authors"]),
            row["published_date"],
            row["published_at"],
        )
        if seen != row["content_hash"]:
            yield Finding(
                what=f"{row['key']}@{row['number']}: title, text, authors or date are not what was stored",
                way_out="restore a backup",
            )


def _check_index(db: sqlite3.Connection, _: Archive) -> Iterator[Finding]:
    indexed = {row["id"] for row in db.execute("SELECT id FROM search_index_docsize")}
    rows = db.execute(
        "SELECT v.id, v.indexed_hash, v.title, b.text, a.key, v.number FROM version v"
        " JOIN body b ON b.id = v.body_id JOIN appearance a ON a.id = v.appearance_id ORDER BY v.id"
    )
    for row in rows:
        given = "\n".join((segment(row["title"]), segment(row["text"])))
        if row["id"] not in indexed:
            said = "is not in the full-text index"
        elif hashlib.sha256(given.encode()).hexdigest() != row["indexed_hash"]:
            said = "was indexed with another text than it has"
        else:
            continue
        yield Finding(
            what=f"{row['key']}@{row['number']} {said}",
            way_out="`wireroom doctor --repair`",
            repairable=True,
        )


def _check_counters(db: sqlite3.Connection, _: Archive) -> Iterator[Finding]:
    rows = db.execute(
        "SELECT key FROM article r WHERE appearances !="
        " (SELECT count(*) FROM appearance WHERE article_id = r.id) UNION ALL"
        " SELECT key FROM appearance a WHERE versions !="
        " (SELECT count(*) FROM version WHERE appearance_id = a.id) ORDER BY 1"
    )
    for row in rows:
        yield Finding(
            what=f"{row['key']}: it counts wrongly",
            way_out="`wireroom doctor --repair`",
            repairable=True,
        )


def _check_captures(db: sqlite3.Connection, archive: Archive) -> Iterator[Finding]:
    rows = db.execute(
        "SELECT id, url, digest, file, offset FROM capture WHERE digest != ? ORDER BY file, offset",
        (GIVEN_UP,),
    )
    for row in rows:
        where = f"{row['file']} at {row['offset']:,}"
        try:
            body = archive.captures.read(db, row["id"]).body
        except FileNotFoundError:
            yield Finding(
                what=f"{row['file']} is missing: {row['url']}", way_out="restore a backup"
            )
            continue
        except ArchiveDamaged as error:
            yield Finding(what=str(error), way_out="restore a backup")
            continue
        digest = "sha256:" + base64.b32encode(hashlib.sha256(body).digest()).decode("ascii")
        if digest != row["digest"]:
            yield Finding(
                what=f"the capture of {row['url']} ({where}) is not what was stored",
                way_out="restore a backup",
            )
    for row in archive.captures.still_there(db):
        yield Finding(
            what=f"the bytes of a withdrawn page ({row['file']} at {row['offset']:,}) are still there",
            way_out="`wireroom doctor --repair`",
            repairable=True,
        )
    for file, end, size in _torn_tails(db, archive):
        yield Finding(
            what=f"{file} goes on for {size - end:,} bytes that no row names",
            way_out="a write that broke off; the next one cuts it, or `wireroom doctor --repair`",
            repairable=True,
        )


def _torn_tails(db: sqlite3.Connection, archive: Archive) -> Iterator[tuple[str, int, int]]:
    """Yield the files that go on beyond what the rows name, or that no row names at all."""
    ends = {
        row["file"]: row["ended"]
        for row in db.execute(
            "SELECT file, max(offset + length) AS ended FROM capture GROUP BY file"
        )
    }
    for path in sorted(archive.captures.folder.glob("*.warc.gz")):
        end, size = ends.get(path.name, 0), path.stat().st_size
        if size > end:
            yield path.name, end, size


def _check_version(_: sqlite3.Connection, __: Archive) -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        yield Finding(
            what=f"SQLite {sqlite3.sqlite_version} can damage a file when two programs checkpoint at once",
            way_out="Wireroom's write lock keeps its own apart; let no other program write to the archive",
            is_damage=False,
        )


_Check = Callable[[sqlite3.Connection, Archive], Iterator[Finding]]
_CHECKS: tuple[tuple[str, _Check], ...] = (
    ("the file", _check_sqlite),
    ("the texts", _check_texts),
    ("the versions", _check_versions),
    ("the index", _check_index),
    ("the counters", _check_counters),
    ("the captures", _check_captures),
    ("the library", _check_version),
)
