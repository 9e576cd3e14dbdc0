"""Every setting once: its name, default and meaning. Reads and writes wireroom.toml."""

import ipaddress
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scraper.errors import ConfigError
from scraper.sources import (
    MAX_DELAY,
    Source,
    SourceDefaults,
    load_catalogue,
    parse_source,
    read_delay,
    read_interval,
    read_keep,
)
from scraper.toml import (
    Place,
    Reader,
    number_reader,
    parse_toml,
    read_text,
    read_texts,
    whole_reader,
)
from wireroom import __version__


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a setting's value may be."""

    what: str
    """In words."""
    read: Reader[Any]
    """Checks a value of the file and returns what it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting of wireroom.toml."""

    name: str
    """Its key."""
    default: str | None
    """Its default, as it is written in the file; None when it is unset by default."""
    example: str | None = None
    """How it may be written, where the default does not show it."""
    help: str
    """What it does."""
    kind: Kind
    """What it may be."""

    def read_default(self) -> Any:  # noqa: ANN401 - as many types as there are kinds
        """Return what the default means; None when there is none."""
        if self.default is None:
            return None
        text = f"{self.name} = {self.default}"
        place = Place("default", text)
        return self.kind.read(parse_toml(place)[self.name], self.name, place)


def _whole(low: int, high: int) -> Kind:
    return Kind(what=f"a whole number from {low} to {high}", read=whole_reader(low, high))


def _seconds(low: float, high: float) -> Kind:
    return Kind(what=f"seconds, from {low:g} to {high:g}", read=number_reader(low, high))


def _read_contact(value: object, key: str, place: Place) -> str:
    text = read_text(value, key, place)
    if not _CONTACT.fullmatch(text) or not (text.isascii() and text.isprintable()):
        raise place.error(
            key,
            f"`{key}` must be an e-mail address such as you@example.org, or the URL of a page that "
            f"says who crawls and why; it is {text!r}",
        )
    return text


# It goes into a header, in brackets.
_CONTACT = re.compile(r"""[^@\s()<>"\\]+@[^@\s()<>"\\]+\.[^@\s()<>"\\]+|https?://[^\s()<>"\\]+""")


def _read_sources(value: object, key: str, place: Place) -> tuple[str, ...]:
    if isinstance(value, dict):
        raise place.error(key, "a source of your own is a table [source.NAME], without an s")
    return read_texts(value, key, place)


def _read_path(value: object, key: str, place: Place) -> Path:
    path = Path(place.file).parent / Path(read_text(value, key, place)).expanduser()
    if not path.is_file():
        raise place.error(key, f"`{key}`: there is no file {path}")
    return path


def _read_networks(value: object, key: str, place: Place) -> tuple[str, ...]:
    networks = read_texts(value, key, place)
    for network in networks:
        try:
            _parse_network(network)
        except ValueError as error:
            raise place.error(key, f"`{key}`: {error}", value=network) from error
    return networks


SETTINGS = (
    Setting(
        name="contact",
        default=None,
        example='"you@example.org"',
        help="How a portal's owner reaches whoever crawls: an e-mail address, or the URL of a page about "
        "the crawl. It goes into the User-Agent; without it no public host is asked for anything.",
        kind=Kind(what="an e-mail address or a URL", read=_read_contact),
    ),
    Setting(
        name="sources",
        default="[]",
        example='["china_org_cn", "itu"]',
        help="The sources to crawl, chosen from the catalogue. Those of your own, in [source.NAME] tables "
        "at the end of this file, are crawled too.",
        kind=Kind(what="a list of names of sources", read=_read_sources),
    ),
    Setting(
        name="topics",
        default=None,
        example='"topics.toml"',
        help="A file with topics of your own, in the form of the shipped ones and added to them. A "
        "relative path starts from this file.",
        kind=Kind(what="the path of a file", read=_read_path),
    ),
    Setting(
        name="interval",
        default='"1h"',
        help="How often a source is crawled that does not say so itself.",
        kind=Kind(what='a duration such as "30m", "6h" or "1d"', read=read_interval),
    ),
    Setting(
        name="delay",
        default="2.0",
        help="How long to wait between two requests to a host, for a source that does not say so itself.",
        kind=Kind(what=f"seconds, from 0 to {MAX_DELAY:g}", read=read_delay),
    ),
    Setting(
        name="keep",
        default='"relevant"',
        help="What is archived of a source that does not say so itself: its relevant articles, or all.",
        kind=Kind(what='"relevant" or "all"', read=read_keep),
    ),
    Setting(
        name="max_pages",
        default="500",
        help="The most article pages of one source in one crawl; the rest waits for the next crawl.",
        kind=_whole(1, 1_000_000),
    ),
    Setting(
        name="following_pages",
        default="5",
        help="The most following pages of one section in one crawl.",
        kind=_whole(0, 1000),
    ),
    Setting(
        name="crawl_minutes",
        default="15",
        help="After so many minutes a crawl ends; what waits is asked for by the next crawl.",
        kind=_whole(1, 24 * 60),
    ),
    Setting(
        name="request_timeout",
        default="30",
        help="How long one response may take, from the connection to its last byte.",
        kind=_seconds(1, 600),
    ),
    Setting(
        name="workers",
        default="0",
        help="Processes that read pages; 0 means one a core.",
        kind=_whole(0, 256),
    ),
    Setting(
        name="allow_networks",
        default="[]",
        example='["10.0.0.0/8"]',
        help="Non-public addresses that may be connected to, for an intranet.",
        kind=Kind(what="a list of networks in CIDR form", read=_read_networks),
    ),
)

_OF_SOURCES = {"interval", "delay", "keep"}


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
    """The most following pages of a section in a crawl."""
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
        is_url = self.contact.startswith(("http://", "https://"))
        return f"{product} (+{self.contact})" if is_url else f"{product} (+mailto:{self.contact})"

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
        place = Place("on the command line")
        return _find_sources(names, self.known, place) if names else self.sources


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
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        if path is None:
            return parse_config(Place(str(file)))
        raise ConfigError(f"{path}: there is no such file; `wireroom init` writes one") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    return parse_config(Place(str(file), text))


def parse_config(place: Place) -> Config:
    """Return the settings of a text in the form of wireroom.toml.

    Raises:
        ConfigError: naming file, line and key, for what cannot be used.
    """
    tables = parse_toml(place)
    place.check_keys(tables, [setting.name for setting in SETTINGS] + ["source"])
    values = {
        setting.name: setting.kind.read(tables[setting.name], setting.name, place)
        if setting.name in tables
        else setting.read_default()
        for setting in SETTINGS
    }
    defaults = SourceDefaults(**{name: values.pop(name) for name in _OF_SOURCES})
    shipped = load_catalogue(defaults)
    own = _parse_own_sources(tables.get("source", {}), place, defaults, shipped)
    known = {**shipped, **own}
    chosen = dict.fromkeys((*_find_sources(values.pop("sources"), known, place), *own.values()))
    return Config(sources=tuple(chosen), known=known, **values)


def check_networks(networks: Iterable[str], *, where: str) -> tuple[str, ...]:
    """Return networks that were given elsewhere than in the file.

    Args:
        networks: CIDR ranges.
        where: what they were given with, for the message.

    Raises:
        ConfigError: for one that is no CIDR range.
    """
    checked = tuple(networks)
    for network in checked:
        try:
            _parse_network(network)
        except ValueError as error:
            raise ConfigError(f"{where}: {error}") from error
    return checked


def write_config(path: Path, *, contact: str | None = None) -> None:
    """Write a commented file with every setting and its default.

    Args:
        path: where; nothing is overwritten.
        contact: the contact to set in it.

    Raises:
        ConfigError: when the file exists or cannot be written, or the contact is none.
    """
    if contact is not None:
        contact = _read_contact(contact, "contact", Place("on the command line"))
    text = default_config(contact=contact)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigError(f"{path}: exists already, and is not overwritten") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


def default_config(*, contact: str | None = None) -> str:
    """Return the text of a commented wireroom.toml, in which nothing but the contact is set.

    Args:
        contact: the contact to set; it is not checked here.
    """
    lines = [
        "# Settings of Wireroom. What is commented out shows the default, or an example where there is",
        "# none: remove the # to set it.",
        "",
    ]
    for setting in SETTINGS:
        lines += _comment(setting.help)
        if setting.name == "contact" and contact is not None:
            lines += [f'contact = "{contact}"', ""]
        else:
            lines += [f"# {setting.name} = {setting.example or setting.default}", ""]
    lines += ["# The catalogue:"]
    lines += [f"#   {source.name:<16} {source.title}" for source in load_catalogue().values()]
    return "\n".join((*lines, "", *_OWN_SOURCE)) + "\n"


_OWN_SOURCE = (
    *textwrap.wrap(
        "A source of your own. A table with the name of a source of the catalogue changes what it says of "
        "that source, and leaves the rest.",
        width=96,
        initial_indent="# ",
        subsequent_indent="# ",
    ),
    "# [source.example]",
    '# title = "Example News"',
    '# home = "https://news.example.org/"',
    '# languages = ["en"]',
    '# country = "DE"',
    '# timezone = "Europe/Berlin"',
    '# feeds = ["https://news.example.org/rss.xml"]',
    '# sitemaps = ["https://news.example.org/sitemap.xml"]',
    '# sections = ["https://news.example.org/economy/"]',
    "# include = ['/\\d{4}/\\d{2}/[^/]+$']      # patterns: an article's URL contains one of them",
    "# exclude = ['/video/']                 # ... and none of these",
    "# selectors.links = 'main h2 a'         # CSS: the links to articles on a section page",
    '# interval = "6h"',
    "# delay = 2.0",
    '# keep = "relevant"',
)


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, width=96, initial_indent="# ", subsequent_indent="# ")


def _parse_own_sources(
    tables: object, place: Place, defaults: SourceDefaults, shipped: Mapping[str, Source]
) -> dict[str, Source]:
    own = {}
    for name, table in tables.items() if isinstance(tables, dict) else [("source", None)]:
        if not isinstance(table, dict):
            raise place.error("source", f"a source is a table [source.NAME], and {name!r} is none")
        where = place.within("source", name)
        own[name] = parse_source(name, table, where, defaults=defaults, shipped=shipped.get(name))
    return own


def _find_sources(
    names: Iterable[str], known: Mapping[str, Source], place: Place
) -> tuple[Source, ...]:
    for name in names:
        if name not in known:
            message = f"no source is called {name!r}"
            raise place.error("sources", message, value=name, suggest=(name, known))
    return tuple(known[name] for name in dict.fromkeys(names))


def _parse_network(text: str) -> None:
    try:
        ipaddress.ip_network(text)
    except ValueError as error:
        try:
            meant = str(ipaddress.ip_network(text, strict=False))
        except ValueError:
            raise ValueError(f"{text!r} is no network in CIDR form, such as 10.0.0.0/8") from error
        raise ValueError(f"{text!r} is no network; did you mean {meant!r}?") from error
