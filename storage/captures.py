"""Raw responses as WARC 1.1, one gzip member a record, found from a row by file, offset and length.

Records are compressed where the page is read, in a worker process, and appended here under the
archive's write lock. A row is committed after its bytes are on the disk; what lies in a file beyond the
last committed end is a torn tail, and is cut before the next append. Any WARC tool reads the files.
"""

import base64
import hashlib
import io
import os
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from storage.errors import ArchiveDamaged, ArticleNotFound
from storage.records import PackedCapture, Page, utc_moment, utc_text
from storage.warc import WARC_VERSION, blank_record, describe_file, pack_revisit

# A file that is copied, checked or lost as a whole should not be too large.
ROTATE_BYTES = 1_000_000_000

# Of real pages, the highest level of zlib makes records that are 2 % shorter, in four times the time.
COMPRESSION_LEVEL = 5


def pack(page: Page) -> PackedCapture:
    """Return a response as one compressed WARC record.

    The body is stored with its encodings undone, and the headers without those that named them.

    Args:
        page: the response.
    """
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 - readers do not need it
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415 - readers do not need it
    from zlib_ng import zlib_ng  # noqa: PLC0415 - the same

    digest = "sha256:" + base64.b32encode(hashlib.sha256(page.body).digest()).decode("ascii")
    moment = utc_text(page.fetched_at)
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{page.final_url} {moment} {digest}")
    undone = {"content-encoding", "transfer-encoding", "content-length"}
    headers = [(name, value) for name, value in page.headers if name.lower() not in undone]
    headers.append(("Content-Length", str(len(page.body))))
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=False, warc_version=WARC_VERSION)
    record = writer.create_warc_record(
        page.final_url,
        "response",
        payload=io.BytesIO(page.body),
        length=len(page.body),
        warc_headers_dict={
            "WARC-Record-ID": f"<urn:uuid:{identity}>",
            "WARC-Date": moment,
            "WARC-Payload-Digest": digest,
        },
        http_headers=StatusAndHeaders(_status_line(page.status), headers, protocol="HTTP/1.1"),
    )
    writer.write_record(record)
    return PackedCapture(
        url=page.final_url,
        status=page.status,
        fetched_at=page.fetched_at,
        digest=digest,
        record=zlib_ng.compress(buffer.getbuffer(), COMPRESSION_LEVEL, zlib_ng.MAX_WBITS | 16),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturePlace:
    """Where a stored response stands."""

    id: int
    url: str
    status: int
    fetched_at: str
    """When the response was complete, in UTC."""
    digest: str
    """`sha256:` and the base32 digest of the payload."""
    file: str
    """The WARC file, relative to the captures folder."""
    offset: int
    """In bytes."""
    length: int
    """Of the compressed record, in bytes."""


def captures_of(db: sqlite3.Connection, key_or_url: str) -> list[CapturePlace]:
    """Return where the responses of a page stand, the oldest first.

    Args:
        db: a connection.
        key_or_url: the key or canonical URL of the page.

    Raises:
        ArticleNotFound: when nothing that it answered was kept.
    """
    rows = db.execute(
        "SELECT c.id, c.url, c.status, c.fetched_at, c.digest, c.file, c.offset, c.length"
        " FROM capture c JOIN outcome o ON o.url = c.url WHERE o.key = ?1 OR o.url = ?1"
        " ORDER BY c.fetched_at, c.id",
        (key_or_url,),
    ).fetchall()
    if not rows:
        raise ArticleNotFound(
            f"{key_or_url}: no response of it was kept; `wireroom why` tells its story"
        )
    return [CapturePlace(**dict(row)) for row in rows]


# What the names of the files begin with: of what is kept for ever, and of rejected pages.
KEPT = "wireroom"
REJECTED = "rejected-"

# What stands in a row in place of the digest when its bytes are given up.
GIVEN_UP = "withdrawn"


def capture_id(
    db: sqlite3.Connection, url: str, digest: str | None, *, for_ever: bool
) -> int | None:
    """Return the id of the response of a URL with a digest; None when it is not here.

    Args:
        db: a connection.
        url: the canonical URL that answered.
        digest: of the payload, as in `PackedCapture`.
        for_ever: leave out those that `CaptureFiles.drop_rejected` may remove.
    """
    row = db.execute(
        "SELECT id FROM capture WHERE url = ? AND digest = ? AND NOT (? AND file LIKE ?)"
        " ORDER BY id LIMIT 1",
        (url, digest, for_ever, f"{REJECTED}%"),
    ).fetchone()
    return int(row["id"]) if row is not None else None


def give_up(db: sqlite3.Connection, *, url: str, key: str) -> None:
    """Mark the responses of a page and of its further parts; `CaptureFiles.erase` overwrites them later."""
    db.execute(
        "UPDATE capture SET digest = ?1, url = ?2, refers_to = NULL, part_of = NULL"
        " WHERE url = ?3 OR part_of = ?3",
        (GIVEN_UP, f"{GIVEN_UP}:{key}", url),
    )


class CaptureFiles:
    """The WARC files of an archive, in a folder beside it.

    Args:
        folder: where; made at the first append.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unsynced: set[Path] = set()

    def append(
        self, db: sqlite3.Connection, capture: PackedCapture, *, for_ever: bool = True
    ) -> int:
        """Append a record and insert its row, in the transaction that is open.

        A response that is byte for byte the last one of its URL is not stored again; of one that is an
        earlier one again, a revisit record says so.

        Args:
            db: the writing connection.
            capture: the packed response.
            for_ever: False for a response that `drop_rejected` may remove one day; those stand in files
                of their own, a month in each.

        Returns:
            The id of the row that stands for it.
        """
        last = db.execute(
            "SELECT id, digest, file FROM capture WHERE url = ? ORDER BY id DESC LIMIT 1",
            (capture.url,),
        ).fetchone()
        stays = last is not None and (not for_ever or not last["file"].startswith(REJECTED))
        if last is not None and stays and last["digest"] == capture.digest:
            return int(last["id"])
        same = db.execute(
            "SELECT id, fetched_at FROM capture WHERE url = ? AND digest = ? AND refers_to IS NULL"
            " AND file NOT LIKE ?",
            (capture.url, capture.digest, f"{REJECTED}%"),
        ).fetchone()
        record = capture.record if same is None else pack_revisit(capture, same["fetched_at"])
        month = f"{REJECTED}{capture.fetched_at:%Y%m}"
        name, end = self._current(db, KEPT if for_ever else month)
        file = self.folder / name
        self.folder.mkdir(exist_ok=True)
        with file.open("r+b" if file.exists() else "w+b") as stream:
            stream.truncate(end)
            stream.seek(end)
            if end == 0:
                stream.write(describe_file(name, capture.fetched_at))
            offset = stream.tell()
            stream.write(record)
        self._unsynced.add(file)
        inserted = db.execute(
            "INSERT INTO capture (url, status, fetched_at, digest, file, offset, length, refers_to, part_of)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                capture.url,
                capture.status,
                utc_text(capture.fetched_at),
                capture.digest,
                name,
                offset,
                len(record),
                same["id"] if same is not None else None,
                capture.part_of,
            ),
        )
        return int(inserted.lastrowid or 0)

    def sync(self) -> None:
        """See to it that what was appended is on the disk; called before each commit."""
        while self._unsynced:
            file = self._unsynced.pop()
            with file.open("rb") as stream:
                os.fsync(stream.fileno())

    def records(self, db: sqlite3.Connection) -> Iterator[tuple[PackedCapture, bool]]:
        """Yield every stored record as it was appended, and whether it is kept for ever.

        Args:
            db: a read connection.

        Raises:
            OSError: when a file cannot be read.
        """
        rows = db.execute(
            "SELECT * FROM capture WHERE digest != ? ORDER BY file, offset", (GIVEN_UP,)
        )
        for row in rows:
            yield (
                PackedCapture(
                    url=row["url"],
                    status=row["status"],
                    fetched_at=utc_moment(row["fetched_at"]),
                    digest=row["digest"],
                    record=self._bytes(row),
                    part_of=row["part_of"],
                ),
                not row["file"].startswith(REJECTED),
            )

    def read(self, db: sqlite3.Connection, capture_id: int) -> Page:
        """Return a stored response.

        Args:
            db: a read connection.
            capture_id: the id of its row.

        Raises:
            LookupError: when there is no such row.
            ArchiveDamaged: when its record is damaged.
            OSError: when its file cannot be read.
        """
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - only when needed

        row = db.execute("SELECT * FROM capture WHERE id = ?", (capture_id,)).fetchone()
        if row is None:
            raise LookupError(f"no capture {capture_id}")
        if row["refers_to"] is not None:
            same = self.read(db, row["refers_to"])
            return replace(same, fetched_at=utc_moment(row["fetched_at"]))
        packed = self._bytes(row)
        try:
            record = next(iter(ArchiveIterator(io.BytesIO(packed))))
            body: bytes = record.content_stream().read()
            headers = tuple(record.http_headers.headers)
        # warcio raises what it likes on damaged records.
        except Exception as error:
            raise ArchiveDamaged(
                f"{self.folder / row['file']} at {row['offset']:,}: the response of {row['url']} cannot be"
                f" read ({type(error).__name__}: {error}); restore a backup"
            ) from error
        return Page(
            url=row["url"],
            final_url=row["url"],
            status=row["status"],
            headers=headers,
            body=body,
            fetched_at=utc_moment(row["fetched_at"]),
        )

    def still_there(self, db: sqlite3.Connection) -> list[sqlite3.Row]:
        """Return the rows of the responses that were given up and are not overwritten yet."""
        rows = db.execute(
            "SELECT file, offset, length FROM capture WHERE digest = ? ORDER BY file, offset",
            (GIVEN_UP,),
        )
        return [row for row in rows if self._bytes(row) != blank_record(row["length"])]

    def erase(self, db: sqlite3.Connection) -> None:
        """Overwrite the bytes of responses that were given up, each by a record of the same length.

        A run that broke off is finished by the next.

        Args:
            db: a connection.

        Raises:
            OSError: when a file cannot be written.
        """
        for row in self.still_there(db):
            with (self.folder / row["file"]).open("r+b") as stream:
                stream.seek(row["offset"])
                stream.write(blank_record(row["length"]))
                stream.flush()
                os.fsync(stream.fileno())

    def drop_rejected(self, db: sqlite3.Connection, *, before: datetime) -> list[Path]:
        """Remove the rows of the responses of rejected pages, a month's file at a time.

        Args:
            db: the writing connection.
            before: a file goes when its last response is older.

        Returns:
            The files, to be deleted once this is committed.
        """
        rows = db.execute(
            "SELECT file FROM capture WHERE file LIKE ? GROUP BY file HAVING max(fetched_at) < ?",
            (f"{REJECTED}%", utc_text(before)),
        ).fetchall()
        for row in rows:
            db.execute(
                "UPDATE outcome SET capture_id = NULL"
                " WHERE capture_id IN (SELECT id FROM capture WHERE file = ?)",
                (row["file"],),
            )
            db.execute("DELETE FROM capture WHERE file = ?", (row["file"],))
        return [self.folder / row["file"] for row in rows]

    def _bytes(self, row: sqlite3.Row) -> bytes:
        with (self.folder / row["file"]).open("rb") as stream:
            stream.seek(row["offset"])
            found: bytes = stream.read(row["length"])
        return found

    def _current(self, db: sqlite3.Connection, series: str) -> tuple[str, int]:
        # Records are only appended: the last one ends where the file does.
        row = db.execute(
            "SELECT file, offset + length AS ended FROM capture WHERE file >= ? AND file < ?"
            " ORDER BY file DESC, offset DESC LIMIT 1",
            (f"{series}-", f"{series}."),
        ).fetchone()
        if row is None:
            return _file_name(series, 1), 0
        if row["ended"] < ROTATE_BYTES:
            return row["file"], row["ended"]
        number = int(row["file"].removeprefix(f"{series}-").split(".")[0])
        return _file_name(series, number + 1), 0


def _file_name(series: str, number: int) -> str:
    return f"{series}-{number:05}.warc.gz"


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
