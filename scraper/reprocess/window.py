"""Pages through the worker pool, a window of them at a time, and what goes on in batches."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from scraper.ingest import PageTask, clean_reason, ingest_page
from scraper.workers import WorkerFailed, WorkerPool
from storage.records import Outcome, State

if TYPE_CHECKING:
    from concurrent.futures import Future


T = TypeVar("T")

# What is committed together.
BATCH = 200


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
    # One page that cannot be read costs itself alone.
    except Exception as error:  # noqa: BLE001 - an extractor raises what it likes
        killed = isinstance(error, WorkerFailed)
        outcome = Outcome(
            url=task.page.url,
            source=task.source.name,
            state=State.FAILED,
            kind="worker killed" if killed else "error",
            reason=clean_reason(
                f"reading it {error}" if killed else f"{type(error).__name__}: {error}"
            ),
            at=task.page.fetched_at,
        )
        return number, outcome


def in_batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Yield them in lists of `BATCH`, the last one shorter."""
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch
