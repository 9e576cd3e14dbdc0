"""Reading TOML written by people: every mistake is named with file, line and key, and a suggestion."""

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scraper.errors import ConfigError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True)
class Place:
    """A TOML text, or a table in it, for messages."""

    file: str
    """The file's name."""
    text: str
    """Its text; lines are found in it."""
    table: str = ""
    """The table's header without brackets; empty for the whole file."""

    def within(self, table: str) -> "Place":
        """Return the place of a table of this text."""
        return Place(self.file, self.text, table)

    def error(
        self,
        key: str | None,
        message: str,
        *,
        suggest: tuple[str, Iterable[str]] | None = None,
    ) -> ConfigError:
        """Return an error that names the file, the line of a key and what is wrong.

        Args:
            key: the key; None for the table as a whole.
            message: what is wrong.
            suggest: a word and what it may have been meant to be.
        """
        hint = ""
        if suggest is not None:
            near = difflib.get_close_matches(suggest[0], list(suggest[1]), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
        return ConfigError(f"{self.file}, line {self._line(key)}: {message}{hint}")

    def check_keys(self, table: Mapping[str, Any], known: Collection[str]) -> None:
        """Check that a table has only known keys.

        Raises:
            ConfigError: naming the first other one, and the known one that is most like it.
        """
        for key in table:
            if key not in known:
                where = f" in [{self.table}]" if self.table else ""
                raise self.error(key, f"unknown key {key!r}{where}", suggest=(key, known))

    def _line(self, key: str | None) -> int:
        # tomllib tells no lines; in what people write, a key stands at the start of one.
        lines = self.text.splitlines()
        start = 0
        if self.table:
            header = re.compile(rf"\s*\[\s*{re.escape(self.table)}[\s.\]]")
            start = next((n for n, line in enumerate(lines) if header.match(line)), 0)
        if key is not None:
            wanted = re.compile(
                rf"""\s*(\[.*?)?["']?{re.escape(key)}["']?\s*[=.\]]|.*[{{,]\s*{re.escape(key)}\s*="""
            )
            for number, line in enumerate(lines[start:], start):
                if wanted.match(line):
                    return number + 1
        return start + 1


def read_toml(place: Place) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises:
        ConfigError: with the line, when it is no TOML.
    """
    try:
        return tomllib.loads(place.text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{place.file}: {error}") from error


def strings(value: object, key: str, place: Place) -> tuple[str, ...]:
    """Return a list of texts; a single text counts as a list of one.

    Raises:
        ConfigError: for anything else.
    """
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise place.error(key, f"`{key}` must be a list of texts")
    return tuple(values)


def duration(value: object, key: str, place: Place) -> float:
    """Return the seconds of a duration such as "30m", "6h" or "1d".

    Raises:
        ConfigError: for anything else.
    """
    match = (
        re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd])", value.strip())
        if isinstance(value, str)
        else None
    )
    if match is None:
        raise place.error(key, f'`{key}` must be a duration such as "30m", "6h" or "1d"')
    return float(match[1]) * _UNITS[match[2]]
