"""The peer of crawl.py: a plain Scrapy project that reads each page with trafilatura in its callback.

    python bench/plain_scrapy.py ITEMS.jsonl SITEMAP...

Settings are those of a new project, with a request a host at a time and no delay, as in the crawl that it is
held against. With BARE=1 the callback reads nothing: what Scrapy costs by itself.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.spiders import SitemapSpider
from trafilatura import bare_extraction

BARE = bool(os.environ.get("BARE"))


class PagesSpider(SitemapSpider):
    """Asks for every page of the sitemaps."""

    name = "pages"

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        """Yield what trafilatura reads in a page."""
        item = {"url": response.url}
        if not BARE:
            found = bare_extraction(response.text, url=response.url, with_metadata=True)
            if found is None:
                return
            item |= {
                "title": found.title,
                "author": found.author,
                "date": found.date,
                "text": found.text,
            }
        yield item


def main() -> None:
    """Crawl the sitemaps of the command line."""
    file, *sitemaps = sys.argv[1:]
    process = CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS": 64,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "WARNING",
            "FEEDS": {file: {"format": "jsonlines"}},
        }
    )
    process.crawl(PagesSpider, sitemap_urls=sitemaps)
    process.start()


if __name__ == "__main__":
    main()
