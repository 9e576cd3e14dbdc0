from collections.abc import AsyncIterator

from scrapy import Request

from spiders.base import WireroomSpider
from storage.frontier import Due


class OneOffSpider(WireroomSpider):
    """Asks for the one URL of a fetch by hand."""

    name = "one_off"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the page of the plan."""
        url = self.session.plan.url
        if url is None:
            raise RuntimeError("this spider needs the URL of a fetch by hand: use `wireroom fetch`")
        (source,) = self.session.sources.values()
        yield self.page_request(Due(url=url, source=source.name, tries=0), source)
