"""`wireroom count` and `withdraw`: numbers for a paper, and taking something out for a legal demand."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Literal

import click

from scraper.cli.archive import canonical_or_key
from scraper.cli.context import Context, pass_context
from scraper.cli.options import since_option, sources_option, until_option
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json_lines, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.coverage import Day
    from storage.search import Cell

By = Literal["month", "source"]


def _read_by(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[By, ...]:
    known: dict[str, By] = {"month": "month", "source": "source"}
    names = [name.strip() for name in value.split(",") if name.strip()]
    wrong = [name for name in names if name not in known]
    if wrong or not names:
        raise click.BadParameter(f"{value!r}: name month, source, or month,source")
    return tuple(known[name] for name in dict.fromkeys(names))


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--by",
    default="month",
    show_default=True,
    callback=_read_by,
    metavar="month,source",
    help="Count by month, by source, or by both.",
)
@since_option
@until_option
@sources_option
@click.option("--language", metavar="CODE", help="Only this language, such as en or zh.")
@json_option
@pass_context
def count(
    context: Context,
    *,
    query: tuple[str, ...],
    by: tuple[By, ...],
    since: date | None,
    until: date | None,
    sources: tuple[str, ...],
    language: str | None,
    as_json: bool,
) -> None:
    """Count the articles that a search finds, by month, by source, or by both.

    By both, each month also says on how many of its days the source was looked at: where that is none, the
    number says nothing of what was published. An article that appeared in two sources counts in both.

    \b
    Example:
      wireroom count "digital economy" --by month,source --since 2026-01-01
    """
    from dataclasses import asdict  # noqa: PLC0415 - only when needed
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only when needed

    from storage import search  # noqa: PLC0415 - only when needed
    from storage.coverage import cover  # noqa: PLC0415 - only when needed

    filters = search.Filters(since=since, until=until, sources=sources, language=language)
    zones = {one.name: ZoneInfo(one.timezone) for one in context.load_config().known.values()}
    with context.read_archive() as db:
        cells = search.count_by(db, " ".join(query), by=by, filters=filters)
        is_by_both = set(by) == {"month", "source"}
        days = cover(db, zones=zones, now=datetime.now(UTC)) if is_by_both else []
    looked = _looked_at(days)
    cells = sorted(_with_gaps(cells, looked, sources, since, until), key=_order)
    if as_json:
        print_json_lines(
            asdict(cell) | ({"days_polled": looked.get(_order(cell), 0)} if days else {})
            for cell in cells
        )
        return
    made = table(*by, "articles", *(["days looked"] if days else []), right=("articles",))
    for cell in cells:
        names = [escaped(str(getattr(cell, name))) for name in by]
        polled = looked.get(_order(cell), 0)
        shown = str(polled) if polled else "[yellow]not polled[/yellow]"
        made.add_row(*names, f"{cell.number:,}", *([shown] if days else []))
    console().print(made)


def _order(cell: "Cell") -> tuple[str, str]:
    return cell.month or "", cell.source or ""


def _looked_at(days: "list[Day]") -> dict[tuple[str, str], int]:
    """Return on how many days of a month a source was polled."""
    looked: dict[tuple[str, str], int] = {}
    for day in days:
        place = (f"{day.day:%Y-%m}", day.source)
        looked[place] = looked.get(place, 0) + bool(day.polled)
    return looked


def _with_gaps(
    cells: "list[Cell]",
    looked: dict[tuple[str, str], int],
    sources: tuple[str, ...],
    since: date | None,
    until: date | None,
) -> "Iterator[Cell]":
    """Yield the cells, and an empty one for each month of a source that was looked at in vain."""
    from storage.search import Cell  # noqa: PLC0415 - only when needed

    yield from cells
    there = {_order(cell) for cell in cells}
    first = f"{since:%Y-%m}" if since else ""
    last = f"{until:%Y-%m}" if until else "9999"
    for month, source in looked:
        wanted = (not sources or source in sources) and first <= month <= last
        if wanted and (month, source) not in there:
            yield Cell(month=month, source=source, number=0)


@click.command()
@click.argument("key", metavar="KEY|URL")
@click.option("--reason", required=True, help="Why; it stays in the archive, with the date.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_context
def withdraw(context: Context, key: str, *, reason: str, yes: bool) -> None:
    """Take one appearance out for a legal demand: every version, its index entries, its stored responses.

    A tombstone stays: the key, the URL, the SHA-256 of the last text, the date and the reason. The page is
    never archived again. Copies in other sources stay; `wireroom copies KEY` lists them. Backups are not
    touched.

    \b
    Example:
      wireroom withdraw k3v7q2mzn4xa --reason "court order 12/2026"
    """
    from storage import reading  # noqa: PLC0415 - only when needed
    from storage.archive import open_archive  # noqa: PLC0415 - only when needed
    from storage.withdrawals import take_out  # noqa: PLC0415 - only when needed

    name = canonical_or_key(key)
    with open_archive(context.archive) as archive:
        with archive.read() as db:
            article = reading.get(db, name)
        own = next((a for a in article.appearances if name in {a.key, a.url}), None)
        shown = f"{own.title} ({own.url})" if own else article.title
        if not yes:
            click.confirm(f"Remove {shown} for ever?", abort=True)
        stone = take_out(archive, name, reason=reason, now=datetime.now(UTC))
    click.echo(f"withdrew {stone.key}; its last text had the SHA-256 {stone.digest}")


COMMANDS = (count, withdraw)
