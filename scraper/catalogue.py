"""Source records: the tables of TOML that describe sources, and the shipped catalogue of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from scraper.errors import UrlRefused
from scraper.sources import GROUPS, Keep, Selectors, Source, fill_archive
from scraper.toml import (
    Place,
    Reader,
    duration_reader,
    number_reader,
    parse_toml,
    read_text,
    read_texts,
)
from scraper.urls import canonicalise

# A pattern that a person can still read; longer ones are mistakes or traps.
MAX_PATTERN_CHARACTERS = 500

MIN_INTERVAL = 60.0

MAX_DELAY = 3600.0

CATALOGUE = Path(__file__).parent / "data" / "sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDefaults:
    """What holds for a source whose record does not say it."""

    interval: float = 3600.0
    """Seconds between two crawls, until it is known how often it publishes."""
    min_interval: float = 900.0
    """The least of them, however often it publishes."""
    max_interval: float = 86_400.0
    """The most of them, however rarely."""
    delay: float = 2.0
    """Seconds between two requests to a host."""
    keep: Keep = "relevant"
    """Whether irrelevant articles are archived too."""


def parse_source(
    name: str,
    table: Mapping[str, object],
    place: Place,
    *,
    defaults: SourceDefaults | None = None,
    shipped: Source | None = None,
) -> Source:
    """Return the source that a TOML table describes.

    Args:
        name: its name.
        table: the table.
        place: where it stands, for messages.
        defaults: what holds where the table says nothing.
        shipped: the source of the catalogue with this name; the table then says only what differs.

    Raises:
        ConfigError: naming file, line and key, for an unknown key or a value that cannot be used.
    """
    if not re.fullmatch("[a-z][a-z0-9_]{0,62}", name):
        raise place.error(
            None, f"a source's name has lower-case letters, digits and _ only; {name!r} has others"
        )
    place.check_keys(table, _READERS.keys())
    values: dict[str, Any] = {key: _READERS[key](value, key, place) for key, value in table.items()}
    if shipped is not None:
        source = replace(shipped, **values)
    else:
        for key in ("title", "home"):
            if key not in values:
                raise place.error(None, f"[{'.'.join(place.path)}] lacks `{key}`")
        defaults = defaults or SourceDefaults()
        given = {f.name: getattr(defaults, f.name) for f in fields(SourceDefaults)}
        source = Source(name=name, **(given | values))
    check_limits(source.min_interval, source.max_interval, place)
    _check_examples(source, place)
    return source


def check_limits(shortest: float, longest: float, place: Place) -> None:
    """Check that the limits of an interval leave room.

    Raises:
        ConfigError: when the shortest is longer than the longest.
    """
    if shortest > longest:
        message = (
            f"`min_interval` is {shortest:g} s and `max_interval` {longest:g} s: no interval is both "
            "longer than the one and shorter than the other; set both"
        )
        raise place.error("min_interval", message)


class Catalogue(Mapping[str, Source]):
    """The shipped sources by name, each read when it is asked for: most commands need few of them.

    Looking one up raises ConfigError when its record is wrong; a test reads them all.

    Args:
        defaults: what holds where a record says nothing.
    """

    def __init__(self, defaults: SourceDefaults | None) -> None:
        self._defaults = defaults
        self._files = {file.stem: file for file in sorted(CATALOGUE.glob("*.toml"))}
        self._read: dict[str, Source] = {}

    def __getitem__(self, name: str) -> Source:
        if name not in self._read:
            file = self._files[name]
            place = Place(file.name, file.read_text(encoding="utf-8"))
            table = parse_toml(place)["source"][name]
            where = place.within("source", name)
            self._read[name] = parse_source(name, table, where, defaults=self._defaults)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@cache
def load_catalogue(defaults: SourceDefaults | None = None) -> Catalogue:
    """Return the shipped sources by name.

    Args:
        defaults: what holds where a record says nothing.
    """
    return Catalogue(defaults)


def _check_examples(source: Source, place: Place) -> None:
    for key, urls, wanted in (
        ("accepts_examples", source.accepts_examples, True),
        ("refuses_examples", source.refuses_examples, False),
    ):
        for url in urls:
            if source.accepts(url) is not wanted:
                said = "refuse" if wanted else "accept"
                raise place.error(key, f"`{key}`: the rules {said} {url}", value=url)


def _read_url(value: object, key: str, place: Place) -> str:
    (url,) = _read_urls(read_text(value, key, place), key, place)
    return url


def _read_urls(value: object, key: str, place: Place) -> tuple[str, ...]:
    return tuple(_parse_urls(value, key, place))


def _parse_urls(value: object, key: str, place: Place) -> Iterator[str]:
    for text in read_texts(value, key, place):
        try:
            yield canonicalise(text)
        except UrlRefused as error:
            hint = "" if "://" in text else f"; did you mean 'https://{text.lstrip('/')}'?"
            raise place.error(key, f"`{key}`: {error}{hint}", value=text) from error


def _read_archives(value: object, key: str, place: Place) -> tuple[str, ...]:
    templates = read_texts(value, key, place)
    for template in templates:
        filled = fill_archive(template, date(2000, 12, 31))
        if filled == template or "{" in filled:
            message = f"`{key}`: write {{yyyy}}, {{mm}} and {{dd}} for the day into {template!r}"
            raise place.error(key, message, value=template)
        try:
            canonical = canonicalise(filled)
        except UrlRefused as error:
            raise place.error(key, f"`{key}`: {error}", value=template) from error
        if canonical != filled:
            message = f"`{key}`: {template!r} leads to {canonical}; write it as that one is"
            raise place.error(key, message, value=template)
    return templates


def _read_patterns(value: object, key: str, place: Place) -> tuple[str, ...]:
    patterns = read_texts(value, key, place)
    for pattern in patterns:
        if len(pattern) > MAX_PATTERN_CHARACTERS:
            message = f"`{key}`: a pattern of more than {MAX_PATTERN_CHARACTERS} characters"
            raise place.error(key, message, value=pattern)
        try:
            re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as error:
            message = f"`{key}`: {pattern!r} is no pattern: {error}"
            raise place.error(key, message, value=pattern) from error
    return patterns


def _read_languages(value: object, key: str, place: Place) -> tuple[str, ...]:
    codes = read_texts(value, key, place)
    for code in codes:
        if not re.fullmatch("[a-z]{2}", code):
            message = f"`{key}`: {code!r} is no code of two lower-case letters, such as en or zh"
            raise place.error(key, message, value=code)
    return codes


def check_group(name: str, *, place: Place, key: str | None = None) -> str:
    """Return the name of a group of sources.

    Raises:
        ConfigError: when there is no such group; it names the nearest.
    """
    if name not in GROUPS:
        known = ", ".join(GROUPS)
        message = f"no group of sources is called {name!r}; there are {known}"
        raise place.error(key, message, value=name, suggest=(name, GROUPS))
    return name


def _read_group(value: object, key: str, place: Place) -> str:
    return check_group(read_text(value, key, place), place=place, key=key)


def _read_country(value: object, key: str, place: Place) -> str:
    code = read_text(value, key, place)
    if not re.fullmatch("[A-Z]{2}", code):
        raise place.error(
            key, f"`{key}`: {code!r} is no code of two upper-case letters, such as CN"
        )
    return code


def _read_timezone(value: object, key: str, place: Place) -> str:
    from zoneinfo import ZoneInfo, available_timezones  # noqa: PLC0415 - only who reads a file needs it

    name = read_text(value, key, place)
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError) as error:
        message = f"`{key}`: {name!r} is no time zone"
        raise place.error(key, message, suggest=(name, available_timezones())) from error
    return name


def _read_selectors(value: object, key: str, place: Place) -> Selectors:
    from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415 - only who has selectors needs it

    if not isinstance(value, dict):
        raise place.error(key, f"`{key}` must be a table with `links` and `next`")
    inner = place.within(key)
    inner.check_keys(value, {f.name for f in fields(Selectors)})
    selectors = {name: read_text(text, name, inner) for name, text in value.items()}
    for name, selector in selectors.items():
        try:
            HTMLTranslator().css_to_xpath(selector)
        except SelectorError as error:
            message = f"`{key}.{name}`: {selector!r} is no CSS selector: {error}"
            raise inner.error(name, message) from error
    return Selectors(**selectors)


def read_keep(value: object, key: str, place: Place) -> Keep:
    """Return what is kept of a source.

    Raises:
        ConfigError: for anything but `relevant` and `all`.
    """
    if value == "relevant" or value == "all":  # noqa: PLR1714 - so that the type is narrowed
        return value
    raise place.error(key, f'`{key}` must be "relevant" or "all"')


def _read_verified(value: object, key: str, place: Place) -> str:
    text = str(value)
    if text != "never" and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise place.error(key, f'`{key}` must be a date such as 2026-11-24, or "never"')
    return text


read_interval = duration_reader(MIN_INTERVAL)
read_delay = number_reader(0, MAX_DELAY)

_READERS: Mapping[str, Reader[object]] = {
    "title": read_text,
    "home": _read_url,
    "group": _read_group,
    "languages": _read_languages,
    "country": _read_country,
    "timezone": _read_timezone,
    "feeds": _read_urls,
    "sitemaps": _read_urls,
    "sections": _read_urls,
    "archives": _read_archives,
    "include": _read_patterns,
    "exclude": _read_patterns,
    "selectors": _read_selectors,
    "interval": read_interval,
    "min_interval": read_interval,
    "max_interval": read_interval,
    "delay": read_delay,
    "keep": read_keep,
    "verified": _read_verified,
    "accepts_examples": _read_urls,
    "refuses_examples": _read_urls,
}
