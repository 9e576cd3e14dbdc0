"""The one pace of a host, whoever asks: what was promised to it stands in its row.

    claim     a turn: one request may be sent now, and nobody else has a turn until it ends
    finish    the turn ends: the host's next moment follows from the answer

A gap counts from the end of a request to the beginning of the next one. So nothing on the way, no busy
machine and no slow connection, can bring two requests closer together than was promised.
"""

import math
import os
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.records import utc_moment, utc_text
from storage.reports import is_alive

# After 429 and 503 a host is left alone for longer each time; each other answer halves that again.
FIRST_BACKOFF = 10.0
LONGEST_BACKOFF = 3600.0
_LEAST_BACKOFF = 1.0

# A clock that was set back by more than this is believed; by less, the host waits a little longer.
_SET_BACK = 60.0

# How soon to look again whether another process is done with the host.
LOOK_AGAIN = 0.25

_COLUMNS = (
    "next_at",
    "delay",
    "asked_at",
    "ended_at",
    "busy_until",
    "busy_pid",
    "backoff",
    "day",
    "pages",
    "bytes",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one host may be asked for on one day, in UTC; 0 is without bound."""

    pages: int = 0
    """Requests, of whatever kind."""
    bytes: int = 0
    """Bytes of bodies, their encodings undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The answer to whoever wants to ask a host for something."""

    wait: float
    """Seconds after which to try again; 0 when the turn is given."""
    gap: float
    """Seconds promised between this request and the host's next one."""
    spent: bool = False
    """Whether it is the day's budget that one would wait for."""


NO_BUDGET = Budget()


def claim(
    db: sqlite3.Connection,
    host: str,
    *,
    delay: float,
    lease: float,
    now: datetime,
    budget: Budget = NO_BUDGET,
) -> Turn:
    """Claim a host's turn for one request.

    Args:
        db: the writing connection.
        host: the host's name.
        delay: seconds to leave before this request and after it.
        lease: seconds after which the turn is free again, though nobody ended it.
        now: the present.
        budget: what the host may be asked for in a day.

    Returns:
        The turn; nothing was changed for the host when it says to wait.
    """
    row = _read(db, host, now)
    gap = max(delay, row["backoff"])
    if (budget.pages and row["pages"] >= budget.pages) or (
        budget.bytes and row["bytes"] >= budget.bytes
    ):
        tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return Turn(wait=(tomorrow - now).total_seconds(), gap=gap, spent=True)
    last = max(filter(None, (row["asked_at"], row["ended_at"])), default=None)
    wait = max(_until(row["next_at"], now), _until(last, now) + delay if last else 0.0)
    if wait <= 0 and _is_taken(row, now):
        wait = LOOK_AGAIN
    if wait > 0:
        return Turn(wait=wait, gap=gap)
    _write(
        db,
        host,
        row
        | {
            "delay": gap,
            "asked_at": utc_text(now),
            "next_at": _later(now, gap),
            # Where no gap is promised, nobody has to wait for anybody.
            "busy_until": _later(now, lease) if gap else None,
            "busy_pid": os.getpid() if gap else None,
            "pages": row["pages"] + 1,
        },
    )
    return Turn(wait=0.0, gap=gap)


def finish(
    db: sqlite3.Connection,
    host: str,
    *,
    gap: float,
    now: datetime,
    answered: bool,
    in_trouble: bool = False,
    retry_after: float | None = None,
    size: int = 0,
) -> float:
    """End a host's turn.

    Args:
        db: the writing connection.
        host: the host's name.
        gap: what was promised when the turn was claimed.
        now: when the request ended.
        answered: whether anything answered.
        in_trouble: whether the host asks to be left alone, with 429 or 503.
        retry_after: the seconds that it names for that.
        size: bytes of the body.

    Returns:
        Seconds that are promised now before the host's next request.
    """
    row = _read(db, host, now)
    if in_trouble:
        row["backoff"] = min(max(FIRST_BACKOFF, 2 * max(row["backoff"], gap)), LONGEST_BACKOFF)
        gap = max(gap, row["backoff"], retry_after or 0.0)
    elif answered:
        halved = row["backoff"] / 2
        row["backoff"] = halved if halved >= _LEAST_BACKOFF else 0.0
    next_at = _later(now, gap)
    _write(
        db,
        host,
        row
        | {
            "next_at": max(next_at, row["next_at"] or next_at),
            "ended_at": utc_text(now),
            "busy_until": None,
            "busy_pid": None,
            "bytes": row["bytes"] + size,
        },
    )
    return gap


def _read(db: sqlite3.Connection, host: str, now: datetime) -> dict[str, Any]:
    """Return a host's row; when the clock was set back, with its moments moved along."""
    found = db.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM host WHERE host = ?",  # noqa: S608 - our own names
        (host,),
    ).fetchone()
    row: dict[str, Any] = dict(found) if found else {**dict.fromkeys(_COLUMNS), "delay": 0.0}
    today = now.astimezone(UTC).date().isoformat()
    row["backoff"] = row["backoff"] or 0.0
    if row["day"] != today:
        row |= {"day": today, "pages": 0, "bytes": 0}
    last = max(filter(None, (row["asked_at"], row["ended_at"])), default=None)
    if last is not None and _until(last, now) > _SET_BACK:
        _move(row, -_until(last, now))
        _write(db, host, row)
    return row


def _move(row: dict[str, Any], seconds: float) -> None:
    for name in ("asked_at", "ended_at", "next_at", "busy_until"):
        if row[name] is not None:
            row[name] = utc_text(utc_moment(row[name]) + timedelta(seconds=seconds))


def _write(db: sqlite3.Connection, host: str, row: dict[str, Any]) -> None:
    db.execute(
        f"INSERT OR REPLACE INTO host (host, {', '.join(_COLUMNS)})"  # noqa: S608 - our own names
        f" VALUES (:host, {', '.join(f':{name}' for name in _COLUMNS)})",
        row | {"host": host},
    )


def _is_taken(row: dict[str, Any], now: datetime) -> bool:
    """Say whether somebody's request is under way: the process lives, and is not overdue."""
    return (
        row["busy_until"] is not None
        and _until(row["busy_until"], now) > 0
        and is_alive(row["busy_pid"])
    )


def _until(moment: str | None, now: datetime) -> float:
    return (utc_moment(moment) - now).total_seconds() if moment else 0.0


def _later(now: datetime, seconds: float) -> str:
    """Return a moment as it is written, rounded up: a promise is not shortened by rounding."""
    exact = (now + timedelta(seconds=seconds)).timestamp() * 1000
    return utc_text(datetime.fromtimestamp(math.ceil(exact) / 1000, UTC))
