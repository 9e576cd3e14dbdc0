"""Follows redirects, as few as are plausible, and only to what is requested at all."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from scraper.crawling.record import Refused
from scraper.errors import UrlRefused
from scraper.urls import canonicalise

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_REDIRECTS = frozenset(
    (
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    )
)


class RedirectMiddleware:
    """Follow a redirect with a request that passes every other guard again.

    Args:
        most: how many redirects of one request are followed.
    """

    def __init__(self, most: int) -> None:
        self._most = most

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build it with the limit of the settings."""
        return cls(crawler.settings.getint("REDIRECT_MAX_TIMES"))

    def process_response(self, request: "Request", response: "Response") -> "Request | Response":
        """Return the request that a redirect asks for, or the response that is none.

        Raises:
            Refused: when it leads in a circle, too far, or to what is never requested.
        """
        location = response.headers.get("Location")
        if response.status not in _REDIRECTS or location is None:
            return response
        if request.meta.get("dont_redirect"):
            return response
        try:
            target = canonicalise(
                location.decode("utf-8", "replace"), base=request.url, keep_all=True
            )
        except UrlRefused as error:
            raise Refused("address", f"it redirects to {error}") from error
        passed = [*request.meta.get("redirect_urls", ()), request.url]
        if target in passed:
            raise Refused("limit", "it redirects in a circle")
        if len(passed) > self._most:
            raise Refused("limit", f"it redirects more than {self._most} times")
        # Named as Scrapy's own middleware names them.
        known = {"redirect_urls": passed, "redirect_times": len(passed)}
        return request.replace(url=target, meta=request.meta | known)
