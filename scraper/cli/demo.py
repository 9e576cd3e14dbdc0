"""`wireroom demo`: the whole of it on one machine, without a network."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.context import Context, pass_context
from scraper.cli.output import console, escaped, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.demo import Check, World

EXAMPLE_QUERY = '"digital economy" conference'


@click.command()
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the archive and its settings in this folder, to try the other commands on.",
)
@click.option("--serve", is_flag=True, help="Only serve the demo's portals, until Ctrl-C.")
@pass_context
def demo(context: Context, *, keep: Path | None, serve: bool) -> None:
    """Crawl a small news world on this machine, and compare what was found with what is there.

    Nine portals are served on loopback addresses and crawled with the real stack. Nothing leaves the
    machine.

    \b
    Example:
      wireroom demo --keep demo
    """
    from scraper.demo import World  # noqa: PLC0415 - only when needed

    with World() as world:
        if serve:
            _serve(world)
            return
        with tempfile.TemporaryDirectory(prefix="wireroom-demo-") as scratch:
            folder = keep or Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            checks = _crawl(world, folder, verbose=context)
            _search(folder)
    _say_what_next(keep)
    if not all(check.expected == check.found and not check.wrong for check in checks):
        raise click.ClickException("the archive differs from what the portals hold, as shown above")


def _crawl(world: "World", folder: Path, *, verbose: Context) -> "Sequence[Check]":
    import sys  # noqa: PLC0415 - only when needed

    from scraper.cli.crawl import print_summary  # noqa: PLC0415 - only when needed
    from scraper.config import load_config  # noqa: PLC0415 - only when needed
    from scraper.crawling.plan import CrawlPlan  # noqa: PLC0415 - Scrapy loads with it
    from scraper.crawling.progress import watch_in_terminal  # noqa: PLC0415
    from scraper.crawling.run import run_crawl  # noqa: PLC0415 - Scrapy loads with it
    from scraper.demo import compare  # noqa: PLC0415 - only when needed
    from storage import exchange, reports  # noqa: PLC0415 - only when needed
    from storage.archive import open_archive  # noqa: PLC0415 - only when needed

    config_file = folder / "wireroom.toml"
    config_file.write_text(world.config_toml(), encoding="utf-8")
    file = folder / "wireroom.db"
    config = load_config(config_file, archive=file)
    config = replace(config, allow_networks=(*config.allow_networks, *verbose.allow_networks))
    out = console()
    out.print(
        f"Crawling {len(world.portals)} portals with {len(world.articles)} articles on loopback."
    )
    with watch_in_terminal(quiet=not sys.stderr.isatty()) as watch:
        report = run_crawl(
            CrawlPlan(archive=file, config=config, sources=config.sources), watch=watch
        )
    print_summary(report.sources)
    archive = open_archive(file)
    try:
        with archive.read() as db:
            checks = compare(world, exchange.export(db), reports.outcomes(db))
    finally:
        archive.close()
    numbers = ("there", "found")
    made = table("what", *numbers, "", right=numbers)
    for check in checks:
        right = check.expected == check.found and not check.wrong
        made.add_row(
            check.name,
            str(check.expected),
            str(check.found),
            "[green]right[/green]" if right else f"[red]{escaped('; '.join(check.wrong))}[/red]",
        )
    out.print(made)
    return checks


def _search(folder: Path) -> None:
    from scraper.cli.archive import print_hit  # noqa: PLC0415 - only when needed
    from storage.archive import open_archive  # noqa: PLC0415 - only when needed
    from storage.search import search  # noqa: PLC0415 - only when needed

    console().print(f"[bold]wireroom search '{EXAMPLE_QUERY}' --limit 3[/bold]\n")
    archive = open_archive(folder / "wireroom.db")
    try:
        with archive.read() as db:
            for hit in search(db, EXAMPLE_QUERY, limit=3):
                print_hit(hit)
    finally:
        archive.close()


def _serve(world: "World") -> None:
    from threading import Event  # noqa: PLC0415 - only when needed

    for portal in world.portals:
        click.echo(f"{portal.name}: {portal.home}")
    click.echo("Ctrl-C ends it.")
    try:
        Event().wait()
    except KeyboardInterrupt:
        return


def _say_what_next(keep: Path | None) -> None:
    out = console()
    if keep is None:
        out.print("The archive was only for show. What to try next:")
        out.print("  wireroom demo --keep demo                        keep it, and look into it")
    else:
        archive = keep / "wireroom.db"
        out.print("What to try next:")
        out.print(f"  wireroom --archive {archive} search 数字经济 --sort newest")
        out.print(f"  wireroom --archive {archive} stats")
        out.print(f"  wireroom --archive {archive} export | head -1")
    out.print("  wireroom init && wireroom sources list           set up an archive of your own")


COMMANDS = (demo,)
