"""Reading the kept responses with today's extractor, and judging everything kept by today's topics."""

import pickle
import sqlite3
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Generic, TypeVar

from scraper.config import Config
from scraper.ingest import PageTask
from scraper.relevance import judge, load_topics
from scraper.reprocess.window import in_batches, through_pool
from scraper.sources import Source, source_of_url
from storage import articles, frontier, versions
from storage.archive import Archive
from storage.errors import ArchiveError, ArticleNotFound
from storage.kept import KeptPage, kept_pages, kept_readings
from storage.records import Outcome, Relevance, State, utc_text

Report = Callable[[int], None]

T = TypeVar("T")


class Spool(Generic[T]):
    """Things on their way to a commit, in a temporary file: there may be more than the memory holds."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the spool

    def add(self, thing: T) -> None:
        """Append one."""
        pickle.dump(thing, self._file)

    def __iter__(self) -> Iterator[T]:
        """Yield all of them, in the order in which they were added."""
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)  # noqa: S301 - our own temporary file
            except EOFError:
                return


@dataclass(slots=True)
class Reextraction:
    """What today's extractor reads in the kept responses; nothing is changed until `commit`."""

    read: int = 0
    same: int = 0
    """Pages of which a reader sees no difference."""
    lost: list[str] = field(default_factory=list)
    """URLs that are no longer read as an article: they stay as they are."""
    unreadable: list[str] = field(default_factory=list)
    """What is wrong with responses that are damaged or missing, a sentence each."""
    unknown: set[str] = field(default_factory=set)
    """Sources that are not known today: their pages are not read again."""
    gained_fields: Counter[str] = field(default_factory=Counter)
    """Field -> in how many pages it is found now and was not before."""
    lost_fields: Counter[str] = field(default_factory=Counter)
    changed_fields: Counter[str] = field(default_factory=Counter)
    differing: Spool[tuple[Outcome, int]] = field(default_factory=Spool)
    """The readings that differ, each with the response that it was read from."""

    def commit(self, archive: Archive) -> int:
        """Record the readings that differ, as versions with the cause `reading`; return how many."""
        made = 0
        for batch in in_batches(self.differing):
            with archive.write() as db:
                for outcome, capture_id in batch:
                    articles.record_reading(db, outcome, capture_id=capture_id)
            made += len(batch)
        return made


_FIELDS = (
    "title",
    "text",
    "authors",
    "published_date",
    "published_at",
    "modified_at",
    "language",
    "credit",
    "section",
    "keywords",
    "image_url",
    "image_caption",
    "license",
)


def reextract(
    archive: Archive,
    *,
    config: Config,
    source: str | None = None,
    since: date | None = None,
    now: datetime,
    report: Report = lambda _: None,
) -> Reextraction:
    """Read the kept responses of archived articles with today's extractor.

    Args:
        archive: the archive.
        config: the settings and the known sources.
        source: only this source's articles.
        since: only those published on this day or later.
        now: the moment of the new readings.
        report: called with the number of pages read.

    Returns:
        Gains and losses a field; `commit` records them.
    """
    found = Reextraction()
    with archive.read() as db, archive.read() as rows:
        pages = kept_pages(rows, states=("archived", "gone"), source=source, since=since)
        chosen: deque[KeptPage] = deque()

        def tasks() -> Iterator[tuple[int, PageTask]]:
            for number, page in enumerate(pages, start=1):
                page_source = _source_of(page, config)
                if page_source is None:
                    found.unknown.add(page.source)
                elif task := _task_of(
                    archive, db, page, page_source, config=config, unreadable=found.unreadable
                ):
                    chosen.append(page)
                    yield number, task

        for number, outcome in through_pool(tasks(), config.workers):
            page = chosen.popleft()
            found.read += 1
            _compare(found, db, page, outcome, now)
            report(number)
    return found


def _source_of(page: KeptPage, config: Config) -> Source | None:
    """Return the source of a page as it is known today; None when its zone and rules would be a guess."""
    by_host = source_of_url(page.url, ())
    return config.known.get(page.source) or (by_host if by_host.name == page.source else None)


def _task_of(
    archive: Archive,
    db: sqlite3.Connection,
    page: KeptPage,
    source: Source,
    *,
    config: Config,
    unreadable: list[str],
) -> PageTask | None:
    """Return the task that reads a kept response; None, and a sentence more, when it cannot be read."""
    if not page.is_whole:
        unreadable.append(
            f"{page.url}: not every response of its several pages was kept with the others"
        )
        return None
    try:
        response = archive.captures.read(db, page.capture_id)
        parts = tuple(archive.captures.read(db, number) for number in page.part_capture_ids)
    except (ArchiveError, OSError) as error:
        unreadable.append(str(error))
        return None
    return PageTask(
        page=response,
        parts=parts,
        source=source,
        title=page.title,
        published_raw=page.published_raw,
        topics=config.topics,
        mode=config.extraction,
        keep_all=page.state != "irrelevant",
    )


def _compare(
    found: Reextraction,
    db: sqlite3.Connection,
    page: KeptPage,
    outcome: Outcome | None,
    now: datetime,
) -> None:
    from storage import reading  # noqa: PLC0415 - only re-reading needs it

    article = outcome.article if outcome is not None else None
    if outcome is None or article is None:
        found.lost.append(page.url)
        return
    current = versions.current(db, page.url)
    if current is None:
        return
    before = reading.get(db, f"{page.key}@{current.number}")
    differs = False
    for name in _FIELDS:
        old, new = getattr(before, name), getattr(article, name)
        if old == new:
            continue
        differs = True
        if not old:
            found.gained_fields[name] += 1
        elif not new:
            found.lost_fields[name] += 1
        else:
            found.changed_fields[name] += 1
    if differs:
        found.differing.add((replace(outcome, at=now), page.capture_id))
    else:
        found.same += 1


@dataclass(slots=True)
class Rescoring:
    """How everything kept is judged by the current topics; nothing is changed until `commit`."""

    judged: int = 0
    gained: list[tuple[str, str]] = field(default_factory=list)
    """URL and title of what was kept out and would be archived now."""
    lost: list[tuple[str, str]] = field(default_factory=list)
    """URL and title of what is archived and would be kept out now: it stays, marked as irrelevant."""
    unreadable: list[str] = field(default_factory=list)
    """What is wrong with responses that are damaged or missing, a sentence each."""
    judgements: Spool[tuple[str, Relevance]] = field(default_factory=Spool)
    """URL and judgement of what is archived."""
    won: Spool[Outcome] = field(default_factory=Spool)
    """What was kept out and would be archived now."""

    def commit(self, archive: Archive, *, config: Config, now: datetime) -> None:
        """Write the judgements; what is gained is archived, from its kept response."""
        for judged in in_batches(self.judgements):
            with archive.write() as db:
                for url, relevance in judged:
                    frontier.judge(db, url, relevance, utc_text(now))
                    articles.describe_at(db, url)
        for won in in_batches(self.won):
            with archive.write() as db:
                for outcome in won:
                    articles.record(db, outcome, captures=archive.captures, ages=config.recheck)


def rescore(
    archive: Archive,
    *,
    config: Config,
    source: str | None = None,
    report: Report = lambda _: None,
) -> Rescoring:
    """Judge everything kept with the current topics, what was kept out included.

    Args:
        archive: the archive.
        config: the settings and the known sources.
        source: only this source's pages.
        report: called with the number of pages judged.

    Returns:
        What would be gained and lost; `commit` writes it.
    """
    found = Rescoring()
    topics = load_topics(config.topics)
    with archive.read() as db:
        for url, was_relevant, article in kept_readings(db, source=source):
            relevance = judge(article, topics)
            found.judged += 1
            if was_relevant and not relevance.relevant and not relevance.unknown:
                found.lost.append((url, article.title))
            found.judgements.add((url, relevance))
            report(found.judged)
    with archive.read() as db, archive.read() as rows:
        pages = kept_pages(rows, states=("irrelevant",), source=source)
        tasks = (
            (number, task)
            for number, page in enumerate(pages, start=1)
            if (page_source := _source_of(page, config)) is not None
            and (
                task := _task_of(
                    archive, db, page, page_source, config=config, unreadable=found.unreadable
                )
            )
        )
        for _, outcome in through_pool(tasks, config.workers):
            found.judged += 1
            if outcome is not None and outcome.state is State.ARCHIVED:
                found.gained.append((outcome.url, outcome.title or ""))
                found.won.add(outcome)
            report(found.judged)
    return found


def win_back(archive: Archive, key: str, *, config: Config) -> str:
    """Archive a page that was judged irrelevant, from its kept response; return its key.

    Raises:
        ArchiveError: when nothing of it was kept, or it holds no article.
    """
    with archive.read() as db:
        pages = [
            page for page in kept_pages(db, states=("irrelevant",)) if key in {page.key, page.url}
        ]
        if not pages:
            raise ArticleNotFound(
                f"{key}: no response of an irrelevant page was kept under it; `wireroom fetch --save URL` "
                "fetches it again"
            )
        page_source = _source_of(pages[0], config)
        if page_source is None:
            raise ArchiveError(
                f"{pages[0].url}: its source {pages[0].source} is not known; name it in wireroom.toml"
            )
        unreadable: list[str] = []
        task = _task_of(archive, db, pages[0], page_source, config=config, unreadable=unreadable)
    if task is None:
        raise ArchiveError(unreadable[0])
    ((_, outcome),) = through_pool([(1, replace(task, keep_all=True))], 1)
    if outcome is None or outcome.article is None:
        raise ArchiveError(f"{pages[0].url}: its response is not read as an article any more")
    with archive.write() as db:
        return articles.record(db, outcome, captures=archive.captures, ages=config.recheck).key
