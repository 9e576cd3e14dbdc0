"""`wireroom sources health` and `metrics`: how the sources fare, for a person and for Prometheus."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.context import Context, pass_context
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json_lines, table, when
from scraper.cli.sources import sources

if TYPE_CHECKING:
    from storage.health import Health


@sources.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@json_option
@pass_context
def health(context: Context, names: tuple[str, ...], *, as_json: bool) -> None:
    """Say which sources are ill, since when, and what to do; nothing is fetched.

    Without a NAME the chosen sources are looked at. Exits with 1 when one of them needs a hand.

    \b
    Example:
      wireroom sources health itu cgtn
    """
    from scraper.health import watch  # noqa: PLC0415 - only when needed
    from storage.health import FINE, examine  # noqa: PLC0415 - only when needed

    chosen = context.load_config().choose(names)
    now = datetime.now(UTC)
    with context.read_archive() as db:
        examined = [examine(db, watch(source), now=now) for source in chosen]
    if as_json:
        print_json_lines(_health_json(health) for health in examined)
    else:
        _print_health(examined)
    if any(health.condition not in FINE for health in examined):
        raise SystemExit(1)


def _print_health(examined: "list[Health]") -> None:
    made = table("source", "health", "since", "what was seen", "what to do")
    for health in examined:
        if not health.findings:
            mark = "green" if health.condition == "healthy" else "dim"
            made.add_row(health.source, f"[{mark}]{health.condition}[/{mark}]", "", "", "")
        for number, finding in enumerate(health.findings):
            made.add_row(
                health.source if number == 0 else "",
                f"[red]{finding.condition}[/red]",
                when(finding.since),
                escaped(finding.what),
                escaped(finding.way_out),
            )
    console().print(made)


def _health_json(health: "Health") -> dict[str, Any]:
    from storage.records import utc_text  # noqa: PLC0415 - only when needed

    return {
        "source": health.source,
        "health": health.condition,
        "findings": [
            {
                "condition": finding.condition,
                "since": utc_text(finding.since) if finding.since else None,
                "what": finding.what,
                "way_out": finding.way_out,
            }
            for finding in health.findings
        ],
    }


@click.command()
@pass_context
def metrics(context: Context) -> None:
    """Print what the archive and the chosen sources tell a monitoring system, as Prometheus reads it.

    For the textfile collector of the node exporter, from a timer; no port is opened.

    \b
    Example:
      wireroom metrics > /var/lib/node_exporter/wireroom.prom.new
    """
    from scraper.metrics import render_metrics  # noqa: PLC0415 - only when needed

    config = context.load_config()
    with context.read_archive() as db:
        size = context.archive.stat().st_size
        text = render_metrics(db, config.sources, archive_bytes=size, now=datetime.now(UTC))
    click.echo(text, nl=False)


COMMANDS = (metrics,)
