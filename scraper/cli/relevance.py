"""`wireroom explain` and `events`: why an article was kept, and which recurring events were reported."""

from typing import TYPE_CHECKING

import click

from scraper.cli.archive import canonical_or_key
from scraper.cli.context import Context, pass_context
from scraper.cli.output import as_json as json_option
from scraper.cli.output import console, escaped, print_json, print_json_lines, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scraper.registry import Event
    from storage.events import EventCount
    from storage.records import EventMention, Relevance


@click.command()
@click.argument("key", metavar="KEY|URL")
@json_option
@pass_context
def explain(context: Context, key: str, *, as_json: bool) -> None:
    """Say why a page was kept or not: every term that counted, where, and how much.

    Pages that were rejected as irrelevant can be explained too. `wireroom fetch URL` judges a page that
    was never met.

    \b
    Example:
      wireroom explain k3v7q2mzn4xa
    """
    from scraper.relevance import load_topics  # noqa: PLC0415 - only when needed
    from storage import reading  # noqa: PLC0415 - only when needed

    topics = load_topics(context.load_config().topics)
    with context.read_archive() as db:
        url, title, relevance = reading.judgement(db, canonical_or_key(key))
    if as_json:
        print_json({"url": url, "title": title, **(reading.relevance_json(relevance) or {})})
        return
    out = console()
    out.print(f"[bold]{escaped(title or url)}[/bold]")
    out.print(f"[dim]{escaped(url)}[/dim]\n")
    print_judgement(relevance)
    if relevance.rules != topics.digest:
        out.print(f"\n[dim]judged by rules {relevance.rules}; today's are {topics.digest}[/dim]")


def print_judgement(relevance: "Relevance") -> None:
    """Print a judgement for a person: the decision, the events, and the evidence as a table."""
    out = console()
    if relevance.unknown:
        out.print("[bold]not judged[/bold]: no list of terms for its language; kept for review")
    else:
        out.print(f"[bold]{'relevant' if relevance.relevant else 'not relevant'}[/bold]")
    for mention in relevance.events:
        out.print(f"names {escaped(describe_mention(mention))}, in the {mention.place}")
    made = table("weight", "term", "kind", "place", right=("weight",))
    for piece in relevance.evidence:
        made.add_row(f"{piece.weight:+.2f}", escaped(piece.term), piece.kind, piece.place)
    made.add_section()
    made.add_row(f"{relevance.score:.2f}", "score", "", "")
    out.print(made)


def describe_mention(mention: "EventMention") -> str:
    """Return a mention in words, such as `Global Digital Economy Conference 2024 (gdec:2024)`."""
    from scraper.registry import load_registry  # noqa: PLC0415 - only when needed

    known = load_registry().known.get(mention.event)
    title = known.title if known else mention.event
    if mention.edition is None:
        return f"{title} ({mention.event})"
    said = {"date": ", by its day of publication", "text": "", "name": "", "ordinal": "", None: ""}
    how = said[mention.edition_from]
    return f"{title} {mention.edition} ({mention.event}:{mention.edition}{how})"


@click.command()
@click.argument("name", required=False)
@click.option("--all", "everything", is_flag=True, help="Those without an article too.")
@json_option
@pass_context
def events(context: Context, name: str | None, *, everything: bool, as_json: bool) -> None:
    """List the recurring events, with how many articles are about each edition.

    With a NAME, list what is known of its editions. `wireroom search --event NAME:YEAR` finds the articles.

    \b
    Examples:
      wireroom events
      wireroom events gdec
    """
    from scraper.registry import load_registry  # noqa: PLC0415 - only when needed
    from storage.events import count_events  # noqa: PLC0415 - only when needed

    known = load_registry().known
    check_event(name)
    counts: list[EventCount] = []
    if context.archive.exists() or not (everything or name):
        with context.read_archive() as db:
            counts = count_events(db, event=name)
    if as_json:
        print_json_lines(_event_lines(known, counts, name=name, everything=everything))
    elif name:
        _print_event(known[name], counts)
    else:
        _print_events(known, counts, everything=everything)


def check_event(name: str | None) -> None:
    """Check that an event is in the registry.

    Raises:
        click.UsageError: when it is not; it names the nearest.
    """
    import difflib  # noqa: PLC0415 - only when needed

    from scraper.registry import load_registry  # noqa: PLC0415 - only when needed

    known = load_registry().known
    if name is None or name in known:
        return
    near = difflib.get_close_matches(name, known, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise click.UsageError(
        f"no event is called {name!r}{hint} (`wireroom events --all` lists them)"
    )


def _event_lines(
    known: "Mapping[str, Event]", counts: "list[EventCount]", *, name: str | None, everything: bool
) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = [
        {
            "event": count.event,
            "title": known[count.event].title if count.event in known else count.event,
            "edition": count.edition,
            "articles": count.articles,
            "named": count.named,
            "first_published": count.first_published,
            "last_published": count.last_published,
        }
        for count in counts
    ]
    seen = {count.event for count in counts}
    if everything or name:
        lines += [
            {"event": event.name, "title": event.title, "edition": None, "articles": 0, "named": 0}
            for event in known.values()
            if event.name not in seen and name in {None, event.name}
        ]
    return lines


def _print_events(
    known: "Mapping[str, Event]", counts: "list[EventCount]", *, everything: bool
) -> None:
    made = table(
        "event", "title", "editions", "articles", "named in", right=("articles", "named in")
    )
    for event in known.values():
        of_event = [count for count in counts if count.event == event.name]
        if not of_event and not everything:
            continue
        years = ", ".join(
            f"{count.edition} ({count.articles})" if count.edition else f"unsaid ({count.articles})"
            for count in of_event
            if count.articles
        )
        made.add_row(
            event.name,
            escaped(event.title),
            years,
            str(sum(count.articles for count in of_event)),
            str(sum(count.named for count in of_event)),
        )
    out = console()
    if made.row_count:
        out.print(made)
        out.print("[dim]an edition is a year; in brackets: the articles about it[/dim]")
    else:
        out.print(
            "No article of the archive names a recurring event yet; --all lists the registry."
        )


def _print_event(event: "Event", counts: "list[EventCount]") -> None:
    out = console()
    out.print(f"[bold]{escaped(event.title)}[/bold] [dim]{event.name}[/dim]")
    if event.part_of:
        out.print(f"part of {event.part_of}")
    by_year = {count.edition: count for count in counts}
    editions = {edition.year: edition for edition in event.editions}
    made = table(
        "edition",
        "number",
        "starts",
        "place",
        "articles",
        "named in",
        "",
        right=("articles", "named in"),
    )
    for year in sorted({*by_year, *editions}, key=lambda year: (year is None, year or 0)):
        count, edition = by_year.get(year), editions.get(year) if year else None
        made.add_row(
            str(year or "unsaid"),
            str(edition.ordinal or "") if edition else "",
            (edition.starts or "") if edition else "",
            escaped((edition.place or "") if edition else ""),
            str(count.articles if count else 0),
            str(count.named if count else 0),
            escaped((edition.note or "") if edition else ""),
        )
    if made.row_count:
        out.print(made)


COMMANDS = (explain, events)
