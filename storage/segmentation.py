"""Text to tokens, one way for the index, for queries and for finding copies.

A word is a run of letters, digits and marks. Scripts without spaces between words have no such words to
find: their runs become overlapping pairs of characters, so that a query of any length is a phrase of
pairs. The last character of a run stands alone too, or one-character queries would miss it.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

# Thai and Lao, Burmese, Khmer, kana, Han with its iteration marks and extensions.
SPACELESS = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
WORD = r"\p{L}\p{N}\p{M}"

# Invisible characters inside words (soft hyphens, zero-width ones, variation selectors), and diacritics.
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef\u0300-\u036f]"
)
_SPACELESS_RUN = re.compile(f"([{SPACELESS}]+)")
_WORD = regex.compile(rf"[[{WORD}]--[{SPACELESS}]]+", regex.V1)

# Latin, Greek, Cyrillic, Hangul, punctuation and symbols: without marks, Python's own expressions find the
# same words in a fraction of the time.
_ALPHABETS = re.compile(
    r"[\x00-\u02ff\u0370-\u0482\u1e00-\u206f\u20a0-\u20cf\u2100-\u2bff\u3000-\u3004\u3008-\u3029\uac00-\ud7a3]*"
)
_ALPHABET_WORD = re.compile(r"[^\W_]+")

# In one transaction a text is compared with others, and then indexed: it is split once for both. The few
# that are longer are not held in memory.
REMEMBERED_CHARACTERS = 20_000


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
    decomposed = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", decomposed)).casefold()


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """Return one character folded; what it becomes may be empty or longer."""
    return fold(character)


def runs(text: str) -> list[Run]:
    """Return the runs of a text, folded, in their order; what is neither letter nor digit parts them."""
    found: list[Run] = []
    for words, spaceless in _pieces(text):
        found.extend(Run(word, spaceless=False) for word in words)
        if spaceless:
            found.append(Run(spaceless, spaceless=True))
    return found


def index_tokens(run: Run) -> list[str]:
    """Return what the index is given for a run: the word, or pairs and the last character."""
    return _pairs(run.text) if run.spaceless else [run.text]


def segment(text: str) -> str:
    """Return what the full-text index is given for a text: its tokens, parted by spaces."""
    found: list[str] = []
    for words, spaceless in _pieces(text):
        found += words
        found += _pairs(spaceless)
    return " ".join(found)


def tokens(text: str) -> list[str]:
    """Return the words of a text, each character of a script without spaces being one."""
    found: list[str] = []
    for words, spaceless in _pieces(text):
        found += words
        found += spaceless
    return found


def _pieces(text: str) -> Sequence[tuple[list[str], str]]:
    """Return a text, folded, in pieces: words, and the spaceless run behind them, which may be empty."""
    return _remembered_pieces(text) if len(text) <= REMEMBERED_CHARACTERS else _split(text)


@lru_cache(maxsize=64)
def _remembered_pieces(text: str) -> Sequence[tuple[list[str], str]]:
    return _split(text)


def _split(text: str) -> Sequence[tuple[list[str], str]]:
    folded = fold(text)
    if _ALPHABETS.fullmatch(folded):
        return ((_ALPHABET_WORD.findall(folded), ""),)
    split = _SPACELESS_RUN.split(folded)
    return [
        ((_ALPHABET_WORD if _ALPHABETS.fullmatch(spaced) else _WORD).findall(spaced), spaceless)
        for spaced, spaceless in zip(split[::2], [*split[1::2], ""], strict=True)
    ]


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text))]
