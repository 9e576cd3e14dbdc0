"""What surrounds an article on its page: taken out of the tree before the text is read.

Names in `class` and `id` are hints that themes give by habit (`share`, `comments`, `newsletter`).
They also give them to the article itself, so nothing goes that holds a share of the page's
paragraphs or its headline. The names were chosen by what they would take from real pages: those
that take furniture and next to no text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml.etree import _Element, strip_elements

from scraper.extraction.document import drop, text_of
from scraper.extraction.plain import weigh

_NAMES = frozenset(
    # sharing and tools
    "share shares sharing sharebar social socials bookmarks print printer toolbar follow app download banner "
    # readers
    "comments disqus respond login register vote rating feedback "
    # selling
    "newsletter newsletters subscribe subscription signup promo advert advertisement advertising adslot ads "
    "sponsored marketing cta offer cookie cookies consent gdpr popup modal overlay outbrain taboola "
    # ways to other pages
    "nav menu navigation breadcrumb breadcrumbs crumbs pagination pager footer sidebar rail "
    "related recommend recommended recommendation recommendations recirc recirculation "
    "mostread trending latest tags keywords "
    # about the article, read as metadata
    "byline bylines author meta copyright disclaimer player".split()
)
# What holds no text, and costs time in every copy of the tree. No other element is sure not to be left
# open, and to hold the rest of the page.
_SILENT = ("head", "img", "input", "embed", "area", "param")
# Elements that are furniture by their kind: ways around the portal, and what readers fill in, choose and press.
_KINDS = ("nav", "menu", "form", "select", "button", "textarea", "dialog")
_HOLDERS = (
    "div", "section", "ul", "ol", "aside", "header", "p", "span", "details", "dl", "table",
    "figure", "li", *_KINDS,
)  # fmt: skip
# A hump begins a word: `shareBar` is two.
_WORD = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")
# An element with more of the page's paragraphs than this is no furniture, whatever its name.
_MOST = 0.1
_MOST_LETTERS = 0.5
_PARAGRAPH = 40
_LINKED = 0.5
# A paragraph that is a link as a whole leads elsewhere: "Read more: ...".
_ALL_LINKED = 0.9
_LEAST_TEASER, _LONGEST_TEASER = 12, 300
# So many links in a row are a menu or a cloud of tags, however short each is.
_ROW = 5
# A table with a cell like an article lays out the page.
_LARGE_CELL = 400


def drop_furniture(tree: _Element) -> int:
    """Take navigation, sharing, comments, promotion and the like out of a page's tree.

    Args:
        tree: the page.

    Returns:
        How much text stands in the paragraphs that are left, as `weigh` counts.
    """
    strip_elements(tree, *_SILENT, with_tail=False)
    body = tree.find("body")
    if body is None:
        return 0
    paragraphs = _weigh_paragraphs(body)
    weights = _weigh_holders(paragraphs)
    limit = _MOST * (weights.get(body, 0) or 1)
    letters, linked = _count_letters(body)
    # Not all pages have their text in paragraphs, and some are one form as a whole: no name tells of that.
    most = _MOST_LETTERS * (letters[body] - linked[body])
    for element in list(body.iter(*_HOLDERS)):
        if (
            _is_named_furniture(element)
            and weights.get(element, 0) <= limit
            and (element.tag != "form" or letters[element] - linked[element] <= most)
            and next(element.iter("h1"), None) is None
        ):
            drop([element])
    drop(list(_find_link_rows(body)))
    drop(list(_find_teasers(body)))
    return sum(paragraphs.get(element, 0) for element in body.iter("p", "br"))


def unfold_layout(tree: _Element) -> None:
    """Turn tables that lay out a page, as portals once did, into plain blocks."""
    for table in list(tree.iter("table")):
        if not _lays_out(table):
            continue
        table.tag = "div"
        for part in table:
            rows = list(part) if part.tag in ("tbody", "thead", "tfoot") else [part]
            part.tag = "div"
            for row in rows:
                if row.tag == "tr":
                    row.tag = "div"
                if row.tag == "div":
                    for cell in row.iterchildren("td", "th"):
                        cell.tag = "div"


def _lays_out(table: _Element) -> bool:
    if table.find(".//table") is not None or next(table.iter("tr"), None) is None:
        return True
    if sum(1 for _ in table.iter("tr")) == 1:
        return True
    return any(
        len("".join(map(str, cell.itertext())).strip()) > _LARGE_CELL for cell in table.iter("td")
    )


def _weigh_paragraphs(body: _Element) -> dict[_Element, int]:
    # A paragraph, or the break before one -> how much text it holds.
    weights = {}
    for element in body.iter("p", "br"):
        text = text_of(element) if element.tag == "p" else (element.tail or "").strip()
        weight = weigh(text)
        if weight >= _PARAGRAPH and (
            element.tag == "br" or _linked(element) <= _LINKED * len(text)
        ):
            weights[element] = weight
    return weights


def _weigh_holders(paragraphs: Mapping[_Element, int]) -> dict[_Element, int]:
    # An element -> how much text in paragraphs it holds, at any depth.
    weights: dict[_Element, int] = defaultdict(int)
    for element, weight in paragraphs.items():
        holder = element if element.tag == "p" else element.getparent()
        while holder is not None:
            weights[holder] += weight
            holder = holder.getparent()
    return weights


def _linked(element: _Element) -> int:
    return sum(len(text_of(link)) for link in element.iter("a") if link.get("href"))


def _is_named_furniture(element: _Element) -> bool:
    if element.tag in _KINDS:
        return True
    return _names_furniture(element.get("class")) or _names_furniture(element.get("id"))


# Pages give few names to many elements.
@lru_cache(maxsize=8192)
def _names_furniture(names: str | None) -> bool:
    return names is not None and not _NAMES.isdisjoint(map(str.lower, _WORD.findall(names)))


def _find_teasers(body: _Element) -> Iterator[_Element]:
    for element in body.iter("p", "li"):
        if element.tag == "p":
            if _is_link(element):
                yield element
        # A list with one line of its own is a list of the article.
        elif element.getprevious() is None and (parent := element.getparent()) is not None:
            rows = list(parent.iterchildren("li"))
            least = 1 if len(rows) >= _ROW else _LEAST_TEASER
            if all(_is_link(row, least) for row in rows):
                yield from rows


def _find_link_rows(body: _Element) -> Iterator[_Element]:
    """Yield the blocks that are made of links: tags, rubrics, ways around the portal."""
    letters, linked = _count_letters(body)
    for holder, count in Counter(link.getparent() for link in body.iter("a")).items():
        if holder is None or holder is body or count < _ROW:
            continue
        if linked[holder] >= _ALL_LINKED * letters[holder]:
            yield holder


def _count_letters(body: _Element) -> tuple[dict[_Element, int], dict[_Element, int]]:
    # An element -> how many characters but blanks it holds at any depth, and how many of them in links.
    letters: dict[_Element, int] = defaultdict(int)
    linked: dict[_Element, int] = defaultdict(int)
    # From the last to the first: what an element holds is counted before it.
    for element in reversed(list(body.iter())):
        letters[element] += _count(element.text)
        if element.tag == "a" and element.get("href"):
            linked[element] = letters[element]
        parent = element.getparent()
        if parent is not None:
            letters[parent] += letters[element] + _count(element.tail)
            linked[parent] += linked[element]
    return letters, linked


def _count(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _is_link(element: _Element, least: int = _LEAST_TEASER) -> bool:
    if next(element.iter("a"), None) is None:
        return False
    text = text_of(element)
    if not least <= len(text) <= _LONGEST_TEASER:
        return False
    return _linked(element) >= _ALL_LINKED * len(text)
