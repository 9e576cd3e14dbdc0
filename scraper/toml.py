"""Reading TOML written by people: a mistake is named with its file, line and key, and a suggestion."""

import difflib
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from scraper.errors import ConfigError

T = TypeVar("T")

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A TOML text, or a table in it: where a message points to."""

    file: str
    """The file's name, or what else a person gave the text with."""
    text: str = ""
    """Its text; lines are found in it."""
    path: tuple[str, ...] = ()
    """The keys that lead to the table; empty for the whole text."""

    def within(self, *path: str) -> "Place":
        """Return the place of a table in this one."""
        return Place(self.file, self.text, (*self.path, *path))

    def error(
        self,
        key: str | None,
        message: str,
        *,
        value: str | None = None,
        suggest: tuple[str, Iterable[str]] | None = None,
    ) -> ConfigError:
        """Return an error that names the file, the line of a key and what is wrong.

        Args:
            key: the key; None for the table as a whole.
            message: what is wrong.
            value: the part of the key's value that is wrong, when it may have a line of its own.
            suggest: a word, and what it may have been meant to be.
        """
        hint = ""
        if suggest is not None:
            near = difflib.get_close_matches(suggest[0], list(suggest[1]), n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
        line = find_line(self.text, self.path if key is None else (*self.path, key), value)
        where = f"{self.file}, line {line}" if line is not None else self.file
        return ConfigError(f"{where}: {message}{hint}")

    def check_keys(self, table: Mapping[str, object], known: Collection[str]) -> None:
        """Check that a table has only known keys.

        Raises:
            ConfigError: naming the first other one, and the known one that is most like it.
        """
        for key in table:
            if key not in known:
                where = f" in [{'.'.join(self.path)}]" if self.path else ""
                raise self.error(key, f"unknown key {key!r}{where}", suggest=(key, known))


# What checks the value of a key and returns what it means; a ConfigError says what is wrong with it.
Reader = Callable[[object, str, Place], T]


def parse_toml(place: Place) -> dict[str, Any]:
    """Return the tables of a TOML text.

    Raises:
        ConfigError: with the line, when it is no TOML.
    """
    import tomllib  # noqa: PLC0415 - only who reads a file needs it

    try:
        return tomllib.loads(place.text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_PLACE.search(str(error))
        line = (found and found[1]) or str(place.text.count("\n") + 1)
        said = _TOML_PLACE.sub("", str(error))
        raise ConfigError(f"{place.file}, line {line}: no valid TOML: {said}") from error
    except RecursionError as error:
        raise ConfigError(f"{place.file}: no valid TOML: nested too deeply") from error


def find_line(text: str, path: tuple[str, ...], value: str | None = None) -> int | None:
    """Return the line on which a key of a TOML text is set, counted from 1.

    The parser keeps no lines. But the text up to a line either holds the key or does not, so the line is
    found by asking the parser about the beginnings of the text.

    Args:
        text: the TOML text.
        path: the keys that lead to it.
        value: what to look for in the lines of its value, for a list over several lines.

    Returns:
        The line; None when the text has no such key.
    """
    lines = text.replace("\r\n", "\n").split("\n")

    def holds(count: int) -> bool:
        found: object = _parse_beginning(lines, count)[0]
        for key in path:
            if not isinstance(found, dict) or key not in found:
                return False
            found = found[key]
        return True

    if not path or not holds(len(lines)):
        return None
    last = bisect_left(range(len(lines) + 1), x=True, key=holds)
    first = _parse_beginning(lines, last - 1)[1] + 1
    if value is None:
        return first
    return next((n for n in range(first, last + 1) if value in lines[n - 1]), first)


def read_text(value: object, key: str, place: Place) -> str:
    """Return a text that is not empty.

    Raises:
        ConfigError: for anything else.
    """
    if not isinstance(value, str) or not value.strip():
        raise place.error(key, f"`{key}` must be a text in quotes")
    return value.strip()


def read_texts(value: object, key: str, place: Place) -> tuple[str, ...]:
    """Return a list of texts; a single text counts as a list of one.

    Raises:
        ConfigError: for anything else.
    """
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise place.error(key, f'`{key}` must be a list of texts, such as ["one", "two"]')
    return tuple(text.strip() for text in values)


def duration_reader(low: float) -> Reader[float]:
    """Return a reader of durations such as "30m", "6h" or "1d", of at least some seconds."""

    def read(value: object, key: str, place: Place) -> float:
        match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            raise place.error(key, f'`{key}` must be a duration such as "30m", "6h" or "1d"')
        seconds = float(match[1]) * _UNITS[match[2]]
        if not low <= seconds <= _LONGEST_DURATION:
            raise place.error(key, f"`{key}` must be from {low:g} seconds to a year")
        return seconds

    return read


def number_reader(low: float, high: float) -> Reader[float]:
    """Return a reader of numbers in a range."""

    def read(value: object, key: str, place: Place) -> float:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            raise place.error(key, f"`{key}` must be a number from {low:g} to {high:g}")
        return float(value)

    return read


def whole_reader(low: int, high: int) -> Reader[int]:
    """Return a reader of whole numbers in a range."""

    def read(value: object, key: str, place: Place) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise place.error(key, f"`{key}` must be a whole number from {low} to {high}")
        return value

    return read


_LONGEST_DURATION = 366 * 86400


def _parse_beginning(lines: list[str], count: int) -> tuple[dict[str, Any], int]:
    """Return the tables of the first lines, at most so many of them as parse, and how many do."""
    import tomllib  # noqa: PLC0415 - only who reads a file needs it

    while count > 0:
        try:
            return tomllib.loads("\n".join(lines[:count])), count
        except tomllib.TOMLDecodeError:
            count -= 1
    return {}, 0
