"""Section pages: the links to articles that a selector or the URL rules name, and what page follows."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin, urlsplit

from scraper.discovery.links import FoundLink, Listing, plain
from scraper.sources import Selectors

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Marks the number in the addresses of following pages: node_7_2.htm, index_1.html, /page/2/, ?page=2.
_PAGED = re.compile(
    r"(?:(?<=[_-])|(?<=/page/)|(?<=/page-)|(?<=[?&]p=)|(?<=[?&]page=))(\d{1,4})(?=\.|/|$|&)"
)

_DATE = re.compile(
    r"\b\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:\s\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}, \d{4}"
    r"|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{4}",
    re.IGNORECASE,
)

# A date stands near its link: in the text of the same row.
_ROW_CHARACTERS = 400


def read_section(body: bytes, url: str, content_type: str | None, selectors: Selectors) -> Listing:
    """Return the links of a section page, and the page that follows it.

    Args:
        body: the page.
        url: where it was.
        content_type: its Content-Type header, whose charset counts.
        selectors: which links are those of articles and of the following page.
    """
    from lxml import etree, html  # noqa: PLC0415 - what only follows rules need not load it

    from scraper.extraction.charset import decode  # noqa: PLC0415 - the same

    listing = Listing()
    text, _ = decode(body, content_type)
    if not text.strip():
        listing.problems.append("it is empty")
        return listing
    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
        base = urljoin(url, next((b.get("href") or "" for b in root.iter("base")), "").strip())
        chosen = _select(root, selectors.links) if selectors.links else root.iter("a")
        for anchor in chosen:
            href = anchor.get("href")
            if href:
                listing.found.append(_describe(anchor, href.strip(), base))
        listing.further.extend(_following(root, url, base, selectors.next))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        listing.problems.append(f"it cannot be read: {error}")
    if selectors.links and not listing.found and not listing.problems:
        listing.problems.append(f"no link matches {selectors.links!r}: the layout has changed")
    return listing


def _select(root: "HtmlElement", selector: str) -> list["HtmlElement"]:
    from lxml.cssselect import CSSSelector  # noqa: PLC0415 - only here

    # The stubs know only what XPath in general may return.
    found = cast("list[HtmlElement]", CSSSelector(selector)(root))
    return [element for element in found if element.tag == "a"]


def _describe(anchor: "HtmlElement", href: str, base: str) -> FoundLink:
    title = plain(anchor.text_content()) or plain(anchor.get("title"))
    row = anchor.getparent()
    published = None
    for _ in range(2):
        if row is None or row.tag in {"body", "html"}:
            break
        around = row.text_content()
        if len(around) > _ROW_CHARACTERS:
            break
        dates = _DATE.findall(around)
        if dates:
            # Two dates in a row are a deadline or a span, not the day of publication.
            published = dates[0] if len(set(dates)) == 1 else None
            break
        row = row.getparent()
    return FoundLink(href=href, title=title, published_raw=published, base=base)


def _following(root: "HtmlElement", url: str, base: str, selector: str | None) -> Iterator[str]:
    declared = [
        element
        for element in root.iter("a", "link")
        if "next" in (element.get("rel") or "").split()
    ]
    anchors = _select(root, selector) if selector else declared or root.iter("a")
    here = _page_number(url)
    ahead: dict[int, str] = {}
    for anchor in anchors:
        target = urljoin(base, (anchor.get("href") or "").strip())
        if target.partition("#")[0] == url:
            continue
        if declared and not selector:
            ahead.setdefault(here[1] + 1, target)
            continue
        there = _page_number(target)
        if there[0] == here[0] and there[1] > here[1]:
            ahead.setdefault(there[1], target)
    if ahead:
        yield ahead[min(ahead)]


def _page_number(url: str) -> tuple[str, int]:
    """Return what a URL has in common with its following pages, and its number among them."""
    parts = urlsplit(url)
    address = (
        f"{parts.netloc}{parts.path}?{parts.query}"
        if parts.query
        else f"{parts.netloc}{parts.path}"
    )
    found = list(_PAGED.finditer(address))
    if found:
        last = found[-1]
        before = address[: last.start()].rstrip("_-=")
        for tail in ("/page", "?page", "&page", "?p", "&p"):
            before = before.removesuffix(tail).rstrip("/")
        after = address[last.end() :].strip("/")
        return f"{before.removesuffix('/page')}|{after}", int(last[1])
    stem, dot, suffix = address.rpartition(".")
    if dot and "/" not in suffix:
        return f"{stem}|.{suffix}", 1
    return f"{address.rstrip('/')}|", 1
