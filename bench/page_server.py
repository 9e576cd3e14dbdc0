"""Serves pages that stand ready in memory, on loopback hosts, from a process of its own.

What a bench counts is then what the crawl costs, and as little as possible of the server.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Self

Answers = Mapping[str, tuple[str, bytes]]
"""The Content-Type and the body, by path and query."""


class PageServer:
    """A server process for some hosts; as a context manager it is started and ended.

    Args:
        answers: what each host answers; all else is 404.
        port: the port, the same for all hosts.
    """

    def __init__(self, answers: Mapping[str, Answers], port: int) -> None:
        self._answers = answers
        self._port = port
        # Forked: the bodies need not be copied.
        self._context = multiprocessing.get_context("fork")
        self._pid = 0

    def __enter__(self) -> Self:
        ready = self._context.Event()
        process = self._context.Process(target=self._serve, args=(ready.set,), daemon=True)
        process.start()
        ready.wait()
        self._pid = process.pid or 0
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def _serve(self, tell: Callable[[], None]) -> None:
        asyncio.run(self._listen(tell))

    async def _listen(self, tell: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()
        packed = {
            host: {path: pack(*answer) for path, answer in answers.items()}
            for host, answers in self._answers.items()
        }
        for host, answers in packed.items():
            await loop.create_server(partial(_Connection, answers), host, self._port)
        tell()
        await asyncio.Event().wait()


class _Connection(asyncio.Protocol):
    def __init__(self, answers: Mapping[str, bytes]) -> None:
        self._answers = answers
        self._asked = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._asked += data
        while b"\r\n\r\n" in self._asked:
            head, _, self._asked = self._asked.partition(b"\r\n\r\n")
            target = head.split(b" ", 2)[1].decode("latin-1")
            self._transport.write(self._answers.get(target, _MISSING))  # type: ignore[attr-defined]


def pack(content_type: str, body: bytes, status: HTTPStatus = HTTPStatus.OK) -> bytes:
    """Return a whole answer."""
    head = (
        f"HTTP/1.1 {status} {status.phrase}\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("latin-1") + body


_MISSING = pack("text/html", b"<h1>404 Not Found</h1>", HTTPStatus.NOT_FOUND)
