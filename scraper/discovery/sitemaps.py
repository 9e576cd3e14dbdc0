"""Sitemaps and sitemap indexes (sitemaps.org), with the titles and dates of the news extension."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from scraper.discovery.links import FoundLink, Listing
from scraper.discovery.text import repair_xml, to_plain_text

# Both are the protocol's own limits.
MAX_LINKS = 50_000
MAX_BYTES = 50 << 20

# An index may name as many sitemaps; this many are decades of monthly ones.
MAX_SITEMAPS = 500

_GZIP = b"\x1f\x8b"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_sitemap(body: bytes, content_type: str | None = None) -> Listing:
    """Return the links of a sitemap, or the sitemaps of an index, those last changed first.

    Args:
        body: the file, gzipped or not.
        content_type: its Content-Type header, whose charset counts.
    """
    listing = Listing()
    document = repair_xml(_unpack(body, listing), content_type)
    if not document:
        return listing
    sitemaps: list[tuple[str, str]] = []
    for kind, element in _elements(document, listing):
        texts = _texts_of(element)
        location = texts.get("loc")
        if location is None:
            continue
        if kind == "sitemap":
            day = _DAY.match(texts.get("lastmod", ""))
            sitemaps.append((day[0] if day else "", location))
        elif len(listing.found) == MAX_LINKS:
            listing.problems.append(f"it has more than {MAX_LINKS:,} links; the rest is not read")
            break
        else:
            # `lastmod` is no date of publication: builds and redesigns move it.
            news = _texts_of(element, inside="news")
            listing.found.append(
                FoundLink(
                    href=location,
                    title=to_plain_text(news.get("title")),
                    published_raw=to_plain_text(news.get("publication_date")),
                    changed_raw=to_plain_text(texts.get("lastmod")),
                )
            )
    sitemaps.sort(key=lambda sitemap: sitemap[0], reverse=True)
    listing.further = [location for _, location in sitemaps[:MAX_SITEMAPS]]
    listing.further_changed = {location: day for day, location in sitemaps if day}
    if len(sitemaps) > MAX_SITEMAPS:
        listing.problems.append(
            f"it names {len(sitemaps):,} sitemaps; the {MAX_SITEMAPS} last changed are read"
        )
    return listing


def _unpack(body: bytes, listing: Listing) -> bytes:
    if not body.startswith(_GZIP):
        if len(body) > MAX_BYTES:
            listing.problems.append(f"it is larger than {MAX_BYTES >> 20} MiB; it is cut")
        return body[:MAX_BYTES]
    unpacker = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    size = 0
    rest = body
    try:
        while rest and not unpacker.eof:
            parts.append(unpacker.decompress(rest, min(1 << 20, MAX_BYTES - size)))
            size += len(parts[-1])
            rest = unpacker.unconsumed_tail
            if size >= MAX_BYTES and rest:
                listing.problems.append(f"it unpacks to more than {MAX_BYTES >> 20} MiB; it is cut")
                break
    except zlib.error as error:
        listing.problems.append(f"its gzip form is damaged: {error}")
    else:
        if not rest and not unpacker.eof:
            listing.problems.append("its gzip form is cut off")
    return b"".join(parts)


def _elements(document: bytes, listing: Listing) -> Iterator[tuple[str, etree._Element]]:
    """Yield each `url` and `sitemap` of a document; what was yielded is dropped from memory."""
    root = None
    events = etree.iterparse(
        BytesIO(document),
        events=("start", "end"),
        recover=True,
        no_network=True,
        resolve_entities=False,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for event, element in events:
        name = _name_of(element)
        if root is None:
            root = element
            if name not in {"urlset", "sitemapindex"}:
                listing.problems.append(_explain_root(name))
                return
        if event == "end" and name in {"url", "sitemap"}:
            yield name, element
            if element.getparent() is root:
                element.clear(keep_tail=True)
                del root[:-1]
    if root is None:
        listing.problems.append("it is no sitemap")
    elif events.error_log:
        listing.problems.append(f"it is not well-formed: {events.error_log[0].message}")


def _explain_root(name: str) -> str:
    if name in {"rss", "feed", "RDF"}:
        return "it is a feed, no sitemap: name it in `feeds`"
    return "it is a page of HTML, no sitemap" if name.lower() == "html" else "it is no sitemap"


def _texts_of(element: etree._Element, *, inside: str | None = None) -> dict[str, str]:
    """Return the texts of an element's children by their names, or of those of its one child."""
    parents = [element] if inside is None else [e for e in element if _name_of(e) == inside]
    return {
        _name_of(child): child.text.strip()
        for parent in parents
        for child in parent
        if child.text and child.text.strip()
    }


def _name_of(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
