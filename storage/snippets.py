"""The piece of a text that shows why it was found."""

from dataclasses import dataclass

import regex

from storage.query import Query
from storage.segmentation import fold_character

SNIPPET_CHARACTERS = 160

# Of a longer text only the beginning is searched for a snippet.
SNIPPET_SOURCE_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of a text around its best match."""

    text: str
    """One line; an ellipsis stands where the text goes on."""
    marks: tuple[tuple[int, int], ...]
    """Where the matches stand in it: start and end, in characters."""


def compile_finder(query: Query | None) -> "regex.Pattern[str]":
    """Return what finds a query's terms in folded text, a group a term; without a query, nothing."""
    pattern = "|".join(f"({term.pattern()})" for term in query.terms) if query else ""
    return regex.compile(pattern or r"(?!)", regex.V1)


def make_snippet(text: str, finder: "regex.Pattern[str]") -> Snippet:
    """Return the piece of a text that has most of what was searched for.

    Args:
        text: the whole text.
        finder: finds each term in folded text, a group a term.

    Returns:
        The earliest piece with the most different terms, the matches marked; the text's beginning when
        there is no match in it.
    """
    folded, origins = _fold_with_origins(text)
    matches = [
        (origins[match.start()], origins[match.end() - 1] + 1, match.lastindex)
        for match in finder.finditer(folded)
        if match.end() > match.start()
    ]
    start, best = 0, 0
    for number, (begins, _, _) in enumerate(matches):
        inside = {
            term
            for _, ends, term in matches[number : number + 50]
            if ends <= begins + SNIPPET_CHARACTERS * 3 // 4
        }
        if len(inside) > best:
            start, best = begins, len(inside)
    start = _begin_of_word(text, max(0, start - SNIPPET_CHARACTERS // 4)) if best else 0
    end = _end_of_word(text, min(len(text), start + SNIPPET_CHARACTERS))
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    marks = tuple(
        (begins + shift, ends + shift)
        for begins, ends, _ in matches
        if begins >= start and ends <= end
    )
    # One character for one, so that the marks stay where they are.
    piece = regex.sub(r"\s", " ", text[start:end])
    return Snippet(text=before + piece + after, marks=marks)


def _fold_with_origins(text: str) -> tuple[str, list[int]]:
    if text.isascii():
        return text.lower(), list(range(len(text)))
    folded: list[str] = []
    origins: list[int] = []
    for number, character in enumerate(text):
        piece = fold_character(character)
        folded.append(piece)
        origins.extend([number] * len(piece))
    return "".join(folded), origins


def _begin_of_word(text: str, at: int) -> int:
    if at == 0:
        return 0
    space = text.find(" ", at, at + 20)
    return space + 1 if space >= 0 else at


def _end_of_word(text: str, at: int) -> int:
    if at == len(text):
        return at
    space = text.rfind(" ", at - 20, at)
    return space if space >= 0 else at
