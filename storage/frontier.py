"""What is known of every URL ever met: what led to it, what became of it, when it is due again."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from storage.events import record_mentions
from storage.records import ArticleLink, Outcome, Relevance, State, key_of, utc_text

# A failed request is asked again after 1 h, 4 h, 16 h ..., at most a week, and then given up.
FIRST_RETRY = timedelta(hours=1)
RETRY_FACTOR = 4
LONGEST_RETRY = timedelta(days=7)
MOST_TRIES = 8

# The ages at which an article is looked at again, unless a setting says otherwise.
RECHECK_AGES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=30),
)

REFUSED_RETRY = timedelta(days=1)
GONE_RETRY = timedelta(days=30)

# What is kept of an irrelevant article's text.
LEAD_CHARACTERS = 400

# What the first list that says it says of the URL `o.id`: lists that come later change no reading.
HINTS = (
    "(SELECT title FROM sighting WHERE outcome_id = o.id AND title IS NOT NULL"
    " ORDER BY seen_at, found_in LIMIT 1) AS title,"
    " (SELECT published_raw FROM sighting WHERE outcome_id = o.id AND published_raw IS NOT NULL"
    " ORDER BY seen_at, found_in LIMIT 1) AS published_raw"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A URL that is to be asked for."""

    url: str
    """The canonical URL."""
    source: str
    """The source that met it first."""
    tries: int
    """How many requests for it have failed in a row."""
    title: str | None = None
    """The text of a link that led to it."""
    published_raw: str | None = None
    """The date beside a link that led to it, as seen."""


def meet(
    db: sqlite3.Connection,
    links: Iterable[ArticleLink],
    *,
    source: str,
    now: datetime,
    backfill: bool = False,
) -> list[Due]:
    """Make links known, and remember what led to them.

    Args:
        db: the writing connection.
        links: what a list page named.
        source: the source whose list it was.
        now: when they were met.
        backfill: whether they were met on the way back in time: what is published now goes before them.

    Returns:
        Those that were never met before, in their order; they wait, due at once.
    """
    new = []
    moment = utc_text(now)
    for link in links:
        if _insert_waiting(db, link.url, source, moment, backfill=backfill):
            new.append(
                Due(
                    url=link.url,
                    source=source,
                    tries=0,
                    title=link.title,
                    published_raw=link.published_raw,
                )
            )
        elif not backfill:
            db.execute("UPDATE outcome SET backfill = 0 WHERE url = ? AND backfill", (link.url,))
        _insert_sighting(db, link, moment)
    return new


def due(
    db: sqlite3.Connection,
    sources: Collection[str],
    *,
    now: datetime,
    limit: int | None = None,
    backfill: bool = False,
) -> list[Due]:
    """Return what is due, what waits longest first.

    Args:
        db: a connection.
        sources: whose URLs.
        now: what is due by then.
        limit: at most so many; None means all.
        backfill: what only a backfill has met, in place of all else.
    """
    rows = db.execute(
        f"SELECT o.url, o.source, o.tries, {HINTS} FROM outcome o"  # noqa: S608 - nobody's input
        " WHERE o.source IN (SELECT value FROM json_each(?)) AND o.backfill = ?"
        " AND o.due_at <= ? ORDER BY o.due_at, o.url LIMIT ?",
        (json.dumps(sorted(sources)), backfill, utc_text(now), -1 if limit is None else limit),
    )
    return [Due(**dict(row)) for row in rows]


def finish(db: sqlite3.Connection, outcome: Outcome, *, capture_id: int | None = None) -> None:
    """Write what became of a request: for the URL that was asked for, and the one that answered.

    Args:
        db: the writing connection.
        outcome: what became of it.
        capture_id: the stored response, when there is one.
    """
    final_url = outcome.final_url or outcome.url
    moment = utc_text(outcome.at)
    _insert_waiting(db, outcome.url, outcome.source, moment)
    if final_url == outcome.url:
        _update(db, outcome.url, outcome, capture_id, final_key=None)
    else:
        _update(db, outcome.url, outcome, None, final_key=key_of(final_url))
        if outcome.article is None:
            return
        _insert_waiting(db, final_url, outcome.source, moment)
        redirect = ArticleLink(url=final_url, found_in=outcome.url, found_as="redirect")
        _insert_sighting(db, redirect, moment)
        _update(db, final_url, outcome, capture_id, final_key=None)
    if outcome.relevance is not None:
        judge(db, final_url, outcome.relevance, moment)


def adopt(
    db: sqlite3.Connection,
    url: str,
    *,
    source: str,
    title: str,
    first_seen_at: str,
    checked_at: str,
    due: datetime | None,
    sightings: Iterable[tuple[ArticleLink, str]],
) -> None:
    """Make a URL known that another archive has read; what this one knows of it already stays.

    Args:
        db: the writing connection.
        url: the canonical URL.
        source: whose it is.
        title: its title.
        first_seen_at: when it was first read, in UTC.
        checked_at: when it was last read, in UTC.
        due: when it is to be looked at again.
        sightings: what led to it, and when that was first seen, in UTC.
    """
    _insert_waiting(db, url, source, first_seen_at)
    for link, seen_at in sightings:
        _insert_sighting(db, link, seen_at)
    db.execute(
        "UPDATE outcome SET state = ?, title = ?, kind = NULL, reason = NULL, tries = 0, tried_at = ?,"
        " due_at = ? WHERE url = ? AND state NOT IN ('archived', 'gone')",
        (State.ARCHIVED, title, checked_at, utc_text(due) if due else None, url),
    )


def _insert_waiting(
    db: sqlite3.Connection, url: str, source: str, moment: str, *, backfill: bool = False
) -> bool:
    host = urlsplit(url).hostname or ""
    inserted = db.execute(
        "INSERT INTO outcome (key, url, host, source, state, met_at, due_at, backfill)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (key_of(url), url, host, source, State.WAITING, moment, moment, backfill),
    )
    return inserted.rowcount == 1


def _insert_sighting(db: sqlite3.Connection, link: ArticleLink, moment: str) -> None:
    db.execute(
        "INSERT INTO sighting (outcome_id, found_in, found_as, title, published_raw, seen_at)"
        " SELECT id, ?, ?, ?, ?, ? FROM outcome WHERE url = ? ON CONFLICT DO NOTHING",
        (link.found_in, link.found_as, link.title, link.published_raw, moment, link.url),
    )


def _update(
    db: sqlite3.Connection,
    url: str,
    outcome: Outcome,
    capture_id: int | None,
    *,
    final_key: str | None,
) -> None:
    tries = db.execute("SELECT tries FROM outcome WHERE url = ?", (url,)).fetchone()["tries"]
    tries = tries + 1 if outcome.state is State.FAILED else 0
    rejected = outcome.article if outcome.state is State.IRRELEVANT else None
    due_at = _due_again(outcome, tries)
    db.execute(
        "UPDATE outcome SET state = ?, kind = ?, reason = ?, title = ?, lead = ?,"
        " published_date = ?, final_key = ?, capture_id = coalesce(?, capture_id), tries = ?,"
        " tried_at = ?, due_at = ?, crawl_id = ?, backfill = 0 WHERE url = ?",
        (
            outcome.state,
            outcome.kind,
            outcome.reason,
            outcome.title,
            rejected.text[:LEAD_CHARACTERS] if rejected else None,
            rejected.published_date.isoformat() if rejected and rejected.published_date else None,
            final_key,
            capture_id,
            tries,
            utc_text(outcome.at),
            utc_text(due_at) if due_at else None,
            outcome.crawl_id,
            url,
        ),
    )


def backoff(tries: int) -> timedelta:
    """Return how long to wait after so many failures in a row."""
    return min(FIRST_RETRY * int(RETRY_FACTOR ** (tries - 1)), LONGEST_RETRY)


def refused_for(outcome: Outcome) -> timedelta:
    """Return how long a refusal holds: as long as it says itself, else a day."""
    if outcome.retry_after is None:
        return REFUSED_RETRY
    return timedelta(seconds=outcome.retry_after)


def _due_again(outcome: Outcome, tries: int) -> datetime | None:
    match outcome.state:
        case State.REFUSED:
            return outcome.at + refused_for(outcome)
        case State.GONE:
            return outcome.at + GONE_RETRY
        case State.FAILED if tries < MOST_TRIES:
            return outcome.at + max(backoff(tries), timedelta(seconds=outcome.retry_after or 0))
        case _:
            return None


def judge(db: sqlite3.Connection, url: str, relevance: Relevance, moment: str) -> None:
    """Write how the page at a canonical URL is judged, in place of how it was.

    Args:
        db: the writing connection.
        url: its URL; it must have been met.
        relevance: the judgement.
        moment: when it was judged, in UTC.
    """
    evidence = [
        {"term": e.term, "kind": e.kind, "place": e.place, "weight": e.weight}
        for e in relevance.evidence
    ]
    outcome_id = db.execute("SELECT id FROM outcome WHERE url = ?", (url,)).fetchone()["id"]
    db.execute(
        "INSERT INTO judgement (outcome_id, score, relevant, unknown, evidence, rules, judged_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (outcome_id) DO UPDATE SET score = excluded.score,"
        " relevant = excluded.relevant, unknown = excluded.unknown, evidence = excluded.evidence,"
        " rules = excluded.rules, judged_at = excluded.judged_at",
        (
            outcome_id,
            relevance.score,
            relevance.relevant,
            relevance.unknown,
            json.dumps(evidence, ensure_ascii=False),
            relevance.rules,
            moment,
        ),
    )
    record_mentions(db, outcome_id, relevance.events)
