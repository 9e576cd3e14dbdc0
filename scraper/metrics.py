"""What an archive and its sources tell a monitoring system, in Prometheus' text form.

Everything is read from the archive: there is no port to scrape, and a scheduler that stands still is seen
by what it no longer writes.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from scraper.health import watch
from scraper.schedule import plan_next
from scraper.sources import Source
from storage import reports
from storage.health import Condition, examine
from storage.totals import crawl_totals, request_totals, source_totals


def render_metrics(
    db: sqlite3.Connection, sources: Sequence[Source], *, archive_bytes: int, now: datetime
) -> str:
    """Return all metrics in Prometheus' text form.

    Args:
        db: a read connection of the archive.
        sources: the chosen sources, for their schedule and their health.
        archive_bytes: how large the archive's file is.
        now: the present.
    """
    registry = CollectorRegistry(auto_describe=False)
    families = [
        *_archive_metrics(db, archive_bytes),
        *_crawl_metrics(db),
        *_source_metrics(db, sources, now),
    ]
    registry.register(_Ready(families))
    return generate_latest(registry).decode()


class _Ready(Collector):
    """Hands over metrics that were computed before."""

    def __init__(self, families: Sequence[Metric]) -> None:
        self._families = families

    def collect(self) -> Sequence[Metric]:
        return self._families


def _archive_metrics(db: sqlite3.Connection, archive_bytes: int) -> Iterator[Metric]:
    held = reports.stats(db)
    for name, help_, value in (
        ("articles", "Articles in the archive.", held.articles),
        ("appearances", "URLs where an article stands.", held.appearances),
        ("versions", "Versions of appearances.", held.versions),
        ("capture_bytes", "Bytes of raw responses, compressed.", held.capture_bytes),
        ("archive_bytes", "Bytes of the archive's file.", archive_bytes),
    ):
        yield GaugeMetricFamily(f"wireroom_{name}", help_, value=value)
    outcomes = GaugeMetricFamily(
        "wireroom_outcomes", "URLs ever met, by what became of them.", labels=("state", "kind")
    )
    for outcome, number in held.by_outcome.items():
        state, _, kind = outcome.partition(", ")
        outcomes.add_metric((state, kind), number)
    yield outcomes


def _crawl_metrics(db: sqlite3.Connection) -> Iterator[Metric]:
    crawls = CounterMetricFamily("wireroom_crawls", "Crawls, by how they ended.", labels=("state",))
    for state, number in crawl_totals(db).items():
        crawls.add_metric((state,), number)
    labels = ("source", "purpose", "answer")
    requests = CounterMetricFamily("wireroom_requests", "Requests sent.", labels=labels)
    received = CounterMetricFamily(
        "wireroom_response_bytes", "Bytes of their bodies, decoded.", labels=labels
    )
    for total in request_totals(db):
        values = (total.source, total.purpose, total.answer)
        requests.add_metric(values, total.requests)
        received.add_metric(values, total.bytes)
    yield from (crawls, requests, received)


def _source_metrics(
    db: sqlite3.Connection, sources: Sequence[Source], now: datetime
) -> Iterator[Metric]:
    totals = source_totals(db)
    for name, help_ in (
        ("listed", "List pages that answered."),
        ("unchanged_lists", "List pages that were as they had been."),
        ("new", "Appearances made."),
        ("versions", "New versions of known appearances."),
    ):
        counter = CounterMetricFamily(f"wireroom_source_{name}", help_, labels=("source",))
        for total in totals:
            counter.add_metric((total.source,), getattr(total, name))
        yield counter
    looked = GaugeMetricFamily(
        "wireroom_source_looked_timestamp_seconds",
        "When a crawl that read a list of the source last began.",
        labels=("source",),
    )
    for total in totals:
        if total.looked_at is not None:
            looked.add_metric((total.source,), total.looked_at.timestamp())
    yield looked
    yield from _schedule_metrics(db, sources, now)
    health = GaugeMetricFamily(
        "wireroom_source_health",
        "1 for how the source fares, 0 for the rest.",
        labels=("source", "health"),
    )
    for source in sources:
        found = examine(db, watch(source), now=now).condition
        for condition in Condition:
            health.add_metric((source.name, condition), int(condition is found))
    yield health


def _schedule_metrics(
    db: sqlite3.Connection, sources: Sequence[Source], now: datetime
) -> Iterator[Metric]:
    interval = GaugeMetricFamily(
        "wireroom_source_interval_seconds", "Seconds between two crawls.", labels=("source",)
    )
    due = GaugeMetricFamily(
        "wireroom_source_due_timestamp_seconds", "When the source is due.", labels=("source",)
    )
    for row in plan_next(db, sources, now=now):
        interval.add_metric((row.source,), row.interval)
        due.add_metric((row.source,), row.next_at.timestamp())
    yield from (interval, due)
