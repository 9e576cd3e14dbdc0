"""RSS, RDF, Atom and JSON feeds; all but the last by feedparser.

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

from scraper.discovery.json_feed import read_json_feed
from scraper.discovery.links import FoundLink, Listing
from scraper.discovery.text import repair_xml, to_plain_text

MAX_LINKS = 5_000

# feedparser needs up to five seconds of CPU for as much, when it is not well-formed.
MAX_BYTES = 4 << 20

_PROLOGUE = b'<?xml version="1.0" encoding="utf-8"?>\n'
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_WRAPPER = (
    b'<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    b'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
    b'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
    b"<channel>%s</channel></rss>"
)
_PERIODS = {
    "hourly": 3600.0,
    "daily": 86_400.0,
    "weekly": 604_800.0,
    "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}
_HTML = re.compile(rb"<html\b", re.IGNORECASE)

# feedparser keeps only the last of the hours and days at which a feed wants no request.
_SKIP_HOURS = re.compile(rb"<skipHours>(.{0,2000}?)</skipHours>", re.DOTALL | re.IGNORECASE)
_SKIP_DAYS = re.compile(rb"<skipDays>(.{0,2000}?)</skipDays>", re.DOTALL | re.IGNORECASE)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY = re.compile(rb"<day>\s*(\w{3,9})\s*</day>", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

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
    if len(body) > MAX_BYTES:
        listing.problems.append(f"it is larger than {MAX_BYTES >> 20} MiB; the rest is not read")
    if _JSON.match(body):
        read_json_feed(body[:MAX_BYTES], content_type, listing, MAX_LINKS)
        return listing
    document = repair_xml(body[:MAX_BYTES], content_type)
    if _HTML.match(document):
        listing.problems.append("it is a page of HTML, no feed")
        return listing
    entries = _read_entries(_LONG_AUTHOR.sub(rb"\1", document), url, listing)
    if entries is None:
        return listing
    if not entries:
        listing.problems.append("it lists nothing")
    if len(entries) > MAX_LINKS:
        listing.problems.append(f"it has {len(entries):,} links; {MAX_LINKS:,} are read")
    listing.entries = len(entries)
    read = [_read_entry(entry) for entry in entries[:MAX_LINKS]]
    listing.found = [link for link in read if link is not None]
    if without := len(read) - len(listing.found):
        listing.problems.append(f"{without:,} of its {len(read):,} entries have no link to use")
    return listing


def _read_entries(document: bytes, url: str, listing: Listing) -> list[Mapping[str, Any]] | None:
    """Return a feed's entries, or None when it is none; what it says of itself goes into the listing."""
    try:
        feed = _parse(document, url)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # feedparser gives up the whole for one entry.
        listing.problems.append(
            f"one of its entries cannot be read: {type(error).__name__}: {error}"
        )
        return _parse_each(document, url)
    entries: list[Mapping[str, Any]] = feed["entries"]
    if not feed["version"] and not entries:
        listing.problems.append("it is neither RSS nor Atom")
        return None
    _describe(feed["feed"], listing)
    _read_skips(document, listing)
    if feed["bozo"]:
        listing.problems.append(f"it is not well-formed: {feed['bozo_exception']}")
        # A damaged entry may take those behind it along.
        entries = _unite(entries, document, url)
    return entries


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
    entries: list[Mapping[str, Any]] = []
    for start, end in pairwise((*starts[: MAX_LINKS + 1], len(document))):
        # The same wrapper for all: a feed's own head may be what is damaged.
        alone = _WRAPPER % document[start:end]
        with contextlib.suppress(AttributeError, LookupError, TypeError, ValueError):
            entries += _parse(alone, url)["entries"]
    return entries


def _unite(entries: list[Mapping[str, Any]], document: bytes, url: str) -> list[Mapping[str, Any]]:
    """Return the entries of a damaged feed, with those that only parsing each by itself finds."""
    alone = _parse_each(document, url)
    known = {entry.get("link") for entry in entries}
    # Read together, a damaged entry may also show the link of the one behind it.
    return (
        alone
        if len(alone) >= len(entries)
        else [
            *entries,
            *(entry for entry in alone if entry.get("link") not in known),
        ]
    )


def _describe(feed: Mapping[str, Any], listing: Listing) -> None:
    """Read what a feed says of itself."""
    listing.title = to_plain_text(feed.get("title"))
    language = to_plain_text(feed.get("language"))
    listing.language = language[:2].lower() if language else None
    ttl = str(feed.get("ttl") or "").strip()
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
    often = str(feed.get("sy_updatefrequency") or "1").strip()
    if ttl.isdecimal() and len(ttl) < 6:  # noqa: PLR2004 - minutes, some weeks of them at most
        listing.interval = float(ttl) * 60
    elif period and often.isdecimal() and 0 < int(often[:4]) <= 1440:  # noqa: PLR2004 - once a minute
        listing.interval = period / int(often[:4])


def _read_skips(document: bytes, listing: Listing) -> None:
    """Read at which hours and days a feed wants no request; one that wants none at all is not believed."""
    if hours := _SKIP_HOURS.search(document):
        # The hour 24 is midnight.
        found = {int(hour) % 24 for hour in _HOUR.findall(hours[1]) if int(hour) <= 24}  # noqa: PLR2004
        listing.skip_hours = tuple(sorted(found)) if len(found) < 24 else ()  # noqa: PLR2004
    if days := _SKIP_DAYS.search(document):
        names = {name.decode().lower() for name in _DAY.findall(days[1])}
        skipped = tuple(number for number, name in enumerate(_DAYS) if name in names)
        listing.skip_days = skipped if len(skipped) < len(_DAYS) else ()


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
