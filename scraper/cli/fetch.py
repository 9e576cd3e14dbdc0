"""`wireroom fetch`: one page now."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper import fork_server
from scraper.cli.context import Context, pass_context
from scraper.cli.output import clean, console, escaped, print_json, published
from scraper.cli.relevance import print_judgement

if TYPE_CHECKING:
    from storage.records import Outcome, Recorded


@click.command()
@click.argument("url")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--save", is_flag=True, help="Keep the article in the archive, relevant or not.")
@pass_context
def fetch(context: Context, url: str, *, form: str, as_json: bool, save: bool) -> None:
    """Fetch one page now and print what it says.

    A page that is no article is named as what it is, and the command exits with 1; so it does when a page is
    not saved because it was withdrawn.

    \b
    Example:
      wireroom fetch https://www.itu.int/hub/2026/03/some-article/ --format markdown
    """
    fork_server.start()
    from scraper.crawling.plan import CrawlPlan  # noqa: PLC0415 - Scrapy loads with it
    from scraper.crawling.run import run_crawl  # noqa: PLC0415 - Scrapy loads with it
    from scraper.sources import source_of_url  # noqa: PLC0415 - only when needed
    from scraper.urls import canonicalise  # noqa: PLC0415 - only when needed

    form = "json" if as_json else form
    config = context.load_config()
    canonical = canonicalise(url)
    source = source_of_url(canonical, config.sources)
    if source not in config.sources:
        source = replace(source, delay=config.defaults.delay)
    with tempfile.TemporaryDirectory(prefix="wireroom-", dir=_memory()) as scratch:
        # The host's pace is kept in the archive; without one, in a file that goes away again.
        known = save or context.archive.exists()
        plan = CrawlPlan(
            archive=context.archive if known else Path(scratch) / "pace.db",
            config=replace(config, workers=1),
            sources=(source,),
            url=canonical,
            save=save,
            markdown=form != "text",
        )
        report = run_crawl(plan)
    outcome = report.outcome
    if outcome is None:
        raise click.ClickException(f"{canonical}: the fetch was stopped")
    if outcome.article is None:
        raise click.ClickException(
            f"{canonical}: {outcome.state}, {outcome.kind}: {outcome.reason}"
        )
    if form == "json":
        print_json(article_json(outcome))
    elif form == "markdown":
        click.echo(clean(_markdown(outcome)))
    else:
        _print_for_a_person(outcome)
    if save and report.recorded is not None:
        _say_what_was_saved(outcome, report.recorded)


def _memory() -> str | None:
    """Return a folder that is on no disk, where the system has one: what is soon gone need not be synced."""
    memory = "/dev/shm"  # noqa: S108 - a folder with a name of its own is made in it
    return memory if os.access(memory, os.W_OK) else None


def _say_what_was_saved(outcome: "Outcome", recorded: "Recorded") -> None:
    from storage.records import State  # noqa: PLC0415 - only when needed

    said = {"new": "saved", "version": "saved as a new version", "unchanged": "known already"}
    if recorded.result in said:
        click.echo(f"{said[recorded.result]}: {recorded.key}", err=True)
        return
    withdrawn = "it was withdrawn, and what was withdrawn is never archived again"
    why = withdrawn if outcome.state is State.ARCHIVED else outcome.reason or outcome.kind
    raise click.ClickException(
        f"not saved: {outcome.final_url or outcome.url}: {why}; `wireroom why` tells its story"
    )


def article_json(outcome: "Outcome") -> dict[str, Any]:
    """Return what was fetched, in the fields that `show` and `export` have too."""
    from storage.exchange import reading_json  # noqa: PLC0415 - only when needed

    return reading_json(outcome)


def _markdown(outcome: "Outcome") -> str:
    article = outcome.article
    if article is None:
        return ""
    byline = ", ".join(
        part
        for part in (
            ", ".join(article.authors),
            article.outlet or outcome.source,
            str(article.published_date or ""),
        )
        if part
    )
    link = f"<{outcome.final_url or outcome.url}>"
    return f"# {article.title}\n\n{byline}\n{link}\n\n{article.markdown or article.text}"


def _print_for_a_person(outcome: "Outcome") -> None:
    article, relevance = outcome.article, outcome.relevance
    if article is None or relevance is None:
        return
    out = console()
    out.print(f"[bold]{escaped(article.title)}[/bold]")
    facts = {
        "date": published(article.published_date, article.published_at),
        "authors": ", ".join(article.authors) or "none named",
        "source": " · ".join(filter(None, (outcome.source, article.outlet, article.credit))),
        "language": article.language or "unknown",
        "license": article.license or "none stated",
        "url": outcome.final_url or outcome.url,
    }
    for name, value in facts.items():
        out.print(f"[dim]{name:>10}[/dim]  {escaped(value)}")
    out.print()
    print_judgement(relevance)
    out.print()
    for paragraph in article.text.split("\n"):
        out.print(escaped(paragraph))
        out.print()


COMMANDS = (fetch,)
