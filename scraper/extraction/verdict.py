"""What is no article: found by sure signs only, because a real article must never be refused."""

import re
from urllib.parse import urlsplit

from scraper.extraction.document import Document, Line
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

_MISSING = re.compile(
    r"\b404\b|(?:page|article|story|content) (?:was |could |can )?not (?:be )?found|page not found|"
    r"no longer (?:available|exists)|seite nicht gefunden|page (?:introuvable|non trouvée)|"
    r"página no encontrada|página não encontrada|pagina non trovata|страница не найдена|"
    r"(?:页面|頁面|网页|文章)(?:不存在|未找到|已删除)|ページが見つかりません|페이지를 찾을 수 없",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment|attention required|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"are you a robot|access denied|enable javascript and cookies|unusual traffic|security check|"
    r"请完成(?:安全)?验证|人机验证|访问过于频繁",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"search results|results for|suchergebnisse|résultats de recherche|resultados de|搜索结果|検索結果|검색 결과",
    re.IGNORECASE,
)
# A page of so little text is no article if its title says what it is.
_LITTLE = 900
# The least that a reader would call an article: a sentence or two.
_LEAST = 90
_LINKS_OF_AN_INDEX = 12
_SENTENCE = 80
_LISTING_TYPES = {"collectionpage", "searchresultspage", "itemlist"}


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
    named = f"{title or ''} {document.head_title or ''}"
    length = weigh(text)
    declared = bool(document.linked.article) or document.get_meta("og:type") == "article"
    if length < _LITTLE:
        if _MISSING.search(named):
            return NotAnArticle(
                kind="soft 404", reason=f"its title says that there is nothing: {named.strip()}"
            )
        if _CHALLENGE.search(named):
            return NotAnArticle(kind="challenge", reason=f"it asks who we are: {named.strip()}")
    if not declared and _is_index(document, lines, dated=dated):
        if _SEARCH.search(named):
            return NotAnArticle(kind="search", reason="it lists what a search found", title=title)
        return NotAnArticle(
            kind="index", reason="it lists links and has no text of its own", title=title
        )
    if length < _LEAST:
        if {"videoobject"} & document.linked.types or document.get_meta("og:type") == "video":
            return NotAnArticle(kind="video", reason="it shows a film and has no text", title=title)
        return NotAnArticle(
            kind="empty", reason="it has no text that could be an article", title=title
        )
    return None


def _is_index(document: Document, lines: list[Line], *, dated: bool) -> bool:
    parts = urlsplit(document.url)
    if parts.path in {"", "/"} and not parts.query:
        return True
    links = sentences = 0
    for line in lines:
        if _is_link(line):
            links += 1
        elif weigh(line.text) >= _SENTENCE:
            sentences += 1
    if links < _LINKS_OF_AN_INDEX:
        return False
    listing = bool(document.linked.types & _LISTING_TYPES)
    return sentences == 0 or (
        sentences <= 1 and links > 3 * _LINKS_OF_AN_INDEX and (listing or not dated)
    )


def _is_link(line: Line) -> bool:
    element = line.element
    parent = element.getparent()
    if element.tag == "a" or (parent is not None and parent.tag == "a"):
        return True
    linked = sum(weigh("".join(map(str, a.itertext()))) for a in element.iter("a"))
    return linked > 0.6 * weigh(line.text)
