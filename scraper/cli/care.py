"""`wireroom coverage`, `doctor` and `backup`: looking after an archive."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from scraper.cli.context import Context, pass_context
from scraper.cli.options import since_option, source_option, until_option
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json_lines, table


@click.command()
@click.option(
    "--repair", "mend", is_flag=True, help="Mend what follows from the rest, then look again."
)
@json_option
@pass_context
def doctor(context: Context, *, mend: bool, as_json: bool) -> None:
    """Look the archive over: its file, every text, the index, every capture, by their digests.

    Exits with 1 when something is damaged. --repair writes the index, the counters and the rows of articles
    again and cuts torn tails; texts, versions and captures are never touched.

    \b
    Example:
      wireroom doctor --repair
    """
    from dataclasses import asdict  # noqa: PLC0415 - only when needed

    from storage.archive import open_archive  # noqa: PLC0415 - only when needed
    from storage.doctor import examine, repair  # noqa: PLC0415 - only when needed

    with open_archive(context.archive) as archive:
        findings = examine(archive)
        if mend and any(finding.repairable for finding in findings):
            for done in repair(archive):
                click.echo(done, err=True)
            findings = examine(archive)
    damage = [finding for finding in findings if finding.is_damage]
    if as_json:
        print_json_lines(asdict(finding) for finding in findings)
    else:
        out = console()
        for finding in findings:
            mark = "[red]wrong[/red]" if finding.is_damage else "[dim]note[/dim]"
            out.print(
                f"{mark}  {escaped(finding.what)}\n       [dim]{escaped(finding.way_out)}[/dim]"
            )
        if not damage:
            out.print("[green]sound[/green]")
    if damage:
        raise SystemExit(1)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@pass_context
def backup(context: Context, folder: Path) -> None:
    """Copy the archive and its captures into a FOLDER, consistently, also while crawls run.

    The same folder may be used again: of the captures only what is new is copied, and the archive's file is
    replaced only by a whole one.

    \b
    Example:
      wireroom backup /mnt/backup/wireroom
    """
    from storage.archive import open_archive  # noqa: PLC0415 - only when needed
    from storage.backup import back_up  # noqa: PLC0415 - only when needed

    with open_archive(context.archive) as archive:
        made = back_up(archive, folder)
    click.echo(f"wrote {made.archive}, and {made.captures:,} bytes of captures")


@click.command()
@source_option
@since_option
@until_option
@click.option("--gaps", is_flag=True, help="Only the days on which nobody was looking.")
@json_option
@pass_context
def coverage(
    context: Context,
    *,
    source: str | None,
    since: date | None,
    until: date | None,
    gaps: bool,
    as_json: bool,
) -> None:
    """Say for each source and day what was discovered, fetched, rejected, or not looked at.

    Days are those of the source's own time zone, up to its today. "not polled" means that nobody was looking:
    that nothing was archived then says nothing of what was published.

    \b
    Example:
      wireroom coverage --source itu --since 2026-11-01
    """
    from dataclasses import asdict  # noqa: PLC0415 - only when needed
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only when needed

    from storage.coverage import cover  # noqa: PLC0415 - only when needed

    known = context.load_config().known.values()
    zones = {one.name: ZoneInfo(one.timezone) for one in known}
    with context.read_archive() as db:
        days = cover(
            db, zones=zones, now=datetime.now(UTC), since=since, until=until, source=source
        )
    days = [day for day in days if not gaps or not day.polled]
    if as_json:
        print_json_lines(asdict(day) | {"day": day.day.isoformat()} for day in days)
        return
    numbers = ("discovered", "fetched", "archived", "rejected", "failed")
    made = table("source", "day", "crawls", *numbers, right=("crawls", *numbers))
    for day in days:
        values = [str(getattr(day, name) or "") for name in numbers]
        polled = str(day.polled) if day.polled else "[yellow]not polled[/yellow]"
        made.add_row(day.source, day.day.isoformat(), polled, *values)
    console().print(made)


COMMANDS = (coverage, doctor, backup)
