"""`wireroom search`, `show`, `export` and `stats`: reading the archive."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from scraper.cli.context import Context, pass_context
from scraper.cli.options import since_option, sources_option, until_option
from scraper.cli.output import as_json as json_option
from scraper.cli.output import (
    clean,
    console,
    escaped,
    print_json,
    print_json_lines,
    published,
    table,
    when,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.reading import StoredArticle
    from storage.search import Hit

# Of a list of damaged articles so many are named.
MOST_DAMAGED_SHOWN = 20


@click.command()
@click.argument("query", nargs=-1)
@since_option
@until_option
@sources_option
@click.option("--language", metavar="CODE", help="Only this language, such as en or zh.")
@click.option(
    "--event",
    metavar="NAME[:YEAR]",
    help="Only articles about this event, or this edition of it (`wireroom events` lists them).",
)
@click.option(
    "--review",
    is_flag=True,
    help="Only what was kept unjudged: no terms are known for its language.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most N hits."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
)
@json_option
@pass_context
def search(
    context: Context,
    query: tuple[str, ...],
    *,
    since: date | None,
    until: date | None,
    sources: tuple[str, ...],
    language: str | None,
    event: str | None,
    review: bool,
    limit: int,
    sort: Literal["relevance", "newest", "oldest"],
    as_json: bool,
) -> None:
    """Find articles; the best match comes first.

    All words must occur. AND, OR and NOT in capitals, "paired quotes" and a trailing * are operators;
    everything else is taken literally. Words of every script are found. With --event or --review, the query
    may be left out.

    \b
    Examples:
      wireroom search '"cross-border data" NOT tariff' --since 2024-01-01
      wireroom search 数字经济 --sort newest --json
      wireroom search --event gdec:2024
    """
    from storage.search import Filters, count, search  # noqa: PLC0415 - only when needed

    words = " ".join(query)
    if not words and not event and not review:
        raise click.UsageError("say what to find: words, --event or --review")
    name, edition = _read_event(event)
    filters = Filters(
        since=since,
        until=until,
        sources=sources,
        language=language,
        event=name,
        edition=edition,
        review=review,
    )
    with context.read_archive() as db:
        hits = search(db, words, filters=filters, limit=limit, sort=sort)
        total = count(db, words, filters=filters) if len(hits) == limit else len(hits)
    if as_json:
        print_json_lines(_hit_json(hit) for hit in hits)
        return
    for hit in hits:
        print_hit(hit)
    shown = f"{len(hits)} of {total} articles" if total > len(hits) else f"{total} articles"
    click.echo(shown if total != 1 else "1 article", err=True)


def _read_event(text: str | None) -> tuple[str | None, int | None]:
    from scraper.cli.relevance import check_event  # noqa: PLC0415 - it imports this module

    if text is None:
        return None, None
    name, colon, year = text.partition(":")
    check_event(name)
    if colon and not (year.isdecimal() and len(year) == 4):  # noqa: PLR2004 - a year
        raise click.UsageError(f"--event {text}: the edition is a year, such as {name}:2024")
    return name, int(year) if colon else None


def _hit_json(hit: "Hit") -> dict[str, Any]:
    return {
        "key": hit.key,
        "url": hit.url,
        "title": hit.title,
        "published_date": hit.published_date.isoformat() if hit.published_date else None,
        "source": hit.source,
        "language": hit.language,
        "score": hit.score,
        "snippet": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
        "matched_key": hit.matched_key,
        "appearances": hit.appearances,
    }


def print_hit(hit: "Hit") -> None:
    """Print a hit for a person, its matches marked."""
    from rich.text import Text  # noqa: PLC0415 - JSON needs none

    out = console()
    facts = [str(hit.published_date or "undated"), hit.source, hit.key]
    if hit.appearances > 1:
        facts.append(f"{hit.appearances} appearances")
    if hit.matched_key:
        facts.append(f"found in {hit.matched_key}")
    out.print(f"[bold]{escaped(hit.title)}[/bold]")
    out.print(f"  [dim]{escaped(' · '.join(facts))}[/dim]")
    snippet = Text("  " + clean(hit.snippet.text))
    for start, end in hit.snippet.marks:
        snippet.stylize("bold yellow", start + 2, end + 2)
    out.print(snippet)
    out.print(f"  [dim]{escaped(hit.url)}[/dim]\n")


@click.command()
@click.argument("key", metavar="KEY|URL")
@json_option
@pass_context
def show(context: Context, key: str, *, as_json: bool) -> None:
    """Show one article, with everywhere it appeared.

    The key or URL of any of its appearances will do; KEY@N is version N of an appearance.

    \b
    Example:
      wireroom show k3v7q2mzn4xa
    """
    from storage import reading  # noqa: PLC0415 - only when needed

    with context.read_archive() as db:
        article = reading.get(db, canonical_or_key(key))
    if as_json:
        print_json(article.to_json())
        return
    out = console()
    out.print(f"[bold]{escaped(article.title)}[/bold]")
    facts = {
        "key": article.key,
        "date": published(article.published_date, article.published_at),
        "authors": ", ".join(article.authors) or "none named",
        "source": " · ".join(filter(None, (article.source, article.outlet, article.credit))),
        "language": article.language or "unknown",
        "license": article.license,
        "url": article.url,
        "gone": gone_since(article),
        "first seen": when(article.first_seen_at),
    }
    for name, value in facts.items():
        if value:
            out.print(f"[dim]{name:>10}[/dim]  {escaped(value)}")
    out.print()
    for paragraph in article.text.split("\n"):
        out.print(escaped(paragraph))
        out.print()
    if len(article.appearances) > 1:
        made = table("key", "source", "date", "title", "url")
        for appearance in article.appearances:
            made.add_row(
                appearance.key,
                appearance.source,
                str(appearance.published_date or ""),
                escaped(appearance.title),
                escaped(appearance.url),
            )
        out.print("Where it appeared:")
        out.print(made)


def gone_since(article: "StoredArticle") -> str | None:
    """Return since when the shown appearance is gone from where it stood; None while it stands."""
    own = next((one for one in article.appearances if one.key == article.key), None)
    return f"since {when(own.gone_at)}" if own is not None and own.gone_at else None


def canonical_or_key(text: str) -> str:
    """Return a key as it is, and anything that looks like a URL in its canonical form.

    Raises:
        click.UsageError: for what is neither.
    """
    from scraper.errors import UrlRefused  # noqa: PLC0415 - only when needed
    from scraper.urls import canonicalise  # noqa: PLC0415 - only when needed

    if "/" not in text:
        return text
    try:
        return canonicalise(text)
    except UrlRefused as error:
        raise click.UsageError(f"{text}: neither a key nor a URL ({error})") from error


@click.command()
@since_option
@until_option
@sources_option
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to a file instead; it appears only when it is complete.",
)
@pass_context
def export(
    context: Context,
    *,
    since: date | None,
    until: date | None,
    sources: tuple[str, ...],
    output: Path | None,
) -> None:
    """Print whole articles as JSON lines, with everywhere they appeared and every version.

    `wireroom import` reads them back. Articles that are damaged are left out and named; the exit code is
    1 then.

    \b
    Example:
      wireroom export --since 2024-01-01 | jq -r .title
    """
    from storage import exchange  # noqa: PLC0415 - only when needed
    from storage.errors import ArchiveError, brief  # noqa: PLC0415 - only when needed

    damaged: list[str] = []
    with context.read_archive() as db:
        records = exchange.export(
            db,
            since=since,
            until=until,
            source=sources,
            on_damage=lambda key, error: damaged.append(f"{clean(key)}: {brief(error)}"),
        )
        if output is None:
            print_json_lines(records)
        else:
            _write_lines(records, output)
    for said in damaged[:MOST_DAMAGED_SHOWN]:
        click.echo(f"left out, it cannot be read: {said}", err=True)
    if damaged:
        raise ArchiveError(
            f"{len(damaged)} articles are damaged and were left out; `wireroom doctor` tells more"
        )


def _write_lines(records: "Iterable[dict[str, Any]]", output: Path) -> None:
    import json  # noqa: PLC0415 - only when needed

    partial = output.with_name(output.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for record in records:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        partial.replace(output)
    except OSError as error:
        raise click.ClickException(
            f"{output}: cannot be written: {error.strerror or error}; name a file in a folder that exists,"
            " has room, and may be written"
        ) from error


@click.command()
@json_option
@pass_context
def stats(context: Context, *, as_json: bool) -> None:
    """Say what the archive holds.

    \b
    Example:
      wireroom stats
    """
    from dataclasses import asdict  # noqa: PLC0415 - only when needed

    from storage import reports  # noqa: PLC0415 - only when needed

    with context.read_archive() as db:
        found = reports.stats(db)
    if as_json:
        print_json(asdict(found))
        return
    out = console()
    for name, value in asdict(found).items():
        if not isinstance(value, dict):
            out.print(f"[dim]{name.replace('_', ' '):>14}[/dim]  {value}")
    for name, value in asdict(found).items():
        if isinstance(value, dict) and value:
            made = table(name.removeprefix("by_"), "count", right=("count",))
            for label, number in value.items():
                made.add_row(escaped(str(label)), f"{number:,}")
            out.print(made)


COMMANDS = (search, show, export, stats)
