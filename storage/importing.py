"""Reading back what `storage.exchange` wrote, and uniting two archives.

Whatever is imported in whatever order, and however often, the same articles come out. What this archive
knows already is never changed: versions that it lacks are added, tombstones keep what they bury out.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args

from storage import articles, frontier, rechecks, tombstones, versions
from storage.captures import capture_id
from storage.errors import ArchiveError
from storage.reading import relevance_of
from storage.records import (
    Article,
    ArticleLink,
    Cause,
    EventMention,
    Evidence,
    FoundAs,
    Relevance,
    State,
    key_of,
    utc_moment,
    utc_text,
)


class NotAnExport(ArchiveError):
    """A line that `export` did not write."""


@dataclass(slots=True)
class Imported:
    """What an import added."""

    records: int = 0
    """Articles read."""
    appearances: int = 0
    """URLs that were not archived before."""
    versions: int = 0
    """Versions that were not there before."""
    withdrawn: int = 0
    """Appearances that stay out, because they were withdrawn here."""


def import_record(
    db: sqlite3.Connection,
    record: object,
    counts: Imported,
    *,
    ages: Sequence[timedelta] = frontier.RECHECK_AGES,
) -> None:
    """Add an article as `export` writes it, with all its appearances and their versions.

    Args:
        db: the writing connection.
        record: the article.
        counts: what was added is added to it.
        ages: at which an archived article is to be looked at again.

    Raises:
        NotAnExport: when it is not one; nothing of it was added then.
    """
    if not isinstance(record, dict):
        raise NotAnExport("no JSON object")
    try:
        appearances = [_Appearance(data, record["text"]) for data in record["appearances"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        detail = f"`{error.args[0]}` is missing" if isinstance(error, KeyError) else str(error)
        raise NotAnExport(f"no article as `wireroom export` writes it: {detail}") from error
    counts.records += 1
    for appearance in appearances:
        if tombstones.is_withdrawn(db, appearance.url):
            counts.withdrawn += 1
        else:
            _import_appearance(db, appearance, counts, ages)


class _Appearance:
    """An appearance of a record, every field checked before anything is written."""

    def __init__(self, data: Mapping[str, Any], text: str) -> None:
        self.url: str = _text(data["url"])
        if data["key"] != key_of(self.url):
            raise ValueError(f"the key {data['key']!r} is not that of {self.url}")
        self.source = _text(data["source"])
        self.title = _text(data["title"])
        self.first_seen_at = _moment(data["first_seen_at"])
        self.checked_at = _moment(data["checked_at"])
        self.gone_at = _moment(data["gone_at"]) if data["gone_at"] else None
        self.relevance = _relevance(data["relevance"])
        self.sightings = [
            (
                ArticleLink(
                    url=self.url,
                    found_in=_text(one["found_in"]),
                    found_as=_one_of(FoundAs, one["found_as"]),
                    title=one["title"],
                    published_raw=one["published_raw"],
                ),
                _moment(one["seen_at"]),
            )
            for one in data["found"]
        ]
        self.versions = [(_article(one, text), _version_columns(one)) for one in data["history"]]
        if not self.versions:
            raise ValueError(f"{self.url} has no version")


def _import_appearance(
    db: sqlite3.Connection, appearance: _Appearance, counts: Imported, ages: Sequence[timedelta]
) -> None:
    url, last = appearance.url, appearance.versions[-1][0]
    due = rechecks.next_recheck(
        last,
        first_seen=utc_moment(appearance.first_seen_at),
        now=utc_moment(appearance.checked_at),
        ages=ages,
    )
    frontier.adopt(
        db,
        url,
        source=appearance.source,
        title=appearance.title,
        first_seen_at=appearance.first_seen_at,
        checked_at=appearance.checked_at,
        due=due,
        sightings=appearance.sightings,
    )
    row = db.execute("SELECT id FROM appearance WHERE url = ?", (url,)).fetchone()
    if row is None:
        appearance_id = articles.insert_appearance(
            db, url, source=appearance.source, at=appearance.first_seen_at
        )
        counts.appearances += 1
        if appearance.relevance is not None:
            frontier.judge(db, url, appearance.relevance, appearance.checked_at)
    else:
        appearance_id = row["id"]
    db.execute(
        "UPDATE appearance SET first_seen_at = min(first_seen_at, ?), checked_at = max(checked_at, ?),"
        " gone_at = CASE WHEN ?2 >= checked_at THEN ?3 ELSE gone_at END WHERE id = ?4",
        (appearance.first_seen_at, appearance.checked_at, appearance.gone_at, appearance_id),
    )
    db.execute(
        "UPDATE outcome SET state = CASE WHEN (SELECT gone_at FROM appearance WHERE id = ?) IS NULL"
        " THEN ? ELSE ? END WHERE url = ?",
        (appearance_id, State.ARCHIVED, State.GONE, url),
    )
    known = {
        (version["content_hash"], version["seen_at"])
        for version in db.execute(
            "SELECT content_hash, seen_at FROM version WHERE appearance_id = ?", (appearance_id,)
        )
    }
    added = 0
    for article, columns in appearance.versions:
        values = versions.columns_of(article) | columns
        if (values["content_hash"], values["seen_at"]) in known:
            continue
        values["capture_id"] = capture_id(db, url, values["capture_digest"], for_ever=True)
        versions.insert(db, appearance_id, values)
        added += 1
    counts.versions += added
    versions.choose_latest(db, appearance_id)
    articles.group(db, appearance_id)


def _article(one: Mapping[str, Any], text: str) -> Article:
    day = one["published_date"]
    return Article(
        title=_text(one["title"]),
        text=_text(text if one["text"] is None else one["text"]),
        authors=_texts(one["authors"]),
        published_date=date.fromisoformat(day) if day else None,
        published_at=utc_moment(one["published_at"]) if one["published_at"] else None,
        published_precision=one["published_precision"],
        published_raw=one["published_raw"],
        modified_at=utc_moment(one["modified_at"]) if one["modified_at"] else None,
        language=one["language"],
        outlet=one["outlet"],
        credit=one["credit"],
        section=one["section"],
        keywords=_texts(one["keywords"]),
        description=one["description"],
        image_url=one["image_url"],
        # An export from before these were read has neither.
        image_caption=one.get("image_caption"),
        license=one.get("license"),
        canonical_claim=one["canonical_claim"],
        provenance=dict(one["provenance"]),
        extractor=_text(one["extractor"]),
    )


def _version_columns(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "cause": _one_of(Cause, one["cause"]),
        "changes": json.dumps(_texts(one["changes"])),
        "capture_digest": one["capture_digest"],
        "capture_id": None,
        "crawl_id": None,
        "seen_at": _moment(one["seen_at"]),
    }


def _relevance(data: Mapping[str, Any] | None) -> Relevance | None:
    if data is None:
        return None
    return Relevance(
        score=float(data["score"]),
        relevant=bool(data["relevant"]),
        unknown=bool(data["unknown"]),
        evidence=tuple(Evidence(**one) for one in data["evidence"]),
        events=tuple(EventMention(**one) for one in data["events"]),
        rules=_text(data["rules"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"a text was expected, not {str(value)[:40]!r}")
    # A lone surrogate can stand in JSON, and not in the archive.
    value.encode()
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"a list was expected, not {str(value)[:40]!r}")
    return tuple(_text(one) for one in value)


def _moment(value: object) -> str:
    return utc_text(utc_moment(_text(value)))


def _one_of(kinds: Any, value: object) -> Any:  # noqa: ANN401 - one of a Literal's values
    if value not in get_args(kinds):
        raise ValueError(f"{value!r} is none of {', '.join(get_args(kinds))}")
    return value


def progress(db: sqlite3.Connection, name: str) -> int:
    """Return how many records of a file are in the archive already; 0 when it was never imported."""
    row = db.execute("SELECT done FROM import_file WHERE name = ?", (name,)).fetchone()
    return int(row["done"]) if row else 0


def note_progress(db: sqlite3.Connection, name: str, done: int, *, now: str) -> None:
    """Write how far the import of a file came, in the transaction of what came in."""
    db.execute(
        "INSERT INTO import_file (name, done, imported_at) VALUES (?, ?, ?) ON CONFLICT (name)"
        " DO UPDATE SET done = excluded.done, imported_at = excluded.imported_at",
        (name, done, now),
    )


def rejected_of(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Yield the rows of another archive's URLs where no article stands, with what led to them, by URL."""
    rows = db.execute(
        "SELECT * FROM outcome o WHERE NOT EXISTS (SELECT 1 FROM appearance WHERE url = o.url) ORDER BY url"
    )
    for row in rows:
        sightings = db.execute(
            "SELECT found_in, found_as, title, published_raw, seen_at FROM sighting WHERE outcome_id = ?"
            " ORDER BY found_in",
            (row["id"],),
        )
        capture = db.execute(
            "SELECT digest FROM capture WHERE id = ?", (row["capture_id"],)
        ).fetchone()
        yield dict(row) | {
            "found": [dict(one) for one in sightings],
            "capture_digest": capture["digest"] if capture else None,
            "relevance": relevance_of(db, row["key"]),
        }


def import_rejected(db: sqlite3.Connection, row: Mapping[str, Any]) -> None:
    """Add a URL that another archive met and did not archive, unless this one knows it.

    Its response must have been copied before.
    """
    columns = (
        "key",
        "url",
        "host",
        "source",
        "state",
        "kind",
        "reason",
        "title",
        "lead",
        "published_date",
        "final_key",
        "tries",
        "met_at",
        "tried_at",
        "due_at",
    )
    added = db.execute(
        f"INSERT INTO outcome ({', '.join(columns)})"  # noqa: S608 - names of our own columns
        f" VALUES ({', '.join('?' * len(columns))}) ON CONFLICT DO NOTHING",
        [row[name] for name in columns],
    )
    if added.rowcount:
        db.execute(
            "UPDATE outcome SET capture_id = ? WHERE url = ?",
            (capture_id(db, row["url"], row["capture_digest"], for_ever=False), row["url"]),
        )
        if row["relevance"] is not None:
            frontier.judge(db, row["url"], row["relevance"], row["tried_at"])
    db.executemany(
        "INSERT INTO sighting (outcome_id, found_in, found_as, title, published_raw, seen_at)"
        " SELECT id, ?, ?, ?, ?, ? FROM outcome WHERE url = ? ON CONFLICT DO NOTHING",
        [
            (
                one["found_in"],
                one["found_as"],
                one["title"],
                one["published_raw"],
                one["seen_at"],
                row["url"],
            )
            for one in row["found"]
        ],
    )
