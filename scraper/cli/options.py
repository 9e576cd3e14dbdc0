"""Options that several commands have."""

from datetime import date
from difflib import get_close_matches

import click

from scraper.cli.context import Context
from scraper.errors import ConfigError


class Day(click.ParamType[date]):
    """A day as a person types it."""

    name = "day"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day; fail with the way to write it."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2024-08-01", param, ctx)


DAY = Day()


def check_order(ctx: click.Context, _param: click.Parameter, value: date | None) -> date | None:
    """Return the day that a person typed for `--since` or `--until`.

    Raises:
        BadParameter: when the one is after the other, whichever of them was typed first.
    """
    days = [ctx.params.get("since"), ctx.params.get("until")]
    since, until = (known or value for known in days)
    if value is not None and since is not None and until is not None and since > until:
        raise click.BadParameter(f"--since {since} is after --until {until}: no day is in between")
    return value


def check_source(
    ctx: click.Context, _param: click.Parameter, value: "str | tuple[str, ...] | None"
) -> "str | tuple[str, ...] | None":
    """Return the names of sources that a person typed.

    Raises:
        UsageError: for one that neither the archive nor the settings know; it names the nearest.
    """
    from storage import reports  # noqa: PLC0415 - only who names a source needs it

    context = ctx.find_object(Context)
    names = (value,) if isinstance(value, str) else value or ()
    if context is None or not names or not context.archive.exists():
        return value
    with context.read_archive() as db:
        strange = [name for name in names if not reports.knows_source(db, name)]
    if strange:
        try:
            known = context.load_config().known
        except ConfigError:
            # A command that only reads does not depend on the settings.
            return value
        for name in strange:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = (
                    f"; did you mean {near[0]}?" if near else "; `wireroom sources list` lists them"
                )
                raise click.UsageError(f"no source is called {name}{hint}")
    return value


since_option = click.option(
    "--since", type=DAY, callback=check_order, metavar="YYYY-MM-DD", help="Published on or after."
)
until_option = click.option(
    "--until", type=DAY, callback=check_order, metavar="YYYY-MM-DD", help="Published on or before."
)
sources_option = click.option(
    "--source",
    "sources",
    multiple=True,
    callback=check_source,
    metavar="NAME",
    help="Only this source. Repeatable.",
)
source_option = click.option(
    "--source", callback=check_source, metavar="NAME", help="Only this source."
)
