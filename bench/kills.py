"""Kill crawls of the demo world at random moments, and compare the archive with one of a quiet crawl.

    python bench/kills.py [--kills 5] [--seed 1]

Printed is, for the archive after the kills and for three orders of the sources, whether its export is
byte for byte that of the quiet crawl, but for the times of fetching.
"""

import argparse
import itertools
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scraper.demo import World
from storage import exchange
from storage.archive import open_archive

TIMES = {"first_seen_at", "checked_at"}


def command(folder: Path, *words: str) -> list[str]:
    """Return the command on the archive of a folder."""
    return [sys.executable, "-m", "wireroom", "--archive", str(folder / "wireroom.db"), *words]


def crawl(folder: Path, *sources: str) -> None:
    """Crawl to the end."""
    subprocess.run(
        command(folder, "crawl", "--json", *sources), stdout=subprocess.DEVNULL, check=True
    )


def export(folder: Path) -> str:
    """Return the whole export without the times of fetching."""
    with open_archive(folder / "wireroom.db") as archive, archive.read() as db:
        return "\n".join(
            json.dumps(without_times(record), ensure_ascii=False) for record in exchange.export(db)
        )


def without_times(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Drop what depends on when something was fetched."""
    if isinstance(value, dict):
        return {name: without_times(kept) for name, kept in value.items() if name not in TIMES}
    return [without_times(kept) for kept in value] if isinstance(value, list) else value


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as scratch, World(port=0) as world:

        def folder(name: str) -> Path:
            made = Path(scratch) / name
            made.mkdir()
            (made / "wireroom.toml").write_text(world.config_toml(), encoding="utf-8")
            return made

        quiet = folder("quiet")
        started = time.monotonic()
        crawl(quiet)
        whole = time.monotonic() - started
        wanted = export(quiet)
        print(f"a quiet crawl: {wanted.count(chr(10)) + 1} articles in {whole:.1f} s")
        killed = folder("killed")
        for number in range(options.kills):
            child = subprocess.Popen(command(killed, "crawl", "--json"), stdout=subprocess.DEVNULL)
            moment = chance.uniform(0.2, 0.35) * whole
            time.sleep(moment)
            child.send_signal(signal.SIGKILL)
            hit = "in mid-crawl" if child.wait() < 0 else "too late"
            print(f"kill {number + 1} after {moment:.1f} s: {hit}")
        crawl(killed)
        print(
            f"after the kills the export is {'the same' if export(killed) == wanted else 'ANOTHER'}"
        )
        names = [portal.name for portal in world.portals]
        for number, order in enumerate(chance.sample(list(itertools.permutations(names)), 3)):
            other = folder(f"order{number}")
            for name in order:
                crawl(other, name)
            same = "the same" if export(other) == wanted else "ANOTHER"
            print(f"in the order {', '.join(order)} the export is {same}")


if __name__ == "__main__":
    main()
