"""The extractors that read the text of a page, each behind one function: a page in, lines out."""

import re
from collections.abc import Iterable
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element
from lxml.html import document_fromstring
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree
from trafilatura import bare_extraction
from trafilatura.readability_lxml import Document as Readability
from trafilatura.settings import Extractor

from scraper.extraction.document import read_lines
from scraper.extraction.furniture_lines import is_furniture
from scraper.extraction.plain import clean_text

# Made once: each reads a file of settings.
_BALANCED, _ALONE, _GENEROUS = (
    Extractor(output_format="python", comments=False, fast=fast, recall=recall)
    for fast, recall in ((False, False), (True, False), (False, True))
)
_ROW = re.compile(r"^\|(.*)\|$")
_RULE = re.compile(r"^[|\s:-]+$")
_CELL = re.compile(r"(?<!\\)\|")
_BULLET = re.compile(r"^[-•*·]\s+")
_SHORTEST_BLOCK = 25


def read_balanced(tree: _Element) -> str:
    """Return the text that trafilatura finds in its balanced mode, without comments."""
    return _run_trafilatura(tree, _BALANCED)


def read_alone(tree: _Element) -> str:
    """Return the text that trafilatura finds without asking the two extractors that it asks otherwise."""
    return _run_trafilatura(tree, _ALONE)


def read_generous(tree: _Element) -> str:
    """Return the text that trafilatura finds when it would rather keep too much."""
    return _run_trafilatura(tree, _GENEROUS)


def read_by_density(tree: _Element) -> str:
    """Return the text that readability finds: what hangs together and is no link."""
    try:
        summary = Readability(deepcopy(tree), min_text_length=_SHORTEST_BLOCK).summary()
        found = document_fromstring(summary)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return ""
    return _clean(line.text for line in read_lines(found))


def read_quickly(markup: str) -> str:
    """Return the text that resiliparse finds, with an HTML parser of its own."""
    try:
        found = extract_plain_text(
            HTMLTree.parse(markup),
            main_content=True,
            preserve_formatting=True,
            alt_texts=False,
            comments=False,
            list_bullets=False,
        )
    except (ValueError, RuntimeError):
        return ""
    return _clean(found.split("\n"))


def _run_trafilatura(tree: _Element, settings: Extractor) -> str:
    found = bare_extraction(tree, options=settings)
    return _clean((getattr(found, "text", None) or "").split("\n"))


def _clean(lines: Iterable[str]) -> str:
    plain = (_read_row(line) for line in clean_text("\n".join(lines)).split("\n"))
    return "\n".join(
        line for line in plain if line and (_has_figures(line) or not is_furniture(line))
    )


def _has_figures(line: str) -> bool:
    """Return whether a line is a row of a table with figures: its words may be those of buttons."""
    return " | " in line and any(map(str.isdigit, line))


def _read_row(line: str) -> str:
    """Return a line without the marks of a table or a list; empty for a rule between rows."""
    row = _ROW.match(line)
    if row is None:
        return _BULLET.sub("", line)
    if _RULE.match(line):
        return ""
    cells = (cell.replace("\\|", "|").strip() for cell in _CELL.split(row[1]))
    return " | ".join(cell for cell in cells if cell)
