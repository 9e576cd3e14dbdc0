"""The steps of reading a page, in their order; each works on what the one before left of the tree.

Page
  | check_response       another type, nothing at all
  | decode               charset
  | parse_document       one tree, JSON-LD and meta elements
  | find_title, find_near, find_published, find_authors, find_credit, find_license
  | read_text            the tree loses its furniture
  | check_document       an index, an error page, ...
  | find_reservations    what its publisher reserves
  v
Article | NotAnArticle
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import get_args

from scraper.extraction import Hints, Mode
from scraper.extraction.charset import decode
from scraper.extraction.credit import find_credit, find_dateline
from scraper.extraction.document import Document, parse_document, read_lines
from scraper.extraction.jsonld import Json, as_list, text_of
from scraper.extraction.language import find_language
from scraper.extraction.licenses import find_license
from scraper.extraction.markdown import write_markdown
from scraper.extraction.near import find_near
from scraper.extraction.parts import find_next_part
from scraper.extraction.people import find_authors, find_signature
from scraper.extraction.pictures import find_lead, list_pictures
from scraper.extraction.plain import strip_markup
from scraper.extraction.published import find_modified, find_published, find_zone
from scraper.extraction.text import drop_top, read_text
from scraper.extraction.titles import find_line_title, find_title
from scraper.extraction.verdict import check_document, check_response, find_extent
from scraper.reservations import find_reservations
from storage.records import Article, NotAnArticle, Page

# The first number rises with every change of what is read: a version made by another reading says so.
EXTRACTORS: Mapping[Mode, str] = {
    mode: f"wireroom 3 {mode}, trafilatura {version('trafilatura')}, resiliparse {version('resiliparse')}"
    for mode in get_args(Mode)
}

_MAX_KEYWORDS = 30
_CLOCKS = timedelta(days=1)
# A longer one is a text that was put into the field.
_LONGEST_SECTION = 80
# Systems put the numbers of articles among the words for them.
_NUMBER = re.compile(r"\d{5,}|[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)


def read(page: Page, hints: Hints) -> Article | NotAnArticle:
    """Read a page; see `scraper.extraction.read_page`."""
    refused = check_response(page)
    if refused is not None:
        return refused
    content_type = next((v for name, v in page.headers if name.lower() == "content-type"), None)
    text, _ = decode(page.body, content_type)
    document = parse_document(text, page.final_url)
    if document is None:
        return NotAnArticle(kind="empty", reason="there is nothing in it that could be a page")
    found = _read_document(document, hints)
    if isinstance(found, NotAnArticle):
        return found
    reserved = find_reservations(page.headers, document.meta)
    return replace(found, provenance={**found.provenance, **reserved}) if reserved else found


def _read_document(document: Document, hints: Hints) -> Article | NotAnArticle:
    outlet = document.get_meta("og:site_name") or text_of(document.linked.article.get("publisher"))
    names = [name for name in (outlet, hints.source_title) if name]
    zone = find_zone(hints.timezone)
    lines = read_lines(document.tree)
    title = find_title(document, lines, names=names, hint=hints.title)
    near = find_near(lines, title.text if title else None)
    dating = find_published(
        document, lines, near, hint=hints.published_raw, zone=zone, now=hints.now
    )
    published = dating.published
    authors = find_authors(document, lines, near, names=names)
    modified = find_modified(document, zone=zone, now=hints.now)
    printed_credit = find_credit(near)
    pictures = list_pictures(document)
    license_found = find_license(document)
    next_part = find_next_part(
        document.tree,
        document.url,
        first=hints.first_part or document.url,
        number=hints.part + 1,
    )
    found = read_text(document, lines, mode=hints.mode)
    title = title or find_line_title(lines, found.text)
    headline = title.text if title else None
    if not authors.people:
        signed = find_signature(found.text)
        authors = signed if signed.people else authors
    known = (*authors.names, *filter(None, (printed_credit, published.raw if published else None)))
    body = drop_top(found.text, title=headline or "", known=known)
    refused = check_document(document, lines, body, title=headline, dated=published is not None)
    if refused is not None:
        return refused
    if headline is None:
        return NotAnArticle(kind="index", reason="it has no title")
    language, language_from = find_language(
        body,
        text_of(document.linked.article.get("inLanguage")),
        document.declared_language,
        *hints.languages[:1],
    )
    lead = find_lead(document, lines, pictures, title=headline, text=body)
    license_name, license_from = license_found or (None, None)
    origins = {
        "title": title.origin if title else None,
        "text": found.origin,
        "authors": authors.origin,
        "published_date": published.origin if published else None,
        "language": language_from if language else None,
        "image_url": lead.origin,
        "image_caption": lead.caption_origin,
        "license": license_from,
        "extent": find_extent(document, lines, body),
    }
    return Article(
        title=headline,
        text=body,
        markdown=write_markdown(document, body) if hints.markdown else None,
        authors=authors.names,
        published_date=published.day if published else None,
        published_at=published.instant if published else None,
        published_precision=published.precision if published else None,
        published_raw=published.raw if published else None,
        modified_at=modified,
        language=language,
        outlet=outlet,
        credit=printed_credit or find_dateline(body),
        section=_section(document),
        keywords=_keywords(document),
        description=document.get_meta("og:description", "description"),
        image_url=lead.url,
        image_caption=lead.caption,
        license=license_name,
        canonical_claim=document.links.get("canonical"),
        next_part=next_part,
        provenance={
            **{field: origin for field, origin in origins.items() if origin},
            **_flag_order(dating.evidence, published.day if published else None, modified),
        },
        extractor=EXTRACTORS[hints.mode],
    )


def _flag_order(
    evidence: Mapping[str, str], published: date | None, modified: datetime | None
) -> Mapping[str, str]:
    """Return the evidence of a date, with a flag when the page says that it was changed days before it.

    Args:
        evidence: that of the date of publication.
        published: the day of publication.
        modified: when the page says that it was last changed.
    """
    # The day is the portal's own, the instant is in UTC.
    if published is None or modified is None or published - modified.date() <= _CLOCKS:
        return evidence
    flags = ", ".join(filter(None, (evidence.get("published_flags"), "modified earlier")))
    return {**evidence, "published_flags": flags}


def _section(document: Document) -> str | None:
    stated = (
        document.get_meta("article:section"),
        text_of(document.linked.article.get("articleSection")),
    )
    return next((one for one in stated if one and len(one) <= _LONGEST_SECTION), None)


def _keywords(document: Document) -> tuple[str, ...]:
    declared: Json = document.linked.article.get("keywords")
    values = [strip_markup(value) for value in as_list(declared) if isinstance(value, str)]
    values += document.meta.get("article:tag", ())
    values += document.meta.get("news_keywords", ()) or document.meta.get("keywords", ())
    words = (word.strip() for value in values if value for word in _split_keywords(value))
    named: dict[str, str] = {}
    for word in words:
        if word and not _NUMBER.fullmatch(word):
            named.setdefault(word.casefold(), word)
    return tuple(named.values())[:_MAX_KEYWORDS]


def _split_keywords(value: str) -> list[str]:
    parts = re.split(r"[,，、]", value)
    return value.split(";") if len(parts) == 1 else parts
