"""How a request gets its host's turn, what becomes of it when it does not, and what the log says."""

import asyncio
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response

from scraper.config import Config
from scraper.crawling.pace import Sent, end_turn, take_turn
from scraper.crawling.record import AnsweredElsewhere, LeftWaiting, Refused
from scraper.sources import Source
from storage import hosts, reports, robots
from storage.archive import Archive, open_archive

HOST = "a.org"
SOURCE = Source(name="portal", title="Portal", home="http://a.org/", delay=2)


class Session:
    is_stopping = False

    def __init__(self, archive: Archive, config: Config, crawl_id: int | None = None) -> None:
        self.crawl_id = crawl_id
        self.sources = {"portal": SOURCE}
        self._archive = archive
        self.plan = SimpleNamespace(config=config)

    async def write(self, step):
        with self._archive.write() as db:
            return step(db)

    def submit(self, step) -> None:
        with self._archive.write() as db:
            step(db)


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def take(
    archive: Archive,
    path: str = "/a",
    *,
    config: Config | None = None,
    crawl_id: int | None = None,
    **meta,
) -> Sent:
    request = Request(f"http://{HOST}{path}", meta={"source": "portal", "purpose": "page"} | meta)
    session = Session(archive, config or Config(), crawl_id)
    return asyncio.run(take_turn(session, request, HOST))


def end(
    archive: Archive, sent: Sent, status: int | None = 200, body: bytes = b"", **headers
) -> None:
    response = None
    if status is not None:
        response = Response("http://a.org/a", status=status, body=body, headers=headers)
    error = None if response else "timeout"
    end_turn(Session(archive, Config()), sent, seconds=0.1, response=response, error=error)


def free(archive: Archive) -> None:
    """Let the host's gap pass."""
    with archive.write() as db:
        db.execute("UPDATE host SET next_at = NULL, asked_at = NULL, ended_at = NULL")


def row_of(archive: Archive, table: str) -> sqlite3.Row:
    with archive.read() as db:
        return db.execute(f"SELECT * FROM {table}").fetchone()


def test_a_request_is_in_the_log_before_it_is_sent(archive: Archive) -> None:
    with archive.write() as db:
        known = robots.add_text(db, "http://a.org", "", status=200, now=datetime.now(UTC))
    sent = take(archive, robots_id=known.id)
    row = row_of(archive, "request")
    assert (row["id"], row["url"], row["gap"], row["robots_id"]) == (
        sent.row,
        "http://a.org/a",
        2,
        known.id,
    )
    assert row["status"] is None


def test_the_longer_of_delay_and_crawl_delay_is_promised(archive: Archive) -> None:
    assert take(archive, crawl_delay=7).gap == 7


def test_an_answer_is_logged_and_counted(archive: Archive) -> None:
    end(archive, take(archive), body=b"12345")
    request, host = row_of(archive, "request"), row_of(archive, "host")
    assert (request["status"], request["bytes"], request["error"]) == (200, 5, None)
    assert (host["pages"], host["bytes"], host["busy_until"]) == (1, 5, None)


def test_a_failure_is_logged_and_ends_the_turn(archive: Archive) -> None:
    end(archive, take(archive), status=None)
    request, host = row_of(archive, "request"), row_of(archive, "host")
    assert (request["status"], request["error"]) == (None, "timeout")
    assert host["busy_until"] is None


@pytest.mark.parametrize("status", [429, 503])
def test_what_a_host_asks_for_is_promised_to_it(archive: Archive, status: int) -> None:
    end(archive, take(archive), status=status, **{"Retry-After": "400"})
    assert row_of(archive, "request")["gap"] == 400
    with pytest.raises(Refused) as refused:
        take(archive)
    assert refused.value.kind == "wait"
    assert refused.value.retry_after == pytest.approx(400, abs=5)
    assert "is to be left alone until 20" in refused.value.reason


def test_a_host_in_trouble_is_left_alone_though_it_asks_nothing(archive: Archive) -> None:
    end(archive, take(archive), status=503)
    assert row_of(archive, "host")["backoff"] == hosts.FIRST_BACKOFF


@pytest.mark.parametrize(
    ("config", "body"),
    [(Config(host_pages_a_day=1), b""), (Config(host_mb_a_day=1), b"x" * 1_000_000)],
)
def test_a_spent_budget_refuses(archive: Archive, config: Config, body: bytes) -> None:
    end(archive, take(archive, config=config), body=body)
    free(archive)
    with pytest.raises(Refused) as refused:
        take(archive, config=config)
    assert refused.value.kind == "budget"
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 86_400


def test_without_bounds_no_budget_is_spent(archive: Archive) -> None:
    config = Config(host_pages_a_day=0, host_mb_a_day=0)
    for _ in range(3):
        end(archive, take(archive, config=config), body=b"x" * 2_000_000)
        free(archive)
    assert row_of(archive, "host")["pages"] == 3


def test_what_its_robots_txt_is_too_old_for_is_not_sent(archive: Archive) -> None:
    with pytest.raises(Refused) as refused:
        take(archive, robots_until=datetime.now(UTC) - timedelta(seconds=1))
    assert (refused.value.kind, refused.value.retry_after) == ("wait", 0)
    assert row_of(archive, "request") is None


def test_a_crawl_that_is_told_to_stop_sends_nothing_more(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "is_stopping", True)
    with pytest.raises(LeftWaiting):
        take(archive)
    assert row_of(archive, "request") is None


@pytest.fixture
def asked(archive: Archive) -> dict[str, object]:
    """What a request of crawl 2 carries, for a page that crawl 1 has asked for since."""
    with archive.write() as db:
        for _ in range(2):
            reports.begin_crawl(db, now=datetime.now(UTC), pid=os.getpid())
    decided_at = datetime.now(UTC) - timedelta(seconds=1)
    end(archive, take(archive, crawl_id=1))
    free(archive)
    return {"crawl_id": 2, "decided_at": decided_at}


def test_what_another_crawl_has_asked_for_meanwhile_is_not_sent(archive: Archive, asked) -> None:
    with pytest.raises(AnsweredElsewhere):
        take(archive, **asked)


def test_what_a_redirect_leads_to_is_sent_all_the_same(archive: Archive, asked) -> None:
    assert take(archive, redirect_times=1, **asked).row == 2


def test_another_page_is_sent(archive: Archive, asked) -> None:
    assert take(archive, "/b", **asked).row == 2


def test_a_fetch_by_hand_is_sent(archive: Archive, asked) -> None:
    assert take(archive, **asked | {"crawl_id": None}).row == 2
