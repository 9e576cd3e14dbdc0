"""The recurring events that articles name, as they were found when each was judged.

Which events there are, and how they are called, is none of the archive's business: it keeps names.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storage.records import EventMention

# An article is about an event that its title or lead names; the body names many in passing.
ABOUT = ("title", "lead")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventCount:
    """How often an edition of an event is reported on."""

    event: str
    """The event's name."""
    edition: int | None
    """The year; None for articles that do not say which edition they mean."""
    articles: int
    """Articles that name it in the title or the lead."""
    named: int
    """Articles that name it anywhere."""
    first_published: str | None
    """The earliest day of publication among those about it, YYYY-MM-DD."""
    last_published: str | None
    """The latest."""


def record_mentions(
    db: sqlite3.Connection, outcome_id: int, mentions: Sequence[EventMention]
) -> None:
    """Replace what is kept of the events that a page names.

    Args:
        db: the writing connection.
        outcome_id: the outcome of the page's URL.
        mentions: what was found; each event at most once.
    """
    db.execute("DELETE FROM event_mention WHERE outcome_id = ?", (outcome_id,))
    db.executemany(
        "INSERT INTO event_mention (outcome_id, event, edition, ordinal, edition_from, place, term)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (outcome_id, m.event, m.edition, m.ordinal, m.edition_from, m.place, m.term)
            for m in mentions
        ],
    )


def mentions_of(db: sqlite3.Connection, outcome_id: int) -> tuple[EventMention, ...]:
    """Return the events that a page names, those in the title first."""
    rows = db.execute(
        "SELECT event, edition, ordinal, edition_from, place, term FROM event_mention"
        " WHERE outcome_id = ? ORDER BY instr('title lead body', place), event",
        (outcome_id,),
    )
    return tuple(EventMention(**dict(row)) for row in rows)


def mention_json(mention: EventMention) -> dict[str, Any]:
    """Return a mention as plain data."""
    return {
        "event": mention.event,
        "edition": mention.edition,
        "ordinal": mention.ordinal,
        "edition_from": mention.edition_from,
        "place": mention.place,
        "term": mention.term,
    }


def count_events(db: sqlite3.Connection, *, event: str | None = None) -> list[EventCount]:
    """Count the articles about each edition of each event, by event and year.

    Args:
        db: a connection.
        event: only this one.
    """
    rows = db.execute(
        "SELECT m.event, m.edition,"
        " count(DISTINCT CASE WHEN m.place IN ('title', 'lead') THEN r.id END) AS articles,"
        " count(DISTINCT r.id) AS named,"
        " min(CASE WHEN m.place IN ('title', 'lead') THEN r.published_date END) AS first_published,"
        " max(CASE WHEN m.place IN ('title', 'lead') THEN r.published_date END) AS last_published"
        " FROM event_mention m JOIN outcome o ON o.id = m.outcome_id"
        " JOIN appearance a ON a.url = o.url JOIN article r ON r.id = a.article_id"
        " WHERE ?1 IS NULL OR m.event = ?1 GROUP BY 1, 2 ORDER BY 1, 2",
        (event,),
    )
    return [EventCount(**dict(row)) for row in rows]
