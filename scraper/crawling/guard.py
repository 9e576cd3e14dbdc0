"""Addresses and header bytes, checked where the connection is made.

Every address that the resolver delivers passes here, cached ones and literals too, for pages,
feeds, sitemaps, robots.txt and redirects alike. A proxy or another download handler would go around
it: both are off.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Self, cast

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import DownloadFailedError
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.error import ConnectionAborted
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from twisted.python.failure import Failure
from twisted.web._newclient import (
    HEADER,
    STATUS,
    RequestNotSent,
    RequestTransmissionFailed,
    ResponseNeverReceived,
)
from twisted.web.http_headers import InvalidHeaderName
from zope.interface import implementer

from scraper.crawling.addresses import Network, address_allowed, parse_networks
from scraper.crawling.plan import CrawlPlan

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.web._newclient import Request as TxRequest
    from twisted.web.iweb import IResponse

# What a server needs for its headers is some kilobytes; nothing else bounds them.
MAX_HEADER_BYTES = 256 * 1024


class GuardedResolver(CachingHostnameResolver):
    """Scrapy's caching resolver, IPv6 included, which passes on only the addresses allowed."""

    # Class-wide, because Scrapy builds the resolver and leaves no way to ask it later.
    refused_hosts: frozenset[str] = frozenset()

    def __init__(
        self,
        reactor: "ReactorBase",
        cache_size: int,
        networks: Sequence[Network] = (),
        *,
        public: bool = True,
    ) -> None:
        super().__init__(reactor, cache_size)
        self._networks = tuple(networks)
        self._public = public

    @classmethod
    def from_crawler(cls, crawler: "Crawler", reactor: "ReactorBase") -> Self:
        """Build it with the networks that the plan opens; the public one needs a contact."""
        config = CrawlPlan.from_settings(crawler.settings).config
        return cls(
            reactor,
            crawler.settings.getint("DNSCACHE_SIZE"),
            parse_networks(config.allow_networks),
            public=config.contact is not None,
        )

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803 - Twisted's name
        hostName: str,  # noqa: N803 - Twisted's name
        portNumber: int = 0,  # noqa: N803 - Twisted's name
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803 - Twisted's name
        transportSemantics: str = "TCP",  # noqa: N803 - Twisted's name
    ) -> IHostResolution:
        """Resolve a name, and drop each address that is not allowed."""
        receiver = cast(
            "IResolutionReceiver", _FilteringReceiver(resolutionReceiver, hostName, self._allows)
        )
        return super().resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )

    def _allows(self, address: str) -> bool:
        return address_allowed(address, self._networks, public=self._public)


@implementer(IResolutionReceiver)
class _FilteringReceiver:
    def __init__(
        self, receiver: IResolutionReceiver, host: str, allows: Callable[[str], bool]
    ) -> None:
        self._receiver = receiver
        self._host = host
        self._allows = allows
        self._passed = 0
        self._refused = 0

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802 - Twisted's name
        self._receiver.resolutionBegan(resolution)  # type: ignore[call-arg, misc]  # zope's interfaces

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 - Twisted's name
        if isinstance(address, IPv4Address | IPv6Address) and self._allows(address.host):
            self._passed += 1
            self._receiver.addressResolved(address)  # type: ignore[call-arg, misc]  # zope's interfaces
        else:
            self._refused += 1

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        if self._refused and not self._passed:
            GuardedResolver.refused_hosts |= {self._host}
        self._receiver.resolutionComplete()  # type: ignore[misc]  # zope's interfaces


class KeptConnectionLost(DownloadFailedError):
    """A connection that was kept for another request, and that the host had closed meanwhile."""


class HeadersTooLong(Exception):
    """What stands before a response's body passed its limit."""


class _BoundedParser(_LenientHTTPClientParser):
    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: N802 - Twisted's name
        raise HeadersTooLong(f"a header line of {len(line):,} bytes or more")

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 - Twisted's name
        # Browsers pass over a header without a name, too.
        with suppress(InvalidHeaderName):
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]  # Twisted


class BoundedHeaders(_LenientHTTP11ClientProtocol):
    """A connection that ends itself when a response's headers pass MAX_HEADER_BYTES.

    What fails then has a `HeadersTooLong` among its reasons.
    """

    _header_bytes = 0
    _is_kept = False

    def request(self, request: "TxRequest") -> "Deferred[IResponse]":
        """Send a request; what is read until the body of its answer begins counts from here.

        When the connection was kept and is lost, it fails with `KeptConnectionLost`.
        """
        self._header_bytes = 0
        is_kept, self._is_kept = self._is_kept, True
        answer: Deferred[IResponse] = super().request(request)
        if self._parser is not None:
            # Twisted makes its own parser; Scrapy replaces the class in the same way.
            self._parser.__class__ = _BoundedParser
        if is_kept:
            answer.addErrback(_name_lost)
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        """Count what arrives before the body begins; Twisted itself sets no limit."""
        parser = self._parser
        if parser is not None and parser.state in {STATUS, HEADER}:
            self._header_bytes += len(data)
            if self._header_bytes > MAX_HEADER_BYTES and self.transport is not None:
                self.transport.abortConnection()
                error = HeadersTooLong(f"more than {MAX_HEADER_BYTES:,} bytes of headers")
                self._disconnectParser(Failure(error))  # type: ignore[no-untyped-call]  # Twisted
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]  # Twisted has no types here


def _name_lost(failure: "Failure") -> "Failure":
    error = failure.value
    reasons = getattr(error, "reasons", ())
    if not isinstance(error, ResponseNeverReceived | RequestTransmissionFailed | RequestNotSent):
        return failure
    # What we broke off ourselves is not lost.
    if any(
        isinstance(reason.value, CancelledError | ConnectionAborted | HeadersTooLong)
        for reason in reasons
    ):
        return failure
    raise KeptConnectionLost("the host had closed the connection") from error
