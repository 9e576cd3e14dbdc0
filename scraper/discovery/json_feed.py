"""JSON Feed (jsonfeed.org), versions 1 and 1.1, by the standard library."""

import json
from collections.abc import Iterator
from typing import Any

from scraper.discovery.links import FoundLink, Listing
from scraper.discovery.text import to_plain_text
from scraper.extraction.charset import decode


def read_json_feed(body: bytes, content_type: str | None, listing: Listing, limit: int) -> None:
    """Read the links of a JSON feed into a listing.

    Args:
        body: the feed.
        content_type: its Content-Type header, whose charset counts.
        listing: what is found goes here; what is wrong stands in its problems.
        limit: at most so many entries are read.
    """
    text = decode(body, content_type)[0].lstrip("\ufeff")
    try:
        feed: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        feed = {"items": list(_salvage(text, limit))}
        listing.problems.append(f"it is no well-formed JSON: {type(error).__name__}: {error}")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        listing.problems.append("it is JSON, but no JSON Feed: it has no list of `items`")
        return
    listing.title = _text(feed.get("title"))
    listing.language = _text(feed.get("language"))
    listing.entries = len(items)
    links = [_read_item(item) for item in items[:limit]]
    listing.found = [link for link in links if link is not None]
    if not items:
        listing.problems.append("it lists nothing")
    elif without := len(links) - len(listing.found):
        listing.problems.append(f"{without:,} of its {len(links):,} entries have no link to use")


def _salvage(text: str, limit: int) -> Iterator[object]:
    """Yield the items of a broken document that can be read by themselves."""
    decoder = json.JSONDecoder()
    at = text.find('"items"')
    found = 0
    while at >= 0 and found < limit:
        at = text.find("{", at)
        if at < 0:
            return
        try:
            item, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
            continue
        if isinstance(item, dict) and ("url" in item or "id" in item):
            found += 1
            yield item
        at = end


def _read_item(item: object) -> FoundLink | None:
    if not isinstance(item, dict):
        return None
    # An id may be the permanent address.
    href = next(
        (
            value
            for value in (item.get("url"), item.get("id"), item.get("external_url"))
            if isinstance(value, str) and (value.startswith(("http://", "https://", "/")))
        ),
        None,
    )
    if href is None:
        return None
    published = _text(item.get("date_published")) or _text(item.get("date_modified"))
    return FoundLink(href=href, title=_text(item.get("title")), published_raw=published)


def _text(value: object) -> str | None:
    return to_plain_text(value) if isinstance(value, str) else None
