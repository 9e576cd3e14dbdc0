"""Who wrote an article, and whom the page credits with it."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from scraper.extraction.dates import find_moments
from scraper.extraction.document import Document
from scraper.extraction.jsonld import Json, as_list, text_of, types_of
from scraper.extraction.near import Near
from scraper.extraction.plain import clean_line, fold

_META = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "sailthru.author",
)
_BYLINE = re.compile(
    r"^(?:(?:(?:written |reported |text )?by|von|par|por|di|door|av|af)\s+|(?:autor(?:en|a)?|author)\s*:|"
    r"作者[:：]|文[/／:：]|(?:本报|新华社)?记者[:：]?|取材[・/]|文・)\s*(?P<names>.{2,80})$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[,;/&|、，；]|\band\b|\bund\b|\bet\b|\by\b|\b和\b)\s*", re.IGNORECASE)
_TITLE_WORDS = re.compile(r"^(?:by|von|par|por|dr\.?|prof\.?)\s+", re.IGNORECASE)
_NOT_A_PERSON = re.compile(
    r"\d|@|https?:|\b(?:staff|desk|editor|editors|editorial|newsroom|team|redaktion|redakcja|redacción|agency|"
    r"agencies|reuters|afp|dpa|xinhua|admin|webmaster|press|news|media|group|online|tv|radio|times|post|daily|"
    r"gmbh|inc|ltd|correspondents?|contributors?|guest|associated press)\b|编辑|记者|新闻|日报|网$|社$|报$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|www\.|@|\.com\b", re.IGNORECASE)
_BEHIND = re.compile(r"\s*\([^()]*\)\s*$")
_MAX_WORDS, _MAX_CHARACTERS = 5, 50

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


def find_authors(
    document: Document, near: Near, *, names: Sequence[str]
) -> tuple[tuple[str, ...], str]:
    """Find the people who wrote an article.

    Args:
        document: the page.
        near: the lines around its headline.
        names: the portal's own names, which are no people.

    Returns:
        Their names in the order of the page, and where they stand; no names when the page names none.
    """
    portal = {fold(name) for name in names}
    host = fold(urlsplit(document.url).hostname or "")
    for origin, found in (
        ("json-ld", _linked_authors(document)),
        ("page", _marked_authors(document, near)),
        ("meta", _meta_authors(document)),
        ("page", _printed_authors(near)),
    ):
        people = tuple(
            dict.fromkeys(
                person
                for text in found
                for person in _split(text)
                if _is_person(person) and fold(person) not in portal and fold(person) not in host
            )
        )
        if people:
            return people, origin
    return (), ""


def find_credit(near: Near, text: str) -> str | None:
    """Return whom a page credits with its text: `Xinhua`, `新华社`; None when it credits nobody.

    Args:
        near: the lines around its headline.
        text: the article's text, whose first line may begin with an agency's mark.
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
    first = text.partition("\n")[0]
    found = _DATELINE.match(first) or _AGENCY_ZH.match(first)
    return found["name"] if found else None


def _linked_authors(document: Document) -> Iterator[str]:
    linked = document.linked
    for value in as_list(linked.article.get("author")):
        author: Json = linked.resolve(value)
        if isinstance(author, dict) and any(
            kind.endswith("organization") for kind in types_of(author)
        ):
            continue
        # One node may name several.
        for name in as_list(author.get("name")) if isinstance(author, dict) else [author]:
            if text := text_of(name):
                yield text


def _marked_authors(document: Document, near: Near) -> Iterator[str]:
    found = []
    for element in document.tree.iter("a", "span", "div", "p", "address"):
        if "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author":
            text = clean_line(" ".join(map(str, element.itertext())))
            if text:
                found.append(_TITLE_WORDS.sub("", text))
    # Teasers of other articles mark their authors too: those beside the headline are this one's.
    around = fold(" ".join(line.text for line in near.lines))
    beside = [text for text in found if fold(text) in around]
    yield from beside or found[:1]


def _meta_authors(document: Document) -> Iterator[str]:
    for name in _META:
        yield from document.meta.get(name, ())


def _printed_authors(near: Near) -> Iterator[str]:
    for line in near.lines:
        found = _BYLINE.match(line.text)
        if found:
            yield found["names"].split("|")[0]


def _split(text: str) -> Iterator[str]:
    if _ADDRESS.search(text):
        return
    for part in _SPLIT.split(text):
        name = clean_line(_TITLE_WORDS.sub("", _BEHIND.sub("", part.strip())))
        if name:
            yield name


def _is_person(name: str) -> bool:
    return (
        1 < len(name) <= _MAX_CHARACTERS
        and len(name.split()) <= _MAX_WORDS
        and not _NOT_A_PERSON.search(name)
    )
