"""Searching: every version's text is indexed, a hit is an article.

The index keeps no text of its own (a contentless FTS5 table, its rows numbered as the versions are), and
what was indexed is known by a digest beside each version.
"""

import hashlib
import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from storage.query import Query, parse
from storage.segmentation import segment
from storage.snippets import SNIPPET_SOURCE_CHARACTERS, Snippet, compile_finder, make_snippet

if TYPE_CHECKING:
    import regex

Sort = Literal["relevance", "newest", "oldest"]

# A match in the title counts as much as so many in the text.
TITLE_WEIGHT = 5.0

_PENDING = (
    "SELECT v.id, v.title, b.text FROM version v JOIN body b ON b.id = v.body_id"
    " WHERE v.indexed_hash = '' ORDER BY v.id LIMIT ?"
)

# The texts of so many versions are in memory at a time.
PENDING_AT_ONCE = 500

_ORDERS = {
    "relevance": "rank, r.published_date DESC, r.key",
    "newest": "r.published_date IS NULL, r.published_date DESC, r.key",
    "oldest": "r.published_date IS NULL, r.published_date, r.key",
}

_FOUND = """
WITH found AS MATERIALIZED (
    SELECT rowid AS version_id, bm25(search_index, :title_weight, 1.0) AS rank
    FROM search_index WHERE search_index MATCH :query
)
"""

_ALL = """
WITH found AS (SELECT version_id, 0.0 AS rank FROM appearance)
"""

_FROM = """
FROM found f JOIN version v ON v.id = f.version_id
JOIN appearance a ON a.id = v.appearance_id JOIN article r ON r.id = a.article_id
JOIN appearance lead ON lead.id = r.lead_id
WHERE (:since IS NULL OR r.published_date >= :since)
AND (:until IS NULL OR r.published_date <= :until)
AND (:language IS NULL OR r.language = :language)
AND (:sources = '[]' OR a.source IN (SELECT value FROM json_each(:sources)))
AND (NOT :review OR r.relevant IS NULL)
AND (:event IS NULL OR EXISTS (
    SELECT 1 FROM appearance x JOIN outcome o ON o.url = x.url
    JOIN event_mention m ON m.outcome_id = o.id
    WHERE x.article_id = r.id AND m.event = :event AND m.place IN ('title', 'lead')
    AND (:edition IS NULL OR m.edition = :edition)))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which articles count in a search; what is not set lets all pass."""

    since: date | None = None
    """Published on this day or later; undated articles are then left out."""
    until: date | None = None
    """Published on this day or earlier; undated articles are then left out."""
    sources: Collection[str] = ()
    """Only what matches in one of these sources."""
    language: str | None = None
    """Only articles in this language."""
    event: str | None = None
    """Only articles that name this event in the title or the lead."""
    edition: int | None = None
    """Only those that mean this edition of it, a year."""
    review: bool = False
    """Only what was kept without a judgement, because its language has no list of terms."""


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a search found."""

    key: str
    """Its key."""
    url: str
    """The canonical URL of its lead."""
    title: str
    """Its title."""
    published_date: date | None
    """The day as the page states it."""
    source: str
    """The source of its lead."""
    language: str | None
    """ISO 639-1."""
    snippet: Snippet
    """Around the best match."""
    score: float
    """The higher, the better it matches; comparable within one search only."""
    matched_key: str | None
    """`KEY@N` of the version that matched, when the article as it stands does not."""
    appearances: int
    """How many URLs carry it."""


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


def search(
    db: sqlite3.Connection,
    query: str,
    *,
    filters: Filters = NO_FILTERS,
    limit: int = 20,
    offset: int = 0,
    sort: Sort = "relevance",
) -> list[Hit]:
    """Find articles.

    Args:
        db: a connection.
        query: what a person typed; see `storage.query`. With an event or
            review among the filters it may be empty.
        filters: which articles count.
        limit: at most so many hits.
        offset: how many of the first hits are skipped.
        sort: the best match, the newest or the oldest first; the same order every time.

    Raises:
        QueryError: when the query cannot be read.
    """
    parsed = _parse(query, filters)
    rows = db.execute(
        f"{_found(query, filters)} SELECT r.key, r.url, r.title, r.published_date, r.source, r.language,"
        " r.appearances, r.body_id AS lead_body_id, min(f.rank) AS rank, v.body_id,"
        " a.key || '@' || v.number AS matched_key, sum(v.id = lead.version_id) AS stands_in_lead"
        f" {_FROM} GROUP BY r.id ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :offset",
        _parameters(parsed, filters) | {"limit": limit, "offset": offset},
    ).fetchall()
    finder = compile_finder(parsed)
    return [_hit(db, row, finder) for row in rows]


def count(db: sqlite3.Connection, query: str, *, filters: Filters = NO_FILTERS) -> int:
    """Count the articles that `search` would find without a limit.

    Raises:
        QueryError: when the query cannot be read.
    """
    row = db.execute(
        f"{_found(query, filters)} SELECT count(DISTINCT r.id) AS number {_FROM}",
        _parameters(_parse(query, filters), filters),
    ).fetchone()
    return int(row["number"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many articles a search finds in a month, a source, or a month of a source."""

    month: str | None
    """YYYY-MM; None when it is not counted by months, `undated` for what has no date."""
    source: str | None
    """The source it appeared in; None when it is not counted by sources."""
    number: int
    """How many articles; one that appeared in two sources counts in both."""


def count_by(
    db: sqlite3.Connection,
    query: str,
    *,
    by: Collection[Literal["month", "source"]],
    filters: Filters = NO_FILTERS,
) -> list[Cell]:
    """Count the articles that a search finds, by month, by source, or by both.

    Args:
        db: a connection.
        query: as for `search`.
        by: what to count by.
        filters: which articles count.

    Returns:
        The cells with at least one article, by month and source.

    Raises:
        QueryError: when the query cannot be read.
    """
    rows = db.execute(
        f"{_found(query, filters)} SELECT"
        " CASE WHEN :by_month THEN coalesce(substr(r.published_date, 1, 7), 'undated') END AS month,"
        " CASE WHEN :by_source THEN a.source END AS source, count(DISTINCT r.id) AS number"
        f" {_FROM} GROUP BY 1, 2 ORDER BY 1, 2",
        _parameters(_parse(query, filters), filters)
        | {"by_month": "month" in by, "by_source": "source" in by},
    )
    return [Cell(**dict(row)) for row in rows]


def _needs_words(query: str, filters: Filters) -> bool:
    return bool(query.strip()) or not (filters.event or filters.review)


def _found(query: str, filters: Filters) -> str:
    return _FOUND if _needs_words(query, filters) else _ALL


def _parse(query: str, filters: Filters) -> Query:
    return parse(query) if _needs_words(query, filters) else Query(expression="", terms=())


def _parameters(query: Query, filters: Filters) -> dict[str, Any]:
    return {
        "query": query.expression,
        "title_weight": TITLE_WEIGHT,
        "since": filters.since.isoformat() if filters.since else None,
        "until": filters.until.isoformat() if filters.until else None,
        "sources": json.dumps(sorted(filters.sources)),
        "language": filters.language,
        "event": filters.event,
        "edition": filters.edition,
        "review": filters.review,
    }


def _hit(db: sqlite3.Connection, row: sqlite3.Row, finder: "regex.Pattern[str]") -> Hit:
    stands_in_lead = bool(row["stands_in_lead"])
    body_id = row["lead_body_id"] if stands_in_lead else row["body_id"]
    text = db.execute(
        "SELECT substr(text, 1, ?) AS text FROM body WHERE id = ?",
        (SNIPPET_SOURCE_CHARACTERS, body_id),
    ).fetchone()["text"]
    return Hit(
        key=row["key"],
        url=row["url"],
        title=row["title"],
        published_date=date.fromisoformat(row["published_date"]) if row["published_date"] else None,
        source=row["source"],
        language=row["language"],
        snippet=make_snippet(text, finder),
        score=round(-row["rank"], 3),
        matched_key=None if stands_in_lead else row["matched_key"],
        appearances=row["appearances"],
    )
