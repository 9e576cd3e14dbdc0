"""`wireroom audit`: the proof that a crawl was polite."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from scraper.cli.context import Context, pass_context
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json, table

if TYPE_CHECKING:
    from storage.audit import Audit


@click.command()
@click.option(
    "--since",
    type=click.DateTime(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    metavar="YYYY-MM-DD[THH:MM:SS]",
    help="Only what was sent from then on, in UTC.",
)
@json_option
@pass_context
def audit(context: Context, *, since: datetime | None, as_json: bool) -> None:
    """Prove from the request log that no disallowed page was fetched, and no gap was too short.

    For each request the robots.txt that allowed it is read again, and the time since the request before it
    to the same host is compared with what was promised. Exits with 1 and names the requests when a promise
    was not kept.

    \b
    Example:
      wireroom audit --since 2026-11-01
    """
    from dataclasses import asdict  # noqa: PLC0415 - only when needed

    from scraper.robots_txt import parse_robots  # noqa: PLC0415 - only when needed
    from storage.audit import audit as run_audit  # noqa: PLC0415 - only when needed

    start = since.replace(tzinfo=UTC) if since else None
    with context.read_archive() as db:
        found = run_audit(db, read_rules=parse_robots, since=start)
    if as_json:
        print_json(asdict(found))
    else:
        _print_audit(found)
    if found.violations:
        raise SystemExit(1)


def _print_audit(found: "Audit") -> None:
    out = console()
    out.print(f"{found.requests:,} requests to {found.hosts:,} hosts")
    disallowed = len({one.request for one in found.violations if one.rule == "robots"})
    short = len({one.request for one in found.violations if one.rule == "gap"})
    out.print(f"robots.txt: {found.judged:,} pages and lists judged, {disallowed:,} not allowed")
    margin = "" if found.least_margin is None else f"; the tightest by {found.least_margin:+g} s"
    out.print(f"gaps: {found.gaps:,} measured, {short:,} shorter than promised{margin}")
    if found.unclear:
        out.print(f"[yellow]{found.unclear:,} gaps cannot be measured: the clock was set back[/]")
    if not found.violations:
        out.print("[green]every promise was kept[/green]")
        return
    made = table("request", "sent at", "url", "what is wrong", right=("request",))
    for one in found.violations:
        made.add_row(str(one.request), one.sent_at, escaped(one.url), escaped(one.reason))
    out.print(made)


COMMANDS = (audit,)
