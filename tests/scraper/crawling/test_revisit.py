"""List pages that did not change, and servers that lie about it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from factory import NOW
from scrapy.http import Response

from scraper.config import Config
from scraper.crawling.plan import CrawlPlan
from scraper.crawling.revisit import ListFindings, ListPages
from scraper.crawling.tally import Tally
from scraper.discovery import ListPage, read_list
from scraper.sources import ListRequest, Source
from storage.archive import Archive, open_archive
from storage.errors import ArchiveError
from storage.lists import KnownList, known_lists

HOME = "http://a.org/"
PORTAL = Source(name="portal", title="Portal", home=HOME, feeds=(f"{HOME}feed",))
FEED = ListRequest(url=f"{HOME}feed", purpose="feed")
INDEX = ListRequest(url=f"{HOME}sitemap.xml", purpose="sitemap")
SITEMAP = ListRequest(url=f"{HOME}s1.xml", purpose="sitemap")
ETAG = {"ETag": '"one"'}


class Session:
    """What list pages ask of a crawl's session, in this process."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.plan = CrawlPlan(archive=archive.path, config=Config(), sources=(), only_due=True)
        self.tallies = {"portal": Tally("portal")}
        self.read = 0
        self.breaks = False

    async def write(self, step: Callable) -> object:
        with self.archive.write() as db:
            done = step(db)
            if self.breaks:
                raise ArchiveError("the disk is full")
            return done

    async def read_list(self, response: Response, purpose: str, source: Source) -> ListPage:
        self.read += 1
        return read_list(purpose, response.body, response.url, None, source)

    def fail_list(self, listing: ListRequest, source: Source, kind: str, reason: str) -> None:
        self.tallies[source.name].failed[f"{listing.purpose} {kind}"] += 1
        self.tallies[source.name].problems.append(reason)


class Crawl:
    """A crawl of one portal at a moment, as far as its list pages go."""

    def __init__(self, archive: Archive, at: datetime, source: Source = PORTAL) -> None:
        self.session = Session(archive)
        self.source = source
        self.pages = ListPages(self.session, clock=lambda: at)
        with archive.read() as db:
            self.pages.load(known_lists(db, [source.name]))

    def conditions(self, listing: ListRequest = FEED) -> dict[str, str]:
        return self.pages.conditions(listing, self.source)

    def take(
        self,
        body: bytes = b"",
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        listing: ListRequest = FEED,
        url: str | None = None,
    ) -> ListFindings:
        response = Response(url or listing.url, status=status, headers=headers, body=body)
        return asyncio.run(self.pages.take(response, listing, self.source))

    @property
    def tally(self) -> Tally:
        return self.session.tallies["portal"]


def feed(*names: str) -> bytes:
    links = "".join(f"<item><title>t</title><link>{HOME}{name}</link></item>" for name in names)
    return f'<rss version="2.0"><channel>{links}</channel></rss>'.encode()


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


@pytest.fixture
def known(archive: Archive) -> Archive:
    """An archive that has read the feed once."""
    Crawl(archive, NOW).take(feed("1"), headers=ETAG)
    return archive


def row(archive: Archive) -> KnownList:
    with archive.read() as db:
        (found,) = known_lists(db, ["portal"])
    return found


def later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def test_what_was_never_read_is_asked_for_without_conditions(archive: Archive) -> None:
    assert Crawl(archive, NOW).conditions() == {}


def test_what_was_read_is_asked_for_if_it_changed(archive: Archive) -> None:
    both = ETAG | {"Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}
    Crawl(archive, NOW).take(feed("1"), headers=both)
    assert Crawl(archive, later(1)).conditions() == {
        "If-None-Match": '"one"',
        "If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT",
    }


def test_after_a_day_the_body_is_asked_for_all_the_same(known: Archive) -> None:
    assert Crawl(known, later(25)).conditions() == {}


def test_by_other_rules_it_is_read_anew(known: Archive) -> None:
    other = Source(name="portal", title="Portal", home=HOME, include=("/news/",))
    crawl = Crawl(known, later(1), other)
    assert crawl.conditions() == {}
    crawl.take(feed("1"), headers=ETAG)
    assert crawl.session.read == 1


def test_an_answer_304_counts_as_listed_and_unchanged(known: Archive) -> None:
    crawl = Crawl(known, later(1))
    assert crawl.take(status=304) == ListFindings()
    tally = crawl.tally
    assert (tally.listed, tally.unchanged_lists, tally.discovered, tally.met) == (1, 1, 1, 0)
    assert row(known).checked_at == later(1)


def test_a_body_with_the_known_digest_is_not_read_again(known: Archive) -> None:
    crawl = Crawl(known, later(1))
    crawl.take(feed("1"))
    assert (crawl.session.read, crawl.tally.unchanged_lists) == (0, 1)


def test_a_body_that_changed_brings_its_new_links(known: Archive) -> None:
    found = Crawl(known, later(1)).take(feed("2", "1"), headers={"ETag": '"two"'})
    assert [due.url for due in found.new] == [f"{HOME}2"]
    assert (row(known).etag, row(known).changed_at, row(known).brought_at) == (
        '"two"',
        later(1),
        later(1),
    )


def test_a_page_whose_links_could_not_be_written_is_not_known_either(archive: Archive) -> None:
    crawl = Crawl(archive, NOW)
    crawl.session.breaks = True
    with pytest.raises(ArchiveError):
        crawl.take(feed("1"), headers=ETAG)
    assert Crawl(archive, later(1)).conditions() == {}
    assert len(Crawl(archive, later(1)).take(feed("1"), headers=ETAG).new) == 1


def test_an_unchanged_index_still_leads_to_its_sitemaps(archive: Archive) -> None:
    body = f"<sitemapindex><sitemap><loc>{HOME}s1.xml</loc></sitemap></sitemapindex>".encode()
    Crawl(archive, NOW).take(body, headers=ETAG, listing=INDEX)
    found = Crawl(archive, later(1)).take(status=304, listing=INDEX)
    assert found.further == (ListRequest(url=f"{HOME}s1.xml", purpose="sitemap"),)


def index_of(day: str) -> bytes:
    child = f"<sitemap><loc>{SITEMAP.url}</loc><lastmod>{day}</lastmod></sitemap>"
    return f"<sitemapindex>{child}</sitemapindex>".encode()


@pytest.fixture
def indexed(archive: Archive) -> Archive:
    """An archive that has read an index of one old sitemap, and that sitemap."""
    crawl = Crawl(archive, NOW)
    crawl.take(index_of("2024-01-01"), headers=ETAG, listing=INDEX)
    crawl.take(b"<urlset></urlset>", listing=SITEMAP)
    return archive


@pytest.mark.parametrize(
    ("day", "hours", "asked"),
    [("2024-01-01", 1, False), ("2024-01-01", 24 * 8, True), ("2026-01-01", 1, True)],
)
def test_a_sitemap_is_asked_for_when_its_index_says_that_it_changed_or_after_a_week(
    indexed: Archive, day: str, hours: float, *, asked: bool
) -> None:
    found = Crawl(indexed, later(hours)).take(index_of(day), listing=INDEX)
    assert bool(found.further) is asked


def test_an_unchanged_index_does_not_lead_to_unchanged_sitemaps(indexed: Archive) -> None:
    assert Crawl(indexed, later(1)).take(status=304, listing=INDEX).further == ()


def test_by_other_rules_an_unchanged_sitemap_is_asked_for(indexed: Archive) -> None:
    other = Source(name="portal", title="Portal", home=HOME, include=("/news/",))
    found = Crawl(indexed, later(1), other).take(index_of("2024-01-01"), listing=INDEX)
    assert len(found.further) == 1


def test_an_etag_that_stood_for_two_bodies_is_not_used_for_a_month(known: Archive) -> None:
    Crawl(known, later(25)).take(feed("2"), headers=ETAG)
    assert Crawl(known, later(26)).conditions() == {}
    Crawl(known, later(24 * 32)).take(feed("3"), headers={"ETag": '"three"'})
    assert Crawl(known, later(24 * 32 + 1)).conditions() == {"If-None-Match": '"three"'}


def test_an_etag_that_stands_for_the_same_links_is_believed(known: Archive) -> None:
    Crawl(known, later(1)).take(feed("1") + b"<!-- built later -->", headers=ETAG)
    assert Crawl(known, later(2)).conditions() == {"If-None-Match": '"one"'}


@pytest.mark.parametrize("url", [FEED.url, f"{HOME}elsewhere"])
def test_an_answer_304_for_what_was_never_had_is_a_failure(archive: Archive, url: str) -> None:
    if url != FEED.url:
        Crawl(archive, NOW).take(feed("1"), headers=ETAG)
    crawl = Crawl(archive, later(1))
    assert crawl.take(status=304, url=url) == ListFindings()
    assert crawl.tally.failed == {"feed 3xx": 1}
    assert Crawl(archive, later(2)).conditions() == {}


def test_an_answer_304_to_a_request_for_the_body_is_a_failure(known: Archive) -> None:
    crawl = Crawl(known, later(25))
    crawl.take(status=304)
    assert crawl.tally.failed == {"feed 3xx": 1}


def test_failures_in_a_row_are_known_until_it_answers(known: Archive) -> None:
    for hour in (1, 2):
        Crawl(known, later(hour)).take(status=503)
    assert (row(known).failures, row(known).failing_since, row(known).failure) == (
        2,
        later(1),
        "HTTP 503",
    )
    Crawl(known, later(3)).take(status=304)
    assert (row(known).failures, row(known).failing_since) == (0, None)


def test_what_was_wrong_with_an_unchanged_list_is_still_told(archive: Archive) -> None:
    Crawl(archive, NOW).take(b"<rss><channel></channel></rss>", headers=ETAG)
    crawl = Crawl(archive, later(1))
    crawl.take(status=304)
    assert crawl.tally.problems == [f"feed {FEED.url}: it lists nothing"]


def test_a_list_that_names_no_article_any_more_is_known_since_when(known: Archive) -> None:
    for hour in (1, 2):
        Crawl(known, later(hour)).take(feed() + b" " * hour)
    assert (row(known).links, row(known).usual_links, row(known).empty_since) == (0, 1.0, later(1))


@pytest.mark.parametrize(("hours", "wanted"), [(0.5, False), (1, True)])
def test_a_crawl_of_what_is_due_heeds_the_ttl(
    archive: Archive, hours: float, *, wanted: bool
) -> None:
    body = feed("1").replace(b"<channel>", b"<channel><ttl>60</ttl>")
    Crawl(archive, NOW).take(body)
    assert Crawl(archive, later(hours)).pages.wants(FEED, PORTAL) is wanted


def test_a_header_as_long_as_a_page_is_no_validator(archive: Archive) -> None:
    Crawl(archive, NOW).take(feed("1"), headers={"ETag": "x" * 2000})
    assert Crawl(archive, later(1)).conditions() == {}
