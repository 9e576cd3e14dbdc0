"""The proof from the log: which robots.txt allowed each request, and how far apart requests were.

request
  | check_robots    the answer that it names: its origin, its digest, its age, its rules
  | check_gap       the request before it to the same host: what was promised, and what was kept
  v
Audit
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal, Protocol

from storage import robots
from storage.records import utc_moment, utc_text

Rule = Literal["robots", "gap"]

# Moments stand in the log in milliseconds.
_ROUNDING = 0.001

# Parsed files in memory.
_KEPT_RULES = 256


class Rules(Protocol):
    """What a robots.txt says to us."""

    @property
    def crawl_delay(self) -> float:
        """Seconds between two requests."""

    def allows(self, url: str) -> bool:
        """Say whether a URL may be fetched."""


ReadRules = Callable[[str], Rules]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A request that should not have been sent, or not then."""

    request: int
    """The request's id in the log."""
    rule: Rule
    """What it broke."""
    crawl_id: int | None
    """The crawl; None for a fetch by hand."""
    host: str
    """The host that was asked."""
    url: str
    """What was asked for."""
    sent_at: str
    """When, in UTC."""
    robots_digest: str | None
    """The robots.txt that it names, by its digest."""
    reason: str
    """What is wrong, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the log proves."""

    requests: int
    """Requests that were looked at."""
    hosts: int
    """Hosts that they were sent to."""
    judged: int
    """Those that a robots.txt had to allow: all but the requests for robots.txt."""
    gaps: int
    """Gaps between two requests to a host."""
    unclear: int
    """Gaps that cannot be measured, because the clock was set back in between."""
    least_margin: float | None
    """Seconds by which the tightest gap was longer than promised; None without any gap."""
    violations: tuple[Violation, ...]
    """What was not kept, in the order of the log."""


def audit(db: sqlite3.Connection, *, read_rules: ReadRules, since: datetime | None = None) -> Audit:
    """Prove from the request log that no disallowed page was fetched, and no gap was too short.

    Args:
        db: a connection.
        read_rules: reads the text of a robots.txt.
        since: only requests from this moment on; a gap may begin before it.

    Returns:
        What was looked at, and each request that broke a promise.
    """

    @lru_cache(maxsize=_KEPT_RULES)
    def rules_of(digest: str) -> Rules | None:
        row = db.execute("SELECT text FROM robots_text WHERE digest = ?", (digest,)).fetchone()
        return read_rules(row["text"]) if row and robots.digest_of(row["text"]) == digest else None

    violations: list[Violation] = []
    hosts: set[str] = set()
    requests = judged = gaps = unclear = 0
    least: float | None = None
    for row in _requests(db, since):
        requests += 1
        hosts.add(row["host"])
        found: list[tuple[Rule, str]] = []
        if row["purpose"] != "robots":
            judged += 1
            found.extend(_check_robots(db, row, rules_of))
        margin = _margin(row)
        if margin is not None and margin.is_backwards:
            unclear += 1
        elif margin is not None:
            gaps += 1
            least = margin.seconds if least is None else min(least, margin.seconds)
            if margin.seconds < -_ROUNDING:
                found.append(("gap", margin.reason))
        violations.extend(_violation(row, rule, reason) for rule, reason in found)
    return Audit(
        requests=requests,
        hosts=len(hosts),
        judged=judged,
        gaps=gaps,
        unclear=unclear,
        least_margin=None if least is None else round(least, 3),
        violations=tuple(violations),
    )


def _requests(db: sqlite3.Connection, since: datetime | None) -> Iterator[sqlite3.Row]:
    """Yield the log in its order, each request with the one before it to the same host."""
    yield from db.execute(
        "SELECT * FROM (SELECT r.id, r.crawl_id, r.host, r.url, r.purpose, r.sent_at, r.gap, r.robots_id,"
        " b.origin, b.asked_at, b.digest, lag(r.sent_at) OVER host AS before_at,"
        " lag(r.gap) OVER host AS before_gap FROM request r LEFT JOIN robots b ON b.id = r.robots_id"
        " WINDOW host AS (PARTITION BY r.host ORDER BY r.id)) WHERE ?1 IS NULL OR sent_at >= ?1"
        " ORDER BY id",
        (utc_text(since) if since else None,),
    )


def _check_robots(
    db: sqlite3.Connection, row: sqlite3.Row, rules_of: Callable[[str], Rules | None]
) -> Iterator[tuple[Rule, str]]:
    if row["robots_id"] is None:
        yield "robots", "it names no robots.txt that allows it; an older Wireroom did not note that"
        return
    if row["origin"] != robots.origin_of(row["url"]):
        yield "robots", f"the robots.txt that it names is that of {row['origin']}"
        return
    rules = rules_of(row["digest"]) if row["digest"] else None
    if rules is None:
        yield "robots", "the robots.txt that it names brought no text, or that was damaged since"
        return
    if not rules.allows(row["url"]):
        yield "robots", "the robots.txt that it names forbids it"
    if not _was_in_force(db, row):
        yield "robots", f"the robots.txt that it names was too old: it came at {row['asked_at']}"
    if row["gap"] < rules.crawl_delay - _ROUNDING:
        yield (
            "gap",
            f"{row['gap']:g} s were promised, where robots.txt asks for {rules.crawl_delay:g} s",
        )


def _was_in_force(db: sqlite3.Connection, row: sqlite3.Row) -> bool:
    sent_at = utc_moment(row["sent_at"])
    if sent_at - utc_moment(row["asked_at"]) <= robots.MAX_AGE:
        return True
    later = db.execute(
        "SELECT min(asked_at) FILTER (WHERE digest IS NULL) AS failing_since, count(digest) AS texts"
        " FROM robots WHERE origin = ? AND id > ? AND asked_at <= ?",
        (row["origin"], row["robots_id"], row["sent_at"]),
    ).fetchone()
    if later["texts"] or not later["failing_since"]:
        return False
    return robots.may_be_trusted(failing_since=utc_moment(later["failing_since"]), now=sent_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Margin:
    seconds: float
    is_backwards: bool
    reason: str


def _margin(row: sqlite3.Row) -> _Margin | None:
    """Return by how much the gap before a request was longer than promised; None for the first one."""
    if row["before_at"] is None:
        return None
    kept = (utc_moment(row["sent_at"]) - utc_moment(row["before_at"])) / timedelta(seconds=1)
    promised = row["before_gap"]
    return _Margin(
        seconds=kept - promised,
        is_backwards=kept < 0,
        reason=f"it was sent {kept:g} s after the request before, and {promised:g} s were promised",
    )


def _violation(row: sqlite3.Row, rule: Rule, reason: str) -> Violation:
    return Violation(
        request=row["id"],
        rule=rule,
        crawl_id=row["crawl_id"],
        host=row["host"],
        url=row["url"],
        sent_at=row["sent_at"],
        robots_digest=row["digest"],
        reason=reason,
    )
