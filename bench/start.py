"""How long `wireroom fetch` takes for a page, beside a Scrapy script that asks for it and loads trafilatura.

    python bench/start.py [--rounds 7]

Both are whole commands, run in turn on a page of the demo world. What `fetch` imports, in the process that
fetches and in the one that its workers come from, is printed too, the dearest modules first.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scraper.demo import World

PEER = """
import sys, scrapy, trafilatura
from scrapy.crawler import CrawlerProcess
class One(scrapy.Spider):
    name = "one"
    start_urls = [sys.argv[1]]
    def parse(self, response):
        pass
process = CrawlerProcess({"LOG_ENABLED": False, "ROBOTSTXT_OBEY": True})
process.crawl(One)
process.start()
"""
IMPORTS = {
    "the command": "import scraper.cli, scraper.crawling.run, storage.archive, sqlite_utils",
    "its workers, meanwhile": "import scraper.warm",
}
DEAREST = 12


def seconds(command: list[str], folder: Path) -> float:
    """Return how long a command takes.

    Raises:
        CalledProcessError: when it fails.
    """
    begun = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begun


def dearest_imports(statement: str) -> list[tuple[str, float]]:
    """Return the modules that cost most by themselves when a statement is run, with milliseconds."""
    timed = [sys.executable, "-X", "importtime", "-c", statement]
    said = subprocess.run(timed, check=True, capture_output=True, text=True).stderr
    rows = re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", said)
    costs = sorted(((name, int(own) / 1000) for own, name in rows), key=lambda row: -row[1])
    return [("all", sum(cost for _, cost in costs)), *costs[:DEAREST]]


def main() -> None:
    """Print the medians, their ratio, and the imports."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with World(port=0) as world, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "wireroom.toml").write_text(world.config_toml(), encoding="utf-8")
        url = world.url(world.articles[0])
        ours = [sys.executable, "-m", "wireroom", "fetch", url]
        peer = [sys.executable, "-c", PEER, url]
        took: dict[str, list[float]] = {"wireroom fetch": [], "Scrapy and trafilatura": []}
        for _ in range(options.rounds):
            took["wireroom fetch"].append(seconds(ours, folder))
            took["Scrapy and trafilatura"].append(seconds(peer, folder))
        medians = {name: statistics.median(values) for name, values in took.items()}
        ratio = medians["wireroom fetch"] / medians["Scrapy and trafilatura"]
        print(json.dumps({n: round(v, 3) for n, v in medians.items()} | {"ratio": round(ratio, 3)}))
    for process, statement in IMPORTS.items():
        print(f"imports of {process}:")
        for name, cost in dearest_imports(statement):
            print(f"{cost:8.1f} ms  {name}")


if __name__ == "__main__":
    main()
