"""What is known of each list page: its validators and digest, what it led to, and how it fares.

A row changes in the step in which the page's links are met: a page is only ever called unchanged when
everything that it names is in the archive.
"""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from storage.records import Purpose, utc_moment, utc_text

# Some servers call a changed page unchanged: after so long its body is asked for all the same.
FULL_AFTER = timedelta(days=1)

# Validators that were seen to be wrong are not used for so long.
DOUBTED_FOR = timedelta(days=30)

# How far one reading moves the mean of the links.
_WEIGHT = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReading:
    """A list page as it was received and read."""

    source: str
    """The source's name."""
    url: str
    """As it was asked for."""
    purpose: Purpose
    """`feed`, `sitemap` or `section`."""
    final_url: str
    """The URL that answered."""
    etag: str | None
    """Its ETag header."""
    last_modified: str | None
    """Its Last-Modified header."""
    digest: str
    """SHA-256 of the body, hexadecimal."""
    rules: str
    """Digest of the rules that it was read by."""
    listed: int
    """Entries or links, articles or not."""
    links: int
    """Those that are articles."""
    newest: date | None
    """The day of its newest entry."""
    interval: float | None
    """Seconds after which it wants to be asked again."""
    skip_hours: tuple[int, ...]
    """Hours of the day, UTC, at which it wants no request."""
    skip_days: tuple[int, ...]
    """Days of the week at which it wants none; 0 is Monday."""
    further: tuple[tuple[str, date | None], ...]
    """The list pages that it leads to, and the day of each one's last change where it says so."""
    problems: tuple[str, ...]
    """What was wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownList:
    """A list page that the archive knows."""

    source: str
    """The source's name."""
    url: str
    """As it is asked for."""
    purpose: Purpose
    """`feed`, `sitemap` or `section`."""
    final_url: str | None
    """What answered with its body; None when it was never had."""
    etag: str | None
    """The validators of that body, as sent."""
    last_modified: str | None
    """The same."""
    digest: str | None
    """SHA-256 of it, hexadecimal."""
    rules: str | None
    """Digest of the rules that it was read by."""
    read_at: datetime | None
    """When its body last came."""
    checked_at: datetime | None
    """When it last answered."""
    changed_at: datetime | None
    """When it was last another."""
    brought_at: datetime | None
    """When it last named a link that was new."""
    doubted_at: datetime | None
    """When its validators were last seen to be wrong."""
    listed: int
    """Entries or links, articles or not."""
    links: int
    """How many articles it names."""
    usual_links: float | None
    """The running mean of that, while there were any."""
    empty_since: datetime | None
    """Since when it names none, where it did before."""
    newest: date | None
    """The day of its newest entry."""
    interval: float | None
    """Seconds after which it wants to be asked again."""
    skip_hours: tuple[int, ...]
    """Hours of the day, UTC, at which it wants no request."""
    skip_days: tuple[int, ...]
    """Days of the week at which it wants none; 0 is Monday."""
    further: tuple[tuple[str, date | None], ...]
    """The list pages that it leads to, and the day of each one's last change where it says so."""
    problems: tuple[str, ...]
    """What was wrong with it."""
    failures: int
    """How often in a row it could not be had."""
    failing_since: datetime | None
    """Since when."""
    failure: str | None
    """Why, the last time."""

    def may_be_unchanged(self, *, rules: str, now: datetime) -> bool:
        """Say whether its server may be asked for the body only if that has changed.

        Args:
            rules: digest of the rules that hold now; by others it would have to be read anew.
            now: the present.
        """
        doubted = self.doubted_at is not None and now - self.doubted_at < DOUBTED_FOR
        fresh = self.read_at is not None and abs(now - self.read_at) < FULL_AFTER
        return fresh and not doubted and self.rules == rules


def known_lists(db: sqlite3.Connection, sources: Collection[str]) -> list[KnownList]:
    """Return the list pages that are known of some sources, by source and URL."""
    rows = db.execute(
        "SELECT * FROM list_page WHERE source IN (SELECT value FROM json_each(?)) ORDER BY source, url",
        (json.dumps(sorted(sources)),),
    )
    return [_to_list(row) for row in rows]


def remember(db: sqlite3.Connection, reading: ListReading, *, new: int, now: datetime) -> None:
    """Write down a list page that was read, in the step in which its links are met.

    Args:
        db: the writing connection.
        reading: what was received and read.
        new: how many of its links were met for the first time.
        now: when it was received.
    """
    before = db.execute(
        "SELECT * FROM list_page WHERE source = ? AND url = ?", (reading.source, reading.url)
    ).fetchone()
    moment = utc_text(now)
    values: dict[str, object] = {
        "source": reading.source,
        "url": reading.url,
        "purpose": reading.purpose,
        "final_url": reading.final_url,
        "etag": reading.etag,
        "last_modified": reading.last_modified,
        "digest": reading.digest,
        "rules": reading.rules,
        "read_at": moment,
        "checked_at": moment,
        "changed_at": moment,
        "brought_at": moment if new else None,
        "doubted_at": None,
        "listed": reading.listed,
        "links": reading.links,
        "usual_links": float(reading.links) or None,
        "empty_since": None,
        "newest": reading.newest.isoformat() if reading.newest else None,
        "interval": reading.interval,
        "skip_hours": json.dumps(reading.skip_hours),
        "skip_days": json.dumps(reading.skip_days),
        "further": json.dumps(
            [(url, day.isoformat() if day else None) for url, day in reading.further]
        ),
        "problems": json.dumps(reading.problems, ensure_ascii=False),
        "failures": 0,
        "failing_since": None,
        "failure": None,
    }
    if before is not None:
        values |= _compare(before, reading, new=new, moment=moment)
    # The names are our own, those of the columns.
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    db.execute(
        f"INSERT OR REPLACE INTO list_page ({names}) VALUES ({marks})",  # noqa: S608 - no value in it
        tuple(values.values()),
    )


def _compare(
    before: sqlite3.Row, reading: ListReading, *, new: int, moment: str
) -> dict[str, object]:
    """Return what follows from how a list page was before."""
    same_body = before["digest"] == reading.digest
    validators = (reading.etag, reading.last_modified if reading.etag is None else None)
    same_validators = validators != (None, None) and validators == (
        before["etag"],
        before["last_modified"] if before["etag"] is None else None,
    )
    usual = before["usual_links"]
    if reading.links and usual is not None:
        usual += _WEIGHT * (reading.links - usual)
    elif reading.links:
        usual = float(reading.links)
    return {
        "changed_at": before["changed_at"] if same_body else moment,
        "brought_at": moment if new else before["brought_at"],
        # A weak validator may stand for two bodies, but not when one of them names an article more.
        "doubted_at": moment if new and same_validators and not same_body else before["doubted_at"],
        "usual_links": usual,
        "empty_since": None if reading.links or usual is None else before["empty_since"] or moment,
    }


def confirm(
    db: sqlite3.Connection,
    source: str,
    url: str,
    *,
    now: datetime,
    validators: tuple[str | None, str | None] | None = None,
) -> None:
    """Write down that a list page is as it was.

    Args:
        db: the writing connection.
        source: whose it is.
        url: the page, as it was asked for.
        now: when it answered.
        validators: the ETag and Last-Modified that came with the same body; None when no body came.
    """
    moment = utc_text(now)
    db.execute(
        "UPDATE list_page SET checked_at = ?, failures = 0, failing_since = NULL, failure = NULL"
        " WHERE source = ? AND url = ?",
        (moment, source, url),
    )
    if validators is not None:
        db.execute(
            "UPDATE list_page SET read_at = ?, etag = ?, last_modified = ? WHERE source = ? AND url = ?",
            (moment, *validators, source, url),
        )


def fail(
    db: sqlite3.Connection, source: str, url: str, purpose: Purpose, *, why: str, now: datetime
) -> None:
    """Write down that a list page could not be had.

    Args:
        db: the writing connection.
        source: whose it is.
        url: the page, as it was asked for.
        purpose: what it is.
        why: the reason, in a sentence.
        now: when that was seen.
    """
    db.execute(
        "INSERT INTO list_page (source, url, purpose, failures, failing_since, failure)"
        " VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT DO UPDATE SET failures = failures + 1,"
        " failing_since = coalesce(failing_since, excluded.failing_since), failure = excluded.failure",
        (source, url, purpose, utc_text(now), why),
    )


def doubt(db: sqlite3.Connection, source: str, url: str, *, now: datetime) -> None:
    """Write down that a list page's validators are not to be believed, so that its body is asked for."""
    db.execute(
        "UPDATE list_page SET doubted_at = ? WHERE source = ? AND url = ?",
        (utc_text(now), source, url),
    )


def _to_list(row: sqlite3.Row) -> KnownList:
    return KnownList(
        source=row["source"],
        url=row["url"],
        purpose=row["purpose"],
        final_url=row["final_url"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        digest=row["digest"],
        rules=row["rules"],
        read_at=_moment(row["read_at"]),
        checked_at=_moment(row["checked_at"]),
        changed_at=_moment(row["changed_at"]),
        brought_at=_moment(row["brought_at"]),
        doubted_at=_moment(row["doubted_at"]),
        listed=row["listed"] or 0,
        links=row["links"] or 0,
        usual_links=row["usual_links"],
        empty_since=_moment(row["empty_since"]),
        newest=date.fromisoformat(row["newest"]) if row["newest"] else None,
        interval=row["interval"],
        skip_hours=_list(row["skip_hours"]),
        skip_days=_list(row["skip_days"]),
        further=tuple(
            (url, date.fromisoformat(day) if day else None) for url, day in _list(row["further"])
        ),
        problems=_list(row["problems"]),
        failures=row["failures"],
        failing_since=_moment(row["failing_since"]),
        failure=row["failure"],
    )


def _moment(text: str | None) -> datetime | None:
    return utc_moment(text) if text else None


def _list(text: str | None) -> tuple[Any, ...]:
    return tuple(json.loads(text)) if text else ()
