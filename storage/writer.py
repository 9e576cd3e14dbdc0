"""The thread that writes: what a crawl records is committed in groups, off the event loop."""

import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.archive import Archive
from storage.errors import ArchiveError

T = TypeVar("T")

Step = Callable[[sqlite3.Connection], Any]


# So long a patient step waits for others at most.
PATIENCE = 0.2


@dataclass(frozen=True, slots=True)
class _Submitted:
    step: Step
    future: "Future[Any]"
    patient: bool


class Writer:
    """Runs steps, and commits them in groups.

    A group is what is queued when the thread comes round: a lone step is committed at once, and under load
    the steps that arrive during a commit make up the next group. Steps run in the order of their submission,
    but for patient ones, which wait for each other, PATIENCE seconds at most, and are overtaken by the
    others: an article in a transaction of its own costs twice as much as one among ten, because the full-text
    index is written out with each.

    Args:
        archive: where to.
        group: the most steps of either kind in one transaction.
    """

    def __init__(self, archive: Archive, *, group: int = 50) -> None:
        self._archive = archive
        self._group = group
        self._queue: queue.SimpleQueue[_Submitted | None] = queue.SimpleQueue()
        self._waiting: list[_Submitted] = []
        self._wait_until = 0.0
        self._thread = threading.Thread(target=self._work, name="archive-writer", daemon=True)
        self._thread.start()
        self._closed = False

    def submit(
        self, step: Callable[[sqlite3.Connection], T], *, patient: bool = False
    ) -> "Future[T]":
        """Queue a step.

        Args:
            step: what to do, on the writing connection inside a transaction.
            patient: whether it may wait for others, and be overtaken.

        Returns:
            A future that has the step's result once its group is committed. It raises what the step
            raised, which then changed nothing and cost the others of its group nothing, or an
            ArchiveError when the group could not be committed. A step that is cancelled before its
            group begins is not done.

        Raises:
            ArchiveError: when the writer was closed.
        """
        if self._closed:
            raise ArchiveError(f"{self._archive.path}: written to after it was closed")
        future: Future[T] = Future()
        self._queue.put(_Submitted(step, future, patient))
        return future

    def close(self) -> None:
        """Commit what is queued, and end the thread."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _work(self) -> None:
        going = True
        while going:
            taken, going = self._take()
            # What was cancelled while it was queued is not done; from here on nothing can be cancelled.
            group = [one for one in taken if one.future.set_running_or_notify_cancel()]
            if group:
                self._commit(group)

    def _take(self) -> tuple[list[_Submitted], bool]:
        """Return the next group, and whether another may come after it."""
        hurried: list[_Submitted] = []
        while max(len(hurried), len(self._waiting)) < self._group:
            try:
                submitted = self._queue.get(timeout=self._time_to_wait(hurried))
            except queue.Empty:
                break
            if submitted is None:
                return [*self._waiting, *hurried], False
            if not submitted.patient:
                hurried.append(submitted)
                continue
            if not self._waiting:
                self._wait_until = time.monotonic() + PATIENCE
            self._waiting.append(submitted)
        if len(self._waiting) < self._group and time.monotonic() < self._wait_until:
            return hurried, True
        waiting, self._waiting = self._waiting, []
        return [*waiting, *hurried], True

    def _time_to_wait(self, hurried: list[_Submitted]) -> float | None:
        if hurried:
            return 0.0
        return max(0.0, self._wait_until - time.monotonic()) if self._waiting else None

    def _commit(self, group: list[_Submitted]) -> None:
        results: list[tuple[Any, Exception | None]] = []
        try:
            with self._archive.write() as db:
                results.extend(_run(db, submitted.step) for submitted in group)
        except Exception as error:  # noqa: BLE001 - whatever it was, nobody may think it was stored
            for submitted in group:
                submitted.future.set_exception(error)
            return
        for submitted, (result, failure) in zip(group, results, strict=True):
            if failure is not None:
                submitted.future.set_exception(failure)
            else:
                submitted.future.set_result(result)


def _run(db: sqlite3.Connection, step: Step) -> tuple[Any, Exception | None]:
    db.execute("SAVEPOINT step")
    try:
        result = step(db)
    except Exception as error:
        # A full disk has rolled everything back: then the whole group has failed.
        if not db.in_transaction:
            raise
        db.execute("ROLLBACK TO step")
        db.execute("RELEASE step")
        if isinstance(error, sqlite3.OperationalError | OSError):
            raise
        return None, error
    db.execute("RELEASE step")
    return result, None
