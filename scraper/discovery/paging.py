"""Which link of a section page leads to the page that follows it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

# Not `p`: WordPress names an article by it.
_PARAMETERS = frozenset(("page", "pg", "paged", "pageno", "page_no", "pagenum", "currentpage"))
# These count articles, not pages.
_OFFSETS = frozenset(("start", "offset", "limitstart"))
_FOLDER = re.compile(r"/(?:(?:page|seite|pagina|pag|p)[/-])?(\d{1,3})$", re.IGNORECASE)
_SUFFIX = re.compile(r"/(?:([^/]*?)[_-])(\d{1,4})(\.[a-z]{2,5})?$")
_JOINED = re.compile(r"/(index|list|default)(\d{1,3})(\.[a-z]{2,5})$", re.IGNORECASE)
_START = re.compile(r"/(?:index|default)(?:\.[a-z]{2,5})?$")
_STARTS = frozenset({"index", "default", "page", "index_pc"})
_SAYS_NEXT = re.compile(
    r"\W*(?:next|older|下一?[页頁]|后一页|次へ|次の|다음|suivant|siguiente|próxim|weiter|nächste|след|далее)"
    "|[\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}»>]+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PagerLink:
    """A link that may lead to a following page."""

    url: str
    """Its canonical URL."""
    text: str
    """What it says."""


def find_next(links: Iterable[PagerLink], here: str, *, is_first: bool) -> str | None:
    """Return the URL that follows a section page by the number in it.

    Known forms are `node_7_2.htm`, `index_1.html`, `index2.html`, `page_2.html`, `/page/2/`, `/2/`, `?page=2`
    and `?start=20`. Some portals count the second page as 1: what the links say tells which ones.

    Args:
        links: the links of the page.
        here: the canonical URL of the page.
        is_first: whether it is known to be the first page, so that a number in its URL is none of a page.
    """
    key, number = split_number(here, is_first=is_first)
    pages: dict[int, list[PagerLink]] = {}
    for link in links:
        its_key, its_number = split_number(link.url)
        if its_key == key and its_number is not None:
            pages.setdefault(its_number, []).append(link)
    if any(_counts_articles(link.url) for links in pages.values() for link in links):
        wanted = sorted(n for n in pages if n > (number or 0))[:1]
    else:
        wanted = [number + 1] if number is not None else _second_page(pages)
    return next((pages[n][0].url for n in wanted if n in pages), None)


def split_number(url: str, *, is_first: bool = False) -> tuple[str, int | None]:
    """Return what a URL has in common with its following pages, and its number among them.

    Args:
        url: a canonical URL.
        is_first: whether a number at the end of its file name is part of the name.
    """
    parts = urlsplit(url)
    path, number = parts.path.rstrip("/"), None
    pairs = []
    for pair in parts.query.split("&") if parts.query else ():
        name, _, value = pair.partition("=")
        counts = name.lower() in _PARAMETERS or name.lower() in _OFFSETS
        if counts and value.isdecimal() and len(value) <= 4:  # noqa: PLR2004
            number = int(value)
        else:
            pairs.append(pair)
    if number is None and (folder := _FOLDER.search(path)):
        number, path = int(folder[1]), path[: folder.start()]
    if number is None and not is_first and (suffix := _SUFFIX.search(path)):
        number = int(suffix[2])
        name = "" if suffix[1] in _STARTS else f"/{suffix[1]}{suffix[3] or ''}"
        path = path[: suffix.start()] + name
    if number is None and not is_first and (joined := _JOINED.search(path)):
        number, path = int(joined[2]), path[: joined.start()] + f"/{joined[1]}{joined[3]}"
    path = _START.sub("", path)
    return f"{parts.netloc}{path}?{'&'.join(pairs)}", number


def _counts_articles(url: str) -> bool:
    return any(f"{name}=" in urlsplit(url).query.lower() for name in _OFFSETS)


def _second_page(pages: dict[int, list[PagerLink]]) -> list[int]:
    """Return the numbers that the second page may have, the likeliest first."""
    counted = {
        number - int(link.text)
        for number, links in pages.items()
        for link in links
        if link.text.isdecimal() and len(link.text) <= 4  # noqa: PLR2004 - no page number is longer
    }
    if counted & {0, -1}:
        return [2 + max(counted & {0, -1})]
    said = [n for n in (1, 2) if any(_SAYS_NEXT.match(link.text) for link in pages.get(n, ()))]
    return [*said, 1, 2]
