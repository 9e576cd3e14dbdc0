"""One crawl of what is due, in a process of its own.

A child at all, because a Twisted reactor cannot start twice, and because a crash, a leak or a hang then
costs one crawl. One for all that is due, because an empty crawl costs some two CPU seconds before its first
request.
"""

import logging
import os
import signal
import subprocess
from collections.abc import Callable, Sequence

logger = logging.getLogger(__name__)

# How often a running crawl is looked at.
LOOK_SECONDS = 0.5


def run_child(
    command: Sequence[str], *, longest: float, should_stop: Callable[[], bool]
) -> int | None:
    """Run a crawl to its end.

    Args:
        command: the command and its words.
        longest: seconds after which it is killed; what it left waits in the archive.
        should_stop: asked twice a second; when it says so, the crawl is told to finish what is in flight.

    Returns:
        Its exit code, negative when a signal ended it; None when it could not be started.
    """
    try:
        # A session of its own: a Ctrl-C in the terminal reaches the scheduler, which passes it on.
        child = subprocess.Popen(  # noqa: S603 - our own command
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
    except OSError as error:
        logger.error("a crawl cannot be started: %s", error.strerror or error)  # noqa: TRY400 - one line
        return None
    told = False
    for _ in range(int(longest / LOOK_SECONDS)):
        if should_stop() and not told:
            # Whoever runs in the background of a script may have inherited that SIGINT is ignored.
            child.send_signal(signal.SIGTERM)
            told = True
        try:
            return child.wait(timeout=LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    logger.error("a crawl did not end in %d minutes and is killed", longest // 60)
    child.kill()
    return child.wait()
