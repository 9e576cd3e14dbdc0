"""Serves the portals of the demo world: a thread and a loopback host each, one port for all."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from scraper.demo.records import Response

Respond = Callable[[str], Response | None]


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """A request that the demo world answered."""

    host: str
    path: str
    status: int
    user_agent: str
    size: int
    """Bytes of the body that was sent."""


class _QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing when a client goes away: a crawl may be killed."""


class PortalServer:
    """One portal's HTTP server.

    Args:
        host: a loopback address.
        port: the port; 0 means any free one.
        respond: answers for a path; None becomes 404.
        log: where requests are noted.
        validators: whether answers have an ETag, and one that a client has already is not sent again.
    """

    def __init__(
        self,
        host: str,
        port: int,
        respond: Respond,
        log: list[LoggedRequest],
        *,
        validators: bool = False,
    ) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # An idle connection ends by itself.
            timeout = 5

            def do_GET(self) -> None:
                answer = respond(self.path) or Response(status=404, body=b"<h1>404 Not Found</h1>")
                etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
                known = validators and self.headers.get("If-None-Match") == etag
                if known:
                    answer = Response(status=304, content_type=answer.content_type)
                agent = self.headers.get("User-Agent", "")
                log.append(LoggedRequest(host, self.path, answer.status, agent, len(answer.body)))
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.content_type)
                if validators:
                    self.send_header("ETag", etag)
                if not known:
                    self.send_header("Content-Length", str(answer.announced or len(answer.body)))
                if answer.location is not None:
                    self.send_header("Location", answer.location)
                if answer.retry_after is not None:
                    self.send_header("Retry-After", str(answer.retry_after))
                if answer.announced is not None:
                    self.send_header("Connection", "close")
                    self.close_connection = True
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                """Stay silent: the requests stand in the log."""

        self._server = _QuietServer((host, port), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )
        self._thread.start()
        self.port: int = self._server.server_address[1]

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
