"""Worker processes that can be killed: everything that parses what a stranger wrote runs in one.

Python's own pool breaks as a whole when one worker dies; Pebble's loses only the task that killed
it. Workers are forked from a server process that has the parsers loaded and warm (`scraper.warm`),
so a killed or recycled worker is replaced in milliseconds.
"""

import asyncio
import contextlib
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLong
from copy import copy
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from scraper import fork_server
from scraper.errors import ScraperError

P = TypeVar("P")
R = TypeVar("R")

Cause = Literal["cpu", "memory", "time", "crash"]

# lxml and the extractors keep caches that only grow.
TASKS_A_WORKER = 500

# The pool's threads look so often whether there is something to do: a worker that ended is missed, and the
# end of the pool waited for, as long at most.
CONSTS.sleep_unit = 0.05

# With this code a worker ends that found no memory: what it would do next would find none either.
OUT_OF_MEMORY = 75

# What no parser has to do: connecting, looking names up, starting programs. libxml2 is built without it.
_FORBIDDEN = frozenset(
    (
        "socket.connect",
        "socket.sendto",
        "socket.sendmsg",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
    )
)


class WorkerFailed(ScraperError):
    """A task that did not come back: it passed a limit, or its worker died."""

    def __init__(self, cause: Cause, message: str) -> None:
        super().__init__(cause, message)
        self.cause: Cause = cause
        self.message = message

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one task may use."""

    cpu_seconds: float = 10.0
    """CPU time; a task that passes it is killed."""
    wall_seconds: float = 60.0
    """Wall time; wider than the CPU time, or a busy machine would decide what becomes of a page."""
    memory_bytes: int = 1 << 30
    """Address space of a worker."""


def limits_of(cpu_seconds: float) -> Limits:
    """Return the limits that go with so much CPU time: six times as long by the clock, a minute at least."""
    return Limits(cpu_seconds=cpu_seconds, wall_seconds=max(60.0, 6 * cpu_seconds))


class WorkerPool:
    """A pool of killable worker processes.

    Args:
        workers: how many; 0 means one a core.
        limits: what one task may use.
    """

    def __init__(self, workers: int = 0, *, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self.workers = workers or len(os.sched_getaffinity(0))
        self._pool = ProcessPool(
            max_workers=self.workers,
            max_tasks=TASKS_A_WORKER,
            initializer=_confine,
            initargs=(self._limits.memory_bytes,),
            context=fork_server.start(),
        )
        self._starter = threading.Thread(target=self._start, name="worker-starter", daemon=True)

    def warm_up(self) -> None:
        """Start the workers, unless they are, in the background: they are ready when the first page is.

        The fork server answers only when it has loaded the parsers: a second in which nothing else of the
        process should wait.
        """
        if self._starter.ident is None:
            self._starter.start()

    def _start(self) -> None:
        # What fails here fails again, and is told of, where the first page is read.
        with contextlib.suppress(Exception):
            # A worker that is stopped before it is up would complain.
            self._pool.schedule(_do_nothing).result(self._limits.wall_seconds)

    def run(self, function: Callable[[P], R], payload: P) -> Future[R]:
        """Run `function(payload)` in a worker.

        Args:
            function: a module-level function.
            payload: its one argument; it must pickle, and so must the result.

        Returns:
            A future. It raises `WorkerFailed` when the task passed a limit or its worker died, and
            whatever `function` raised.
        """
        # A Ctrl-C that broke off the start itself would leave half a worker behind.
        self.warm_up()
        self._starter.join()
        task: Future[R] = self._pool.schedule(
            _run_limited,
            args=(function, payload, self._limits.cpu_seconds),
            timeout=self._limits.wall_seconds,
        )
        result: Future[R] = Future()
        task.add_done_callback(lambda done: _pass_on(done, result, self._limits))
        return result

    async def work(self, function: Callable[[P], R], payload: P) -> R:
        """Run `function(payload)` in a worker, as `run` does, and wait for it.

        Returns:
            What the function returned.

        Raises:
            WorkerFailed: when the task passed a limit or its worker died.
            Exception: whatever the function raised.
        """
        self.warm_up()
        if self._starter.is_alive():
            await asyncio.to_thread(self._starter.join)
        try:
            return await asyncio.wrap_future(self.run(function, payload))
        except Exception as error:  # noqa: BLE001 - all of them are raised again
            # Futures hold it in a cycle, and its traceback would hold what the callers had: a large page.
            failure = copy(error.with_traceback(None))
        try:
            raise failure
        finally:
            # And this one would hold itself, by the frame that it leaves.
            del failure

    def close(self) -> None:
        """End the workers; tasks that wait are dropped."""
        if self._starter.is_alive():
            self._starter.join()
        self._pool.stop()  # type: ignore[no-untyped-call]  # Pebble types only a part
        self._pool.join()


def _confine(memory_bytes: int) -> None:
    # The parent decides when to stop: a Ctrl-C in the terminal reaches the whole group.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_forbid)


def _forbid(event: str, _: object) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} has no place in a worker")


def _do_nothing() -> None:
    return None


def _run_limited(function: Callable[[P], R], payload: P, cpu_seconds: float) -> R:
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        return function(payload)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _pass_on(task: "Future[R]", result: "Future[R]", limits: Limits) -> None:
    if task.cancelled():
        result.cancel()
        return
    error: BaseException | None = task.exception()
    if error is None:
        result.set_result(task.result())
        return
    result.set_exception(_explain(error, limits))


def _explain(error: BaseException, limits: Limits) -> BaseException:
    match error:
        case WaitedTooLong():
            return WorkerFailed("time", f"took longer than {limits.wall_seconds:g} s")
        case ProcessExpired():
            code: Any = error.exitcode
            if code == OUT_OF_MEMORY:
                megabytes = limits.memory_bytes >> 20
                return WorkerFailed("memory", f"needed more than {megabytes} MB of memory")
            if code == -signal.SIGPROF:
                return WorkerFailed("cpu", f"needed more than {limits.cpu_seconds:g} s of CPU time")
            return WorkerFailed("crash", f"the worker process died (exit code {code})")
        case _:
            return error
