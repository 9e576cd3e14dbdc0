"""Let the scheduler look after many sources, and measure what a poll costs and how late it is.

    python bench/scheduler.py [--sources 200] [--minutes 10] [--shortest 60] [--longest 180] [--seed 1]

Each source is a portal of the demo world on a loopback host of its own, which sends validators and publishes
an article every few minutes. Each has an interval of its own, between the shortest and the longest. They
are crawled once before the clock starts. Printed are: polls, CPU a poll (the scheduler, its crawls and their
workers), the scheduler's memory and its slope, the largest process, open files, and how much later than its
interval a source was crawled again.
"""

import argparse
import ctypes
import gzip
import os
import random
import resource
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from scraper.demo import World
from scraper.demo.records import DemoArticle, Response
from scraper.demo.server import LoggedRequest, PortalServer, Respond

PR_SET_CHILD_SUBREAPER = 36

# What a source has when it is crawled first, and how often it publishes one more.
FIRST_ARTICLES = 3
PUBLISHES_EVERY = 180.0

SAMPLE_SECONDS = 5.0


class Replica:
    """A portal of the demo world on a host of its own, which publishes as time goes by."""

    def __init__(self, world: World, portal: str, host: str, port: int, phase: float) -> None:
        self._world = world
        self._portal = portal
        self._articles = [article for article in world.articles if article.portal == portal]
        (self._home,) = (p.host for p in world.portals if p.name == portal)
        self._host = host
        self._phase = phase
        self.begin = time.monotonic() + 1e9
        self._log: list[LoggedRequest] = []
        self.server = PortalServer(host, port, self.respond, self._log, validators=True)

    def respond(self, target: str) -> Response | None:
        """Answer as the portal would with what it has published by now."""
        passed = max(0.0, time.monotonic() - self.begin + self._phase)
        number = FIRST_ARTICLES + int(passed / PUBLISHES_EVERY)
        answer = self._responder(self._articles[:number])(target)
        return answer and self._moved(answer)

    def _responder(self, articles: Sequence[DemoArticle]) -> Respond:
        return self._world.responder(self._portal, articles)

    def _moved(self, answer: Response) -> Response:
        """Return an answer in which the portal's own addresses are those of this host."""
        here, there = self._home.encode() + b":", self._host.encode() + b":"
        packed = answer.body.startswith(b"\x1f\x8b")
        body = gzip.decompress(answer.body) if packed else answer.body
        body = body.replace(here, there)
        return Response(
            status=answer.status,
            content_type=answer.content_type,
            body=gzip.compress(body, mtime=0) if packed else body,
            location=answer.location,
        )


@dataclass(frozen=True, slots=True)
class Sample:
    """The scheduler's process at a moment."""

    at: float
    memory: float
    files: int


def sample(pid: int) -> Sample:
    """Return the memory in MB and the open files of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    kilobytes = int(status.partition("VmRSS:")[2].split()[0])
    return Sample(time.monotonic(), kilobytes / 1024, len(os.listdir(f"/proc/{pid}/fd")))  # noqa: PTH208 - only counted


def cpu_of_children() -> float:
    """Return the CPU seconds of all descendants that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def reap() -> None:
    """Let go of workers whose crawl has ended before them; their CPU time counts as ours then."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def watch(scheduler: "subprocess.Popen[bytes]", seconds: float) -> list[Sample]:
    """Sample the scheduler's process for some time."""
    samples = []
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        samples.append(sample(scheduler.pid))
        time.sleep(SAMPLE_SECONDS)
    return samples


def slope_of(samples: list[Sample]) -> float:
    """Return the slope of the memory in MB a minute, over the second half."""
    half = samples[len(samples) // 2 :]
    fit = statistics.linear_regression([s.at / 60 for s in half], [s.memory for s in half])
    return fit.slope


def delays(
    archive: Path, intervals: Mapping[str, float], first: int
) -> tuple[int, list[float], list[int]]:
    """Return the polls, by how much each came later than its interval, and the sources of each crawl.

    Args:
        archive: the archive's file.
        intervals: those of the sources, in seconds.
        first: the crawl before the clock started.
    """
    db = sqlite3.connect(archive)
    rows = db.execute(
        "SELECT s.source, c.id, c.started_at FROM crawl_source s JOIN crawl c ON c.id = s.crawl_id"
        " WHERE s.listed > 0 AND c.id > ? ORDER BY c.id",
        (first,),
    ).fetchall()
    db.close()
    starts: dict[str, list[datetime]] = defaultdict(list)
    crawls: dict[int, int] = defaultdict(int)
    for source, crawl, started in rows:
        starts[source].append(datetime.fromisoformat(started))
        crawls[crawl] += 1
    late = [
        (after - before).total_seconds() - intervals[source]
        for source, moments in starts.items()
        for before, after in pairwise(moments)
    ]
    return len(rows), late, list(crawls.values())


def count(archive: Path, what: str) -> int:
    """Return one number of the archive."""
    db = sqlite3.connect(archive)
    (number,) = db.execute(what).fetchone()
    db.close()
    return int(number or 0)


def make_world(options: argparse.Namespace) -> tuple[list[Replica], dict[str, float], str]:
    """Serve the sources; return them, their intervals in seconds, and the settings that name them."""
    chance = random.Random(options.seed)
    world = World(port=0)
    portals = [portal.name for portal in world.portals]
    replicas: list[Replica] = []
    intervals: dict[str, float] = {}
    tables = ['allow_networks = ["127.0.0.0/8"]']
    for number in range(options.sources):
        name, portal = f"source_{number}", portals[number % len(portals)]
        host = f"127.1.{number // 250}.{number % 250 + 1}"
        phase = chance.uniform(0, PUBLISHES_EVERY)
        replicas.append(Replica(world, portal, host, world.port, phase))
        world.port = replicas[0].server.port
        seconds = intervals[name] = chance.randint(options.shortest, options.longest)
        tables += [
            world.source_toml(portal, name=name, home=f"http://{host}:{world.port}/"),
            *(f'{key} = "{seconds}s"' for key in ("interval", "max_interval")),
            # With room to go along with others; none of them publishes as often as that.
            f'min_interval = "{max(60, int(0.9 * seconds))}s"',
        ]
    return replicas, intervals, "\n".join(tables)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--shortest", type=int, default=60, metavar="SECONDS")
    parser.add_argument("--longest", type=int, default=180, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    replicas, intervals, settings = make_world(options)
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch) / "wireroom.db"
        (Path(scratch) / "wireroom.toml").write_text(settings, encoding="utf-8")
        wireroom = [sys.executable, "-m", "wireroom", "--archive", str(archive)]
        subprocess.run([*wireroom, "crawl", "--json"], stdout=subprocess.DEVNULL, check=True)
        reap()
        first = count(archive, "SELECT max(id) FROM crawl")
        known = count(archive, "SELECT count(*) FROM outcome")
        before = cpu_of_children()
        for replica in replicas:
            replica.begin = time.monotonic()
        scheduler = subprocess.Popen([*wireroom, "run", "--heartbeat", f"{scratch}/alive"])
        samples = watch(scheduler, options.minutes * 60)
        scheduler.send_signal(signal.SIGTERM)
        scheduler.wait()
        # The crawl's last workers end after it.
        time.sleep(2)
        reap()
        cpu = cpu_of_children() - before
        polls, late, crawls = delays(archive, intervals, first)
        met = count(archive, "SELECT count(*) FROM outcome") - known
        waiting = count(archive, "SELECT count(*) FROM outcome WHERE state = 'waiting'")
    for replica in replicas:
        replica.server.close()
    every = f"every {options.shortest} to {options.longest} s"
    each = statistics.median(crawls)
    files = [s.files for s in samples]
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{options.sources} sources, {every}, for {options.minutes:g} minutes:")
    print(f"  {polls:,} polls in {len(crawls)} crawls, {each:.0f} sources each (median)")
    print(f"  {met:,} pages were published and met, {waiting} of them still wait")
    print(f"  CPU: {1000 * cpu / polls:.0f} ms a poll ({cpu:.0f} s in all)")
    print(
        f"  memory: the scheduler {samples[-1].memory:.0f} MB (slope {slope_of(samples):+.2f} MB a "
        f"minute), the largest process {largest:.0f} MB"
    )
    print(f"  open files of the scheduler: {min(files)} to {max(files)}")
    late.sort()
    print(
        f"  a poll came later than its interval by {statistics.median(late):.1f} s (median), "
        f"{late[int(len(late) * 0.95)]:.1f} s (95 %), {late[-1]:.1f} s (at most)"
    )


if __name__ == "__main__":
    main()
