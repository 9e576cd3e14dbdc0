"""Reads and writes wireroom.toml; what may stand in it is said in `scraper.settings`."""

import json
import textwrap
from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import cast

from scraper import PRODUCT_TOKEN, __version__
from scraper.catalogue import (
    SourceDefaults,
    check_group,
    check_limits,
    load_catalogue,
    parse_source,
)
from scraper.errors import ConfigError
from scraper.extraction import Mode
from scraper.reservations import Mining, Noarchive, Terms
from scraper.settings import SETTINGS, check_network, read_contact
from scraper.sources import GROUPS, Source
from scraper.toml import Place, parse_toml
from storage.frontier import RECHECK_AGES

_OF_SOURCES = {"interval", "min_interval", "max_interval", "delay", "keep"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What wireroom.toml says, with defaults for what it does not say."""

    contact: str | None = None
    """For the User-Agent; None when it is not set."""
    sources: tuple[Source, ...] = ()
    """The chosen sources, in the order of the file, then the user's own."""
    topics: Path | None = None
    """The user's own topics."""
    extraction: Mode = "best"
    """How texts are read."""
    max_pages: int = 500
    """The most article pages of a source in a crawl."""
    max_host_pages: int = 2000
    """The most requests to a host in a crawl."""
    following_pages: int = 5
    """The most following pages of a section in a crawl."""
    recheck: tuple[timedelta, ...] = RECHECK_AGES
    """The ages at which an archived article is looked at again."""
    keep_irrelevant: int = 0
    """Days for which the responses of irrelevant pages are kept; 0 means for ever."""
    min_free_mb: int = 500
    """With less room on the archive's disk nothing is crawled."""
    crawl_minutes: int = 15
    """The longest a crawl may take."""
    request_timeout: float = 30.0
    """Seconds for one response."""
    host_pages_a_day: int = 10_000
    """The most requests to a host in a day; 0 is without bound."""
    host_mb_a_day: int = 2_000
    """The most megabytes from a host in a day; 0 is without bound."""
    noarchive: Noarchive = "text"
    """What is kept of a page whose publisher wants no copy of it."""
    tdm_reservation: Mining = "refuse"
    """What becomes of a page whose publisher reserves text and data mining."""
    reading_seconds: float = 10.0
    """CPU seconds for reading one page or list."""
    workers: int = 0
    """Worker processes; 0 means one a core."""
    allow_networks: tuple[str, ...] = ()
    """CIDR ranges of non-public addresses that are open."""
    known: Mapping[str, Source] = field(default_factory=dict)
    """The catalogue and the user's own sources, by name."""
    defaults: SourceDefaults = field(default_factory=SourceDefaults)
    """What holds for a source that does not say it."""

    def user_agent(self) -> str:
        """Return the User-Agent: the product, its version, and the contact where there is one."""
        product = f"{PRODUCT_TOKEN}/{__version__}"
        if self.contact is None:
            return product
        is_url = self.contact.startswith(("http://", "https://"))
        return f"{product} (+{self.contact})" if is_url else f"{product} (+mailto:{self.contact})"

    def terms(self) -> Terms:
        """Return what is made of what publishers reserve."""
        return Terms(noarchive=self.noarchive, mining=self.tdm_reservation)

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
    check_limits(defaults.min_interval, defaults.max_interval, place)
    shipped = load_catalogue(defaults)
    own = _parse_own_sources(tables.get("source", {}), place, defaults, shipped)
    known = ChainMap(own, cast("MutableMapping[str, Source]", shipped))
    chosen = dict.fromkeys((*_find_sources(values.pop("sources"), known, place), *own.values()))
    return Config(sources=tuple(chosen), known=known, defaults=defaults, **values)


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
            check_network(network)
        except ValueError as error:
            raise ConfigError(f"{where}: {error}") from error
    return checked


def write_config(path: Path, *, contact: str | None = None, groups: Sequence[str] = ()) -> None:
    """Write a commented file with every setting and its default.

    Args:
        path: where; nothing is overwritten.
        contact: the contact to set in it.
        groups: the groups of the catalogue whose sources are chosen.

    Raises:
        ConfigError: when the file exists or cannot be written, the contact is none, or a group is unknown.
    """
    for group in groups:
        check_group(group, place=Place("--group"))
    if contact is not None:
        contact = read_contact(contact, "contact", Place("on the command line"))
    text = default_config(contact=contact, groups=groups)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise ConfigError(f"{path}: exists already, and is not overwritten") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


def append_source(
    path: Path, name: str, table: Mapping[str, str | Sequence[str]], *, known: Mapping[str, Source]
) -> Path:
    """Write a source at the end of the settings' file; what stands there is left as it is.

    Args:
        path: the file; made when it does not exist.
        name: the source's name.
        table: its keys, texts or lists of texts.
        known: the sources that are known already.

    Returns:
        The file.

    Raises:
        ConfigError: when the name is taken, the record is not right, or the file cannot be written.
    """
    if name in known:
        raise ConfigError(
            f"{name}: a source of that name is known already; give another with --name"
        )
    lines = [f"[source.{name}]"]
    for key, value in table.items():
        written = _quote(value) if isinstance(value, str) else f"[{', '.join(map(_quote, value))}]"
        lines.append(f"{key} = {written}")
    try:
        before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        text = "\n".join((*before.rstrip().split("\n"), "", *lines, "")).lstrip("\n")
        # Nothing that could not be read again is ever written.
        parse_config(Place(str(path), text))
        partial = path.with_name(path.name + ".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be written: {error}") from error
    return path


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def default_config(*, contact: str | None = None, groups: Sequence[str] = ()) -> str:
    """Return the text of a commented wireroom.toml, in which only what is given is set.

    Args:
        contact: the contact to set; it is not checked here.
        groups: the groups of the catalogue whose sources are chosen.
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
        elif setting.name == "sources" and groups:
            lines += ["sources = [", *_grouped(groups, '    "{0.name}",'), "]", ""]
        else:
            lines += [f"# {setting.name} = {setting.example or setting.default}", ""]
    lines += ["# The catalogue:", *_grouped(tuple(GROUPS), "#   {0.name:<20} {0.title}", mark="# ")]
    return "\n".join((*lines, _OWN_SOURCE))


def _grouped(groups: Sequence[str], form: str, *, mark: str = "    # ") -> list[str]:
    """Return a line a source of the catalogue, below the name of its group."""
    lines = []
    for group in dict.fromkeys(groups):
        lines.append(f"{mark}{GROUPS[group]}")
        catalogue = load_catalogue().values()
        lines += [form.format(source) for source in catalogue if source.group == group]
    return lines


_OWN_SOURCE = """
# A source of your own. A table with the name of a source of the catalogue changes what it says
# of that source, and leaves the rest.
# [source.example]
# title = "Example News"
# home = "https://news.example.org/"
# languages = ["en"]
# country = "DE"
# timezone = "Europe/Berlin"
# feeds = ["https://news.example.org/rss.xml"]
# sitemaps = ["https://news.example.org/sitemap.xml"]
# sections = ["https://news.example.org/economy/"]
# include = ['/\\d{4}/\\d{2}/[^/]+$']     # patterns: an article's URL contains one of them
# exclude = ['/video/']                 # ... and none of these
# selectors.links = 'main h2 a'         # CSS: the links to articles on a section page
# interval = "6h"                       # to begin with; then as often as it publishes, between
# min_interval = "1h"                   # ... the one
# max_interval = "1d"                   # ... and the other
# delay = 2.0
# keep = "relevant"
"""


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
