"""Sphinx settings: `make docs` builds the documentation."""

from collections.abc import Iterator
from pathlib import Path

import click

from scraper.catalogue import load_catalogue
from scraper.cli import wireroom
from scraper.config import SETTINGS
from scraper.sources import GROUPS, Source
from wireroom import __version__

project = "Wireroom"
author = "The Wireroom authors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Wireroom"
html_copy_source = False
html_show_sourcelink = False
exclude_patterns = ["_build"]
autodoc_typehints = "description"
autodoc_member_order = "bysource"


def write_settings(page: Path) -> None:
    """Write the reference of the settings from the table that checks them."""
    lines = [
        "# Settings",
        "",
        "`wireroom init` writes a commented `wireroom.toml` with all of these.",
        "",
    ]
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "not set"
        lines += [
            f"## {setting.name}",
            "",
            setting.help,
            "",
            f"{setting.kind.what.capitalize()}; default: {default}.",
        ]
        if setting.example:
            lines += ["", f"Example: `{setting.name} = {setting.example}`"]
        lines.append("")
    page.write_text("\n".join(lines), encoding="utf-8")


def write_catalogue(page: Path) -> None:
    """Write the table of the shipped sources, a table a group."""
    lines = [
        "# The catalogue",
        "",
        "The sources that are shipped. The evidence for each feed, sitemap and section stands in its file, ",
        "with its year; `verified` is the day on which `wireroom sources check` last found all of them well.",
        "",
        "`wireroom init --group NAME` chooses a group.",
    ]
    catalogue = load_catalogue().values()
    for group, title in GROUPS.items():
        lines += [
            "",
            f"## {title} (`{group}`)",
            "",
            "| name | portal | country | languages | ways in | interval | verified |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [
            f"| `{source.name}` | [{source.title}]({source.home}) | {source.country or ''} "
            f"| {', '.join(source.languages)} | {_ways(source)} | {source.interval / 3600:g} h "
            f"| {source.verified} |"
            for source in catalogue
            if source.group == group
        ]
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _ways(source: Source) -> str:
    counts = {
        "feed": len(source.feeds),
        "sitemap": len(source.sitemaps),
        "section": len(source.sections),
    }
    return ", ".join(
        f"{count} {name}{'s' * (count > 1)}" for name, count in counts.items() if count
    )


def write_commands(page: Path) -> None:
    """Write what each command's --help says."""
    lines = [
        "# The command",
        "",
        "| exit code | meaning |",
        "|---|---|",
        "| 0 | done; a search without hits is done |",
        "| 1 | failed: the message names the thing and the way out |",
        "| 2 | misused: an unknown option, a setting or a query that cannot be read |",
        "",
    ]
    for name, command in _walk("wireroom", wireroom):
        context = click.Context(command, info_name=name, terminal_width=88, max_content_width=88)
        lines += [f"## {name}", "", "```text", command.get_help(context), "```", ""]
    page.write_text("\n".join(lines), encoding="utf-8")


def _walk(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for sub, inner in command.commands.items():
            yield from _walk(f"{name} {sub}", inner)


_reference = Path(__file__).parent / "reference"
write_commands(_reference / "command.md")
write_settings(_reference / "settings.md")
write_catalogue(_reference / "catalogue.md")
