import asyncio
import contextlib
import ctypes
import gc
import os
import socket
import subprocess
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from scraper.workers import Limits, WorkerFailed, WorkerPool


def double(number: int) -> int:
    return number * 2


def spin(_: None) -> None:
    while True:
        pass


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def hoard(size: int) -> int:
    return len(bytearray(size))


def tell_process(_: None) -> int:
    return os.getpid()


def crash(_: None) -> None:
    ctypes.string_at(0)


def refuse(text: str) -> None:
    raise ValueError(text)


def connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port))


def look_up(name: str) -> None:
    socket.getaddrinfo(name, 80)


def start_program(name: str) -> None:
    subprocess.run([name], check=True)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    # Wide by the clock: a busy machine gives a worker little of its time.
    limits = Limits(cpu_seconds=0.5, wall_seconds=60.0, memory_bytes=1 << 30)
    with_limits = WorkerPool(1, limits=limits)
    yield with_limits
    with_limits.close()


@pytest.fixture
def impatient() -> Iterator[WorkerPool]:
    with_limits = WorkerPool(1, limits=Limits(wall_seconds=0.5))
    yield with_limits
    with_limits.close()


def cause_of(future: Future[None] | Future[int]) -> str:
    with pytest.raises(WorkerFailed) as caught:
        future.result(timeout=60)
    return caught.value.cause


def test_a_result_comes_back(pool: WorkerPool) -> None:
    assert pool.run(double, 21).result(timeout=30) == 42


def test_cpu_time_is_limited(pool: WorkerPool) -> None:
    assert cause_of(pool.run(spin, None)) == "cpu"


def test_wall_time_is_limited(impatient: WorkerPool) -> None:
    assert cause_of(impatient.run(sleep, 60.0)) == "time"


def test_memory_is_limited(pool: WorkerPool) -> None:
    assert cause_of(pool.run(hoard, 4 << 30)) == "memory"


def test_a_native_crash_costs_its_own_task_alone(pool: WorkerPool) -> None:
    crashed = pool.run(crash, None)
    others = [pool.run(double, number) for number in range(5)]
    assert cause_of(crashed) == "crash"
    assert [future.result(timeout=30) for future in others] == [0, 2, 4, 6, 8]


def test_a_worker_that_found_no_memory_reads_nothing_more(pool: WorkerPool) -> None:
    before = pool.run(tell_process, None).result(timeout=30)
    assert cause_of(pool.run(hoard, 4 << 30)) == "memory"
    assert pool.run(tell_process, None).result(timeout=30) != before


@pytest.mark.parametrize(
    ("function", "payload"), [(connect, 9), (look_up, "example.org"), (start_program, "true")]
)
def test_a_worker_reaches_nothing_outside(
    pool: WorkerPool, function: Callable[[Any], None], payload: object
) -> None:
    with pytest.raises(PermissionError, match="no place in a worker"):
        pool.run(function, payload).result(timeout=30)


def test_a_failure_does_not_keep_what_its_caller_had(pool: WorkerPool) -> None:
    class Page:
        pass

    async def read() -> "weakref.ref[Page]":
        page = Page()
        with contextlib.suppress(WorkerFailed):
            await pool.work(spin, None)
        return weakref.ref(page)

    gc.disable()
    try:
        assert asyncio.run(read())() is None
    finally:
        gc.enable()


def test_an_exception_of_the_function_comes_back_as_it_is(pool: WorkerPool) -> None:
    with pytest.raises(ValueError, match="not this one"):
        pool.run(refuse, "not this one").result(timeout=30)
