"""What a whole crawl of real pages costs, beside a plain Scrapy project that calls trafilatura.

    python bench/crawl.py --corpus FOLDER [--sets ...] [--rounds 3] [--hosts 16]

FOLDER is as for quality.py. A process of its own serves every page from memory, on some loopback hosts with a
sitemap each. In turn, a round: `wireroom crawl` in both modes, without delay, everything kept, captures on;
the peer (plain_scrapy.py) from the same sitemaps, with the same requests at once; the same without reading;
and trafilatura's `bare_extraction(with_metadata=True)` alone on the same pages, in this process.

Printed are medians over the rounds. CPU is that of all processes of a command, workers included
(tree_cost.py): the command's own, with the reactor and the writer, and the others. What stands "outside
extraction" is all of it but the calls of `read_page` in the workers, which a clock counts there in crawls of
their own (clocked/), so that the crawls whose speed is told run as they are; less that of a crawl of one
page, which is a crawl's start. Beside it stands the figure with the start. On a busy machine ("cores" well
below two) the pages a second say little.
"""

import argparse
import os
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from page_server import Answers, PageServer
from quality import SETS, Sample, load_samples
from trafilatura import bare_extraction
from tree_cost import TreeCost, cost_of

from scraper.urls import canonicalise
from storage import reports
from storage.archive import open_archive

BENCH = Path(__file__).parent
MODES = ("best", "fast")
WARM_UP = 12

# What the crawl must show.
MOST_OUTSIDE = 0.20
LEAST_SPEED = 1.6


class Portals:
    """The pages of a corpus, dealt out to loopback hosts.

    Args:
        samples: the pages.
        hosts: how many hosts.
    """

    def __init__(self, samples: Sequence[Sample], hosts: int) -> None:
        self.hosts = [f"127.0.1.{1 + number}" for number in range(hosts)]
        with socket.create_server((self.hosts[0], 0)) as free:
            self.port: int = free.getsockname()[1]
        self.pages = [(self._place(n, s.url), s.body()) for n, s in enumerate(samples)]

    def _place(self, number: int, url: str) -> str:
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        host = self.hosts[number % len(self.hosts)]
        # As the crawl asks for it; the number tells apart what has one path on several hosts.
        return canonicalise(f"http://{host}:{self.port}/{number}{parts.path or '/'}{query}")

    def answers(self) -> dict[str, Answers]:
        """Return what each host answers."""
        return {host: self._answers(host) for host in self.hosts}

    def _answers(self, host: str) -> Answers:
        own = {url: body for url, body in self.pages if urlsplit(url).hostname == host}
        answers = {
            url.partition(f":{self.port}")[2]: ("text/html", body) for url, body in own.items()
        }
        rows = "".join(f"<url><loc>{escape(url)}</loc></url>" for url in own)
        answers["/sitemap.xml"] = (
            "application/xml",
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode(),
        )
        answers["/robots.txt"] = ("text/plain", b"User-agent: *\nAllow: /\n")
        return answers

    @property
    def sitemaps(self) -> list[str]:
        """The sitemap of each host."""
        return [f"http://{host}:{self.port}/sitemap.xml" for host in self.hosts]

    def config(self, mode: str) -> str:
        """Return the wireroom.toml that crawls it all."""
        lines = [
            f'allow_networks = ["127.0.0.0/8"]\nmin_free_mb = 1\ncrawl_minutes = 60\nextraction = "{mode}"'
        ]
        lines += [
            f'[source.portal_{n}]\ntitle = "Portal {n}"\nhome = "http://{host}:{self.port}/"\n'
            f'sitemaps = ["{sitemap}"]\ndelay = 0\nkeep = "all"'
            for n, (host, sitemap) in enumerate(zip(self.hosts, self.sitemaps, strict=True))
        ]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl."""

    cost: TreeCost
    """What it used."""
    made: Counter[str]
    """What became of the pages: how many, by outcome."""
    reading: float = 0.0
    """CPU seconds inside `read_page`, where they were clocked."""


def crawl(portals: Portals, mode: str, *, clocked: bool = False, pages: int = 0) -> Run:
    """Crawl with `wireroom crawl` into a new archive; `pages` limits it to the first so many of one host."""
    with tempfile.TemporaryDirectory() as scratch:
        file, clock = Path(scratch) / "wireroom.db", Path(scratch) / "clock"
        file.with_name("wireroom.toml").write_text(portals.config(mode), encoding="utf-8")
        command = [sys.executable, "-m", "wireroom", "--archive", str(file), "crawl", "--json"]
        if pages:
            command += ["portal_0", "--limit", str(pages)]
        environment = dict(os.environ)
        if clocked:
            environment |= {"PYTHONPATH": str(BENCH / "clocked"), "READING_CLOCK": str(clock)}
        cost = cost_of(command, folder=Path(scratch), environment=environment)
        archive = open_archive(file)
        with archive.read() as db:
            urls = {url for url, _ in portals.pages}
            rows = [row for row in reports.outcomes(db) if row.url in urls]
        archive.close()
        reading = sum(map(float, clock.read_text().split())) if clock.exists() else 0.0
        made = Counter(", ".join(filter(None, (row.state, row.kind))) for row in rows)
        return Run(cost=cost, made=made, reading=reading)


def crawl_plainly(portals: Portals, *, bare: bool = False) -> Run:
    """Crawl with the peer."""
    with tempfile.TemporaryDirectory() as scratch:
        items = Path(scratch) / "items.jsonl"
        command = [sys.executable, str(BENCH / "plain_scrapy.py"), str(items), *portals.sitemaps]
        environment = os.environ | {"BARE": "1" if bare else ""}
        cost = cost_of(command, folder=Path(scratch), environment=environment)
        written = items.read_text(encoding="utf-8").count("\n")
        return Run(cost=cost, made=Counter({"items": written}))


def read_alone(portals: Portals) -> float:
    """Return the CPU seconds that trafilatura takes for all pages in this process."""
    started = time.process_time()
    for url, body in portals.pages:
        bare_extraction(body, url=url, with_metadata=True)
    return time.process_time() - started


def main() -> None:
    """Crawl in turn, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--sets", nargs="+", default=SETS, metavar="SET")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hosts", type=int, default=16)
    parser.add_argument("--modes", nargs="+", default=MODES, choices=MODES)
    options = parser.parse_args()
    portals = Portals(load_samples(options.corpus, options.sets), options.hosts)
    for url, body in portals.pages[:WARM_UP]:
        bare_extraction(body, url=url, with_metadata=True)
    kinds = {
        **{f"wireroom {mode}": partial(crawl, portals, mode) for mode in options.modes},
        **{
            f"wireroom {mode}, clocked": partial(crawl, portals, mode, clocked=True)
            for mode in options.modes
        },
        "wireroom, one page": partial(crawl, portals, "best", clocked=True, pages=1),
        "Scrapy and trafilatura": partial(crawl_plainly, portals),
        "Scrapy, no reading": partial(crawl_plainly, portals, bare=True),
    }
    alone: list[float] = []
    runs: dict[str, list[Run]] = {name: [] for name in kinds}
    with PageServer(portals.answers(), portals.port):
        for number in range(options.rounds):
            for name, run in kinds.items():
                print(f"round {number + 1}: {name}", file=sys.stderr)
                runs[name].append(run())
            alone.append(read_alone(portals))
    report(len(portals.pages), runs, alone, options.modes)


def report(
    pages: int, runs: dict[str, list[Run]], alone: list[float], modes: Sequence[str]
) -> None:
    """Print the medians."""
    print(f"{pages} pages, medians of {len(alone)} rounds; CPU in ms a page")
    columns = ("pages/s", "cores", "CPU", "own", "others", "reading")
    print(f"  {'':<26}" + "".join(f"{column:>9}" for column in columns))
    for name, own in runs.items():
        over = 1 if name.endswith("one page") else pages
        figures = [
            over / median(run.cost.wall for run in own),
            median(run.cost.cpu / run.cost.wall for run in own),
        ]
        figures += [
            1000 * median(map(used, own)) / over
            for used in (
                lambda run: run.cost.cpu,
                lambda run: run.cost.own,
                lambda run: run.cost.others,
                lambda run: run.reading,
            )
        ]
        made = ", ".join(f"{number} {kind}" for kind, number in sorted(own[-1].made.items()))
        print(f"  {name:<26}" + "".join(f"{figure:>9.1f}" for figure in figures) + f"   {made}")
    print(f"  {'trafilatura alone':<26}{1000 * median(alone) / pages:>27.1f}")
    start, peer = runs["wireroom, one page"], runs["Scrapy and trafilatura"]
    for mode in modes:
        name = f"wireroom {mode}"
        outside = [
            outside_reading(run, begun) / read
            for run, begun, read in zip(runs[f"{name}, clocked"], start, alone, strict=True)
        ]
        all_outside = [
            (run.cost.cpu - run.reading) / read
            for run, read in zip(runs[f"{name}, clocked"], alone, strict=True)
        ]
        in_crawl = [
            (run.cost.own - begun.cost.own) / read
            for run, begun, read in zip(runs[f"{name}, clocked"], start, alone, strict=True)
        ]
        speed = [
            theirs.cost.wall / ours.cost.wall for ours, theirs in zip(runs[name], peer, strict=True)
        ]
        print(
            f"{name}: CPU outside extraction {_of(outside)} of trafilatura's own (at most {MOST_OUTSIDE}),"
            f" of that {median(in_crawl):.3f} in the crawl's own process, the rest in the workers;"
            f" with the start of a crawl {_of(all_outside)}"
        )
        print(
            f"{name}: {_of(speed)} times the pages a second of Scrapy and trafilatura (at least"
            f" {LEAST_SPEED}), starts included"
        )


def outside_reading(run: Run, start: Run) -> float:
    """Return the CPU seconds of a clocked crawl outside `read_page`, less those of its start."""
    return run.cost.cpu - run.reading - (start.cost.cpu - start.reading)


def _of(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.3f} ({', '.join(f'{ratio:.3f}' for ratio in sorted(ratios))})"


if __name__ == "__main__":
    main()
