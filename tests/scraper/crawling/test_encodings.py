import gzip
import os
import zlib
from collections.abc import Callable
from functools import partial

import pytest

# The libraries that the crawl uses, whatever their names are here.
from scrapy.utils._compression import brotli, zstd

from scraper.crawling.encodings import CutOff, TooLarge, undo_encodings

# Long enough for several pieces, and no pack is as short as its first one.
BODY = os.urandom(200_000) + b"<p>digital economy</p>" * 20_000
LIMIT = 16 << 20


def deflate_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": partial(brotli.compress, quality=4),
    "zstd": zstd.compress,
}


def undo(body: bytes, *names: str, limit: int = LIMIT, whole: bool = True) -> bytes:
    return undo_encodings(body, [name.encode() for name in names], max_bytes=limit, whole=whole)


@pytest.mark.parametrize("name", PACKERS)
def test_a_body_is_unpacked(name: str) -> None:
    assert undo(PACKERS[name](BODY), name) == BODY


@pytest.mark.parametrize("name", PACKERS)
def test_an_empty_body_is_empty(name: str) -> None:
    assert undo(b"", name) == b""


@pytest.mark.parametrize("name", PACKERS)
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.999_99])
def test_a_body_that_is_cut_off_is_known(name: str, kept: float) -> None:
    packed = PACKERS[name](BODY)
    with pytest.raises(CutOff):
        undo(packed[: int(kept * len(packed))], name)


@pytest.mark.parametrize("name", PACKERS)
def test_of_a_body_that_we_cut_ourselves_the_beginning_is_there(name: str) -> None:
    packed = PACKERS[name](BODY)
    part = undo(packed[: len(packed) * 2 // 3], name, whole=False)
    assert part
    assert BODY.startswith(part)


@pytest.mark.parametrize("name", PACKERS)
def test_a_body_that_is_not_packed_at_all_is_damaged(name: str) -> None:
    with pytest.raises((zlib.error, brotli.error, zstd.ZstdError)):
        undo(b"<html><body>It was never packed.</body></html>", name)


@pytest.mark.parametrize("name", PACKERS)
def test_a_bomb_is_stopped_at_the_limit(name: str) -> None:
    bomb = PACKERS[name](bytes(32 << 20))
    with pytest.raises(TooLarge, match="16,777,216"):
        undo(bomb, name)


def test_a_packed_bomb_in_a_pack_is_stopped() -> None:
    bomb = gzip.compress(gzip.compress(bytes(64 << 20)))
    with pytest.raises(TooLarge):
        undo(bomb, "gzip", "gzip")


def test_two_encodings_are_undone_and_no_third() -> None:
    assert undo(gzip.compress(PACKERS["br"](BODY)), "br", "gzip") == BODY
    with pytest.raises(TooLarge, match="packed 50000 times"):
        undo(b"whatever", *["gzip"] * 50_000)


def test_streams_that_follow_each_other_are_one_body() -> None:
    assert undo(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip") == b"one two"
    assert undo(zstd.compress(b"one ") + zstd.compress(b"two"), "zstd") == b"one two"


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_streams_without_end_are_stopped(name: str) -> None:
    with pytest.raises(TooLarge, match="streams"):
        undo(PACKERS[name](b"") * 2000, name)


def test_padding_behind_the_end_is_passed_over() -> None:
    assert undo(gzip.compress(BODY) + bytes(100), "gzip") == BODY


def test_deflate_may_come_without_its_header() -> None:
    assert undo(deflate_raw(BODY), "deflate") == BODY


def test_a_window_larger_than_browsers_allow_is_refused() -> None:
    options = {zstd.CompressionParameter.window_log: 27}
    with pytest.raises(zstd.ZstdError):
        undo(zstd.compress(os.urandom(9 << 20), options=options), "zstd", limit=32 << 20)
