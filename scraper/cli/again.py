"""`wireroom import`, `reextract` and `rescore`: doing it again, without a network."""

import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.archive import canonical_or_key
from scraper.cli.context import Context, pass_context
from scraper.cli.options import since_option, source_option
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json_lines, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scraper.reprocess import FileImported, Rescoring

# Of a list of titles so many are shown.
SHOWN = 20


@contextmanager
def _counting(what: str) -> "Iterator[Callable[[int], None]]":
    """Show a count that grows, on a terminal only."""
    from rich.console import Console  # noqa: PLC0415 - only when needed

    err = Console(stderr=True)
    if not err.is_terminal:
        yield lambda _: None
        return
    with err.status(what) as status:
        yield lambda number: status.update(f"{what}: {number:,}")


@click.command(name="import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
)
@json_option
@pass_context
def import_command(context: Context, files: tuple[str, ...], *, as_json: bool) -> None:
    """Import WARC files, other archives, and the JSON lines of `export`; plain or gzip; - is standard input.

    What a file is is seen from its content. Pages of WARC files are read and judged like fetched ones, with
    the time of their capture. Uniting two archives is importing one into the other. Doing it again changes
    nothing, and an import that broke off goes on where it was. What was withdrawn stays out.

    \b
    Examples:
      wireroom import other/wireroom.db CC-NEWS-20240801.warc.gz
      wireroom --archive other.db export --since 2024-01-01 | wireroom import -
    """
    from scraper.reprocess.files import (  # noqa: PLC0415 - only when needed
        import_file,
        import_stream,
    )
    from storage.archive import open_archive  # noqa: PLC0415 - only when needed

    config = context.load_config()
    with open_archive(context.archive, create=True) as archive:
        for file in files:
            with _counting(f"importing {file}") as report:
                if file == "-":
                    done = import_stream(archive, sys.stdin.buffer, config=config, report=report)
                else:
                    done = import_file(archive, Path(file), config=config, report=report)
            if as_json:
                print_json_lines([_imported_json(done)])
            else:
                click.echo(_imported_sentence(done))


def _imported_json(done: "FileImported") -> dict[str, object]:
    return {
        "file": str(done.file),
        "articles": done.counts.records,
        "appearances": done.counts.appearances,
        "versions": done.counts.versions,
        "withdrawn": done.counts.withdrawn,
        "pages": dict(done.outcomes),
        "resumed_at": done.resumed_at,
    }


def _imported_sentence(done: "FileImported") -> str:
    facts = []
    if done.resumed_at:
        facts.append(f"went on after {done.resumed_at:,} records")
    if done.outcomes:
        facts += [f"{number:,} {kind}" for kind, number in sorted(done.outcomes.items())]
    else:
        counts = done.counts
        facts.append(
            f"{counts.records:,} articles; new: {counts.appearances:,} appearances,"
            f" {counts.versions:,} versions"
        )
        if counts.withdrawn:
            facts.append(f"{counts.withdrawn:,} stay out because they were withdrawn")
    return f"{done.file.name}: {'; '.join(facts)}"


@click.command()
@source_option
@since_option
@click.option("--yes", is_flag=True, help="Do not ask before the new readings are recorded.")
@click.option("--dry-run", is_flag=True, help="Only show gains and losses.")
@pass_context
def reextract(
    context: Context, *, source: str | None, since: date | None, yes: bool, dry_run: bool
) -> None:
    """Read the kept responses again with today's extractor, without a network.

    Shows for each field in how many articles it was gained, lost or changed, then asks. A new reading becomes
    a version with the cause `reading`, beside those of the publisher; nothing is replaced. What is no longer
    read as an article stays as it is.

    \b
    Example:
      wireroom reextract --source itu --dry-run
    """
    from scraper import reprocess  # noqa: PLC0415 - only when needed
    from storage.archive import open_archive  # noqa: PLC0415 - only when needed

    config = context.load_config()
    with open_archive(context.archive) as archive:
        with _counting("reading again") as report:
            found = reprocess.reextract(
                archive,
                config=config,
                source=source,
                since=since,
                now=datetime.now(UTC),
                report=report,
            )
        made = table("field", "gained", "lost", "changed", right=("gained", "lost", "changed"))
        fields = {**found.gained_fields, **found.lost_fields, **found.changed_fields}
        for name in sorted(fields):
            counts = (found.gained_fields, found.lost_fields, found.changed_fields)
            made.add_row(name, *(f"{count[name]:,}" for count in counts))
        click.echo(f"read {found.read:,} pages again; {found.same:,} say the same")
        if fields:
            console().print(made)
        for name in sorted(found.unknown):
            click.echo(
                f"{name} is not known here: its pages are not read again (wireroom.toml names it?)"
            )
        _print_unreadable(found.unreadable)
        for url in found.lost[:SHOWN]:
            click.echo(f"no longer read as an article, stays as it is: {url}")
        if dry_run or not fields:
            return
        if not yes:
            click.confirm("Record the new readings as versions?", abort=True)
        click.echo(f"recorded {found.commit(archive):,} versions")


@click.command()
@source_option
@click.option("--yes", is_flag=True, help="Do not ask before the judgements are written.")
@click.option("--dry-run", is_flag=True, help="Only show what would be gained and lost.")
@pass_context
def rescore(context: Context, *, source: str | None, yes: bool, dry_run: bool) -> None:
    """Judge everything kept by the current topics, what was kept out included.

    What is gained is archived from its kept response; what is lost stays archived, marked as irrelevant.

    \b
    Example:
      wireroom rescore --dry-run
    """
    from scraper import reprocess  # noqa: PLC0415 - only when needed
    from storage.archive import open_archive  # noqa: PLC0415 - only when needed

    config = context.load_config()
    with open_archive(context.archive) as archive:
        with _counting("judging") as report:
            found = reprocess.rescore(archive, config=config, source=source, report=report)
        click.echo(
            f"judged {found.judged:,}: {len(found.gained):,} gained, {len(found.lost):,} lost"
        )
        _print_titles(found)
        _print_unreadable(found.unreadable)
        if dry_run:
            return
        if not yes:
            click.confirm("Write these judgements?", abort=True)
        found.commit(archive, config=config, now=datetime.now(UTC))


def _print_unreadable(said: list[str]) -> None:
    for sentence in said[:SHOWN]:
        click.echo(f"left as it is: {sentence}", err=True)
    if len(said) > SHOWN:
        click.echo(f"and {len(said) - SHOWN:,} more", err=True)


def _print_titles(found: "Rescoring") -> None:
    out = console()
    for mark, rows in (("[green]+[/green]", found.gained), ("[red]-[/red]", found.lost)):
        for url, title in rows[:SHOWN]:
            out.print(f"{mark} {escaped(title)}  [dim]{escaped(url)}[/dim]")
        if len(rows) > SHOWN:
            out.print(f"  and {len(rows) - SHOWN:,} more")


@click.command()
@click.argument("key", metavar="KEY|URL")
@pass_context
def restore(context: Context, key: str) -> None:
    """Archive a page that was kept out as irrelevant, from its kept response, without a network.

    \b
    Example:
      wireroom restore k3v7q2mzn4xa
    """
    from scraper import reprocess  # noqa: PLC0415 - only when needed
    from storage.archive import open_archive  # noqa: PLC0415 - only when needed

    config = context.load_config()
    with open_archive(context.archive) as archive:
        restored = reprocess.win_back(archive, canonical_or_key(key), config=config)
    click.echo(f"archived {restored}")


COMMANDS = (import_command, reextract, rescore, restore)
