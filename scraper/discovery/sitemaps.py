"""Sitemaps and sitemap indexes (sitemaps.org), with the dates of the news extension, also gzipped."""

import zlib

from scraper.discovery.links import FoundLink, Listing, plain

# The protocol allows no more; a bomb is a problem of its own page alone.
MAX_SITEMAP_BYTES = 50 << 20

_GZIP_MAGIC = b"\x1f\x8b"


def read_sitemap(body: bytes) -> Listing:
    """Return the links of a sitemap, or the sitemaps of an index.

    Args:
        body: the file, gzipped or not.
    """
    from lxml import etree  # noqa: PLC0415 - what only follows rules need not load it

    listing = Listing()
    if body.startswith(_GZIP_MAGIC):
        unpacked = _unpack(body)
        if unpacked is None:
            listing.problems.append(
                f"it is damaged, or unpacks to more than {MAX_SITEMAP_BYTES >> 20} MB"
            )
            return listing
        body = unpacked
    parser = etree.XMLParser(
        recover=True, no_network=True, resolve_entities=False, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        listing.problems.append(f"it cannot be read: {error}")
        return listing
    kind = etree.QName(root).localname if root is not None else None
    if root is None or kind not in {"urlset", "sitemapindex"}:
        listing.problems.append("it is no sitemap")
        return listing
    for child in root:
        values = _texts(child)
        location = values.get("loc")
        if location is None:
            continue
        if kind == "sitemapindex":
            listing.further.append(location)
        else:
            listing.found.append(
                FoundLink(
                    href=location,
                    title=plain(values.get("title")),
                    published_raw=values.get("publication_date") or values.get("lastmod"),
                )
            )
    if parser.error_log and not listing.found and not listing.further:
        listing.problems.append(f"it is not well-formed: {parser.error_log[0].message}")
    return listing


def _texts(element: "etree._Element") -> dict[str, str]:  # type: ignore[name-defined]  # noqa: F821
    from lxml import etree  # noqa: PLC0415 - loaded by the caller

    return {
        etree.QName(node).localname: node.text.strip()
        for node in element.iter()
        if isinstance(node.tag, str) and node.text and node.text.strip()
    }


def _unpack(body: bytes) -> bytes | None:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, MAX_SITEMAP_BYTES)
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail else unpacked
