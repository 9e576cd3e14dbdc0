"""Sphinx settings: `make docs` builds the documentation."""

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
suppress_warnings = ["myst.xref_missing"]
