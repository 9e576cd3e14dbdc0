"""Who wrote an article, and whom the page credits with it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element

from scraper.extraction.dates import find_moments
from scraper.extraction.document import Document, Line
from scraper.extraction.document import text_of as text_of_element
from scraper.extraction.jsonld import Json, as_list, text_of, types_of
from scraper.extraction.names import has_surname, is_name, is_person, is_surely_person, split_names
from scraper.extraction.near import Near
from scraper.extraction.plain import clean_line, fold

# What names an author in meta elements, whatever the vocabulary: `author`, `dc.creator`, `cxenseparse:author`.
_META = re.compile(
    r"(?:^|[.:_#-])(?:author|byline|byl|creator|articleauthor)(?:[._-]?names?)?s?$", re.IGNORECASE
)
_WRITTEN_BY = re.compile(
    r"written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|geschreven door|"
    r"skrivet av|skrevet av|napisane przez|yazan|автор|author|autor|作者|投稿者|執筆者",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:(?:written |reported |text |words |story |posted )?by(?:\s*[:：]\s*|\s+)|"
    r"(?:von|par|por|di|door|av|af)\s+|(?:autor(?:en|a|es)?|auteurs?|authors?)\s*[:：]|"
    r"作者\s*[:：]|文\s*[/／:：]|取材[・/]|文・)\s*(?P<names>.{2,160})$",
    re.IGNORECASE,
)
_HAN_NAMES = (
    r"(?P<names>[\u4e00-\u9fff·]{2,6}(?![\u4e00-\u9fff·]|\s*[:：])"
    r"(?:[ 、，　/]+[\u4e00-\u9fff·]{2,6}(?![\u4e00-\u9fff·]|\s*[:：])){0,5})"
)
# Chinese portals print the author among other labels, and the reporter without any.
_LABELLED_HAN = re.compile(rf"(?:作者|撰文|撰稿)\s*[:：]\s*{_HAN_NAMES}")
_REPORTER_HAN = re.compile(
    rf"^[□■●\s]*[\u4e00-\u9fff·]{{0,12}}记者\s*[:：]?\s*{_HAN_NAMES}\s*(?:发自\w+|报道|摄影报道|文/图)?$"
)
_LABEL = re.compile(
    r"^(?:(?:written|words|posted|text|story) by|by|authors?|von|autor(?:en)?|作者)\s*[:：]?$",
    re.IGNORECASE,
)
# Segments of a line such as "25.04.24 | 14:07 Uhr | Von Eva Muster".
_SEGMENT = re.compile(r"\s*[|•∙｜]\s*|\s+·\s+|　+|\s{2,}")
# "（记者 张三、李四）" at the head of a text, "홍길동 기자" beside a headline.
_DATELINE_NAMES = re.compile(
    r"^.{0,40}?[（(【][^（()）]{0,12}记者[:： 　]?(?P<names>[^（()）】]{2,40})[）)】]"
)
_KOREAN = re.compile(
    r"(?<![\uac00-\ud7af])(?P<names>[\uac00-\ud7af]{2,4})\s*(?:선임)?기자(?![\uac00-\ud7af])"
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
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|writers?|contributors?|reporters?|journalists?|columnists?|bylines?|by|staff|"
    r"producers|profiles?|verfasser|redakteure?|person(?:en)?|people)/[^/]|[?&]author=|substack\.com/@",
    re.IGNORECASE,
)
_LONGEST_MARKED = 160
# A line at the end of a text that is no more than its signature.
_SIGNATURE = 40
# What holds other articles and readers' words; far from the headline, anything that may hold them.
_OTHERS = re.compile(r"comment|respond|related|recommend|trending|most-?read", re.IGNORECASE)
_PERHAPS_OTHERS = re.compile(
    r"comment|respond|related|recommend|sidebar|widget|trending|teaser|footer|most-?read|popular|newsletter|"
    r"carousel|prev|next|pagination|card(?!-?base__footer)",
    re.IGNORECASE,
)

_CREDIT = (
    re.compile(r"(?:文章来源|信息来源|来源|來源|稿源)\s*[:：]\s*(?P<name>[^\s|　]{2,30})"),
    re.compile(r"^(?:source|quelle|fuente|fonte)\s*:\s*(?P<name>[^|]{2,40})$", re.IGNORECASE),
)
_DATELINE = re.compile(
    r"^.{0,60}?\((?P<name>Xinhua|AP|Reuters|AFP|TASS|Yonhap|Kyodo|ECNS|PTI|ANI)\)"
)
_AGENCY_ZH = re.compile(
    r"^(?P<name>新华社|中新社|中新网|人民网)[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日电"
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
    places: list[tuple[str, list[str], Callable[[str], bool]]] = [
        ("json-ld", list(_linked_authors(document)), is_person),
        ("page", list(_marked_authors(document, near)), is_surely_person),
        ("meta", list(_meta_authors(document)), is_person),
        ("page", list(_printed_authors(near)), is_surely_person),
        ("page", list(_labelled_authors(lines)), is_surely_person),
    ]
    for origin, found, fits in places:
        people = _distinct(
            name
            for one in found
            for name in split_names(one)
            if fits(name) and fold(name) not in portal
        )
        if people:
            return Authors(names=people, origin=origin, people=True)
    for origin, found in (
        ("json-ld", list(_linked_authors(document, organisations=True))),
        ("page", list(_declared_authors(document))),
        ("meta", places[2][1]),
    ):
        others = _distinct(name for one in found for name in split_names(one) if is_name(name))
        if others:
            return Authors(names=others, origin=origin)
    return Authors()


def find_signature(text: str) -> Authors:
    """Find the people that an article's text names as its reporters, at its head or its end.

    Args:
        text: the text, a paragraph a line.
    """
    lines = text.split("\n")
    ends = [line for line in (lines[0], lines[-1]) if len(line) <= _SIGNATURE]
    found = [match["names"] for match in (_DATELINE_NAMES.match(lines[0]),) if match]
    found += [names for line in ends for names in _read_byline(line)]
    people = _distinct(name for one in found for name in split_names(one) if is_surely_person(name))
    return Authors(names=people, origin="page" if people else None, people=bool(people))


def find_credit(near: Near) -> str | None:
    """Return whom a page prints beside its headline as the text's source; None when it prints nobody.

    Args:
        near: the lines around the headline.
    """
    for line in near.lines:
        for pattern in _CREDIT:
            if found := pattern.search(line.text):
                return clean_line(found["name"])
    for line in near.lines:
        # "Xinhua, August 1, 2024"
        moment = next(find_moments(line.text, day_first=True), None)
        if moment is not None:
            before = line.text[: moment.start].strip()
            if before.endswith(",") and 1 < len(before) <= 40 and not _BYLINE.match(before):  # noqa: PLR2004
                return clean_line(before.rstrip(" ,"))
    return None


def find_dateline(text: str) -> str | None:
    """Return the agency whose mark a text begins with: `Xinhua`, `新华社`; None when there is none.

    Args:
        text: the text, a paragraph a line.
    """
    first = text.partition("\n")[0]
    found = _DATELINE.match(first) or _AGENCY_ZH.match(first)
    return found["name"] if found else None


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({fold(name): name for name in reversed(list(names))}.values())[::-1]


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
        if not text or len(text) > _LONGEST_MARKED:
            continue
        holders = [element, *element.iterancestors()]
        marks = " ".join(
            f"{holder.get('class') or ''} {holder.get('id') or ''}" for holder in holders[:-2]
        )
        if any(id(holder) in around for holder in holders):
            if not _OTHERS.search(marks):
                beside.append(text)
        elif not _PERHAPS_OTHERS.search(marks):
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


def _printed_authors(near: Near) -> Iterator[str]:
    labelled = False
    for line in near.lines:
        if labelled:
            yield line.text
        labelled = _LABEL.match(line.text) is not None
        yield from _read_byline(line.text)


def _labelled_authors(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the first names behind 作者 anywhere on a page: old ones print them far from the headline."""
    for line in lines:
        if "作者" in line.text and (found := _LABELLED_HAN.search(line.text)):
            yield found["names"]
            return


def _read_byline(line: str) -> Iterator[str]:
    if found := _LABELLED_HAN.search(line):
        yield found["names"]
        return
    found = _REPORTER_HAN.match(line)
    if found and all(map(has_surname, split_names(found["names"]))):
        yield found["names"]
        return
    for segment in _SEGMENT.split(line):
        if found := _BYLINE.match(segment) or _KOREAN.search(segment):
            yield found["names"]
