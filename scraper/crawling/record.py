"""What Scrapy delivers, responses and failures, as pages and outcomes."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

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
from twisted.internet.error import ConnectError, ConnectionClosed

from scraper.crawling.guard import GuardedResolver, HeadersTooLong
from scraper.errors import UrlRefused
from scraper.ingest import clean_reason
from scraper.urls import canonicalise
from scraper.workers import WorkerFailed
from storage.records import Outcome, Page, State

if TYPE_CHECKING:
    from scrapy.http import Response


TOO_MUCH_AT_ONCE = "large answers are being read already; this one is left to a later crawl"


class Refused(IgnoreRequest):
    """A request that is not sent: state, kind and reason of its outcome, and when to try again."""

    def __init__(
        self,
        kind: str,
        reason: str,
        *,
        state: State = State.REFUSED,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(kind, reason)
        self.state = state
        self.kind = kind
        self.reason = reason
        self.retry_after = retry_after


class LeftWaiting(IgnoreRequest):
    """A request that is not sent and has no outcome: its URL waits on, for another crawl."""


class AnsweredElsewhere(LeftWaiting):
    """A request that need not be sent any more: another process has sent it in the meantime.

    The outcome is that of the other crawl; if that breaks off, the URL waits for the next one.
    """


def to_page(response: "Response", *, url: str) -> Page:
    """Return a response as a page.

    Args:
        response: Scrapy's response, with its encodings undone.
        url: the canonical URL that was asked for.
    """
    try:
        final_url = canonicalise(response.url)
    except UrlRefused:
        final_url = url
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return Page(
        url=url,
        final_url=final_url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=datetime.now(UTC),
    )


def content_type_of(response: "Response") -> str | None:
    """Return the Content-Type header of a response; None when it has none."""
    header = response.headers.get(b"Content-Type")
    return header.decode("latin-1") if header else None


def failure_outcome(
    error: BaseException, *, url: str, source: str, crawl_id: int | None
) -> Outcome:
    """Return the outcome of a request that brought no page.

    Args:
        error: what happened to it.
        url: the canonical URL that was asked for.
        source: the name of the source that asked.
        crawl_id: the crawl it happened in.
    """
    state, kind, reason = explain_failure(error, url)
    return Outcome(
        url=url,
        source=source,
        state=state,
        kind=kind,
        reason=reason,
        at=datetime.now(UTC),
        retry_after=error.retry_after if isinstance(error, Refused) else None,
        crawl_id=crawl_id,
    )


_Explanation = tuple[type[BaseException], State, str, str]

# An error's type -> state, kind and reason of the outcome; the first that fits.
_EXPLAINED: tuple[_Explanation, ...] = (
    (DownloadConnectionRefusedError, State.FAILED, "connect", "{host} refuses the connection"),
    (DownloadTimeoutError, State.FAILED, "timeout", "no complete answer in time"),
    (ConnectError, State.FAILED, "connect", "no connection: {error}"),
    (ResponseDataLossError, State.FAILED, "truncated", "it ended before its announced length"),
    (DownloadCancelledError, State.REFUSED, "limit", "the answer is larger than we read"),
    (StopDownload, State.REFUSED, "limit", TOO_MUCH_AT_ONCE),
    (UnsupportedURLSchemeError, State.REFUSED, "address", "only http and https are requested"),
    (UrlRefused, State.REFUSED, "address", "{error}"),
    (IgnoreRequest, State.REFUSED, "limit", "{error}"),
    (WorkerFailed, State.FAILED, "worker killed", "reading it {error}"),
    (BaseException, State.FAILED, "error", "{type}: {error}"),
)

# A cause that a broken connection gives -> state, kind and reason; what is none of them is no HTTP.
_BROKEN: tuple[_Explanation, ...] = (
    (HeadersTooLong, State.REFUSED, "limit", "it sends {error}"),
    (TlsError, State.FAILED, "tls", "no trusted connection: {error}"),
    (VerificationError, State.FAILED, "tls", "the certificate is not one of {host}"),
    (ConnectionClosed, State.FAILED, "connect", "the connection broke: {error}"),
    (BaseException, State.FAILED, "malformed", "the answer is no HTTP: {error}"),
)


def explain_failure(error: BaseException, url: str) -> tuple[State, str, str]:
    """Return the state, the kind and the reason that an error amounts to."""
    host = urlsplit(url).hostname or url
    if isinstance(error, Refused):
        state, kind, reason = error.state, error.kind, error.reason
    elif isinstance(error, CannotResolveHostError):
        state, kind, reason = _explain_unresolved(host)
    else:
        table: tuple[_Explanation, ...] = _EXPLAINED
        if isinstance(error, DownloadFailedError):
            error, table = _cause_of(error), _BROKEN
        _, state, kind, reason = next(row for row in table if isinstance(error, row[0]))
        reason = reason.format(host=host, error=error, type=type(error).__name__)
    return state, kind, clean_reason(reason)


def _explain_unresolved(host: str) -> tuple[State, str, str]:
    if host in GuardedResolver.refused_hosts:
        return State.REFUSED, "address", f"{host} is no public address; --allow-network opens more"
    return State.FAILED, "dns", f"{host} has no address"


def _cause_of(error: BaseException) -> BaseException:
    """Return why a connection broke, of all that Twisted says about it."""
    failures = getattr(error.__cause__, "reasons", ())
    causes = [failure.value for failure in failures if failure.value is not None]
    return next((cause for cause in causes if not isinstance(cause, ConnectionClosed)), None) or (
        causes[0] if causes else error
    )
