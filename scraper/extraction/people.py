"""Who wrote an article, and whom the page credits with it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from lxml.etree import _Element

from scraper.extraction.bylines import (
    distinct,
    is_label,
    read_byline,
    read_declaration,
    read_ends,
    read_people,
)
from scraper.extraction.document import Document, Line
from scraper.extraction.document import text_of as text_of_element
from scraper.extraction.jsonld import Json, as_list, text_of, types_of
from scraper.extraction.names import is_name, is_person, is_surely_person, split_names
from scraper.extraction.near import Near
from scraper.extraction.plain import fold

# What names an author in meta elements, whatever the vocabulary: `author`, `dc.creator`, `cxenseparse:author`.
_META = re.compile(
    r"(?:^|[.:_#-])(?:author|byline|byl|creator|articleauthor)(?:[._-]?names?)?s?$", re.IGNORECASE
)
_WRITTEN_BY = re.compile(
    r"written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|geschreven door|"
    r"skrivet av|skrevet av|napisane przez|yazan|автор|author|autor|作者|投稿者|執筆者",
    re.IGNORECASE,
)
# What marks an author in class, itemprop or rel, as a word of its own; and what is about the author only.
_MARK = re.compile(
    r"(?:^|[\s_-])(?:authors?|bylines?|writers?|autor(?:en)?|verfasser|reporters?|journalists?|contributors?|vcard)(?:$|[\s_-])"
)
_MARKABLE = (
    "a", "span", "div", "p", "address", "h3", "h4", "h5", "h6", "li", "em", "strong"
)  # fmt: skip
_ABOUT = re.compile(
    r"avatar|image|img|photo|picture|bio|desc|social|role|position|job|comment|count|link-?list|related|"
    r"follow|card|share|icon|email|date|time|reply|trending|teaser|testimonial"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Not `people`: portals have a rubric of that name.
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|writers?|contributors?|reporters?|journalists?|columnists?|bylines?|by|staff|"
    r"producers|profiles?|verfasser|redakteure?|person(?:en)?)/[^/]|[?&]author=|substack\.com/@",
    re.IGNORECASE,
)
_LONGEST_MARKED = 160
# What holds other articles and readers' words; far from the headline, anything that may hold them.
_OTHERS = re.compile(r"comment|respond|related|recommend|trending|most-?read", re.IGNORECASE)
_PERHAPS_OTHERS = re.compile(
    r"comment|respond|related|recommend|sidebar|widget|trending|teaser|footer|most-?read|popular|newsletter|"
    r"carousel|prev|next|pagination|card(?!-?base__footer)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """Who wrote an article."""

    names: tuple[str, ...] = ()
    """Their names in the order of the page."""
    origin: str | None = None
    """Where they stand, as `Article.provenance` names it."""
    people: bool = False
    """Whether they are people; else the page declares a newsroom or an agency, and no person."""


def find_authors(
    document: Document, lines: Sequence[Line], near: Near, *, names: Sequence[str]
) -> Authors:
    """Find who wrote an article.

    Args:
        document: the page.
        lines: its lines.
        near: those around its headline.
        names: the portal's own names, which are no people.

    Returns:
        The people that the first place names which names any, in the order of the page, and where they
        stand. Where the page names no person, but its own markup declares another author (a newsroom, an
        agency), that one. No names when there is neither.
    """
    portal = {fold(name) for name in names}
    declared_in_meta = list(_meta_authors(document))
    places: tuple[tuple[str, Iterable[str]], ...] = (
        ("json-ld", _split(_linked_authors(document), is_person)),
        ("page", _split(_marked_authors(document, near), is_surely_person)),
        ("meta", _split(declared_in_meta, is_person)),
        ("page", _printed_authors(lines, near)),
        ("page", _declared_elsewhere(lines)),
    )
    for origin, found in places:
        people = distinct(name for name in found if fold(name) not in portal)
        if people:
            return Authors(names=people, origin=origin, people=True)
    for origin, found in (
        ("json-ld", list(_linked_authors(document, organisations=True))),
        ("page", list(_declared_authors(document))),
        ("meta", declared_in_meta),
    ):
        others = distinct(_split(found, is_name))
        if others:
            return Authors(names=others, origin=origin)
    return Authors()


def find_signature(text: str) -> Authors:
    """Find the people that an article's text names as its reporters, at its head or its end.

    Args:
        text: the text, a paragraph a line.
    """
    people = read_ends(text)
    return Authors(names=people, origin="page" if people else None, people=bool(people))


def _split(found: Iterable[str], fits: Callable[[str], bool]) -> Iterator[str]:
    return (name for one in found for name in split_names(one) if fits(name))


def _linked_authors(document: Document, *, organisations: bool = False) -> Iterator[str]:
    linked = document.linked
    for value in as_list(linked.article.get("author")):
        author: Json = linked.resolve(value)
        if (
            isinstance(author, dict)
            and not organisations
            and any(kind.endswith("organization") for kind in types_of(author))
        ):
            continue
        # One node may name several.
        for name in as_list(author.get("name")) if isinstance(author, dict) else [author]:
            if text := text_of(name):
                yield text


def _marked_authors(document: Document, near: Near) -> Iterator[str]:
    """Yield what the page marks as its author beside the headline, else the first such mark."""
    around = {id(line.element) for line in near.lines}
    beside, elsewhere = [], []
    marked = [element for element in document.tree.iter(*_MARKABLE) if _is_marked(element)]
    holders_of_marks = {id(holder) for element in marked for holder in element.iterancestors()}
    for element in marked:
        if id(element) in holders_of_marks:
            continue
        text = text_of_element(element)
        if not text or len(text) > _LONGEST_MARKED or is_label(text):
            continue
        if any(id(holder) in around for holder in (element, *element.iterancestors())):
            if not _is_of_others(element, _OTHERS):
                beside.append(text)
        elif not _is_of_others(element, _PERHAPS_OTHERS):
            elsewhere.append(text)
    yield from beside or elsewhere[:1]


def _is_marked(element: _Element) -> bool:
    if element.tag == "a":
        if "author" in (element.get("rel") or "").split():
            return True
        if _PROFILE.search(element.get("href") or ""):
            return True
    if element.get("itemprop") == "author":
        return True
    marks = element.get("class")
    return marks is not None and _marks_author(marks)


# Pages give few names to many elements.
@lru_cache(maxsize=8192)
def _marks_author(names: str) -> bool:
    return any(
        _MARK.search(name) and not _ABOUT.search(name)
        for name in _HUMP.sub("-", names).lower().split()
    )


def _declared_authors(document: Document) -> Iterator[str]:
    for element in document.tree.iter("a", "span", "div", "p", "address"):
        if "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author":
            yield text_of_element(element)
            return


def _meta_authors(document: Document) -> Iterator[str]:
    for name, values in document.meta.items():
        if _META.search(name):
            yield from values
    for number in ("1", "2"):
        label = document.get_meta(f"twitter:label{number}")
        if label and _WRITTEN_BY.search(label):
            yield from document.meta.get(f"twitter:data{number}", ())


def _printed_authors(lines: Sequence[Line], near: Near) -> Iterator[str]:
    """Yield whom the lines beside the headline name: the first that names anybody, and those next to it."""
    following = {id(line): after for line, after in pairwise(lines)}
    last: int | None = None
    for number, line in enumerate(near.lines):
        if last is not None and number > last + 1:
            return
        found = read_byline(line.text)
        if not found and is_label(line.text) and id(line) in following:
            found = read_people(following[id(line)].text)
        if found:
            last = number
            yield from found


def _declared_elsewhere(lines: Sequence[Line]) -> Iterator[str]:
    """Yield whom the first "Author:" of a page names: some print it far from the headline."""
    for line, after in zip_longest(lines, lines[1:]):
        found = read_declaration(line.text)
        if not found and after is not None and is_label(line.text, far=True):
            found = read_people(after.text)
        if found and not _is_of_others(line.element, _PERHAPS_OTHERS):
            yield from found
            return


def _is_of_others(element: _Element, names: re.Pattern[str]) -> bool:
    holders = [element, *element.iterancestors()]
    return any(
        names.search(f"{holder.get('class') or ''} {holder.get('id') or ''}")
        for holder in holders[:-2]
    )
