import pytest
from OpenSSL.SSL import Error as TlsError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet.error import ConnectionLost, NoRouteError
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError
from twisted.web.client import ResponseFailed

from scraper.crawling.guard import GuardedResolver, HeadersTooLong
from scraper.crawling.record import Refused, explain_failure
from scraper.errors import UrlRefused
from scraper.workers import WorkerFailed

URL = "http://example.org/a"


def broken(*causes: Exception) -> DownloadFailedError:
    """Return the error of a connection that broke for these causes."""
    error = DownloadFailedError("it broke")
    error.__cause__ = ResponseFailed([Failure(cause) for cause in causes])
    return error


@pytest.mark.parametrize(
    ("error", "state", "kind"),
    [
        (Refused("robots", "forbidden"), "refused", "robots"),
        (CannotResolveHostError(), "failed", "dns"),
        (DownloadConnectionRefusedError(), "failed", "connect"),
        (DownloadTimeoutError(), "failed", "timeout"),
        (NoRouteError(), "failed", "connect"),
        (ResponseDataLossError(), "failed", "truncated"),
        (DownloadCancelledError(), "refused", "limit"),
        (StopDownload(), "refused", "limit"),
        (UnsupportedURLSchemeError(), "refused", "address"),
        (UrlRefused("no"), "refused", "address"),
        (IgnoreRequest("no"), "refused", "limit"),
        (WorkerFailed("cpu", "needed more"), "failed", "worker killed"),
        (RuntimeError("new"), "failed", "error"),
        (broken(ConnectionLost()), "failed", "connect"),
        (broken(), "failed", "malformed"),
        (broken(HeadersTooLong("many")), "refused", "limit"),
        (broken(ConnectionLost(), TlsError("certificate verify failed")), "failed", "tls"),
        (broken(VerificationError([])), "failed", "tls"),
        (broken(ParseError("no HTTP", b"x")), "failed", "malformed"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_every_error_has_its_kind(error: Exception, state: str, kind: str) -> None:
    assert explain_failure(error, URL)[:2] == (state, kind)


def test_a_name_that_has_only_private_addresses_is_refused() -> None:
    GuardedResolver.refused_hosts |= {"private.example.org"}
    found = explain_failure(CannotResolveHostError(), "http://private.example.org/a")
    assert found[:2] == ("refused", "address")


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "\x1b[2J", "\n", "\u202e"])
def test_a_strangers_words_can_be_stored_and_printed(odd: str) -> None:
    reason = explain_failure(RuntimeError(f"a{odd}b" + "c" * 10_000), URL)[2]
    assert reason.isprintable()
    assert len(reason) <= 300
    reason.encode()
