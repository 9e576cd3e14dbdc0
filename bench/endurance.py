"""Whether a crawl that is killed again and again, or that goes on for long, ends with just what is there.

    python bench/endurance.py kills --rounds 50
    python bench/endurance.py soak --minutes 10

Each prints one line of JSON; the exit code is 1 when it did not.
"""

import argparse
import json
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsstand import Newsstand

from storage import reports
from storage.archive import open_archive
from storage.records import State

# The first minutes load code and fill caches.
WARM_UP_SECONDS = 120.0
SAMPLE_SECONDS = 5.0


def command(folder: Path, *words: str) -> list[str]:
    """Return the command on the archive of a folder."""
    return [sys.executable, "-m", "wireroom", "--archive", str(folder / "wireroom.db"), *words]


def states(folder: Path) -> dict[str, str]:
    """Return the state of every URL in the archive of a folder."""
    with open_archive(folder / "wireroom.db", create=True) as archive, archive.read() as db:
        return {row.url: row.state for row in reports.outcomes(db)}


def archived(folder: Path) -> list[str]:
    """Return the URL of every appearance, each as often as it stands there."""
    with open_archive(folder / "wireroom.db") as archive, archive.read() as db:
        return [row["url"] for row in db.execute("SELECT url FROM appearance")]


def kill_crawls(rounds: int, pages: int, seed: int) -> dict[str, object]:
    """Kill crawls at random moments, let the last one end, and account for every request."""
    chance = random.Random(seed)
    in_crawls = again = 0
    with (
        tempfile.TemporaryDirectory() as scratch,
        Newsstand(portals=5, pages=pages // 5) as stand,
    ):
        folder = Path(scratch)
        (folder / "wireroom.toml").write_text(stand.config_toml(), encoding="utf-8")
        for _ in range(rounds):
            done = {url for url, state in states(folder).items() if state != State.WAITING}
            before = stand.fetched()
            # A moment by the requests: one by the clock would depend on how busy the machine is.
            wanted = len(stand.requests) + chance.randint(1, 2 * pages // rounds)
            child = subprocess.Popen(command(folder, "crawl", "--json"), stdout=subprocess.DEVNULL)
            while len(stand.requests) < wanted and child.poll() is None:
                time.sleep(0.005)
            time.sleep(chance.uniform(0.0, 0.1))
            child.send_signal(signal.SIGKILL)
            in_crawls += child.wait() < 0
            again += sum((stand.fetched() - before)[url] for url in done)
        before, done = stand.fetched(), {u for u, s in states(folder).items() if s != State.WAITING}
        subprocess.run(command(folder, "crawl", "--json"), stdout=subprocess.DEVNULL, check=True)
        again += sum((stand.fetched() - before)[url] for url in done)
        kept, expected = archived(folder), stand.expected()
        fetched = stand.fetched()
    return {
        "kills": in_crawls,
        "pages": len(expected),
        "missing": len(expected - set(kept)),
        "too many": len(kept) - len(expected & set(kept)),
        "fetched": sum(fetched.values()),
        "fetched again though recorded": again,
        "most fetches of a page": max(fetched.values()),
    }


def soak(minutes: float) -> dict[str, object]:
    """Crawl a world in which a twentieth fails, and watch the memory and the files of the process."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        Newsstand(portals=10, pages=8000, failing=0.05) as stand,
    ):
        folder = Path(scratch)
        extra = "\n".join(
            (
                f"crawl_minutes = {round(minutes)}",
                "max_pages = 100_000",
                "max_host_pages = 1_000_000",
                "host_pages_a_day = 0",
                "host_mb_a_day = 0",
            )
        )
        (folder / "wireroom.toml").write_text(stand.config_toml(extra), encoding="utf-8")
        child = subprocess.Popen(command(folder, "crawl", "--json"), stdout=subprocess.DEVNULL)
        samples = []
        begun = time.monotonic()
        while child.poll() is None:
            samples.append((time.monotonic() - begun, *_look_at(child.pid)))
            time.sleep(SAMPLE_SECONDS)
        ended = {url: state for url, state in states(folder).items() if state != State.WAITING}
        kept = archived(folder)
        wanted = stand.expected() & set(ended)
    # The last sample may be of a crawl that was letting go of what it had.
    steady = [s for s in samples[:-2] if s[0] > min(WARM_UP_SECONDS, samples[-1][0] / 2)]
    at, memory, files = zip(*steady, strict=True)
    slope = statistics.linear_regression([moment / 60 for moment in at], memory).slope
    return {
        "minutes": round(samples[-1][0] / 60, 1),
        "requests": len(stand.requests),
        "articles": len(kept),
        "missing": len(wanted - set(kept)),
        "too many": len(kept) - len(wanted),
        "memory MB": [round(memory[0], 1), round(memory[-1], 1)],
        "MB a minute": round(slope, 3),
        "files": [min(files), max(files)],
    }


def _look_at(pid: int) -> tuple[float, int]:
    """Return the memory of a process in MB, and how many files it has open."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        files = sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return 0.0, 0
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(resident.split()[1]) / 1000, files


def main() -> None:
    """Print what one of the trials gave."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("trial", choices=["kills", "soak"])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.trial == "kills":
        figures = kill_crawls(options.rounds, options.pages, options.seed)
    else:
        figures = soak(options.minutes)
    print(json.dumps(figures))
    lost = ("missing", "too many", "fetched again though recorded")
    sys.exit(any(figures.get(name) for name in lost))


if __name__ == "__main__":
    main()
