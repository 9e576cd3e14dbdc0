"""The whole story of a URL: what led there, every try, every verdict, and what became of it."""

import json
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from storage.errors import ArticleNotFound
from storage.tombstones import Tombstone, tombstone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What led to a URL."""

    found_in: str
    """The list page, or the URL that redirected."""
    found_as: str
    """`feed`, `sitemap`, `section`, `redirect` or `hand`."""
    title: str | None
    """What the link said."""
    seen_at: str
    """When that was first seen, in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A request for the URL."""

    sent_at: str
    """When, in UTC."""
    crawl_id: int | None
    """In which crawl; None for a fetch by hand."""
    status: int | None
    """HTTP status; None when nothing answered."""
    bytes: int | None
    """How much came."""
    error: str | None
    """Why nothing came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionMade:
    """A version that was read there."""

    number: int
    """1, 2, 3 ..."""
    cause: str
    """`first`, `publisher`, `reading` (a better extractor) or `unclear`."""
    changes: tuple[str, ...]
    """What kinds of change since the version before."""
    title: str
    """The title then."""
    extractor: str
    """What read it."""
    seen_at: str
    """When, in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that the archive knows of what became of a URL."""

    key: str
    url: str
    source: str
    state: str
    """What became of it."""
    kind: str | None
    reason: str | None
    title: str | None
    met_at: str
    """When a list first named it, in UTC."""
    tried_at: str | None
    """When it was last asked for."""
    due_at: str | None
    """When it may be asked for again; None is never."""
    tries: int
    """Requests without success since the last one that had any."""
    leads_to: str | None
    """The URL that answered in its place, after a redirect."""
    score: float | None
    """Its relevance, where there was an article to judge."""
    relevant: bool | None
    rules: str | None
    """Digest of the rules that judged."""
    article_key: str | None
    """The article that it is a part of, as lead or as a copy."""
    withdrawn: Tombstone | None
    """What is left of it, where it was withdrawn."""
    led_by: tuple[Lead, ...]
    requests: tuple[Try, ...]
    versions: tuple[VersionMade, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def history(db: sqlite3.Connection, key_or_url: str) -> History:
    """Return the story of a URL, archived or not.

    Args:
        db: a connection.
        key_or_url: its key or its canonical URL.

    Raises:
        ArticleNotFound: when it was never met; a tombstone that came from another archive is told of.
    """
    stone = tombstone_of(db, key_or_url)
    row = db.execute(
        "SELECT o.*, j.score, j.relevant, j.rules, f.url AS leads_to, r.key AS article_key,"
        " a.id AS appearance_id FROM outcome o"
        " LEFT JOIN judgement j ON j.outcome_id = o.id LEFT JOIN outcome f ON f.key = o.final_key"
        " LEFT JOIN appearance a ON a.url = o.url LEFT JOIN article r ON r.id = a.article_id"
        " WHERE o.key = ?1 OR o.url = ?1",
        (key_or_url,),
    ).fetchone()
    if row is None and stone is not None:
        raise ArticleNotFound(
            f"{key_or_url}: never met here; {stone.epitaph()} (SHA-256 of its last text: {stone.digest})"
        )
    if row is None:
        raise ArticleNotFound(f"{key_or_url}: this URL was never met")
    return History(
        relevant=None if row["relevant"] is None else bool(row["relevant"]),
        led_by=tuple(
            Lead(**dict(lead))
            for lead in db.execute(
                "SELECT found_in, found_as, title, seen_at FROM sighting WHERE outcome_id = ?"
                " ORDER BY seen_at, found_in",
                (row["id"],),
            )
        ),
        requests=tuple(
            Try(**dict(sent))
            for sent in db.execute(
                "SELECT sent_at, crawl_id, status, bytes, error FROM request WHERE url = ?"
                " ORDER BY sent_at, id",
                (row["url"],),
            )
        ),
        versions=tuple(
            VersionMade(**dict(version) | {"changes": tuple(json.loads(version["changes"]))})
            for version in db.execute(
                "SELECT number, cause, changes, title, extractor, seen_at FROM version"
                " WHERE appearance_id = ? ORDER BY number",
                (row["appearance_id"],),
            )
        ),
        withdrawn=stone,
        reason=stone.epitaph() if stone is not None else row["reason"],
        **{name: row[name] for name in _PLAIN},
    )


_PLAIN = (
    "key",
    "url",
    "source",
    "state",
    "kind",
    "title",
    "met_at",
    "tried_at",
    "due_at",
    "tries",
    "leads_to",
    "score",
    "rules",
    "article_key",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """An appearance whose text has something in common with an article's."""

    key: str
    url: str
    source: str
    title: str
    credit: str | None
    """Whom it credits."""
    published_date: str | None
    kind: str
    """`same` for the very same text, else `copy`, `contains` or `shares`."""
    of_shorter: float
    """How much of the shorter text the two share, from 0 to 1."""
    of_longer: float
    """How much of the longer one."""
    characters: int
    """The length of its text."""


def kin_of(db: sqlite3.Connection, key_or_url: str) -> list[Kin]:
    """Return the appearances whose texts have something in common with an article's lead, earliest first.

    Args:
        db: a connection.
        key_or_url: the key or canonical URL of any appearance of the article; its lead is in the list, with
            the kind `same`.

    Raises:
        ArticleNotFound: when no article appeared there.
    """
    found = db.execute(
        "SELECT article_id FROM appearance WHERE key = ?1 OR url = ?1", (key_or_url,)
    ).fetchone()
    if found is None:
        raise ArticleNotFound(f"{key_or_url}: no article appeared there")
    rows = db.execute(
        "WITH own AS (SELECT body_id FROM article WHERE id = ?),"
        " near AS (SELECT body_id, 'same' AS kind, 1.0 AS of_shorter, 1.0 AS of_longer FROM own"
        "  UNION ALL SELECT o.other_id, o.kind, o.of_shorter, o.of_longer FROM overlap o"
        "  JOIN own ON own.body_id = o.body_id)"
        " SELECT a.key, a.url, a.source, v.title, v.credit, v.published_date, n.kind, n.of_shorter,"
        " n.of_longer, length(b.text) AS characters FROM near n JOIN body b ON b.id = n.body_id"
        " JOIN version v ON v.body_id = n.body_id JOIN appearance a ON a.version_id = v.id"
        " ORDER BY v.published_date IS NULL, v.published_date, a.url",
        (found["article_id"],),
    )
    return [Kin(**dict(row)) for row in rows]


def outcomes_like(
    db: sqlite3.Connection,
    words: str,
    *,
    states: tuple[str, ...],
    source: str | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Return URLs by what became of them, the last tried first.

    Args:
        db: a connection.
        words: what must stand in the title or the URL, taken literally; empty lets all pass.
        states: only these states.
        source: only this source's.
        limit: at most so many.
    """
    rows = db.execute(
        "SELECT o.key, o.url, o.source, o.state, o.kind, o.reason, o.title, o.lead, o.published_date,"
        " j.score FROM outcome o LEFT JOIN judgement j ON j.outcome_id = o.id"
        " WHERE o.state IN (SELECT value FROM json_each(?)) AND (?2 IS NULL OR o.source = ?2)"
        " AND (?3 = '' OR instr(lower(coalesce(o.title, '')), ?3) OR instr(lower(o.url), ?3))"
        " ORDER BY o.tried_at DESC, o.url LIMIT ?4",
        (json.dumps(states), source, words.lower(), limit),
    )
    return [dict(row) for row in rows]
