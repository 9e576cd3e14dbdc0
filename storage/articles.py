"""Articles, their appearances and versions: recording an outcome, and reading what was recorded.

    Outcome
      | captures.append        the response                      only when it says something new
      | copies.add_body        the text, its overlaps with others
      | version                what a reader sees
      | search.index_version   the full-text index
      | group                  appearances with copies of one text are one article
      | frontier.finish        what became of the URL
      v
    Recorded

Whatever arrives first, the same outcomes give the same articles: an article is a connected component of
copies, and its lead is chosen by a rule.
"""

import hashlib
import json
import sqlite3
import unicodedata
from typing import Any

from storage import copies, frontier, search
from storage.captures import CaptureFiles
from storage.records import Article, Outcome, Recorded, State, key_of, utc_text

# What an article's row has from its lead's version, and of its own.
_LEAD_COLUMNS = (
    "key",
    "body_id",
    "url",
    "source",
    "title",
    "authors",
    "published_date",
    "published_at",
    "modified_at",
    "language",
)
_ARTICLE_COLUMNS = (
    "id",
    "lead_id",
    "score",
    "relevant",
    "appearances",
    "first_seen_at",
    *_LEAD_COLUMNS,
)
_VERSION_COLUMNS = (
    "appearance_id",
    "number",
    "cause",
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
    "canonical_claim",
    "provenance",
    "extractor",
    "capture_id",
    "crawl_id",
    "seen_at",
    "indexed_hash",
)


def _values(columns: tuple[str, ...]) -> str:
    return f"({', '.join(columns)}) VALUES ({', '.join(f':{name}' for name in columns)})"


_REPLACE_ARTICLE = f"INSERT OR REPLACE INTO article {_values(_ARTICLE_COLUMNS)}"
_INSERT_VERSION = f"INSERT INTO version {_values(_VERSION_COLUMNS)}"


def record(db: sqlite3.Connection, outcome: Outcome, *, captures: CaptureFiles) -> Recorded:
    """Record an outcome; doing it twice changes nothing.

    Args:
        db: the writing connection, in a transaction.
        outcome: what became of a request.
        captures: the archive's capture files.

    Returns:
        Whether it made an article, a version, nothing new, or only a rejection.
    """
    url = outcome.final_url or outcome.url
    if outcome.state is not State.ARCHIVED or outcome.article is None:
        capture_id = _append_captures(db, outcome, captures)
        frontier.finish(db, outcome, capture_id=capture_id)
        return Recorded(result="rejected", key=key_of(url))
    known = db.execute(
        "SELECT a.id, v.content_hash FROM appearance a JOIN version v ON v.id = a.version_id"
        " WHERE a.url = ?",
        (url,),
    ).fetchone()
    if known is not None and known["content_hash"] == content_hash(outcome.article):
        db.execute(
            "UPDATE appearance SET checked_at = ? WHERE id = ?", (utc_text(outcome.at), known["id"])
        )
        frontier.finish(db, outcome)
        return Recorded(result="unchanged", key=key_of(url))
    capture_id = _append_captures(db, outcome, captures)
    # The judgement must stand before the article's row is made from it.
    frontier.finish(db, outcome, capture_id=capture_id)
    appearance_id = _insert_appearance(db, url, outcome) if known is None else known["id"]
    _insert_version(db, appearance_id, outcome, outcome.article, capture_id)
    group(db, appearance_id)
    return Recorded(result="new" if known is None else "version", key=key_of(url))


def _append_captures(
    db: sqlite3.Connection, outcome: Outcome, captures: CaptureFiles
) -> int | None:
    """Keep the responses of an outcome; return the id of the first part's."""
    capture_id = captures.append(db, outcome.capture) if outcome.capture else None
    for part in outcome.part_captures:
        captures.append(db, part)
    return capture_id


def content_hash(article: Article) -> str:
    """Return the digest of what a reader sees; two readings that differ in it are two versions."""
    seen = [
        article.title,
        article.text,
        list(article.authors),
        article.published_date.isoformat() if article.published_date else None,
        utc_text(article.published_at) if article.published_at else None,
    ]
    text = unicodedata.normalize("NFC", json.dumps(seen, ensure_ascii=False))
    return hashlib.sha256(text.encode()).hexdigest()


def group(db: sqlite3.Connection, appearance_id: int) -> None:
    """Unite an appearance with those that carry a copy of any of its texts, and choose the lead.

    Args:
        db: the writing connection.
        appearance_id: an appearance that has a new text.
    """
    bodies = {
        row["body_id"]
        for row in db.execute(
            "SELECT DISTINCT body_id FROM version WHERE appearance_id = ?", (appearance_id,)
        )
    }
    alike = bodies.union(*(copies.copies_of(db, body) for body in bodies))
    united = [
        row["article_id"]
        for row in db.execute(
            "SELECT DISTINCT a.article_id FROM appearance a JOIN version v ON v.appearance_id = a.id"
            " WHERE (v.body_id IN (SELECT value FROM json_each(?)) OR a.id = ?)"
            " AND a.article_id != 0 ORDER BY a.article_id",
            (json.dumps(sorted(alike)), appearance_id),
        )
    ]
    article_id = united[0] if united else _next_article_id(db)
    merged = json.dumps(united[1:])
    db.execute(
        "UPDATE appearance SET article_id = ?"
        " WHERE id = ? OR article_id IN (SELECT value FROM json_each(?))",
        (article_id, appearance_id, merged),
    )
    db.execute("DELETE FROM article WHERE id IN (SELECT value FROM json_each(?))", (merged,))
    describe(db, article_id)


def describe(db: sqlite3.Connection, article_id: int) -> None:
    """Write an article's row from its appearances.

    The lead is the appearance with the earliest published date, then the longest text, then the first
    URL: never the one that arrived first.
    """
    lead = db.execute(
        "SELECT a.id, a.key, a.url, a.source, v.*, o.id AS outcome_id FROM appearance a"
        " JOIN version v ON v.id = a.version_id JOIN body b ON b.id = v.body_id"
        " LEFT JOIN outcome o ON o.url = a.url WHERE a.article_id = ?"
        " ORDER BY v.published_date IS NULL, v.published_date, length(b.text) DESC, a.url LIMIT 1",
        (article_id,),
    ).fetchone()
    judged = db.execute(
        "SELECT score, CASE WHEN unknown THEN NULL ELSE relevant END AS relevant FROM judgement"
        " WHERE outcome_id = ?",
        (lead["outcome_id"],),
    ).fetchone()
    counted = db.execute(
        "SELECT count(*) AS appearances, min(first_seen_at) AS first_seen_at FROM appearance"
        " WHERE article_id = ?",
        (article_id,),
    ).fetchone()
    values = {
        "id": article_id,
        "lead_id": lead["appearance_id"],
        "score": judged["score"] if judged else None,
        "relevant": judged["relevant"] if judged else None,
        **dict(counted),
        **{name: lead[name] for name in _LEAD_COLUMNS},
    }
    db.execute(_REPLACE_ARTICLE, values)


def _next_article_id(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT coalesce(max(id), 0) + 1 AS id FROM article").fetchone()
    return int(row["id"])


def _insert_appearance(db: sqlite3.Connection, url: str, outcome: Outcome) -> int:
    moment = utc_text(outcome.at)
    inserted = db.execute(
        "INSERT INTO appearance (key, url, source, article_id, versions, first_seen_at, checked_at)"
        " VALUES (?, ?, ?, 0, 0, ?, ?)",
        (key_of(url), url, outcome.source, moment, moment),
    )
    return int(inserted.lastrowid or 0)


def _insert_version(
    db: sqlite3.Connection,
    appearance_id: int,
    outcome: Outcome,
    article: Article,
    capture_id: int | None,
) -> None:
    number = db.execute(
        "SELECT count(*) + 1 AS number FROM version WHERE appearance_id = ?", (appearance_id,)
    ).fetchone()["number"]
    values: dict[str, Any] = {
        "appearance_id": appearance_id,
        "number": number,
        "cause": "first" if number == 1 else "publisher",
        "content_hash": content_hash(article),
        "title": article.title,
        "body_id": copies.add_body(db, article.text),
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
        "canonical_claim": article.canonical_claim,
        "provenance": json.dumps(dict(article.provenance), ensure_ascii=False, sort_keys=True),
        "extractor": article.extractor,
        "capture_id": capture_id,
        "crawl_id": outcome.crawl_id,
        "seen_at": utc_text(outcome.at),
        "indexed_hash": "",
    }
    version_id = int(db.execute(_INSERT_VERSION, values).lastrowid or 0)
    indexed = search.index_version(db, version_id, title=article.title, text=article.text)
    db.execute("UPDATE version SET indexed_hash = ? WHERE id = ?", (indexed, version_id))
    db.execute(
        "UPDATE appearance SET version_id = ?, versions = ?, checked_at = ? WHERE id = ?",
        (version_id, number, utc_text(outcome.at), appearance_id),
    )
