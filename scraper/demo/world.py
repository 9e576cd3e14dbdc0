"""The demo world: nine portals on loopback, and what a correct archive of them holds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Self

from scraper.demo.newsroom import faulty_pages, write_articles
from scraper.demo.portals import blog, china, chinese, modern, worldwide
from scraper.demo.portals.worldwide import WorldPortal
from scraper.demo.records import DemoArticle, FaultyPage, Response
from scraper.demo.server import LoggedRequest, PortalServer, Respond

DEFAULT_PORT = 8471

_MODULES: dict[str, tuple[str, ModuleType | WorldPortal]] = {
    "demo_china": ("127.0.0.2", china),
    "demo_zh": ("127.0.0.3", chinese),
    "demo_blog": ("127.0.0.4", blog),
    "demo_modern": ("127.0.0.5", modern),
    "demo_es": (worldwide.GAZETTE.host, worldwide.GAZETTE),
    "demo_fr": (worldwide.JOURNAL.host, worldwide.JOURNAL),
    "demo_ja": (worldwide.OBSERVER.host, worldwide.OBSERVER),
    "demo_ru": (worldwide.WIRE.host, worldwide.WIRE),
    "demo_ministry": (worldwide.MINISTRY.host, worldwide.MINISTRY),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """A portal of the demo world."""

    name: str
    """The name of its source."""
    host: str
    """The loopback address that it is served on."""
    home: str
    """The URL of its home page."""


class World:
    """The demo world; as a context manager it is served.

    Args:
        port: the port of all portals; 0 means any free one. When it is taken, another is used.
        validators: whether the portals send validators, and say when a page did not change.
    """

    def __init__(self, port: int = DEFAULT_PORT, *, validators: bool = True) -> None:
        self.articles: tuple[DemoArticle, ...] = write_articles()
        self.faulty: tuple[FaultyPage, ...] = faulty_pages(self.articles)
        self.requests: list[LoggedRequest] = []
        self.port = port
        self._validators = validators
        self._servers: list[PortalServer] = []

    @property
    def portals(self) -> tuple[Portal, ...]:
        """The portals, with the URLs that they have on this port."""
        return tuple(
            Portal(name=name, host=host, home=f"http://{host}:{self.port}/")
            for name, (host, _) in _MODULES.items()
        )

    def __enter__(self) -> Self:
        try:
            self._serve(self.port)
        except OSError:
            self._stop()
            self._serve(0)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def url(self, page: DemoArticle | FaultyPage) -> str:
        """Return the canonical URL of a page."""
        return f"http://{_MODULES[page.portal][0]}:{self.port}{page.path}"

    def config_toml(self) -> str:
        """Return a wireroom.toml in which the portals are sources, crawled without delay."""
        lines = [
            "# The demo world, on loopback addresses of this machine.",
            'allow_networks = ["127.0.0.0/8"]',
        ]
        for portal in self.portals:
            lines += ["", self.source_toml(portal.name, name=portal.name, home=portal.home)]
        return "\n".join(lines) + "\n"

    def source_toml(self, portal: str, *, name: str, home: str) -> str:
        """Return the record of a source that is made as a portal is.

        Args:
            portal: the portal.
            name: how the source is called.
            home: where it is served.
        """
        lines = [f"[source.{name}]", f'home = "{home}"', "delay = 0"]
        for key, value in _MODULES[portal][1].sources().items():
            lines.append(f"{key} = {_toml(value, home.rstrip('/'))}")
        return "\n".join(lines)

    def _serve(self, port: int) -> None:
        for name, (host, _) in _MODULES.items():
            respond = self.responder(name)
            server = PortalServer(host, port, respond, self.requests, validators=self._validators)
            self._servers.append(server)
            port = self.port = server.port

    def _stop(self) -> None:
        while self._servers:
            self._servers.pop().close()

    def responder(self, name: str, articles: Sequence[DemoArticle] | None = None) -> Respond:
        """Return what answers for the paths of a portal.

        Args:
            name: the portal.
            articles: those that it has; by default all, and what is linked there as if it were one.
        """
        faulty = [page for page in self.faulty if page.portal == name and articles is None]
        if articles is None:
            articles = [article for article in self.articles if article.portal == name]
        module = _MODULES[name][1]
        pages = {page.path: page for page in faulty}
        by_path = {article.path: number for number, article in enumerate(articles)}
        parts = {
            china.part_path(article, part): (article, part)
            for article in articles
            for part in range(2, article.parts + 1)
        }

        def respond(target: str) -> Response | None:
            path = target.partition("?")[0]
            if path == "/robots.txt":
                return _robots(module, self.port)
            if path in pages:
                return _faulty_response(pages[path])
            if path in parts:
                return china.article_page(parts[path][0], articles[:3], parts[path][1])
            if path in by_path:
                number = by_path[path]
                related = [articles[(number + step) % len(articles)] for step in (7, 13, 29)]
                answer: Response = module.article_page(articles[number], related)
                return answer
            found: Response | None = module.respond(path, articles, faulty, self.port)
            return found

        return respond


def _robots(module: ModuleType | WorldPortal, port: int) -> Response | None:
    if module is modern:
        return Response(content_type="text/plain", body=modern.robots(port).encode())
    if module is blog:
        return Response(content_type="text/plain", body=blog.ROBOTS.encode())
    return None


_SOFT_404 = """<html><head><title>Page not found - China.org.cn</title></head><body>
<h1>Page not found</h1><p>Sorry, the page you are looking for does not exist or has been removed.</p>
</body></html>"""
_INDEX = """<html><head><title>Business News</title></head><body><h2>Business</h2>
<ul>{rows}</ul></body></html>"""


def _faulty_response(page: FaultyPage) -> Response:
    match page.fault:
        case "missing":
            return Response(status=404, body=b"<h1>404 Not Found</h1>")
        case "server error":
            return Response(status=500, body=b"Internal Server Error")
        case "pdf":
            return Response(content_type="application/pdf", body=b"%PDF-1.4\n" + b"0" * 2000)
        case "truncated":
            return Response(body=b"<html><body><h1>Cut</h1><p>Half a", announced=5000)
        case "empty":
            return Response(body=b"")
        case "soft 404":
            return Response(body=_SOFT_404.encode())
        case "index":
            rows = "".join(
                f'<li><a href="/business/2024-05/{day:02}/content_{117300500 + day}.htm">Talks number {day} '
                f"on trade and data</a> <span>2024-05-{day:02}</span></li>"
                for day in range(1, 29)
            )
            return Response(body=_INDEX.format(rows=rows).encode())
        case "redirect" | "loop":
            return Response(status=301, location=page.target)


def _toml(value: object, home: str) -> str:
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{key} = {_toml(kept, home)}" for key, kept in value.items()) + " }"
        )
    if isinstance(value, list):
        return "[" + ", ".join(_toml(kept, home) for kept in value) + "]"
    text = str(value)
    # A path of the portal's own; patterns begin with one too, but hold what no path of ours does.
    if text.startswith("/") and not any(c in text for c in "\\[$"):
        text = home + text
    return json.dumps(text, ensure_ascii=False)
