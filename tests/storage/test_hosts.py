import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from factory import NOW

from storage import hosts
from storage.archive import open_archive
from storage.hosts import LOOK_AGAIN, Budget


@pytest.fixture
def db(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as archive, archive.write() as opened:
        yield opened


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def claim(db, *, after: float = 0, delay: float = 5, host: str = "a.org", **kwargs):
    return hosts.claim(db, host, delay=delay, lease=60, now=at(after), **kwargs)


def finish(db, *, after: float = 0, gap: float = 5, host: str = "a.org", **kwargs) -> float:
    return hosts.finish(db, host, gap=gap, now=at(after), **{"answered": True} | kwargs)


def ask(db, *, after: float, took: float = 0, **kwargs) -> float:
    """Send a request and end it; return the seconds promised."""
    turn = claim(db, after=after, delay=1)
    assert turn.wait == 0
    return finish(db, after=after + took, gap=turn.gap, **kwargs)


def test_the_delay_counts_from_the_end_of_a_request(db) -> None:
    claim(db)
    finish(db, after=2)
    assert claim(db, after=3).wait == pytest.approx(4)
    assert claim(db, after=7).wait == 0


def test_hosts_do_not_wait_for_each_other(db) -> None:
    assert [claim(db).wait, claim(db, host="b.org").wait] == [0, 0]


def test_a_turn_is_not_given_twice(db) -> None:
    claim(db)
    assert claim(db, after=6).wait == LOOK_AGAIN


def test_a_turn_that_nobody_ended_is_free_when_it_is_overdue(db) -> None:
    claim(db)
    assert claim(db, after=61).wait == 0


def test_the_turn_of_a_process_that_died_is_free(db) -> None:
    claim(db)
    died = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)  # fmt: skip
    db.execute("UPDATE host SET busy_pid = ?", (int(died.stdout),))
    assert claim(db, after=6).wait == 0


def test_a_turn_names_its_process(db) -> None:
    claim(db)
    assert db.execute("SELECT busy_pid FROM host").fetchone()[0] == os.getpid()


def test_without_a_delay_nobody_waits_for_anybody(db) -> None:
    assert [claim(db, delay=0).wait, claim(db, delay=0).wait] == [0, 0]


def test_the_longer_of_two_delays_holds_on_both_sides(db) -> None:
    ask(db, after=0)
    assert claim(db, after=5, delay=9).wait == pytest.approx(4)
    assert claim(db, after=9, delay=9).wait == 0
    finish(db, after=9, gap=9)
    assert claim(db, after=12, delay=1).wait == pytest.approx(6)


def test_a_moment_is_never_rounded_down(db) -> None:
    turn = claim(db, delay=0.1234567)
    finish(db, gap=turn.gap)
    row = db.execute("SELECT next_at FROM host").fetchone()
    assert row["next_at"].endswith("00.124Z")


def test_a_host_that_asks_to_wait_is_left_alone_as_long(db) -> None:
    assert ask(db, after=0, in_trouble=True, retry_after=600) == 600
    assert claim(db, after=599).wait == pytest.approx(1)


def test_the_wait_doubles_while_a_host_is_in_trouble(db) -> None:
    waits, moment = [], 0.0
    for _ in range(4):
        waits.append(ask(db, after=moment, in_trouble=True))
        moment += waits[-1]
    assert waits == [10, 20, 40, 80]


def test_the_wait_does_not_grow_for_ever(db) -> None:
    moment = 0.0
    for _ in range(20):
        wait = ask(db, after=moment, in_trouble=True)
        moment += wait
    assert wait == hosts.LONGEST_BACKOFF


def test_each_good_answer_halves_the_wait(db) -> None:
    moment = 0.0
    for _ in range(3):
        moment += ask(db, after=moment, in_trouble=True)
    gaps = []
    for _ in range(7):
        gaps.append(ask(db, after=moment))
        moment += gaps[-1]
    assert gaps == [40, 20, 10, 5, 2.5, 1.25, 1]


def test_no_answer_says_nothing_of_the_wait(db) -> None:
    ask(db, after=0, in_trouble=True)
    assert ask(db, after=10, answered=False) == 10
    assert claim(db, after=20, delay=1).gap == 10


def test_the_state_outlives_the_process(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive, archive.write() as db:
        ask(db, after=0, in_trouble=True)
    with open_archive(tmp_path / "a.db") as archive, archive.write() as db:
        assert claim(db, after=1).wait == pytest.approx(9)


def test_a_budget_of_pages_holds_for_a_day(db) -> None:
    budget = Budget(pages=2)
    for n in range(2):
        assert claim(db, after=n, delay=0, budget=budget).wait == 0
    turn = claim(db, after=2, delay=0, budget=budget)
    assert (turn.spent, turn.wait) == (True, 86_398)
    assert claim(db, after=86_400, delay=0, budget=budget).wait == 0


def test_a_budget_of_bytes_holds_for_a_day(db) -> None:
    budget = Budget(bytes=1000)
    claim(db, delay=0, budget=budget)
    finish(db, gap=0, size=1000)
    assert claim(db, after=1, delay=0, budget=budget).spent
    assert not claim(db, after=86_400, delay=0, budget=budget).spent


def test_a_clock_that_was_set_back_holds_nothing_up(db) -> None:
    ask(db, after=7200, in_trouble=True, retry_after=30)
    assert claim(db, after=0).wait == pytest.approx(30)
    assert claim(db, after=30).wait == 0
