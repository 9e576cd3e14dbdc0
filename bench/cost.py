"""What a crawl of real pages costs: start-up, extraction, and everything else.

    python bench/cost.py --corpus FOLDER

FOLDER is as for real_pages.py. Printed are CPU and wall seconds: of the commands that only start, of
reading, judging and packing a page (in this process, after a warm-up), and of the crawl's own process a
page, which is everything else: discovery, fetching, the pace, recording and searching for copies.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from real_pages import Corpus

from scraper import ingest
from scraper.sources import Source
from storage.records import Page

# The crawl in a process of its own, which tells what it used itself: workers are counted apart.
CRAWL = """
import json, resource, sys, time
from pathlib import Path
started = time.perf_counter()
from scraper.config import load_config
from scraper.crawling.plan import CrawlPlan
from scraper.crawling.run import run_crawl
file = Path(sys.argv[1])
config = load_config(None, archive=file)
loaded = resource.getrusage(resource.RUSAGE_SELF)
report = run_crawl(CrawlPlan(archive=file, config=config, sources=config.sources))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "start": loaded.ru_utime + loaded.ru_stime,
    "own": used.ru_utime + used.ru_stime - loaded.ru_utime - loaded.ru_stime,
    "wall": time.perf_counter() - started,
    "memory": used.ru_maxrss / 1024,
    "pages": sum(s.fetched for s in report.sources),
}))
"""


def cost_of(command: list[str]) -> tuple[float, float]:
    """Return the CPU and wall seconds of a command, the median of five runs."""
    runs = []
    for _ in range(5):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        runs.append(
            (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ended - started)
        )
    return sorted(runs)[2]


def cost_of_reading(corpus: Corpus) -> tuple[float, float]:
    """Return the CPU and wall seconds of reading, judging and packing a page."""
    source = Source(name="bench", title="Bench", home="http://127.0.0.1/", keep="all")
    tasks = [
        ingest.PageTask(
            page=Page(
                url=page["url"],
                final_url=page["url"],
                status=200,
                headers=(("Content-Type", "text/html"),),
                body=corpus.body(page),
                fetched_at=datetime.now(UTC),
            ),
            source=source,
        )
        for page in corpus.pages
    ]
    ingest.warm_up()
    for task in tasks[:10]:
        ingest.ingest_page(task)
    cpu, wall = time.process_time(), time.perf_counter()
    for task in tasks:
        ingest.ingest_page(task)
    return (time.process_time() - cpu) / len(tasks), (time.perf_counter() - wall) / len(tasks)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, metavar="FOLDER")
    corpus = Corpus(parser.parse_args().corpus)
    wireroom = [sys.executable, "-m", "wireroom"]
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "wireroom.db"
        for name, words in {
            "--help": ["--help"],
            "search": ["--archive", str(file), "search", "x"],
        }.items():
            cpu, wall = cost_of([*wireroom, *words])
            print(f"start-up, wireroom {name}: {cpu:.2f} s CPU, {wall:.2f} s wall")
        corpus.start()
        (Path(scratch) / "wireroom.toml").write_text(corpus.config(), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", CRAWL, str(file)], stdout=subprocess.PIPE, text=True, check=True
        )
        used = json.loads(done.stdout)
    cpu, wall = cost_of_reading(corpus)
    print(f"start-up, a crawl until its first request is possible: {used['start']:.2f} s CPU")
    print(
        f"extraction (read, judge, pack): {1000 * cpu:.1f} ms CPU a page, {1000 * wall:.1f} ms wall"
    )
    print(
        f"everything else: {1000 * used['own'] / used['pages']:.1f} ms CPU a page in the crawl's process; "
        f"the whole crawl took {1000 * used['wall'] / used['pages']:.1f} ms wall a page, "
        f"{used['memory']:.0f} MB at its peak"
    )


if __name__ == "__main__":
    main()
