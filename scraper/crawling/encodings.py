"""Undoes the content encodings of a response within bounds, and tells a broken one from a whole one.

Scrapy's own middleware takes any number of encodings in a row, returns what it could unpack of a body
that was cut off as if it were all, and lets a zstd frame reserve 128 MB.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Self

from scrapy.http import Response

# Scrapy has decided there which library of each name is used.
from scrapy.utils._compression import brotli, zstd  # type: ignore[attr-defined]

from scraper.crawling.record import Refused
from storage.records import State

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

# A body that was packed twice is a mistake; more is a trap: a file can unpack to itself for ever.
MAX_LAYERS = 2

# One stream may follow the other; empty ones cost time and bring nothing.
MAX_STREAMS = 1000

# RFC 9659 allows servers of the web a window of 8 MiB.
ZSTD_WINDOW_LOG = 23

_PIECE = 64 << 10
_GZIP = b"\x1f\x8b"


class CutOff(Exception):
    """An encoded body that ends before its end."""


class TooLarge(Exception):
    """A body that is larger than its limit when it is unpacked."""


class EncodingMiddleware:
    """Ask for compressed responses, and unpack them.

    Args:
        max_bytes: the most that a body may have, unless its request says otherwise.
    """

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build it with the limit of the settings."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: "Request") -> None:
        """Say which encodings are understood."""
        request.headers.setdefault("Accept-Encoding", b", ".join(_DECODERS))

    def process_response(self, request: "Request", response: Response) -> Response:
        """Return a response with its encodings undone; one that cannot be unpacked raises `Refused`."""
        encodings = [
            name.strip().lower()
            for value in response.headers.getlist("Content-Encoding")
            for name in value.split(b",")
        ]
        # Servers write other things there, such as a charset: those have changed nothing.
        known = [name for name in encodings if name in _DECODERS or name == b"x-gzip"]
        if not known:
            return response
        try:
            body = undo_encodings(
                response.body,
                known,
                max_bytes=request.meta.get("download_maxsize", self._max_bytes),
                # We ourselves stopped this one.
                whole="download_stopped" not in response.flags,
            )
        except TooLarge as error:
            raise Refused("limit", str(error)) from error
        except CutOff as error:
            raise Refused("truncated", str(error), state=State.FAILED) from error
        except (zlib.error, brotli.error, zstd.ZstdError) as error:
            reason = f"its compressed form is damaged: {error}"
            raise Refused("damaged", reason, state=State.FAILED) from error
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        # A plain one: nothing of a stranger's charset or type is looked at here.
        return Response(
            response.url,
            status=response.status,
            headers=headers,
            body=body,
            flags=response.flags,
            protocol=response.protocol,
        )


def undo_encodings(
    body: bytes, encodings: list[bytes], *, max_bytes: int, whole: bool = True
) -> bytes:
    """Return a body with its encodings undone.

    Args:
        body: as it came.
        encodings: the names of known encodings, in the order in which they were applied.
        max_bytes: the most that it may have after each of them.
        whole: whether a body that ends before its end is an error; else what is there is returned.

    Raises:
        TooLarge: when it has more than that, or too many encodings or streams.
        CutOff: when it ends before its end.
        zlib.error, brotli.error, zstd.ZstdError: when it is damaged.
    """
    if len(encodings) > MAX_LAYERS:
        raise TooLarge(f"it is packed {len(encodings)} times, {MAX_LAYERS} are undone")
    for name in reversed(encodings):
        unpacked = bytearray()
        try:
            for piece in _DECODERS[name.removeprefix(b"x-")](body) if body else ():
                unpacked += piece
                if len(unpacked) > max_bytes:
                    size = f"{len(body):,} bytes unpack to more than {max_bytes:,}"
                    raise TooLarge(f"the answer is larger than we read: {size}")
        except CutOff:
            if whole:
                raise
        body = bytes(unpacked)
    return body


def _cut(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]


def _gunzip(body: bytes) -> Iterator[bytes]:
    stream, streams = None, 0
    for piece in _cut(body):
        rest = piece
        while rest:
            if stream is None:
                if streams and not rest.startswith(_GZIP[: len(rest)]):
                    # What stands behind the last stream is padding.
                    return
                streams = _count(streams)
                stream = zlib.decompressobj(wbits=31)
            yield stream.decompress(rest, _PIECE)
            rest = stream.unused_data if stream.eof else stream.unconsumed_tail
            stream = None if stream.eof else stream
    if stream is not None:
        yield stream.flush()
        if not stream.eof:
            raise CutOff("its gzip form ends before its end")


def _inflate(body: bytes) -> Iterator[bytes]:
    stream = zlib.decompressobj()
    try:
        stream.decompress(body[:2])
    except zlib.error:
        # Some servers leave the header of zlib away.
        stream = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    else:
        stream = zlib.decompressobj()
    for piece in _cut(body):
        rest = piece
        while rest and not stream.eof:
            yield stream.decompress(rest, _PIECE)
            rest = stream.unconsumed_tail
    yield stream.flush()
    if not stream.eof:
        raise CutOff("its deflate form ends before its end")


def _unbrotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    for piece in _cut(body):
        unpacked = stream.process(piece, output_buffer_limit=_PIECE)
        while unpacked:
            yield unpacked
            unpacked = (
                b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_PIECE)
            )
        if stream.is_finished():
            return
    raise CutOff("its brotli form ends before its end")


def _unzstd(body: bytes) -> Iterator[bytes]:
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG}
    stream, streams = None, 0
    for piece in _cut(body):
        rest = piece
        while rest or not (stream is None or stream.needs_input):
            if stream is None:
                streams = _count(streams)
                stream = zstd.ZstdDecompressor(options=options)
            yield stream.decompress(rest, _PIECE)
            rest = stream.unused_data if stream.eof else b""
            stream = None if stream.eof else stream
    if stream is not None:
        raise CutOff("its zstd form ends before its end")


def _count(streams: int) -> int:
    if streams == MAX_STREAMS:
        raise TooLarge(f"it has more than {MAX_STREAMS:,} compressed streams")
    return streams + 1


_DECODERS: dict[bytes, Callable[[bytes], Iterator[bytes]]] = {
    b"gzip": _gunzip,
    b"deflate": _inflate,
    b"br": _unbrotli,
    b"zstd": _unzstd,
}
