"""The Markdown form of an article's text: its lines, with the structure that they have on their page.

    text | each line is found on the page | headings, lists, quotes, tables, code | links, emphasis

Nothing stands in it that is not in the text, and everything that is: a line that is found nowhere on the
page is a paragraph.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from lxml import etree
from lxml.etree import _Element

from scraper.errors import UrlRefused
from scraper.extraction.document import BLOCKS, Document
from scraper.extraction.markdown_inline import Piece, escape_line, escape_start, write_pieces
from scraper.extraction.plain import clean_line, fold
from scraper.urls import canonicalise

_HEADING = re.compile(r"h([1-6])$")
# Level 1 is the article's headline.
_HIGHEST, _LOWEST = 2, 6
_LISTS = ("ul", "ol")
_STYLES = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
# So many lines are tried as the beginning of one that stands on the page in parts.
_MOST_STARTS = 1000
# What stands before a line for an item of a list that is none in the markup.
_BULLET = re.compile(r"\s*[-–—•·▪*]\s+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page with what it looks like there."""

    key: str
    """Its letters and digits, folded."""
    pieces: tuple[Piece, ...]
    holders: tuple[_Element, ...]
    """The block that holds it, and what holds that, the innermost first."""

    def find(self, *tags: str) -> _Element | None:
        """Return the innermost holder with one of these tags."""
        return next((holder for holder in self.holders if holder.tag in tags), None)


def write_markdown(document: Document, text: str) -> str:
    """Return the Markdown form of a text.

    Args:
        document: the page that it was read from.
        text: the text, a paragraph a line.
    """
    shown = _Page(_read_lines(document))
    writer = _Writer()
    for line in text.split("\n"):
        writer.add(shown.find(line), line)
    return writer.finish()


class _Page:
    """The lines of a page, in which those of a text are found in their order."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        self._places: dict[str, list[int]] = defaultdict(list)
        # A line that is only a part of the text's begins with the same letter.
        self._starts: dict[str, list[int]] = defaultdict(list)
        for place, line in enumerate(lines):
            self._places[line.key].append(place)
            self._starts[line.key[:1]].append(place)
        self._next = 0

    def find(self, text: str) -> list[_Line]:
        """Return the lines of the page that are a line of the text: one, or several in a row; else none."""
        key = fold(text)
        if not key:
            return []
        places = self._places.get(key, [])
        nearest = bisect_left(places, self._next)
        if nearest < len(places):
            self._next = places[nearest] + 1
            return [self._lines[places[nearest]]]
        starts = self._starts.get(key[0], [])
        ahead = bisect_left(starts, self._next)
        for start in (*starts[ahead:], *starts[:ahead])[:_MOST_STARTS]:
            end = self._follow(start, key)
            if end is not None:
                self._next = end
                return list(self._lines[start:end])
        return []

    def _follow(self, start: int, key: str) -> int | None:
        for end in range(start, len(self._lines)):
            part = self._lines[end].key
            if not key.startswith(part):
                return None
            key = key[len(part) :]
            if not key:
                return end + 1
        return None


class _Writer:
    """Blocks of Markdown as they come, with blank lines between those that need one."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._last: object = None
        self._rows: list[list[str]] = []
        self._row: _Element | None = None
        self._table: _Element | None = None
        self._code: list[str] = []
        self._items: set[_Element] = set()
        # A list -> its last item that was written, and the number of that.
        self._numbers: dict[_Element, tuple[_Element, int]] = {}

    def add(self, found: Sequence[_Line], text: str) -> None:
        """Add a line of the text, with the lines of the page that it was found as."""
        line = found[0] if found else None
        row = line.find("tr") if line is not None else None
        code = line.find("pre") if line is not None else None
        if row is not None:
            self._end_code()
            self._add_rows(found)
            return
        self._end_table()
        if code is not None:
            self._add_code(code, text)
            return
        self._end_code()
        if line is None:
            self._put(escape_line(text), None)
            return
        found = _drop_bullet(found, text)
        body = escape_start(" ".join(write_pieces(one.pieces) for one in found))
        heading = next((m for h in line.holders if (m := _HEADING.match(str(h.tag)))), None)
        item = line.find("li")
        if heading is not None:
            level = min(max(int(heading[1]), _HIGHEST), _LOWEST)
            plain = " ".join(write_pieces(one.pieces, styled=False) for one in found)
            self._put(f"{'#' * level} {plain}", None)
        elif item is not None:
            whole = next((one for one in line.holders[::-1] if one.tag in _LISTS), item)
            self._put(self._mark_item(item, body), whole)
        elif line.find("blockquote") is not None:
            self._put(f"> {body}", line.find("blockquote"), between=">")
        else:
            self._put(body, None)

    def finish(self) -> str:
        """Return the whole."""
        self._end_table()
        self._end_code()
        return "\n".join(self._parts).strip("\n")

    def _put(self, part: str, group: object, *, between: str | None = None) -> None:
        """Add a block: in a row with the last one when they are of one group."""
        if group is None or group is not self._last:
            self._parts.append("")
        elif between is not None:
            self._parts.append(between)
        self._parts.append(part)
        self._last = group

    def _mark_item(self, item: _Element, body: str) -> str:
        holders = [holder for holder in item.iterancestors() if holder.tag in _LISTS]
        indent = "  " * max(0, len(holders) - 1)
        if item in self._items:
            return f"{indent}  {body}"
        self._items.add(item)
        if not holders or holders[0].tag != "ol":
            return f"{indent}- {body}"
        return f"{indent}{self._number(item)}. {body}"

    def _number(self, item: _Element) -> int:
        holder = item.getparent()
        last, number = self._numbers.get(holder, (None, 0)) if holder is not None else (None, 0)
        steps = 1
        for sibling in item.itersiblings("li", preceding=True):
            if sibling is last:
                steps += number
                break
            steps += 1
        if holder is not None:
            self._numbers[holder] = item, steps
        return steps

    def _add_rows(self, found: Sequence[_Line]) -> None:
        for row, lines in groupby(found, key=lambda line: line.find("tr")):
            if row is not None:
                self._add_cells(row, list(lines))
            else:
                self._end_table()
                self._put(escape_start(" ".join(write_pieces(line.pieces) for line in lines)), None)

    def _add_cells(self, row: _Element, found: Sequence[_Line]) -> None:
        table = found[0].find("table")
        if table is not self._table:
            self._end_table()
            self._table = table
        if row is not self._row:
            self._row = row
            self._rows.append([])
        for _, lines in groupby(found, key=lambda line: line.find("td", "th")):
            self._rows[-1].append(" ".join(write_pieces(line.pieces) for line in lines))

    def _end_table(self) -> None:
        width = max(map(len, self._rows), default=0)
        if width == 1:
            for row in self._rows:
                self._put(escape_start(row[0]), None)
        elif self._rows:
            rows = [[cell.replace("|", "\\|") for cell in row] for row in self._rows]
            written = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
            written.insert(1, f"|{' --- |' * width}")
            self._put("\n".join(written), None)
        self._rows, self._row, self._table = [], None, None

    def _add_code(self, code: _Element, text: str) -> None:
        if self._last is not code:
            self._end_code()
        self._last = code
        self._code.append(text)

    def _end_code(self) -> None:
        if self._code:
            self._put("\n".join(["```", *self._code, "```"]), None)
        self._code = []


def _read_lines(document: Document) -> list[_Line]:
    """Return the lines of a page as `document.read_lines` breaks them, and those of code one by one."""
    body = document.tree.find("body")
    return _Reader(document.base).read(body) if body is not None else []


class _Reader:
    """Goes through a page and gathers its lines, with their links and emphasis."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._lines: list[_Line] = []
        self._pieces: list[Piece] = []
        self._marks: list[tuple[_Element, str]] = []
        self._links: list[tuple[_Element, str]] = []

    def read(self, body: _Element) -> list[_Line]:
        """Return the lines of a page's body."""
        holder = body
        for event, element in etree.iterwalk(body, events=("start", "end")):
            is_block = element.tag in BLOCKS
            if is_block:
                self._end(holder)
            if event == "start":
                holder = element if is_block else holder
                self._open(element)
                self._add(element.text)
                continue
            self._close(element)
            if is_block:
                parent = element.getparent()
                holder = parent if parent is not None else body
            if element is not body:
                self._add(element.tail)
        self._end(holder)
        return self._lines

    def _open(self, element: _Element) -> None:
        if element.tag in _STYLES:
            self._marks.append((element, _STYLES[str(element.tag)]))
        elif element.tag == "a" and (url := _resolve(element.get("href"), self._base)):
            self._links.append((element, url))

    def _close(self, element: _Element) -> None:
        for opened in (self._marks, self._links):
            if opened and opened[-1][0] is element:
                opened.pop()

    def _add(self, text: str | None) -> None:
        if text:
            marks = tuple(dict.fromkeys(mark for _, mark in self._marks))
            self._pieces.append(Piece(text, marks, self._links[-1][1] if self._links else None))

    def _end(self, holder: _Element) -> None:
        self._lines += _make_lines(self._pieces, holder)
        self._pieces = []


def _make_lines(pieces: Sequence[Piece], holder: _Element) -> list[_Line]:
    if not any(piece.text.strip() for piece in pieces):
        return []
    holders = tuple(
        one for one in (holder, *holder.iterancestors()) if one.tag not in ("html", "body")
    )
    whole = "".join(piece.text for piece in pieces)
    if "\n" in whole.strip("\n") and any(one.tag == "pre" for one in holders):
        return [
            _Line(fold(line), (Piece(line, (), None),), holders)
            for line in map(clean_line, whole.split("\n"))
            if line
        ]
    return [_Line(fold(clean_line(whole) or ""), tuple(pieces), holders)]


def _drop_bullet(found: Sequence[_Line], text: str) -> Sequence[_Line]:
    """Take the mark of a list's item from a line of the page whose text lacks it."""
    first = found[0]
    piece = first.pieces[0]
    bullet = _BULLET.match(piece.text)
    if bullet is None or text.startswith(bullet[0].strip()):
        return found
    rest = replace(piece, text=piece.text[bullet.end() :])
    kept = (rest, *first.pieces[1:]) if rest.text else first.pieces[1:]
    return [replace(first, pieces=kept), *found[1:]]


def _resolve(address: str | None, base: str) -> str | None:
    if not address or address.startswith("#"):
        return None
    try:
        url = canonicalise(address.strip(), base=base)
    except UrlRefused:
        return None
    # They would end the link.
    return url.replace("(", "%28").replace(")", "%29")
