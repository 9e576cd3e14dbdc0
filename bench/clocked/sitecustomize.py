"""Writes down the CPU of each call of `read_page` that a crawl's workers make.

Python loads this at the start of every process that has this folder in PYTHONPATH; the seconds go to the file
that READING_CLOCK names, a line each.
"""

import os
import sys
import time
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

MODULE = "scraper.ingest"


class ReadingClock(MetaPathFinder):
    """Puts a clock around `read_page` where the path of a page finds it."""

    def find_spec(
        self,
        fullname: str,
        path: object,  # noqa: ARG002 - Python's signature
        target: ModuleType | None = None,  # noqa: ARG002 - Python's signature
    ) -> ModuleSpec | None:
        """Return the module's own spec, with a loader that adds the clock."""
        if fullname != MODULE:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        if spec is not None and spec.loader is not None:
            load = spec.loader.exec_module

            def load_and_clock(module: ModuleType) -> None:
                load(module)
                add_clock(module)

            spec.loader.exec_module = load_and_clock  # type: ignore[method-assign]
        return spec


def add_clock(module: ModuleType) -> None:
    """Replace a module's `read_page` by one that is clocked."""
    read_page = module.read_page
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    file = os.open(os.environ["READING_CLOCK"], flags, 0o600)

    def clocked(*args: object, **options: object) -> object:
        started = time.thread_time()
        try:
            return read_page(*args, **options)
        finally:
            os.write(file, f"{time.thread_time() - started:.6f}\n".encode())

    module.read_page = clocked  # type: ignore[attr-defined]


sys.meta_path.insert(0, ReadingClock())
