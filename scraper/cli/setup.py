"""`wireroom init`: the settings' file."""

from pathlib import Path

import click

from scraper.cli.context import Context, pass_context


@click.command()
@click.option("--contact", help="The address for the User-Agent, such as you@example.org.")
@click.option(
    "--group",
    "groups",
    multiple=True,
    metavar="NAME",
    help="Choose the sources of a group of the catalogue, such as china. Repeatable.",
)
@pass_context
def init(context: Context, *, contact: str | None, groups: tuple[str, ...]) -> None:
    """Write a commented wireroom.toml beside the archive.

    \b
    Example:
      wireroom init --contact you@example.org --group china --group international
    """
    from scraper.config import write_config  # noqa: PLC0415 - only when needed

    path = context.config_file or Path(context.archive).with_name("wireroom.toml")
    write_config(path, contact=contact, groups=groups)
    click.echo(f"wrote {path}")
    if not groups:
        from scraper.sources import GROUPS  # noqa: PLC0415 - only when needed

        click.echo(f"Choose `sources` in it; --group chooses for you: {', '.join(GROUPS)}.")
    if contact is None:
        click.echo("Set `contact` in it before the first crawl.")


COMMANDS = (init,)
