"""`wireroom init` and `sources`: the settings' file, and the sources it chooses from."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.context import Context, pass_context
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json, print_json_lines, table

if TYPE_CHECKING:
    from scraper.sources import Source


@click.command()
@click.option("--contact", help="The address for the User-Agent, such as you@example.org.")
@pass_context
def init(context: Context, *, contact: str | None) -> None:
    """Write a commented wireroom.toml beside the archive.

    \b
    Example:
      wireroom init --contact you@example.org
    """
    from scraper.config import write_config  # noqa: PLC0415 - only when needed

    path = context.config_file or Path(context.archive).with_name("wireroom.toml")
    write_config(path, contact=contact)
    click.echo(f"wrote {path}")
    if contact is None:
        click.echo("Set `contact` in it before the first crawl.")


@click.group()
def sources() -> None:
    """List and show the portals that can be crawled."""


@sources.command("list")
@json_option
@pass_context
def list_sources(context: Context, *, as_json: bool) -> None:
    """List the catalogue and your own sources; those chosen are marked.

    \b
    Example:
      wireroom sources list
    """
    config = context.load_config()
    chosen = {source.name for source in config.sources}
    known = sorted(config.known.values(), key=lambda source: source.name)
    if as_json:
        print_json_lines(_source_json(source, chosen=source.name in chosen) for source in known)
        return
    made = table("", "source", "title", "languages", "country", "ways in", "home")
    for source in known:
        made.add_row(
            "*" if source.name in chosen else "",
            source.name,
            escaped(source.title),
            ", ".join(source.languages),
            source.country or "",
            _ways_in(source),
            escaped(source.home),
        )
    out = console()
    out.print(made)
    out.print("[dim]* chosen in wireroom.toml[/dim]")


@sources.command("show")
@click.argument("name")
@json_option
@pass_context
def show_source(context: Context, name: str, *, as_json: bool) -> None:
    """Show all that is set for one source.

    \b
    Example:
      wireroom sources show china_org_cn
    """
    config = context.load_config()
    (source,) = config.choose((name,))
    record = _source_json(source, chosen=source in config.sources)
    if as_json:
        print_json(record)
        return
    out = console()
    for field, value in record.items():
        if value not in (None, "", [], {}):
            text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
            for number, line in enumerate(text.split("\n")):
                label = field if number == 0 else ""
                out.print(f"[dim]{label:>10}[/dim]  {escaped(line)}")


def _source_json(source: "Source", *, chosen: bool) -> dict[str, Any]:
    record = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(source).items()
    }
    return record | {"chosen": chosen}


def _ways_in(source: "Source") -> str:
    counts = {
        "feed": len(source.feeds),
        "sitemap": len(source.sitemaps),
        "section": len(source.sections),
    }
    return ", ".join(
        f"{count} {name}{'s' * (count > 1)}" for name, count in counts.items() if count
    )


COMMANDS = (init, sources)
