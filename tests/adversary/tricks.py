"""The tricks: what each sends, and the outcome by which it must be called."""

import gzip
import json
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from scrapy.utils._compression import brotli, zstd

from adversary.wire import PIECE, Answer, Wire, head

LARGE = 32 << 20


@dataclass(frozen=True)
class Trick:
    """One thing that a server may try."""

    name: str
    """The first label of its host, which every trick has for itself."""
    family: str
    outcome: tuple[str, str | None]
    """The state and kind by which it must be called."""
    answer: Answer
    robots: Answer | None = None
    dns: tuple[tuple[str, ...] | None, ...] = ()
    """The addresses of each answer about its name, the last one for ever; None is an answer that never
    comes. Without any the name is one of the server's."""
    path: str = "/news/a-page-of-the-portal.html"


def article_lines(name: str) -> list[str]:
    """Return the paragraphs of an article, in words of its own."""
    chance = random.Random(name)
    syllables = [a + b for a in "bcdfglmnprst" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=3)) for _ in range(400)]
    return [
        f"The congress on {name} heard {' '.join(chance.choices(words, k=12))}." for _ in range(12)
    ]


def article(name: str, *, charset: str | None = None, extra: str = "") -> bytes:
    """Return a page in the shape of an article."""
    paragraphs = "".join(f"<p>{line}</p>" for line in article_lines(name))
    meta = f'<meta charset="{charset}">' if charset else ""
    return (
        f"<!DOCTYPE html><html lang=en><head>{meta}<title>Congress on {name} opens</title></head><body>"
        f"<article><h1>Congress on {name} opens</h1><time>2024-08-01</time>{paragraphs}{extra}</article>"
        "</body></html>"
    ).encode()


ARCHIVED = ("archived", None)
LIMIT = ("refused", "limit")
ADDRESS = ("refused", "address")
TIMEOUT = ("failed", "timeout")
KILLED = ("failed", "worker killed")
WRONG = ("not an article", "wrong type")


def _page(body: bytes, *headers: str, kind: str = "text/html; charset=utf-8") -> Answer:
    return lambda wire: wire.respond(body, *headers, kind=kind)


def _packed(encoding: str, pack: Callable[[], bytes]) -> Answer:
    return lambda wire: wire.respond(pack(), f"Content-Encoding: {encoding}")


def _bombs() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    zero = partial(bytes, LARGE)
    yield "gzip-bomb", LIMIT, _packed("gzip", lambda: gzip.compress(zero(), 1))
    yield "deflate-bomb", LIMIT, _packed("deflate", lambda: zlib.compress(zero(), 1))
    yield "brotli-bomb", LIMIT, _packed("br", lambda: brotli.compress(zero(), quality=1))
    yield "zstd-bomb", LIMIT, _packed("zstd", lambda: zstd.compress(zero()))
    yield (
        "nested-bomb",
        LIMIT,
        _packed("gzip, gzip", lambda: gzip.compress(gzip.compress(zero(), 1))),
    )
    yield "stream-bomb", LIMIT, _packed("gzip", lambda: gzip.compress(b"") * 50_000)
    yield "layers", LIMIT, _packed(", ".join(["gzip"] * 2000), lambda: gzip.compress(b"a"))
    yield "huge-page", LIMIT, _page(article("huge") + b"<!--" + b"-" * 6_000_000 + b"-->")


def _endless_chunks(wire: Wire) -> None:
    wire.send(head("Content-Type: text/html", "Transfer-Encoding: chunked"))
    while True:
        wire.send(b"10000\r\n" + PIECE + b"\r\n")


def _endless(*headers: str) -> Answer:
    def answer(wire: Wire) -> None:
        wire.send(head("Content-Type: text/html", *headers))
        while True:
            wire.send(PIECE)

    return answer


def _flood(begin: bytes, piece: bytes) -> Answer:
    def answer(wire: Wire) -> None:
        wire.send(begin)
        while True:
            wire.send(piece)

    return answer


def _sizes() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    yield "endless", LIMIT, _endless()
    yield "endless-chunks", LIMIT, _endless_chunks
    yield "announced", LIMIT, _endless("Content-Length: 999999999999")
    yield "header-flood", LIMIT, _flood(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"y" * 900 + b"\r\n")
    yield "header-line", LIMIT, _flood(b"HTTP/1.1 200 OK\r\nX-A: ", PIECE)
    yield "cookie-flood", LIMIT, _flood(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=b\r\n" * 4000)
    yield "continue-flood", LIMIT, _flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 4000)
    yield (
        "trailer-flood",
        ("failed", "truncated"),
        _flood(
            head("Content-Type: text/html", "Transfer-Encoding: chunked") + b"0\r\n",
            b"X-A: " + b"y" * 900 + b"\r\n",
        ),
    )


def _crowd() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    """Many hosts that each send as much as one may."""
    body = article("crowd") + b"<!--" + b"-" * (15 << 20) + b"-->"
    for number in range(40):
        yield f"crowd-{number}", LIMIT, _page(body)


def _drip(begin: bytes, piece: bytes) -> Answer:
    def answer(wire: Wire) -> None:
        wire.send(begin)
        wire.drip(piece)

    return answer


def _drips() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    yield "silence", TIMEOUT, Wire.wait
    yield "drip-status", TIMEOUT, _drip(b"", b"H")
    yield "drip-headers", TIMEOUT, _drip(b"HTTP/1.1 200 OK\r\n", b"X-A: y\r\n")
    yield "drip-body", TIMEOUT, _drip(head("Content-Type: text/html"), b"<p>a</p>")
    yield "drip-continue", TIMEOUT, _drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n")


# Every way to write an address that is not public, and every scheme that is no page.
PRIVATE = (
    *("http://127.0.0.1/", "http://127.0.0.1./", "http://127.1/", "http://2130706433/"),
    *("http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://①②⑦.⓪.⓪.①/"),
    *("http://%31%32%37.0.0.1/", "http://user:secret@127.0.0.1/", "http:\\\\127.0.0.1\\"),
    *("//127.0.0.1/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/"),
    *("http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/"),
    *(
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fe80::1%25lo]/",
        "http://[fd00::1]/",
    ),
    *("http://[fec0::1]/", "http://[ff02::1]/", "http://10.0.0.1/", "http://172.16.0.1/"),
    *("http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/"),
    *("http://0.0.0.0/", "http://224.0.0.1/", "http://255.255.255.255/", "http://192.0.2.1/"),
    *("http://localhost/", "http://LOCALHOST./", "http://localhost.localdomain/", "https://[::1]/"),
    *("file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "javascript:alert(1)"),
    *("data:text/html,hello", "http://news.example:25/", "http://[::1"),
)


def _redirects() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    for number, target in enumerate(PRIVATE):
        yield f"private-{number}", ADDRESS, partial(Wire.redirect, target=_latin(target))
    yield "circle", LIMIT, lambda wire: wire.redirect("/b" if wire.path != "/b" else "/a")
    yield "self", LIMIT, lambda wire: wire.redirect(wire.path)
    yield "chain", LIMIT, lambda wire: wire.redirect(f"{wire.path}x")
    yield "long", ADDRESS, lambda wire: wire.redirect("/" + "a" * 9000)
    yield "deeper", ADDRESS, lambda wire: wire.redirect("/a" * 10)
    yield "nowhere", ("failed", "3xx"), lambda wire: wire.respond(b"", status="302 Found")


def _latin(text: str) -> str:
    """Return a text that gives its UTF-8 bytes when it is sent as Latin-1."""
    return text.encode().decode("latin-1")


CHARSETS = (
    "zip hex rot13 bz2 base64 uu utf-7 unicode_escape idna punycode undefined mbcs x-user-defined"
)


def _texts() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    for label in CHARSETS.split():
        name = f"charset-{label.replace('_', '-')}"
        body = article(name, charset=label)
        yield name, ARCHIVED, _page(body, kind=f"text/html; charset={label}")
    odd = "\x00\x01\x1b[2J\x7f\u202e&#xD800;&#0;&#x110000;&#27;"
    for name, text in {
        "controls": odd.encode(),
        "surrogates": b"\xed\xa0\x80\xed\xbf\xbf",
        "bad-utf8": b"\xff\xfe\xc3",
    }.items():
        body = article(name, extra="<p>An odd one: MARK stands here for all to see.</p>")
        yield (
            name,
            ARCHIVED,
            _page(body.replace(b"MARK", text).replace(b"opens<", text + b"opens<")),
        )
    yield (
        "odd-headers",
        ARCHIVED,
        _page(article("odd-headers"), "X-A: \x00\x0b\xff\rX-B: c", ": d", "e"),
    )
    yield "long-type", WRONG, _page(b"a", kind="text/\x01\xff" + "a" * 9000)


def _types() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    yield "pdf", WRONG, _page(b"%PDF-1.7\n" + bytes(5000))
    yield "png", WRONG, _page(b"\x89PNG\r\n\x1a\n" + bytes(5000))
    yield "zip", WRONG, _page(b"PK\x03\x04" + bytes(5000))
    yield "video", WRONG, _page(bytes(5000), kind="video/mp4")
    yield "octets", WRONG, _page(article("octets"), kind="application/octet-stream")
    yield "json", WRONG, _page(json.dumps({"a": 1}).encode(), kind="application/json")
    yield "empty", ("not an article", "empty"), _page(b"")
    yield "svg", ("not an article", "empty"), _page(b'<svg xmlns="http://www.w3.org/2000/svg"/>')


def _cut(sent: bytes) -> Answer:
    return lambda wire: wire.send(sent)


def _broken() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    truncated, malformed = ("failed", "truncated"), ("failed", "malformed")
    html = "Content-Type: text/html"
    chunked = head(html, "Transfer-Encoding: chunked")
    packed = gzip.compress(article("packed") * 20)
    yield "short", truncated, _cut(head(html, "Content-Length: 9000") + article("short")[:2000])
    yield "short-chunks", truncated, _cut(chunked + b"10\r\n0123456789abcdef\r\n")
    yield "bad-chunks", truncated, _cut(chunked + b"zz\r\nabc\r\n")
    yield "short-gzip", truncated, _packed("gzip", lambda: packed[:-60])
    yield "bad-gzip", ("failed", "damaged"), _packed("gzip", lambda: packed[:50] + packed[60:])
    yield "no-gzip", ("failed", "damaged"), _packed("gzip", lambda: article("no-gzip"))
    yield "no-http", malformed, _cut(b"<html><body>It speaks no HTTP.</body></html>\r\n\r\n")
    yield (
        "two-lengths",
        malformed,
        _cut(head(html, "Content-Length: 3", "Content-Length: 4") + b"abc"),
    )
    yield "bad-length", malformed, _cut(head(html, "Content-Length: -3") + b"abc")
    yield "bad-transfer", malformed, _cut(head(html, "Transfer-Encoding: magic") + b"abc")
    yield "hangs-up", ("failed", "connect"), lambda _: None
    yield "reset", ("failed", "connect"), Wire.reset
    yield "unasked-304", ("failed", "3xx"), lambda w: w.respond(b"", status="304 Not Modified")
    yield (
        "wait-for-ever",
        ("failed", "5xx"),
        lambda w: w.respond(
            b"", "Retry-After: 99999999999999999999", status="503 Service Unavailable"
        ),
    )


def _killers() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    """Documents that cost a parser of the web more than any article is worth."""
    attributes = b" ".join(b"a%d=b" % number for number in range(100_000))
    yield "attributes", KILLED, _page(b"<html><body><p " + attributes + b">text</p></body></html>")
    yield "breaks", KILLED, _page(b"<html><body><p>" + b"a<br>" * 200_000 + b"</p></body></html>")


def _documents() -> Iterator[tuple[str, tuple[str, str | None], Answer]]:
    """Documents that have cost a parser dear, and cost ours little."""
    empty = ("not an article", "empty")
    yield "slashes", empty, _page(b"<!DOCTYPE html" + b"/" * 400_000)
    yield "nested", empty, _page(b"<html><body>" + b"<div>" * 100_000 + b"text")
    script = b'<script type="application/ld+json">%s</script>'
    for name, data in {
        "deep": b'{"a":[' * 20_000,
        "broken": b'{"headline":"' + b'\\"' * 40_000,
    }.items():
        body = article(f"json-{name}").replace(b"</head>", script % data + b"</head>")
        yield f"json-{name}", ARCHIVED, _page(body)


def _family(
    family: str, found: Iterator[tuple[str, tuple[str, str | None], Answer]]
) -> Iterator[Trick]:
    for name, outcome, answer in found:
        yield Trick(name=name, family=family, outcome=outcome, answer=answer)


def _robots(name: str, outcome: tuple[str, str | None], robots: Answer) -> Trick:
    return Trick(
        name=name, family="robots", outcome=outcome, answer=_page(article(name)), robots=robots
    )


def _robots_files() -> Iterator[Trick]:
    plain = partial(_page, kind="text/plain")
    yield _robots("robots-bomb", LIMIT, _packed("gzip", lambda: gzip.compress(bytes(LARGE), 1)))
    yield _robots("robots-drip", TIMEOUT, _drip(head("Content-Type: text/plain"), b"#\n"))
    yield _robots("robots-flood", LIMIT, _flood(b"HTTP/1.1 200 OK\r\n", b"X-A: y\r\n" * 1000))
    yield _robots(
        "robots-away", ADDRESS, partial(Wire.redirect, target="http://10.0.0.1/robots.txt")
    )
    yield _robots("robots-down", ("refused", "robots"), lambda w: w.respond(b"", status="503 Down"))
    yield _robots(
        "robots-endless",
        ("refused", "robots"),
        _flood(
            head("Content-Type: text/plain") + b"User-agent: *\nDisallow: /\n",
            b"# " + PIECE + b"\n",
        ),
    )
    stars = b"User-agent: *\nDisallow: /" + b"*a" * 5000 + b"*b\nCrawl-delay: 1e24\n"
    yield _robots("robots-stars", ARCHIVED, plain(stars))


def _names(own: str) -> Iterator[Trick]:
    for name, outcome, dns in (
        ("dns-private", ADDRESS, (("10.0.0.1",),)),
        ("dns-loopback", ADDRESS, (("127.0.0.1", "::1"),)),
        ("dns-mapped", ADDRESS, (("::ffff:10.0.0.1", "64:ff9b::a00:1"),)),
        ("dns-metadata", ADDRESS, (("169.254.169.254",),)),
        ("dns-mixed", ARCHIVED, (("10.0.0.1", own, "192.168.0.1"),)),
        # An honest answer for robots.txt, another one for the page.
        ("dns-rebinds", ARCHIVED, ((own,), ("10.0.0.1",))),
        ("dns-nothing", ("failed", "dns"), ((),)),
        ("dns-silent", TIMEOUT, (None,)),
    ):
        yield Trick(
            name=name, family="names", outcome=outcome, answer=_page(article(name)), dns=dns
        )


def all_tricks(own: str) -> list[Trick]:
    """Return every trick that a page can play.

    Args:
        own: the address of the server.
    """
    families = {
        "bombs": _bombs(),
        "sizes": _sizes(),
        "crowd": _crowd(),
        "drips": _drips(),
        "redirects": _redirects(),
        "texts": _texts(),
        "types": _types(),
        "broken": _broken(),
        "killers": _killers(),
        "documents": _documents(),
    }
    tricks = [trick for name, found in families.items() for trick in _family(name, found)]
    return [*tricks, *_robots_files(), *_names(own)]
