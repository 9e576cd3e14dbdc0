"""Reading whole articles back: for `show`, `export`, and whoever opens the archive in Python."""

import difflib
import json
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage import tombstones
from storage.errors import ArticleNotFound
from storage.events import mention_json, mentions_of
from storage.records import Evidence, Precision, Relevance, utc_moment, utc_text


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAppearance:
    """A URL where an article stands."""

    key: str
    """Its key."""
    url: str
    """The canonical URL."""
    source: str
    """The name of the source."""
    title: str
    """The title there."""
    credit: str | None
    """Whom the page credits."""
    published_date: date | None
    """The day printed there."""
    versions: int
    """How many states of it are kept."""
    gone_at: datetime | None
    """Since when it is known to be gone from there."""
    is_exact_copy: bool
    """Whether its text is the article's, letter for letter."""
    first_seen_at: datetime
    """When it was first read."""
    checked_at: datetime
    """When it was last read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """A whole article, as its lead has it, or as one version of an appearance had it."""

    key: str
    """The key of the appearance that is shown."""
    url: str
    """Its canonical URL."""
    version: int
    """The number of the version that is shown."""
    title: str
    text: str
    authors: tuple[str, ...]
    published_date: date | None
    published_at: datetime | None
    published_precision: Precision | None
    modified_at: datetime | None
    language: str | None
    source: str
    outlet: str | None
    credit: str | None
    section: str | None
    keywords: tuple[str, ...]
    description: str | None
    image_url: str | None
    image_caption: str | None
    license: str | None
    relevance: Relevance | None
    """The judgement of that appearance."""
    provenance: dict[str, str]
    """Field -> where it came from."""
    extractor: str
    """What read it."""
    first_seen_at: datetime
    """When the article was first met anywhere."""
    appearances: tuple[StoredAppearance, ...]
    """Everywhere it appeared, the earliest published first."""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data, in the one shape that `show` and `export` print."""
        return {
            "key": self.key,
            "url": self.url,
            "version": self.version,
            "title": self.title,
            "text": self.text,
            "authors": list(self.authors),
            "published_date": _day_text(self.published_date),
            "published_at": _moment_text(self.published_at),
            "published_precision": self.published_precision,
            "modified_at": _moment_text(self.modified_at),
            "language": self.language,
            "source": self.source,
            "outlet": self.outlet,
            "credit": self.credit,
            "section": self.section,
            "keywords": list(self.keywords),
            "description": self.description,
            "image_url": self.image_url,
            "image_caption": self.image_caption,
            "license": self.license,
            "relevance": relevance_json(self.relevance),
            "provenance": self.provenance,
            "extractor": self.extractor,
            "first_seen_at": _moment_text(self.first_seen_at),
            "appearances": [
                {
                    "key": appearance.key,
                    "url": appearance.url,
                    "source": appearance.source,
                    "title": appearance.title,
                    "credit": appearance.credit,
                    "published_date": _day_text(appearance.published_date),
                    "versions": appearance.versions,
                    "is_exact_copy": appearance.is_exact_copy,
                    "gone_at": _moment_text(appearance.gone_at),
                    "first_seen_at": _moment_text(appearance.first_seen_at),
                    "checked_at": _moment_text(appearance.checked_at),
                }
                for appearance in self.appearances
            ],
        }


def get(db: sqlite3.Connection, key_or_url: str) -> StoredArticle:
    """Return an article.

    Args:
        db: a connection.
        key_or_url: the key or canonical URL of any of its appearances. A key or URL that is not the
            lead's shows the whole article too, as its lead has it; `KEY@N` shows version N of that
            very appearance.

    Raises:
        ArticleNotFound: with the keys that are nearly the same, if there are any.
    """
    name, _, number = key_or_url.partition("@") if "/" not in key_or_url else (key_or_url, "", "")
    found = db.execute(
        "SELECT a.id, a.article_id, r.lead_id FROM appearance a JOIN article r"
        " ON r.id = a.article_id WHERE a.key = ? OR a.url = ?",
        (name.lower(), name),
    ).fetchone()
    if found is None:
        raise ArticleNotFound(_not_found(db, name))
    if not number:
        return load(db, found["article_id"])
    version = db.execute(
        "SELECT id FROM version WHERE appearance_id = ? AND number = ?",
        (found["id"], int(number) if number.isdigit() else 0),
    ).fetchone()
    if version is None:
        raise ArticleNotFound(f"{key_or_url}: this appearance has no version {number}")
    return load(db, found["article_id"], version_id=version["id"])


def load(
    db: sqlite3.Connection, article_id: int, *, version_id: int | None = None
) -> StoredArticle:
    """Return the article with an id, as its lead has it or as a version had it.

    Args:
        db: a connection.
        article_id: the article's id.
        version_id: a version of one of its appearances.
    """
    row = db.execute(
        "SELECT a.key, a.url, a.source, r.first_seen_at, v.*, b.text, j.score, j.relevant,"
        " j.unknown, j.evidence, j.rules, o.id AS outcome_id FROM article r"
        " JOIN version v ON v.id = coalesce(?,"
        "   (SELECT version_id FROM appearance WHERE id = r.lead_id))"
        " JOIN appearance a ON a.id = v.appearance_id JOIN body b ON b.id = v.body_id"
        " LEFT JOIN outcome o ON o.url = a.url LEFT JOIN judgement j ON j.outcome_id = o.id"
        " WHERE r.id = ?",
        (version_id, article_id),
    ).fetchone()
    return StoredArticle(
        version=row["number"],
        authors=tuple(json.loads(row["authors"])),
        keywords=tuple(json.loads(row["keywords"])),
        published_date=_day(row["published_date"]),
        published_at=_moment(row["published_at"]),
        modified_at=_moment(row["modified_at"]),
        first_seen_at=utc_moment(row["first_seen_at"]),
        provenance=json.loads(row["provenance"]),
        relevance=_relevance(db, row),
        appearances=tuple(_appearances(db, article_id, row["body_id"])),
        **{name: row[name] for name in _PLAIN},
    )


_PLAIN = (
    "key",
    "url",
    "source",
    "title",
    "text",
    "published_precision",
    "language",
    "outlet",
    "credit",
    "section",
    "description",
    "image_url",
    "image_caption",
    "license",
    "extractor",
)


def relevance_json(relevance: Relevance | None) -> dict[str, Any] | None:
    """Return a judgement as plain data."""
    if relevance is None:
        return None
    return {
        "score": relevance.score,
        "relevant": relevance.relevant,
        "unknown": relevance.unknown,
        "events": [mention_json(mention) for mention in relevance.events],
        "evidence": [
            {"term": e.term, "kind": e.kind, "place": e.place, "weight": e.weight}
            for e in relevance.evidence
        ],
        "rules": relevance.rules,
    }


def _appearances(db: sqlite3.Connection, article_id: int, body_id: int) -> list[StoredAppearance]:
    rows = db.execute(
        "SELECT a.*, v.title, v.credit, v.published_date, v.body_id FROM appearance a"
        " JOIN version v ON v.id = a.version_id WHERE a.article_id = ?"
        " ORDER BY v.published_date IS NULL, v.published_date, a.url",
        (article_id,),
    )
    return [
        StoredAppearance(
            key=row["key"],
            url=row["url"],
            source=row["source"],
            title=row["title"],
            credit=row["credit"],
            published_date=_day(row["published_date"]),
            versions=row["versions"],
            gone_at=_moment(row["gone_at"]),
            is_exact_copy=row["body_id"] == body_id,
            first_seen_at=utc_moment(row["first_seen_at"]),
            checked_at=utc_moment(row["checked_at"]),
        )
        for row in rows
    ]


def judgement(db: sqlite3.Connection, key_or_url: str) -> tuple[str, str | None, Relevance]:
    """Return how a page was judged, archived or not.

    Args:
        db: a connection.
        key_or_url: the key or the canonical URL of a page.

    Returns:
        Its URL, its title and the judgement.

    Raises:
        ArticleNotFound: when no such page was met, or there was no article to judge.
    """
    row = db.execute(
        "SELECT o.id AS outcome_id, o.url, coalesce(v.title, o.title) AS title, o.state, o.reason,"
        " j.* FROM outcome o LEFT JOIN judgement j ON j.outcome_id = o.id"
        " LEFT JOIN appearance a ON a.url = o.url LEFT JOIN version v ON v.id = a.version_id"
        " WHERE o.key = ?1 OR o.url = ?1",
        (key_or_url,),
    ).fetchone()
    if row is None:
        raise ArticleNotFound(_not_found(db, key_or_url))
    found = _relevance(db, row)
    if found is None:
        reason = f": {row['reason']}" if row["reason"] else ""
        raise ArticleNotFound(f"{row['url']}: there was nothing to judge: {row['state']}{reason}")
    return row["url"], row["title"], found


def relevance_of(db: sqlite3.Connection, key: str) -> Relevance | None:
    """Return how the page with a key was judged; None when it was not."""
    row = db.execute(
        "SELECT o.id AS outcome_id, j.* FROM outcome o JOIN judgement j ON j.outcome_id = o.id"
        " WHERE o.key = ?",
        (key,),
    ).fetchone()
    return _relevance(db, row) if row is not None else None


def _relevance(db: sqlite3.Connection, row: sqlite3.Row) -> Relevance | None:
    if row["rules"] is None:
        return None
    return Relevance(
        score=row["score"],
        relevant=bool(row["relevant"]),
        unknown=bool(row["unknown"]),
        evidence=tuple(Evidence(**piece) for piece in json.loads(row["evidence"])),
        events=mentions_of(db, row["outcome_id"]),
        rules=row["rules"],
    )


def _not_found(db: sqlite3.Connection, name: str) -> str:
    stone = tombstones.tombstone_of(db, name)
    if stone is not None:
        return f"{name}: {stone.epitaph()}"
    outcome = db.execute(
        "SELECT state, reason FROM outcome WHERE url = ?1 OR key = ?1", (name,)
    ).fetchone()
    if outcome is not None:
        reason = f": {outcome['reason']}" if outcome["reason"] else ""
        return f"{name}: met, but not archived: {outcome['state']}{reason}"
    if "/" in name:
        return f"{name}: this URL was never met"
    keys = [
        row["key"]
        for row in db.execute("SELECT key FROM appearance WHERE key LIKE ?", (f"{name[:4]}%",))
    ]
    near = difflib.get_close_matches(name, keys, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `wireroom search` finds keys"
    return f"{name}: no article has this key{hint}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return utc_moment(text) if text else None


def _day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment_text(moment: datetime | None) -> str | None:
    return utc_text(moment) if moment else None
