"""How each source fares, from the archive's own rows: what is wrong, since when, and what to do about it.

Nothing here is written down by a crawl that feels well or ill: a source's health follows from its list pages
and from what its crawls counted, and can be computed again at any time.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from storage.lists import KnownList, known_lists
from storage.records import utc_moment, utc_text

# One failure is weather.
FAILURES = 2

# Portals are silent over holidays; beyond twice its longest silence something is wrong.
SILENCE = timedelta(days=3)
SILENCE_FACTOR = 2
# Of a source that brought hardly anything yet nobody knows how long it may be silent.
UNKNOWN_SILENCE = timedelta(days=30)
KNOWN_GAPS = 3
SILENT_LOOKS = 3

# No portal of news is silent for so long: its feed has been given up, and answers all the same.
FROZEN = timedelta(days=180)
# A feed that stands still for so long while another list brings something new.
LEFT_BEHIND = timedelta(days=14)

# A section that named fewer articles may well have a day without any.
USUAL_LINKS = 3.0

# Of eight expected articles fewer than two come once in three hundred weeks by chance.
USUAL_YIELD = 8
LOW_YIELD = 0.25
LOOKED_DAYS = 5
KNOWN_WEEKS = 3

_WINDOW = timedelta(days=63)


class Condition(StrEnum):
    """How a source fares; the worst first."""

    FAILING = "failing"
    CHANGED = "changed layout"
    FROZEN = "frozen feed"
    SILENT = "silent"
    LOW = "low yield"
    HEALTHY = "healthy"
    UNKNOWN = "not crawled yet"


# What needs no hand.
FINE = (Condition.HEALTHY, Condition.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source whose health is asked for."""

    source: str
    """Its name."""
    lists: tuple[str, ...]
    """The list pages that its record names; of one that names none, its home page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is wrong with a source."""

    condition: Condition
    """What kind of thing."""
    since: datetime | None
    """Since when; None when nobody knows."""
    what: str
    """What was seen, in a sentence."""
    way_out: str
    """What to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source fares."""

    source: str
    """Its name."""
    findings: tuple[Finding, ...]
    """What is wrong, the worst first; nothing for a healthy one."""
    crawled: bool = True
    """Whether it was ever crawled."""

    @property
    def condition(self) -> Condition:
        """The worst of what was found."""
        if self.findings:
            return self.findings[0].condition
        return Condition.HEALTHY if self.crawled else Condition.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """That a source fares otherwise than it did."""

    health: Health
    """How it fares."""
    before: Condition | None
    """How it did; None when nobody had asked."""


@dataclass(frozen=True, slots=True)
class _Week:
    """What was read of a source in one of the last weeks."""

    articles: int
    days: int


def examine(db: sqlite3.Connection, watched: Watched, *, now: datetime) -> Health:
    """Return how a source fares.

    Args:
        db: a connection.
        watched: the source.
        now: the present.
    """
    crawled = db.execute(
        "SELECT 1 FROM crawl_source WHERE source = ? LIMIT 1", (watched.source,)
    ).fetchone()
    named = [page for page in known_lists(db, [watched.source]) if page.url in watched.lists]
    findings = [
        *_failing_lists(named, watched.source),
        *_failing_pages(db, watched.source),
        *_changed_layouts(named, watched.source),
        *_frozen_feeds(named, now=now),
        *_silence(db, watched.source, now=now),
        *_low_yield(db, watched.source, now=now),
    ]
    order = list(Condition)
    findings.sort(key=lambda finding: order.index(finding.condition))
    return Health(
        source=watched.source, findings=tuple(findings), crawled=bool(crawled or findings)
    )


def note_changes(
    db: sqlite3.Connection, examined: Sequence[Health], *, now: datetime
) -> list[Change]:
    """Write down how sources fare, for the next time that somebody asks what changed.

    Args:
        db: the writing connection.
        examined: how they fare.
        now: when that was found.

    Returns:
        Those that fare otherwise than they did; a source that was never noted counts as healthy before.
    """
    changes = []
    for health in examined:
        row = db.execute(
            "SELECT condition FROM health WHERE source = ?", (health.source,)
        ).fetchone()
        before = Condition(row["condition"]) if row else None
        if before is health.condition:
            continue
        db.execute(
            "INSERT INTO health (source, condition, noted_at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
            " SET condition = excluded.condition, noted_at = excluded.noted_at",
            (health.source, health.condition, utc_text(now)),
        )
        if (before or Condition.HEALTHY) in FINE and health.condition in FINE:
            continue
        changes.append(Change(health=health, before=before))
    return changes


def _failing_lists(pages: Sequence[KnownList], source: str) -> Iterator[Finding]:
    for page in pages:
        if page.failures >= FAILURES:
            yield Finding(
                condition=Condition.FAILING,
                since=page.failing_since,
                what=f"{page.purpose} {page.url}: {page.failure}, {page.failures} times in a row",
                way_out=_advise(page.failure or "", source),
            )


def _advise(failure: str, source: str) -> str:
    if "404" in failure or "410" in failure:
        return "it may have moved: `wireroom sources add` finds a portal's lists from its home page"
    if "401" in failure or "403" in failure:
        return "the portal may want no robots: ask it, or name another list"
    if "robots" in failure:
        return "robots.txt forbids it, or cannot be had: name another list, or ask the portal"
    return f"`wireroom sources check {source}` tries it now"


def _failing_pages(db: sqlite3.Connection, source: str) -> Iterator[Finding]:
    """Find crawls in a row that asked for article pages and got none."""
    rows = db.execute(
        "SELECT c.started_at, s.fetched, s.rejected, s.failed FROM crawl_source s"
        " JOIN crawl c ON c.id = s.crawl_id WHERE s.source = ? ORDER BY s.crawl_id DESC LIMIT 50",
        (source,),
    )
    kinds: dict[str, int] = {}
    crawls, since = 0, None
    for row in rows:
        failed = _of_pages(row["failed"]) | json.loads(row["rejected"])
        if row["fetched"]:
            break
        if failed:
            crawls, since = crawls + 1, utc_moment(row["started_at"])
            for kind, count in failed.items():
                kinds[kind] = kinds.get(kind, 0) + count
    if crawls >= FAILURES:
        said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        yield Finding(
            condition=Condition.FAILING,
            since=since,
            what=f"none of its article pages could be had in {crawls} crawls: {said}",
            way_out=f"`wireroom rejected --source {source}` says why; look at one in a browser",
        )


def _of_pages(failed: str) -> dict[str, int]:
    return {
        kind: count
        for kind, count in json.loads(failed).items()
        if not kind.startswith(("feed ", "sitemap ", "section "))
    }


def _changed_layouts(pages: Sequence[KnownList], source: str) -> Iterator[Finding]:
    for page in pages:
        usual, since, seen = page.usual_links or 0.0, page.empty_since, page.checked_at
        # A feed without entries has had no news.
        if usual < USUAL_LINKS or not page.listed:
            continue
        if since is not None and seen is not None and seen > since:
            yield Finding(
                condition=Condition.CHANGED,
                since=since,
                what=f"{page.purpose} {page.url}: names no article any more, and named {usual:.0f}",
                way_out=f"`wireroom sources check {source}`, then set `selectors.links` or `include`",
            )


def _frozen_feeds(pages: Sequence[KnownList], *, now: datetime) -> Iterator[Finding]:
    for page in pages:
        if page.purpose != "feed" or page.changed_at is None:
            continue
        newest = datetime.combine(page.newest, time(), UTC) if page.newest else None
        moving = [
            other
            for other in pages
            if other.brought_at and other.brought_at - page.changed_at > LEFT_BEHIND
        ]
        if newest is not None and now - newest > FROZEN:
            what, since = f"its newest entry is of {page.newest}", newest
        elif moving:
            what, since = f"unchanged, while {moving[0].url} brings what is new", page.changed_at
        else:
            continue
        yield Finding(
            condition=Condition.FROZEN,
            since=since,
            what=f"feed {page.url}: {what}",
            way_out="remove it, and name a section or a sitemap",
        )


def _silence(db: sqlite3.Connection, source: str, *, now: datetime) -> Iterator[Finding]:
    rows = db.execute(
        "SELECT c.started_at, s.met FROM crawl_source s JOIN crawl c ON c.id = s.crawl_id"
        " WHERE s.source = ? AND s.listed > 0 AND s.met IS NOT NULL AND c.started_at >= ?"
        " ORDER BY s.crawl_id DESC",
        (source, utc_text(now - _WINDOW)),
    )
    looks = [(row["started_at"], row["met"]) for row in rows]
    finds = [utc_moment(at) for at, met in looks if met]
    in_vain = next((n for n, (_, met) in enumerate(looks) if met), len(looks))
    if in_vain < SILENT_LOOKS:
        return
    since = finds[0] if finds else utc_moment(looks[-1][0])
    gaps = [later - earlier for later, earlier in pairwise(finds)]
    usual = max(SILENCE, SILENCE_FACTOR * max(gaps)) if len(gaps) >= KNOWN_GAPS else UNKNOWN_SILENCE
    if now - since > usual:
        yield Finding(
            condition=Condition.SILENT,
            since=since,
            what=f"nothing new in the last {in_vain} looks; "
            f"its longest silence before was {max(gaps, default=timedelta()).days} days",
            way_out="look whether the portal still publishes there, or has another list",
        )


def _low_yield(db: sqlite3.Connection, source: str, *, now: datetime) -> Iterator[Finding]:
    weeks = _weeks(db, source, now=now)
    this = weeks.pop(0, None)
    if this is None or this.days < LOOKED_DAYS or len(weeks) < KNOWN_WEEKS:
        return
    usual = median(week.articles for week in weeks.values())
    if usual >= USUAL_YIELD and this.articles < LOW_YIELD * usual:
        yield Finding(
            condition=Condition.LOW,
            since=now - timedelta(days=7),
            what=f"{this.articles} articles were read in the last seven days, {usual:.0f} are usual",
            way_out=f"`wireroom rejected --source {source}` says what became of the rest",
        )


def _weeks(db: sqlite3.Connection, source: str, *, now: datetime) -> dict[int, _Week]:
    """Return what was read in each of the last weeks, counted back from now; a first crawl aside."""
    rows = db.execute(
        "SELECT CAST((julianday(?1) - julianday(c.started_at)) / 7 AS INTEGER) AS week,"
        " sum(s.new + coalesce(json_extract(s.rejected, '$.irrelevant'), 0)) AS articles,"
        " count(DISTINCT CASE WHEN s.listed > 0 THEN substr(c.started_at, 1, 10) END) AS days"
        " FROM crawl_source s JOIN crawl c ON c.id = s.crawl_id"
        " WHERE s.source = ?2 AND c.started_at >= ?3 AND s.crawl_id >"
        "   (SELECT min(crawl_id) FROM crawl_source WHERE source = ?2) GROUP BY week",
        (utc_text(now), source, utc_text(now - _WINDOW)),
    )
    return {row["week"]: _Week(row["articles"], row["days"]) for row in rows if row["days"]}
