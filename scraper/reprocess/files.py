"""Importing WARC files, other archives, and the JSON lines of `export`."""

import gzip
import hashlib
import json
import shutil
import sqlite3
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from scraper.config import Config
from scraper.errors import ScraperError, UrlRefused
from scraper.ingest import PageTask, refuse_response
from scraper.reprocess.window import in_batches, through_pool
from scraper.sources import source_of_url
from scraper.urls import canonicalise
from storage import articles, frontier, importing, schema, tombstones, versions, withdrawals
from storage.archive import Archive
from storage.errors import ArticleNotFound
from storage.importing import Imported, NotAnExport
from storage.records import ArticleLink, Outcome, Page, utc_moment, utc_text
from storage.warc import MAX_BODY, BrokenWarc, WarcResponse, read_responses

# Longer than any article: a line without an end must not fill the memory.
MAX_LINE = 64 << 20

STANDARD_INPUT = "standard input"

_SQLITE = b"SQLite format 3\0"

Report = Callable[[int], None]


class ImportRefused(ScraperError):
    """A file that cannot be imported, with the place and the way out."""


@dataclass(slots=True)
class FileImported:
    """What came of importing one file."""

    file: Path
    counts: Imported = field(default_factory=Imported)
    outcomes: Counter[str] = field(default_factory=Counter)
    """For pages: result or kind of rejection -> how many."""
    resumed_at: int = 0
    """How many records an earlier import had done."""


def import_file(
    archive: Archive, path: Path, *, config: Config, report: Report = lambda _: None
) -> FileImported:
    """Import a WARC file, another archive, or the JSON lines of `export`; plain or gzip.

    Args:
        archive: where to.
        path: the file; what it is is seen from its content.
        config: the settings and the known sources.
        report: called with the number of records done.

    Raises:
        ImportRefused: when it is none of them, or broken; what came before the break is in the archive.
        BrokenWarc: when a WARC file breaks off; what came before the break is in the archive.
        ArchiveError: when the archive cannot be written.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
        is_archive = head.startswith(_SQLITE)
        if not is_archive:
            with _open(path) as stream:
                head = stream.read(16)
    except (OSError, EOFError, zlib.error) as error:
        raise ImportRefused(f"{path}: cannot be read: {error}") from error
    if is_archive:
        return _import_archive(archive, path, config, report)
    if head.startswith(b"WARC/"):
        return _import_warc(archive, path, config, report)
    if head.lstrip().startswith(b"{") or not head:
        return _import_lines(archive, path, config, report)
    raise ImportRefused(
        f"{path}: neither a WARC file nor an archive nor JSON lines of `wireroom export`"
    )


def import_stream(
    archive: Archive, stream: IO[bytes], *, config: Config, report: Report = lambda _: None
) -> FileImported:
    """Import what is piped in, as `import_file` does a file: JSON lines of `export`, or a WARC file.

    It is spooled first: the same lines piped in again go on where an earlier import broke off.

    Args:
        archive: where to.
        stream: what is read to its end.
        config: the settings and the known sources.
        report: called with the number of records done.

    Raises:
        ImportRefused: as `import_file` does, and for an archive: its responses stand in files beside it.
        ArchiveError: when the archive cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="wireroom-") as folder:
        spooled = Path(folder) / STANDARD_INPUT
        with spooled.open("wb") as file:
            shutil.copyfileobj(stream, file)
        with spooled.open("rb") as file:
            if file.read(len(_SQLITE)) == _SQLITE:
                raise ImportRefused(
                    f"{STANDARD_INPUT}: an archive has its responses in files beside it: import it by name"
                )
        try:
            done = import_file(archive, spooled, config=config, report=report)
        except (ImportRefused, BrokenWarc) as error:
            # The spooled file is gone when this is read.
            raise ImportRefused(str(error).replace(str(spooled), STANDARD_INPUT)) from error
    done.file = Path(STANDARD_INPUT)
    return done


def _open(path: Path) -> IO[bytes]:
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]  # GzipFile is one


def _name_of(path: Path) -> str:
    """Return what an import goes on by: another file of the same name is another file."""
    with path.open("rb") as stream:
        return f"{path.name} {hashlib.file_digest(stream, 'sha256').hexdigest()}"


def _import_lines(archive: Archive, path: Path, config: Config, report: Report) -> FileImported:
    done = FileImported(path)
    name = _name_of(path)
    with archive.read() as db:
        done.resumed_at = importing.progress(db, name)
    with _open(path) as stream:
        for batch in in_batches(_lines(stream, path, skip=done.resumed_at)):
            with archive.write() as db:
                for number, line in batch:
                    _import_line(db, line, f"{path}: line {number}", done.counts, config)
                last = batch[-1][0]
                importing.note_progress(db, name, last, now=utc_text(datetime.now(UTC)))
            report(last)
    return done


def _import_line(
    db: sqlite3.Connection, line: bytes, where: str, counts: Imported, config: Config
) -> None:
    try:
        importing.import_record(db, json.loads(line), counts, ages=config.recheck)
    except (ValueError, NotAnExport, RecursionError) as error:
        raise ImportRefused(
            f"{where}: {error}; what stands before its batch is in the archive. Mend or remove the line"
        ) from error


def _lines(stream: IO[bytes], path: Path, *, skip: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not empty, with their numbers."""
    number = 0
    try:
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise ImportRefused(f"{path}: line {number} is longer than {MAX_LINE >> 20} MB")
            if number > skip and line.strip():
                yield number, line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ImportRefused(f"{path}: breaks off after line {number}: {error}") from error


def _import_archive(archive: Archive, path: Path, config: Config, report: Report) -> FileImported:
    from storage.exchange import export  # noqa: PLC0415 - only this kind of import needs it

    if path.resolve() == archive.path.resolve():
        raise ImportRefused(f"{path}: that is the archive itself")
    done = FileImported(path)
    with Archive(path, timeout=1.0) as other, other.read() as theirs:
        if schema.version_of(theirs, path) != schema.NEWEST:
            raise ImportRefused(
                f"{path}: written by an older Wireroom; open it once with this one: "
                f"`wireroom --archive {path} stats`"
            )
        _copy_tombstones(archive, theirs)
        _copy_captures(archive, other, theirs)
        for batch in in_batches(export(theirs)):
            with archive.write() as db:
                for record in batch:
                    importing.import_record(db, record, done.counts, ages=config.recheck)
            report(done.counts.records)
        for rejected in in_batches(importing.rejected_of(theirs)):
            with archive.write() as db:
                for row in rejected:
                    importing.import_rejected(db, row)
    return done


def _copy_tombstones(archive: Archive, theirs: sqlite3.Connection) -> None:
    for stone in tombstones.tombstones(theirs):
        try:
            withdrawals.take_out(
                archive, stone.key, reason=stone.reason, now=utc_moment(stone.withdrawn_at)
            )
        except ArticleNotFound:
            with archive.write() as db:
                tombstones.bury(db, stone)


def _copy_captures(archive: Archive, other: Archive, theirs: sqlite3.Connection) -> None:
    for batch in in_batches(other.captures.records(theirs)):
        with archive.write() as db:
            for capture, for_ever in batch:
                article = capture.part_of or capture.url
                if not tombstones.is_withdrawn(db, article):
                    archive.captures.append(db, capture, for_ever=for_ever)


def _import_warc(archive: Archive, path: Path, config: Config, report: Report) -> FileImported:
    done = FileImported(path)
    name = _name_of(path)
    with archive.read() as db:
        done.resumed_at = importing.progress(db, name)
    broken: list[BrokenWarc] = []

    def tasks() -> Iterator[tuple[int, PageTask | Outcome | None]]:
        # Raised in the middle of a batch, it would take with it what stands before.
        try:
            yield from _warc_tasks(path, config, skip=done.resumed_at)
        except BrokenWarc as error:
            broken.append(error)

    for batch in in_batches(through_pool(tasks(), config.workers)):
        with archive.write() as db:
            for _, outcome in batch:
                kind = (
                    "skipped"
                    if outcome is None
                    else _record_import(db, archive, outcome, path, config)
                )
                done.outcomes[kind] += 1
            importing.note_progress(db, name, batch[-1][0], now=utc_text(datetime.now(UTC)))
        report(batch[-1][0])
    if broken:
        raise broken[0]
    return done


def _record_import(
    db: sqlite3.Connection, archive: Archive, outcome: Outcome, path: Path, config: Config
) -> str:
    link = ArticleLink(url=outcome.url, found_in=path.name, found_as="import")
    if outcome.article is None and versions.current(db, outcome.url) is not None:
        return "unchanged"
    frontier.meet(db, [link], source=outcome.source, now=outcome.at)
    result = articles.record(db, outcome, captures=archive.captures, ages=config.recheck).result
    return result if result != "rejected" else (outcome.kind or outcome.state)


def _warc_tasks(
    path: Path, config: Config, *, skip: int
) -> Iterator[tuple[int, PageTask | Outcome | None]]:
    """Yield the records of a file with their numbers: what is to be read, or None for what is no page."""
    for number, response in read_responses(path, skip=skip, types=_PAGE_TYPES):
        page = _page_of(response) if response is not None else None
        if page is None:
            yield number, None
            continue
        source = source_of_url(page.url, config.known.values())
        refused = refuse_response(page, source=source, crawl_id=None)
        yield (
            number,
            refused
            or PageTask(page=page, source=source, topics=config.topics, mode=config.extraction),
        )


def _page_of(response: WarcResponse) -> Page | None:
    """Return a response as a page; None when its URL, status or date cannot be used, or it is too large."""
    try:
        url = canonicalise(response.url)
        status = int(response.status)
        fetched_at = utc_moment(response.date)
    except (UrlRefused, ValueError):
        return None
    if len(response.body) > MAX_BODY or fetched_at.tzinfo is None:
        return None
    return Page(
        url=url,
        final_url=url,
        status=status,
        headers=response.headers,
        body=response.body,
        fetched_at=fetched_at,
    )


_PAGE_TYPES = ("text/html", "application/xhtml")
