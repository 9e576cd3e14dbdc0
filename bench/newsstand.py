"""Portals of any size on loopback, for the benches: pages that are made when they are asked for.

Every page, and what is wrong with it, follows from its number alone.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Self

from scraper.demo.records import Response
from scraper.demo.server import LoggedRequest, PortalServer

SITEMAP_PAGES = 100

_TEXT = """
about above after again against along among another around because before behind below between beyond both
bring build business call carry center change city close common company control country course day decide
develop different door during early east economy effort end enough even every example experience family
few field figure find first follow force form friend future general give good government great ground
group grow hand head help high history home house idea important increase industry interest issue keep
kind know land large last lead learn leave level life light line little local long market matter mean
member might minister month morning move must name nation near need never new night north number offer
often open order other part pass people place plan point policy power present problem produce program
provide public question rate reach read reason receive remain report research result right road room rule
same school season second service set several show side simple since small social south stand start state
still story street strong study support system table take team test thing think though time today together
town trade travel true turn under unit until use value view voice wait walk water week west while whole
wide wind woman word work world write year young
"""
WORDS = _TEXT.split()


class Newsstand:
    """Portals of the same size, each on a host of its own; as a context manager it is served.

    Args:
        portals: how many.
        pages: how many pages each has.
        failing: the share of pages and of sitemaps that can never be had.
    """

    def __init__(self, *, portals: int, pages: int, failing: float = 0.0) -> None:
        self.hosts = [f"127.0.0.{number}" for number in range(2, 2 + portals)]
        self.requests: list[LoggedRequest] = []
        self.port = 0
        self._pages = pages
        self._failing = failing
        self._servers: list[PortalServer] = []

    def __enter__(self) -> Self:
        for host in self.hosts:
            respond = partial(self.respond, host)
            self._servers.append(PortalServer(host, self.port, respond, self.requests))
            self.port = self._servers[-1].port
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.close()

    def config_toml(self, extra: str = "") -> str:
        """Return a wireroom.toml with a source a portal, crawled without delay."""
        lines = ['allow_networks = ["127.0.0.0/8"]', "min_free_mb = 1", extra]
        for number, host in enumerate(self.hosts):
            home = f"http://{host}:{self.port}"
            lines += [
                f"[source.portal_{number}]",
                f'title = "Portal {number}"',
                f'home = "{home}/"',
                f'sitemaps = ["{home}/sitemap.xml"]',
                "delay = 0",
                'keep = "all"',
            ]
        return "\n".join(lines) + "\n"

    def expected(self) -> set[str]:
        """Return the URLs of the pages that must be archived: neither they nor their sitemap fail."""
        return {
            f"http://{host}:{self.port}{path_of(number)}"
            for host in self.hosts
            for number in range(self._pages)
            if not self._fails(host, f"/sitemap-{number // SITEMAP_PAGES}.xml")
            and not self._fails(host, path_of(number))
        }

    def fetched(self) -> Counter[str]:
        """Return how often each page was asked for, by URL."""
        return Counter(
            f"http://{request.host}:{self.port}{request.path}"
            for request in list(self.requests)
            if request.path.startswith("/news/")
        )

    def respond(self, host: str, path: str) -> Response | None:
        """Answer for a path of a host."""
        if path == "/sitemap.xml":
            return _xml("sitemapindex", "sitemap", self._sitemaps(host))
        if self._fails(host, path):
            return _failure(path)
        if path.startswith("/sitemap-"):
            first = int(path[9:-4]) * SITEMAP_PAGES
            numbers = range(first, min(first + SITEMAP_PAGES, self._pages))
            return _xml(
                "urlset", "url", (f"http://{host}:{self.port}{path_of(n)}" for n in numbers)
            )
        if path.startswith("/news/"):
            return page(host, int(path.rpartition("-")[2].partition(".")[0]))
        return None

    def _sitemaps(self, host: str) -> Iterator[str]:
        for number in range(-(-self._pages // SITEMAP_PAGES)):
            yield f"http://{host}:{self.port}/sitemap-{number}.xml"

    def _fails(self, host: str, path: str) -> bool:
        return _draw(host + path) < self._failing


def path_of(number: int) -> str:
    """Return the path of a page."""
    return f"/news/2026/digital-economy-forum-{number}.html"


def page(host: str, number: int) -> Response:
    """Return the page of an article that shares nothing with another."""
    chance = random.Random(f"{host} {number}")
    paragraphs = (
        " ".join(chance.choices(WORDS, k=chance.randint(40, 90))).capitalize() + "."
        for _ in range(6)
    )
    title = f"Digital economy forum {number} opens at {host}"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = (
        f'<html lang="en"><head><title>{title}</title>'
        f'<meta property="article:published_time" content="2026-01-{1 + number % 28:02}T08:00:00Z"></head>'
        f'<body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>'
    )
    return Response(body=html.encode())


def _failure(path: str) -> Response:
    kinds = (
        Response(status=500, body=b"Internal Server Error"),
        Response(status=404, body=b"<h1>404 Not Found</h1>"),
        Response(body=b"<html><body><p>Half a", announced=5000),
        Response(body=b""),
        Response(content_type="application/pdf", body=b"%PDF-1.4\n" + b"0" * 2000),
        Response(status=301, location=path),
    )
    return kinds[int(_draw(f"kind {path}") * len(kinds))]


def _draw(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / (1 << 48)


def _xml(root: str, kind: str, urls: Iterator[str]) -> Response:
    rows = "".join(f"<{kind}><loc>{url}</loc></{kind}>" for url in urls)
    body = f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'
    return Response(content_type="application/xml", body=body.encode())
