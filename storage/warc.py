"""WARC records: making those that are no plain response, and reading the files of other programs."""

import io
import struct
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.errors import ArchiveError
from storage.records import PackedCapture, utc_text

# warcio's headers for a record whose times are ours.
WARC_VERSION = "1.1"

MAX_BODY = 16 << 20


class BrokenWarc(ArchiveError):
    """A WARC file that cannot be read any further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcResponse:
    """A response as a record has it."""

    url: str
    status: str
    """The HTTP status, as it stands there."""
    date: str
    """The time of the capture, as it stands there."""
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """With its encodings undone; at most 16 MiB and a byte."""


def read_responses(
    path: Path, *, skip: int, types: tuple[str, ...]
) -> Iterator[tuple[int, WarcResponse | None]]:
    """Yield the records of a file with their numbers from 1: responses, and None for all others.

    Args:
        path: the file, plain or gzip.
        skip: so many records at the beginning are not yielded.
        types: what the Content-Type of a response must begin with.

    Raises:
        BrokenWarc: when the file breaks off or is damaged.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - only when needed

    number = 0
    with path.open("rb") as stream:
        try:
            for number, record in enumerate(ArchiveIterator(stream), start=1):
                if number <= skip:
                    continue
                headers = record.http_headers
                content_type = headers.get_header("Content-Type") if headers else None
                wanted = (content_type or "").lower().startswith(types)
                if record.rec_type != "response" or not wanted:
                    yield number, None
                    continue
                yield (
                    number,
                    WarcResponse(
                        url=record.rec_headers.get_header("WARC-Target-URI") or "",
                        status=headers.get_statuscode() or "",
                        date=record.rec_headers.get_header("WARC-Date") or "",
                        headers=tuple(headers.headers),
                        body=record.content_stream().read(MAX_BODY + 1),
                    ),
                )
        # warcio raises what it likes on broken records.
        except Exception as error:
            raise BrokenWarc(
                f"{path}: breaks off after record {number} ({type(error).__name__}: {error});"
                " what stands before is in the archive"
            ) from error


def pack_revisit(capture: PackedCapture, first_fetched_at: str) -> bytes:
    """Return a record that says that a response was the same as an earlier one of its URL."""
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415 - readers do not need it

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
    moment = utc_text(capture.fetched_at)
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"revisit {capture.url} {moment} {capture.digest}")
    record = writer.create_revisit_record(
        capture.url,
        capture.digest,
        capture.url,
        first_fetched_at,
        warc_headers_dict={"WARC-Record-ID": f"<urn:uuid:{identity}>", "WARC-Date": moment},
    )
    writer.write_record(record)
    return buffer.getvalue()


def blank_record(length: int) -> bytes:
    """Return a gzip member of a given length that holds a record without content.

    What is missing to the length stands as a comment in the member's header (RFC 1952), which every
    reader skips: the records after it stay where they are.
    """
    record = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = deflate.compress(record) + deflate.flush()
    trailer = struct.pack("<LL", zlib.crc32(record), len(record))
    head = b"\x1f\x8b\x08\x10" + bytes(5) + b"\xff"
    filling = b"-" * (length - len(head) - 1 - len(packed) - len(trailer)) + b"\0"
    return head + filling + packed + trailer


def describe_file(name: str, at: datetime) -> bytes:
    """Return the record at the beginning of a file, which says what the file is."""
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415 - readers do not need it

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version=WARC_VERSION)
    record = writer.create_warcinfo_record(
        name,
        {
            "software": "Wireroom",
            "format": "WARC File Format 1.1",
            "description": "Responses that were read as articles, with their encodings undone",
        },
    )
    record.rec_headers.replace_header("WARC-Date", utc_text(at.astimezone(UTC)))
    writer.write_record(record)
    return buffer.getvalue()
