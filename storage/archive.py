"""Opening an archive, and the one way to write to it.

All writers, of every process, take turns at one advisory lock beside the file; readers never wait. A
transaction begins IMMEDIATE: a deferred one that turns into a writer is refused when another wrote in
between, whatever the time-out. The holder of the lock also checkpoints, so that no two processes do.

sqlite-utils runs the migrations, on our connection and inside a transaction that is open: there its own
transactions are savepoints. Left to itself it would begin deferred ones. A row an article is written with
plain SQL, at a tenth of the cost.
"""

import contextlib
import importlib
import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from storage import schema
from storage.captures import CaptureFiles
from storage.errors import ArchiveError, ArchiveFull, ArchiveLocked, explaining

if TYPE_CHECKING:
    from storage.reading import StoredArticle
    from storage.records import Outcome, Recorded
    from storage.search import Filters, Hit

# Beyond this the write-ahead log is folded back into the file at the end of a transaction.
CHECKPOINT_PAGES = 2000


class Archive:
    """An open archive: one writing connection a process, and as many readers as are asked for.

    Args:
        path: the file; it must hold an archive of this version.
        timeout: seconds to wait for the write lock.
    """

    def __init__(self, path: Path, *, timeout: float) -> None:
        self.path = path
        self.captures = CaptureFiles(path.with_name(f"{path.stem}-captures"))
        self._timeout = timeout
        self._turn = threading.RLock()
        self._writer: sqlite3.Connection | None = None

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction under the write lock, and commit it at the end.

        Yields:
            The connection, with a transaction open. An exception rolls it back.

        Raises:
            ArchiveLocked: when another process held the lock for too long.
            ArchiveFull: when there is no room or no right to write; nothing was changed then.
            ArchiveError: for any other trouble of SQLite's.
        """
        from storage import indexing  # noqa: PLC0415 - readers of rows do not need it

        with self._turn, explaining(self.path), self._locked():
            db = self._writer = self._writer or self._connect_to_write()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                indexing.index_pending(db)
                self.captures.sync()
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            self._checkpoint(db)

    @contextlib.contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Open a connection that cannot write, and close it at the end.

        Yields:
            The connection; rows can be read by name. It sees one state of the archive a statement.

        Raises:
            ArchiveError: when the file cannot be read.
        """
        with explaining(self.path):
            db = _connect_to_read(self.path)
            try:
                yield db
            finally:
                db.close()

    def record(self, outcome: "Outcome") -> "Recorded":
        """Record one outcome in a transaction of its own.

        A crawl records through a `storage.writer.Writer`, which commits in groups.

        Raises:
            ArchiveError: when it could not be written; nothing was changed then.
        """
        from storage import articles  # noqa: PLC0415 - readers do not need it

        with self.write() as db:
            return articles.record(db, outcome, captures=self.captures)

    def get(self, key_or_url: str) -> "StoredArticle":
        """Return an article; see `storage.reading.get`."""
        from storage import reading  # noqa: PLC0415 - only who reads needs it

        with self.read() as db:
            return reading.get(db, key_or_url)

    def articles(self) -> "Iterator[StoredArticle]":
        """Yield every article, whole, ordered by key, one at a time."""
        from storage import reading  # noqa: PLC0415 - only who reads needs it

        with self.read() as db:
            for row in db.execute("SELECT id FROM article ORDER BY key"):
                yield reading.load(db, row["id"])

    def search(
        self, query: str, *, filters: "Filters | None" = None, limit: int = 20
    ) -> "list[Hit]":
        """Return the articles that match a query, best first; see `storage.search.search`.

        Raises:
            QueryError: when the query cannot be read.
        """
        from storage import search  # noqa: PLC0415 - only who searches needs it

        with self.read() as db:
            return search.search(db, query, filters=filters or search.NO_FILTERS, limit=limit)

    def count(self, query: str, *, filters: "Filters | None" = None) -> int:
        """Count the articles that match a query.

        Raises:
            QueryError: when the query cannot be read.
        """
        from storage import search  # noqa: PLC0415 - only who searches needs it

        with self.read() as db:
            return search.count(db, query, filters=filters or search.NO_FILTERS)

    def frame(self, library: Literal["pandas", "polars"] = "pandas") -> Any:  # noqa: ANN401 - of either library
        """Return one row an article, with the columns of the view `articles`, as a data frame.

        Args:
            library: whose frame; it must be installed.

        Raises:
            ArchiveError: when the library is not installed.
        """
        try:
            frames = importlib.import_module(library)
        except ImportError as error:
            raise ArchiveError(f"{library} is not installed: `pip install {library}`") from error
        with self.read() as db:
            found = db.execute("SELECT * FROM articles ORDER BY key")
            names = [column[0] for column in found.description]
            rows = found.fetchall()
        columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
        columns["authors"] = [json.loads(value) for value in columns["authors"]]
        return frames.DataFrame(columns)

    def fold(self) -> None:
        """Fold the write-ahead log back into the file, so that nothing stands in it any more.

        Raises:
            ArchiveLocked: when another program goes on reading what stands in the log.
            ArchiveError: when the lock or the file cannot be had.
        """
        with self._turn, explaining(self.path), self._locked():
            db = self._writer = self._writer or self._connect_to_write()
            busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise ArchiveLocked(
                f"{self.path}: another program is reading it, so that its log (-wal) still has what was"
                " removed; close that program, then run `wireroom doctor --repair`"
            )

    def require_room(self, size: int) -> None:
        """Check that the archive's disk has so many bytes of room.

        Raises:
            ArchiveFull: when it has less.
        """
        free = shutil.disk_usage(self.path.parent).free
        if free < size:
            raise ArchiveFull(
                f"{self.path}: its disk has {free / 1e6:,.0f} MB of room, the setting `min_free_mb` wants"
                f" {size / 1e6:,.0f} MB; make room, then crawl again: nothing was lost"
            )

    def close(self) -> None:
        """Close the writing connection, if there is one."""
        with self._turn:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def __del__(self) -> None:
        # A notebook seldom closes what it opened.
        writer = getattr(self, "_writer", None)
        if writer is not None:
            writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout  # noqa: PLC0415 - readers do not need it

        lock = FileLock(f"{self.path}.lock", timeout=self._timeout)
        try:
            with lock:
                yield
        except Timeout as error:
            raise ArchiveLocked(
                f"{self.path}: another process has been writing for {self._timeout:g} s; "
                "try again, or find it with `fuser`"
            ) from error

    def _connect_to_write(self) -> sqlite3.Connection:
        return _open(
            self.path, *schema.WRITER_PRAGMAS, timeout=self._timeout, check_same_thread=False
        )

    def _checkpoint(self, db: sqlite3.Connection) -> None:
        log = self.path.with_name(self.path.name + "-wal")
        if log.exists() and log.stat().st_size > CHECKPOINT_PAGES * schema.PAGE_SIZE:
            db.execute("PRAGMA wal_checkpoint(PASSIVE)")


def open_archive(path: Path | str, *, create: bool = False, timeout: float = 30.0) -> Archive:
    """Open an archive.

    Args:
        path: the file.
        create: make it when it does not exist.
        timeout: seconds to wait for the write lock, whenever it is needed.

    Returns:
        The archive, brought up to this version's schema.

    Raises:
        SchemaError: when the file is no archive, or was written by a newer Wireroom.
        ArchiveError: when there is no such file and `create` is not set, or it cannot be opened.
    """
    path = Path(path)
    if not path.exists() and not create:
        raise ArchiveError(
            f"{path}: there is no archive yet; `wireroom crawl` and `wireroom fetch --save` make one"
        )
    archive = Archive(path, timeout=timeout)
    if path.exists() and path.stat().st_size > 0:
        with archive.read() as db:
            version = schema.version_of(db, path)
        if version == schema.NEWEST:
            return archive
    _prepare(archive)
    return archive


def _prepare(archive: Archive) -> None:
    with archive.write() as db:
        schema.migrate(db, archive.path)
    archive.close()


def _connect_to_read(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        return _open(uri, "SELECT 1 FROM sqlite_master", uri=True, timeout=30.0)
    except sqlite3.OperationalError:
        # On a read-only medium a database in WAL mode opens only as one that nobody changes.
        return _open(f"{uri}&immutable=1", uri=True)


def _open(file: Path | str, *statements: str, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - sqlite3's
    db: sqlite3.Connection = sqlite3.connect(file, isolation_level=None, **options)
    try:
        for statement in statements:
            db.execute(statement).fetchone()
    except BaseException:
        db.close()
        raise
    db.row_factory = sqlite3.Row
    return db
