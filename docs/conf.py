"""Sphinx settings: `make docs` builds the documentation."""

from pathlib import Path

from scraper.config import SETTINGS
from scraper.sources import load_catalogue
from wireroom import __version__

project = "Wireroom"
author = "The Wireroom authors"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_click"]
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
    lines = ["# Settings", "", "`wireroom init` writes a commented `wireroom.toml` with all of these.", ""]
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "not set"
        lines += [f"## {setting.name}", "", setting.help, "", f"{setting.kind.what.capitalize()}; default: {default}."]
        if setting.example:
            lines += ["", f"Example: `{setting.name} = {setting.example}`"]
        lines.append("")
    page.write_text("\n".join(lines), encoding="utf-8")


def write_catalogue(page: Path) -> None:
    """Write the table of the shipped sources."""
    lines = [
        "# The catalogue",
        "",
        "The sources that are shipped. The evidence for each feed, sitemap and section stands in its file.",
        "",
        "| name | portal | languages | ways in | verified |",
        "|---|---|---|---|---|",
    ]
    for source in load_catalogue().values():
        ways = f"{len(source.feeds)} feeds, {len(source.sitemaps)} sitemaps, {len(source.sections)} sections"
        lines.append(
            f"| `{source.name}` | [{source.title}]({source.home}) | {', '.join(source.languages)} "
            f"| {ways} | {source.verified} |"
        )
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


_reference = Path(__file__).parent / "reference"
write_settings(_reference / "settings.md")
write_catalogue(_reference / "catalogue.md")
