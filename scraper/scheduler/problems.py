"""Telling an operator: a command is run when a source's health changes, with the facts in its environment."""

import logging
import os
import signal
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from storage.health import Change, Condition
from storage.records import utc_text

logger = logging.getLogger(__name__)

# A mail that cannot be sent must not hold up the next one for ever.
LONGEST = 60.0


class ProblemTeller:
    """Runs the operator's command, one change after the other, beside the crawls.

    Args:
        command: for the shell; it finds the facts in its environment, never in its words.
        archive: the archive's file.
    """

    def __init__(self, command: str, archive: Path) -> None:
        self._command = command
        self._archive = archive
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="on-problem")

    def tell(self, changes: Iterable[Change]) -> None:
        """Queue the command for each change."""
        for change in changes:
            logger.info("%s is %s", change.health.source, change.health.condition)
            self._thread.submit(self._run, facts_of(change, self._archive))

    def close(self) -> None:
        """Wait for the command that runs, and drop those that wait."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _run(self, facts: dict[str, str]) -> None:
        source = facts["WIREROOM_SOURCE"]
        try:
            # The operator's own command line; what pages wrote stands in variables, and is not parsed.
            child = subprocess.Popen(  # noqa: S602
                self._command,
                shell=True,
                env=os.environ | facts,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            logger.warning("--on-problem for %s cannot be run: %s", source, error)
            return
        try:
            code = child.wait(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            # With all that the shell has started.
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            logger.warning("--on-problem for %s took longer than %d s", source, LONGEST)
            return
        if code:
            logger.warning("--on-problem for %s failed with exit code %d", source, code)


def facts_of(change: Change, archive: Path) -> dict[str, str]:
    """Return what a command is told of a change, by the names of its environment."""
    health = change.health
    worst = health.findings[0] if health.findings else None
    facts = {
        "WIREROOM_ARCHIVE": str(archive),
        "WIREROOM_SOURCE": health.source,
        "WIREROOM_HEALTH": health.condition,
        "WIREROOM_BEFORE": change.before or Condition.UNKNOWN,
        "WIREROOM_SINCE": utc_text(worst.since) if worst and worst.since else "",
        "WIREROOM_WHAT": worst.what if worst else "",
        "WIREROOM_WAY_OUT": worst.way_out if worst else "",
    }
    # What a page or a server wrote may hold anything; a variable holds no NUL, and a mail wants one line.
    return {
        name: "".join(c if c.isprintable() else " " for c in value) for name, value in facts.items()
    }
