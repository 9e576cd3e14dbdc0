import pytest
from twisted.internet.testing import StringTransport
from twisted.web._newclient import Request, ResponseFailed
from twisted.web.http_headers import Headers

from scraper.crawling.guard import MAX_HEADER_BYTES, BoundedHeaders, HeadersTooLong


class Connection:
    """A connection whose other side is the test."""

    def __init__(self) -> None:
        self.transport = StringTransport()
        self.protocol = BoundedHeaders(lambda _: None)
        self.protocol.makeConnection(self.transport)

    def ask(self, *pieces: bytes) -> object:
        """Send a request, receive what it is answered, and return the response or the failure."""
        request = Request(b"GET", b"/", Headers({b"Host": [b"example.org"]}), None, persistent=True)
        found: list[object] = []
        self.protocol.request(request).addBoth(found.append)
        for piece in pieces:
            self.protocol.dataReceived(piece)
        return found[0] if found else None


def causes_of(failure: object) -> list[type[BaseException]]:
    error = getattr(failure, "value", None)
    assert isinstance(error, ResponseFailed)
    return [reason.type for reason in error.reasons]


def test_headers_within_the_limit_are_read() -> None:
    lines = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(100))
    answer = Connection().ask(b"HTTP/1.1 200 OK\r\n", lines, b"Content-Length: 0\r\n\r\n")
    assert getattr(answer, "code", None) == 200


@pytest.mark.parametrize(
    "piece",
    [
        b"X-A: " + b"y" * 1000 + b"\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" * 40,
        b"y" * 60_000,
    ],
    ids=["many", "continue", "one line"],
)
def test_a_flood_of_headers_ends_the_connection(piece: bytes) -> None:
    connection = Connection()
    begin = b"" if piece.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\nX-B: "
    pieces = [piece] * (MAX_HEADER_BYTES // len(piece) + 1)
    assert HeadersTooLong in causes_of(connection.ask(begin, *pieces))
    assert connection.transport.disconnecting or connection.transport.disconnected


def test_many_small_answers_on_one_connection_are_no_flood() -> None:
    connection = Connection()
    body = b"a" * 10_000
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n" + body
    for _ in range(2 * MAX_HEADER_BYTES // len(answer)):
        response = connection.ask(answer)
        assert getattr(response, "code", None) == 200


@pytest.mark.parametrize("line", [b": value\r\n", b"no colon\r\n", b"\x00: a\r\n", b"a b: c\r\n"])
def test_a_header_that_is_none_costs_itself_alone(line: bytes) -> None:
    answer = Connection().ask(b"HTTP/1.1 200 OK\r\n", line, b"Content-Length: 0\r\n\r\n")
    assert getattr(answer, "code", None) == 200
