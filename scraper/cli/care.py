"""`wireroom doctor` and `backup`: looking after an archive."""

from pathlib import Path

import click

from scraper.cli.context import Context, pass_context
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json_lines


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


COMMANDS = (doctor, backup)
