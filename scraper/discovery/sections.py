"""Section pages: the links to articles, and what page follows.

A selector or the URL rules name the links; without either, `rows` finds those that look like articles.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import cast
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.cssselect import CSSSelector

from scraper.discovery.links import FoundLink, Listing
from scraper.discovery.paging import PagerLink, find_next, split_number
from scraper.discovery.rows import choose_articles
from scraper.discovery.text import fold
from scraper.errors import UrlRefused
from scraper.extraction.charset import decode
from scraper.sources import Source
from scraper.urls import canonicalise

MAX_LINKS = 5_000

# No list of links needs more; a parser of HTML can be made slow.
MAX_BYTES = 5 << 20

# A date stands near its link: in a row of few words, at most so many elements up.
_ROW_LEVELS = 3
_ROW_ELEMENTS = 60
_ROW_CHARACTERS = 400

# `Xinhua, August 1, 2024`, but no sentence.
_WORDS_BESIDE_DATE = 30
_AROUND_DATE = " \t\r\n\u00a0\u3000[]()|·-"

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    r"\b\d{4}(?:\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日|([-/.])\d{1,2}\1\d{1,2}(?!\d))"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
    rf"|\b{_MONTH}\s\d{{1,2}},?\s\d{{4}}\b|\b\d{{1,2}}\s{_MONTH},?\s\d{{4}}\b",
    re.IGNORECASE,
)

# No words that only lead on are longer.
_TITLE_CHARACTERS = 50

# What a link says that only leads on; it is no title.
_ONLY_LEADS_ON = re.compile(
    r"\W*(?:(?:read |learn |see )?more|details?|full (?:story|text)|continue reading|click here"
    r"|更多|详细|详情|全文|阅读全文|查看详情|続きを読む|もっと見る|더보기)\W*",
    re.IGNORECASE,
)


def read_section(body: bytes, url: str, content_type: str | None, source: Source) -> Listing:
    """Return the links of a section page, and the page that follows it.

    Args:
        body: the page.
        url: where it was.
        content_type: its Content-Type header, whose charset counts.
        source: whose selectors name the links, and whose sections are first pages.

    Returns:
        The links that `selectors.links` names; when there is none, or it names none any more (which is
        a problem), all links, for the URL rules to choose from; without these, what looks like articles.
    """
    listing = Listing()
    root = parse_page(body, content_type)
    if root is None:
        listing.problems.append("it is no page of HTML")
        return listing
    if len(body) > MAX_BYTES:
        listing.problems.append(f"it is larger than {MAX_BYTES >> 20} MiB; the rest is not read")
    base = base_of(root, url)
    anchors = [anchor for anchor in root.iter("a") if anchor.get("href")]
    is_first = any(urlsplit(section)[2:4] == urlsplit(url)[2:4] for section in source.sections)
    own, _ = split_number(url, is_first=is_first)
    chosen = _choose(root, anchors, base, own, source=source, listing=listing)
    if len(chosen) > MAX_LINKS:
        listing.problems.append(f"it has {len(chosen):,} links; {MAX_LINKS:,} are read")
    for anchor in chosen[:MAX_LINKS]:
        link = _describe(anchor, base)
        if not _leads_to_page(link.href, base, own):
            listing.found.append(link)
    declared = _select(root, source.selectors.next) if source.selectors.next is not None else []
    declared = declared or [
        element
        for element in root.iter("a", "link")
        if "next" in element.get("rel", "").lower().split()
    ]
    not_here = {url, *source.sections}
    following = _find_following(
        [link for link in _pager_links(declared, base) if link.url not in not_here],
        # Pagers stand at the end.
        [link for link in _pager_links(anchors[-MAX_LINKS:], base) if link.url not in not_here],
        url,
        is_first=is_first,
    )
    if following is not None:
        listing.further.append(following)
    return listing


def parse_page(body: bytes, content_type: str | None) -> etree._Element | None:
    """Return a page as a tree without scripts and styles, or None for what is none."""
    text, _ = decode(body[:MAX_BYTES], content_type)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if root is not None:
        etree.strip_elements(root, "script", "style", "template", "noscript", with_tail=False)
    return root


def base_of(root: etree._Element, url: str) -> str:
    """Return what the relative links of a page are relative to."""
    declared = next(root.iter("base"), None)
    try:
        return url if declared is None else urljoin(url, declared.get("href", "").strip())
    except ValueError:
        return url


def _select(root: etree._Element, selector: str) -> list[etree._Element]:
    # A selector may name the rows: then the links in them count.
    found = {
        anchor: None
        for element in cast("list[etree._Element]", CSSSelector(selector)(root))  # noqa: SLF001 - lxml has no public name
        for anchor in ([element] if element.tag in {"a", "link"} else element.iter("a"))
        if anchor.get("href")
    }
    return list(found)


def _choose(
    root: etree._Element,
    anchors: list[etree._Element],
    base: str,
    own: str,
    *,
    source: Source,
    listing: Listing,
) -> list[etree._Element]:
    """Return the links that a selector names, or all for the URL rules, or those that look right."""
    if source.selectors.links is not None:
        if selected := _select(root, source.selectors.links):
            return selected
        problem = f"no link matches {source.selectors.links!r}: a new layout?"
        listing.problems.append(problem)
    if source.include:
        return anchors

    def address_of(anchor: etree._Element) -> str | None:
        href = anchor.get("href", "")
        if _leads_to_page(href, base, own):
            return None
        try:
            target = canonicalise(href, base=base)
        except UrlRefused:
            return None
        return target if source.accepts(target) else None

    chosen = choose_articles(
        anchors[:MAX_LINKS], address_of=address_of, title_of=_title_of, date_of=_date_beside
    )
    if anchors and not chosen:
        listing.problems.append(
            "none of its links looks like an article; if it lists some, name `include` or `selectors.links`"
        )
    return chosen


def _describe(anchor: etree._Element, base: str) -> FoundLink:
    return FoundLink(
        href=anchor.get("href", ""),
        title=_title_of(anchor),
        published_raw=_date_beside(anchor),
        base=base,
    )


def _title_of(anchor: etree._Element) -> str | None:
    # A link around a whole card has the headline as its heading.
    text = _text_of(next(anchor.iter("h1", "h2", "h3", "h4", "h5", "h6"), anchor))
    if text is not None and _ONLY_LEADS_ON.fullmatch(text[:_TITLE_CHARACTERS]):
        text = None
    full = fold(anchor.get("title"))
    # A list may cut its headlines and keep the whole in the attribute.
    is_cut = text is None or text.endswith(("…", "..."))
    return full if full and is_cut and len(full) > len(text or "") else text


def _text_of(element: etree._Element) -> str | None:
    return fold("".join(map(str, islice(element.itertext(), _ROW_ELEMENTS))))


def _date_beside(anchor: etree._Element) -> str | None:
    row: etree._Element | None = anchor
    inside = set(islice(anchor.iter(), _ROW_ELEMENTS + 1))
    for _ in range(_ROW_LEVELS + 1):
        if row is None or row.tag in {"body", "html"}:
            return None
        elements = list(islice(row.iter(), _ROW_ELEMENTS + 1))
        if len(elements) > _ROW_ELEMENTS:
            return None
        headline = [text for e in elements if e in inside for text in _texts(e, within=anchor)]
        beside = [text for e in elements if e not in inside for text in _texts(e, within=row)]
        beside.append(_cut(anchor.tail) if anchor is not row else "")
        if sum(map(len, (*headline, *beside))) > _ROW_CHARACTERS:
            return None
        stamps = [stamp for e in elements if e.tag == "time" and (stamp := fold(e.get("datetime")))]
        # In a headline or a sentence it is the date of what that speaks of.
        dates = stamps or [*_dates_in(headline, 0), *_dates_in(beside, _WORDS_BESIDE_DATE)]
        if dates:
            # Two dates in a row are those of an event, or one is a deadline.
            return dates[0] if len(set(dates)) == 1 else None
        row = row.getparent()
    return None


def _dates_in(texts: Iterable[str], words: int) -> Iterator[str]:
    """Yield the dates of texts that have at most so many characters beside them."""
    for text in texts:
        for found in _DATE.finditer(text):
            if len(text.strip(_AROUND_DATE)) <= len(found[0]) + words:
                yield found[0]


def _texts(element: etree._Element, *, within: etree._Element) -> tuple[str, str]:
    return _cut(element.text), "" if element is within else _cut(element.tail)


def _cut(text: str | None) -> str:
    return (text or "")[: _ROW_CHARACTERS + 1]


def _find_following(
    declared: list[PagerLink], links: list[PagerLink], here: str, *, is_first: bool
) -> str | None:
    """Return the page that follows: of the declared ones the next by number, else of all links.

    A declared one whose URL has no number that could be compared is believed.
    """
    own, _ = split_number(here, is_first=is_first)
    by_number = find_next(declared, here, is_first=is_first)
    if by_number is not None:
        return by_number
    if declared and all(split_number(link.url)[0] != own for link in declared):
        return declared[0].url
    return find_next(links, here, is_first=is_first)


def _pager_links(anchors: Iterable[etree._Element], base: str) -> Iterator[PagerLink]:
    for anchor in anchors:
        href = anchor.get("href", "")
        try:
            target = canonicalise(href, base=base)
        except UrlRefused:
            continue
        yield PagerLink(target, _text_of(anchor) or "")


def _leads_to_page(href: str, base: str, own: str) -> bool:
    """Say whether a link leads to another page of the section itself."""
    if not any(character.isdigit() for character in href):
        return False
    try:
        key, number = split_number(canonicalise(href, base=base))
    except UrlRefused:
        return False
    return number is not None and key == own
