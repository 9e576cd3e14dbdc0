"""The crawl of the hostile portal, in a process whose resolver and connector are the test's own.

    python crawling.py ADDRESS NAMES REPORT wireroom-arguments ...

Every address that a connection is made to is noted. All but that of the server are led to a closed port of
loopback instead: a guard that fails sends nothing out. REPORT is written as JSON at the end.
"""

import json
import os
import resource
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scrapy.utils.reactor import install_reactor

install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")

from scrapy.resolver import HostResolution  # noqa: E402
from twisted.internet import reactor  # noqa: E402
from twisted.internet.address import IPv4Address, IPv6Address  # noqa: E402

OWN, NAMES, REPORT, *WORDS = sys.argv[1:]

connected: list[str] = []
on_the_wire: set[str] = set()
looked_up: set[str] = set()


class ScriptedResolver:
    """Answers as the file says: for each name the answers in their order, the last one for ever."""

    def __init__(self, answers: dict[str, list[list[str] | None]]) -> None:
        self._answers = answers

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        receiver: Any,
        name: str,
        port: int = 0,
        *_: object,
    ) -> HostResolution:
        resolution = HostResolution(name)
        receiver.resolutionBegan(resolution)
        answers = self._answers.get(name) or [_addresses(name)]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        if addresses is None:
            # The answer never comes.
            return resolution
        for address in addresses:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return resolution


def _addresses(name: str) -> Sequence[str]:
    # What the resolver of the system takes for an address: decimal, hexadecimal and short forms as well.
    try:
        found = socket.getaddrinfo(name, 80, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except OSError:
        return ["127.0.0.1"] if name.startswith("localhost") else [OWN]
    return [str(info[4][0]) for info in found]


def _watch(event: str, details: tuple[Any, ...]) -> None:
    if event == "socket.connect" and details[0].family in {socket.AF_INET, socket.AF_INET6}:
        on_the_wire.add(str(details[1][0]))
    elif event == "socket.gethostbyname":
        looked_up.add(str(details[0]))


def _lead(connect: Any, closed: int) -> Any:
    def lead(host: str, port: int, *rest: Any, **named: Any) -> Any:
        connected.append(host)
        if host == OWN:
            return connect(host, port, *rest, **named)
        return connect("127.0.0.1", closed, *rest, **named)

    return lead


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
    names = json.loads(Path(NAMES).read_text(encoding="utf-8"))
    reactor.installNameResolver(ScriptedResolver(names))  # type: ignore[attr-defined]
    reactor.connectTCP = _lead(reactor.connectTCP, closed)  # type: ignore[attr-defined]
    sys.addaudithook(_watch)
    # After the reactor is ours.
    from scraper.cli import main as wireroom  # noqa: PLC0415
    from scraper.crawling.guard import GuardedResolver  # noqa: PLC0415

    if os.environ.get("ADVERSARY_UNGUARDED"):
        GuardedResolver._allows = lambda *_: True  # type: ignore[method-assign]

    sys.argv = ["wireroom", *WORDS]
    try:
        wireroom()
    finally:
        used = resource.getrusage(resource.RUSAGE_SELF)
        # The peak of this process alone: what getrusage says begins with that of its parent.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        Path(REPORT).write_text(
            json.dumps(
                {
                    "connected": sorted(set(connected)),
                    "on_the_wire": sorted(on_the_wire),
                    "looked_up": sorted(looked_up),
                    "peak_mb": round(int(peak.split()[1]) / 1024),
                    "cpu": used.ru_utime + used.ru_stime,
                }
            ),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
