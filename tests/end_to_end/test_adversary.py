"""bench/adversary.py, small: two of the tricks that cost time, all others, and some good pages."""

import json
import subprocess
import sys
from typing import Any

import pytest
from support import ROOT, environment


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    """What came of one crawl of the hostile portal."""
    words = ("--tricks", "2", "--good", "8", "--timeout", "10", "--reading", "2")
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "adversary.py"), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=environment(),
    )
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_good_page_is_saved(result: dict[str, Any]) -> None:
    assert result["good"] == "8 of 8"


@pytest.mark.parametrize(
    "what",
    [
        "outcomes",
        "texts",
        "not kept",
        "lists",
        "forbidden addresses",
        "names looked up elsewhere",
        "listening",
        "headers",
        "memory",
        "stderr",
    ],
)
def test_nothing_goes_wrong(result: dict[str, Any], what: str) -> None:
    assert what not in result["wrong"]
