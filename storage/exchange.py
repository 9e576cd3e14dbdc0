"""Articles as plain data, for other programs, and complete enough for `storage.importing` to read back."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from storage import versions
from storage.reading import load, relevance_json, relevance_of
from storage.records import Outcome, key_of, utc_text


def export(
    db: sqlite3.Connection,
    *,
    since: date | None = None,
    until: date | None = None,
    source: Collection[str] = (),
    on_damage: Callable[[str, Exception], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield whole articles as plain data, ordered by key, one at a time.

    Args:
        db: a read connection.
        since: published on this day or later; undated articles are then left out.
        until: published on this day or earlier; undated articles are then left out.
        source: only articles that appeared in one of these sources; empty means all.
        on_damage: called with the key and the error of an article that cannot be read, which is then left
            out; without it the error is raised.

    Yields:
        What can be written as JSON in UTF-8: what `StoredArticle.to_json` returns; each of its appearances
        has also what led to it (`found`), its judgement (`relevance`) and every version (`history`). A
        version's text is null where it is the text of the article as a whole.
    """
    ids = db.execute(
        "SELECT id, key FROM article r WHERE (:since IS NULL OR published_date >= :since)"
        " AND (:until IS NULL OR published_date <= :until)"
        " AND (:sources = '[]' OR EXISTS (SELECT 1 FROM appearance WHERE article_id = r.id"
        "   AND source IN (SELECT value FROM json_each(:sources)))) ORDER BY key",
        {
            "since": since.isoformat() if since else None,
            "until": until.isoformat() if until else None,
            "sources": json.dumps(sorted(source)),
        },
    )
    # Read row by row: while it goes on, all statements see the archive as it was at its beginning.
    for row in ids:
        try:
            record = load(db, row["id"]).to_json()
            for appearance in record["appearances"]:
                appearance.update(_appearance_json(db, appearance["key"], record["text"]))
            # A flipped type gives bytes, a flipped escape half a character: neither can be written as JSON.
            json.dumps(record, ensure_ascii=False).encode()
        # A damaged row raises what it likes.
        except (
            sqlite3.Error,
            ValueError,
            TypeError,
            OverflowError,
            LookupError,
            AttributeError,
        ) as error:
            if on_damage is None:
                raise
            on_damage(str(row["key"]), error)
            continue
        yield record


_AS_JSON = ("authors", "keywords", "changes", "provenance")

# What is of this file only, or follows from the rest.
_NOT_EXPORTED = frozenset(
    {"appearance_id", "body_id", "capture_id", "crawl_id", "content_hash", "indexed_hash"}
)


def _appearance_json(db: sqlite3.Connection, key: str, text: str) -> dict[str, Any]:
    """Return what an appearance has beside its row: what led to it, its judgement, its versions."""
    rows = db.execute(
        "SELECT v.*, b.text FROM appearance a JOIN version v ON v.appearance_id = a.id"
        " JOIN body b ON b.id = v.body_id WHERE a.key = ? ORDER BY v.number",
        (key,),
    )
    found = db.execute(
        "SELECT s.found_in, s.found_as, s.title, s.published_raw, s.seen_at FROM outcome o"
        " JOIN sighting s ON s.outcome_id = o.id WHERE o.key = ? ORDER BY s.found_in",
        (key,),
    )
    return {
        "relevance": relevance_json(relevance_of(db, key)),
        "found": [dict(row) for row in found],
        "history": [
            {
                name: json.loads(row[name]) if name in _AS_JSON else row[name]
                for name in versions.COLUMNS
                if name not in _NOT_EXPORTED
            }
            | {"text": row["text"] if row["text"] != text else None}
            for row in rows
        ],
    }


def reading_json(outcome: Outcome) -> dict[str, Any]:
    """Return a page that was fetched but not stored, in the fields of `export`.

    Args:
        outcome: one with an article.

    Raises:
        ValueError: when it has none.
    """
    article = outcome.article
    if article is None:
        raise ValueError(f"{outcome.url}: {outcome.state}")
    url = outcome.final_url or outcome.url
    published_date, published_at = article.published_date, article.published_at
    return {
        "key": key_of(url),
        "url": url,
        "title": article.title,
        "text": article.text,
        "markdown": article.markdown,
        "authors": list(article.authors),
        "published_date": published_date.isoformat() if published_date else None,
        "published_at": utc_text(published_at) if published_at else None,
        "published_precision": article.published_precision,
        "modified_at": utc_text(article.modified_at) if article.modified_at else None,
        "language": article.language,
        "source": outcome.source,
        "outlet": article.outlet,
        "credit": article.credit,
        "section": article.section,
        "keywords": list(article.keywords),
        "description": article.description,
        "image_url": article.image_url,
        "image_caption": article.image_caption,
        "license": article.license,
        "relevance": relevance_json(outcome.relevance),
        "provenance": dict(article.provenance),
        "extractor": article.extractor,
        "fetched_at": utc_text(outcome.at),
    }
