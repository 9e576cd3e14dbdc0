import signal
import subprocess
import time
from collections.abc import Callable, Iterable

from support import Wireroom, environment


def start(wireroom: Wireroom) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        wireroom.command("run"), stderr=subprocess.PIPE, text=True, env=environment()
    )


def wait_for_crawls(
    wireroom: Wireroom, how: Callable[[Iterable[bool]], bool], *, state: str
) -> None:
    for _ in range(120):
        if wireroom.archive.exists():
            rows = wireroom.json_lines("schedule", "--json")
            if how(row["last_state"] == state for row in rows):
                return
        time.sleep(0.5)
    raise AssertionError(f"no crawl came to be {state}")


def test_the_scheduler_crawls_what_is_due_and_stops_when_told(fresh: Wireroom) -> None:
    scheduler = start(fresh)
    wait_for_crawls(fresh, all, state="done")
    scheduler.send_signal(signal.SIGTERM)
    _, said = scheduler.communicate(timeout=30)
    assert (scheduler.returncode, said) == (0, "")
    # What was crawled just now is due at its interval, not at once.
    assert all(
        row["next_at"] > row["last_started_at"] for row in fresh.json_lines("schedule", "--json")
    )


def test_a_second_scheduler_on_the_archive_is_refused(fresh: Wireroom) -> None:
    scheduler = start(fresh)
    wait_for_crawls(fresh, any, state="running")
    second = fresh.run("run")
    assert second.returncode == 1
    assert "another `wireroom run` works on this archive" in second.stderr
    # A running crawl finishes what is in flight, and its row says that it was stopped.
    scheduler.send_signal(signal.SIGINT)
    scheduler.communicate(timeout=60)
    assert {row["last_state"] for row in fresh.json_lines("schedule", "--json")} <= {
        "stopped",
        "done",
    }
