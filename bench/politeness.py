"""Crawl ten hosts with two crawls and fetches at once, and ask the hosts' own log if that was polite.

    python bench/politeness.py [--hosts 10] [--pages 20] [--busy 3] [--fetches 6] [--beside 1] [--again 1]
        [--seed 1]

Every host has a delay and a robots.txt, most with a Crawl-delay, closed pages among those that its feed
lists, and redirects to closed pages and to other hosts; some ask to be left alone for a while. The hosts note
when each request arrives. Counted are, without any tolerance: closed pages that were asked for; requests
that came sooner after the one before than the longer of delay and Crawl-delay; requests that came before
a Retry-After was over; robots.txt files and pages that were asked for again. Beside that stands what
`wireroom audit` says. One line of JSON is printed; the exit code is 1 when anything is wrong.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from scraper.demo.records import Response
from scraper.demo.server import PortalServer

ROBOTS = "/robots.txt"
VIOLATIONS = ("disallowed", "short_gaps", "retry_after", "robots_again", "pages_again")


@dataclass(slots=True, kw_only=True)
class Host:
    """A host that notes when each request arrives."""

    address: str
    delay: float
    crawl_delay: float
    pages: int
    retry_after: int  # 0 for a host that is never in trouble
    arrivals: list[tuple[float, str]] = field(default_factory=list)
    elsewhere: str = ""
    server: PortalServer | None = None

    @property
    def url(self) -> str:
        """Its address with its port."""
        port = self.server.port if self.server else 0
        return f"http://{self.address}:{port}"

    @property
    def gap(self) -> float:
        """The gap that is promised to it."""
        return max(self.delay, self.crawl_delay)

    def respond(self, path: str) -> Response:
        """Answer, after noting when."""
        self.arrivals.append((time.monotonic(), path))
        if path == ROBOTS:
            asks = f"Crawl-delay: {self.crawl_delay}\n" if self.crawl_delay else ""
            body = f"User-agent: *\n{asks}Disallow: /closed/\n"
            return Response(content_type="text/plain", body=body.encode())
        if path == "/feed":
            return self._feed()
        if path == "/away":
            return Response(status=302, location=self.elsewhere)
        if path == "/trap":
            return Response(status=302, location=f"{self.url}/closed/trap")
        if path == "/busy":
            return Response(status=503, retry_after=self.retry_after)
        # Some answers take longer than others: gaps must not suffer from it.
        time.sleep(0.02 * (len(self.arrivals) % 4))
        return Response(body=b"<html><body><h1>A page</h1><p>It says little.</p></body></html>")

    def _feed(self) -> Response:
        paths = [f"/page/{n}" for n in range(self.pages)]
        paths += [f"/closed/{n}" for n in range(self.pages // 2)]
        paths[2:2] = ["/trap", "/away", *(["/busy"] if self.retry_after else [])]
        items = "".join(f"<item><title>t</title><link>{self.url}{p}</link></item>" for p in paths)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        return Response(content_type="application/rss+xml", body=body.encode())

    def judge(self) -> dict[str, int]:
        """Count what was not polite."""
        counts = dict.fromkeys(VIOLATIONS, 0)
        counts["disallowed"] = sum(path.startswith("/closed/") for _, path in self.arrivals)
        asked = Counter(path for _, path in self.arrivals)
        counts["robots_again"] = max(0, asked[ROBOTS] - 1)
        # The fetches ask for the first page, and redirects lead there.
        counts["pages_again"] = sum(max(0, asked[f"/page/{n}"] - 1) for n in range(1, self.pages))
        for (before, path), (after, _) in pairwise(self.arrivals):
            counts["short_gaps"] += after - before < self.gap
            counts["retry_after"] += path == "/busy" and after - before < self.retry_after
        return counts

    def tightest(self) -> float:
        """Return the shortest gap, in parts of the promised one."""
        gaps = [after - before for (before, _), (after, _) in pairwise(self.arrivals)]
        return min(gaps) / self.gap if gaps else float("inf")


def make_hosts(number: int, *, pages: int, busy: int, chance: random.Random) -> list[Host]:
    """Return hosts that serve already, each with a pace of its own."""
    hosts = []
    for n in range(number):
        host = Host(
            address=f"127.0.0.{n + 2}",
            delay=round(chance.uniform(0.1, 0.4), 2),
            crawl_delay=round(chance.uniform(0.1, 0.8), 2) if n % 4 else 0.0,
            pages=pages,
            retry_after=12 if n < busy else 0,
        )
        host.server = PortalServer(host.address, 0, host.respond, [])
        hosts.append(host)
    for host in hosts:
        host.elsewhere = f"{chance.choice(hosts).url}/page/0"
    return hosts


def configure(folder: Path, hosts: list[Host]) -> None:
    """Write the settings, in which every host is a source."""
    lines = ['allow_networks = ["127.0.0.0/8"]', "workers = 1"]
    for n, host in enumerate(hosts):
        lines += [f"[source.host{n}]", f'title = "Host {n}"', f'home = "{host.url}/"']
        lines += [f'feeds = ["{host.url}/feed"]', f"delay = {host.delay}"]
    (folder / "wireroom.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def command(folder: Path, *words: str) -> list[str]:
    """Return the command on the archive of a folder."""
    return [sys.executable, "-m", "wireroom", "--archive", str(folder / "wireroom.db"), *words]


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end."""
    done = subprocess.run(command(folder, *words), capture_output=True, text=True, check=False)
    if "Traceback" in done.stderr:
        raise RuntimeError(done.stderr)
    return done


def ask_all(
    folder: Path, hosts: list[Host], options: argparse.Namespace, chance: random.Random
) -> None:
    """Crawl, crawl by hand beside it, and fetch pages beside both; then crawl so many times again."""
    half = [f"host{n}" for n in range(0, len(hosts), 2)]
    crawls = [("crawl", "--json"), *[("crawl", "--json", *half)] * options.beside]
    threads = [threading.Thread(target=run, args=(folder, *words)) for words in crawls]

    def fetch() -> None:
        # Without an archive a fetch has nothing to share.
        while not (folder / "wireroom.db").exists():
            time.sleep(0.1)
        for _ in range(options.fetches):
            host = chance.choice(hosts)
            run(folder, "fetch", f"{host.url}{chance.choice(('/page/0', '/closed/0', '/away'))}")

    threads.append(threading.Thread(target=fetch))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for _ in range(options.again):
        run(folder, "crawl", "--json")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=10)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--busy", type=int, default=3)
    parser.add_argument("--fetches", type=int, default=6)
    parser.add_argument("--beside", type=int, default=1)
    parser.add_argument("--again", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    hosts = make_hosts(options.hosts, pages=options.pages, busy=options.busy, chance=chance)
    started = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            configure(folder, hosts)
            ask_all(folder, hosts, options, chance)
            seconds = time.monotonic() - started
            audit = json.loads(run(folder, "audit", "--json").stdout)
    finally:
        for host in hosts:
            if host.server is not None:
                host.server.close()
    judged = [host.judge() for host in hosts]
    violations = {name: sum(counts[name] for counts in judged) for name in judged[0]}
    requests = sum(len(host.arrivals) for host in hosts)
    ok = not any(violations.values()) and not audit["violations"] and audit["requests"] == requests
    report = {
        "hosts": len(hosts),
        "seconds": round(seconds, 1),
        "requests": requests,
        "closed_links": len(hosts) * (options.pages // 2),
        "violations": violations,
        "tightest_gap": round(min(host.tightest() for host in hosts), 3),
        "audit": {
            "requests": audit["requests"],
            "judged": audit["judged"],
            "gaps": audit["gaps"],
            "violations": len(audit["violations"]),
            "least_margin": audit["least_margin"],
        },
        "ok": ok,
    }
    print(json.dumps(report))
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
