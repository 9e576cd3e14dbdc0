"""When an article was published: candidates from everywhere on the page, and a choice.

    JSON-LD | meta | line next to the headline | URL | feed | any time element  ->  one day

What the page prints next to its headline is the day in the portal's own zone; machine-readable
stamps tell more, but often in UTC, and some portals stamp when the page was generated.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scraper.extraction.dates import EARLIEST, Moment, find_in_url, find_moments, parse_stamp
from scraper.extraction.document import Document, Line
from scraper.extraction.jsonld import text_of as linked_text
from scraper.extraction.near import Near
from storage.records import Precision

# Names that mean the first publication, best first; then names that portals also use for the
# moment when the page was generated.
_META = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished",
    "og:published_time", "parsely-pub-date", "sailthru.date", "bt:pubdate", "cxenseparse:recs:publishtime",
    "firstpublishedtime", "publish-date", "publishdate", "published_time_telegram", "dc.date.issued",
    "dcterms.created", "dcterms.issued", "citation_publication_date", "shareaholic:article_published_time",
    "rnews:datepublished", "article.published", "cxenseparse:publishtime", "originalpublicationdate",
)  # fmt: skip
_WEAK_META = (
    "pubdate", "pubtime", "publish_date", "publication_date", "date", "dc.date", "dcterms.date",
    "article_date_original", "og:pubdate", "eomportal-lastupdate", "timestamp", "apub:time", "weibo:article:create_at",
    "datecreated", "creation_date", "createdate",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "article:modified", "og:modified_time", "datemodified",
    "og:updated_time", "article:updated_time", "last-modified", "dcterms.modified", "lastmod", "revised",
)  # fmt: skip
_UPDATE_WORDS = (
    "updat", "modif", "edited", "aktualisi", "stand:", "geändert", "mis à jour", "maj ",
    "actualiz", "actualis", "atualiz", "aggiorna", "bijgewerkt", "oppdater", "uppdater", "opdater",
    "更新", "修改", "수정", "최종", "обновл", "aktualiz", "güncel", "diperbarui", "review", "corrected",
)  # fmt: skip
_AMERICAN = ("en-us", "en_us")
# Where English is written with the day before the month, as regions and as ends of host names.
_DAY_FIRST = frozenset("gb uk ie au nz za in pk bd lk sg my hk ke ng gh".split())
_FAR = timedelta(days=1)
_WIDEST = timedelta(hours=14)
_ANNOUNCED = re.compile(
    r"(?:published|posted|publish date|first published|date|veröffentlicht|erstellt|publié|publicado|"
    r"publicada|pubblicato|gepubliceerd|publicerad|publisert|opublikowano|опубликовано|发布时间|"
    r"发布日期|发表于|发表时间|发布于|時間|时间|日期|公開日|配信|掲載|입력|등록)\s*(?:on|am|le|el|il|op)?\s*[:：]?\s*\W?",
    re.IGNORECASE,
)
_LONGEST_ANNOUNCEMENT = 120
_DIGIT = re.compile(r"\d")
_LATEST = timedelta(days=2)
_LONGEST_RAW, _MOST_LISTED = 40, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A date that may be the one of publication."""

    moment: Moment
    """The date."""
    origin: str
    """`json-ld`, `meta`, `page`, `url` or `feed`."""
    strong: bool
    """Whether its place on the page says that it is the date of publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The date of publication as `Article` has it."""

    day: date
    """The day in the page's own zone."""
    instant: datetime | None
    """The instant in UTC, when a time and its zone are known."""
    precision: Precision
    """`minute` when the instant is known."""
    raw: str
    """The date as seen."""
    origin: str
    """Where it was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """What a page says about its date, and what was made of it."""

    published: Published | None
    """The date, or None when the page states none that can be."""
    evidence: Mapping[str, str]
    """For `Article.provenance`: all candidates, why one was taken, and what is odd about them."""


def find_published(
    document: Document,
    lines: Sequence[Line],
    near: Near,
    *,
    hint: str | None,
    zone: tzinfo | None,
    now: datetime,
) -> Dating:
    """Find when an article was published.

    Args:
        document: the page.
        lines: its lines.
        near: those around its headline.
        hint: the date beside the link that led here. Only its day counts: several lists lead to a page, with
            and without a time, and which of them is read first is chance.
        zone: the zone that the portal prints its times in.
        now: dates more than two days after it are mistakes.

    Returns:
        The date with its evidence.
    """
    everything = list(_collect(document, lines, near, _read_hint(hint, zone)))
    latest = now.date() + _LATEST
    candidates = [one for one in everything if EARLIEST <= one.moment.day <= latest]
    chosen, why = _choose(candidates, zone)
    evidence = _describe(everything, chosen, why, zone, latest)
    if chosen is None:
        return Dating(published=None, evidence=evidence)
    day = chosen.moment.day_in(zone)
    instant = _find_instant([chosen, *candidates], day, zone)
    published = Published(
        day=day,
        instant=instant,
        precision="day" if instant is None else "minute",
        raw=chosen.moment.raw,
        origin=chosen.origin,
    )
    return Dating(published=published, evidence=evidence)


def _describe(
    candidates: Sequence[Candidate],
    chosen: Candidate | None,
    why: str,
    zone: tzinfo | None,
    latest: date,
) -> dict[str, str]:
    if not candidates:
        return {}
    # What a list says stands with its sighting: here it would depend on which list came first.
    listed = dict.fromkeys(
        f"{one.origin}: {one.moment.raw[:_LONGEST_RAW]}"
        for one in candidates
        if one.origin != "feed" or one is chosen
    )
    evidence = {"published_candidates": " | ".join(list(listed)[:_MOST_LISTED])} if listed else {}
    stamps = [one for one in candidates if one.origin != "feed"]
    odd = ["future"] if any(one.moment.day > latest for one in stamps) else []
    if chosen is not None:
        evidence["published_why"] = why
        day = chosen.moment.day_in(zone)
        stated = [one for one in candidates if one.strong and one.moment.day <= latest]
        if any(abs(one.moment.day_in(zone) - day) > _FAR for one in stated):
            odd.append("conflict")
    return evidence | ({"published_flags": ", ".join(odd)} if odd else {})


def find_modified(document: Document, *, zone: tzinfo | None, now: datetime) -> datetime | None:
    """Return when the page says that it was last changed; None without a time and its zone."""
    stamps = (
        linked_text(document.linked.article.get("dateModified")),
        document.get_meta(*_MODIFIED_META),
    )
    for stamp in stamps:
        moment = parse_stamp(stamp)
        instant = moment.instant(zone) if moment else None
        if instant is not None and EARLIEST <= instant.date() <= now.date() + _LATEST:
            return instant
    return None


def find_zone(name: str | None) -> tzinfo | None:
    """Return the zone of an IANA name, or None when nobody knows it."""
    try:
        return ZoneInfo(name) if name else None
    except (LookupError, ValueError, OSError):
        return None


def _read_hint(hint: str | None, zone: tzinfo | None) -> Candidate | None:
    moment = parse_stamp(hint)
    if moment is None:
        return None
    day = moment.day_in(zone)
    return Candidate(moment=Moment(day=day, raw=day.isoformat()), origin="feed", strong=False)


def _collect(
    document: Document, lines: Sequence[Line], near: Near, listed: Candidate | None
) -> Iterator[Candidate]:
    day_first = _prints_day_first(document)

    def read(raw: str | None, origin: str, *, strong: bool) -> Iterator[Candidate]:
        moment = parse_stamp(raw, day_first=day_first)
        if moment is not None:
            yield Candidate(moment=moment, origin=origin, strong=strong)

    article = document.linked.article
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield from read(linked_text(article.get(name)), "json-ld", strong=name == "datePublished")
    for name in _META:
        yield from read(document.get_meta(name), "meta", strong=True)
    yield from _find_printed(near, day_first=day_first)
    for node in document.linked.nodes:
        if node is not article:
            yield from read(linked_text(node.get("datePublished")), "json-ld", strong=False)
    day = find_in_url(document.url)
    if day is not None:
        yield Candidate(moment=Moment(day=day, raw=day.isoformat()), origin="url", strong=False)
    if listed is not None:
        yield listed
    for name in _WEAK_META:
        yield from read(document.get_meta(name), "meta", strong=False)
    yield from _find_announced(lines, day_first=day_first)
    yield from _find_time_elements(document, day_first=day_first)


def _find_printed(near: Near, *, day_first: bool | None) -> Iterator[Candidate]:
    late: list[Candidate] = []
    for line in near.lines:
        for stamp in line.element.iter("time"):
            if not line.text or line.element.tag in ("body", "html"):
                break
            moment = parse_stamp(stamp.get("datetime"), day_first=day_first)
            if moment is not None:
                candidate = Candidate(moment=moment, origin="page", strong=near.is_sure)
                late.append(candidate) if _is_update(line.text) else (yield candidate)
        for moment in find_moments(line.text, day_first=day_first):
            candidate = Candidate(moment=moment, origin="page", strong=near.is_sure)
            if _is_update(line.text[max(0, moment.start - 24) : moment.start]):
                late.append(candidate)
            else:
                yield candidate
    # An article that prints only its last change was published then at the latest.
    yield from late


def _find_announced(lines: Sequence[Line], *, day_first: bool | None) -> Iterator[Candidate]:
    for line in lines:
        # Most lines have no digit, and looking for the words takes longer.
        if len(line.text) > _LONGEST_ANNOUNCEMENT or not _DIGIT.search(line.text):
            continue
        for announced in _ANNOUNCED.finditer(line.text):
            moment = next(find_moments(line.text[announced.end() :], day_first=day_first), None)
            if moment is not None and moment.start <= len("Wednesday, "):
                yield Candidate(moment=moment, origin="page", strong=False)


def _find_time_elements(document: Document, *, day_first: bool | None) -> Iterator[Candidate]:
    for element in document.tree.iter("time", "abbr", "span", "div", "p", "td"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('id') or ''}"
        lowered = marks.lower()
        if element.tag != "time" and not (
            "date" in lowered or "publish" in lowered or "time" in lowered
        ):
            continue
        raw = (
            element.get("datetime")
            or element.get("content")
            or "".join(map(str, element.itertext()))
        )
        if len(raw) > _LONGEST_ANNOUNCEMENT or "modif" in lowered or "updat" in lowered:
            continue
        moment = parse_stamp(raw, day_first=day_first)
        if moment is not None:
            yield Candidate(moment=moment, origin="page", strong=False)


def _is_update(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in _UPDATE_WORDS)


def _prints_day_first(document: Document) -> bool | None:
    language = (document.declared_language or document.get_meta("og:locale") or "").lower()
    if language.startswith(_AMERICAN):
        return False
    if language[:2] in ("zh", "ja", "ko"):
        return False
    if language and language[:2] != "en":
        return True
    country = (urlsplit(document.url).hostname or "").rpartition(".")[2]
    return True if language[3:5] in _DAY_FIRST or country in _DAY_FIRST else None


def _choose(candidates: Sequence[Candidate], zone: tzinfo | None) -> tuple[Candidate | None, str]:
    """Return the best candidate and, in words, why it is."""
    if not candidates:
        return None, ""
    printed = [one for one in candidates if one.origin == "page" and one.strong]
    stamped = [one for one in candidates if one.origin in ("json-ld", "meta") and one.strong]
    if not stamped:
        if printed:
            return printed[0], "it is printed beside the headline, and nothing is declared"
        return candidates[0], "no place that is for the date of publication names one"
    best = stamped[0]
    # A stamp in UTC does not tell the day of a portal in Beijing; what it prints does.
    if printed and zone is None and best.moment.zone is UTC:
        if _may_be_same(printed[0].moment, best.moment):
            return printed[0], "what is declared is in UTC, and this is the portal's own day"
        return best, "it is declared, and what is printed is another date"
    return best, "it is declared as the date of publication"


def _may_be_same(printed: Moment, stamp: Moment) -> bool:
    # The same instant, read on two clocks: no two are more than 14 hours apart.
    if printed.clock is None or stamp.clock is None:
        return abs(printed.day - stamp.day) <= _FAR
    apart = datetime.combine(printed.day, printed.clock) - datetime.combine(stamp.day, stamp.clock)
    return abs(apart) <= _WIDEST


def _find_instant(
    candidates: Sequence[Candidate], day: date, zone: tzinfo | None
) -> datetime | None:
    for one in candidates:
        instant = one.moment.instant(zone)
        if instant is not None and one.moment.day_in(zone) == day:
            return instant
    # A stamp in UTC beside a printed day of a zone that nobody names.
    for one in candidates:
        instant = one.moment.instant(None)
        if instant is not None and one.strong and abs(one.moment.day - day) <= _FAR:
            return instant
    return None
