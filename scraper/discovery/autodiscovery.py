"""From a home page to the lists of its portal: declared feeds, what looks like one, sections, sitemaps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree

from scraper.discovery.sections import base_of, parse_page
from scraper.discovery.text import fold
from scraper.errors import UrlRefused
from scraper.sources import ListPurpose
from scraper.urls import canonicalise, host_of, registered_domain

# A portal has a few lists that matter; each candidate costs it a request.
MAX_FEEDS = 6
MAX_SITEMAPS = 4
MAX_SECTIONS = 6

# Where feeds and sitemaps stand when nothing says so, the commonest first.
USUAL_PLACES: tuple[tuple[ListPurpose, str], ...] = (
    ("feed", "/feed/"),
    ("feed", "/rss.xml"),
    ("feed", "/feed.xml"),
    ("feed", "/atom.xml"),
    ("feed", "/feed.json"),
    ("sitemap", "/news-sitemap.xml"),
    ("sitemap", "/sitemap.xml"),
)

_FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
)
_FEED_ADDRESS = re.compile(
    r"(?:/rss|/feeds?|\.rss|\.rdf|/atom)(?:\.xml|/|$)|/(?:rss|atom|feed)\.", re.IGNORECASE
)
# Comments, and what a tag or an author wrote, are no news of the portal.
_MINOR_FEED = re.compile(r"comment|/tag/|/author/|podcast|/users?/", re.IGNORECASE)
_SECTION_WORDS = re.compile(
    r"\b(?:news|latest|technolog\w*|tech|digital\w*|business|econom\w*|innovation|telecoms?|press|media-?cent\w*|"
    r"releases?|noticias|tecnolog\w*|actualit\w*|num[eé]rique|nachrichten|wirtschaft|digitales|notizie|not[ií]cias|"
    r"berita|tin-tuc|kinh-te\w*|xinwen|xwfb|xwdt|keji|caijing)\b|新闻|资讯|科技|数字|财经|要闻|ニュース|経済|뉴스|경제|новост|экономик"
    r"|технолог|أخبار|اقتصاد",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A list that a portal may have."""

    url: str
    """Its canonical URL."""
    purpose: ListPurpose
    """What it seems to be."""
    title: str | None = None
    """What the home page calls it."""
    is_guess: bool = False
    """Whether nothing names it, and it only stands where such lists often stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """What a home page says of its portal."""

    title: str | None
    """Its name, as far as the page says it."""
    language: str | None
    """ISO 639-1, as declared."""
    candidates: tuple[Candidate, ...]
    """The likely lists: declared feeds first, sitemaps, sections, guesses, and the home page itself."""


def read_home(
    body: bytes, url: str, content_type: str | None, *, sitemaps: Iterable[str] = ()
) -> HomePage:
    """Return what a home page says of its portal's lists.

    Args:
        body: the page; bytes that are no page declare nothing.
        url: where it was.
        content_type: its Content-Type header, whose charset counts.
        sitemaps: those that robots.txt names.
    """
    root = parse_page(body, content_type)
    base = base_of(root, url) if root is not None else url
    found: dict[str, Candidate] = {}
    named: list[tuple[ListPurpose, int, Iterable[tuple[str, str | None]]]] = [
        ("feed", MAX_FEEDS, () if root is None else (*_declared_feeds(root), *_linked_feeds(root))),
        ("sitemap", MAX_SITEMAPS, ((href, None) for href in sitemaps)),
        ("section", MAX_SECTIONS, () if root is None else _sections(root)),
    ]
    for purpose, most, links in named:
        own = {target: title for href, title in links if (target := _own(href, base, url))}
        for target, title in islice(own.items(), most):
            found.setdefault(target, Candidate(url=target, purpose=purpose, title=title))
    for purpose, path in USUAL_PLACES:
        guess = urljoin(url, path)
        if not any(c.purpose == purpose and not c.is_guess for c in found.values()):
            found.setdefault(guess, Candidate(url=guess, purpose=purpose, is_guess=True))
    found.setdefault(url, Candidate(url=url, purpose="section", title="home page"))
    return HomePage(
        title=_name_of(root), language=_language_of(root), candidates=tuple(found.values())
    )


def _declared_feeds(root: etree._Element) -> Iterable[tuple[str, str | None]]:
    for link in root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _FEED_TYPES:
            href = link.get("href") or ""
            if href and not _MINOR_FEED.search(href):
                yield href, fold(link.get("title"))


def _linked_feeds(root: etree._Element) -> Iterable[tuple[str, str | None]]:
    for anchor in root.iter("a"):
        href = anchor.get("href") or ""
        if _FEED_ADDRESS.search(href) and not _MINOR_FEED.search(href):
            yield href, fold("".join(map(str, anchor.itertext())))


def _sections(root: etree._Element) -> Iterable[tuple[str, str | None]]:
    for anchor in root.iter("a"):
        href = anchor.get("href") or ""
        text = fold("".join(map(str, anchor.itertext()))) or ""
        # A section has a short name and a short address; an article has neither.
        is_short = len(text) <= 30 and len(urlsplit(href).path.strip("/").split("/")) <= 3  # noqa: PLR2004
        if is_short and text and (_SECTION_WORDS.search(text) or _SECTION_WORDS.search(href)):
            yield href, text


def _own(href: str, base: str, home: str) -> str | None:
    try:
        target = canonicalise(href, base=base)
    except UrlRefused:
        return None
    host, own = host_of(target), host_of(home)
    same = host == own or registered_domain(host) == registered_domain(own)
    return target if same and target != home else None


def _name_of(root: etree._Element | None) -> str | None:
    if root is None:
        return None
    for meta in root.iter("meta"):
        if meta.get("property") == "og:site_name" and fold(meta.get("content")):
            return fold(meta.get("content"))
    title = next(root.iter("title"), None)
    name = fold("".join(map(str, title.itertext()))) if title is not None else None
    if name and re.fullmatch(r"home ?page|home|index|startseite|首页", name, re.IGNORECASE):
        return None
    return re.split("\\s[|\u2013\u2014-]\\s|_", name)[0][:80] if name else None


def _language_of(root: etree._Element | None) -> str | None:
    declared = next(root.iter("html"), None) if root is not None else None
    code = (declared.get("lang") or "")[:2].lower() if declared is not None else ""
    return code if re.fullmatch("[a-z]{2}", code) else None
