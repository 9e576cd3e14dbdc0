import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from support import Wireroom, environment

from scraper.demo import World
from storage import lists
from storage.archive import open_archive


def start(wireroom: Wireroom, *options: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        wireroom.command("run", *options), stderr=subprocess.PIPE, text=True, env=environment()
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


def test_the_scheduler_shows_that_it_lives_and_tells_who_is_ill(
    fresh: Wireroom, world: World
) -> None:
    told, alive = fresh.folder / "told", fresh.folder / "alive"
    nowhere = f"http://127.0.0.2:{world.port}/no-such-feed"
    (fresh.folder / "wireroom.toml").write_text(
        'allow_networks = ["127.0.0.0/8"]\ndelay = 0\n'
        f'[source.ill]\ntitle = "Ill"\nhome = "http://127.0.0.2:{world.port}/"\nfeeds = ["{nowhere}"]\n',
        encoding="utf-8",
    )
    # The second failure in a row makes it ill.
    with open_archive(fresh.archive, create=True) as archive, archive.write() as db:
        lists.fail(db, "ill", nowhere, "feed", why="HTTP 404", now=datetime.now(UTC))
    command = f'echo "$WIREROOM_SOURCE is $WIREROOM_HEALTH" > {told}.new; mv {told}.new {told}'
    scheduler = start(fresh, "--heartbeat", str(alive), "--on-problem", command)
    for _ in range(120):
        if told.exists():
            break
        time.sleep(0.5)
    scheduler.send_signal(signal.SIGTERM)
    scheduler.communicate(timeout=30)
    assert told.read_text(encoding="utf-8") == "ill is failing\n"
    assert alive.exists()


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
