"""The scheduler: keeps every chosen source crawled at its interval, until it is stopped.

One APScheduler job a source, in memory, rebuilt at start from the sources and the archive's last-crawl
rows. A job only marks its source as due. What is due goes together into one child process, because an
empty crawl costs some two CPU seconds before its first request, and because a crash or a leak then
costs one crawl.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from filelock import FileLock, Timeout

from scraper.config import Config
from scraper.errors import CrawlFailed
from scraper.schedule import plan_next
from storage.archive import open_archive

logger = logging.getLogger(__name__)

# Sources on one schedule should not all fall due in the same second.
JITTER_SECONDS = 30

# What falls due within a moment goes into one crawl.
COLLECT_SECONDS = 0.5

# A crawl that does not end after its minutes is killed; what it left waits in the archive.
GRACE_MINUTES = 5


class Scheduler:
    """Crawls each source at its interval, in child processes, one at a time.

    Args:
        archive: the archive's file.
        config: the settings and the chosen sources.
        config_file: the file they came from, for the child processes.
        allow_networks: networks opened on the command line, for the child processes.
    """

    def __init__(
        self,
        *,
        archive: Path,
        config: Config,
        config_file: Path | None = None,
        allow_networks: Sequence[str] = (),
    ) -> None:
        self._archive = archive
        self._config = config
        self._command = [sys.executable, "-m", "wireroom", "--archive", str(archive)]
        if config_file is not None:
            self._command += ["--config", str(config_file)]
        for network in allow_networks:
            self._command += ["--allow-network", network]
        self._due: set[str] = set()
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._alone: set[str] = set()
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Crawl until SIGTERM or Ctrl-C; a running crawl then finishes what is in flight.

        Raises:
            CrawlFailed: when another scheduler runs on this archive, or no source is chosen.
        """
        if not self._config.sources:
            raise CrawlFailed("no source is chosen: name some in wireroom.toml, `sources = [...]`")
        lock = FileLock(f"{self._archive}.scheduler.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise CrawlFailed(
                f"{self._archive}: another `wireroom run` works on this archive"
            ) from error
        scheduler = self._schedule()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            scheduler.start()
            logger.info("scheduling %d sources", len(self._config.sources))
            self._work()
        finally:
            scheduler.shutdown(wait=False)
            lock.release()

    def _schedule(self) -> BackgroundScheduler:
        now = datetime.now(UTC)
        archive = open_archive(self._archive, create=True)
        try:
            with archive.read() as db:
                rows = plan_next(db, self._config.sources, now=now)
        finally:
            archive.close()
        # UTC, so that no hour comes twice; coalesced and never misfired, so that a sleep of six hours
        # gives one crawl a source.
        scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for row in rows:
            scheduler.add_job(
                self._mark_due,
                IntervalTrigger(
                    seconds=max(1, int(row.interval)),
                    timezone=UTC,
                    jitter=min(JITTER_SECONDS, row.interval / 10),
                ),
                args=(row.source,),
                id=row.source,
                next_run_time=max(row.next_at, now),
            )
        return scheduler

    def _mark_due(self, source: str) -> None:
        self._due.add(source)
        self._wake.set()

    def _stop(self, _number: int, _frame: object) -> None:
        self._stopping.set()
        self._wake.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            # A bounded wait: a signal handler runs only between two waits on some platforms.
            self._wake.wait(timeout=1.0)
            self._wake.clear()
            while self._due and not self._stopping.wait(COLLECT_SECONDS):
                self._crawl(self._take_due())

    def _take_due(self) -> list[str]:
        # A source that crashed a crawl goes alone the next time.
        crashed = sorted(self._due & self._alone)
        taken = crashed[:1] or sorted(self._due)
        self._due.difference_update(taken)
        return taken

    def _crawl(self, sources: list[str]) -> None:
        logger.info("crawling %s", ", ".join(sources))
        # A session of its own: a Ctrl-C in the terminal reaches the scheduler, which passes it on.
        child = subprocess.Popen(  # noqa: S603 - our own command
            [*self._command, "crawl", "--json", *sources],
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        # A child that was told to stop in its last moments dies of that; it is no crash.
        if self._wait(child) < 0 and not self._stopping.is_set():
            logger.warning("a crawl of %s died; each goes alone next time", ", ".join(sources))
            self._alone.update(sources)
        else:
            self._alone.difference_update(sources)

    def _wait(self, child: "subprocess.Popen[bytes]") -> int:
        deadline = (self._config.crawl_minutes + GRACE_MINUTES) * 60
        told = False
        for _ in range(int(deadline * 2)):
            if self._stopping.is_set() and not told:
                child.send_signal(signal.SIGINT)
                told = True
            try:
                return child.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
        logger.error("a crawl did not end in %d minutes and is killed", deadline // 60)
        child.kill()
        return child.wait()
