"""OPML, in which feed readers exchange their subscriptions (opml.org, version 2.0)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from lxml import etree

from scraper.discovery.text import fold, repair_xml
from scraper.errors import ConfigError, UrlRefused
from scraper.sources import Source
from scraper.urls import canonicalise, host_of

MAX_BYTES = 4 << 20
MAX_FEEDS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A portal that an OPML file names."""

    name: str
    """A source's name, made from its host."""
    title: str
    home: str
    feeds: tuple[str, ...]


def read_opml(body: bytes, where: str) -> tuple[list[Subscription], list[str]]:
    """Return the portals of an OPML file, one a host, and why others were left out.

    Args:
        body: the file.
        where: what it is called, for messages.

    Raises:
        ConfigError: when it is no OPML, or names no feed.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    root = etree.fromstring(repair_xml(body[:MAX_BYTES], None) or b"<none/>", parser)
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise ConfigError(f"{where}: it is no OPML file")
    found: dict[str, Subscription] = {}
    skipped: list[str] = []
    for outline in root.iter("outline"):
        feed = outline.get("xmlUrl")
        if feed is None:
            continue
        if len(found) == MAX_FEEDS:
            skipped.append(f"more than {MAX_FEEDS} portals")
            break
        try:
            feed = canonicalise(feed)
        except UrlRefused as error:
            skipped.append(str(error))
            continue
        home = _home_of(outline.get("htmlUrl"), feed)
        host = host_of(home)
        known = found.get(host)
        found[host] = Subscription(
            name=_name_of(host),
            title=known.title
            if known
            else fold(outline.get("title") or outline.get("text")) or host,
            home=home,
            feeds=(*(known.feeds if known else ()), feed),
        )
    if not found:
        raise ConfigError(f"{where}: it names no feed that can be used")
    return list(found.values()), skipped


def write_opml(sources: Iterable[Source]) -> str:
    """Return the feeds of sources as an OPML document, an outline a source with one a feed inside."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = "Wireroom"
    body = ET.SubElement(root, "body")
    for source in sources:
        if not source.feeds:
            continue
        outer = ET.SubElement(body, "outline", text=source.title)
        for feed in source.feeds:
            attributes = {
                "text": source.title,
                "type": "rss",
                "xmlUrl": feed,
                "htmlUrl": source.home,
            }
            ET.SubElement(outer, "outline", attributes)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _home_of(declared: str | None, feed: str) -> str:
    parts = urlsplit(feed)
    home = f"{parts.scheme}://{parts.netloc}/"
    try:
        return canonicalise(declared) if declared else home
    except UrlRefused:
        return home


def _name_of(host: str) -> str:
    name = re.sub("[^a-z0-9]+", "_", host.removeprefix("www.")).strip("_")[:60]
    return name if name[:1].isalpha() else f"h_{name}"
