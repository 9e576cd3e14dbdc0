"""`wireroom why`, `rejected`, `copies` and `captures`: what became of each URL, and the proof of it."""

import sys
from typing import TYPE_CHECKING

import click

from scraper.cli.archive import canonical_or_key
from scraper.cli.context import Context, pass_context
from scraper.cli.options import source_option
from scraper.cli.output import as_json as json_option
from scraper.cli.output import clean, console, escaped, print_json, print_json_lines, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.changes import Fact, Piece
    from storage.history import History, Lead, Try
    from storage.reading import StoredArticle

REJECTED = ("irrelevant", "not an article", "refused", "failed", "gone")


@click.command()
@click.argument("key", metavar="KEY|URL")
@json_option
@pass_context
def why(context: Context, key: str, *, as_json: bool) -> None:
    """Tell the whole story of a URL: what led there, every try, every verdict, what became of it.

    \b
    Example:
      wireroom why https://news.example.org/2026/08/forum
    """
    from storage.history import history  # noqa: PLC0415 - only when needed

    with context.read_archive() as db:
        found = history(db, canonical_or_key(key))
    if as_json:
        print_json(found.to_json())
    else:
        _tell(found)


def _tell(found: "History") -> None:
    out = console()
    out.print(f"[bold]{escaped(found.title or found.url)}[/bold]")
    out.print(f"[dim]{escaped(found.url)} · {found.key} · {found.source}[/dim]\n")
    steps = [
        *((lead.seen_at, _say_lead(lead)) for lead in found.led_by),
        *((sent.sent_at, _say_try(sent)) for sent in found.requests),
        *(
            (v.seen_at, f"version {v.number} ({', '.join((v.cause, *v.changes))}): {v.title}")
            for v in found.versions
        ),
    ]
    made = table("when (UTC)", "what")
    for moment, said in sorted(steps):
        made.add_row(moment[:19].replace("T", " "), escaped(said))
    if made.row_count:
        out.print(made)
    kind = f", {found.kind}" if found.kind else ""
    out.print(
        f"[bold]{found.state}{kind}[/bold]{escaped(f': {found.reason}' if found.reason else '')}"
    )
    if found.withdrawn is not None:
        out.print(f"its last text had the SHA-256 {found.withdrawn.digest}")
    if found.leads_to and found.leads_to != found.url:
        out.print(f"it leads to {escaped(found.leads_to)}")
    if found.score is not None:
        verdict = "relevant" if found.relevant else "not relevant"
        out.print(
            f"{verdict}, score {found.score:g} by rules {found.rules}; `wireroom explain {found.key}`"
        )
    if found.article_key and found.article_key != found.key:
        out.print(f"it is a copy within article {found.article_key}")
    if found.due_at:
        out.print(f"it may be asked for again from {found.due_at[:19].replace('T', ' ')}")


def _say_lead(lead: "Lead") -> str:
    said = f", as “{lead.title}”" if lead.title else ""
    return f"found in the {lead.found_as} {lead.found_in}{said}"


def _say_try(sent: "Try") -> str:
    by = f"crawl {sent.crawl_id}" if sent.crawl_id else "a fetch by hand"
    if sent.status is None:
        return f"asked for by {by}: {sent.error or 'in flight'}"
    return f"asked for by {by}: HTTP {sent.status}, {sent.bytes or 0:,} bytes"


@click.command()
@click.argument("words", nargs=-1)
@click.option("--state", type=click.Choice(REJECTED), help="Only what ended so.")
@source_option
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most N pages."
)
@json_option
@pass_context
def rejected(
    context: Context,
    words: tuple[str, ...],
    *,
    state: str | None,
    source: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List the pages that are not in the archive, with the reason; WORDS stand in the title or the URL.

    `wireroom restore KEY` wins an irrelevant one back, `wireroom fetch URL --save` any.

    \b
    Examples:
      wireroom rejected forum --state irrelevant
      wireroom rejected --state failed --json
    """
    from storage.history import outcomes_like  # noqa: PLC0415 - only when needed

    states = (state,) if state else REJECTED
    with context.read_archive() as db:
        rows = outcomes_like(db, " ".join(words), states=states, source=source, limit=limit)
    if as_json:
        print_json_lines(rows)
        return
    made = table("key", "source", "what became of it", "title", "reason")
    for row in rows:
        ended = f"{row['state']}, {row['kind']}" if row["kind"] else row["state"]
        title, reason = row["title"] or row["url"], row["reason"] or ""
        made.add_row(row["key"], row["source"], ended, escaped(title), escaped(reason))
    console().print(made)


@click.command()
@click.argument("key", metavar="KEY|URL")
@click.option("--all", "everything", is_flag=True, help="Texts that share only some sentences too.")
@json_option
@pass_context
def copies(context: Context, key: str, *, everything: bool, as_json: bool) -> None:
    """List everywhere an article's text stands, whole or within another, the earliest first.

    \b
    Example:
      wireroom copies k3v7q2mzn4xa
    """
    from dataclasses import asdict  # noqa: PLC0415 - only when needed

    from storage.history import kin_of  # noqa: PLC0415 - only when needed

    with context.read_archive() as db:
        found = kin_of(db, canonical_or_key(key))
    kin = [one for one in found if everything or one.kind != "shares"]
    if as_json:
        print_json_lines(asdict(one) for one in kin)
        return
    right = ("shared", "length")
    made = table(
        "date", "source", "kind", "shared", "length", "credit", "key", "title", right=right
    )
    for one in kin:
        made.add_row(
            one.published_date or "",
            one.source,
            one.kind,
            f"{one.of_shorter:.0%} / {one.of_longer:.0%}",
            f"{one.characters:,}",
            escaped(one.credit or ""),
            one.key,
            escaped(one.title),
        )
    out = console()
    out.print(made)
    out.print("[dim]shared: of the shorter text / of the longer one, in words[/dim]")


@click.command()
@click.argument("key", metavar="KEY|URL")
@click.argument("before", required=False, type=click.IntRange(min=1), metavar="[A]")
@click.argument("after", required=False, type=click.IntRange(min=1), metavar="[B]")
@json_option
@pass_context
def diff(
    context: Context, key: str, *, before: int | None, after: int | None, as_json: bool
) -> None:
    """Show what changed between two versions of an appearance; the last two by default.

    Authors and dates that changed come first, then title and text, word by word.

    \b
    Examples:
      wireroom diff k3v7q2mzn4xa
      wireroom diff k3v7q2mzn4xa 1 3
    """
    from dataclasses import asdict  # noqa: PLC0415 - only when needed

    from storage import changes, reading  # noqa: PLC0415 - only when needed
    from storage.history import history  # noqa: PLC0415 - only when needed

    with context.read_archive() as db:
        told = history(db, canonical_or_key(key))
        last = len(told.versions)
        new = after or last
        old = before or new - 1
        if old < 1 or last < 2:  # noqa: PLR2004 - a difference needs two
            raise click.ClickException(f"{told.url}: it has {last} version{'s' * (last != 1)}")
        a, b = (reading.get(db, f"{told.key}@{number}") for number in (old, new))
    facts = changes.facts_between(_facts_of(a), _facts_of(b))
    in_text = changes.kinds_of(a.text, b.text, old_title=a.title, new_title=b.title)
    kinds = list(dict.fromkeys((*in_text, *(fact.kind for fact in facts))))
    pieces = changes.compare(f"{a.title}\n\n{a.text}", f"{b.title}\n\n{b.text}")
    if as_json:
        print_json(
            {
                "key": told.key,
                "from": old,
                "to": new,
                "kinds": kinds,
                "facts": [asdict(fact) for fact in facts],
                "pieces": [asdict(piece) for piece in pieces],
            }
        )
        return
    headline = f"{told.key}@{old} -> @{new}: {', '.join(kinds) or 'no difference'}"
    _print_pieces(headline, [*_pieces_of(facts), *pieces])


def _facts_of(article: "StoredArticle") -> dict[str, str | None]:
    plain = article.to_json()
    return {
        "authors": ", ".join(article.authors) or None,
        "published_date": plain["published_date"],
        "published_at": plain["published_at"],
    }


def _pieces_of(facts: "Sequence[Fact]") -> "Iterator[Piece]":
    """Yield a line for each fact, and a blank one before what follows."""
    from storage.changes import Piece  # noqa: PLC0415 - only when needed

    for fact in facts:
        yield Piece("same", f"{fact.name.replace('_', ' ')}: ")
        yield Piece("removed", fact.before or "none")
        yield Piece("added", fact.after or "none")
        yield Piece("same", "\n")
    if facts:
        yield Piece("same", "\n")


def _print_pieces(headline: str, pieces: "list[Piece]") -> None:
    from rich.text import Text  # noqa: PLC0415 - JSON needs none

    out = console()
    out.print(f"[bold]{escaped(headline)}[/bold]\n")
    # Without colours, the marks of `git diff --word-diff` say the same.
    marks = {
        "removed": ("[-", "-]", "red strike"),
        "added": ("{+", "+}", "green"),
        "same": ("", "", ""),
    }
    text = Text()
    for piece in pieces:
        opened, closed, style = marks[piece.how]
        said = clean(piece.text)
        text.append(said if out.is_terminal else f"{opened}{said}{closed}", style=style)
    out.print(text)


@click.group()
def captures() -> None:
    """Look at the raw responses that are kept as WARC."""


@captures.command("show")
@click.argument("key", metavar="KEY|URL")
@click.option("--body", is_flag=True, help="Print the body alone, byte for byte as it came.")
@json_option
@pass_context
def show_capture(context: Context, key: str, *, body: bool, as_json: bool) -> None:
    """Show the newest response that was read for a page: where it stands, its status and headers.

    \b
    Examples:
      wireroom captures show k3v7q2mzn4xa
      wireroom captures show k3v7q2mzn4xa --body > page.html
    """
    from storage.archive import open_archive  # noqa: PLC0415 - only when needed
    from storage.captures import captures_of  # noqa: PLC0415 - only when needed

    with open_archive(context.archive) as archive, archive.read() as db:
        place = captures_of(db, canonical_or_key(key))[-1]
        page = archive.captures.read(db, place.id)
    if body:
        sys.stdout.buffer.write(page.body)
        return
    facts = {
        "url": place.url,
        "fetched_at": place.fetched_at,
        "status": place.status,
        "file": place.file,
        "offset": place.offset,
        "length": place.length,
        "digest": place.digest,
    }
    if as_json:
        print_json({**facts, "headers": [list(header) for header in page.headers]})
        return
    for name, value in facts.items():
        console().print(f"[dim]{name:>10}[/dim]  {escaped(str(value))}")
    for name, value in page.headers:
        console().print(f"[dim]{'header':>10}[/dim]  {escaped(f'{name}: {value}')}")


COMMANDS = (why, rejected, copies, diff, captures)
