"""What publishers reserve beside robots.txt, and what is made of it.

A page, or the answer that carries it, may say that it is not to be indexed (`noindex`), that no copy of it
is to be kept (`noarchive`), or that its publisher reserves text and data mining (the TDM Reservation
Protocol). The first two may be addressed to all robots or to us by name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from scraper import PRODUCT_TOKEN
from storage.records import Article

Noarchive = Literal["text", "refuse"]
Mining = Literal["refuse", "keep"]

_ADDRESSED = ("robots", PRODUCT_TOKEN.lower())
# `none` is short for noindex and nofollow.
_DIRECTIVES = {"noindex": "noindex", "none": "noindex", "noarchive": "noarchive"}
# What stands before a colon is a robot's name, unless it is one of these.
_WITH_VALUES = re.compile(r"(?:max-|unavailable_after)", re.IGNORECASE)
_MINING = "tdm-reservation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is made of a page whose publisher reserves something; `noindex` is always obeyed."""

    noarchive: Noarchive
    """Keep the text without the response, or neither."""
    mining: Mining
    """Refuse what is reserved from text and data mining, or keep it: the law exempts some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """Why a page is not kept."""

    kind: str
    """The kind of its outcome."""
    reason: str
    """One sentence for a person."""


def find_reservations(
    headers: Iterable[tuple[str, str]], meta: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Return what is reserved for us in a page.

    Args:
        headers: of the response, in their order.
        meta: the page's meta elements, name in lower case -> contents.

    Returns:
        `noindex`, `noarchive` and `tdm-reservation`, as far as they are said -> `header` or `meta`. What a
        header says counts as said by it, though the page may say it too.
    """
    sent = [(name.lower(), value) for name, value in headers]
    found: dict[str, str] = {}
    for name in _ADDRESSED:
        for value in meta.get(name, ()):
            found |= dict.fromkeys(_known(value.split(",")), "meta")
    if any(_says_one(value) for value in meta.get(_MINING, ())):
        found[_MINING] = "meta"
    for name, value in sent:
        if name == "x-robots-tag":
            found |= dict.fromkeys(_known(_addressed_to_us(value)), "header")
        elif name == _MINING and _says_one(value):
            found[_MINING] = "header"
    return found


def _known(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        known = _DIRECTIVES.get(word.strip().lower())
        if known is not None:
            yield known


def _addressed_to_us(value: str) -> Iterator[str]:
    """Yield the words of an X-Robots-Tag that are for all robots or for us.

    A robot's name holds for what follows it, up to the next name.
    """
    robot = None
    for piece in value.split(","):
        name, colon, rest = piece.partition(":")
        if colon and not _WITH_VALUES.match(name.strip()):
            robot, piece = name.strip().lower(), rest  # noqa: PLW2901 - the name is no word
        if robot is None or robot in _ADDRESSED or robot == "*":
            yield piece


def _says_one(value: str) -> bool:
    return value.strip() == "1"


def reservations_of(article: Article) -> dict[str, str]:
    """Return what is reserved in a reading, as `find_reservations` found it."""
    names = (*_DIRECTIVES.values(), _MINING)
    return {name: article.provenance[name] for name in names if name in article.provenance}


def refuse_reserved(article: Article, terms: Terms) -> Reserved | None:
    """Return why an article is not kept, or None when it may be.

    Args:
        article: a reading whose provenance names what is reserved.
        terms: what is made of that.
    """
    said = article.provenance
    if "noindex" in said:
        return Reserved(
            kind="noindex", reason=f"its publisher wants no index of it ({said['noindex']})"
        )
    if "noarchive" in said and terms.noarchive == "refuse":
        return Reserved(
            kind="noarchive", reason=f"its publisher wants no copy kept ({said['noarchive']})"
        )
    if _MINING in said and terms.mining == "refuse":
        return Reserved(
            kind="tdm",
            reason=f"its publisher reserves text and data mining ({said[_MINING]})",
        )
    return None


def may_keep_response(article: Article) -> bool:
    """Say whether the response itself may be kept, beside what was read in it."""
    return "noarchive" not in article.provenance
