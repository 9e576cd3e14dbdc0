"""Which source falls due when, by APScheduler, under a clock that may be set and a machine that may sleep.

One job a source, in memory, rebuilt at start from the sources and the archive's own rows. A job only says
that its source is due.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scraper.schedule import ScheduledSource

# Sources on one schedule should not all fall due in the same second.
JITTER_SECONDS = 30.0

# Clocks are slewed by less; a step is more.
STEP = timedelta(seconds=5)


def _wall() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The two clocks of a machine."""

    wall: Callable[[], datetime] = _wall
    """The time of day, which may be set."""
    steady: Callable[[], float] = time.monotonic
    """Seconds that only ever pass."""


class Agenda:
    """Says which sources fall due, each at its moment.

    Args:
        rows: when each source is due.
        mark_due: called with the name of a source that is, in a thread of the agenda's.
        clock: the clocks.
    """

    def __init__(
        self,
        rows: Iterable[ScheduledSource],
        mark_due: Callable[[str], None],
        *,
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock or Clock()
        self._offset = self._read_offset()
        # UTC, so that no hour comes twice; coalesced and never misfired, so that a sleep of six hours
        # gives one crawl a source, and forty that are due at once are all crawled.
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        now = self._clock.wall()
        self._sooner: dict[str, timedelta] = {}
        for row in rows:
            self._sooner[row.source] = row.next_at - row.along_at
            self._scheduler.add_job(
                mark_due,
                _trigger(row),
                args=(row.source,),
                id=row.source,
                next_run_time=max(row.next_at, now),
            )

    def start(self) -> None:
        """Begin to say what is due."""
        self._scheduler.start()

    def close(self) -> None:
        """Say nothing more."""
        self._scheduler.shutdown(wait=False)

    def next_moments(self) -> dict[str, datetime]:
        """Return when each source falls due next."""
        return {job.id: job.next_run_time for job in self._scheduler.get_jobs()}

    def nearly_due(self) -> set[str]:
        """Return the sources that may go along with a crawl that is made anyway."""
        now = self._clock.wall()
        return {
            name
            for name, moment in self.next_moments().items()
            if moment - self._sooner[name] <= now
        }

    def move(self, row: ScheduledSource, *, not_before: datetime) -> None:
        """Let a source fall due when its row says so from now on.

        Args:
            row: when it is due.
            not_before: not before this moment, whatever the row says.
        """
        self._sooner[row.source] = row.next_at - row.along_at
        self._scheduler.reschedule_job(row.source, trigger=_trigger(row))
        self._scheduler.modify_job(row.source, next_run_time=max(row.next_at, not_before))

    def follow_clock(self) -> None:
        """Look whether the clock was set since the last look; to be called every second or so.

        APScheduler waits for moments of the day. When the clock is set back, everything waits for as long as
        it was set back: so all moments are set back too. When it jumps ahead, by hand or because the machine
        slept, the wait goes on for as long as before: so it is ended.
        """
        offset = self._read_offset()
        step = timedelta(seconds=offset - self._offset)
        if abs(step) < STEP:
            return
        self._offset = offset
        if step < timedelta(0):
            for name, moment in self.next_moments().items():
                self._scheduler.modify_job(name, next_run_time=moment + step)
        self._scheduler.wakeup()

    def _read_offset(self) -> float:
        return self._clock.wall().timestamp() - self._clock.steady()


def _trigger(row: ScheduledSource) -> IntervalTrigger:
    return IntervalTrigger(
        seconds=max(1, int(row.interval)),
        timezone=UTC,
        jitter=min(JITTER_SECONDS, row.interval / 10),
    )
