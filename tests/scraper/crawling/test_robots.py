"""What becomes of requests while robots.txt is asked for, answered, redirected, or cannot be had."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from scraper.crawling.record import AnsweredElsewhere, Refused
from scraper.crawling.robots import MAX_REDIRECTS, RobotsMiddleware
from scraper.crawling.session import CrawlSession
from storage import robots
from storage.archive import Archive, open_archive

ORIGIN = "https://a.org"
CLOSED = "User-agent: *\nDisallow: /closed/\nCrawl-delay: 7\n"

Answer = Callable[[str], Response]


class Session:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def write(self, step):
        with self._archive.write() as db:
            return step(db)


class Crawl:
    """As much of a crawl as the middleware asks: an engine that answers, and a session."""

    def __init__(self, archive: Archive, answer: Answer) -> None:
        self.asked: list[str] = []
        self.engine = self
        self._answer = answer
        self._session = Session(archive)
        self._middleware = RobotsMiddleware.from_crawler(self)

    def get_extension(self, kind: type) -> Session:
        assert kind is CrawlSession
        return self._session

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request.url)
        await asyncio.sleep(0.01)
        return self._answer(request.url)

    async def judge(self, url: str) -> Request | Refused:
        request = Request(url, meta={"source": "portal"})
        try:
            await self._middleware.process_request(request)
        except Refused as refused:
            return refused
        return request

    def judge_all(self, *urls: str) -> list[Request | Refused]:
        async def run() -> list[Request | Refused]:
            return await asyncio.gather(*map(self.judge, urls))

        return asyncio.run(run())


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def text(body: str, status: int = 200, url: str = f"{ORIGIN}/robots.txt") -> Response:
    return Response(url, status=status, body=body.encode())


def moved(to: str, *, url: str) -> Response:
    return Response(url, status=301, headers={"Location": to})


def judge(archive: Archive, answer: Answer, *paths: str) -> list[str]:
    judged = Crawl(archive, answer).judge_all(*(f"{ORIGIN}{path}" for path in paths or ("/a",)))
    return [f"{one.state} {one.kind}" if isinstance(one, Refused) else "sent" for one in judged]


def fail(url: str) -> Response:
    raise DownloadTimeoutError(url)


def remember(archive: Archive, body: str, *, hours: float) -> None:
    with archive.write() as db:
        then = datetime.now(UTC) - timedelta(hours=hours)
        robots.add_text(db, ORIGIN, body, status=200, now=then)


def remember_failure(archive: Archive, *, hours: float) -> None:
    with archive.write() as db:
        then = datetime.now(UTC) - timedelta(hours=hours)
        robots.add_failure(db, ORIGIN, "HTTP 503", status=503, now=then)


def test_all_first_requests_wait_for_the_one_answer(archive: Archive) -> None:
    crawl = Crawl(archive, lambda _: text(CLOSED))
    judged = crawl.judge_all(*(f"{ORIGIN}/closed/{n}" for n in range(50)))
    assert all(isinstance(one, Refused) and one.kind == "robots" for one in judged)
    assert crawl.asked == [f"{ORIGIN}/robots.txt"]


def test_a_port_and_a_scheme_have_their_own(archive: Archive) -> None:
    crawl = Crawl(archive, lambda _: text(""))
    crawl.judge_all(f"{ORIGIN}/", "https://a.org:443/", "http://a.org/", "https://a.org:8443/")
    assert sorted(crawl.asked) == [
        "http://a.org/robots.txt",
        "https://a.org/robots.txt",
        "https://a.org:8443/robots.txt",
    ]


def test_a_request_carries_what_allowed_it(archive: Archive) -> None:
    (request,) = Crawl(archive, lambda _: text(CLOSED)).judge_all(f"{ORIGIN}/open")
    assert isinstance(request, Request)
    with archive.read() as db:
        known = robots.last_text(db, ORIGIN)
    assert known is not None
    assert (known.text, known.digest) == (CLOSED, robots.digest_of(CLOSED))
    assert (request.meta["robots_id"], request.meta["crawl_delay"]) == (known.id, 7)


def test_the_answer_holds_for_a_day_in_every_crawl(archive: Archive) -> None:
    remember(archive, CLOSED, hours=22)
    crawl = Crawl(archive, fail)
    assert [type(one) for one in crawl.judge_all(f"{ORIGIN}/a", f"{ORIGIN}/closed/")] == [
        Request,
        Refused,
    ]
    assert crawl.asked == []


def test_an_old_answer_is_asked_for_again(archive: Archive) -> None:
    remember(archive, "User-agent: *\nDisallow: /\n", hours=24)
    assert judge(archive, lambda _: text(CLOSED)) == ["sent"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_missing_file_allows_everything(archive: Archive, status: int) -> None:
    assert judge(archive, lambda _: text("User-agent: *\nDisallow: /\n", status)) == ["sent"]


@pytest.mark.parametrize("status", [429, 500, 503, 599])
def test_a_host_in_trouble_is_left_alone(archive: Archive, status: int) -> None:
    assert judge(archive, lambda _: text("", status)) == ["refused robots"]


def test_a_host_in_trouble_is_tried_again_in_an_hour(archive: Archive) -> None:
    (refused,) = Crawl(archive, lambda _: text("", 503)).judge_all(f"{ORIGIN}/a")
    assert isinstance(refused, Refused)
    assert refused.retry_after == 3600


def test_a_host_that_cannot_be_reached_for_it_is_not_asked_for_pages(archive: Archive) -> None:
    assert judge(archive, fail, "/a", "/b") == ["failed timeout"] * 2


def test_an_old_answer_does_not_hold_while_trouble_is_new(archive: Archive) -> None:
    remember(archive, CLOSED, hours=30)
    remember_failure(archive, hours=11)
    assert judge(archive, fail) == ["failed timeout"]


def test_an_old_answer_holds_when_trouble_lasts(archive: Archive) -> None:
    remember(archive, CLOSED, hours=30)
    remember_failure(archive, hours=13)
    assert judge(archive, fail, "/a", "/closed/") == ["sent", "refused robots"]


def test_an_old_answer_does_not_hold_for_ever(archive: Archive) -> None:
    remember(archive, CLOSED, hours=24 * 40)
    remember_failure(archive, hours=24 * 31)
    assert judge(archive, lambda _: text("", 500)) == ["refused robots"]


def test_an_answer_ends_the_trouble(archive: Archive) -> None:
    remember_failure(archive, hours=50)
    judge(archive, lambda _: text(CLOSED))
    with archive.read() as db:
        assert robots.failing_since(db, ORIGIN) is None


def test_what_we_did_not_ask_for_is_no_trouble_of_the_host(archive: Archive) -> None:
    def refuse(_: str) -> Response:
        raise Refused("wait", "not now", retry_after=50.0)

    (refused,) = Crawl(archive, refuse).judge_all(f"{ORIGIN}/a")
    assert isinstance(refused, Refused)
    assert (refused.kind, refused.retry_after) == ("wait", 50.0)
    with archive.read() as db:
        assert robots.failing_since(db, ORIGIN) is None


def test_redirects_are_followed_to_other_hosts(archive: Archive) -> None:
    def answer(url: str) -> Response:
        if url == f"{ORIGIN}/robots.txt":
            return moved("https://www.a.org/robots.txt", url=url)
        return moved("/r.txt", url=url) if url == "https://www.a.org/robots.txt" else text(CLOSED)

    crawl = Crawl(archive, answer)
    assert isinstance(crawl.judge_all(f"{ORIGIN}/closed/")[0], Refused)
    assert crawl.asked[1:] == ["https://www.a.org/robots.txt", "https://www.a.org/r.txt"]


def test_an_endless_redirect_is_a_missing_file(archive: Archive) -> None:
    crawl = Crawl(archive, lambda url: moved(f"{url}x", url=url))
    assert isinstance(crawl.judge_all(f"{ORIGIN}/a")[0], Request)
    assert len(crawl.asked) == MAX_REDIRECTS + 1


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://a.org/robots.txt", "http://"])
def test_a_redirect_to_what_is_never_requested_is_refused(archive: Archive, target: str) -> None:
    assert judge(archive, lambda url: moved(target, url=url)) == ["refused address"]


def test_a_redirect_without_a_target_is_a_missing_file(archive: Archive) -> None:
    assert judge(archive, lambda _: text("", 302)) == ["sent"]


def test_what_another_process_has_asked_for_meanwhile_is_not_asked_for_again(
    archive: Archive,
) -> None:
    def answer(_: str) -> Response:
        remember(archive, CLOSED, hours=0)
        raise AnsweredElsewhere

    assert judge(archive, answer, "/a", "/closed/") == ["sent", "refused robots"]


def test_a_text_is_kept_once(archive: Archive) -> None:
    for hours in (72, 48, 24):
        remember(archive, CLOSED, hours=hours)
    with archive.read() as db:
        assert db.execute("SELECT count(*) FROM robots_text").fetchone()[0] == 1
        assert db.execute("SELECT count(*) FROM robots").fetchone()[0] == 3
