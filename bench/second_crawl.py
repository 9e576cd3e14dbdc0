"""Crawl the demo world twice, and compare how many bytes of bodies the portals sent.

    python bench/second_crawl.py

Nothing changes between the two. Printed is, with validators and without them, what the portals sent in the
first and in the second crawl, by their own log, and the second as a share of the first.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from scraper.demo import World
from scraper.demo.server import LoggedRequest


def crawl(world: World, folder: Path) -> list[LoggedRequest]:
    """Crawl once; return what the portals answered."""
    before = len(world.requests)
    command = [sys.executable, "-m", "wireroom", "--archive", str(folder / "wireroom.db")]
    subprocess.run([*command, "crawl", "--json"], stdout=subprocess.DEVNULL, check=True)
    return world.requests[before:]


def sent(answers: list[LoggedRequest]) -> int:
    """Return the bytes of all bodies."""
    return sum(answer.size for answer in answers)


def main() -> None:
    """Run it."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    for validators in (True, False):
        with (
            tempfile.TemporaryDirectory() as scratch,
            World(port=0, validators=validators) as world,
        ):
            folder = Path(scratch)
            (folder / "wireroom.toml").write_text(world.config_toml(), encoding="utf-8")
            first, second = crawl(world, folder), crawl(world, folder)
        print(f"{'with' if validators else 'without'} validators:")
        for name, answers in (("first", first), ("second", second)):
            statuses = Counter(answer.status for answer in answers)
            counted = ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))
            print(f"  {name} crawl: {sent(answers):,} bytes in {len(answers)} answers ({counted})")
        robots = sent([answer for answer in second if answer.path == "/robots.txt"])
        print(
            f"  second / first: {100 * sent(second) / sent(first):.2f} % "
            f"(robots.txt alone: {100 * robots / sent(first):.2f} %)"
        )


if __name__ == "__main__":
    main()
