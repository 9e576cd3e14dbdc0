"""The lead picture of an article with its caption.

    list_pictures     before the tree loses its furniture: what the page shows
    find_lead         when the text is known: what is declared, else what stands in the article

What is declared for sharing comes first, unless it is the portal's own: its logo, a picture that stands in
for any. A caption is what the page prints below the picture, then what JSON-LD says of it, then its
description for those who do not see it, where that is a sentence of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element

from scraper.errors import UrlRefused
from scraper.extraction.captions import LONGEST_CAPTION, find_caption
from scraper.extraction.document import Document, Line
from scraper.extraction.jsonld import Json, as_list
from scraper.extraction.jsonld import text_of as linked_text
from scraper.extraction.plain import clean_line, fold, weigh
from scraper.urls import canonicalise

_META = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
_META_CAPTION = ("og:image:alt", "twitter:image:alt")
# Where pages put the address of a picture that is loaded late.
_ADDRESSES = (
    "data-src", "data-original", "data-lazy-src", "data-original-src", "data-url", "src", "srcset", "data-srcset",
)  # fmt: skip
# The words of which the names of a portal's own pictures consist; one of the former makes it one.
_OWN = frozenset(
    "logo default blank fallback placeholder favicon avatar icon sprite spacer pixel".split()
)
_OWN_IF_ALONE = frozenset("og opengraph fb facebook twitter share sharing social".split())
_OF_NO_MEANING = frozenset(
    "image images img picture pic card open graph wide square horizontal vertical cropped header banner site "
    "website page home user large small big new white black dark light thumb thumbnail preview noimage no".split()
)
# Pictures below these belong to the layout of the portal.
_OF_LAYOUT = re.compile(r"/(?:themes?|plugins|templates?|skins?)/|//(?:[a-z0-9]+\.)?gravatar\.com/")
_NO_PICTURE = re.compile(r"\.(?:svg|ico|js|html?|mp4|webm|m3u8|mp3|pdf)$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)$", re.IGNORECASE)
_SIZE = re.compile(
    r"[-_.](?:\d{2,4}x\d{2,4}|scaled|w?\d{3,4}(?:px|w)?|v?\d{1,2}_\d{1,2}_\d{3,4})(?=[-_.]|$)"
)
_DIGEST = re.compile(r"(?:[0-9a-f]{12,}|\d+)$")
_TOKEN = re.compile(r"[0-9a-z]{7,}")
# Any other number above a picture may be that of a user or of a version.
_FOLDER_DIGEST = re.compile(r"(?<![0-9a-z])[0-9a-f]{20,}(?![0-9a-z])")
_DAY_OR_SIZE = re.compile(r"(?:19|20)\d{6}|\d+x\d+")
_LEAST_STEM, _LEAST_DIGITS = 8, 3
# Smaller ones are signs, portraits and teasers.
_LEAST_WIDTH, _LEAST_HEIGHT = 200, 100
# Where only the page shows a picture, its name tells signs, buttons and counters; photographs are no GIF.
_SIGN = re.compile(r"icon|arrow|pixel|bullet|btn|button|spacer|qrcode|\.gif$", re.IGNORECASE)
# What holds pictures of authors, of other articles and of advertisers.
_ASIDE = re.compile(
    r"author|avatar|byline|profile|related|recommend|teaser|sidebar|widget|newsletter|promo|advert|sponsor|logo|"
    r"comment|footer|share|social|qr-?code|icon|nav"
)
_HOLDERS_OF_OTHERS = frozenset(["nav", "aside", "footer"])
# The lead picture is one of so many; a page may show any number.
_MOST, _MOST_LOOKED_AT = 20, 300
_LEAST_WORDS, _LEAST_WIDE = 6, 36
_ABOUT_PICTURE = re.compile(
    r"\b(?:logo|banner|header image|featured image|image for|thumbnail|hero image|cover image)\b|\.(?:jpe?g|png|webp|gif)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a page shows."""

    url: str
    """Its canonical URL."""
    caption: str | None
    """What is printed below it."""
    description: str | None
    """What it says to those who do not see it."""
    place: int
    """Which element of the page it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The lead picture of an article; None where there is nothing."""

    url: str | None = None
    """Its canonical URL."""
    origin: str | None = None
    """Where that stands, as `Article.provenance` names it."""
    caption: str | None = None
    """Its caption."""
    caption_origin: str | None = None
    """Where that stands."""


def list_pictures(document: Document) -> list[Picture]:
    """Return the first pictures that may belong to the article of a page, in their order.

    Args:
        document: the page, its furniture still in it.
    """
    found = []
    shown = ((place, one) for place, one in enumerate(document.elements) if one.tag == "img")
    for place, element in islice(shown, _MOST_LOOKED_AT):
        if _is_small(element) or not _is_of_article(element, document.url):
            continue
        url = _address_of(element, document.base)
        if url is None or is_own(url):
            continue
        found.append(
            Picture(
                url=url,
                caption=find_caption(element),
                description=clean_line(element.get("alt")),
                place=place,
            )
        )
        if len(found) == _MOST:
            break
    return found


def find_lead(
    document: Document,
    lines: Sequence[Line],
    pictures: Sequence[Picture],
    *,
    title: str,
    text: str,
) -> Lead:
    """Find the lead picture of an article.

    Args:
        document: the page.
        lines: its lines, furniture and all.
        pictures: what `list_pictures` found on it.
        title: the headline, which is no caption.
        text: the article's text, between whose lines its own pictures stand.

    Returns:
        The picture that the page declares, unless it is the portal's own, else the first one in the
        article; with its caption.
    """
    url, origin = next(_declared(document), (None, None))
    shown = next((one for one in pictures if url is not None and is_same(one.url, url)), None)
    if shown is None and pictures:
        inside, above = _place(document, lines, pictures, title, text)
        if url is None:
            shown = next(iter(inside), None)
        elif len(above) == 1:
            # What stands over the text is the same picture under another name.
            shown = above[0]
    if url is None:
        if shown is None:
            return Lead()
        url, origin = shown.url, "page"
    captions = (
        (shown.caption if shown else None, "page"),
        (_linked_caption(document, url, title), "json-ld"),
        (_sentence(document.get_meta(*_META_CAPTION), title), "meta"),
        (_sentence(shown.description if shown else None, title), "page"),
    )
    caption, caption_origin = next((one for one in captions if one[0]), (None, None))
    return Lead(url=url, origin=origin, caption=caption, caption_origin=caption_origin)


def is_own(url: str) -> bool:
    """Return whether a picture is the portal's own, as its address tells: a logo, one that stands in for any.

    Args:
        url: its canonical URL.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.rsplit("/", 1)[-1])
    if _OF_LAYOUT.search(url) or _NO_PICTURE.search(name):
        return True
    host = fold(parts.netloc)
    stem = name.partition(".")[0].lower()
    words = [word for word in re.split(r"[\W_]+", stem) if word and not _DIGEST.fullmatch(word)]
    words = [word.rstrip("0123456789") for word in words]
    if not words or not all(
        word in _OWN or word in _OWN_IF_ALONE or word in _OF_NO_MEANING or (word and word in host)
        for word in words
    ):
        return False
    # `/im-128022/social` is a picture cut for sharing, `/images/social.png` is one for every page.
    return bool(_OWN & set(words)) or (
        bool(_OWN_IF_ALONE & set(words)) and not re.search(r"\d{4}|[0-9a-f]{12}", parts.path)
    )


def is_same(one: str, other: str) -> bool:
    """Return whether two URLs are of one picture, in other sizes or cuts.

    Args:
        one: a canonical URL.
        other: another.
    """
    if one == other:
        return True
    stem, other_stem = _stem_of(one), _stem_of(other)
    if stem == other_stem and len(stem) >= _LEAST_STEM:
        # The name of a program says nothing of the picture that it sends.
        parts, others = urlsplit(one), urlsplit(other)
        return parts.query == others.query or bool(
            _PICTURE.search(parts.path) and _PICTURE.search(others.path)
        )
    return bool(_tokens_of(one) & _tokens_of(other))


def _place(
    document: Document, lines: Sequence[Line], pictures: Sequence[Picture], title: str, text: str
) -> tuple[list[Picture], list[Picture]]:
    """Return the pictures of the article, and those of them between its headline and its text."""
    own = {fold(line) for line in text.split("\n")}
    headline = fold(title)
    places = {id(element): place for place, element in enumerate(document.elements)}
    begin = head = end = None
    for line in lines:
        folded = fold(line.text)
        place = places.get(id(line.element))
        if place is None:
            continue
        if folded in own and folded != headline:
            begin = place if begin is None else begin
            end = place
        elif begin is None and folded == headline:
            head = place
    if begin is None or end is None:
        return [], []
    start = begin if head is None else head
    inside = [
        one
        for one in pictures
        if start <= one.place <= end and not _SIGN.search(urlsplit(one.url).path.rpartition("/")[2])
    ]
    return inside, [one for one in inside if one.place < begin]


def _declared(document: Document) -> Iterator[tuple[str, str]]:
    logos = set(_logos(document))
    values = [(value, "meta") for name in _META for value in document.meta.get(name, ())]
    values += [(value, "json-ld") for value, _ in _linked_pictures(document)]
    values += [(value, "meta") for value in (document.links.get("image_src"),) if value]
    for value, origin in values:
        url = _resolve(value, document.base)
        if url is not None and url not in logos and not is_own(url):
            yield url, origin


def _logos(document: Document) -> Iterator[str]:
    for node in document.linked.nodes:
        for logo in as_list(node.get("logo")):
            named: Json = document.linked.resolve(logo)
            address = named.get("url") if isinstance(named, dict) else named
            url = _resolve(linked_text(address), document.base)
            if url is not None:
                yield url


def _linked_pictures(document: Document) -> Iterator[tuple[str, str | None]]:
    """Yield the address and the caption of every picture that JSON-LD gives the article."""
    for value in as_list(document.linked.article.get("image")):
        image: Json = document.linked.resolve(value)
        if not isinstance(image, dict):
            address, caption = linked_text(image), None
        else:
            address = linked_text(image.get("url")) or linked_text(image.get("contentUrl"))
            caption = linked_text(image.get("caption"))
        if address:
            yield address, caption


def _linked_caption(document: Document, url: str, title: str) -> str | None:
    for address, caption in _linked_pictures(document):
        picture = _resolve(address, document.base)
        # Some systems repeat the headline or the file's name.
        repeated = fold(caption or "") in fold(title) or fold(caption or "") in fold(address)
        if caption and not repeated and picture is not None and is_same(picture, url):
            return caption[:LONGEST_CAPTION]
    return None


def _sentence(text: str | None, title: str) -> str | None:
    """Return a description if it is one of this picture and says what the headline does not."""
    if text is None or _ABOUT_PICTURE.search(text):
        return None
    if len(text.split()) < _LEAST_WORDS and weigh(text) - len(text) < _LEAST_WIDE:
        return None
    own, other = fold(text), fold(title)
    return None if own in other or other in own else text[:LONGEST_CAPTION]


def _address_of(element: _Element, base: str) -> str | None:
    for name in _ADDRESSES:
        value = element.get(name)
        # Of several sizes the last is mostly the largest.
        if value and name.endswith("srcset"):
            value = value.strip().rsplit(", ", 1)[-1].split(" ")[0]
        if value and (url := _resolve(value, base)) is not None:
            return url
    return None


# A page names few pictures, and each of them several times.
@lru_cache(maxsize=1024)
def _resolve(address: str | None, base: str) -> str | None:
    if not address or address.startswith("data:"):
        return None
    try:
        return canonicalise(address.strip(), base=base)
    except UrlRefused:
        return None


def _is_small(element: _Element) -> bool:
    for name, least in (("width", _LEAST_WIDTH), ("height", _LEAST_HEIGHT)):
        stated = re.match(r"\s*(\d+)(?![\d%])", element.get(name) or "")
        if stated and int(stated[1]) < least:
            return True
    return False


def _is_of_article(element: _Element, url: str) -> bool:
    for holder in (element, *element.iterancestors()):
        if holder.tag in ("body", "main", "article"):
            return True
        if holder.tag in _HOLDERS_OF_OTHERS:
            return False
        if holder.tag == "a" and not _shows_itself(holder.get("href") or "", url):
            return False
        names = f"{holder.get('class') or ''} {holder.get('id') or ''}"
        if len(names) > 1 and _ASIDE.search(names.lower()):
            return False
    return True


def _shows_itself(href: str, url: str) -> bool:
    """Return whether a link around a picture leads to the picture or its page, not to another article."""
    path = href.partition("?")[0].partition("#")[0].lower()
    return (
        not path
        or path.startswith("javascript:")
        or path.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif"))
        or path == url.lower()
    )


@lru_cache(maxsize=1024)
def _stem_of(url: str) -> str:
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1]).lower()
    stem = name.rpartition(".")[0] or name
    return _SIZE.sub("", stem)


@lru_cache(maxsize=1024)
def _tokens_of(url: str) -> frozenset[str]:
    """Return the parts of an address that are a picture's number or digest."""
    folder, _, name = unquote(urlsplit(url).path).lower().rpartition("/")
    return frozenset(
        token
        for token in (*_TOKEN.findall(name), *_FOLDER_DIGEST.findall(folder))
        if sum(map(str.isdigit, token)) >= _LEAST_DIGITS and not _DAY_OR_SIZE.fullmatch(token)
    )
