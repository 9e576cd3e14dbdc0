"""Every setting of wireroom.toml once: its name, default, kind and meaning."""

import ipaddress
import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from scraper.catalogue import MAX_DELAY, read_delay, read_interval, read_keep
from scraper.extraction import Mode
from scraper.toml import (
    Place,
    Reader,
    duration_reader,
    number_reader,
    parse_toml,
    read_text,
    read_texts,
    whole_reader,
)


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


def _one_of(*words: str) -> Kind:
    what = " or ".join(f'"{word}"' for word in words)

    def read(value: object, key: str, place: Place) -> str:
        if value not in words:
            raise place.error(key, f"`{key}` must be {what}")
        return str(value)

    return Kind(what=what, read=read)


def read_contact(value: object, key: str, place: Place) -> str:
    """Return an address for the User-Agent.

    Raises:
        ConfigError: for what is neither an e-mail address nor a URL, or cannot stand in a header.
    """
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


def read_mode(value: object, key: str, place: Place) -> Mode:
    """Return how texts are read.

    Raises:
        ConfigError: for anything but `best` and `fast`.
    """
    if value == "best" or value == "fast":  # noqa: PLR1714 - so that the type is narrowed
        return value
    raise place.error(key, f'`{key}` must be "best" or "fast"')


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
            check_network(network)
        except ValueError as error:
            raise place.error(key, f"`{key}`: {error}", value=network) from error
    return networks


_read_age = duration_reader(60.0)


def _read_ages(value: object, key: str, place: Place) -> tuple[timedelta, ...]:
    if value == []:
        return ()
    ages = tuple(
        timedelta(seconds=_read_age(text, key, place)) for text in read_texts(value, key, place)
    )
    if any(later <= earlier for earlier, later in pairwise(ages)):
        raise place.error(key, f"`{key}`: each age must be longer than the one before")
    return ages


def check_network(text: str) -> None:
    """Check that a text names a network.

    Raises:
        ValueError: saying what is wrong with it.
    """
    try:
        ipaddress.ip_network(text)
    except ValueError as error:
        try:
            meant = str(ipaddress.ip_network(text, strict=False))
        except ValueError:
            raise ValueError(f"{text!r} is no network in CIDR form, such as 10.0.0.0/8") from error
        raise ValueError(f"{text!r} is no network; did you mean {meant!r}?") from error


_INTERVAL = Kind(what='a duration such as "30m", "6h" or "1d"', read=read_interval)

SETTINGS = (
    Setting(
        name="contact",
        default=None,
        example='"you@example.org"',
        help="How a portal's owner reaches whoever crawls: an e-mail address, or the URL of a page about "
        "the crawl. It goes into the User-Agent; without it no public host is asked for anything.",
        kind=Kind(what="an e-mail address or a URL", read=read_contact),
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
        help="How often a source is crawled that does not say so itself, until it is known how often it "
        "publishes; then as often as that, within the next two.",
        kind=_INTERVAL,
    ),
    Setting(
        name="min_interval",
        default='"15m"',
        help="No source is crawled more often, unless its own `min_interval` says so.",
        kind=_INTERVAL,
    ),
    Setting(
        name="max_interval",
        default='"1d"',
        help="No source is crawled more rarely, unless its own `max_interval` says so. With both limits the "
        "same, the interval is fixed.",
        kind=_INTERVAL,
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
        name="extraction",
        default='"best"',
        help="How texts are read: `best` asks a second extractor where the first may have left something "
        "out; `fast` does not, and takes about three quarters of the time.",
        kind=Kind(what='"best" or "fast"', read=read_mode),
    ),
    Setting(
        name="max_pages",
        default="500",
        help="The most article pages of one source in one crawl; the rest waits for the next crawl.",
        kind=_whole(1, 1_000_000),
    ),
    Setting(
        name="max_host_pages",
        default="2000",
        help="The most requests to one host in one crawl, whichever sources they are for; what goes "
        "beyond is refused for a day.",
        kind=_whole(1, 1_000_000),
    ),
    Setting(
        name="following_pages",
        default="5",
        help="The most following pages of one section in one crawl.",
        kind=_whole(0, 1000),
    ),
    Setting(
        name="recheck",
        default='["15m", "1h", "3h", "1d", "7d", "30d"]',
        help="The ages at which an archived article is looked at again, so that corrections are noticed; an "
        "empty list means never.",
        kind=Kind(what="a list of durations, each longer than the one before", read=_read_ages),
    ),
    Setting(
        name="keep_irrelevant",
        default="0",
        help="For how many days the responses of irrelevant pages are kept, for `rescore` and `restore`; 0 "
        "means for ever. They go a month's file at a time.",
        kind=_whole(0, 36_500),
    ),
    Setting(
        name="min_free_mb",
        default="500",
        help="A crawl ends, and none begins, when the archive's disk has less room than so many megabytes.",
        kind=_whole(0, 1_000_000),
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
        name="host_pages_a_day",
        default="10000",
        help="The most requests to one host in a day (UTC), whatever for and whoever asks; the rest waits "
        "for the next day. 0 is without bound.",
        kind=_whole(0, 10_000_000),
    ),
    Setting(
        name="host_mb_a_day",
        default="2000",
        help="The most megabytes that one host is asked for in a day (UTC). 0 is without bound.",
        kind=_whole(0, 10_000_000),
    ),
    Setting(
        name="noarchive",
        default='"text"',
        help="What is kept of a page whose publisher wants no copy of it (noarchive): its text without the "
        "response it came in, or nothing.",
        kind=_one_of("text", "refuse"),
    ),
    Setting(
        name="tdm_reservation",
        default='"refuse"',
        help="What becomes of a page whose publisher reserves text and data mining: it is refused; or it is "
        'kept, for those whom the law exempts, such as research organisations in the EU. "keep" needs a '
        "right of your own.",
        kind=_one_of("refuse", "keep"),
    ),
    Setting(
        name="reading_seconds",
        default="10",
        help="The CPU time that reading one page or list may take; what needs more is killed, and its URL "
        "fails.",
        kind=_seconds(0.5, 600),
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
