"""The trials of bench/soundness.py, small: each says what was lost or not found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "trial",
    [
        ("kills", "--rounds", "3"),
        ("contention", "--seconds", "1"),
        ("room",),
        ("corruption", "--rounds", "12"),
    ],
    ids=lambda trial: trial[0],
)
def test_nothing_is_lost(trial: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "soundness.py"), *trial],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["ok"]
