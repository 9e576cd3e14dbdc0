"""What Scrapy delivers, responses and failures, as pages and outcomes."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from scraper.crawling.guard import GuardedResolver
from scraper.errors import UrlRefused
from scraper.urls import canonicalise
from scraper.workers import WorkerFailed
from storage.records import Outcome, Page, State

if TYPE_CHECKING:
    from scrapy.http import Response


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


class AnsweredElsewhere(IgnoreRequest):
    """A request that need not be sent any more: another process has sent it in the meantime."""


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


# An error's type -> state, kind and reason of the outcome; the first that fits.
_EXPLAINED: tuple[tuple[type[Exception], State, str, str], ...] = (
    (DownloadConnectionRefusedError, State.FAILED, "connect", "{host} refuses the connection"),
    (DownloadTimeoutError, State.FAILED, "timeout", "no complete answer in time"),
    (ResponseDataLossError, State.FAILED, "truncated", "it ended before its announced length"),
    (DownloadCancelledError, State.REFUSED, "limit", "the answer is larger than we read"),
    (UnsupportedURLSchemeError, State.REFUSED, "address", "only http and https are requested"),
    (UrlRefused, State.REFUSED, "address", "{error}"),
    (IgnoreRequest, State.REFUSED, "limit", "{error}"),
    (WorkerFailed, State.FAILED, "worker killed", "reading it {error}"),
    (Exception, State.FAILED, "error", "{type}: {error}"),
)


def explain_failure(error: BaseException, url: str) -> tuple[State, str, str]:
    """Return the state, the kind and the reason that an error amounts to."""
    host = urlsplit(url).hostname or url
    if isinstance(error, Refused):
        return error.state, error.kind, error.reason
    if isinstance(error, CannotResolveHostError):
        return _explain_unresolved(host)
    if isinstance(error, DownloadFailedError):
        return State.FAILED, *_explain_broken_connection(error)
    state, kind, reason = next(
        (state, kind, reason)
        for known, state, kind, reason in _EXPLAINED
        if isinstance(error, known)
    )
    return state, kind, reason.format(host=host, error=error, type=type(error).__name__)


def _explain_unresolved(host: str) -> tuple[State, str, str]:
    if host in GuardedResolver.refused_hosts:
        return State.REFUSED, "address", f"{host} is no public address; --allow-network opens more"
    return State.FAILED, "dns", f"{host} has no address"


def _explain_broken_connection(error: BaseException) -> tuple[str, str]:
    text = str(error)
    if "SSL" in text or "certificate" in text.lower():
        return "tls", f"no trusted connection: {text}"
    return "connect", f"the connection broke: {text}"
