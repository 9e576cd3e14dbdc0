"""RSS and Atom feeds, by feedparser.

feedparser takes a string for a file name or a URL: it is given bytes only. What it makes of HTML is never
shown: of a feed we take links, titles and dates, as plain text.
"""

import re
from io import BytesIO
from typing import Any

from scraper.discovery.links import FoundLink, Listing, plain

_BAD_REFERENCE = re.compile(rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*5(?:5[3-9]|6|7[0-3])\d*);")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)", re.IGNORECASE | re.DOTALL)


def read_feed(body: bytes, url: str, content_type: str | None) -> Listing:
    """Return the links of a feed.

    Args:
        body: the feed.
        url: where it was.
        content_type: its Content-Type header, whose charset counts.

    Returns:
        One link an entry that has one; what was wrong stands in the problems.
    """
    listing = Listing()
    if not body.strip():
        listing.problems.append("it is empty")
        return listing
    if _HTML.match(body[:4096]):
        listing.problems.append("it is a page of HTML, no feed")
        return listing
    try:
        feed = _parse(body, url, content_type)
    except Exception as error:  # noqa: BLE001 - feedparser raises whatever its parsers raise
        listing.problems.append(f"it cannot be read: {type(error).__name__}: {error}")
        return listing
    without_link = 0
    for entry in feed["entries"]:
        try:
            link = _read_entry(entry)
        except (AttributeError, KeyError, TypeError, ValueError):
            link = None
        if link is None:
            without_link += 1
        else:
            listing.found.append(link)
    if without_link:
        listing.problems.append(f"{without_link} entries have no link")
    if feed.get("bozo") and _is_fault(feed.get("bozo_exception")):
        listing.problems.append(f"it is not well-formed: {feed.get('bozo_exception')}")
    if not feed.get("version") and not listing.found:
        listing.problems.append("it is no feed that is known")
    return listing


def _parse(body: bytes, url: str, content_type: str | None) -> dict[str, Any]:
    import feedparser  # noqa: PLC0415 - only here, and slow to load

    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    options = {"response_headers": headers, "sanitize_html": False, "resolve_relative_uris": False}
    try:
        parsed: dict[str, Any] = feedparser.parse(BytesIO(body), **options)
    except (ValueError, UnicodeError):
        # A character reference to half a character: the only one that is known to raise.
        parsed = feedparser.parse(BytesIO(_BAD_REFERENCE.sub(b"?", body)), **options)
    return parsed


def _read_entry(entry: dict[str, Any]) -> FoundLink | None:
    href = entry.get("link")
    if not href:
        href = next(
            (link["href"] for link in entry.get("links", ()) if link.get("rel") == "alternate"),
            None,
        )
    if not href and entry.get("guidislink"):
        href = entry.get("id")
    if not href:
        return None
    return FoundLink(
        href=href,
        title=plain(entry.get("title")),
        published_raw=plain(entry.get("published") or entry.get("updated")),
        base=(entry.get("title_detail") or {}).get("base") or None,
    )


def _is_fault(error: object) -> bool:
    # A charset that the header and the document name differently is no fault of ours to report.
    return error is not None and type(error).__name__ not in {
        "CharacterEncodingOverride",
        "NonXMLContentType",
    }
