"""Wireroom: a web scraper and news-feed archiver for digital-economy events.

The public door: `open_archive` for researchers, `__version__`, and the command as
`python -m wireroom`. What is named here loads only when it is used.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from scraper import __version__

if TYPE_CHECKING:
    from storage.archive import open_archive

__all__ = ["__version__", "open_archive"]

_HOMES = {"open_archive": "storage.archive"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def main() -> None:
    """Run the command `wireroom`."""
    try:
        # Every worker imports the module that the command was started from: it should find little there.
        from scraper.cli import main as run  # noqa: PLC0415
    except KeyboardInterrupt:
        sys.exit("\nAborted!")
    run()


if __name__ == "__main__":
    main()
