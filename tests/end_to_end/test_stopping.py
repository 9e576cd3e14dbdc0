"""A crawl that is told to stop, once and twice."""

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import Wireroom, environment

from scraper.demo.records import Response
from scraper.demo.server import LoggedRequest, PortalServer
from storage import reports
from storage.archive import open_archive
from storage.records import State

HOST = "127.0.0.9"
PAGES = 30


class SlowPortal:
    """A portal of thirty pages, asked for one every half second."""

    def __init__(self) -> None:
        self.log: list[LoggedRequest] = []
        self.asked = threading.Event()
        self.let_go = threading.Event()
        self.let_go.set()
        self._server = PortalServer(HOST, 0, self._respond, self.log)
        self.home = f"http://{HOST}:{self._server.port}"

    def close(self) -> None:
        self.let_go.set()
        self._server.close()

    def pages(self) -> int:
        return sum(request.path.startswith("/news/") for request in self.log)

    def _respond(self, path: str) -> Response | None:
        if path == "/feed":
            links = "".join(f"<item><link>{self.home}/news/{n}</link></item>" for n in range(PAGES))
            body = f'<rss version="2.0"><channel>{links}</channel></rss>'
            return Response(content_type="application/rss+xml", body=body.encode())
        if path.startswith("/news/"):
            self.asked.set()
            self.let_go.wait(30)
            return Response(body=f"<html><body><p>Page {path}</p></body></html>".encode())
        return None


@pytest.fixture
def portal() -> Iterator[SlowPortal]:
    served = SlowPortal()
    yield served
    served.close()


def start(folder: Path, portal: SlowPortal) -> "tuple[Wireroom, subprocess.Popen[str]]":
    (folder / "wireroom.toml").write_text(
        f'allow_networks = ["{HOST}/32"]\n[source.slow]\ntitle = "Slow"\nhome = "{portal.home}/"\n'
        f'feeds = ["{portal.home}/feed"]\ndelay = 0.5\n',
        encoding="utf-8",
    )
    wireroom = Wireroom(folder)
    child = subprocess.Popen(
        wireroom.command("crawl"), stderr=subprocess.PIPE, text=True, env=environment()
    )
    assert portal.asked.wait(60)
    return wireroom, child


def test_told_to_stop_it_asks_for_nothing_more_and_the_rest_waits(
    portal: SlowPortal, tmp_path: Path
) -> None:
    wireroom, child = start(tmp_path, portal)
    child.send_signal(signal.SIGINT)
    asked = portal.pages()
    _, said = child.communicate(timeout=60)
    assert (child.returncode, "stopped as asked" in said) == (1, True)
    # One was in flight, and one may have had its turn already.
    assert portal.pages() <= asked + 2
    with open_archive(wireroom.archive) as archive, archive.read() as db:
        states = [row.state for row in reports.outcomes(db) if "/news/" in row.url]
    assert states.count(State.WAITING) == PAGES - portal.pages()


def test_told_twice_it_breaks_off_and_says_so(portal: SlowPortal, tmp_path: Path) -> None:
    portal.let_go.clear()
    _, child = start(tmp_path, portal)
    child.send_signal(signal.SIGINT)
    time.sleep(1.0)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 1
    assert said == "Error: broken off at once, as asked twice; the next crawl goes on from here\n"
