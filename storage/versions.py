"""The states of an appearance: when a reading makes a new version, and what kind of change it is."""

import hashlib
import json
import sqlite3
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage import copies, indexing
from storage.changes import Kind, kinds_of
from storage.records import Article, Cause, utc_text

COLUMNS = (
    "appearance_id",
    "number",
    "cause",
    "changes",
    "content_hash",
    "title",
    "body_id",
    "authors",
    "published_date",
    "published_at",
    "published_precision",
    "published_raw",
    "modified_at",
    "language",
    "outlet",
    "credit",
    "section",
    "keywords",
    "description",
    "image_url",
    "image_caption",
    "license",
    "canonical_claim",
    "provenance",
    "extractor",
    "capture_id",
    "capture_digest",
    "crawl_id",
    "seen_at",
    "indexed_hash",
)

_INSERT = (
    f"INSERT INTO version ({', '.join(COLUMNS)})"  # noqa: S608 - names of our own columns
    f" VALUES ({', '.join(f':{name}' for name in COLUMNS)})"
)

# Of a page that says quite another thing than before, less than this share of words is common to both.
UNLIKE_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The current version of an appearance, as far as a new reading is compared with it."""

    appearance_id: int
    number: int
    """1, 2, 3 ..."""
    content_hash: str
    title: str
    text: str
    authors: tuple[str, ...]
    published_date: str | None
    published_at: str | None
    extractor: str
    capture_digest: str | None
    is_whole: bool
    """Whether the page that it was read from had an end."""
    seen_at: str
    """When it was first read, in UTC."""


def content_hash(article: Article) -> str:
    """Return the digest of what a reader sees; blanks and line breaks are not seen."""
    return hash_of(
        article.title,
        article.text,
        article.authors,
        article.published_date.isoformat() if article.published_date else None,
        utc_text(article.published_at) if article.published_at else None,
    )


def hash_of(
    title: str, text: str, authors: Sequence[str], day: str | None, moment: str | None
) -> str:
    """Return the `content_hash` of what a version has in its columns."""
    seen = [_blank_free(title), _blank_free(text), list(authors), day, moment]
    text = unicodedata.normalize("NFC", json.dumps(seen, ensure_ascii=False))
    return hashlib.sha256(text.encode()).hexdigest()


_SELECT = (
    "SELECT v.appearance_id, v.number, v.content_hash, v.title, b.text, v.authors, v.published_date,"
    " v.published_at, v.extractor, v.capture_digest, v.seen_at, v.provenance FROM appearance a"
    " JOIN version v ON v.appearance_id = a.id JOIN body b ON b.id = v.body_id WHERE a.url = ?"
)


def current(db: sqlite3.Connection, url: str) -> Version | None:
    """Return the current version of the appearance at a canonical URL; None when there is none."""
    row = db.execute(f"{_SELECT} AND v.id = a.version_id", (url,)).fetchone()
    return _version(row) if row is not None else None


def all_of(db: sqlite3.Connection, url: str) -> list[Version]:
    """Return the versions of the appearance at a canonical URL, the earliest first."""
    return [_version(row) for row in db.execute(f"{_SELECT} ORDER BY v.seen_at, v.number", (url,))]


def _version(row: sqlite3.Row) -> Version:
    values = dict(row)
    provenance = json.loads(values.pop("provenance"))
    values["authors"] = tuple(json.loads(values["authors"]))
    return Version(is_whole="ending" not in provenance, **values)


def choose_latest(db: sqlite3.Connection, appearance_id: int) -> None:
    """Make the version that was read last the current one, whichever arrived last."""
    db.execute(
        "UPDATE appearance SET version_id = (SELECT id FROM version WHERE appearance_id = ?1"
        " ORDER BY seen_at DESC, number DESC LIMIT 1) WHERE id = ?1",
        (appearance_id,),
    )


def changes_between(before: Version, article: Article) -> tuple[Kind, ...]:
    """Return the kinds of change between a version and a new reading; none when nobody sees one."""
    if content_hash(article) == before.content_hash:
        return ()
    kinds = list(
        kinds_of(before.text, article.text, old_title=before.title, new_title=article.title)
    )
    if before.authors != article.authors and "name" not in kinds:
        kinds.append("name")
    day = article.published_date.isoformat() if article.published_date else None
    moment = utc_text(article.published_at) if article.published_at else None
    if (before.published_date, before.published_at) != (day, moment) and "date" not in kinds:
        kinds.append("date")
    return tuple(kinds)


def cause_of(before: Version, article: Article, capture_digest: str | None) -> Cause:
    """Return why a reading differs from the version before it.

    Returns:
        `reading` when the page is the same byte for byte, `publisher` when the extractor is the same, and
        `unclear` when both are others.
    """
    if capture_digest is not None and capture_digest == before.capture_digest:
        return "reading"
    return "publisher" if article.extractor == before.extractor else "unclear"


def is_unlike(before: Version, article: Article) -> bool:
    """Say whether a reading has nothing to do with the version before it, in title and text."""
    if before.title == article.title:
        return False
    overlap = copies.compare_texts(before.text, article.text)
    return overlap.of_shorter < UNLIKE_SHARE


def columns_of(article: Article) -> dict[str, Any]:
    """Return the columns of a version that a reading fills."""
    return {
        "content_hash": content_hash(article),
        "title": article.title,
        "text": article.text,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "published_date": article.published_date.isoformat() if article.published_date else None,
        "published_at": utc_text(article.published_at) if article.published_at else None,
        "published_precision": article.published_precision,
        "published_raw": article.published_raw,
        "modified_at": utc_text(article.modified_at) if article.modified_at else None,
        "language": article.language,
        "outlet": article.outlet,
        "credit": article.credit,
        "section": article.section,
        "keywords": json.dumps(article.keywords, ensure_ascii=False),
        "description": article.description,
        "image_url": article.image_url,
        "image_caption": article.image_caption,
        "license": article.license,
        "canonical_claim": article.canonical_claim,
        "provenance": json.dumps(dict(article.provenance), ensure_ascii=False, sort_keys=True),
        "extractor": article.extractor,
    }


def insert(db: sqlite3.Connection, appearance_id: int, values: dict[str, Any]) -> None:
    """Insert a version, and make it the current one of its appearance.

    It is indexed at the end of the transaction: see `indexing.index_pending`.

    Args:
        db: the writing connection.
        appearance_id: whose version.
        values: what `columns_of` returns, with `cause`, `changes` (JSON), `capture_id`, `capture_digest`,
            `crawl_id` and `seen_at`.
    """
    number = db.execute(
        "SELECT count(*) + 1 AS number FROM version WHERE appearance_id = ?", (appearance_id,)
    ).fetchone()["number"]
    row = {
        **values,
        "appearance_id": appearance_id,
        "number": number,
        "body_id": copies.add_body(db, values["text"]),
        "indexed_hash": "",
    }
    version_id = int(db.execute(_INSERT, row).lastrowid or 0)
    db.execute(
        "UPDATE appearance SET version_id = ?, versions = ? WHERE id = ?",
        (version_id, number, appearance_id),
    )


def remove(db: sqlite3.Connection, appearance_id: int) -> None:
    """Remove the versions of an appearance and their index entries."""
    rows = db.execute(
        "SELECT v.id, v.title, b.text, v.indexed_hash FROM version v JOIN body b ON b.id = v.body_id"
        " WHERE v.appearance_id = ?",
        (appearance_id,),
    ).fetchall()
    db.execute("UPDATE appearance SET version_id = NULL WHERE id = ?", (appearance_id,))
    for row in rows:
        if row["indexed_hash"]:
            indexing.unindex_version(db, row["id"], title=row["title"], text=row["text"])
        db.execute("DELETE FROM version WHERE id = ?", (row["id"],))


def _blank_free(text: str) -> str:
    return " ".join(text.split())
