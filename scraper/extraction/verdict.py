"""What is no article: found by sure signs only, because a real article must never be refused."""

import re
from urllib.parse import urlsplit

from scraper.extraction.document import Document, Line
from scraper.extraction.notices import GALLERY, NOTICES, PAYWALL, SEARCH
from scraper.extraction.plain import weigh
from storage.records import NotAnArticle, Page

_HTML_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/xml",
    "text/xml",
    "",
)
_MAGIC = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"RIFF",
    b"ID3",
)

_LIST = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b",
    re.IGNORECASE | re.DOTALL,
)
# A page of so little text is no article if it says what it is.
_LITTLE = 900
_NOTICE_LINES = 6
# The least that a reader would call an article: a sentence or two.
_LEAST = 90
_LEAST_BESIDE_A_FILM = 700
_LEAST_BESIDE_PICTURES = 1200
_PICTURES = 5
_LINKS_OF_AN_INDEX = 12
_ROWS_OF_AN_INDEX = 5
_SENTENCE = 80
_ROW_LINES = 3
_LISTING_TYPES = {"collectionpage", "searchresultspage", "itemlist"}
_LISTING_PATH = re.compile(
    r"/(?:tags?|categor(?:y|ies)|topics?|themen?|rubri[ck]\w*|sections?|search|archives?|authors?|press-?releases?|page/\d+)(?:/|$|\.)|"
    r"/(?:index|list|default)(?:_\d+)?\.s?html?$|"
    # Rubrics have names, articles have headlines or numbers.
    r"^(?:/[a-z]{2,20}){1,3}/$",
    re.IGNORECASE,
)
_SEARCH_QUERY = re.compile(
    r"(?:^|&)(?:q|s|query|search|keywords?|searchword|wd|kw)=", re.IGNORECASE
)
_FILM_PATH = re.compile(r"/(?:videos?|watch|mediathek|tv)/", re.IGNORECASE)
_PICTURES_PATH = re.compile(
    r"/(?:galler(?:y|ies)|photos?|photo-?galler(?:y|ies)|slideshows?|fotostrecken?|bilder|diaporamas?|galerias?)/",
    re.IGNORECASE,
)
_TEASER = 3000
_NOT_FREE = {"false", "no", "0"}
_NAMED = {
    "soft 404": "it says that there is nothing",
    "challenge": "it asks who we are",
    "error": "it says that something is broken",
    "consent": "it asks for consent to cookies",
    "login": "it asks to log in",
}


def check_response(page: Page) -> NotAnArticle | None:
    """Return the finding about a response that is no page to read, or None."""
    kind = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    kind = kind.partition(";")[0].strip().lower()
    if kind not in _HTML_TYPES or page.body.startswith(_MAGIC):
        return NotAnArticle(
            kind="wrong type", reason=f"it is {kind or 'a file of another kind'}, no page"
        )
    if not page.body.strip():
        return NotAnArticle(kind="empty", reason="the answer is empty")
    if _LIST.match(page.body):
        return NotAnArticle(kind="wrong type", reason="it is a feed or a sitemap, no page")
    return None


def check_document(
    document: Document, lines: list[Line], text: str, *, title: str | None, dated: bool
) -> NotAnArticle | None:
    """Return the finding about a page that holds no article, or None when it holds one.

    Args:
        document: the page, its furniture gone.
        lines: its lines as they were.
        text: the text that was found.
        title: its headline.
        dated: whether it states when it was published.
    """
    named = [one for one in (title, document.head_title) if one]
    length = weigh(text)
    declared = bool(document.linked.article) or document.get_meta("og:type") == "article"
    if length < _LITTLE:
        found = _find_notice(document, lines, named, declared=declared)
        if found is not None:
            return found
    if not declared and _is_index(document, lines, dated=dated):
        query = urlsplit(document.url).query
        if any(map(SEARCH.search, named)) or _SEARCH_QUERY.search(query):
            return NotAnArticle(kind="search", reason="it lists what a search found", title=title)
        return NotAnArticle(
            kind="index", reason="it lists links and has no text of its own", title=title
        )
    if length < _LEAST_BESIDE_PICTURES and not declared and _is_gallery(document, named):
        return NotAnArticle(kind="gallery", reason="it shows pictures and little text", title=title)
    if length < (_LEAST if declared else _LEAST_BESIDE_A_FILM) and _is_film(document):
        return NotAnArticle(kind="video", reason="it shows a film and little text", title=title)
    if length < _LEAST:
        return NotAnArticle(
            kind="empty", reason="it has no text that could be an article", title=title
        )
    return None


def find_extent(document: Document, lines: list[Line], text: str) -> str | None:
    """Return `teaser` for the beginning of an article that is for subscribers, `live` for a live blog.

    Args:
        document: the page.
        lines: its lines as they were.
        text: its text.

    Returns:
        None for an article that is there as a whole, as most are.
    """
    if "liveblogposting" in document.linked.types:
        return "live"
    if weigh(text) > _TEASER:
        return None
    free = document.linked.article.get("isAccessibleForFree")
    closed = free is False or str(free).lower() in _NOT_FREE
    if closed or PAYWALL.search("\n".join(line.text for line in lines).lower()):
        return "teaser"
    return None


def _find_notice(
    document: Document, lines: list[Line], named: list[str], *, declared: bool
) -> NotAnArticle | None:
    for kind, pattern in NOTICES.items():
        if any(map(pattern.search, named)):
            if kind == "login" and not document.has_password:
                continue
            return NotAnArticle(kind=kind, reason=f"{_NAMED[kind]}: {named[0]}", title=named[0])
    if declared:
        return None
    # Some portals leave the title of the portal on such a page.
    text = [line.text for line in lines if not _is_link(line)][:_NOTICE_LINES]
    if sum(map(weigh, text)) < _LITTLE // 2 and len(lines) < 4 * _NOTICE_LINES:
        for kind, pattern in NOTICES.items():
            said = next((line for line in text if pattern.search(line)), None)
            if said is not None and kind in ("soft 404", "challenge", "error"):
                return NotAnArticle(kind=kind, reason=f"{_NAMED[kind]}: {said}")
    return None


def _is_gallery(document: Document, named: list[str]) -> bool:
    if document.pictures < _PICTURES:
        return False
    if {"imagegallery", "mediagallery"} & document.linked.types:
        return True
    path = urlsplit(document.url).path
    return _PICTURES_PATH.search(path) is not None or any(map(GALLERY.search, named))


def _is_film(document: Document) -> bool:
    if document.linked.article:
        return False
    kind = document.get_meta("og:type") or ""
    return (
        "videoobject" in document.linked.types
        or kind.startswith("video")
        or _FILM_PATH.search(urlsplit(document.url).path) is not None
    )


def _is_index(document: Document, lines: list[Line], *, dated: bool) -> bool:
    parts = urlsplit(document.url)
    if parts.path in {"", "/"} and not parts.query:
        return True
    listing = bool(document.linked.types & _LISTING_TYPES) or (
        _LISTING_PATH.search(parts.path) is not None
        or _SEARCH_QUERY.search(parts.query) is not None
    )
    links = sentences = rows = own = 0
    since_link = _ROW_LINES + 1
    for line in lines:
        if _is_link(line):
            links += 1
            since_link = 0
            continue
        since_link += 1
        if (weight := weigh(line.text)) >= _SENTENCE:
            sentences += 1
            # The summary of a row stands under its link; a paragraph of an article under another one.
            rows += since_link <= _ROW_LINES
            own += weight if since_link > _ROW_LINES else 0
    if links < _LINKS_OF_AN_INDEX:
        return False
    if sentences == 0 or (
        sentences <= 1 and links > 3 * _LINKS_OF_AN_INDEX and (listing or not dated)
    ):
        return True
    return listing and rows >= _ROWS_OF_AN_INDEX and own < _LITTLE // 2 and rows >= sentences // 2


def _is_link(line: Line) -> bool:
    element = line.element
    parent = element.getparent()
    if element.tag == "a" or (parent is not None and parent.tag == "a"):
        return True
    linked = sum(weigh("".join(map(str, a.itertext()))) for a in element.iter("a"))
    return linked > 0.6 * weigh(line.text)
