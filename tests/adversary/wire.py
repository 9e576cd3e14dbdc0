"""The server of the hostile portal: a thread a connection, and whatever bytes a trick wants to send."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

DOMAIN = "adversary.test"

PIECE = b"x" * 65536


class Wire:
    """One request, and the connection to answer it on."""

    def __init__(self, connection: socket.socket, path: str, ended: threading.Event) -> None:
        self.path = path
        self._connection = connection
        self._ended = ended

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)

    def respond(
        self, body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html"
    ) -> None:
        lines = [f"Content-Type: {kind}", *headers, f"Content-Length: {len(body)}"]
        self.send(head(*lines, status=status) + body)

    def redirect(self, target: str) -> None:
        self.respond(b"", f"Location: {target}", status="302 Found")

    def drip(self, piece: bytes) -> None:
        """Send a few bytes now and then, for as long as anybody listens."""
        while not self._ended.wait(0.1):
            self.send(piece)

    def wait(self) -> None:
        """Say nothing until the other side goes away."""
        while not self._ended.is_set():
            with contextlib.suppress(TimeoutError):
                self._connection.settimeout(0.2)
                if not self._connection.recv(1024):
                    return

    def reset(self) -> None:
        """Break the connection off."""
        self._connection.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00"
        )


def head(*headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1")


Answer = Callable[[Wire], None]


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    host: str
    path: str
    headers: tuple[str, ...]


@dataclass
class Server:
    """Answers for every host name below `DOMAIN` on one loopback address."""

    address: str
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    """First label of the host, path -> answer; an empty path answers for all that have none."""
    context: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ended = threading.Event()
        self._listener = socket.create_server((self.address, 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, name: str, path: str) -> str:
        return f"http://{name}.{DOMAIN}:{self.port}{path}"

    def close(self) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        # Whoever is attacked goes away in the middle.
        with contextlib.suppress(OSError), connection:
            connection.settimeout(60)
            stream = connection
            if self.context is not None:
                stream = self.context.wrap_socket(connection, server_side=True)
            for line, headers in _requests(stream):
                path = line.split(" ")[1]
                host = next((h[6:] for h in headers if h.lower().startswith("host: ")), "")
                self.asked.append(Asked(host, path, headers))
                name = host.partition(".")[0]
                answer = self.answers.get((name, path)) or self.answers.get((name, ""))
                wire = Wire(stream, path, self._ended)
                if answer is None or (path == "/robots.txt" and (name, path) not in self.answers):
                    wire.respond(b"nothing here", status="404 Not Found")
                else:
                    answer(wire)
                return


def _requests(stream: socket.socket) -> Iterator[tuple[str, tuple[str, ...]]]:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = stream.recv(65536)
        if not piece:
            return
        received += piece
    line, *headers = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    yield line, tuple(headers)
