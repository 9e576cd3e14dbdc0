"""Articles in parts: which page an article goes on with, and how the parts become one text.

A part is known by its address alone: that of the first part with a number in one of the places where the
systems of portals put it. Nothing else that says "next" is believed; it mostly leads to another article.
"""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.etree import _Element

from scraper.errors import UrlRefused
from scraper.urls import canonicalise

MAX_PARTS = 20

_PARAMETERS = ("page", "seite", "pagina", "p", "pg")
_SUFFIX = re.compile(r"\.[a-z]{2,5}$")


def find_next_part(tree: _Element, url: str, *, first: str, number: int) -> str | None:
    """Return the URL of a part of an article that a page links to, or None.

    Args:
        tree: the page.
        url: its own canonical URL.
        first: the canonical URL of the first part.
        number: which part is wanted, from 2.
    """
    targets: set[str] = set()
    # Few links have such a number in such a place; the others need not be canonicalised.
    counted = re.compile(rf"(?:^|[/_=-]p?|\s)(?:{number}|{number - 1})(?:$|[/?#.&\s])")
    for element in tree.iter("a", "link"):
        href = element.get("href") or ""
        if counted.search(href):
            try:
                targets.add(canonicalise(href, base=url))
            except UrlRefused:
                continue
    targets -= {url, first}
    if not targets:
        return None
    return next((found for found in addresses_of_part(first, number) if found in targets), None)


def addresses_of_part(first: str, number: int) -> list[str]:
    """Return the URLs that a part of an article may have, the likeliest first.

    Args:
        first: the canonical URL of the first part.
        number: which part, from 2. Some systems count the second one as 1.
    """
    parts = urlsplit(first)
    path = parts.path.rstrip("/")
    found = _SUFFIX.search(path)
    suffix = found[0] if found else ""
    stem = path.removesuffix(suffix)
    addresses = []
    for counted in (number, number - 1):
        paths = [f"{stem}{mark}{counted}{suffix}" for mark in ("_", "-", "_p", "-p")]
        if not suffix:
            paths += [
                f"{path}/{mark}{counted}{end}"
                for mark in ("", "page/", "seite-")
                for end in ("", "/")
            ]
        addresses += [parts._replace(path=one).geturl() for one in paths]
        pairs = parse_qsl(parts.query)
        # A name that is there already names the article: WordPress has `?p=7`.
        for name in (name for name in _PARAMETERS if name not in dict(pairs)):
            query = urlencode([*pairs, (name, str(counted))])
            addresses.append(parts._replace(query=query).geturl())
    return addresses


def join_texts(texts: Sequence[str], *, title: str) -> str:
    """Return the text of an article from those of its parts.

    What every part repeats (the title, a line of dates) stays where it stands first.

    Args:
        texts: the parts' texts in their order, a paragraph a line.
        title: the article's title.
    """
    lines: list[str] = []
    tops = {title, *(line for text in texts[:1] for line in text.split("\n")[:3])}
    for number, text in enumerate(texts):
        own = text.split("\n")
        while number and own and own[0] in tops:
            own.pop(0)
        lines += own
    return "\n".join(lines)
