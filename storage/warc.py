"""WARC records: making those that are no plain response, and reading the files of other programs."""

import contextlib
import io
import struct
import uuid
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import brotli

from storage.errors import ArchiveError, brief
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
    """With its encodings undone; one of more than MAX_BODY bytes is not whole."""


def read_responses(
    path: Path, *, skip: int, types: tuple[str, ...]
) -> Iterator[tuple[int, WarcResponse | None]]:
    """Yield the records of a file with their numbers from 1: responses, and None for all others.

    A response whose encoding is not known is one of the others.

    Args:
        path: the file, plain or gzip.
        skip: so many records at the beginning are not yielded.
        types: what the Content-Type of a response must begin with.

    Raises:
        BrokenWarc: when the file breaks off or is damaged; a record that is not whole is not yielded.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - only when needed

    whole = 0
    with path.open("rb") as stream:
        packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(0)
        try:
            records = ArchiveIterator(stream)
            for number, record in enumerate(records, start=1):
                response = _response_of(record, types) if number > skip else None
                _require_whole(records, record)
                whole = number
                if number > skip:
                    yield number, response
            _require_no_rest(stream, records.offset, packed=packed)
        # warcio raises what it likes on broken records.
        except Exception as error:
            raise BrokenWarc(
                f"{path}: breaks off after record {whole} ({brief(error)});"
                " what stands before is in the archive"
            ) from error


def _response_of(record: Any, types: tuple[str, ...]) -> WarcResponse | None:  # noqa: ANN401 - warcio has no types
    headers = record.http_headers
    content_type = headers.get_header("Content-Type") if headers else None
    wanted = (content_type or "").lower().startswith(types)
    body = _body_of(record) if record.rec_type == "response" and wanted else None
    if body is None:
        return None
    return WarcResponse(
        url=record.rec_headers.get_header("WARC-Target-URI") or "",
        status=headers.get_statuscode() or "",
        date=record.rec_headers.get_header("WARC-Date") or "",
        headers=tuple(headers.headers),
        body=body,
    )


def _require_whole(records: Any, record: Any) -> None:  # noqa: ANN401 - warcio has no types
    """Read a record to its end, which warcio takes to be wherever the file ends."""
    length = record.rec_headers.get_header("Content-Length") or ""
    if not length.strip().isdecimal():
        raise EOFError("the next record has no length")
    records.read_to_end()
    missing = record.raw_stream.limit
    if missing:
        raise EOFError(f"the next record lacks {missing:,} of its {int(length):,} bytes")
    unpack = records.reader.decompressor
    if unpack is not None and not unpack.eof and records.next_line is None:
        raise EOFError("the gzip member of the next record does not end")


def _require_no_rest(stream: IO[bytes], end: int, *, packed: bool) -> None:
    """Look for the beginning of a record so short that warcio takes it for the end of the file."""
    stream.seek(end)
    rest = stream.read(MAX_BODY)
    if not packed:
        rest = rest.strip()
    elif rest:
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
        unpack.decompress(rest, MAX_BODY)
        rest = b"" if unpack.eof else rest
    if rest:
        raise EOFError("the headers of the next record are not whole")


def _body_of(record: Any) -> bytes | None:  # noqa: ANN401 - warcio has no types
    from warcio.bufferedreaders import ChunkedDataReader  # noqa: PLC0415 - only when needed

    headers, stream = record.http_headers, record.raw_stream
    if (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    encoding = (headers.get_header("Content-Encoding") or "identity").strip().lower()
    undo = _ENCODINGS.get(encoding)
    if undo is None:
        return None
    sent: bytes = stream.read(MAX_BODY + 1)
    # Some crawlers, Common Crawl's among them, undo what the headers go on declaring.
    return undo(sent) or sent


def _inflate(sent: bytes) -> bytes | None:
    with contextlib.suppress(zlib.error):
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(sent, MAX_BODY + 1)
    # What some servers call deflate has no header that tells it from a text: its end must fit.
    bare = zlib.decompressobj(-zlib.MAX_WBITS)
    with contextlib.suppress(zlib.error):
        unpacked = bare.decompress(sent, MAX_BODY + 1)
        return unpacked if bare.eof else None
    return None


def _unbrotli(sent: bytes) -> bytes | None:
    # Not by warcio, whose reader of brotli fails with the current library, and bounds nothing.
    with contextlib.suppress(brotli.error):
        unpacked: bytes = brotli.Decompressor().process(sent, output_buffer_limit=MAX_BODY + 1)
        return unpacked
    return None


_ENCODINGS: dict[str, Callable[[bytes], bytes | None]] = {
    "identity": lambda sent: sent,
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _inflate,
    "br": _unbrotli,
}


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
