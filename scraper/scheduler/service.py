"""Crawls what is due, in one child process at a time, and looks after what came of it."""

import logging
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from scraper.config import Config
from scraper.errors import CrawlFailed
from scraper.health import watch
from scraper.schedule import ScheduledSource, plan_next
from scraper.scheduler.agenda import Agenda, Clock
from scraper.scheduler.child import run_child
from scraper.scheduler.problems import ProblemTeller
from storage.archive import open_archive
from storage.errors import ArchiveError
from storage.health import examine, note_changes

logger = logging.getLogger(__name__)

# What falls due within a moment goes into one crawl.
COLLECT_SECONDS = 0.5

# A crawl that does not end after its minutes is killed; what it left waits in the archive.
GRACE_MINUTES = 5

HEARTBEAT_SECONDS = 10.0


class Scheduler:
    """Crawls each source as often as it publishes, in child processes, one at a time.

    Args:
        archive: the archive's file.
        config: the settings and the chosen sources.
        config_file: the file they came from, for the child processes.
        allow_networks: networks opened on the command line, for the child processes.
        heartbeat: a file that is touched while all is well with the scheduler itself.
        on_problem: a command that is run when a source's health changes.
        clock: the clocks.
    """

    def __init__(
        self,
        *,
        archive: Path,
        config: Config,
        config_file: Path | None = None,
        allow_networks: Sequence[str] = (),
        heartbeat: Path | None = None,
        on_problem: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._archive = archive
        self._config = config
        self._sources = {source.name: source for source in config.sources}
        self._command = [sys.executable, "-m", "wireroom", "--archive", str(archive)]
        if config_file is not None:
            self._command += ["--config", str(config_file)]
        for network in allow_networks:
            self._command += ["--allow-network", network]
        self._heartbeat = heartbeat
        self._teller = ProblemTeller(on_problem, archive) if on_problem else None
        self._clock = clock or Clock()
        self._beaten_at: float | None = None
        self._lock = threading.Lock()
        self._due: set[str] = set()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._alone: set[str] = set()

    def run(self) -> None:
        """Crawl until SIGTERM or Ctrl-C; a running crawl then finishes what is in flight.

        Raises:
            CrawlFailed: when another scheduler runs on this archive, no source is chosen, or the lock
                or the heartbeat's file cannot be written.
        """
        if not self._sources:
            raise CrawlFailed("no source is chosen: name some in wireroom.toml, `sources = [...]`")
        lock = FileLock(f"{self._archive}.scheduler.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise CrawlFailed(
                f"{self._archive}: another `wireroom run` works on this archive"
            ) from error
        except OSError as error:
            raise CrawlFailed(
                f"{lock.lock_file}: the scheduler's lock cannot be made: {error.strerror or error};"
                " check the owner and the mode of the folder, or name an archive elsewhere (--archive)"
            ) from error
        try:
            self._beat()
        except OSError as error:
            raise CrawlFailed(
                f"{self._heartbeat}: the heartbeat cannot be written: {error.strerror}"
            ) from error
        agenda = Agenda(self._plan(list(self._sources)), self._mark_due, clock=self._clock)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            agenda.start()
            logger.info("scheduling %d sources", len(self._sources))
            self._work(agenda)
        finally:
            agenda.close()
            if self._teller is not None:
                self._teller.close()
            lock.release()

    def _plan(self, names: Sequence[str]) -> list[ScheduledSource]:
        with open_archive(self._archive, create=True) as archive, archive.read() as db:
            sources = [self._sources[name] for name in names]
            return plan_next(db, sources, now=self._clock.wall())

    def _mark_due(self, source: str) -> None:
        with self._lock:
            self._due.add(source)
        self._wake.set()

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopping.set()
        self._wake.set()

    def _work(self, agenda: Agenda) -> None:
        while not self._stopping.is_set():
            # A bounded wait: a signal handler runs only between two waits on some platforms.
            self._wake.wait(timeout=1.0)
            self._wake.clear()
            self._look_after(agenda)
            while self._due and not self._stopping.wait(COLLECT_SECONDS):
                self._crawl(self._take_due(agenda), agenda)

    def _look_after(self, agenda: Agenda) -> None:
        """Follow the clock, and show that the scheduler lives."""
        agenda.follow_clock()
        try:
            self._beat()
        except OSError as error:
            logger.warning("%s: the heartbeat cannot be written: %s", self._heartbeat, error)

    def _beat(self) -> None:
        now = self._clock.steady()
        if self._heartbeat is None:
            return
        if self._beaten_at is None or now - self._beaten_at >= HEARTBEAT_SECONDS:
            self._beaten_at = now
            self._heartbeat.touch()

    def _take_due(self, agenda: Agenda) -> list[str]:
        with self._lock:
            # A source that crashed a crawl goes alone the next time.
            crashed = sorted(self._due & self._alone)
            taken = crashed[:1] or sorted(self._due | agenda.nearly_due() - self._alone)
            self._due.difference_update(taken)
        return taken

    def _crawl(self, names: list[str], agenda: Agenda) -> None:
        logger.info("crawling %s", ", ".join(names))
        began = self._clock.wall()

        def should_stop() -> bool:
            self._look_after(agenda)
            return self._stopping.is_set()

        code = run_child(
            [*self._command, "crawl", "--json", "--due", *names],
            longest=(self._config.crawl_minutes + GRACE_MINUTES) * 60.0,
            should_stop=should_stop,
        )
        # A child that was told to stop in its last moments dies of that; it is no crash.
        if code is not None and code < 0 and not self._stopping.is_set():
            logger.warning("a crawl of %s died; each goes alone next time", ", ".join(names))
            self._alone.update(names)
        else:
            self._alone.difference_update(names)
        with self._lock:
            # What fell due during its own crawl has just been crawled.
            self._due.difference_update(names)
        try:
            self._account(names, agenda, began=began)
        except ArchiveError as error:
            # The agenda goes on by the intervals that it has.
            logger.warning("%s", error)

    def _account(self, names: list[str], agenda: Agenda, *, began: datetime) -> None:
        """Decide when the crawled sources are due again, and tell who is ill now."""
        earliest = min(began, self._clock.wall())
        for row in self._plan(names):
            # A crawl that broke off before its first row would be due again at once, for ever.
            agenda.move(row, not_before=earliest + timedelta(seconds=row.interval))
        if self._teller is None or self._stopping.is_set():
            return
        now = self._clock.wall()
        with open_archive(self._archive) as archive:
            with archive.read() as db:
                examined = [examine(db, watch(self._sources[name]), now=now) for name in names]
            with archive.write() as db:
                changes = note_changes(db, examined, now=now)
        self._teller.tell(changes)
