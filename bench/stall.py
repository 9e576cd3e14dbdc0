"""How long the event loop of a crawl stands still while another process holds the write lock.

    python bench/stall.py [--hold 5]

Crawls the demo world twice, each time in a process of its own: undisturbed, and with the lock held by
another process. A turn of the loop every 5 ms is what is measured; the longest time between two beyond
that is the stall. What the thread waited for a core meanwhile (Linux counts it) says how busy the machine
was, not what the crawl does, and is given apart.
"""

import argparse
import asyncio
import json
import multiprocessing
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from scraper.config import load_config
from scraper.demo import World

if TYPE_CHECKING:
    from scraper.crawling.session import CrawlSession

PROCESSES = multiprocessing.get_context("spawn")
TURN = 0.005


def waited_for_a_core() -> float:
    """Return how long this thread could have run and had no core, in seconds."""
    return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9


async def _measure(stalls: list[tuple[float, float, float]]) -> None:
    while True:
        begun, waited = time.monotonic(), waited_for_a_core()
        await asyncio.sleep(TURN)
        waited = waited_for_a_core() - waited
        stalls.append((begun, time.monotonic() - begun - TURN, waited))


def crawl(folder: str, results: "multiprocessing.Queue[dict[str, float]]") -> None:
    """Crawl a folder's demo world, and put how its loop went."""
    from scrapy import signals  # noqa: PLC0415 - only in the process that crawls

    from scraper.crawling.plan import CrawlPlan  # noqa: PLC0415
    from scraper.crawling.run import run_crawl  # noqa: PLC0415

    archive = Path(folder) / "wireroom.db"
    config = load_config(Path(folder) / "wireroom.toml", archive=archive)
    stalls: list[tuple[float, float, float]] = []
    running: list[asyncio.Task[None]] = []

    def watch(session: "CrawlSession") -> None:
        def begin() -> None:
            running.append(asyncio.ensure_future(_measure(stalls)))

        session._crawler.signals.connect(begin, signal=signals.spider_opened, weak=False)  # noqa: SLF001

    report = run_crawl(
        CrawlPlan(archive=archive, config=config, sources=config.sources), watch=watch
    )
    ordered = sorted(stall - waited for _, stall, waited in stalls)
    results.put(
        {
            "articles": sum(source.new for source in report.sources),
            "seconds": stalls[-1][0] - stalls[0][0],
            "longest_ms": 1000 * ordered[-1],
            "p99_ms": 1000 * ordered[int(0.99 * len(ordered))],
            "longest_with_waiting_for_a_core_ms": 1000 * max(stall for _, stall, _ in stalls),
        }
    )


def run(world: World, *, hold: float) -> dict[str, float]:
    """Return how the loop of one crawl went, the lock being held for so many seconds meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "wireroom.toml"
        config.write_text(world.config_toml(), encoding="utf-8")
        results: multiprocessing.Queue[dict[str, float]] = PROCESSES.Queue()
        process = PROCESSES.Process(target=crawl, args=(folder, results))
        process.start()
        archive = Path(folder) / "wireroom.db"
        while not archive.exists():
            time.sleep(0.05)
        if hold:
            time.sleep(2.0)
            with FileLock(f"{archive}.lock", timeout=30):
                time.sleep(hold)
        figures = results.get(timeout=300)
        process.join()
    return {name: round(value, 1) for name, value in figures.items()}


def main() -> None:
    """Print a line an undisturbed and a disturbed crawl."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--hold", type=float, default=5.0)
    options = parser.parse_args()
    with World(port=0) as world:
        for hold in (0.0, options.hold):
            print(json.dumps({"held_s": hold, **run(world, hold=hold)}), flush=True)


if __name__ == "__main__":
    main()
