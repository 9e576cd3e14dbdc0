"""The text of an article, by trafilatura, with what was seen to help around it.

    tree | unfold_layout | drop_furniture | trafilatura | rescue by JSON-LD | second opinion

Settings were chosen by measurement on real pages: the balanced mode without comments. Its own
precision mode gains on some pages what it loses on others, where it keeps a tenth of the article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.extraction import Mode
from scraper.extraction.dates import find_moments
from scraper.extraction.document import Document, Line
from scraper.extraction.extractors import read_alone, read_balanced, read_generous
from scraper.extraction.furniture import drop_furniture, unfold_layout
from scraper.extraction.furniture_lines import is_furniture
from scraper.extraction.jsonld import Json, as_list
from scraper.extraction.plain import clean_text, fold, strip_markup, weigh
from scraper.extraction.second import complete

_PARAGRAPH_END = re.compile(r"<\s*(?:br\s*/?|/p|/div|/li|/h\d)\s*>", re.IGNORECASE)
# The declared body wins when the page shows a stub: a teaser, or a shell for JavaScript.
_MUCH_LONGER = 1.5
_AT_LEAST_LONGER = 200
_ENOUGH, _COVERED = 300, 0.3
# A text that lacks more than a quarter of the page's paragraphs may have been cut off.
_CUT = 0.75
# So many lines at the top may repeat the headline or the byline.
_TOP, _LONGEST_BYLINE = 6, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The text of a page."""

    text: str
    """One paragraph a line; empty when there is none."""
    origin: str
    """`page` or `json-ld`."""


def read_text(document: Document, lines: Sequence[Line], *, mode: Mode) -> Text:
    """Read the article's text; the document's tree loses its furniture on the way.

    Args:
        document: the page, its metadata read already.
        lines: its lines as they were.
        mode: `best` asks a second extractor always, `fast` where the first leaves much of the page out.

    Returns:
        The text as plain lines, the headline not repeated above it.
    """
    unfold_layout(document.tree)
    weight = drop_furniture(document.tree)
    found = read_alone(document.tree) if mode == "fast" else ""
    # A text that covers the page's paragraphs needs no others to look for what is missing.
    if weigh(found) < max(_ENOUGH, _COVERED * weight):
        found = read_balanced(document.tree)
    # Where the balanced mode sees nothing at all, a page may still have a text between many tables.
    found = found or read_generous(document.tree)
    declared = _read_declared(document)
    if len(declared) > _MUCH_LONGER * len(found) + _AT_LEAST_LONGER:
        return Text(text=declared, origin="json-ld")
    if mode == "best" or weigh(found) < _CUT * weight:
        found = complete(document, lines, found)
    return Text(text=found, origin="page")


def drop_top(text: str, *, title: str, known: tuple[str, ...]) -> str:
    """Take the headline and the byline off the top of a text.

    Args:
        text: the text.
        title: the headline.
        known: what the byline may consist of: authors, credit line, the date as printed.

    Returns:
        The text without the lines among its first ones that say nothing else. A date alone goes at the
        very top and right below another such line only: below an own line, it may head a part of a chronology.
    """
    lines = text.split("\n")
    parts = sorted((fold(part) for part in known if fold(part)), key=len, reverse=True)
    headline = fold(title)
    kept: list[str] = []
    is_top = True
    for number, line in enumerate(lines):
        is_top = number < _TOP and (
            fold(line) == headline or _is_byline(line, parts, is_beside_top=is_top)
        )
        if not is_top:
            kept.append(line)
    return "\n".join(kept)


def _read_declared(document: Document) -> str:
    bodies = (_declared_text(body) for body in as_list(document.linked.article.get("articleBody")))
    return max(bodies, key=len, default="")


def _declared_text(body: Json) -> str:
    if not isinstance(body, str):
        return ""
    # Line breaks survive as paragraphs, everything else of the markup goes.
    broken = _PARAGRAPH_END.sub("\n", body.replace("&lt;", "<").replace("&gt;", ">"))
    lines = (strip_markup(line) for line in clean_text(broken).split("\n"))
    return "\n".join(line for line in lines if line and not is_furniture(line))


def _is_byline(line: str, parts: list[str], *, is_beside_top: bool) -> bool:
    rest = fold(line)
    before = len(rest)
    if len(line) <= _LONGEST_BYLINE and (is_beside_top or any(part in rest for part in parts)):
        # What is declared is written in another way than what is printed.
        parts = [*parts, *(fold(moment.raw) for moment in find_moments(line, day_first=True))]
    for part in parts:
        rest = rest.replace(part, "")
    # What is left of "By X and Y" or of "来源：X": little, and only when something was there.
    return len(rest) < before and len(rest) <= max(8, before // 4)
