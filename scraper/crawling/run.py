"""One crawl, from a plan to a report, in this process.

A Twisted reactor cannot start twice, so a process runs one crawl: the command `wireroom crawl` is
that process, and the scheduler starts it as a child.
"""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import scrapy.core.downloader.handlers.http11  # noqa: F401 - it walks the stack, which is short here still
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from scraper.crawling import settings as crawl_settings
from scraper.crawling.plan import CrawlPlan, require_contact
from scraper.crawling.session import CrawlSession
from scraper.errors import CrawlFailed, ScraperError
from storage.errors import ArchiveError
from storage.records import Outcome, Recorded
from storage.reports import SourceSummary

if TYPE_CHECKING:
    from twisted.python.failure import Failure

    from scraper.discovery.autodiscovery import HomePage
    from scraper.discovery.survey import ListSurvey


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """How a crawl ended."""

    crawl_id: int | None
    """The crawl's row; None for a fetch by hand."""
    reason: str
    """`finished`, `shutdown` (asked to stop) or `closespider_timeout` (its time was up)."""
    sources: tuple[SourceSummary, ...]
    """What was counted for each source."""
    outcome: Outcome | None
    """The last outcome: that of the one page of a fetch by hand."""
    recorded: Recorded | None
    """What the archive did with it."""
    surveyed: "tuple[ListSurvey, ...]" = ()
    """What the lists of a survey served, in the order of their answers."""
    homes: "Mapping[str, HomePage]" = field(default_factory=dict)
    """The home pages that a survey read, by source."""


def run_crawl(
    plan: CrawlPlan, *, watch: Callable[[CrawlSession], None] | None = None
) -> CrawlReport:
    """Run one crawl and return when it has ended.

    Args:
        plan: what to do.
        watch: called once with the session when it is open, to show its progress.

    Returns:
        What was counted.

    Raises:
        ConfigError: when public hosts are to be crawled and no contact is set.
        ArchiveError: when the archive could not be opened or written.
        CrawlFailed: when the crawl could not do its work.
        KeyboardInterrupt: when it was told to stop before it had begun.
    """
    require_contact(plan)
    settings = Settings()
    settings.setmodule(crawl_settings, priority="project")
    settings.set("WIREROOM_PLAN", plan, priority="cmdline")
    process = CrawlerProcess(settings)
    spider = "survey" if plan.survey else "one_off" if plan.url else "news"
    crawler = process.create_crawler(spider)
    failures: list[BaseException] = []

    def note(failure: "Failure") -> None:
        failures.append(failure.value or CrawlFailed("the crawl broke off"))

    # Without the extension there is no session, and nothing was opened.
    process.crawl(crawler).addErrback(note)
    session = crawler.get_extension(CrawlSession) if not failures else None
    if session is not None and watch is not None:
        watch(session)
    # What is loaded by now stays to the end: a quarter of the event loop's time went into looking it through.
    gc.freeze()
    process.start()
    error = session.error if session and session.error else next(iter(failures), None)
    if isinstance(error, ScraperError | ArchiveError | KeyboardInterrupt):
        raise error
    if error is not None or session is None:
        raise CrawlFailed(f"the crawl broke off: {type(error).__name__}: {error}") from error
    if not session.is_closed:
        raise CrawlFailed("broken off at once, as asked twice; the next crawl goes on from here")
    return CrawlReport(
        crawl_id=session.crawl_id,
        reason=session.reason,
        sources=session.summaries(),
        outcome=session.outcome,
        recorded=session.recorded,
        surveyed=tuple(session.surveyed),
        homes=session.homes,
    )
