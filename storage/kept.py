"""What was kept of pages and can be read or judged again: their responses, their texts."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from storage.frontier import HINTS
from storage.records import Article

# The responses of the further parts were stored behind that of the first, before it was stored once more.
_PARTS = (
    "(SELECT json_group_array(json_array(p.id, p.url)) FROM"
    " (SELECT id, url FROM capture WHERE part_of = o.url AND id > coalesce(v.capture_id, o.capture_id)"
    " AND id < coalesce((SELECT min(n.id) FROM capture n"
    " WHERE n.url = o.url AND n.id > coalesce(v.capture_id, o.capture_id)), 9e18) ORDER BY id) p) AS further"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page of which a response was kept."""

    key: str
    url: str
    source: str
    state: str
    """What became of it: `archived`, `gone` or `irrelevant`."""
    capture_id: int
    """The response that its current version was read from."""
    title: str | None
    """What the first link to it said that said something."""
    published_raw: str | None
    """The date beside the first link to it that had one beside it."""
    part_capture_ids: tuple[int, ...]
    """The responses of its further parts, in their order, for an article over several pages."""
    is_whole: bool
    """Whether the responses of all its parts were kept, and which of them belong together is known."""


def kept_pages(
    db: sqlite3.Connection,
    *,
    states: Collection[str],
    source: str | None = None,
    since: date | None = None,
) -> Iterator[KeptPage]:
    """Yield the pages that can be read again, by URL.

    Args:
        db: a connection.
        states: only what became of them: `archived`, `gone`, `irrelevant`.
        source: only this source's.
        since: only those that were published on this day or later.
    """
    rows = db.execute(
        "SELECT o.key, o.url, o.source, o.state, coalesce(v.capture_id, o.capture_id) AS capture_id,"  # noqa: S608 - HINTS is our own
        f" {HINTS}, {_PARTS}, CASE WHEN v.id IS NOT NULL THEN"
        "   coalesce(json_extract(v.provenance, '$.parts'), '1') END AS parts"
        " FROM outcome o LEFT JOIN appearance a ON a.url = o.url LEFT JOIN version v ON v.id = a.version_id"
        " WHERE o.state IN (SELECT value FROM json_each(?1)) AND (?2 IS NULL OR o.source = ?2)"
        " AND (?3 IS NULL OR coalesce(v.published_date, o.published_date) >= ?3)"
        " AND coalesce(v.capture_id, o.capture_id) IS NOT NULL ORDER BY o.url",
        (json.dumps(sorted(states)), source, since.isoformat() if since else None),
    )
    for row in rows:
        values = dict(row)
        further: list[tuple[int, str]] = json.loads(values.pop("further"))
        parts = values.pop("parts")
        # A part that was stored twice changed, and which of the others it stood beside is not said.
        is_whole = len({url for _, url in further}) == len(further) and (
            parts is None or parts == str(len(further) + 1)
        )
        ids = tuple(number for number, _ in further)
        yield KeptPage(**values, part_capture_ids=ids, is_whole=is_whole)


def kept_readings(
    db: sqlite3.Connection, *, source: str | None = None
) -> Iterator[tuple[str, bool | None, Article]]:
    """Yield every archived URL, whether it counts as relevant now, and its current reading, by URL.

    Args:
        db: a connection.
        source: only this source's.
    """
    rows = db.execute(
        "SELECT a.url, v.*, b.text, CASE WHEN j.unknown THEN NULL ELSE j.relevant END AS relevant"
        " FROM appearance a JOIN version v ON v.id = a.version_id JOIN body b ON b.id = v.body_id"
        " LEFT JOIN outcome o ON o.url = a.url LEFT JOIN judgement j ON j.outcome_id = o.id"
        " WHERE ?1 IS NULL OR a.source = ?1 ORDER BY a.url",
        (source,),
    )
    for row in rows:
        article = Article(
            title=row["title"],
            text=row["text"],
            published_date=date.fromisoformat(row["published_date"])
            if row["published_date"]
            else None,
            language=row["language"],
            section=row["section"],
            keywords=tuple(json.loads(row["keywords"])),
            description=row["description"],
            extractor=row["extractor"],
        )
        yield row["url"], None if row["relevant"] is None else bool(row["relevant"]), article
