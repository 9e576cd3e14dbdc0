"""The shipped registry of the field's recurring events: what is known of each and of its editions."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

_DAY = len("YYYY-MM-DD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A known edition of an event."""

    year: int
    ordinal: int | None = None
    """Which one it is, as its organiser counts."""
    starts: str | None = None
    """Its first day, as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""
    place: str | None = None
    """The city."""
    note: str | None = None
    """What was special, such as `cancelled`."""

    def first_day(self) -> date | None:
        """Return the first day, or None when it is not known to the day."""
        return date.fromisoformat(self.starts) if self.starts and len(self.starts) == _DAY else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A recurring event."""

    name: str
    """How commands call it."""
    title: str
    """How a reader knows it."""
    place: str | None = None
    """Where it is usually held."""
    general: bool = False
    """Whether it also has other subjects, so that its name alone says nothing of the digital economy."""
    part_of: str | None = None
    """The event that it is a part of."""
    editions: tuple[Edition, ...] = ()

    def year_of(self, ordinal: int) -> int | None:
        """Return the year of the edition with an ordinal, or None when it is not known."""
        return next((e.year for e in self.editions if e.ordinal == ordinal), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All events."""

    known: Mapping[str, Event]
    """Those by their names."""
    tables: Mapping[str, Any]
    """What the file says of each; among it are the names that texts give them."""
    text: str
    """The file, for the digest of the rules."""


@cache
def load_registry() -> Registry:
    """Return the shipped registry."""
    file = resources.files("scraper").joinpath("data").joinpath("events.toml")
    text = file.read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    known = {name: _event(name, table) for name, table in tables.items()}
    return Registry(known=known, tables=tables, text=text)


def _event(name: str, table: Mapping[str, Any]) -> Event:
    editions = tuple(Edition(**edition) for edition in table.get("editions", ()))
    return Event(
        name=name,
        title=table["title"],
        place=table.get("place"),
        general=table.get("general", False),
        part_of=table.get("part_of"),
        editions=editions,
    )
