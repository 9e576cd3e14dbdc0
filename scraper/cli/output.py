"""How commands print: JSON where a program reads, colour and tables where a person looks."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def print_json(record: Mapping[str, Any]) -> None:
    """Print one record as one JSON document."""
    click.echo(json.dumps(record, ensure_ascii=False, indent=2))


def print_json_lines(records: Iterable[Mapping[str, Any]]) -> None:
    """Print records as JSON lines, each as soon as it is there."""
    for record in records:
        click.echo(json.dumps(record, ensure_ascii=False))


@cache
def console(*, stderr: bool = False) -> "Console":
    """Return the console for what a person looks at; plain when it is no terminal."""
    from rich.console import Console  # noqa: PLC0415 - JSON needs none

    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else 120
    return Console(stderr=stderr, highlight=False, soft_wrap=False, width=width)


def table(*columns: str, right: Iterable[str] = ()) -> "Table":
    """Return an empty table with these columns; those named in `right` hold numbers."""
    from rich import box  # noqa: PLC0415 - JSON needs none
    from rich.table import Table  # noqa: PLC0415

    numbers = set(right)
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in columns:
        made.add_column(name, justify="right" if name in numbers else "left", overflow="fold")
    return made


def when(moment: datetime | None) -> str:
    """Return a moment on the clock of this machine, for a person."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "unknown"


def published(day: date | None, moment: datetime | None) -> str:
    """Return the day that an article states, with the moment where it states one, for a person."""
    if day is None:
        return "unknown"
    return f"{day} ({moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC)" if moment else str(day)


def clean(text: str) -> str:
    """Return text from a page without what a terminal would obey."""
    return "".join(
        c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def escaped(text: str) -> str:
    """Return text from a page so that rich prints it as it is."""
    from rich.markup import escape  # noqa: PLC0415 - JSON needs none

    return escape(clean(text))
