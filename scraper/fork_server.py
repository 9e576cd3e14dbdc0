"""The process that workers are forked from: it has the parsers loaded, and a worker starts in milliseconds.

It loads them while whoever starts it goes on: a command that will read pages starts it first, and loads
Scrapy meanwhile.
"""

import signal
from multiprocessing import forkserver, get_context, resource_tracker
from multiprocessing.context import ForkServerContext


def start() -> ForkServerContext:
    """Start the server if it does not run yet, without waiting until it has loaded the parsers.

    Returns:
        The context that makes processes by it. The first of them waits for the parsers.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(["scraper.warm"])
    # A Ctrl-C in the terminal reaches the whole group, and the server, with its children, from its first
    # moment; when they stop is this process's to say.
    resource_tracker.ensure_running()  # It would let the signal through again.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context
