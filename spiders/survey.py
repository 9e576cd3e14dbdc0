from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from scrapy import Request

from scraper.crawling.record import content_type_of, explain_failure
from scraper.sources import ListRequest, Source
from spiders.base import WireroomSpider, error_of

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from scraper.discovery import ListPage


class SurveySpider(WireroomSpider):
    """Looks at the lists of sources; for one that names none, finds them from its home page."""

    name = "survey"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every list page, or for the home page."""
        for source in self.session.sources.values():
            for listing in source.list_pages():
                yield self.survey_request(listing, source)
            if not source.list_pages():
                yield self.home_request(source)

    def survey_request(
        self, listing: ListRequest, source: Source, *, title: str | None = None
    ) -> Request:
        """Return the request for a list page that is only looked at."""
        return Request(
            listing.url,
            callback=self.parse_list,
            errback=self.list_failed,
            dont_filter=True,
            cb_kwargs={"listing": listing, "title": title},
            meta={"purpose": listing.purpose, "source": source.name},
        )

    def home_request(self, source: Source) -> Request:
        """Return the request for a home page."""
        listing = ListRequest(url=source.home, purpose="section")
        return Request(
            source.home,
            callback=self.parse_home,
            errback=self.list_failed,
            dont_filter=True,
            cb_kwargs={"listing": listing, "title": "home page"},
            meta={"purpose": "section", "source": source.name},
        )

    async def parse_home(
        self, response: "Response", listing: ListRequest, title: str | None
    ) -> AsyncIterator[Request]:
        """Ask for every list that a home page leads to, and look at the page itself."""
        await self.parse_list(response, listing, title)
        if response.status != HTTPStatus.OK:
            return
        source = self.source_of(response.request)
        home = await self.session.read_home(response, source)
        for candidate in home.candidates:
            if candidate.url != listing.url:
                found = ListRequest(url=candidate.url, purpose=candidate.purpose)
                yield self.survey_request(found, source, title=candidate.title)

    async def parse_list(
        self, response: "Response", listing: ListRequest, title: str | None
    ) -> None:
        """Note what a list page serves."""
        source = self.source_of(response.request)
        page, reason = None, None
        answer = str(response.status)
        if response.status == HTTPStatus.OK:
            try:
                page = await self.session.read_list(response, listing.purpose, source)
            except Exception as error:  # noqa: BLE001 - one hostile list costs itself alone
                _, answer, reason = explain_failure(error, listing.url)
        charset = (content_type_of(response) or "").lower().partition("charset=")[2].strip(" \"';")
        self._note(
            listing,
            source.name,
            answer,
            reason=reason,
            charset=charset or None,
            page=page,
            title=title,
        )

    async def list_failed(self, failure: "Failure") -> None:
        """Note a list page that could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        listing: ListRequest = request.cb_kwargs["listing"]
        _, kind, reason = explain_failure(error_of(failure), request.url)
        title: str | None = request.cb_kwargs["title"]
        self._note(listing, request.meta["source"], kind, reason=reason, title=title)

    def _note(
        self,
        listing: ListRequest,
        source: str,
        answer: str,
        *,
        reason: str | None,
        title: str | None,
        charset: str | None = None,
        page: "ListPage | None" = None,
    ) -> None:
        from scraper.discovery.survey import ListSurvey  # noqa: PLC0415 - other crawls have none

        self.session.surveyed.append(
            ListSurvey(
                source=source,
                url=listing.url,
                purpose=listing.purpose,
                answer=answer,
                reason=reason,
                charset=charset,
                page=page,
                title=title,
            )
        )
