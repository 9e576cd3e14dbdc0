"""What was looked at when, a source and a day: "nothing was published" is not "we were not looking"."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

# What is counted, with the query that gives a source, an hour in UTC and a number.
_COUNTS: Mapping[str, str] = {
    "polled": (
        "SELECT s.source, substr(c.started_at, 1, 13) AS hour, sum(s.listed > 0) AS number"
        " FROM crawl_source s JOIN crawl c ON c.id = s.crawl_id GROUP BY 1, 2"
    ),
    "discovered": (
        "SELECT source, substr(met_at, 1, 13) AS hour, count(*) AS number FROM outcome GROUP BY 1, 2"
    ),
    "fetched": (
        "SELECT source, substr(sent_at, 1, 13) AS hour, count(*) AS number FROM request"
        " WHERE purpose = 'page' AND status IS NOT NULL GROUP BY 1, 2"
    ),
    "archived": (
        "SELECT source, substr(first_seen_at, 1, 13) AS hour, count(*) AS number FROM appearance"
        " GROUP BY 1, 2"
    ),
    "rejected": (
        "SELECT source, substr(tried_at, 1, 13) AS hour, count(*) AS number FROM outcome"
        " WHERE state IN ('irrelevant', 'not an article', 'refused')"
        " AND tried_at IS NOT NULL GROUP BY 1, 2"
    ),
    "failed": (
        "SELECT source, substr(tried_at, 1, 13) AS hour, count(*) AS number FROM outcome"
        " WHERE state = 'failed' AND tried_at IS NOT NULL GROUP BY 1, 2"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What happened to a source on a day of its own zone."""

    source: str
    day: date
    polled: int
    """Crawls that read a list of it; 0 means that nobody was looking."""
    discovered: int
    """URLs that were met for the first time."""
    fetched: int
    """Article pages that answered."""
    archived: int
    """URLs that were archived for the first time."""
    rejected: int
    """URLs that ended as irrelevant, no article, or refused."""
    failed: int
    """URLs that could not be had, by their last try."""


def cover(
    db: sqlite3.Connection,
    *,
    zones: Mapping[str, tzinfo],
    now: datetime,
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
) -> list[Day]:
    """Return every day of every source, by source and day, those on which nobody was looking too.

    A source's days end with the one that it is there now: an outage shows while it lasts, and a day that has
    begun elsewhere only is none of its days yet.

    Args:
        db: a connection.
        zones: the zone of each source, whose midnights part its days; UTC for a source that is not there.
        now: the moment of asking.
        since: from this day on; by default from the source's first.
        until: up to this day; by default, and at most, up to the source's today.
        source: only this one.
    """
    counts: dict[str, dict[date, dict[str, int]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(int))
    )
    for name, query in _COUNTS.items():
        for row in db.execute(query):
            if source in {None, row["source"]}:
                day = _local_day(row["hour"], zones.get(row["source"], UTC))
                counts[row["source"]][day][name] += row["number"] or 0
    found = []
    for name in sorted(counts):
        day = max(filter(None, (since, min(counts[name]))))
        today = now.astimezone(zones.get(name, UTC)).date()
        end = min(filter(None, (until, today)))
        while day <= end:
            numbers = counts[name].get(day, {})
            found.append(
                Day(source=name, day=day, **{count: numbers.get(count, 0) for count in _COUNTS})
            )
            day += timedelta(days=1)
    return found


def _local_day(hour: str, zone: tzinfo) -> date:
    # Zones are whole hours off UTC but for a few; there an hour counts by its beginning.
    return datetime.fromisoformat(f"{hour}:00:00+00:00").astimezone(zone).date()
