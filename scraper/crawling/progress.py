"""The live table of a crawl, on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.live import Live
from rich.table import Table

from scraper.crawling.session import CrawlSession

Watch = Callable[[CrawlSession], None]


@contextmanager
def watch_in_terminal(*, quiet: bool) -> Iterator[Watch | None]:
    """Show a table of the crawl's counts on standard error while it runs.

    Args:
        quiet: show nothing, and yield None.

    Yields:
        What `run_crawl` calls with the session.
    """
    if quiet:
        yield None
        return
    sessions: list[CrawlSession] = []
    with Live(
        console=Console(stderr=True),
        get_renderable=lambda: _draw(sessions[0] if sessions else None),
        refresh_per_second=4,
        transient=True,
    ):
        yield sessions.append


def _draw(session: CrawlSession | None) -> Table:
    numbers = ("lists", "links", "asked", "fetched", "new", "rejected", "failed")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("crawling")
    for name in numbers:
        table.add_column(name, justify="right")
    for tally in session.tallies.values() if session else ():
        table.add_row(
            tally.source,
            str(tally.listed),
            str(tally.discovered),
            str(tally.asked),
            str(tally.fetched),
            str(tally.new),
            str(sum(tally.rejected.values())),
            str(sum(tally.failed.values())),
        )
    return table
