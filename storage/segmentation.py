"""Text to tokens, one way for the index, for queries and for finding copies.

A word is a run of letters, digits and marks. Scripts without spaces between words have no such words to
find: their runs become overlapping pairs of characters, so that a query of any length is a phrase of
pairs. The last character of a run stands alone too, or one-character queries would miss it.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

# Thai and Lao, Burmese, Khmer, kana, Han with its iteration marks and extensions.
SPACELESS = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
WORD = r"\p{L}\p{N}\p{M}"

# Invisible characters inside words: soft hyphens, zero-width ones, variation selectors.
_INVISIBLE = regex.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_DIACRITIC = regex.compile(r"[\u0300-\u036f]")
_RUN = regex.compile(rf"([{SPACELESS}]+)|([[{WORD}]--[{SPACELESS}]]+)", regex.V1)
_ASCII_WORD = re.compile("[0-9a-z]+")


class Run(NamedTuple):
    """A stretch of one kind of script."""

    text: str
    """The folded characters."""
    spaceless: bool
    """Whether the script has no spaces between words."""


def fold(text: str) -> str:
    """Return text without differences that a search should not see.

    Full-width and other compatibility forms, case, diacritics of Latin, Greek and Cyrillic letters,
    and invisible characters are folded.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFKC", _DIACRITIC.sub("", decomposed)).casefold()


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """Return one character folded; what it becomes may be empty or longer."""
    return fold(character)


def runs(text: str) -> list[Run]:
    """Return the runs of a text, folded, in their order; what is neither letter nor digit parts them."""
    folded = fold(text)
    if folded.isascii():
        return [Run(word, spaceless=False) for word in _ASCII_WORD.findall(folded)]
    return [Run(run or word, spaceless=bool(run)) for run, word in _RUN.findall(folded)]


def index_tokens(run: Run) -> list[str]:
    """Return what the index is given for a run: the word, or pairs and the last character."""
    if not run.spaceless:
        return [run.text]
    return [run.text[at : at + 2] for at in range(len(run.text))]


def segment(text: str) -> str:
    """Return what the full-text index is given for a text: its tokens, parted by spaces."""
    folded = fold(text)
    if folded.isascii():
        return " ".join(_ASCII_WORD.findall(folded))
    return " ".join(token for run in runs(folded) for token in index_tokens(run))


def tokens(text: str) -> list[str]:
    """Return the words of a text, each character of a script without spaces being one."""
    folded = fold(text)
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    found: list[str] = []
    for run in runs(folded):
        if run.spaceless:
            found.extend(run.text)
        else:
            found.append(run.text)
    return found
