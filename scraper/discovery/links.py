"""What readers of list pages have in common: links as found, and what becomes of them."""

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape

from scraper.errors import UrlRefused
from scraper.sources import ListPurpose, ListRequest, Source
from scraper.urls import canonicalise
from storage.records import ArticleLink

# The most links that a list may have: what the sitemap protocol allows, and what no page needs.
MAX_LINKS = {"feed": 5_000, "section": 5_000, "sitemap": 50_000}

# Bad links are named up to this many, then only counted.
NAMED_PROBLEMS = 3

_TAG = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """A link as a list page has it."""

    href: str
    """As written; it may be relative."""
    title: str | None = None
    """The text of the link."""
    published_raw: str | None = None
    """The date beside it."""
    base: str | None = None
    """What it is relative to, if not to the page."""


@dataclass(slots=True)
class Listing:
    """What a reader found, before the source's rules."""

    found: list[FoundLink] = field(default_factory=list)
    further: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What a list page leads to."""

    links: tuple[ArticleLink, ...]
    """The links that the source's rules accept, in their order, each once."""
    further: tuple[ListRequest, ...]
    """The sitemaps of an index, or the page that follows a section page."""
    problems: tuple[str, ...]
    """What was wrong with it, a sentence each."""


def collect(listing: Listing, *, url: str, purpose: ListPurpose, source: Source) -> ListPage:
    """Return the links of a listing that are articles of a source.

    Args:
        listing: what a reader found.
        url: the list page.
        purpose: what it is.
        source: whose rules decide.
    """
    links: dict[str, ArticleLink] = {}
    refused: list[str] = []
    for found in listing.found[: MAX_LINKS[purpose]]:
        try:
            target = canonicalise(found.href, base=found.base or url)
        except UrlRefused as error:
            refused.append(str(error))
            continue
        if target not in links and source.accepts(target):
            links[target] = ArticleLink(
                url=target,
                found_in=url,
                found_as=purpose,
                title=found.title,
                published_raw=found.published_raw,
            )
    further = []
    for href in dict.fromkeys(listing.further):
        try:
            further.append(ListRequest(url=canonicalise(href, base=url), purpose=purpose))
        except UrlRefused as error:
            refused.append(str(error))
    problems = [f"{purpose} {url}: {problem}" for problem in listing.problems]
    # A page has many links that are nothing to us; in a feed or a sitemap a bad one is a fault.
    if refused and purpose != "section":
        named = "; ".join(refused[:NAMED_PROBLEMS])
        more = f" and {len(refused) - NAMED_PROBLEMS} more" if len(refused) > NAMED_PROBLEMS else ""
        problems.append(f"{purpose} {url}: {len(refused)} bad links: {named}{more}")
    if len(listing.found) > MAX_LINKS[purpose]:
        problems.append(
            f"{purpose} {url}: {len(listing.found)} links; only the first {MAX_LINKS[purpose]} are read"
        )
    return ListPage(links=tuple(links.values()), further=tuple(further), problems=tuple(problems))


def plain(text: str | None) -> str | None:
    """Return text without tags, entities, controls and surplus white space; None when nothing is left."""
    if not text:
        return None
    bare = unescape(_TAG.sub(" ", text[:10_000]))
    cleaned = "".join(
        " "
        if unicodedata.category(c) == "Cc"
        else "\N{REPLACEMENT CHARACTER}"
        if "\ud800" <= c <= "\udfff"
        else c
        for c in bare
    )
    return unicodedata.normalize("NFC", " ".join(cleaned.split())) or None
