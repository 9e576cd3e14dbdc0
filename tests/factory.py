"""Outcomes for the tests of the archive, short to write."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

from storage.captures import pack
from storage.lists import ListReading
from storage.records import Article, EventMention, Evidence, Outcome, Page, Relevance, State
from storage.reports import SourceSummary

NOW = datetime(2026, 1, 1, tzinfo=UTC)

WORDS = [f"word{number}" for number in range(2000)]


def prose(words: int, *, seed: int = 0) -> str:
    """Return a text that shares nothing with one of another seed."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(words))


def page_at(url: str, body: bytes = b"<p>text</p>", *, status: int = 200) -> Page:
    return Page(
        url=url,
        final_url=url,
        status=status,
        headers=(("Content-Type", "text/html"), ("X-Served-By", "test")),
        body=body,
        fetched_at=NOW,
    )


def archived(
    url: str,
    text: str,
    *,
    title: str = "A title",
    day: date | None = date(2024, 8, 1),
    source: str = "portal",
    language: str = "en",
    asked: str | None = None,
    at: datetime = NOW,
) -> Outcome:
    article = Article(
        title=title,
        text=text,
        authors=("A. Reporter",),
        published_date=day,
        language=language,
        extractor="test 1",
    )
    evidence = (Evidence(term="digital economy", kind="field", place="title", weight=1.0),)
    return Outcome(
        url=asked or url,
        source=source,
        state=State.ARCHIVED,
        at=at,
        final_url=url,
        title=title,
        article=article,
        relevance=Relevance(score=2.0, relevant=True, evidence=evidence, rules="r1"),
        capture=pack(page_at(url, text.encode())),
    )


def rejected(url: str, state: State, kind: str, *, at: datetime = NOW) -> Outcome:
    return Outcome(url=url, source="portal", state=state, kind=kind, reason=f"it is {kind}", at=at)


def naming(outcome: Outcome, *mentions: EventMention, unknown: bool = False) -> Outcome:
    assert outcome.relevance is not None
    judged = replace(outcome.relevance, events=mentions, unknown=unknown, relevant=not unknown)
    return replace(outcome, relevance=judged)


def mention(event: str, edition: int | None, place: str = "title") -> EventMention:
    return EventMention(
        event=event, edition=edition, ordinal=None, edition_from="name", place=place, term=event
    )


def summary(source: str = "portal", **counts: object) -> SourceSummary:
    """Return what a crawl counted that read one list and found nothing."""
    values: dict[str, object] = {
        "listed": 1,
        "discovered": 2,
        "fetched": 0,
        "new": 0,
        "versions": 0,
        "unchanged": 0,
        "rejected": {},
        "failed": {},
        "problems": (),
        "bytes": 10,
        "seconds": 1.0,
    }
    return SourceSummary(source=source, **(values | counts))


def list_reading(url: str, **values: object) -> ListReading:
    """Return a feed of one article, as it was received and read."""
    read: dict[str, object] = {
        "source": "portal",
        "purpose": "feed",
        "final_url": url,
        "etag": None,
        "last_modified": None,
        "digest": "d1",
        "rules": "r1",
        "listed": 1,
        "links": 1,
        "newest": None,
        "interval": None,
        "skip_hours": (),
        "skip_days": (),
        "further": (),
        "problems": (),
    }
    return ListReading(url=url, **(read | values))
