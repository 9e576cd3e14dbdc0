"""What a hostile or careless server may try, and what becomes of it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import Wireroom

from scraper.demo.records import Response
from scraper.demo.server import LoggedRequest, PortalServer
from storage import reports
from storage.archive import open_archive

HOST = "127.0.0.9"

Serve = Callable[[Callable[[str], Response | None]], "Portal"]


class Portal:
    def __init__(self, server: PortalServer, log: list[LoggedRequest]) -> None:
        self.server = server
        self.log = log
        self.home = f"http://{HOST}:{server.port}"

    def paths(self) -> list[str]:
        return [request.path for request in self.log]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[PortalServer] = []

    def start(respond: Callable[[str], Response | None]) -> Portal:
        log: list[LoggedRequest] = []
        servers.append(PortalServer(HOST, 0, respond, log))
        return Portal(servers[-1], log)

    yield start
    for server in servers:
        server.close()


def configure(folder: Path, portal: Portal, *, feed: str = "/feed", extra: str = "") -> Wireroom:
    (folder / "wireroom.toml").write_text(
        f'allow_networks = ["{HOST}/32"]\n[source.portal]\ntitle = "Portal"\n'
        f'home = "{portal.home}/"\nfeeds = ["{portal.home}{feed}"]\ndelay = 0\n{extra}',
        encoding="utf-8",
    )
    return Wireroom(folder)


def feed_of(*urls: str) -> Response:
    links = "".join(f"<item><title>t</title><link>{url}</link></item>" for url in urls)
    body = f'<?xml version="1.0"?><rss version="2.0"><channel>{links}</channel></rss>'
    return Response(content_type="application/rss+xml", body=body.encode())


def outcomes_of(wireroom: Wireroom) -> dict[str, tuple[str, str | None]]:
    with open_archive(wireroom.archive) as archive, archive.read() as db:
        return {row.url: (row.state, row.kind) for row in reports.outcomes(db)}


def crawl(wireroom: Wireroom) -> dict[str, tuple[str, str | None]]:
    done = wireroom.run("crawl", "--json")
    assert "Traceback" not in done.stderr
    return outcomes_of(wireroom)


def test_no_disallowed_page_is_fetched_when_many_first_requests_come_at_once(
    serve: Serve, tmp_path: Path
) -> None:
    def respond(path: str) -> Response | None:
        if path == "/robots.txt":
            # Slow enough that every request waits for it.
            time.sleep(0.5)
            return Response(content_type="text/plain", body=b"User-agent: *\nDisallow: /closed/\n")
        return feed_of(*(f"/closed/{n}" for n in range(20))) if path == "/feed" else None

    portal = serve(respond)
    found = crawl(configure(tmp_path, portal))
    assert set(found.values()) == {("refused", "robots")}
    assert [path for path in portal.paths() if path.startswith("/closed/")] == []
    assert portal.paths().count("/robots.txt") == 1


def test_a_host_in_trouble_is_left_alone_as_long_as_it_asks(serve: Serve, tmp_path: Path) -> None:
    def respond(path: str) -> Response | None:
        if path == "/feed":
            return feed_of("/a", "/b")
        return Response(status=503, retry_after=3600) if path in {"/a", "/b"} else None

    portal = serve(respond)
    wireroom = configure(tmp_path, portal)
    assert sorted(crawl(wireroom).values()) == [("failed", "5xx"), ("refused", "wait")]
    asked = len(portal.log)
    assert crawl(wireroom).keys() == {f"{portal.home}/a", f"{portal.home}/b"}
    assert len(portal.log) == asked
