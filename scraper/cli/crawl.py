"""`wireroom crawl`, `run` and `schedule`: crawling now, for ever, and when."""

import sys
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper import fork_server
from scraper.cli.context import Context, pass_context
from scraper.cli.options import DAY
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json, print_json_lines, table, when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.crawling.run import CrawlReport
    from scraper.schedule import ScheduledSource
    from storage.backfill import BackfillProgress
    from storage.reports import SourceSummary


@click.command()
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="At most N article pages a source."
)
@click.option(
    "--since",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="Go back to this day as well, on sitemaps, sections and archive pages; later crawls go on with it.",
)
@click.option(
    "--due",
    is_flag=True,
    help="Leave out lists that asked for no request yet (ttl, skipHours, ...).",
)
@json_option
@pass_context
def crawl(
    context: Context,
    sources: tuple[str, ...],
    *,
    limit: int | None,
    since: date | None,
    due: bool,
    as_json: bool,
) -> None:
    """Crawl the named sources once, or all that are chosen.

    Ctrl-C stops after what is in flight; the next crawl goes on where this one stopped.

    \b
    Examples:
      wireroom crawl china_org_cn itu --limit 20
      wireroom crawl itu --since 2023-01-01
    """
    fork_server.start()
    from scraper.crawling.plan import CrawlPlan  # noqa: PLC0415 - Scrapy loads with it
    from scraper.crawling.progress import watch_in_terminal  # noqa: PLC0415 - Scrapy loads with it
    from scraper.crawling.run import run_crawl  # noqa: PLC0415 - Scrapy loads with it
    from storage.backfill import progress  # noqa: PLC0415 - only when needed

    config = context.load_config()
    chosen = config.choose(sources)
    if since is not None and not date(1990, 1, 1) <= since <= datetime.now(UTC).date():
        raise click.UsageError(f"--since {since}: a day from 1990-01-01 to today")
    plan = CrawlPlan(
        archive=context.archive,
        config=config,
        sources=chosen,
        limit=limit,
        since=since,
        only_due=due,
    )
    with watch_in_terminal(quiet=as_json or not sys.stderr.isatty()) as watch:
        report = run_crawl(plan, watch=watch)
    names = {source.name for source in chosen}
    with context.read_archive() as db:
        back = [row for row in progress(db) if row.source in names]
    if as_json:
        print_json(_report_json(report, back))
    else:
        print_summary(report.sources)
        for row in back:
            click.echo(_say_how_far(row), err=True)
        if report.reason == "closespider_timeout":
            click.echo("Time was up; the next crawl goes on from here.", err=True)
    if report.reason == "shutdown":
        raise click.ClickException("stopped as asked; the next crawl goes on from here")
    read = any(source.listed or source.fetched for source in report.sources)
    if not read and any(source.problems for source in report.sources):
        raise click.ClickException(
            "none of the sources could be read; the problems stand in the summary above"
        )


def _say_how_far(row: "BackfillProgress") -> str:
    read = f"{row.source}: back to {row.since}: {row.read} list pages read"
    if row.given_up:
        read += f", {row.given_up} could not be had"
    return (
        f"{read}, {row.waiting} wait; the next crawl goes on"
        if row.waiting
        else f"{read}; all done"
    )


def print_summary(sources: "Sequence[SourceSummary]") -> None:
    """Print what a crawl counted, a row a source, and what was wrong."""
    numbers = ("links", "fetched", "new", "changed", "rejected", "failed", "MB", "s")
    made = table("source", *numbers, right=numbers)
    for source in sources:
        made.add_row(
            source.source,
            str(source.discovered),
            str(source.fetched),
            str(source.new),
            str(source.versions),
            str(sum(source.rejected.values())),
            str(sum(source.failed.values())),
            f"{source.bytes / 1e6:.1f}",
            f"{source.seconds:.1f}",
        )
    out = console()
    out.print(made)
    for source in sources:
        for what, kinds in (("rejected", source.rejected), ("failed", source.failed)):
            if kinds:
                said = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
                out.print(f"{source.source}: {what}: {escaped(said)}")
        for problem in source.problems:
            out.print(f"{source.source}: [yellow]{escaped(problem)}[/yellow]")


def _report_json(report: "CrawlReport", back: "Sequence[BackfillProgress]") -> dict[str, Any]:
    return {
        "crawl": report.crawl_id,
        "ended": report.reason,
        "sources": [asdict(source) for source in report.sources],
        "backfill": [asdict(row) | {"since": row.since.isoformat()} for row in back],
    }


@click.command()
@click.option(
    "--heartbeat",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Touch this file every ten seconds while the scheduler is alive.",
)
@click.option(
    "--on-problem",
    metavar="CMD",
    help="Run this when a source's health changes; the facts stand in $WIREROOM_SOURCE, $WIREROOM_HEALTH, "
    "$WIREROOM_BEFORE, $WIREROOM_SINCE, $WIREROOM_WHAT and $WIREROOM_WAY_OUT.",
)
@pass_context
def run(context: Context, *, heartbeat: Path | None, on_problem: str | None) -> None:
    """Crawl each chosen source as often as it publishes, until stopped.

    Runs in the foreground; SIGTERM and Ctrl-C let a running crawl finish what is in flight. A second
    scheduler on the same archive is refused.

    \b
    Example:
      wireroom --archive /srv/news/wireroom.db run
    """
    from scraper.scheduler import Scheduler  # noqa: PLC0415 - APScheduler loads with it

    config = context.load_config()
    Scheduler(
        archive=context.archive,
        config=config,
        config_file=context.config_file,
        allow_networks=context.allow_networks,
        heartbeat=heartbeat,
        on_problem=on_problem,
    ).run()


@click.command()
@json_option
@pass_context
def schedule(context: Context, *, as_json: bool) -> None:
    """Show what runs next, and how the last crawls ended.

    \b
    Example:
      wireroom schedule
    """
    from scraper.schedule import plan_next  # noqa: PLC0415 - only when needed

    config = context.load_config()
    now = datetime.now(UTC)
    with context.read_archive() as db:
        rows = plan_next(db, config.sources, now=now)
    if as_json:
        print_json_lines(_schedule_json(row) for row in rows)
        return
    made = table("source", "every", "why", "last crawl", "ended", "new", "next", right=("new",))
    for row in rows:
        made.add_row(
            row.source,
            str(timedelta(seconds=round(row.interval))),
            row.why,
            when(row.last_started_at) if row.last_started_at else "never",
            row.last_state or "",
            "" if row.last_new is None else str(row.last_new),
            "now" if row.next_at <= now else when(row.next_at),
        )
    console().print(made)


def _schedule_json(row: "ScheduledSource") -> dict[str, Any]:
    from storage.records import utc_text  # noqa: PLC0415 - only when needed

    return {
        "source": row.source,
        "interval": row.interval,
        "why": row.why,
        "last_started_at": utc_text(row.last_started_at) if row.last_started_at else None,
        "last_state": row.last_state,
        "last_new": row.last_new,
        "next_at": utc_text(row.next_at),
    }


COMMANDS = (crawl, run, schedule)
