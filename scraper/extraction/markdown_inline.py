"""The Markdown form of what stands within a line: links, emphasis, and signs that would be read as either."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import category

from scraper.extraction.plain import clean_line

_MARKUP = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])")
_LINE_MARKUP = re.compile(r"^(#{1,6}\s|>|[-+](?=\s)|\d+(?=[.)]\s)|={3,}$|-{3,}$|~~~)")
_BLANKS = re.compile(r"\s+")
# Categories of characters: punctuation and symbols.
_PUNCTUATION = "PS"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of one style within a line."""

    text: str
    """The characters, as they stand on the page."""
    marks: tuple[str, ...]
    """The marks of its style."""
    link: str | None
    """Where it leads."""


def write_pieces(pieces: Sequence[Piece], *, styled: bool = True) -> str:
    """Return the Markdown form of a line.

    Args:
        pieces: what it consists of.
        styled: whether its emphasis is kept.
    """
    written: list[str] = []
    for link, linked in groupby(pieces, key=lambda piece: piece.link):
        runs = [
            (marks if styled else (), "".join(piece.text for piece in run))
            for marks, run in groupby(linked, key=lambda piece: piece.marks)
        ]
        edges = ["", *(text for _, text in runs), ""]
        inner = "".join(
            _mark(text, marks, emphasised=_may_mark(before[-1:], text, behind[:1]))
            for (marks, text), before, behind in zip(runs, edges, edges[2:], strict=False)
        )
        if link and inner.strip():
            # With the mark before it, a link would be a picture.
            if written and written[-1].endswith("!"):
                written[-1] = f"{written[-1][:-1]}\\!"
            inner = _wrap(inner, "[", f"]({link})")
        written.append(inner)
    return clean_line("".join(written)) or ""


def _may_mark(before: str, text: str, behind: str) -> bool:
    """Return whether marks around a text would be read as marks: not where it parts a sign from a letter."""
    inner = text.strip()
    return not (
        (_is_letter(before) and text[:1] == inner[:1] and not _is_letter(inner[:1]))
        or (_is_letter(behind) and text[-1:] == inner[-1:] and not _is_letter(inner[-1:]))
    )


def _is_letter(character: str) -> bool:
    return (
        bool(character) and not character.isspace() and category(character)[0] not in _PUNCTUATION
    )


def _mark(text: str, marks: tuple[str, ...], *, emphasised: bool) -> str:
    text = _BLANKS.sub(" ", text)
    if "`" in marks and "`" not in text:
        return _wrap(text, "`", "`")
    text = _MARKUP.sub(r"\\\g<0>", text)
    for mark in marks if emphasised else ():
        if mark != "`":
            text = _wrap(text, mark, mark)
    return text


def _wrap(text: str, before: str, behind: str) -> str:
    """Put marks around a text, its blanks outside them: inside, they would mark nothing."""
    inner = text.strip()
    if not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{before}{inner}{behind}{text[start + len(inner) :]}"


def escape_line(text: str) -> str:
    """Return a line of plain text so that nothing in it is read as a mark."""
    return escape_start(_MARKUP.sub(r"\\\g<0>", text))


def escape_start(text: str) -> str:
    """Keep a paragraph from being read as a heading, a list or a quote."""
    found = _LINE_MARKUP.match(text)
    if found is None:
        return text
    end = found.end(1)
    return f"{text[:end]}\\{text[end:]}" if found[1][0].isdigit() else f"\\{text}"
