"""The command as a user runs it, for the tests that crawl the demo world."""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scraper.demo import World

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Wireroom:
    """The command on an archive of its own, run as a user would run it."""

    folder: Path

    @property
    def archive(self) -> Path:
        return self.folder / "wireroom.db"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "wireroom", "--archive", str(self.archive), *words]

    def run(self, *words: str, timeout: float = 120) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*words),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            env=environment(),
        )

    def json_lines(self, *words: str) -> list[dict[str, Any]]:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WIREROOM_")}
    return kept | {"PYTHONPATH": str(ROOT)}


def without_times(value: Any) -> Any:
    """Drop what depends on when something was fetched."""
    times = {"first_seen_at", "checked_at", "fetched_at", "seen_at"}
    if isinstance(value, dict):
        return {name: without_times(kept) for name, kept in value.items() if name not in times}
    if isinstance(value, list):
        return [without_times(kept) for kept in value]
    return value


def make_wireroom(folder: Path, world: World) -> Wireroom:
    (folder / "wireroom.toml").write_text(world.config_toml(), encoding="utf-8")
    return Wireroom(folder)


def listening_sockets(pid: int) -> set[str]:
    """Return the internet addresses on which a process or one below it listens, as the kernel writes them."""
    inodes = {
        link
        for process in _family_of(pid)
        for link in _links_in(Path("/proc") / str(process) / "fd")
        if link.startswith("socket:[")
    }
    found = set()
    for table in ("tcp", "tcp6"):
        rows = Path(f"/proc/net/{table}").read_text(encoding="ascii").splitlines()[1:]
        for row in map(str.split, rows):
            # 0A is the state of a listening socket.
            if row[3] == "0A" and f"socket:[{row[9]}]" in inodes:
                found.add(row[1])
    return found


def _family_of(pid: int) -> list[int]:
    parents = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name of the program stands in brackets, and may hold anything.
            parents[int(file.parent.name)] = int(file.read_text().rpartition(")")[2].split()[1])
    family = [pid]
    for process in family:
        family += [child for child, parent in parents.items() if parent == process]
    return family


def _links_in(folder: Path) -> list[str]:
    links = []
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            with contextlib.suppress(OSError):
                links.append(str(file.readlink()))
    return links
