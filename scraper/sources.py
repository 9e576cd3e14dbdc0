"""Sources: what a portal is, where it lists its articles, and which URLs are its articles.

A source is a table of TOML, never code. The shipped catalogue has one portal a file.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from scraper.errors import UrlRefused
from scraper.toml import Place, duration, read_toml, strings
from scraper.urls import canonicalise, host_of, registered_domain

Keep = Literal["relevant", "all"]
ListPurpose = Literal["feed", "sitemap", "section"]

# A pattern that a person can still read; longer ones are mistakes or traps.
MAX_PATTERN_CHARACTERS = 500

MIN_INTERVAL = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """A list page to ask for."""

    url: str
    """Its canonical URL."""
    purpose: ListPurpose
    """What it is: `feed`, `sitemap` or `section`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS selectors that sharpen how a section page is read."""

    links: str | None = None
    """The links to articles; without it, all links that the URL rules accept."""
    next: str | None = None
    """The links to following pages; without it, those that look like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A portal that is crawled."""

    name: str
    """How it is called in commands, columns and files: lower case, digits and `_`."""
    title: str
    """How a reader knows it."""
    home: str
    """Its home page; its registered domain is where its articles are."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes, the main one first."""
    country: str | None = None
    """ISO 3166-1 code, upper case."""
    timezone: str = "UTC"
    """The zone of dates that name none."""
    feeds: tuple[str, ...] = ()
    """URLs of RSS and Atom feeds."""
    sitemaps: tuple[str, ...] = ()
    """URLs of sitemaps and sitemap indexes."""
    sections: tuple[str, ...] = ()
    """URLs of pages that list articles."""
    include: tuple[str, ...] = ()
    """Patterns one of which an article's URL must contain; none means all."""
    exclude: tuple[str, ...] = ()
    """Patterns none of which it may contain."""
    selectors: Selectors = field(default_factory=Selectors)
    """How its section pages are read."""
    interval: float = 3600.0
    """Seconds between two crawls."""
    delay: float = 2.0
    """Seconds between two requests to one of its hosts."""
    keep: Keep = "relevant"
    """Whether irrelevant articles are archived too."""
    verified: str = "never"
    """When its lists were last seen to work, as a date, or `never`."""
    accepts_examples: tuple[str, ...] = ()
    """URLs that are its articles; a test reads them."""
    refuses_examples: tuple[str, ...] = ()
    """URLs that are not."""

    def accepts(self, url: str) -> bool:
        """Say whether a canonical URL is that of one of its articles.

        It must stand on the home's registered domain (for an address: on the very host), contain one of
        `include` if there are any and none of `exclude`, and be no list page or home page. An `include`
        pattern that names a host (`^https?://`) opens that host too.
        """
        if url in self._own_pages() or any(re.search(p, url) for p in self.exclude):
            return False
        included = [pattern for pattern in self.include if re.search(pattern, url)]
        if self.include and not included:
            return False
        if any(pattern.startswith("^http") for pattern in included):
            return True
        return registered_domain(host_of(url)) == registered_domain(host_of(self.home))

    def list_pages(self) -> tuple[ListRequest, ...]:
        """Return the list pages to ask for: feeds, sitemaps, sections, in that order."""
        return (
            *(ListRequest(url=url, purpose="feed") for url in self.feeds),
            *(ListRequest(url=url, purpose="sitemap") for url in self.sitemaps),
            *(ListRequest(url=url, purpose="section") for url in self.sections),
        )

    def _own_pages(self) -> frozenset[str]:
        return frozenset({self.home, *self.feeds, *self.sitemaps, *self.sections})


def parse_source(
    name: str, table: Mapping[str, Any], place: Place, *, defaults: Mapping[str, Any] | None = None
) -> Source:
    """Return the source that a TOML table describes.

    Args:
        name: its name.
        table: the table.
        place: where it stands, for messages.
        defaults: values for keys that the table does not have.

    Raises:
        ConfigError: naming file, line and key, for an unknown key or a value that cannot be used.
    """
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        raise place.error(name, "a source's name has lower-case letters, digits and _ only")
    place.check_keys(table, {f.name for f in fields(Source)} - {"name"})
    for key in ("title", "home"):
        if key not in table:
            raise place.error(None, f"[source.{name}] lacks `{key}`")
    values: dict[str, Any] = dict(defaults or {})
    values |= {key: _READERS[key](value, key, place) for key, value in table.items()}
    return Source(name=name, **values)


@cache
def load_catalogue() -> Mapping[str, Source]:
    """Return the shipped sources by name.

    Raises:
        ConfigError: when a shipped record is wrong; a test reads them all.
    """
    sources: dict[str, Source] = {}
    for file in sorted(resources.files("scraper").joinpath("data/sources").iterdir(), key=str):
        if file.name.endswith(".toml"):
            place = Place(file.name, file.read_text(encoding="utf-8"))
            for name, table in read_toml(place).get("source", {}).items():
                sources[name] = parse_source(name, table, place)
    return sources


def source_of_url(url: str, sources: Iterable[Source]) -> Source:
    """Return the source that a URL belongs to.

    Args:
        url: a canonical URL.
        sources: those to choose from; their order does not matter.

    Returns:
        The one that accepts it, the first by name if there are several; else one that stands for the
        URL's host alone.
    """
    for source in sorted(sources, key=lambda source: source.name):
        if source.accepts(url):
            return source
    host = host_of(url)
    parts = urlsplit(url)
    name = re.sub("[^a-z0-9]+", "_", host).strip("_")
    return Source(
        name=name if name[:1].isalpha() else f"host_{name}",
        title=host,
        home=f"{parts.scheme}://{host}/",
    )


def _text(value: object, key: str, place: Place) -> str:
    if not isinstance(value, str) or not value.strip():
        raise place.error(key, f"`{key}` must be a text")
    return value.strip()


def _url(value: object, key: str, place: Place) -> str:
    try:
        return canonicalise(_text(value, key, place))
    except UrlRefused as error:
        raise place.error(key, f"`{key}`: {error}") from error


def _urls(value: object, key: str, place: Place) -> tuple[str, ...]:
    return tuple(_url(text, key, place) for text in strings(value, key, place))


def _patterns(value: object, key: str, place: Place) -> tuple[str, ...]:
    patterns = strings(value, key, place)
    for pattern in patterns:
        if len(pattern) > MAX_PATTERN_CHARACTERS:
            raise place.error(
                key, f"`{key}`: a pattern of over {MAX_PATTERN_CHARACTERS} characters"
            )
        try:
            re.compile(pattern)
        except re.error as error:
            raise place.error(key, f"`{key}`: {pattern!r} is no pattern: {error}") from error
    return patterns


def _languages(value: object, key: str, place: Place) -> tuple[str, ...]:
    codes = strings(value, key, place)
    for code in codes:
        if not re.fullmatch("[a-z]{2}", code):
            raise place.error(key, f"`{key}`: {code!r} is no code of two letters, such as en or zh")
    return codes


def _country(value: object, key: str, place: Place) -> str:
    code = _text(value, key, place)
    if not re.fullmatch("[A-Z]{2}", code):
        raise place.error(key, f"`{key}`: {code!r} is no code of two letters, such as CN")
    return code


def _timezone(value: object, key: str, place: Place) -> str:
    name = _text(value, key, place)
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError) as error:
        message = f"`{key}`: {name!r} is no time zone"
        raise place.error(key, message, suggest=(name, available_timezones())) from error
    return name


def _selectors(value: object, key: str, place: Place) -> Selectors:
    if not isinstance(value, dict):
        raise place.error(key, f"`{key}` must be a table with `links` and `next`")
    place.check_keys(value, {"links", "next"})
    found = {name: _text(text, name, place) for name, text in value.items()}
    return Selectors(**found)


def _interval(value: object, key: str, place: Place) -> float:
    seconds = duration(value, key, place)
    if seconds < MIN_INTERVAL:
        raise place.error(key, f"`{key}` must be at least one minute")
    return seconds


def _delay(value: object, key: str, place: Place) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:  # noqa: PLR2004
        raise place.error(key, f"`{key}` must be a number of seconds, from 0 to 3600")
    return float(value)


def _keep(value: object, key: str, place: Place) -> Keep:
    if value == "relevant" or value == "all":  # noqa: PLR1714 - so that the type is narrowed
        return value
    raise place.error(key, f'`{key}` must be "relevant" or "all"')


_READERS: Mapping[str, Any] = {
    "title": _text,
    "home": _url,
    "languages": _languages,
    "country": _country,
    "timezone": _timezone,
    "feeds": _urls,
    "sitemaps": _urls,
    "sections": _urls,
    "include": _patterns,
    "exclude": _patterns,
    "selectors": _selectors,
    "interval": _interval,
    "delay": _delay,
    "keep": _keep,
    "verified": _text,
    "accepts_examples": _urls,
    "refuses_examples": _urls,
}
