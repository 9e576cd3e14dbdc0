"""Under which license a publisher lets others use an article, as its page states it.

A license is a permission. That all rights are reserved, or whose they are, is none; and a license that
stands below a picture is the picture's.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.etree import _Element

from scraper.errors import UrlRefused
from scraper.extraction.document import BLOCKS, Document
from scraper.extraction.jsonld import Json, as_list, text_of
from scraper.urls import canonicalise

_META = (
    "dcterms.license",
    "dc.license",
    "dc.rights.license",
    "dcterms.rights.license",
    "license",
    "cc:license",
)
# These hold a claim of rights as a rule.
_META_RIGHTS = ("dcterms.rights", "dc.rights", "rights", "copyright")
# Words of a license's name, for texts; and the addresses of licenses.
_NAMED = re.compile(
    r"creative commons|\bCC[ -]?(?:BY|0)\b|public domain|open government licen[cs]e|licence ouverte|datenlizenz deutschland|"
    r"open data commons|知识共享|創用 ?CC|クリエイティブ・コモンズ",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^(?:https?:)?//(?:www\.)?(?:creativecommons\.org/(?:licenses/[a-z]|publicdomain/(?:zero|mark))|"
    r"nationalarchives\.gov\.uk/doc/open-government-licence|opendatacommons\.org/licenses/|govdata\.de/dl-de/)",
    re.IGNORECASE,
)
# A picture with its caption and its credit, and what others wrote.
_OF_OTHERS = re.compile(
    r"caption|photo|picture|image|img|bild|foto|credit|gallery|media|comment|related|teaser"
)
_FIGURES = frozenset(["figure", "figcaption", "aside"])
# Words that begin the credit of a picture: at the start of a line, or with a colon behind them.
_PICTURES = r"\b(?:photo(?:graph)?s?|pictures?|images?|fotos?|bild(?:er)?|imagen|фото)\b"
_PICTURES_WIDE = "图片|圖片|配图|图源|写真|사진"
_CREDIT = re.compile(
    rf"^\W*(?:{_PICTURES}|{_PICTURES_WIDE})|(?:{_PICTURES}|{_PICTURES_WIDE}|图|圖)(?:\s*credit)?\s*[:：]",
    re.IGNORECASE,
)
_LONGEST = 200
_MOST_LINKS = 50


def find_license(document: Document) -> tuple[str, str] | None:
    """Find the license of an article.

    Args:
        document: the page, its furniture still in it.

    Returns:
        The license's canonical URL, or its name where the page gives none, and where it stands, as
        `Article.provenance` names it; None when the page states none, or links to several.
    """
    for value, origin in _declared(document):
        found = _read(value, document.base)
        if found is not None:
            return found, origin
    links = [link for link in document.tree.iter("a") if link.get("href")]
    by_relation = [link for link in links if "license" in (link.get("rel") or "").lower().split()]
    return _agreed(by_relation, document.base) or _agreed(
        (link for link in links if _ADDRESS.match(link.get("href") or "")), document.base
    )


def _declared(document: Document) -> Iterator[tuple[str | None, str]]:
    for name in ("license", "usageInfo"):
        for value in as_list(document.linked.article.get(name)):
            stated = _address_of(document.linked.resolve(value))
            if name == "license" or _is_known(stated):
                yield stated, "json-ld"
    for name in (*_META, *_META_RIGHTS):
        for stated in document.meta.get(name, ()):
            if name in _META or _is_known(stated):
                yield stated, "meta"
    yield document.links.get("license"), "meta"


def _is_known(stated: str | None) -> bool:
    """Return whether a text or an address is that of a license that is widely used."""
    return stated is not None and bool(_NAMED.search(stated) or _ADDRESS.match(stated))


def _agreed(links: Iterable[_Element], base: str) -> tuple[str, str] | None:
    """Return what all links to a license name; None when there is none, or more than one."""
    found = {
        url
        for link in islice(links, _MOST_LINKS)
        if not (_is_of_others(link) or _follows_credit(link))
        and (url := _read(link.get("href"), base)) is not None
    }
    return (found.pop(), "page") if len(found) == 1 else None


def _is_of_others(link: _Element) -> bool:
    for holder in link.iterancestors():
        if holder.tag in ("body", "main", "article"):
            return False
        names = f"{holder.get('class') or ''} {holder.get('id') or ''}".lower()
        if holder.tag in _FIGURES or (len(names) > 1 and _OF_OTHERS.search(names)):
            return True
    return False


def _follows_credit(link: _Element) -> bool:
    """Return whether a link ends the credit of a picture, which a page may print without any figure."""
    return _CREDIT.search(_text_before(link)) is not None


def _text_before(link: _Element) -> str:
    """Return what stands before a link in its line."""
    pieces: list[str] = []
    holder: _Element | None = link
    while holder is not None:
        for before in holder.itersiblings(preceding=True):
            pieces.append(before.tail or "")
            if before.tag in BLOCKS:
                return "".join(reversed(pieces))
            pieces.append("".join(map(str, before.itertext())))
        holder = holder.getparent()
        if holder is not None:
            pieces.append(holder.text or "")
            if holder.tag in BLOCKS:
                break
    return "".join(reversed(pieces))


def _address_of(value: Json) -> str | None:
    if not isinstance(value, dict):
        return text_of(value)
    return text_of(value.get("url")) or text_of(value.get("@id")) or text_of(value.get("name"))


def _read(value: str | None, base: str) -> str | None:
    """Return a license as the archive has it: an address in its canonical form, or a short text."""
    if not value or len(value) > _LONGEST:
        return None
    if not re.match(r"(?:https?:)?//|/", value):
        return value if " " in value or _NAMED.search(value) else None
    # What follows the address of a known one says how a reader came.
    address = value.partition("?")[0] if _ADDRESS.match(value) else value
    try:
        return canonicalise(address, base=base)
    except UrlRefused:
        return None
