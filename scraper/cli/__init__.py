"""The `wireroom` command, thin over the packages' functions.

A module a group of commands. Nothing heavy is imported before a command needs it: `--help` and `search`
load neither Scrapy nor trafilatura.
"""

import atexit
import gc
import logging
import os
import sys
from pathlib import Path

import click

from scraper import __version__
from scraper.cli import (
    again,
    archive,
    audit,
    care,
    counting,
    crawl,
    demo,
    fetch,
    health,
    relevance,
    setup,
    sources,
    story,
)
from scraper.cli.context import Context
from scraper.errors import ConfigError, ScraperError, UrlRefused
from storage.errors import ArchiveError, QueryError

FAILED = 1
MISUSED = 2


class _OneLine(logging.Formatter):
    """Formats a log record as one line: a traceback is for us, not for whoever runs the command."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{record.levelname.lower()}: {record.getMessage().splitlines()[0]}"


class _Commands(click.Group):
    """Lists the commands in the order in which a newcomer meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--archive",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="WIREROOM_ARCHIVE",
    default="wireroom.db",
    show_default=True,
    show_envvar=True,
    help="The archive's file.",
)
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="WIREROOM_CONFIG",
    show_envvar=True,
    help="Settings and own sources.  [default: wireroom.toml beside the archive]",
)
@click.option(
    "--allow-network",
    "allow_networks",
    metavar="CIDR",
    multiple=True,
    help="Open a range of non-public addresses, such as 10.0.0.0/8. Repeatable.",
)
@click.option("-v", "--verbose", count=True, help="Log more; -vv logs everything, tracebacks too.")
@click.version_option(__version__, prog_name="wireroom")
@click.pass_context
def wireroom(
    ctx: click.Context,
    *,
    archive: Path,
    config: Path | None,
    allow_networks: tuple[str, ...],
    verbose: int,
) -> None:
    """Archive news of the digital economy, and search what was archived.

    \b
    Start here:
      wireroom demo                     see it all work, without a network
      wireroom init                     write a commented wireroom.toml
      wireroom crawl                    crawl the chosen sources once
      wireroom search "digital economy" find what was archived
    """
    _log_to_stderr(verbose)
    ctx.obj = Context(archive=archive, config_file=config, allow_networks=allow_networks)


for command in (
    *demo.COMMANDS,
    *setup.COMMANDS,
    *sources.COMMANDS,
    *fetch.COMMANDS,
    *crawl.COMMANDS,
    *archive.COMMANDS,
    *relevance.COMMANDS,
    *story.COMMANDS,
    *care.COMMANDS,
    *health.COMMANDS,
    *audit.COMMANDS,
    *counting.COMMANDS,
    *again.COMMANDS,
):
    wireroom.add_command(command)


def main() -> None:
    """Run the command; every error becomes one message and an exit code, never a traceback."""
    # A hundred thousand objects are modules that stay: to look through them again and again, and once more
    # at the end, takes a fifth of a short command's time.
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)
    try:
        wireroom(standalone_mode=True)
    except (ConfigError, QueryError, UrlRefused) as error:
        _give_up(error, MISUSED)
    except (ScraperError, ArchiveError) as error:
        _give_up(error, FAILED)
    except BrokenPipeError:
        # `wireroom export | head`: what is still buffered would raise once more at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except OSError as error:
        _give_up(error, FAILED)


def _is_ours(record: logging.LogRecord) -> bool:
    package = record.name.partition(".")[0]
    return package not in {"scrapy", "twisted", "trafilatura", "htmldate", "protego", "py"}


def _give_up(error: Exception, code: int) -> None:
    logging.getLogger("wireroom").debug("where it happened", exc_info=error)
    click.echo(f"Error: {error}", err=True)
    sys.exit(code)


def _log_to_stderr(verbose: int) -> None:
    levels = (logging.WARNING, logging.INFO, logging.DEBUG)
    handler = logging.StreamHandler()
    if verbose < len(levels) - 1:
        handler.setFormatter(_OneLine())
    handler.setLevel(levels[min(verbose, len(levels) - 1)])
    # Scrapy sets levels of its loggers: what is shown is decided at the handler.
    logging.basicConfig(level=handler.level, handlers=[handler])
    if verbose < len(levels) - 1:
        # It says of every source twice that it is due.
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
    if not verbose:
        # What Scrapy warns about is an outcome of ours, and stands in the summary.
        handler.addFilter(_is_ours)
