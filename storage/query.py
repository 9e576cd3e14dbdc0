"""What a person types, as a query of the full-text index.

Upper-case AND, OR and NOT, paired quotes and a trailing * are operators. Everything else is literal: it
is segmented as the texts were, so `cross-border` is a phrase of two words, and no input is an error of
SQLite's.
"""

from dataclasses import dataclass

import regex

from storage.errors import QueryError
from storage.segmentation import SPACELESS, WORD, Run, index_tokens, runs

OPERATORS = ("AND", "OR", "NOT")

_PIECE = regex.compile(r'"([^"]*)"(\*?)|“([^”]*)”(\*?)|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of a query."""

    runs: tuple[Run, ...]
    """Its runs, folded."""
    prefix: bool
    """Whether its last word may go on."""

    def expression(self) -> str:
        """Return it in FTS5's syntax."""
        *complete, last = self.runs
        found = [token for run in complete for token in index_tokens(run)]
        if last.spaceless:
            # The text may go on where the query ends: only the pairs are certain. A single character
            # begins a pair, or stands alone at the end of a run.
            pairs = [last.text[at : at + 2] for at in range(len(last.text) - 1)]
            found += pairs or [last.text]
            opened = self.prefix or not pairs
        else:
            found.append(last.text)
            opened = self.prefix
        phrase = " ".join(found)
        return f'"{phrase}"*' if opened and _opens(last, prefix=self.prefix) else f'"{phrase}"'

    def pattern(self) -> str:
        """Return a regular expression that finds it in folded text."""
        words = [regex.escape(run.text) for run in self.runs]
        between = rf"[^{WORD}]*"
        before = "" if self.runs[0].spaceless else rf"(?<![[{WORD}]--[{SPACELESS}]])"
        after = "" if self.runs[-1].spaceless else rf"(?![[{WORD}]--[{SPACELESS}]])"
        if self.prefix and not self.runs[-1].spaceless:
            after = rf"[[{WORD}]--[{SPACELESS}]]*"
        return before + between.join(words) + after


def _opens(last: Run, *, prefix: bool) -> bool:
    return prefix if not last.spaceless else len(last.text) == 1


@dataclass(frozen=True, slots=True)
class Query:
    """A query that the index understands."""

    expression: str
    """FTS5's syntax."""
    title_expression: str
    """The same with all that must occur occurring in the title; what must not, must not anywhere."""
    terms: tuple[Term, ...]
    """The words and phrases that a hit may show, in their order; none that are negated."""


def parse(text: str) -> Query:
    """Return the query that a text means; words without an operator between them must all occur.

    Args:
        text: what a person typed.

    Raises:
        QueryError: when it has no word, or an operator lacks one.
    """
    parts: list[str] = []
    title_parts: list[str] = []
    shown: list[Term] = []
    pending = ""
    for piece in _PIECE.finditer(text.replace("\0", " ")):
        word = piece[5]
        if word in OPERATORS:
            pending = _combine(pending, word, first=not parts)
            continue
        term = _term(piece)
        if term is None:
            continue
        expression, negated = term.expression(), pending == "NOT"
        if parts:
            parts.append(pending or "AND")
            title_parts.append(pending or "AND")
        parts.append(expression)
        title_parts.append(expression if negated else f"title : {expression}")
        if not negated:
            shown.append(term)
        pending = ""
    if pending:
        raise QueryError(f"{pending} needs a word after it")
    if not parts:
        raise QueryError("the query has no word to search for")
    return Query(
        expression=" ".join(parts), title_expression=" ".join(title_parts), terms=tuple(shown)
    )


def _combine(pending: str, operator: str, *, first: bool) -> str:
    if first:
        raise QueryError(f"{operator} needs a word before it")
    if pending and (pending, operator) != ("AND", "NOT"):
        raise QueryError(f"{pending} and {operator} need a word between them")
    return operator


def _term(piece: "regex.Match[str]") -> Term | None:
    quoted = piece[1] if piece[1] is not None else piece[3]
    text = quoted if quoted is not None else piece[5]
    found = runs(text)
    if not found:
        return None
    starred = bool(piece[2] or piece[4]) if quoted is not None else text.endswith("*")
    return Term(tuple(found), prefix=starred)
