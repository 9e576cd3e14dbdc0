"""RSS and Atom feeds, by feedparser.

feedparser takes a string for a file name or a URL, so it is given a stream of bytes and nothing else. What
it makes of HTML is never shown: of a feed we take links, titles and dates, as plain text.
"""

import contextlib
import re
from collections.abc import Mapping
from io import BytesIO
from itertools import pairwise
from typing import Any

import feedparser

from scraper.discovery.links import FoundLink, Listing
from scraper.discovery.text import repair_xml, to_plain_text

MAX_LINKS = 5_000

# feedparser needs up to five seconds of CPU for as much, when it is not well-formed.
MAX_BYTES = 4 << 20

_PROLOGUE = b'<?xml version="1.0" encoding="utf-8"?>\n'
_HTML = re.compile(rb"<html\b", re.IGNORECASE)

# Its pattern for the e-mail address of an author takes quadratic time: 32 KB cost five seconds.
_LONG_AUTHOR = re.compile(
    rb"(<(?:[\w.-]{1,50}:)?(?:author|creator|contributor|managingeditor|webmaster|publisher|name|email)"
    rb"\b[^<>]{0,500}>(?:<!\[CDATA\[)?)[^<\]]{500,}",
    re.IGNORECASE,
)
_ENTRY = re.compile(rb"<(?:item|entry)\b", re.IGNORECASE)


def read_feed(body: bytes, url: str, content_type: str | None) -> Listing:
    """Return the links of a feed.

    Args:
        body: the feed.
        url: where it was.
        content_type: its Content-Type header, whose charset counts.

    Returns:
        One link for each entry that has one; what was wrong stands in the problems.
    """
    listing = Listing()
    document = repair_xml(body[:MAX_BYTES], content_type)
    if _HTML.match(document):
        listing.problems.append("it is a page of HTML, no feed")
        return listing
    if len(body) > MAX_BYTES:
        listing.problems.append(f"it is larger than {MAX_BYTES >> 20} MiB; the rest is not read")
    document = _LONG_AUTHOR.sub(rb"\1", document)
    try:
        feed = _parse(document, url)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # feedparser gives up the whole for one entry.
        entries = _parse_each(document, url)
        listing.problems.append(
            f"one of its entries cannot be read: {type(error).__name__}: {error}"
        )
    else:
        entries = feed["entries"]
        if not feed["version"] and not entries:
            listing.problems.append("it is neither RSS nor Atom")
            return listing
        if feed["bozo"]:
            listing.problems.append(f"it is not well-formed: {feed['bozo_exception']}")
    if not entries:
        listing.problems.append("it lists nothing")
    if len(entries) > MAX_LINKS:
        listing.problems.append(f"it has {len(entries):,} links; {MAX_LINKS:,} are read")
    read = [_read_entry(entry) for entry in entries[:MAX_LINKS]]
    listing.found = [link for link in read if link is not None]
    if without := len(read) - len(listing.found):
        listing.problems.append(f"{without:,} of its {len(read):,} entries have no link to use")
    return listing


def _parse(document: bytes, url: str) -> Mapping[str, Any]:
    parsed: Mapping[str, Any] = feedparser.parse(
        BytesIO(_PROLOGUE + document),
        response_headers={
            "content-location": url,
            "content-type": "application/xml; charset=utf-8",
        },
        # No HTML of a feed is used, so none is cleaned; links are resolved all the same.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return parsed


def _parse_each(document: bytes, url: str) -> list[Mapping[str, Any]]:
    """Return the entries that can be read, each parsed by itself."""
    starts = [found.start() for found in _ENTRY.finditer(document)]
    head = document[: starts[0]] if starts else b""
    entries: list[Mapping[str, Any]] = []
    for start, end in pairwise((*starts[: MAX_LINKS + 1], len(document))):
        with contextlib.suppress(AttributeError, LookupError, TypeError, ValueError):
            entries += _parse(head + document[start:end], url)["entries"]
    return entries


def _read_entry(entry: Mapping[str, Any]) -> FoundLink | None:
    # FeedBurner links to itself and names the article beside it.
    href = entry.get("feedburner_origlink") or entry.get("link")
    if not href:
        return None
    # feedparser would answer for one with the other, and warn.
    published = entry["published"] if "published" in entry else entry.get("updated")
    return FoundLink(
        href=href,
        title=to_plain_text(entry.get("title")),
        published_raw=to_plain_text(published),
    )
