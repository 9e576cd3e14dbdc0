"""The process that workers are forked from: it has the parsers loaded, and a worker starts in milliseconds.

It loads them while whoever starts it goes on: a command that will read pages starts it first, and loads
Scrapy meanwhile.
"""

from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerContext


def start() -> ForkServerContext:
    """Start the server if it does not run yet, without waiting until it has loaded the parsers.

    Returns:
        The context that makes processes by it. The first of them waits for the parsers.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(["scraper.warm"])
    forkserver.ensure_running()
    return context
