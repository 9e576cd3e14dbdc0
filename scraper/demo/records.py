"""What the demo world is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["event", "topic", "other_event", "off"]
CopyKind = Literal["full", "cut", "re-titled"]
Fault = Literal[
    "missing", "server error", "pdf", "truncated", "empty", "soft 404", "index", "redirect", "loop"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """An article of the demo world, with all that a page prints of it."""

    portal: str
    """The name of the portal."""
    path: str
    """The path of its URL."""
    language: Literal["en", "zh", "es", "fr", "ja", "ru"]
    title: str
    paragraphs: tuple[str, ...]
    """Its text, a paragraph each; the archive must hold just this."""
    day: date
    """The day that the page prints."""
    instant: datetime | None = None
    """The moment, on portals that print one."""
    authors: tuple[str, ...] = ()
    credit: str | None = None
    """Whom the page credits."""
    kind: Kind
    """What it is about; an `event` must be archived."""
    copy_of: str | None = None
    """The title of the article on another portal that it is a copy of."""
    copied: CopyKind | None = None
    """How it differs from that."""
    closed: bool = False
    """Whether robots.txt forbids it."""
    trap: str | None = None
    """What makes it look like an event of the field, though it is none."""
    parts: int = 1
    """Over how many pages it goes."""

    def part(self, number: int) -> tuple[str, ...]:
        """Return the paragraphs of a page of it, from 1."""
        size = -(-len(self.paragraphs) // self.parts)
        return self.paragraphs[(number - 1) * size : number * size]

    @property
    def text(self) -> str:
        """The text as the archive must hold it."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyPage:
    """A page that is linked as if it were an article, and is none."""

    portal: str
    path: str
    title: str
    """The text of the link."""
    fault: Fault
    day: date
    target: str | None = None
    """Where a redirect leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the server answers."""

    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str | None = None
    """Where a redirect leads."""
    retry_after: int | None = None
    """Seconds that a server in trouble asks to be left alone."""
    announced: int | None = None
    """A Content-Length that is not the body's."""


def newest_first(
    articles: Sequence[DemoArticle], faulty: Sequence[FaultyPage]
) -> list[DemoArticle | FaultyPage]:
    """Return what a portal lists, in the order of its lists."""
    rows: list[DemoArticle | FaultyPage] = [*articles, *faulty]
    return sorted(rows, key=lambda row: (row.day, row.path), reverse=True)
