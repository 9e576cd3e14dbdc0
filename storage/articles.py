"""Articles, their appearances and versions: recording an outcome, and reading what was recorded.

    Outcome
      | captures.append        the response                      only when it says something new
      | copies.add_body        the text, its overlaps with others
      | versions.insert        what a reader sees, and the full-text index
      | group                  appearances with copies of one text are one article
      | frontier.finish        what became of the URL
      | rechecks               when it is looked at again, and what a second look makes of it
      v
    Recorded

Whatever arrives first, the same outcomes give the same articles: an article is a connected component of
copies, and its lead is chosen by a rule.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from storage import copies, frontier, rechecks, tombstones, versions
from storage.captures import CaptureFiles
from storage.changes import Kind
from storage.records import Article, Cause, Outcome, Recorded, State, key_of, utc_text
from storage.versions import Version

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


def _values(columns: tuple[str, ...]) -> str:
    return f"({', '.join(columns)}) VALUES ({', '.join(f':{name}' for name in columns)})"


_REPLACE_ARTICLE = f"INSERT OR REPLACE INTO article {_values(_ARTICLE_COLUMNS)}"


def record(
    db: sqlite3.Connection,
    outcome: Outcome,
    *,
    captures: CaptureFiles,
    ages: Sequence[timedelta] = frontier.RECHECK_AGES,
) -> Recorded:
    """Record an outcome; doing it twice changes nothing.

    Args:
        db: the writing connection, in a transaction.
        outcome: what became of a request.
        captures: the archive's capture files.
        ages: at which an archived article is to be looked at again.

    Returns:
        Whether it made an article, a version, nothing new, or only a rejection.
    """
    url = outcome.final_url or outcome.url
    if tombstones.is_withdrawn(db, url) or tombstones.is_withdrawn(db, outcome.url):
        return tombstones.refuse(db, outcome)
    before = versions.current(db, url if outcome.article is not None else outcome.url)
    if before is not None:
        if outcome.article is None:
            return rechecks.note_failure(db, outcome.url, outcome)
        if utc_text(outcome.at) < before.seen_at:
            return _read_earlier(db, outcome, outcome.article, captures=captures)
        return _read_again(db, outcome, outcome.article, before, captures=captures, ages=ages)
    capture_id = _append_captures(db, outcome, captures)
    # The judgement must stand before the article's row is made from it.
    frontier.finish(db, outcome, capture_id=capture_id)
    if outcome.state is not State.ARCHIVED or outcome.article is None:
        return Recorded(result="rejected", key=key_of(url))
    appearance_id = insert_appearance(db, url, source=outcome.source, at=utc_text(outcome.at))
    _insert_version(db, appearance_id, outcome, outcome.article, capture_id)
    group(db, appearance_id)
    rechecks.note_success(db, url, outcome, ages=ages)
    return Recorded(result="new", key=key_of(url))


def _read_again(
    db: sqlite3.Connection,
    outcome: Outcome,
    article: Article,
    before: Version,
    *,
    captures: CaptureFiles,
    ages: Sequence[timedelta],
) -> Recorded:
    """Record a reading of a page that is archived; however it is judged now, it stays archived."""
    url = outcome.final_url or outcome.url
    doubt = rechecks.must_be_confirmed(db, before, article, url=url, at=outcome.at)
    if doubt is not None:
        return rechecks.hold(db, url, outcome, article, doubt)
    outcome = replace(outcome, state=State.ARCHIVED, kind=None, reason=None)
    changes = versions.changes_between(before, article)
    capture_id = _append_captures(db, outcome, captures) if changes else None
    frontier.finish(db, outcome, capture_id=capture_id)
    if changes:
        digest = outcome.capture.digest if outcome.capture else None
        _insert_version(
            db,
            before.appearance_id,
            outcome,
            article,
            capture_id,
            cause=versions.cause_of(before, article, digest),
            changes=changes,
        )
        group(db, before.appearance_id)
    rechecks.note_success(db, url, outcome, ages=ages)
    return Recorded(result="version" if changes else "unchanged", key=key_of(url))


def _read_earlier(
    db: sqlite3.Connection, outcome: Outcome, article: Article, *, captures: CaptureFiles
) -> Recorded:
    """Record a state of a page from before its current version, as an import brings it.

    The current version stays the current one, and what became of the URL since is not touched.
    """
    url = outcome.final_url or outcome.url
    states = versions.all_of(db, url)
    if any(state.content_hash == versions.content_hash(article) for state in states):
        return Recorded(result="unchanged", key=key_of(url))
    appearance_id = states[0].appearance_id
    capture_id = captures.append(db, outcome.capture) if outcome.capture else None
    earlier = [state for state in states if state.seen_at < utc_text(outcome.at)]
    changes = versions.changes_between(earlier[-1], article) if earlier else ()
    _insert_version(
        db,
        appearance_id,
        outcome,
        article,
        capture_id,
        cause="publisher",
        changes=changes,
    )
    db.execute(
        "UPDATE appearance SET first_seen_at = min(first_seen_at, ?) WHERE id = ?",
        (utc_text(outcome.at), appearance_id),
    )
    versions.choose_latest(db, appearance_id)
    group(db, appearance_id)
    return Recorded(result="version", key=key_of(url))


def record_reading(db: sqlite3.Connection, outcome: Outcome, *, capture_id: int) -> None:
    """Record what another extractor reads in the response that the current version was read from.

    It stands beside the publisher's versions with the cause `reading`, also when only what a reader does not
    see is other (a section, a language); when the page was last looked at, and when it is due, stay as they
    are.

    Args:
        db: the writing connection.
        outcome: the reading, of an appearance that is archived.
        capture_id: the response.

    Raises:
        ValueError: when there is no such appearance, or nothing was read.
    """
    url = outcome.final_url or outcome.url
    before, article = versions.current(db, url), outcome.article
    if before is None or article is None:
        raise ValueError(f"{url}: nothing was read, or it is not archived")
    if outcome.relevance is not None:
        frontier.judge(db, url, outcome.relevance, utc_text(outcome.at))
    changes = versions.changes_between(before, article)
    _insert_version(
        db, before.appearance_id, outcome, article, capture_id, cause="reading", changes=changes
    )
    group(db, before.appearance_id)


def _append_captures(
    db: sqlite3.Connection, outcome: Outcome, captures: CaptureFiles
) -> int | None:
    """Keep the responses of an outcome; return the id of the first part's."""
    for_ever = outcome.state is State.ARCHIVED
    capture_id = None
    if outcome.capture is not None:
        capture_id = captures.append(db, outcome.capture, for_ever=for_ever)
    for part in outcome.part_captures:
        known_as = replace(part, part_of=outcome.final_url or outcome.url)
        captures.append(db, known_as, for_ever=for_ever)
    return capture_id


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
            # A union, because SQLite answers an OR of the two by reading every row.
            "SELECT a.article_id FROM json_each(?) j JOIN version v ON v.body_id = j.value"
            " JOIN appearance a ON a.id = v.appearance_id WHERE a.article_id != 0"
            " UNION SELECT article_id FROM appearance WHERE id = ? AND article_id != 0 ORDER BY 1",
            (json.dumps(sorted(alike)), appearance_id),
        )
    ]
    article_id = united[0] if united else _next_article_id(db)
    merged = json.dumps(united[1:])
    db.execute(
        "UPDATE appearance SET article_id = ? WHERE id IN (SELECT ? UNION"
        " SELECT a.id FROM json_each(?) j JOIN appearance a ON a.article_id = j.value)",
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


def describe_at(db: sqlite3.Connection, url: str) -> None:
    """Write the row of the article that appeared at a canonical URL anew."""
    row = db.execute("SELECT article_id FROM appearance WHERE url = ?", (url,)).fetchone()
    describe(db, row["article_id"])


def _next_article_id(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT coalesce(max(id), 0) + 1 AS id FROM article").fetchone()
    return int(row["id"])


def insert_appearance(db: sqlite3.Connection, url: str, *, source: str, at: str) -> int:
    """Insert an appearance that has no version yet and belongs to no article; return its id.

    Args:
        db: the writing connection.
        url: its canonical URL.
        source: the source that met it.
        at: when it was first read, in UTC.
    """
    inserted = db.execute(
        "INSERT INTO appearance (key, url, source, article_id, versions, first_seen_at, checked_at)"
        " VALUES (?, ?, ?, 0, 0, ?, ?)",
        (key_of(url), url, source, at, at),
    )
    return int(inserted.lastrowid or 0)


def _insert_version(
    db: sqlite3.Connection,
    appearance_id: int,
    outcome: Outcome,
    article: Article,
    capture_id: int | None,
    *,
    cause: Cause = "first",
    changes: Sequence[Kind] = (),
) -> None:
    values = versions.columns_of(article) | {
        "cause": cause,
        "changes": json.dumps(changes),
        "capture_id": capture_id,
        "capture_digest": outcome.capture.digest if outcome.capture else None,
        "crawl_id": outcome.crawl_id,
        "seen_at": utc_text(outcome.at),
    }
    versions.insert(db, appearance_id, values)


def remove_appearance(db: sqlite3.Connection, appearance_id: int, bodies: Sequence[int]) -> None:
    """Remove an appearance, its versions, and the texts that nobody else has; group the rest again.

    Args:
        db: the writing connection.
        appearance_id: the appearance.
        bodies: the ids of its texts.
    """
    versions.remove(db, appearance_id)
    article_id = db.execute(
        "SELECT article_id FROM appearance WHERE id = ?", (appearance_id,)
    ).fetchone()["article_id"]
    db.execute("DELETE FROM appearance WHERE id = ?", (appearance_id,))
    for body_id in bodies:
        copies.remove_unused(db, body_id)
    regroup(db, article_id)


def regroup(db: sqlite3.Connection, article_id: int) -> None:
    """Group the appearances of an article anew, from the overlaps of their texts."""
    left = db.execute(
        "SELECT id FROM appearance WHERE article_id = ? ORDER BY id", (article_id,)
    ).fetchall()
    db.execute("UPDATE appearance SET article_id = 0 WHERE article_id = ?", (article_id,))
    db.execute("DELETE FROM article WHERE id = ?", (article_id,))
    for row in left:
        group(db, row["id"])
