"""Run a command, and print as JSON what it and all that it started used.

    python bench/tree_cost.py COMMAND [ARGUMENT]...

Worker processes hang on a fork server, which ends after the command does and which nobody waits for: their
CPU is in no account of the command's own. Here they are adopted when their parent is gone, and waited for.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeCost:
    """What a command used, in seconds."""

    wall: float
    """From its start to its own end."""
    own: float
    """CPU of the command's own process."""
    others: float
    """CPU of all other processes: the workers and what starts them."""

    @property
    def cpu(self) -> float:
        """CPU of all of them."""
        return self.own + self.others


def cost_of(command: list[str], *, folder: Path, environment: Mapping[str, str]) -> TreeCost:
    """Run a command under this script.

    Args:
        command: the program and its arguments.
        folder: where it runs.
        environment: its environment variables.

    Raises:
        CalledProcessError: when it fails.
    """
    done = subprocess.run(
        [sys.executable, __file__, *command],
        check=True,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
    )
    return TreeCost(**json.loads(done.stdout))


def main() -> int:
    """Run the command of the command line and print what it cost; return its exit code."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    started = time.perf_counter()
    child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    others = 0.0
    try:
        while True:
            others += _cpu(os.wait3(0)[2])
    except ChildProcessError:
        print(json.dumps(asdict(TreeCost(wall=wall, own=_cpu(used), others=others))))
    return os.waitstatus_to_exitcode(status)


def _cpu(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
