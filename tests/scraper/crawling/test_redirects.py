import pytest
from scrapy import Request
from scrapy.http import Response

from scraper.crawling.record import Refused
from scraper.crawling.redirects import RedirectMiddleware

URL = "http://example.org/news/a"


def redirect(
    location: str, *, status: int = 302, passed: tuple[str, ...] = ()
) -> Request | Response:
    request = Request(URL, meta={"redirect_urls": list(passed)} if passed else {})
    headers = {"Location": location.encode()}
    return RedirectMiddleware(5).process_response(
        request, Response(URL, status=status, headers=headers)
    )


def test_a_redirect_is_followed_with_what_the_request_carries() -> None:
    followed = redirect("../b?utm_source=x")
    assert isinstance(followed, Request)
    assert followed.url == "http://example.org/b?utm_source=x"
    assert followed.meta["redirect_urls"] == [URL]


def test_a_request_may_ask_for_the_redirect_itself() -> None:
    request = Request(URL, meta={"dont_redirect": True})
    response = Response(URL, status=302, headers={"Location": "/b"})
    assert RedirectMiddleware(5).process_response(request, response) is response


@pytest.mark.parametrize("status", [301, 303, 307, 308])
def test_every_redirect_is_one(status: int) -> None:
    assert isinstance(redirect("/b", status=status), Request)


@pytest.mark.parametrize("status", [200, 300, 304, 404])
def test_nothing_else_is_one(status: int) -> None:
    assert isinstance(redirect("/b", status=status), Response)


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/hostname",
        "javascript:alert(1)",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://example.org:25/",
        "http://[::1",
        "/" + "a" * 9000,
        "/a" * 9,
    ],
)
def test_what_is_never_requested_is_not_followed(location: str) -> None:
    with pytest.raises(Refused) as caught:
        redirect(location)
    assert caught.value.kind == "address"


@pytest.mark.parametrize(
    ("location", "passed", "reason"),
    [
        (URL, (), "circle"),
        ("/b", ("http://example.org/b",), "circle"),
        ("/b", tuple(f"http://example.org/{n}" for n in range(5)), "more than 5 times"),
    ],
)
def test_a_redirect_without_end_is_a_limit(
    location: str, passed: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(Refused, match=reason) as caught:
        redirect(location, passed=passed)
    assert caught.value.kind == "limit"
