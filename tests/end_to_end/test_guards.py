"""What a hostile or careless server may try, and what becomes of it."""

import contextlib
import gzip
import json
import socket
import threading
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


def test_a_redirect_to_a_private_address_is_refused(serve: Serve, tmp_path: Path) -> None:
    def respond(path: str) -> Response | None:
        number = path.removeprefix("/to")
        targets = ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1"]
        if path == "/feed":
            return feed_of(*(f"/to{n}" for n in range(len(targets))))
        if number.isdigit():
            return Response(status=302, location=f"http://{targets[int(number)]}:9/secret")
        return None

    portal = serve(respond)
    found = crawl(configure(tmp_path, portal))
    assert len(found) == 6
    assert set(found.values()) == {("refused", "address")}


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://127.0.0.9/a", "data:text/html,a", "javascript:alert(1)"]
)
def test_only_http_becomes_a_request(serve: Serve, tmp_path: Path, url: str) -> None:
    portal = serve(lambda path: feed_of(url, "/good") if path == "/feed" else None)
    assert list(crawl(configure(tmp_path, portal))) == [f"{portal.home}/good"]


def test_a_body_without_end_is_refused(serve: Serve, tmp_path: Path) -> None:
    def respond(path: str) -> Response | None:
        if path == "/feed":
            return feed_of("/large")
        return Response(body=b"x" * (17 << 20)) if path == "/large" else None

    portal = serve(respond)
    assert crawl(configure(tmp_path, portal)) == {f"{portal.home}/large": ("refused", "limit")}


def test_a_sitemap_that_is_a_bomb_is_a_problem_of_its_own(serve: Serve, tmp_path: Path) -> None:
    bomb = gzip.compress(b" " * (60 << 20))

    def respond(path: str) -> Response | None:
        if path == "/bomb.xml.gz":
            return Response(content_type="application/gzip", body=bomb)
        return feed_of("/good") if path == "/feed" else None

    portal = serve(respond)
    wireroom = configure(tmp_path, portal, extra=f'sitemaps = ["{portal.home}/bomb.xml.gz"]\n')
    done = wireroom.run("crawl", "--json")
    (source,) = json.loads(done.stdout)["sources"]
    assert any("bomb.xml.gz" in problem for problem in source["problems"])
    assert list(outcomes_of(wireroom)) == [f"{portal.home}/good"]


def test_a_flood_of_headers_ends_the_connection(tmp_path: Path) -> None:
    sent = []

    def flood(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                with contextlib.suppress(OSError):
                    while len(sent) < 40_000:
                        sent.append(connection.send(b"X-%d: %s\r\n" % (len(sent), b"y" * 1000)))

    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
        threading.Thread(target=flood, args=(listener,), daemon=True).start()
        (tmp_path / "wireroom.toml").write_text(f'allow_networks = ["{HOST}/32"]\n')
        done = Wireroom(tmp_path).run("fetch", f"http://{HOST}:{port}/a")
        listener.shutdown(socket.SHUT_RDWR)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    # robots.txt is asked for once; what was sent beyond the limit fits into the sockets' buffers.
    assert sum(sent) < 8 << 20


def test_no_port_is_open_during_a_crawl(serve: Serve, tmp_path: Path) -> None:
    listening: list[str] = []

    def respond(path: str) -> Response | None:
        if path == "/feed":
            for table in ("/proc/net/tcp", "/proc/net/tcp6"):
                rows = Path(table).read_text(encoding="ascii").splitlines()[1:]
                # 0A is the state of a listening socket.
                listening.extend(row.split()[1] for row in rows if row.split()[3] == "0A")
            return feed_of()
        return None

    before = {
        row.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for row in Path(table).read_text(encoding="ascii").splitlines()[1:]
        if row.split()[3] == "0A"
    }
    portal = serve(respond)
    configure(tmp_path, portal).run("crawl")
    own = f":{portal.server.port:04X}"
    assert [row for row in listening if row not in before and not row.endswith(own)] == []
