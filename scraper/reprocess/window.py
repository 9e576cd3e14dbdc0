"""Pages through the worker pool, a window of them at a time, and their outcomes in order."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from scraper.errors import ScraperError
from scraper.ingest import PageTask, ingest_page
from scraper.workers import WorkerPool
from storage.records import Outcome, State

if TYPE_CHECKING:
    from concurrent.futures import Future


def through_pool(
    tasks: Iterable[tuple[int, PageTask | Outcome | None]], workers: int
) -> Iterator[tuple[int, Outcome | None]]:
    """Read the tasks in workers, a window of them at a time, and yield the outcomes in their order."""
    pool = WorkerPool(workers)
    window: deque[tuple[int, PageTask | Outcome | None, Future[Outcome] | None]] = deque()
    try:
        for number, task in tasks:
            future = pool.run(ingest_page, task) if isinstance(task, PageTask) else None
            window.append((number, task, future))
            if len(window) >= 4 * pool.workers:
                yield _settle(*window.popleft())
        while window:
            yield _settle(*window.popleft())
    finally:
        pool.close()


def _settle(
    number: int, task: PageTask | Outcome | None, future: "Future[Outcome] | None"
) -> tuple[int, Outcome | None]:
    if future is None or not isinstance(task, PageTask):
        return number, task if isinstance(task, Outcome) else None
    try:
        return number, future.result()
    except ScraperError as error:
        # One page that cannot be read costs itself alone.
        outcome = Outcome(
            url=task.page.url,
            source=task.source.name,
            state=State.FAILED,
            kind="worker killed",
            reason=f"reading it {error}",
            at=task.page.fetched_at,
        )
        return number, outcome
