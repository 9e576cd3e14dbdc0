"""`wireroom sources`: the catalogue, what its lists serve now, and sources of your own."""

import tempfile
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.context import Context, pass_context
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json, print_json_lines, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.crawling.run import CrawlReport
    from scraper.discovery.survey import ListSurvey
    from scraper.sources import Source


@click.group()
def sources() -> None:
    """List, check, add, import and export the portals that are crawled."""


@sources.command("list")
@click.option("--group", metavar="NAME", help="Only this group of the catalogue, such as china.")
@json_option
@pass_context
def list_sources(context: Context, *, group: str | None, as_json: bool) -> None:
    """List the catalogue and your own sources; those chosen are marked.

    \b
    Example:
      wireroom sources list --group africa
    """
    from scraper.catalogue import check_group  # noqa: PLC0415 - only when needed
    from scraper.sources import GROUPS  # noqa: PLC0415 - only when needed
    from scraper.toml import Place  # noqa: PLC0415 - only when needed

    if group is not None:
        check_group(group, place=Place("--group"))
    config = context.load_config()
    chosen = {source.name for source in config.sources}
    order = {name: number for number, name in enumerate(GROUPS)}
    known = sorted(
        (source for source in config.known.values() if group in {None, source.group}),
        key=lambda source: (order.get(source.group or "", len(order)), source.name),
    )
    if as_json:
        print_json_lines(_source_json(source, chosen=source.name in chosen) for source in known)
        return
    made = table("", "group", "source", "title", "languages", "country", "ways in")
    for source in known:
        made.add_row(
            "*" if source.name in chosen else "",
            source.group or "your own",
            source.name,
            escaped(source.title),
            ", ".join(source.languages),
            source.country or "",
            _ways_in(source),
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
    shown = {field: _lines_of(field, value) for field, value in record.items()}
    width = max(len(field) for field, lines in shown.items() if lines)
    out = console()
    for field, lines in shown.items():
        for number, line in enumerate(lines):
            out.print(f"[dim]{field if number == 0 else '':>{width}}[/dim]  {escaped(line)}")


def _duration_of(seconds: float) -> str:
    """Return a duration as it is written in the settings."""
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds / size:g}{unit}"
    return f"{seconds:g}s"


def _lines_of(field: str, value: object) -> list[str]:
    """Return a field of a source as lines for a person; none when it is not set."""
    match value:
        case None | "" | []:
            return []
        case bool():
            return ["yes" if value else "no"]
        case list():
            return [str(one) for one in value]
        case dict():
            return [f"{name}: {one}" for name, one in value.items() if one]
        case float() if field.endswith("interval"):
            return [_duration_of(value)]
        case float():
            return [f"{value:g} s"]
        case _:
            return [str(value)]


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


@sources.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@json_option
@pass_context
def check(context: Context, names: tuple[str, ...], *, as_json: bool) -> None:
    """Ask each list of the sources now, and say what it serves; nothing is kept.

    Without a NAME the chosen sources are checked. Exits with 1 when a list needs a hand.

    \b
    Example:
      wireroom sources check itu cgtn
    """
    from scraper.discovery.survey import FINE, advise  # noqa: PLC0415 - only when needed

    chosen = context.load_config().choose(names)
    today = datetime.now(UTC).date()
    report = _survey(context, chosen)
    order = {request.url: n for source in chosen for n, request in enumerate(source.list_pages())}
    surveyed = sorted(report.surveyed, key=lambda s: (s.source, order.get(s.url, 99), s.url))
    if as_json:
        print_json_lines(_survey_json(survey, today) for survey in surveyed)
    else:
        _print_survey(surveyed, today)
    if any(advise(survey, today=today) != FINE for survey in surveyed):
        raise SystemExit(1)


@sources.command()
@click.argument("url")
@click.option("--name", help="How the source is called; by default made from its host.")
@pass_context
def add(context: Context, url: str, *, name: str | None) -> None:
    """Find the lists of a portal from its home page, and write a checked source into wireroom.toml.

    Feeds, sitemaps and sections are found by what the page and robots.txt name and by the usual places; each
    is asked, and only what answers with articles is written.

    \b
    Example:
      wireroom sources add https://news.example.org/
    """
    from scraper.config import append_source  # noqa: PLC0415 - only when needed
    from scraper.sources import Source, source_of_url  # noqa: PLC0415 - only when needed
    from scraper.urls import canonicalise  # noqa: PLC0415 - only when needed

    config = context.load_config()
    home = canonicalise(url)
    portal: Source = replace(source_of_url(home, ()), home=home)
    portal = replace(portal, name=name or portal.name, delay=config.defaults.delay)
    report = _survey(context, (portal,))
    today = datetime.now(UTC).date()
    found = report.homes.get(portal.name)
    guessed = {c.url for c in found.candidates if c.is_guess} if found else set()
    # That nothing stands at a place that nobody named is no news.
    _print_survey([s for s in report.surveyed if s.page or s.url not in guessed], today)
    if found is None:
        (survey,) = report.surveyed or (None,)
        said = survey.reason or survey.answer if survey else "no answer"
        raise click.ClickException(f"{home}: {said}")
    record = _record_of(report, today)
    if not any(record.get(key) for key in ("feeds", "sitemaps", "sections")):
        raise click.ClickException(
            f"{home}: no feed, sitemap or section with articles was found; write a [source.{portal.name}] "
            "table by hand, with `sections` and `include`"
        )
    table_ = {"title": found.title or portal.title, "home": home, **record}
    path = append_source(context.config_path, portal.name, table_, known=config.known)
    click.echo(f"wrote [source.{portal.name}] to {path}")


@sources.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@pass_context
def import_opml(context: Context, file: Path) -> None:
    """Write a source for each feed of an OPML file into wireroom.toml.

    Feeds that a known source has already are left out. Nothing is fetched: `sources check` tells what they
    serve.

    \b
    Example:
      wireroom sources import subscriptions.opml
    """
    from scraper.config import append_source  # noqa: PLC0415 - only when needed
    from scraper.opml import read_opml  # noqa: PLC0415 - only when needed

    portals, skipped = read_opml(file.read_bytes(), str(file))
    config = context.load_config()
    known_feeds = {feed for source in config.known.values() for feed in source.feeds}
    written = 0
    for portal in portals:
        feeds = [feed for feed in portal.feeds if feed not in known_feeds]
        if not feeds:
            continue
        known = context.load_config().known
        name = portal.name
        while name in known:
            name += "_2"
        record = {"title": portal.title, "home": portal.home, "feeds": feeds}
        append_source(context.config_path, name, record, known=known)
        written += 1
    click.echo(f"wrote {written} sources to {context.config_path}")
    for reason in skipped:
        click.echo(f"left out: {reason}", err=True)


@sources.command("export")
@click.option("--opml", "as_opml", is_flag=True, help="As OPML, for any feed reader.")
@click.option("--all", "everything", is_flag=True, help="The whole catalogue, not only the chosen.")
@pass_context
def export_sources(context: Context, *, as_opml: bool, everything: bool) -> None:
    """Print the feeds of the chosen sources.

    \b
    Example:
      wireroom sources export --opml > wireroom.opml
    """
    from scraper.opml import write_opml  # noqa: PLC0415 - only when needed

    config = context.load_config()
    chosen = tuple(config.known.values()) if everything else config.choose(())
    if as_opml:
        click.echo(write_opml(chosen), nl=False)
    else:
        for source in chosen:
            for feed in source.feeds:
                click.echo(feed)


def _survey(context: Context, chosen: "tuple[Source, ...]") -> "CrawlReport":
    from scraper.crawling.plan import CrawlPlan  # noqa: PLC0415 - Scrapy loads with it
    from scraper.crawling.run import run_crawl  # noqa: PLC0415 - Scrapy loads with it

    with _archive_for_pace(context) as archive:
        plan = CrawlPlan(
            archive=archive,
            config=context.load_config(),
            sources=chosen,
            save=False,
            survey=True,
        )
        return run_crawl(plan)


@contextmanager
def _archive_for_pace(context: Context) -> "Iterator[Path]":
    # The host's pace is kept in the archive; without one, in a file that goes away again.
    with tempfile.TemporaryDirectory(prefix="wireroom-") as scratch:
        yield context.archive if context.archive.exists() else Path(scratch) / "pace.db"


def _record_of(report: "CrawlReport", today: date) -> dict[str, Any]:
    """Return the lists that serve articles, and what they say of their portal."""
    good = [survey for survey in report.surveyed if survey.is_good(today)]
    feeds = [survey for survey in good if survey.purpose == "feed"]
    sitemaps = [
        survey
        for survey in report.surveyed
        if survey.purpose == "sitemap"
        and survey.page
        and (survey.page.links or survey.page.further)
    ]
    # A feed or a sitemap lists all; without one, the sections do.
    sections = [] if feeds or sitemaps else [s for s in good if s.purpose == "section"]
    languages = [
        *(survey.page.language for survey in feeds if survey.page and survey.page.language),
        *(home.language for home in report.homes.values() if home.language),
    ]
    record: dict[str, Any] = {
        "languages": languages[:1],
        "feeds": [survey.url for survey in feeds],
        "sitemaps": [survey.url for survey in sitemaps[:1]] if not feeds else [],
        "sections": [survey.url for survey in sections],
        "verified": today.isoformat(),
    }
    return {key: value for key, value in record.items() if value}


def _survey_json(survey: "ListSurvey", today: date) -> dict[str, Any]:
    from scraper.discovery.survey import advise  # noqa: PLC0415 - only when needed

    page = survey.page
    return {
        "source": survey.source,
        "purpose": survey.purpose,
        "url": survey.url,
        "answer": survey.answer,
        "charset": survey.charset,
        "listed": page.listed if page else None,
        "articles": survey.articles if page else None,
        "newest": page.newest.isoformat() if page and page.newest else None,
        "language": page.language if page else None,
        "problems": list(page.problems) if page else [],
        "advice": advise(survey, today=today),
    }


def _print_survey(surveyed: "list[ListSurvey]", today: date) -> None:
    from scraper.discovery.survey import FINE, advise  # noqa: PLC0415 - only when needed

    made = table(
        "source", "list", "answer", "charset", "listed", "articles", "newest", "advice",
        right=("listed", "articles"),
    )  # fmt: skip
    for survey in surveyed:
        page = survey.page
        advice = advise(survey, today=today)
        made.add_row(
            survey.source,
            f"{survey.purpose} {escaped(_path_of(survey.url))}",
            survey.answer,
            survey.charset or "",
            str(page.listed) if page else "",
            str(survey.articles) if page else "",
            str(page.newest or "") if page else "",
            f"[green]{advice}[/green]" if advice == FINE else escaped(advice),
        )
    console().print(made)


def _path_of(url: str) -> str:
    return url.partition("://")[2].partition("/")[2] or "/"


COMMANDS = (sources,)
