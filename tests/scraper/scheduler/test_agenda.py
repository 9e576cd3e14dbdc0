"""What falls due under APScheduler when many sources do at once, the clock is set, or the machine sleeps."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import apscheduler.schedulers.base
import pytest

from scraper.schedule import ScheduledSource
from scraper.scheduler.agenda import Agenda, Clock

HOUR = timedelta(hours=1)


class SettableClock:
    """The time of day as it would be on a machine whose clock is set, for us and for APScheduler."""

    def __init__(self) -> None:
        self.set_by = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.set_by

    def as_class(self) -> type[datetime]:
        clock = self

        class Now(datetime):
            @classmethod
            def now(cls, tz=None) -> datetime:
                return clock.now().astimezone(tz)

        return Now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SettableClock:
    made = SettableClock()
    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", made.as_class())
    return made


class Started:
    """An agenda that runs, and what it has said is due."""

    def __init__(self, clock: SettableClock, dues: dict[str, timedelta]) -> None:
        self.due: Counter[str] = Counter()
        rows = [row(name, clock.now() + after) for name, after in dues.items()]
        self.agenda = Agenda(rows, self._mark, clock=Clock(wall=clock.now))
        self.agenda.start()

    def _mark(self, source: str) -> None:
        self.due[source] += 1

    def wait(self, until: Callable[[], bool]) -> bool:
        for _ in range(60):
            if until():
                return True
            time.sleep(0.05)
        return False


def row(
    name: str, next_at: datetime, *, interval: float = 3600.0, sooner: timedelta = timedelta(0)
) -> ScheduledSource:
    return ScheduledSource(
        source=name,
        interval=interval,
        why="as set",
        next_at=next_at,
        along_at=next_at - sooner,
        last_started_at=None,
        last_state=None,
        last_new=None,
    )


@pytest.fixture
def start(clock: SettableClock) -> Iterator[Callable[..., Started]]:
    started: list[Started] = []

    def begin(**dues: timedelta) -> Started:
        started.append(Started(clock, dues))
        return started[-1]

    yield begin
    for one in started:
        one.agenda.close()


def test_forty_sources_that_are_due_at_once_are_all_due(start: Callable[..., Started]) -> None:
    running = start(**{f"source_{n}": timedelta(0) for n in range(40)})
    assert running.wait(lambda: len(running.due) == 40)


def test_what_fell_due_while_nothing_ran_is_due_once(
    start: Callable[..., Started], clock: SettableClock
) -> None:
    running = start(portal=-6 * HOUR)
    assert running.wait(lambda: running.due["portal"] > 0)
    time.sleep(0.2)
    assert running.due["portal"] == 1
    assert running.agenda.next_moments()["portal"] > clock.now()


def test_six_hours_of_sleep_give_one_crawl_a_source(
    start: Callable[..., Started], clock: SettableClock
) -> None:
    running = start(one=HOUR, two=HOUR / 2)
    time.sleep(0.1)
    clock.set_by = 6 * HOUR
    running.agenda.follow_clock()
    assert running.wait(lambda: len(running.due) == 2)
    time.sleep(0.2)
    assert running.due == {"one": 1, "two": 1}


def test_a_clock_that_is_set_back_delays_nothing(
    start: Callable[..., Started], clock: SettableClock
) -> None:
    running = start(portal=timedelta(seconds=0.5))
    clock.set_by = -2 * HOUR
    running.agenda.follow_clock()
    assert running.wait(lambda: running.due["portal"] == 1)
    assert running.agenda.next_moments()["portal"] <= clock.now() + 1.1 * HOUR


def test_without_following_the_clock_it_would_delay_everything(
    start: Callable[..., Started], clock: SettableClock
) -> None:
    running = start(portal=timedelta(seconds=0.5))
    clock.set_by = -2 * HOUR
    time.sleep(1)
    assert running.due["portal"] == 0


def test_a_clock_that_is_slewed_moves_nothing(
    start: Callable[..., Started], clock: SettableClock
) -> None:
    running = start(portal=HOUR)
    before = running.agenda.next_moments()
    clock.set_by = -timedelta(seconds=2)
    running.agenda.follow_clock()
    assert running.agenda.next_moments() == before


def test_a_source_falls_due_by_its_new_interval(
    start: Callable[..., Started], clock: SettableClock
) -> None:
    running = start(portal=HOUR)
    at = clock.now() + 3 * HOUR
    running.agenda.move(row("portal", at, interval=7200.0), not_before=clock.now())
    assert running.agenda.next_moments() == {"portal": at}


def test_a_crawl_that_left_no_row_is_not_tried_again_at_once(
    start: Callable[..., Started], clock: SettableClock
) -> None:
    running = start(portal=HOUR)
    later = clock.now() + HOUR
    running.agenda.move(row("portal", clock.now()), not_before=later)
    assert running.agenda.next_moments() == {"portal": later}


def test_what_is_due_soon_goes_along_with_a_crawl_that_is_made_anyway(
    start: Callable[..., Started], clock: SettableClock
) -> None:
    running = start(soon=HOUR, later=HOUR)
    for name, after in (("soon", timedelta(minutes=4)), ("later", timedelta(minutes=6))):
        moved = row(name, clock.now() + after, sooner=timedelta(minutes=5))
        running.agenda.move(moved, not_before=clock.now())
    assert running.agenda.nearly_due() == {"soon"}
