"""Files of other programs: what they declare of a body, and what the body is."""

import gzip
import io
import zlib
from pathlib import Path

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.warc import MAX_BODY, BrokenWarc, read_responses

HTML = b"<html><body><p>Hello, archive</p></body></html>"
CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(HTML), HTML)


def bodies_of(path: Path, *sent: tuple[str, bytes]) -> list[bytes | None]:
    """Write responses with a header and a payload each; return the bodies that are read."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, (header, payload) in enumerate(sent):
            name, _, value = header.partition(": ")
            headers = [("Content-Type", "text/html"), (name, value)]
            record = writer.create_warc_record(
                f"http://a.example/{number}",
                "response",
                payload=io.BytesIO(payload),
                length=len(payload),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            )
            writer.write_record(record)
    found = read_responses(path, skip=0, types=("text/html",))
    return [response.body if response else None for _, response in found]


@pytest.mark.parametrize(
    ("header", "payload"),
    [
        ("Server: a", HTML),
        ("Content-Encoding: gzip", gzip.compress(HTML)),
        ("Content-Encoding: x-gzip", gzip.compress(HTML)),
        ("Content-Encoding: deflate", zlib.compress(HTML)),
        ("Content-Encoding: deflate", zlib.compress(HTML, wbits=-15)),
        ("Content-Encoding: br", brotli.compress(HTML)),
        ("Content-Encoding: identity", HTML),
        ("Transfer-Encoding: chunked", CHUNKED),
        # Common Crawl undoes what the headers go on declaring.
        ("Content-Encoding: gzip", HTML),
        ("Content-Encoding: deflate", HTML),
        ("Content-Encoding: br", HTML),
        ("Transfer-Encoding: chunked", HTML),
    ],
    ids=lambda value: "as it is" if value == HTML else value if isinstance(value, str) else "sent",
)
def test_a_body_is_read_as_it_was_before_it_was_sent(
    tmp_path: Path, header: str, payload: bytes
) -> None:
    assert bodies_of(tmp_path / "a.warc.gz", (header, payload)) == [HTML]


def test_an_encoding_that_is_not_known_costs_its_own_record_alone(tmp_path: Path) -> None:
    sent = (("Content-Encoding: rot13", HTML), ("Server: a", HTML))
    assert bodies_of(tmp_path / "a.warc.gz", *sent) == [None, HTML]


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_bomb_is_not_unpacked_beyond_the_limit(tmp_path: Path, name: str, pack) -> None:
    bomb = pack(b"a" * (MAX_BODY * 3))
    (body,) = bodies_of(tmp_path / "a.warc.gz", (f"Content-Encoding: {name}", bomb))
    assert body is not None
    assert MAX_BODY < len(body) <= 2 * MAX_BODY


def three_records(path: Path, *, packed: bool) -> list[int]:
    """Write three responses; return where each of them ends."""
    ends = []
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=packed)
        for number in range(3):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
            record = writer.create_warc_record(
                f"http://a.example/{number}",
                "response",
                payload=io.BytesIO(HTML * 9),
                length=len(HTML) * 9,
                http_headers=headers,
            )
            writer.write_record(record)
            ends.append(stream.tell())
    return ends


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_wherever_a_file_is_cut_off_it_is_named_and_whole_records_are_read(
    tmp_path: Path, *, packed: bool
) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    ends = [0, *three_records(whole, packed=packed)]
    data = whole.read_bytes()
    wrong = []
    for number in (0, 2):
        # Of a plain record the two empty lines after it are no part.
        end = ends[number + 1] - (0 if packed else 4)
        for length in {*range(ends[number] + 1, end, 9), end - 1}:
            cut.write_bytes(data[:length])
            numbers = []
            with pytest.raises(BrokenWarc, match=f"cut: breaks off after record {number} "):
                numbers.extend(n for n, _ in read_responses(cut, skip=0, types=("text/",)))
            if len(numbers) != number:
                wrong.append((length, numbers))
    assert wrong == []


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_a_whole_file_does_not_break_off(tmp_path: Path, *, packed: bool) -> None:
    three_records(tmp_path / "whole", packed=packed)
    found = read_responses(tmp_path / "whole", skip=1, types=("text/",))
    assert [number for number, response in found if response] == [2, 3]


def test_what_is_said_of_a_broken_file_repeats_none_of_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.warc"
    ends = three_records(file, packed=False)
    file.write_bytes(file.read_bytes()[: ends[0]] + b"\x1b[31m\x00\xff" * 999 + b"\r\n\r\n")
    with pytest.raises(BrokenWarc) as caught:
        list(read_responses(file, skip=0, types=("text/",)))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 400
