"""Files of other programs: what they declare of a body, and what the body is."""

import gzip
import io
import zlib
from pathlib import Path

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.warc import MAX_BODY, read_responses

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
