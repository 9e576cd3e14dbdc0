"""What every command is given: where the archive and the settings are."""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from scraper.config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The options that stand before the verb."""

    archive: Path
    """The archive's file."""
    config_file: Path | None
    """The settings' file; None means wireroom.toml beside the archive, if there is one."""
    allow_networks: tuple[str, ...]
    """Ranges that are opened for this command alone."""

    @property
    def config_path(self) -> Path:
        """The settings' file, whether it exists or not."""
        return self.config_file or self.archive.with_name("wireroom.toml")

    def load_config(self) -> "Config":
        """Return the settings, with the command's own networks added.

        Raises:
            ConfigError: when the file cannot be used.
        """
        from scraper.config import check_networks, load_config  # noqa: PLC0415 - only when needed

        config = load_config(self.config_file, archive=self.archive)
        networks = check_networks(self.allow_networks, where="--allow-network")
        return replace(config, allow_networks=(*config.allow_networks, *networks))

    @contextmanager
    def read_archive(self) -> "Iterator[sqlite3.Connection]":
        """Open the archive for reading.

        Raises:
            ArchiveError: when there is none, or it cannot be read.
        """
        from storage.archive import open_archive  # noqa: PLC0415 - only when needed

        archive = open_archive(self.archive)
        try:
            with archive.read() as db:
                yield db
        finally:
            archive.close()


pass_context = click.make_pass_decorator(Context)
