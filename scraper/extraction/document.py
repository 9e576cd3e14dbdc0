"""One parse of a page, and the views of it that all steps share."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree
from lxml.etree import _Element
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from scraper.extraction.jsonld import LinkedData, read_linked_data
from scraper.extraction.plain import clean_line, strip_markup

# Characters that XML has no room for, and references to them: one of either costs trafilatura the text.
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])
_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}
_INVALID_REFERENCE = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])(?![0-9])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])(?![0-9a-fA-F]));?"
)
# Nothing of these is read; `noscript` repeats what is there already, or asks for JavaScript.
_UNREAD = ("script", "style", "template", "svg", "link", "iframe", "noscript")
# What a page says of itself in link elements.
_LINKS = ("canonical", "license", "image_src")
# Elements that begin a new line of text.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "option",
        "button",
        "select",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A parsed page: its tree without scripts, and what stood in its head."""

    url: str
    """The URL that answered."""
    markup: str
    """The decoded page, for an extractor with a parser of its own."""
    tree: _Element
    """The root; steps may change it, in the order in which `reading` runs them."""
    meta: Mapping[str, tuple[str, ...]]
    """Meta elements: name, property or itemprop in lower case -> contents in their order."""
    linked: LinkedData
    """JSON-LD."""
    head_title: str | None
    """The title element."""
    declared_language: str | None
    """The lang attribute of the root."""
    links: Mapping[str, str]
    """Link elements: `canonical`, `license` or `image_src` -> its first address, as written."""
    base: str
    """The URL that relative addresses on it begin from."""
    pictures: int
    """How many pictures it shows."""
    has_password: bool
    """Whether it asks for a password."""
    elements: Sequence[_Element]
    """All elements, as they were at first: while they are held, lxml need not make them anew for each step."""

    def get_meta(self, *names: str) -> str | None:
        """Return the first content of the first of these names that is there."""
        return next((value for name in names for value in self.meta.get(name, ())), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a page as a reader sees it."""

    text: str
    """The text."""
    element: _Element
    """The block that holds it."""


def parse_document(text: str, url: str) -> Document | None:
    """Parse a page once for all steps.

    Args:
        text: the decoded page.
        url: its URL.

    Returns:
        The document, or None when there is nothing that could be a page.
    """
    # A declared encoding would win over ours if it were not overridden in the parser.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    # lxml.html asks a Python function for the class of every element that is touched; all of ours are of one.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        tree = document_fromstring(_encode(text), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    if tree.find("body") is None:
        return None
    linked = read_linked_data(tree, url)
    links = _read_links(tree)
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    elements = list(tree.iter())
    kinds: dict[str, list[_Element]] = defaultdict(list)
    for element in elements:
        kinds[element.tag].append(element)
    title = next(iter(kinds["title"]), None)
    return Document(
        url=url,
        markup=text,
        tree=tree,
        meta=_read_meta(kinds["meta"]),
        linked=linked,
        head_title=clean_line(title.text) if title is not None else None,
        declared_language=tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        links=links,
        base=_find_base(tree, url),
        pictures=len(kinds["img"]),
        has_password=any(field.get("type") == "password" for field in kinds["input"]),
        elements=elements,
    )


def _encode(text: str) -> bytes:
    # Pages are long: what is rare is looked for before anything is done about it.
    if "\ufffe" in text or "\uffff" in text:
        text = text.translate(_NO_CHARACTERS)
    encoded = text.encode("utf-8", "ignore").translate(None, _CONTROLS)
    return _INVALID_REFERENCE.sub(b"", encoded) if b"&#" in encoded else encoded


def _read_links(tree: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for link in tree.iter("link"):
        address = clean_line(link.get("href"))
        for relation in (link.get("rel") or "").lower().split() if address else ():
            if relation in _LINKS and address:
                found.setdefault(relation, address)
    return found


def _find_base(tree: _Element, url: str) -> str:
    declared = next((base.get("href") for base in tree.iter("base") if base.get("href")), "")
    try:
        return urljoin(url, (declared or "").strip())
    except ValueError:
        return url


def _read_meta(elements: Iterable[_Element]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for element in elements:
        value = strip_markup(element.get("content"))
        if value is None:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}


def text_of(element: _Element) -> str:
    """Return the text of an element as one line; empty when it has none."""
    if not len(element):
        return clean_line(element.text) or ""
    # Words of two blocks stay two words; parts of one word stay one.
    broken = next(element.iterdescendants(*BLOCKS), None) is not None
    return clean_line((" " if broken else "").join(map(str, element.itertext()))) or ""


def read_lines(tree: _Element) -> list[Line]:
    """Return the lines of a page in document order, as its blocks break them."""
    body = tree.find("body")
    if body is None:
        return []
    lines = _Lines(body)
    for event, element in etree.iterwalk(body, events=("start", "end")):
        block = element.tag in BLOCKS
        if event == "start":
            if block:
                lines.end(element)
            lines.add(element.text)
        else:
            if block:
                parent = element.getparent()
                lines.end(parent if parent is not None else body)
            if element is not body:
                lines.add(element.tail)
    lines.end(body)
    return lines.found


class _Lines:
    """Pieces of text that become lines where blocks begin and end."""

    def __init__(self, body: _Element) -> None:
        self.found: list[Line] = []
        self._pieces: list[str] = []
        self._holder = body

    def add(self, piece: str | None) -> None:
        # Most pieces are the white space between two blocks.
        if piece and (self._pieces or not piece.isspace()):
            self._pieces.append(piece)

    def end(self, holder: _Element) -> None:
        if self._pieces:
            text = clean_line("".join(self._pieces))
            if text:
                self.found.append(Line(text=text, element=self._holder))
            self._pieces.clear()
        self._holder = holder


def drop(elements: Iterable[_Element]) -> None:
    """Remove elements from their tree; the text behind them stays."""
    for element in elements:
        parent = element.getparent()
        if parent is None:
            continue
        if element.tail:
            before = element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def is_within(element: _Element, top: _Element) -> bool:
    """Return whether an element stands in a tree still: an ancestor may have been removed."""
    current: _Element | None = element
    while current is not None:
        if current is top:
            return True
        current = current.getparent()
    return False
