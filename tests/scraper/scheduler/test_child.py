import signal
import sys

import pytest

from scraper.scheduler.child import run_child

# Says that it is told to stop by its exit code.
OBEDIENT = "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\ntime.sleep(30)"


def test_its_exit_code_is_known() -> None:
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    assert run_child(command, longest=30, should_stop=lambda: False) == 3


def test_it_is_told_to_stop() -> None:
    looks = iter([False, False])
    command = [sys.executable, "-c", OBEDIENT]
    assert run_child(command, longest=30, should_stop=lambda: next(looks, True)) == 7


def test_one_that_does_not_end_is_killed() -> None:
    command = [sys.executable, "-c", "import time\ntime.sleep(30)"]
    assert run_child(command, longest=1, should_stop=lambda: False) == -signal.SIGKILL


def test_one_that_cannot_be_started_is_said(caplog: pytest.LogCaptureFixture) -> None:
    assert run_child(["/no/such/program"], longest=1, should_stop=lambda: False) is None
    assert caplog.messages == ["a crawl cannot be started: No such file or directory"]
