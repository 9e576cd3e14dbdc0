"""Hostile feeds, sitemaps and sections: what each sends, and what must be said of it."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass

from adversary.tricks import LARGE, article
from adversary.wire import PIECE, Answer, Wire, head

XML = b'<?xml version="1.0" encoding="utf-8"?>\n'


@dataclass(frozen=True)
class ListTrick:
    """A hostile list page. It is served under `/NAME` and whatever begins with that."""

    name: str
    purpose: str
    """`feed`, `sitemap` or `section`."""
    answer: Answer
    said: tuple[str, ...] = ()
    """What a problem of its source must say about it, one of these; nothing when nothing is wrong with it."""
    good: tuple[str, ...] = ()
    """The good articles that it names too, which must be archived: `/good/NAME.html`."""
    never: tuple[str, ...] = ()
    """Paths that must not be asked for, whatever it says."""
    most: int = 1
    """How often it may be asked for at most, with all that belongs to it."""


# Which of the two depends on what else is being read at the moment.
TOO_LARGE = ("larger than we read", "large answers are being read already")


def _xml(body: bytes, *headers: str) -> Answer:
    return lambda wire: wire.respond(body, *headers, kind="application/xml")


def _items(*links: str, more: str = "") -> bytes:
    items = "".join(f"<item><title>t</title><link>{link}</link>{more}</item>" for link in links)
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def _urls(*links: str) -> bytes:
    body = "".join(f"<url><loc>{link}</loc></url>" for link in links)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'.encode()


def _maps(*links: str) -> bytes:
    body = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return f"<sitemapindex>{body}</sitemapindex>".encode()


_LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, (b"&l%d;" % (n - 1)) * 10 if n else b"lol" * 100) for n in range(10)
)
ENTITIES = b"<!DOCTYPE rss [" + _LAUGHS + b"]>"


def _feeds(base: str) -> Iterator[ListTrick]:
    def good(name: str) -> str:
        return f"{base}/good/{name}.html"

    def feed(name: str, answer: Answer, *said: str, **rest: object) -> ListTrick:
        return ListTrick(name=name, purpose="feed", answer=answer, said=said, **rest)  # type: ignore[arg-type]

    body = _items(good("entity-bomb")).replace(b">t<", b">&l9;<")
    yield feed("entity-bomb", _xml(XML + ENTITIES + body), good=("entity-bomb",))
    outside = (
        f'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">'
        f'<!ENTITY % b SYSTEM "{base}/from-outside"> %b;]>'
    ).encode()
    body = _items(good("outside"), more="&a;")
    yield feed("outside", _xml(XML + outside + body), good=("outside",), never=("/from-outside",))
    body = b"<?xml" + b" encoding='a' " * 1000 + b"?>" + _items(good("encodings"))
    yield feed("encodings", _xml(body), good=("encodings",))
    author = f"<author>{'a@' * 16_000}</author>"
    yield feed("author", _xml(_items(good("author"), more=author)), good=("author",))
    body = _items(good("reference"), more="<description>&#xD800;&#0;\x00</description>")
    yield feed("reference", _xml(body), good=("reference",))
    odd = (
        "file:///etc/hostname",
        "ftp://127.0.0.1/a",
        "javascript:alert(1)",
        "http://[::1",
    )
    yield feed("schemes", _xml(_items(*odd, good("schemes"))), "bad link", good=("schemes",))
    yield feed("names-a-file", lambda w: w.respond(b"/etc/hostname"), "neither RSS nor Atom")
    yield feed(
        "names-a-url",
        lambda w: w.respond(f"{base}/loopback".encode()),
        "neither RSS nor Atom",
        never=("/loopback",),
    )
    yield feed(
        "deep-json", lambda w: w.respond(b"[" * 200_000, kind="application/feed+json"), "JSON"
    )
    yield feed("deep-xml", _xml(XML + b"<a>" * 300_000), "it")
    many = _items(*(f"{base}/spam/{n}" for n in range(20_000)))
    yield feed("many", _xml(many), "5,000 are read", "reading it")
    yield feed("html", lambda w: w.respond(article("html")), "page of HTML")
    yield feed(
        "feed-short", lambda w: w.send(head("Content-Length: 9000") + _items()), "announced length"
    )
    yield feed("feed-endless", _forever, *TOO_LARGE)
    yield feed("feed-drip", _drip, "in time")
    script = "<description>&lt;!--&gt;&lt;img src=x onerror=alert(1)&gt;--&gt;</description>"
    yield feed("script", _xml(_items(good("script"), more=script)), good=("script",))


def _forever(wire: Wire) -> None:
    wire.send(head("Content-Type: application/rss+xml"))
    while True:
        wire.send(PIECE)


def _drip(wire: Wire) -> None:
    wire.send(head("Content-Type: application/rss+xml"))
    wire.drip(b"<rss>")


def _sitemaps(base: str, fan: int) -> Iterator[ListTrick]:
    def good(name: str) -> str:
        return f"{base}/good/{name}.html"

    def sitemap(name: str, answer: Answer, *said: str, **rest: object) -> ListTrick:
        return ListTrick(name=name, purpose="sitemap", answer=answer, said=said, **rest)  # type: ignore[arg-type]

    body = (
        XML
        + ENTITIES
        + _urls(good("map-entities")).replace(b"</loc>", b"</loc><lastmod>&l9;</lastmod>")
    )
    yield sitemap("map-entities", _xml(body), good=("map-entities",))
    yield sitemap(
        "map-bomb",
        lambda w: w.respond(gzip.compress(bytes(2 * LARGE), 1), kind="application/gzip"),
        "unpacks to more than",
        "reading it",
    )
    yield sitemap("map-large", lambda w: w.respond(b" " * (51 << 20)), *TOO_LARGE)
    inside = _maps(f"{base}/map-circle", f"{base}/map-circle/b")
    yield sitemap("map-circle", _xml(inside), most=2)

    def endless(wire: Wire) -> None:
        number = wire.path.removeprefix("/map-endless").strip("/")
        wire.respond(_maps(*(f"{base}/map-endless/{number}{n}" for n in range(fan))))

    yield sitemap("map-endless", endless, most=1 + fan + fan**2 + fan**3)
    away = _maps(
        "http://10.0.0.1/sitemap.xml", "file:///etc/hostname", "http://other.example/s.xml"
    )
    yield sitemap("map-away", _xml(away), "bad link")
    many = _urls(*(f"{base}/spam/{n}" for n in range(50_001)))
    yield sitemap("map-many", _xml(many), "more than 50,000 links", "reading it")
    odd = _urls("javascript:alert(1)", "http://a b/", f"{base}/{'a' * 3000}", good("map-odd"))
    yield sitemap("map-odd", _xml(odd), "bad link", good=("map-odd",))
    days = [f"{base}/calendar/{year}/05/04" for year in range(2040, 2140)]
    calendar = _urls(*days, good("map-calendar"))
    yield sitemap(
        "map-calendar", _xml(calendar), "a calendar", good=("map-calendar",), never=("/calendar/",)
    )


def _sections(base: str, pages: int) -> Iterator[ListTrick]:
    def section(name: str, answer: Answer, *said: str, **rest: object) -> ListTrick:
        return ListTrick(name=name, purpose="section", answer=answer, said=said, **rest)  # type: ignore[arg-type]

    def page(*rows: str, more: str = "") -> bytes:
        listed = "".join(f"<li>{row}</li>" for row in rows)
        return f"<html><body><ul>{listed}</ul>{more}</body></html>".encode()

    def row(target: str, number: int) -> str:
        return f'<a href="{target}">The congress on number {number} opens in the capital</a> 2024-08-01'

    # One article under as many addresses as there are visits.
    names = ("sessions-on-data", "sessions-on-trade", "sessions-on-chips")
    visits = [
        row(f"{base}/good/{name}.html{visit.format(n=n)}", n)
        for name in names
        for visit in ("?PHPSESSID={n}", ";jsessionid={n}.node")
        for n in range(9)
    ]
    yield section("sessions", lambda w: w.respond(page(*visits)), good=names)
    rows = [row("deeper/deeper/deeper/deeper/a.html", 1)] * 3
    yield section(
        "deeper",
        lambda w: w.respond(page(*rows)),
        "looks like an article",
        never=("/deeper/deeper",),
    )

    def paging(wire: Wire) -> None:
        number = int(wire.path.rpartition("/")[2]) if wire.path != "/paging" else 1
        rows = [row(f"{base}/spam/2024-08-{number % 28 + 1:02}/{number}-{n}", n) for n in range(9)]
        more = f'<a rel="next" href="{base}/paging/{number + 1}">Next</a>'
        wire.respond(page(*rows, more=more))

    yield section("paging", paging, "looks like an article", most=pages + 1)
    yield section(
        "section-killer",
        lambda w: w.respond(b"<html><body><p>" + b"<a href=/b>c</a>" * 900_000),
        "section",
    )


def json_feed(*links: str) -> bytes:
    """Return a JSON feed with these links."""
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": u} for u in links]}
    ).encode()


def all_lists(base: str, *, fan: int, pages: int) -> list[ListTrick]:
    """Return every hostile list.

    Args:
        base: the address of the host that serves them.
        fan: how many sitemaps each endless index names.
        pages: how many following pages are read.
    """
    return [*_feeds(base), *_sitemaps(base, fan), *_sections(base, pages)]
