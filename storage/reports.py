"""Crawls, requests and what the archive holds: the accounts, written and read."""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.records import Purpose, State, utc_moment, utc_text

# What was asked for longer ago has been read and recorded, or never will be.
LONGEST_READING = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """What one crawl counted for one source."""

    source: str
    """The source's name."""
    listed: int
    """List pages that answered."""
    unchanged_lists: int = 0
    """Those of them that were as they had been."""
    discovered: int
    """Links to articles seen on them."""
    met: int = 0
    """Those of them that were met for the first time."""
    fetched: int
    """Article pages that answered."""
    new: int
    """Appearances made."""
    versions: int
    """New versions of known appearances."""
    unchanged: int
    """Pages that said what they said before."""
    rejected: Mapping[str, int]
    """Kind of rejection -> how many."""
    failed: Mapping[str, int]
    """Kind of failure -> how many; that of a list page begins with what the list is."""
    problems: tuple[str, ...]
    """What was wrong with list pages."""
    bytes: int
    """Bytes of all bodies."""
    seconds: float
    """From the crawl's start to the source's last outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCrawl:
    """How the last crawl of a source ended."""

    source: str
    """The source's name."""
    started_at: datetime
    """When the crawl began."""
    state: str
    """done, stopped, failed, killed or running."""
    new: int
    """How many appearances it made for the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """What became of a URL."""

    key: str
    url: str
    source: str
    state: str
    kind: str | None
    reason: str | None
    title: str | None
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What an archive holds."""

    articles: int
    appearances: int
    versions: int
    captures: int
    capture_bytes: int
    urls: int
    crawls: int
    first_published: str | None
    last_published: str | None
    by_source: Mapping[str, int]
    """Appearances a source."""
    by_language: Mapping[str, int]
    """Articles a language."""
    by_year: Mapping[str, int]
    """Articles a year of publication."""
    by_outcome: Mapping[str, int]
    """URLs an outcome."""


def begin_crawl(db: sqlite3.Connection, *, now: datetime, pid: int) -> int:
    """Insert the row of a crawl that begins; return its id."""
    inserted = db.execute(
        "INSERT INTO crawl (started_at, state, pid) VALUES (?, 'running', ?)", (utc_text(now), pid)
    )
    return int(inserted.lastrowid or 0)


def end_crawl(
    db: sqlite3.Connection, crawl_id: int, *, state: str, now: datetime, message: str | None = None
) -> None:
    """Write how a crawl ended: done, stopped or failed."""
    db.execute(
        "UPDATE crawl SET ended_at = ?, state = ?, message = ? WHERE id = ?",
        (utc_text(now), state, message, crawl_id),
    )


def account(db: sqlite3.Connection, crawl_id: int, summary: SourceSummary) -> None:
    """Write what a crawl counted for a source; doing it again replaces the counts."""
    db.execute(
        "INSERT OR REPLACE INTO crawl_source (crawl_id, source, listed, unchanged_lists, discovered, met,"
        " fetched, new, versions, unchanged, rejected, failed, problems, bytes, seconds)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            crawl_id,
            summary.source,
            summary.listed,
            summary.unchanged_lists,
            summary.discovered,
            summary.met,
            summary.fetched,
            summary.new,
            summary.versions,
            summary.unchanged,
            json.dumps(dict(summary.rejected)),
            json.dumps(dict(summary.failed)),
            json.dumps(summary.problems, ensure_ascii=False),
            summary.bytes,
            summary.seconds,
        ),
    )


def log_request(
    db: sqlite3.Connection,
    *,
    crawl_id: int | None,
    source: str,
    host: str,
    url: str,
    purpose: Purpose,
    sent_at: datetime,
    gap: float,
    robots_id: int | None = None,
) -> int:
    """Log a request that is about to be sent; return the id of its row.

    Args:
        db: the writing connection.
        crawl_id: the crawl; None for a fetch by hand.
        source: the source on whose behalf it is sent.
        host: the host that is asked.
        url: what is asked for.
        purpose: what for.
        sent_at: when the host's turn was claimed for it.
        gap: seconds promised between it and the host's next request.
        robots_id: the robots.txt that allows it; None for a robots.txt itself.
    """
    inserted = db.execute(
        "INSERT INTO request (crawl_id, source, host, url, purpose, sent_at, gap, robots_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (crawl_id, source, host, url, purpose, utc_text(sent_at), gap, robots_id),
    )
    return int(inserted.lastrowid or 0)


def is_left_to_another(
    db: sqlite3.Connection, host: str, url: str, *, crawl_id: int, since: datetime
) -> bool:
    """Say whether a page is another crawl's: it has asked for it just now, or asks still.

    Args:
        db: a connection.
        host: the page's host.
        url: the page.
        crawl_id: the crawl that would ask for it.
        since: when that crawl decided to.
    """
    rows = db.execute(
        "SELECT r.sent_at, c.state, c.pid FROM request r JOIN crawl c ON c.id = r.crawl_id"
        " WHERE r.host = ? AND r.sent_at > ? AND r.url = ? AND r.purpose = 'page' AND c.id != ?",
        (host, utc_text(since - LONGEST_READING), url, crawl_id),
    )
    # What a crawl that was killed has asked for may never have been recorded.
    return any(
        row["sent_at"] > utc_text(since) or _state(row["state"], row["pid"]) == "running"
        for row in rows
    )


def finish_request(
    db: sqlite3.Connection,
    request_id: int,
    *,
    status: int | None,
    size: int | None,
    seconds: float,
    error: str | None,
    gap: float | None = None,
) -> None:
    """Write how a logged request ended: the HTTP status and the bytes of the body, or an error.

    `gap` is what is promised now, when the host has asked for more with its answer.
    """
    db.execute(
        "UPDATE request SET status = ?, bytes = ?, seconds = ?, error = ?, gap = coalesce(?, gap)"
        " WHERE id = ?",
        (status, size, seconds, error, gap, request_id),
    )


def last_crawls(db: sqlite3.Connection) -> dict[str, LastCrawl]:
    """Return the last crawl of each source that was ever crawled.

    A crawl that was killed has no counts: it is found by the requests that it sent.
    """
    rows = db.execute(
        "WITH touched AS (SELECT max(crawl_id) AS crawl_id, source FROM crawl_source GROUP BY source"
        "   UNION SELECT crawl_id, source FROM request WHERE crawl_id IN"
        "     (SELECT id FROM crawl WHERE ended_at IS NULL)),"
        " latest AS (SELECT source, max(crawl_id) AS crawl_id FROM touched GROUP BY source)"
        " SELECT l.source, c.started_at, c.state, c.pid, coalesce(s.new, 0) AS new FROM latest l"
        " JOIN crawl c ON c.id = l.crawl_id"
        " LEFT JOIN crawl_source s ON s.crawl_id = l.crawl_id AND s.source = l.source"
    )
    return {
        row["source"]: LastCrawl(
            source=row["source"],
            started_at=utc_moment(row["started_at"]),
            state=_state(row["state"], row["pid"]),
            new=row["new"],
        )
        for row in rows
    }


def knows_source(db: sqlite3.Connection, name: str) -> bool:
    """Say whether the archive has crawled a source, or has something of it."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM crawl_source WHERE source = ?1)"
        " OR EXISTS (SELECT 1 FROM appearance WHERE source = ?1)",
        (name,),
    ).fetchone()
    return bool(row[0])


def completely_listed(db: sqlite3.Connection) -> frozenset[str]:
    """Return the sources whose last crawl came to its end and could read every list page."""
    done = {name for name, crawl in last_crawls(db).items() if crawl.state == "done"}
    rows = db.execute(
        "SELECT source, failed FROM crawl_source s WHERE crawl_id ="
        " (SELECT max(crawl_id) FROM crawl_source WHERE source = s.source)"
    )
    lists = ("feed ", "sitemap ", "section ")
    return frozenset(
        row["source"]
        for row in rows
        if row["source"] in done
        and not any(kind.startswith(lists) for kind in json.loads(row["failed"]))
    )


def outcomes(
    db: sqlite3.Connection, *, state: State | None = None, source: str | None = None
) -> Iterator[OutcomeRow]:
    """Yield what became of every URL ever met, ordered by URL.

    Args:
        db: a connection.
        state: only these.
        source: only this source's.
    """
    rows = db.execute(
        "SELECT o.key, o.url, o.source, o.state, o.kind, o.reason, o.title, j.score FROM outcome o"
        " LEFT JOIN judgement j ON j.outcome_id = o.id"
        " WHERE (?1 IS NULL OR o.state = ?1) AND (?2 IS NULL OR o.source = ?2) ORDER BY o.url",
        (state, source),
    )
    for row in rows:
        yield OutcomeRow(**dict(row))


def stats(db: sqlite3.Connection) -> Stats:
    """Count what the archive holds."""
    one = db.execute(
        "SELECT (SELECT count(*) FROM article) AS articles,"
        " (SELECT count(*) FROM appearance) AS appearances,"
        " (SELECT count(*) FROM version) AS versions,"
        " (SELECT count(*) FROM capture) AS captures,"
        " (SELECT coalesce(sum(length), 0) FROM capture) AS capture_bytes,"
        " (SELECT count(*) FROM outcome) AS urls,"
        " (SELECT count(*) FROM crawl) AS crawls,"
        " (SELECT min(published_date) FROM article) AS first_published,"
        " (SELECT max(published_date) FROM article) AS last_published"
    ).fetchone()
    return Stats(
        **dict(one),
        by_source=_counts(
            db, "SELECT source, count(*) FROM appearance GROUP BY 1 ORDER BY 2 DESC, 1"
        ),
        by_language=_counts(
            db,
            "SELECT coalesce(language, 'unknown'), count(*) FROM article GROUP BY 1"
            " ORDER BY 2 DESC, 1",
        ),
        by_year=_counts(
            db,
            "SELECT coalesce(substr(published_date, 1, 4), 'undated'), count(*) FROM article"
            " GROUP BY 1 ORDER BY 1",
        ),
        by_outcome=_counts(
            db,
            "SELECT state || coalesce(', ' || kind, ''), count(*) FROM outcome GROUP BY 1"
            " ORDER BY 2 DESC, 1",
        ),
    )


def _counts(db: sqlite3.Connection, query: str) -> dict[str, int]:
    return {row[0]: row[1] for row in db.execute(query)}


def _state(state: str, pid: int) -> str:
    if state == "running" and not is_alive(pid):
        return "killed"
    return state


def is_alive(pid: int) -> bool:
    """Say whether a process runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
