"""What a crawl's session decides by itself."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from factory import NOW
from scrapy import Spider
from scrapy.crawler import Crawler

from scraper.config import Config
from scraper.crawling.plan import CrawlPlan
from scraper.crawling.session import CrawlSession
from scraper.sources import Source
from storage import frontier
from storage.records import ArticleLink

PORTAL = Source(name="portal", title="Portal", home="http://a.org/")


def test_what_is_met_in_a_crawl_is_not_due_in_it_again(tmp_path: Path) -> None:
    plan = CrawlPlan(archive=tmp_path / "a.db", config=Config(min_free_mb=1), sources=(PORTAL,))
    session = CrawlSession(Crawler(Spider), plan)

    async def crawl() -> list[frontier.Due]:
        await session._begin()
        now = datetime.now(UTC)
        session._begun_at = now - timedelta(hours=1)
        for name, met_at in ("before", NOW), ("in it", now - timedelta(minutes=1)):
            link = ArticleLink(url=f"http://a.org/{name}", found_in=PORTAL.home, found_as="feed")
            await session.write(
                lambda db, link=link, at=met_at: frontier.meet(db, [link], source="portal", now=at)
            )
        found = await session.due(PORTAL)
        await session.close("finished")
        return found

    assert [due.url for due in asyncio.run(crawl())] == ["http://a.org/before"]
