"""Every setting once: its name, default and meaning. Reads and writes wireroom.toml."""

import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scraper.errors import ConfigError
from scraper.sources import MIN_INTERVAL, Source, load_catalogue, parse_source
from scraper.toml import Place, duration, read_toml, strings
from wireroom import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting of wireroom.toml."""

    name: str
    """Its key."""
    default: Any
    """Its value, as read, when the file does not have it."""
    example: str
    """How it is written in the file."""
    help: str
    """What it does."""
    read: Callable[[object, str, Place], Any]
    """Checks a value of the file and returns what it means."""


def _text(value: object, key: str, place: Place) -> str:
    if not isinstance(value, str) or not value.strip():
        raise place.error(key, f"`{key}` must be a text")
    return value.strip()


def _contact(value: object, key: str, place: Place) -> str:
    text = _text(value, key, place)
    if not re.fullmatch(r"[^@\s()]+@[^@\s()]+\.[^@\s()]+|https?://[^\s()]+", text):
        raise place.error(
            key, f"`{key}` must be an e-mail address or the URL of a page about the crawl"
        )
    return text


def _path(value: object, key: str, place: Place) -> Path:
    return Path(_text(value, key, place))


def _networks(value: object, key: str, place: Place) -> tuple[str, ...]:
    networks = strings(value, key, place)
    for network in networks:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError as error:
            raise place.error(
                key, f"`{key}`: {network!r} is no network such as 10.0.0.0/8"
            ) from error
    return networks


def _interval(value: object, key: str, place: Place) -> float:
    seconds = duration(value, key, place)
    if seconds < MIN_INTERVAL:
        raise place.error(key, f"`{key}` must be at least one minute")
    return seconds


def _number(low: float, high: float) -> Callable[[object, str, Place], float]:
    def read(value: object, key: str, place: Place) -> float:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            raise place.error(key, f"`{key}` must be a number from {low:g} to {high:g}")
        return float(value)

    return read


def _whole(low: int, high: int) -> Callable[[object, str, Place], int]:
    def read(value: object, key: str, place: Place) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise place.error(key, f"`{key}` must be a whole number from {low} to {high}")
        return value

    return read


SETTINGS = (
    Setting(
        name="contact",
        default=None,
        example='"you@example.org"',
        help="How a portal's owner reaches whoever crawls: an e-mail address or a URL. It goes into the "
        "User-Agent, and no public host is crawled without it.",
        read=_contact,
    ),
    Setting(
        name="sources",
        default=(),
        example='["china_org_cn", "itu"]',
        help="The sources to crawl, from the catalogue (`wireroom sources list`). Your own, in "
        "[source.NAME] tables below, are always crawled.",
        read=strings,
    ),
    Setting(
        name="topics",
        default=None,
        example='"topics.toml"',
        help="Your own topics, in the form of the shipped ones and added to them. A path relative to "
        "this file.",
        read=_path,
    ),
    Setting(
        name="interval",
        default=3600.0,
        example='"1h"',
        help="How often a source of yours is crawled that does not say so itself.",
        read=_interval,
    ),
    Setting(
        name="delay",
        default=2.0,
        example="2.0",
        help="Seconds between two requests to a host, for a source of yours that does not say so itself.",
        read=_number(0, 3600),
    ),
    Setting(
        name="max_pages",
        default=500,
        example="500",
        help="The most article pages of one source in one crawl; the rest waits for the next.",
        read=_whole(1, 1_000_000),
    ),
    Setting(
        name="following_pages",
        default=5,
        example="5",
        help="How many following pages of a section are read while they bring new links.",
        read=_whole(0, 1000),
    ),
    Setting(
        name="crawl_minutes",
        default=15,
        example="15",
        help="After so many minutes a crawl ends; what waits is crawled next time.",
        read=_whole(1, 24 * 60),
    ),
    Setting(
        name="request_timeout",
        default=30.0,
        example="30",
        help="Seconds for one response, from the connection to the last byte.",
        read=_number(1, 600),
    ),
    Setting(
        name="workers",
        default=0,
        example="0",
        help="Processes that read pages; 0 means one a core.",
        read=_whole(0, 256),
    ),
    Setting(
        name="allow_networks",
        default=(),
        example='["10.0.0.0/8"]',
        help="Ranges of non-public addresses that may be connected to, for an intranet.",
        read=_networks,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What wireroom.toml says, with defaults for what it does not say."""

    contact: str | None = None
    """For the User-Agent; None when it is not set."""
    sources: tuple[Source, ...] = ()
    """The chosen sources, in the order of the file, then the user's own."""
    topics: Path | None = None
    """The user's own topics."""
    max_pages: int = 500
    """The most article pages of a source in a crawl."""
    following_pages: int = 5
    """The most following pages of a section."""
    crawl_minutes: int = 15
    """The longest a crawl may take."""
    request_timeout: float = 30.0
    """Seconds for one response."""
    workers: int = 0
    """Worker processes; 0 means one a core."""
    allow_networks: tuple[str, ...] = ()
    """CIDR ranges of non-public addresses that are open."""
    known: Mapping[str, Source] = field(default_factory=dict)
    """The catalogue and the user's own sources, by name."""

    def user_agent(self) -> str:
        """Return the User-Agent: the product, its version, and the contact where there is one."""
        product = f"Wireroom/{__version__}"
        if self.contact is None:
            return product
        how = self.contact if self.contact.startswith("http") else f"mailto:{self.contact}"
        return f"{product} (+{how})"

    def choose(self, names: Sequence[str]) -> tuple[Source, ...]:
        """Return the sources with these names; all that are chosen when there are no names.

        Raises:
            ConfigError: for a name that is not known, or when no source is chosen.
        """
        if not names and not self.sources:
            raise ConfigError(
                "no source is chosen: name some on the command line, or in wireroom.toml as "
                'sources = ["china_org_cn"] (`wireroom sources list` lists them)'
            )
        return tuple(_known(name, self.known) for name in dict.fromkeys(names)) or self.sources


def load_config(path: Path | None, *, archive: Path) -> Config:
    """Return the settings.

    Args:
        path: the file; None means wireroom.toml beside the archive, if there is one.
        archive: the archive's file.

    Raises:
        ConfigError: when a file that was named does not exist, or a setting cannot be used; it names
            file, line and key.
    """
    file = path or archive.with_name("wireroom.toml")
    if not file.exists():
        if path is not None:
            raise ConfigError(f"{path}: there is no such file; `wireroom init` writes one")
        return Config(known=load_catalogue())
    try:
        place = Place(str(file), file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    return _parse(place, file.parent)


def check_networks(networks: Iterable[str], *, where: str) -> tuple[str, ...]:
    """Return networks that were given elsewhere than in the file.

    Raises:
        ConfigError: for one that is no CIDR range.
    """
    for network in networks:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError as error:
            raise ConfigError(f"{where}: {network!r} is no network such as 10.0.0.0/8") from error
    return tuple(networks)


def write_config(path: Path, *, contact: str | None = None) -> None:
    """Write a commented file with every setting and its default.

    Args:
        path: where; nothing is overwritten.
        contact: the contact to set in it.

    Raises:
        ConfigError: when the file exists, or the contact is none.
    """
    text = default_config(contact=contact)
    _parse(Place(str(path), text), path.parent)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigError(f"{path}: exists already, and is not overwritten") from error


def default_config(*, contact: str | None = None) -> str:
    """Return the text of a commented wireroom.toml in which nothing but the contact is set."""
    lines = ["# Settings of Wireroom. What is commented out shows the form, or the default.", ""]
    for setting in SETTINGS:
        lines += [f"# {line}" for line in _wrap(setting.help)]
        if setting.name == "contact" and contact is not None:
            lines += [f'contact = "{contact}"', ""]
        else:
            lines += [f"# {setting.name} = {setting.example}", ""]
    lines += [
        "# A source of your own:",
        "# [source.example]",
        '# title = "Example News"',
        '# home = "https://news.example.org/"',
        '# languages = ["en"]',
        '# timezone = "Europe/Berlin"',
        '# feeds = ["https://news.example.org/rss.xml"]',
        "# include = ['/\\d{4}/\\d{2}/']",
        '# interval = "6h"',
        '# keep = "relevant"',
        "",
        "# The catalogue:",
    ]
    lines += [f"#   {source.name:<20} {source.title}" for source in load_catalogue().values()]
    return "\n".join(lines) + "\n"


def _parse(place: Place, folder: Path) -> Config:
    tables = read_toml(place)
    place.check_keys(tables, {setting.name for setting in SETTINGS} | {"source"})
    values = {
        setting.name: setting.read(tables[setting.name], setting.name, place)
        if setting.name in tables
        else setting.default
        for setting in SETTINGS
    }
    defaults = {"interval": values.pop("interval"), "delay": values.pop("delay")}
    own = {}
    for name, table in tables.get("source", {}).items():
        if not isinstance(table, dict):
            raise place.error("source", f"`source.{name}` must be a table [source.{name}]")
        own[name] = parse_source(name, table, place.within(f"source.{name}"), defaults=defaults)
    known = {**load_catalogue(), **own}
    for name in values["sources"]:
        if name not in known:
            raise place.error("sources", f"no source is called {name!r}", suggest=(name, known))
    chosen = dict.fromkeys([*values.pop("sources"), *own])
    if values["topics"] is not None:
        values["topics"] = folder / values["topics"]
    return Config(sources=tuple(known[name] for name in chosen), known=known, **values)


def _known(name: str, known: Mapping[str, Source]) -> Source:
    if name not in known:
        raise Place("the command line", "").error(
            None, f"no source is called {name!r}", suggest=(name, known)
        )
    return known[name]


def _wrap(text: str) -> list[str]:
    import textwrap  # noqa: PLC0415 - only when a file is written

    return textwrap.wrap(text, 96)
