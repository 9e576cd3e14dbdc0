"""The extractors that the benches compare, each behind one function: bytes and URL -> `Reading`.

Peers read a page as their own documentation says, from the bytes where they take bytes. Their
libraries are in the dependency group `bench`; Wireroom itself needs none of them.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from scraper.extraction import Hints, Mode, read_page
from storage.records import Article, Page

# After every page of the corpus: a date beyond it is a mistake.
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an extractor found on a page."""

    text: str = ""
    """The text; empty when there is none."""
    title: str | None = None
    """The headline."""
    authors: list[str] = field(default_factory=list)
    """Names."""
    day: str | None = None
    """The day of publication, ISO 8601."""
    refused: str | None = None
    """Why the page is no article; None when it is one."""


Extract = Callable[[bytes, str], Reading]


def page_of(body: bytes, url: str) -> Page:
    """Return a page as a crawl hands it over."""
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=body,
        fetched_at=NOW,
    )


def wireroom(body: bytes, url: str, mode: Mode = "best") -> Reading:
    """Read a page as a crawl does."""
    found = read_page(page_of(body, url), hints=Hints(now=NOW, mode=mode))
    if not isinstance(found, Article):
        return Reading(title=found.title, refused=f"{found.kind}: {found.reason}")
    return Reading(
        text=found.text,
        title=found.title,
        authors=list(found.authors),
        day=found.published_date.isoformat() if found.published_date else None,
    )


def wireroom_fast(body: bytes, url: str) -> Reading:
    """Read a page as a crawl does whose setting is `extraction = "fast"`."""
    return wireroom(body, url, "fast")


def trafilatura(body: bytes, url: str, **settings: bool) -> Reading:
    """Read a page with trafilatura, metadata and no comments."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - only where it is asked for

    found = bare_extraction(
        body, url=url, include_comments=False, **{"with_metadata": True, **settings}
    )
    if found is None:
        return Reading()
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return Reading(text=found.text or "", title=found.title, authors=authors, day=found.date)


def trafilatura_precision(body: bytes, url: str) -> Reading:
    """Read a page with trafilatura's precision setting."""
    return trafilatura(body, url, favor_precision=True)


def trafilatura_fast(body: bytes, url: str) -> Reading:
    """Read a page with trafilatura's fast setting, without metadata."""
    return trafilatura(body, url, fast=True, with_metadata=False)


def readability(body: bytes, _url: str) -> Reading:
    """Read a page with readability-lxml; its text is that of the blocks of its summary."""
    from lxml import html  # noqa: PLC0415 - only where it is asked for
    from readability import Document  # noqa: PLC0415 - a peer

    document = Document(body)
    tree = html.fromstring(document.summary())
    for block in tree.iter("p", "div", "li", "h1", "h2", "h3", "h4", "br", "tr", "blockquote"):
        block.tail = f"\n{block.tail or ''}"
    return Reading(text=tree.text_content(), title=document.short_title())


def resiliparse(body: bytes, _url: str) -> Reading:
    """Read a page with resiliparse's main-content setting."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - a peer
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding  # noqa: PLC0415 - a peer
    from resiliparse.parse.html import HTMLTree  # noqa: PLC0415 - a peer

    tree = HTMLTree.parse(bytes_to_str(body, detect_encoding(body)))
    text = extract_plain_text(
        tree, main_content=True, preserve_formatting=True, alt_texts=False, comments=False
    )
    return Reading(text=text, title=tree.title or None)


def newspaper(body: bytes, url: str) -> Reading:
    """Read a page with newspaper4k."""
    from newspaper import Article as Paper  # noqa: PLC0415 - a peer
    from trafilatura.utils import decode_file  # noqa: PLC0415 - it takes text only

    paper = Paper(url, fetch_images=False)
    paper.download(input_html=decode_file(body))
    paper.parse()
    day = paper.publish_date.date().isoformat() if paper.publish_date else None
    return Reading(text=paper.text, title=paper.title or None, authors=paper.authors, day=day)


EXTRACTORS: dict[str, tuple[Extract, str]] = {
    "wireroom best": (wireroom, "wireroom"),
    "wireroom fast": (wireroom_fast, "wireroom"),
    "trafilatura": (trafilatura, "trafilatura"),
    "trafilatura precision": (trafilatura_precision, "trafilatura"),
    "trafilatura fast": (trafilatura_fast, "trafilatura"),
    "readability-lxml": (readability, "readability-lxml"),
    "resiliparse": (resiliparse, "resiliparse"),
    "newspaper4k": (newspaper, "newspaper4k"),
}


def read(name: str, body: bytes, url: str, cache: Path | None = None) -> Reading:
    """Read a page with an extractor.

    Args:
        name: which one.
        body: the page.
        url: its URL.
        cache: a folder that keeps what peers read, by their version and the page's digest.

    Returns:
        What it found; nothing when it raised.
    """
    extract, package = EXTRACTORS[name]
    file = None
    if cache is not None and package != "wireroom":
        digest = hashlib.sha256(f"{name} {version(package)} {url} ".encode() + body).hexdigest()
        file = cache / f"{digest}.json"
        if file.exists():
            return Reading(**json.loads(file.read_bytes()))
    logging.disable(logging.CRITICAL)
    reading = Reading()
    # A peer that raises has read nothing; whether Wireroom ever raises is for its tests.
    with suppress(Exception):
        reading = extract(body, url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(reading)), encoding="utf-8")
    return reading
