"""The types that pass along the path, in the order in which a page meets them.

    ArticleLink -> Page -> Article | NotAnArticle -> Relevance -> Outcome -> Recorded

All are frozen, keyword-only and picklable: they cross to the worker processes and back. A field has
the name of its column. Missing is None, never an empty string; `_raw` is a string as seen on the
page. Times are aware and in UTC.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Literal

Precision = Literal["day", "minute"]
FoundAs = Literal["feed", "sitemap", "section", "redirect", "hand", "import"]
Purpose = Literal["page", "feed", "sitemap", "section", "robots"]
EditionFrom = Literal["name", "ordinal", "text", "date"]
Result = Literal["new", "version", "unchanged", "gone", "rejected"]
Cause = Literal["first", "publisher", "reading", "unclear"]


class State(StrEnum):
    """What became of a URL; every request ends in exactly one of them."""

    WAITING = "waiting"
    ARCHIVED = "archived"
    IRRELEVANT = "irrelevant"
    NOT_AN_ARTICLE = "not an article"
    REFUSED = "refused"
    FAILED = "failed"
    GONE = "gone"


def key_of(url: str) -> str:
    """Return the key that names the appearance at a canonical URL.

    Args:
        url: the canonical URL, as `scraper.urls.canonicalise` returns it.

    Returns:
        The first 12 characters of the lower-case base32 form of the SHA-256 of the URL.
    """
    digest = hashlib.sha256(url.encode()).digest()
    return base64.b32encode(digest[:8]).decode("ascii").lower()[:12]


def utc_text(moment: datetime) -> str:
    """Return an aware datetime as the archive writes it: `2026-11-24T03:41:10.250Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def utc_moment(text: str) -> datetime:
    """Return the aware datetime that `utc_text` wrote."""
    return datetime.fromisoformat(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLink:
    """A URL that a list page says is an article."""

    url: str
    """The canonical URL."""
    found_in: str
    """The URL of the feed, sitemap or section that led here; the requested URL for a redirect."""
    found_as: FoundAs
    """What kind of list it was."""
    title: str | None = None
    """The link's text or the feed's title, as plain text."""
    published_raw: str | None = None
    """The date beside the link, as seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A response, as it came."""

    url: str
    """The canonical URL that was asked for."""
    final_url: str
    """The canonical URL that answered, after redirects."""
    status: int
    """HTTP status."""
    headers: tuple[tuple[str, str], ...]
    """Response headers in their order, names as sent."""
    body: bytes
    """The body with transfer and content encodings undone."""
    fetched_at: datetime
    """When the response was complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says, as one extractor read it."""

    title: str
    """The headline without the portal's name."""
    text: str
    """The plain text, one paragraph a line."""
    markdown: str | None = None
    """The text with headings, lists, quotes, tables and links; computed on demand, not stored."""
    authors: tuple[str, ...] = ()
    """People, in the order of the page."""
    published_date: date | None = None
    """The calendar day as the page states it: filters and counts use it."""
    published_at: datetime | None = None
    """The instant, only when the page states a time."""
    published_precision: Precision | None = None
    """`minute` when `published_at` is known, else `day`."""
    published_raw: str | None = None
    """The date as seen."""
    modified_at: datetime | None = None
    """When the publisher says that it last changed the article."""
    language: str | None = None
    """ISO 639-1, lower case."""
    outlet: str | None = None
    """The portal's name as the page gives it."""
    credit: str | None = None
    """Whom the page credits with the text: `Xinhua`, `新华社`."""
    section: str | None = None
    """The rubric the portal puts it under."""
    keywords: tuple[str, ...] = ()
    """The portal's own keywords."""
    description: str | None = None
    """The portal's own summary."""
    image_url: str | None = None
    """The canonical URL of the lead picture."""
    image_caption: str | None = None
    """What stands below the lead picture, its credit included."""
    license: str | None = None
    """Under which license others may use it, as the page states it: a URL, else a name."""
    canonical_claim: str | None = None
    """What the page declares with rel=canonical, as a claim."""
    next_part: str | None = None
    """The canonical URL of the part with which the article goes on; only for whoever fetches it."""
    provenance: Mapping[str, str] = field(default_factory=dict)
    """Field -> where it came from: `json-ld`, `meta`, `page`, `url`, `feed`, `source`, `guess`. Beside
    the fields: `published_candidates`, `published_why` and `published_flags` (`conflict`, `future`,
    `modified earlier`), `extent` (`teaser`, `live`) of what is not a whole article, and what its publisher
    reserves, such as `noarchive` -> `header` or `meta`."""
    extractor: str
    """Name and version of what read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAnArticle:
    """The finding that a page holds no article."""

    kind: str
    """`index`, `search`, `gallery`, `video`, `empty`, `soft 404`, `error`, `challenge`, `consent`, ..."""
    reason: str
    """What was seen, in one sentence for a person."""
    title: str | None = None
    """The page's title, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason for a score."""

    term: str
    """The term as the topic list writes it."""
    kind: str
    """`field`, `event`, `name` or `genre`."""
    place: str
    """`title`, `lead`, `body`, `section` or `keywords`."""
    weight: float
    """What it added to the score, negative for what counts against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """A recurring event that an article names."""

    event: str
    """Its name in the registry, such as `gdec`."""
    edition: int | None
    """The year of the edition; None when the text does not say, and nothing else does."""
    ordinal: int | None
    """Which edition it is, as its organiser counts."""
    edition_from: EditionFrom | None
    """Where the year is from: beside the `name`, its `ordinal`, elsewhere in the `text`, or the `date`."""
    place: str
    """The first place that names it: `title`, `lead` or `body`."""
    term: str
    """The name as the registry writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """A score, the decision and the reasons for both."""

    score: float
    """The sum of the weights, at least 0, rounded to three decimals."""
    relevant: bool
    """The decision: it is about a digital-economy event."""
    unknown: bool = False
    """Whether there is no list for its language: it is kept, for a person to look at."""
    evidence: tuple[Evidence, ...]
    """The reasons, strongest first."""
    events: tuple[EventMention, ...] = ()
    """The recurring events that it names, those in the title first."""
    rules: str
    """Digest of the rules that judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedCapture:
    """A response as one compressed WARC record, ready to be appended."""

    url: str
    """The URL that answered."""
    status: int
    """HTTP status."""
    fetched_at: datetime
    """When the response was complete."""
    digest: str
    """`sha256:` and the base32 digest of the payload."""
    record: bytes
    """The gzip member that holds the record."""
    part_of: str | None = None
    """The URL of the article, when this is a further part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one request for an article page."""

    url: str
    """The canonical URL that was asked for."""
    source: str
    """The name of the source that asked."""
    state: State
    """What became of it."""
    kind: str | None = None
    """The kind within the state, such as `index` or `timeout`."""
    reason: str | None = None
    """One sentence for a person; None for what is archived."""
    at: datetime
    """When it was decided."""
    final_url: str | None = None
    """The canonical URL that answered; None when nothing did."""
    title: str | None = None
    """The title of a page that was read, kept for what is rejected too."""
    article: Article | None = None
    """The reading; set when the state is archived or irrelevant."""
    relevance: Relevance | None = None
    """The judgement; set whenever there was an article to judge."""
    capture: PackedCapture | None = None
    """The response; set whenever it was read as an article."""
    part_captures: tuple[PackedCapture, ...] = ()
    """The responses of the further parts of an article in several."""
    retry_after: float | None = None
    """Seconds that the server asked us to wait, if it did."""
    crawl_id: int | None = None
    """The crawl it happened in; None for a fetch by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What the archive did with an outcome."""

    result: Result
    """Whether it made an article, a version, nothing new, confirmed a loss, or was only a rejection."""
    key: str
    """The key of the appearance, or of the URL when it was rejected."""
