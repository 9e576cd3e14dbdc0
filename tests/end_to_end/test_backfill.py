"""Going back in time, over crawls that each may ask for a little."""

import json
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import prose
from support import Wireroom

from scraper.demo.records import Response
from scraper.demo.server import LoggedRequest, PortalServer
from storage.archive import open_archive

HOST = "127.0.0.9"
PAGES = 6
SINCE = "2024-03-01"


class PastPortal:
    """A portal with a section of six pages, a month each, and a page a year besides."""

    def __init__(self) -> None:
        self.log: list[LoggedRequest] = []
        self._server = PortalServer(HOST, 0, self._respond, self.log)
        self.home = f"http://{HOST}:{self._server.port}"

    def close(self) -> None:
        self._server.close()

    def config(self) -> str:
        return (
            f'allow_networks = ["{HOST}/32"]\nfollowing_pages = 0\n[source.past]\ntitle = "Past"\n'
            f'home = "{self.home}/"\nsections = ["{self.home}/list/"]\n'
            f'archives = ["{self.home}/year/{{yyyy}}/"]\n'
            'include = ["/news/"]\ndelay = 0\nkeep = "all"\n'
        )

    def fetched(self, beginning: str) -> Counter[str]:
        return Counter(one.path for one in self.log if one.path.startswith(beginning))

    def _respond(self, path: str) -> Response | None:
        if path == "/year/2024/":
            return _list([(_path(9, 9), "2024-09-09")])
        if path.startswith("/list/"):
            page = int(path.partition("page=")[2] or 1)
            month = 1 + PAGES - page
            rows = [(_path(month, number), f"2024-{month:02}-1{number}") for number in range(3)]
            return _list(rows, following=page + 1 if page < PAGES else None)
        if path.startswith("/news/"):
            text = "".join(
                f"<p>{prose(60, seed=zlib.crc32(path.encode()) + n)}.</p>" for n in range(3)
            )
            html = f"<html><body><article><h1>At {path}</h1>{text}</article></body></html>"
            return Response(body=html.encode())
        return None


def _path(month: int, number: int) -> str:
    return f"/news/{month}-{number}.html"


def _list(rows: list[tuple[str, str]], *, following: int | None = None) -> Response:
    items = "".join(
        f'<li><a href="{path}">A forum on data and trade of which much is said</a> <span>{day}</span></li>'
        for path, day in rows
    )
    onward = f'<a rel="next" href="/list/?page={following}">Next</a>' if following else ""
    return Response(body=f"<html><body><ul>{items}</ul>{onward}</body></html>".encode())


@pytest.fixture
def portal() -> Iterator[PastPortal]:
    served = PastPortal()
    yield served
    served.close()


def test_a_source_goes_back_to_a_day_over_as_many_crawls_as_it_takes(
    portal: PastPortal, tmp_path: Path
) -> None:
    (tmp_path / "wireroom.toml").write_text(portal.config(), encoding="utf-8")
    wireroom = Wireroom(tmp_path)
    words: tuple[str, ...] = ("--since", SINCE)
    crawls = 0
    while crawls < 9:
        done = wireroom.run("crawl", "--json", "--limit", "10", *words)
        assert done.returncode == 0, done.stderr
        report = json.loads(done.stdout)
        (progress,), (counted,) = report["backfill"], report["sources"]
        # The way back says nothing of how often the source publishes, and is counted apart.
        assert (counted["listed"], counted["met"] <= 3) == (1, True)
        words, crawls = (), crawls + 1
        if not progress["waiting"]:
            break
    assert crawls > 1
    wireroom.run("crawl", "--json", "--limit", "10")
    with open_archive(wireroom.archive) as archive:
        kept = {one.url.removeprefix(portal.home) for one in archive.articles()}
    assert kept == {_path(9, 9)} | {_path(month, n) for month in range(3, 7) for n in range(3)}
    assert set(portal.fetched("/news/").values()) == {1}
    # One page more than has what is wanted: it tells that all behind it is older.
    assert portal.fetched("/list/?page=") == {f"/list/?page={n}": 1 for n in range(2, 6)}
    # A year without a page is asked for once: that it is missing is final.
    assert portal.fetched("/year/")["/year/2024/"] == 1
