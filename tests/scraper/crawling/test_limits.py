import asyncio

import pytest
from scrapy import Request
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from scraper.crawling.limits import (
    FAIR_BYTES,
    MAX_HELD_BYTES,
    MAX_ROBOTS_BYTES,
    MAX_SITEMAP_BYTES,
    MUCH_HELD_BYTES,
    LimitsMiddleware,
)
from scraper.crawling.record import Refused
from scraper.crawling.tally import MAX_LISTS, MAX_NEW_LINKS, Tally

PIECE = bytes(FAIR_BYTES // 4)


def request(purpose: str = "page", host: str = "example.org") -> Request:
    return Request(f"http://{host}/a", meta={"purpose": purpose})


def fill(limits: LimitsMiddleware) -> None:
    """Let other responses hold as much as there may be."""
    large = request("sitemap", host="large.example.org")
    for _ in range(MAX_HELD_BYTES // len(PIECE)):
        limits.receive(PIECE, large)


def test_a_host_has_its_share_and_no_more() -> None:
    limits = LimitsMiddleware(2)
    limits.process_request(request("feed"))
    limits.process_request(request())
    with pytest.raises(Refused, match=r"example\.org was asked 2 times") as caught:
        limits.process_request(request())
    assert caught.value.kind == "limit"
    limits.process_request(request(host="other.example.org"))


def test_robots_txt_takes_no_share() -> None:
    limits = LimitsMiddleware(1)
    limits.process_request(request("robots"))
    limits.process_request(request())


def test_a_sitemap_may_be_larger_than_a_page() -> None:
    sitemap = request("sitemap")
    LimitsMiddleware(1).process_request(sitemap)
    assert sitemap.meta["download_maxsize"] == MAX_SITEMAP_BYTES


def test_of_a_robots_txt_the_beginning_is_the_answer() -> None:
    limits, robots = LimitsMiddleware(1), request("robots")
    limits.receive(bytes(MAX_ROBOTS_BYTES - 1), robots)
    with pytest.raises(StopDownload) as caught:
        limits.receive(b"a", robots)
    assert caught.value.fail is False


def test_a_large_response_too_many_is_not_read() -> None:
    limits, page = LimitsMiddleware(1), request()
    fill(limits)
    limits.receive(bytes(FAIR_BYTES), page)
    with pytest.raises(StopDownload):
        limits.receive(b"a", page)


def test_a_usual_page_is_read_however_much_others_hold() -> None:
    limits, page = LimitsMiddleware(1), request()
    fill(limits)
    limits.receive(bytes(FAIR_BYTES), page)
    limits.hold(page, None)
    response = Response(page.url, body=bytes(FAIR_BYTES))
    assert limits.process_response(page, response) is response


def test_a_response_that_unpacks_to_too_much_is_refused() -> None:
    limits, page = LimitsMiddleware(1), request()
    fill(limits)
    with pytest.raises(Refused, match="later crawl"):
        limits.process_response(page, Response(page.url, body=bytes(FAIR_BYTES + 1)))


def test_a_response_that_is_done_with_makes_room() -> None:
    limits, page = LimitsMiddleware(1), request()
    response = limits.process_response(page, Response(page.url, body=bytes(MAX_HELD_BYTES)))
    other = Response(page.url, body=bytes(FAIR_BYTES + 1))
    with pytest.raises(Refused):
        limits.process_response(page, other)
    del response
    assert limits.process_response(page, other) is other


def test_a_response_is_counted_once_when_nothing_had_to_be_unpacked() -> None:
    limits, page = LimitsMiddleware(1), request()
    response = Response(page.url, body=bytes(MAX_HELD_BYTES // 2))
    limits.hold(page, response)
    limits.process_response(page, response)
    other = Response(page.url, body=bytes(MAX_HELD_BYTES // 2))
    assert limits.process_response(page, other) is other


def test_nothing_more_is_asked_for_while_much_is_held() -> None:
    async def wait() -> bool:
        limits, sitemap = LimitsMiddleware(1), request("sitemap")
        await limits.wait_for_room()
        limits.receive(bytes(MUCH_HELD_BYTES + 1), sitemap)
        waiting = asyncio.ensure_future(limits.wait_for_room())
        await asyncio.sleep(0.3)
        had_to_wait = not waiting.done()
        limits.hold(sitemap, None)
        await waiting
        return had_to_wait

    assert asyncio.run(wait())


def test_a_list_page_is_asked_for_once() -> None:
    tally = Tally("portal")
    assert tally.take_list("http://example.org/a")
    assert not tally.take_list("http://example.org/a")
    assert tally.problems == []


def test_list_pages_without_end_are_a_problem_of_their_source() -> None:
    tally = Tally("portal")
    taken = [tally.take_list(f"http://example.org/{n}") for n in range(MAX_LISTS + 2)]
    assert taken.count(True) == MAX_LISTS
    assert tally.problems == ["more than 1,000 list pages; the others are not read in this crawl"]


def test_new_links_without_end_are_left_to_the_next_crawl() -> None:
    tally = Tally("portal", met=MAX_NEW_LINKS - 1)
    assert tally.has_room()
    tally.met += 1
    assert not tally.has_room()
    assert tally.problems == ["more than 100,000 new links; the others are left to the next crawl"]
