"""The one path from a fetched page to a row, whoever asks: a crawl, a fetch by hand, a re-reading.

    Page                                                       reactor
      | refuse_response     an answer that holds no page       reactor
      | read_page           text and metadata, or no article   worker process
      | judge               relevance with its evidence        worker process
      | pack                the response as a WARC record      worker process
      v
    Outcome
      | articles.record     rows, overlaps, index, capture     writer thread
      v
    Recorded

A page crosses the process border once on its way in, and its outcome once on its way back. What workers alone
need is imported where it is used: the process that fetches starts without it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.extraction import Hints, Mode, read_page
from scraper.extraction.parts import MAX_PARTS, join_texts
from scraper.extraction.plain import clean_line
from scraper.reservations import Terms, may_keep_response, refuse_reserved, reservations_of
from scraper.sources import ListPurpose, Source
from storage.captures import pack
from storage.records import Article, NotAnArticle, Outcome, Page, State

if TYPE_CHECKING:
    from scraper.discovery import ListPage
    from scraper.discovery.autodiscovery import HomePage

# The end of a page stands in its last so many bytes.
END_WITHIN = 4096
_ENDS = (b"</html", b"</body")

# What a publisher reserves is looked at again: minds change, though seldom.
RESERVED_RETRY = 30 * 86_400.0
# Of a larger page the parsers make a hundred times as much memory; no article needs it.
MAX_PAGE_BYTES = 5_000_000

# A reason is one sentence, whatever a server says.
MAX_REASON_CHARACTERS = 300
_MAX_RAW_REASON = 10 * MAX_REASON_CHARACTERS

# A server may ask for years.
MAX_RETRY_AFTER = 86_400.0

_MISSING = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_IN_TROUBLE = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTask:
    """All that a worker needs to make an outcome of a page."""

    page: Page
    """The response."""
    source: Source
    """Whose page it is."""
    title: str | None = None
    """The link's text, as a hint."""
    published_raw: str | None = None
    """The date beside the link, as a hint."""
    topics: Path | None = None
    """The user's own topics, beside the shipped ones."""
    keep_all: bool = False
    """Archive what is irrelevant too, whatever the source says: a fetch by hand does."""
    mode: Mode = "best"
    """How its text is read."""
    markdown: bool = False
    """Compute the article's Markdown form."""
    parts: tuple[Page, ...] = ()
    """The further parts of an article in several, in their order."""
    crawl_id: int | None = None
    """The crawl that asked."""
    terms: Terms | None = None
    """What is made of what its publisher reserves; None for what was kept already and is read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTask:
    """All that a worker needs to read a list page."""

    purpose: ListPurpose
    """`feed`, `sitemap` or `section`."""
    body: bytes
    """The body with its encodings undone."""
    url: str
    """The URL that answered: links are relative to it."""
    content_type: str | None
    """The Content-Type header."""
    source: Source
    """Whose list it is."""
    today: date | None = None
    """The day of the crawl, to tell lists that are frozen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsWanted:
    """What is still to be fetched of an article in several parts."""

    url: str
    """The canonical URL of the part that follows."""
    parts: tuple[Page, ...]
    """Those that were fetched."""


def warm_up() -> None:
    """Load what the first page and the first list would otherwise wait for; read a page with two scripts."""
    from scraper.discovery import warm_up as warm_up_discovery  # noqa: PLC0415 - for workers

    warm_up_discovery()
    url = "http://example.org/2024/08/01/article.html"
    title = "Digital economy forum opens (数字经济大会)"
    # Of a shorter text trafilatura asks jusText, whose lists of words take longer than all else.
    body = f"<html><title>{title}</title><body><h1>{title}</h1><p>{'A paragraph. ' * 40}</p></body></html>"
    page = Page(
        url=url,
        final_url=url,
        status=HTTPStatus.OK,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
        fetched_at=datetime(2024, 8, 2, tzinfo=UTC),
    )
    source = Source(name="example", title="Example", home="http://example.org/")
    ingest_page(PageTask(page=page, source=source, keep_all=True))


def refuse_response(page: Page, *, source: Source, crawl_id: int | None) -> Outcome | None:
    """Return the outcome of an answer that holds no page to read, or None when it should be read.

    Args:
        page: the response.
        source: whose URL it is.
        crawl_id: the crawl that asked.
    """
    if page.status != HTTPStatus.OK:
        state, kind, reason = State.FAILED, _status_kind(page.status), _status_reason(page.status)
    elif page.final_url != page.url and not source.accepts(page.final_url):
        state, kind = State.NOT_AN_ARTICLE, "redirected"
        reason = f"it leads to {page.final_url}, which is no article of {source.name}"
    else:
        return None
    return Outcome(
        url=page.url,
        source=source.name,
        state=state,
        kind=kind,
        reason=reason,
        at=page.fetched_at,
        final_url=page.final_url,
        retry_after=retry_after(page),
        crawl_id=crawl_id,
    )


def ingest_page(task: PageTask) -> Outcome:
    """Read, judge and pack a page.

    Args:
        task: the page and what is known of it.

    Returns:
        `archived`, `irrelevant` or `not an article`, with the reading, the judgement and the packed
        response where there is one; `refused` for a page that is too large to be read, which is kept.
    """
    from scraper.relevance import judge, load_topics  # noqa: PLC0415 - for workers

    page, source = task.page, task.source
    if len(page.body) > MAX_PAGE_BYTES:
        return Outcome(
            url=page.url,
            source=source.name,
            state=State.REFUSED,
            kind="limit",
            reason=f"a page of {len(page.body):,} bytes is not read",
            at=page.fetched_at,
            final_url=page.final_url,
            capture=pack(page),
            crawl_id=task.crawl_id,
        )
    hints = Hints(
        title=task.title,
        published_raw=task.published_raw,
        timezone=source.timezone,
        languages=source.languages,
        source_title=source.title,
        now=page.fetched_at,
        mode=task.mode,
        markdown=task.markdown,
    )
    match read_page(page, hints=hints):
        case NotAnArticle(kind=kind, reason=reason, title=title):
            return Outcome(
                url=page.url,
                source=source.name,
                state=State.NOT_AN_ARTICLE,
                kind=kind,
                reason=clean_reason(reason),
                at=page.fetched_at,
                final_url=page.final_url,
                title=title,
                crawl_id=task.crawl_id,
            )
        case Article() as first:
            article = _join(_mark_ending(first, page), task, hints)
            reserved = refuse_reserved(article, task.terms) if task.terms else None
            if reserved is not None:
                return Outcome(
                    url=page.url,
                    source=source.name,
                    state=State.REFUSED,
                    kind=reserved.kind,
                    reason=reserved.reason,
                    at=page.fetched_at,
                    final_url=page.final_url,
                    retry_after=RESERVED_RETRY,
                    crawl_id=task.crawl_id,
                )
            kept = task.terms is None or may_keep_response(article)
            relevance = judge(article, load_topics(task.topics))
            # What cannot be judged is kept for a person to look at, never lost.
            wanted = relevance.relevant or relevance.unknown
            keep = wanted or source.keep == "all" or task.keep_all
            return Outcome(
                url=page.url,
                source=source.name,
                state=State.ARCHIVED if keep else State.IRRELEVANT,
                kind="teaser" if keep and article.provenance.get("extent") == "teaser" else None,
                reason=None if keep else f"score {relevance.score:g} under the rules",
                at=page.fetched_at,
                final_url=page.final_url,
                title=article.title,
                article=article,
                relevance=relevance,
                capture=pack(page) if kept else None,
                part_captures=tuple(map(pack, task.parts)) if kept else (),
                crawl_id=task.crawl_id,
            )


def _mark_ending(article: Article, page: Page) -> Article:
    """Return an article with a note when its page has no end: a connection may have broken off."""
    tail = page.body[-END_WITHIN:].lower()
    if any(end in tail for end in _ENDS):
        return article
    return replace(article, provenance={**article.provenance, "ending": "missing"})


def _join(first: Article, task: PageTask, hints: Hints) -> Article:
    """Return an article with the texts of all its parts; it goes on with what the last one leads to."""
    texts, next_part, markdown = [first.text], first.next_part, [first.markdown or ""]
    reserved: dict[str, str] = {}
    for number, page in enumerate(task.parts, start=2):
        own = replace(hints, title=first.title, first_part=task.page.final_url, part=number)
        part = read_page(page, hints=own)
        # Past the last part some systems repeat it, or answer with the first.
        if not isinstance(part, Article) or part.text in texts:
            next_part = None
            break
        texts.append(part.text)
        reserved |= reservations_of(part)
        markdown.append(part.markdown or "")
        next_part = part.next_part
    if len(texts) == 1:
        return replace(first, next_part=next_part if task.parts else first.next_part)
    return replace(
        first,
        text=join_texts(texts, title=first.title),
        markdown="\n\n".join(markdown) if first.markdown else None,
        next_part=next_part,
        provenance={**first.provenance, **reserved, "parts": str(len(texts))},
    )


def next_part(outcome: Outcome, *, parts: int) -> str | None:
    """Return the URL of the part that is still to be fetched before an outcome is complete, or None.

    Args:
        outcome: what was made of the parts so far.
        parts: how many there are.
    """
    article = outcome.article
    return article.next_part if article is not None and parts < MAX_PARTS else None


def read_list_page(task: ListTask) -> "ListPage":
    """Read a feed, sitemap or section page into its links."""
    from scraper.discovery import read_list  # noqa: PLC0415 - for workers

    return read_list(
        task.purpose, task.body, task.url, task.content_type, task.source, today=task.today
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeTask:
    """All that a worker needs to find the lists of a portal."""

    body: bytes
    """The home page."""
    url: str
    """The URL that answered."""
    content_type: str | None
    """The Content-Type header."""
    sitemaps: tuple[str, ...] = ()
    """Those that robots.txt names."""


def read_home_page(task: HomeTask) -> "HomePage":
    """Find the likely lists of a portal on its home page."""
    from scraper.discovery.autodiscovery import read_home  # noqa: PLC0415 - for workers

    return read_home(task.body, task.url, task.content_type, sitemaps=task.sitemaps)


def is_in_trouble(page: Page) -> bool:
    """Say whether a host asks to be left alone for a while."""
    return page.status in _IN_TROUBLE


def clean_reason(reason: str) -> str:
    """Return a reason in which a stranger's words may stand as one short line that can be stored."""
    return (clean_line(reason[:_MAX_RAW_REASON]) or "no reason")[:MAX_REASON_CHARACTERS]


def retry_after(page: Page) -> float | None:
    """Return the seconds that a server in trouble asks us to wait, at most a day; None if it asks nothing."""
    if not is_in_trouble(page):
        return None
    value = next(
        (value for name, value in page.headers if name.lower() == "retry-after"), ""
    ).strip()
    if value.isdecimal():
        seconds = float(value[:9])
    else:
        try:
            seconds = (parsedate_to_datetime(value) - page.fetched_at).total_seconds()
        except (TypeError, ValueError):
            return None
    return min(max(seconds, 0.0), MAX_RETRY_AFTER)


def _status_kind(status: int) -> str:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "429"
    # A page that was archived and answers so is gone, when it does so twice.
    if status in _MISSING:
        return str(status)
    return f"{status // 100}xx"


def _status_reason(status: int) -> str:
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"
