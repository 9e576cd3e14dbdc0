"""Searching: every version's text is indexed (see `storage.indexing`), a hit is an article."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from storage.query import Query, parse
from storage.snippets import SNIPPET_SOURCE_CHARACTERS, Snippet, compile_finder, make_snippet

if TYPE_CHECKING:
    import regex

Sort = Literal["relevance", "newest", "oldest"]

# A match in the title counts as much as so many in the text.
TITLE_WEIGHT = 5.0

_ORDERS = {
    "relevance": "rank, r.published_date DESC, r.key",
    "newest": "r.published_date IS NULL, r.published_date DESC, r.key",
    "oldest": "r.published_date IS NULL, r.published_date, r.key",
}

# A query that more versions match than this is a broad one. To rank all of what it finds by all of their
# texts takes too long, and says little: then what has its words in the title comes first.
BROAD = 20_000
TITLE_BONUS = 1000.0

# Filters that let fewer versions pass than this are looked at before many matches.
SELECTIVE = 20_000

_MATCHES = (
    "SELECT rowid AS version_id, bm25(search_index, :title_weight, 1.0) AS rank"
    " FROM search_index WHERE search_index MATCH :query"
)
_TITLE_MATCHES = (
    "SELECT rowid AS version_id, bm25(search_index, :title_weight, 1.0) - :bonus AS rank"
    " FROM search_index WHERE search_index MATCH :title_query"
)
_UNRANKED = (
    "SELECT rowid AS version_id, 0.0 AS rank FROM search_index WHERE search_index MATCH :query"
)
_EVERYTHING = "SELECT version_id, 0.0 AS rank FROM appearance"

# Of many matches only the best are looked up; those that rank with the last of them are among them, so that
# the order of what ranks alike is not left to chance.
BEST = 1000
_BEST = """
WITH ranked AS MATERIALIZED ({ranked}), found AS MATERIALIZED (
    SELECT version_id, rank FROM ranked
    WHERE rank <= coalesce((SELECT rank FROM ranked ORDER BY rank LIMIT 1 OFFSET :best), 0.0)
)
"""

# The plus keeps SQLite from asking the index for one version after the other.
_AMONG = " AND +rowid IN (SELECT value FROM json_each(:among))"

_CONDITIONS = {
    "since": "r.published_date >= :since",
    "until": "r.published_date <= :until",
    "language": "r.language = :language",
    "sources": "a.source IN (SELECT value FROM json_each(:sources))",
    "review": "r.relevant IS NULL",
    "event": (
        "EXISTS (SELECT 1 FROM appearance x JOIN outcome o ON o.url = x.url"
        " JOIN event_mention m ON m.outcome_id = o.id"
        " WHERE x.article_id = r.id AND m.event = :event AND m.place IN ('title', 'lead')"
        " AND (:edition IS NULL OR m.edition = :edition))"
    ),
}

# An index leads to what these let pass.
_INDEXED = ("since", "until", "sources")


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
    """The higher, the better it matches; comparable within one search only. Of a broad query, what has the
    words in its title scores a thousand more."""
    matched_key: str | None
    """`KEY@N` of the version that matched, when the article as it stands does not."""
    appearances: int
    """How many URLs carry it."""


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
    parameters = _parameters(parsed, filters) | {"limit": limit, "offset": offset}
    rows: list[sqlite3.Row] = []
    for found, added in _ways(db, parsed, filters, sort):
        rows = db.execute(
            f"{found} SELECT r.key, r.url, r.title, r.published_date, r.source, r.language,"
            " r.appearances, r.body_id AS lead_body_id, min(f.rank) AS rank, v.body_id, v.id,"
            f" a.key || '@' || v.number AS matched_key, lead.version_id AS lead_version_id {_from(filters)}"
            f" GROUP BY r.id ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :offset",
            parameters | added,
        ).fetchall()
        if len(rows) == limit:
            break
    finder = compile_finder(parsed)
    return [_hit(db, row, parsed, finder) for row in rows]


def _ways(
    db: sqlite3.Connection, query: Query | None, filters: Filters, sort: Sort
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield queries that find matches, with their parameters: one that fills the page is enough.

    The order of the hits depends on the query and the archive alone, not on which of them found them.
    """
    if query is None or sort != "relevance":
        yield _unranked(query), {}
        return
    number = _count_matches(db, query)
    parts = [_TITLE_MATCHES, _MATCHES] if number > BROAD else [_MATCHES]
    among = _selected(db, filters) if number > BEST else None
    if among is not None:
        yield _all_of(*(part + _AMONG for part in parts)), {"among": among}
        return
    if number > BROAD:
        yield _all_of(_TITLE_MATCHES), {}
    if number > BEST and not _where(filters):
        yield _BEST.format(ranked=" UNION ALL ".join(parts)), {"best": BEST}
    yield _all_of(*parts), {}


def _all_of(*parts: str) -> str:
    return f"WITH found AS MATERIALIZED ({' UNION ALL '.join(parts)})"


def _unranked(query: Query | None) -> str:
    return _all_of(_UNRANKED if query else _EVERYTHING)


def _count_matches(db: sqlite3.Connection, query: Query) -> int:
    """Return how many versions match; what is more than a broad query has is not counted."""
    counted = db.execute(
        "SELECT count(*) AS number FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)",
        (query.expression, BROAD + 1),
    ).fetchone()
    return int(counted["number"])


def _selected(db: sqlite3.Connection, filters: Filters) -> str | None:
    """Return the ids of the versions that the filters let pass, as JSON; None when they are many."""
    if not any(getattr(filters, name) for name in _INDEXED):
        return None
    ids = [
        row["id"]
        for row in db.execute(
            # An article's row is on another page each; that index has of all only the day.
            f"SELECT v.id FROM article r {'INDEXED BY article_day' if filters.sources else ''}"  # noqa: S608
            " JOIN appearance a ON a.article_id = r.id"
            f" JOIN version v ON v.appearance_id = a.id {_where(filters)} LIMIT :most",
            _parameters(None, filters) | {"most": SELECTIVE + 1},
        )
    ]
    return json.dumps(ids) if len(ids) <= SELECTIVE else None


def count(db: sqlite3.Connection, query: str, *, filters: Filters = NO_FILTERS) -> int:
    """Count the articles that `search` would find without a limit.

    Raises:
        QueryError: when the query cannot be read.
    """
    parsed = _parse(query, filters)
    row = db.execute(
        f"{_unranked(parsed)} SELECT count(DISTINCT r.id) AS number {_from(filters)}",
        _parameters(parsed, filters),
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
    parsed = _parse(query, filters)
    rows = db.execute(
        f"{_unranked(parsed)} SELECT"
        " CASE WHEN :by_month THEN coalesce(substr(r.published_date, 1, 7), 'undated') END AS month,"
        " CASE WHEN :by_source THEN a.source END AS source, count(DISTINCT r.id) AS number"
        f" {_from(filters)} GROUP BY 1, 2 ORDER BY 1, 2",
        _parameters(parsed, filters) | {"by_month": "month" in by, "by_source": "source" in by},
    )
    return [Cell(**dict(row)) for row in rows]


def _parse(query: str, filters: Filters) -> Query | None:
    if not query.strip() and (filters.event or filters.review):
        return None
    return parse(query)


def _from(filters: Filters) -> str:
    return (
        "FROM found f JOIN version v ON v.id = f.version_id JOIN appearance a ON a.id = v.appearance_id"
        " JOIN article r ON r.id = a.article_id JOIN appearance lead ON lead.id = r.lead_id"
        f" {_where(filters)}"
    )


def _where(filters: Filters) -> str:
    conditions = [sql for name, sql in _CONDITIONS.items() if getattr(filters, name)]
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _parameters(query: Query | None, filters: Filters) -> dict[str, Any]:
    return {
        "query": query.expression if query else None,
        "title_query": query.title_expression if query else None,
        "title_weight": TITLE_WEIGHT,
        "bonus": TITLE_BONUS,
        "since": filters.since.isoformat() if filters.since else None,
        "until": filters.until.isoformat() if filters.until else None,
        "sources": json.dumps(sorted(filters.sources)),
        "language": filters.language,
        "event": filters.event,
        "edition": filters.edition,
    }


def _matches(db: sqlite3.Connection, query: Query | None, version_id: int) -> bool:
    return query is None or bool(
        db.execute(
            "SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid = ?",
            (query.expression, version_id),
        ).fetchone()
    )


def _hit(
    db: sqlite3.Connection, row: sqlite3.Row, query: Query | None, finder: "regex.Pattern[str]"
) -> Hit:
    stands_in_lead = row["id"] == row["lead_version_id"] or _matches(
        db, query, row["lead_version_id"]
    )
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
