"""Finds many terms in a text at once, in time that hardly grows with the number of terms.

Words are looked up by themselves or by their first or last letters; one big alternation of patterns costs
ten times as much. Scripts without blanks have no words: their terms are searched for one by one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Generic, NamedTuple, Protocol, TypeVar

from scraper.relevance.fold import UNSPACED, fold

# A wildcard needs so many letters beside it, and is looked up by them; in a later word two will do.
WILDCARD_LETTERS = 3
SHORTEST_STEM = 2

# Capitals make a difference only in short words: AI, IoT, WAIC.
MAX_ACRONYM = 5

_WORD = re.compile(r"[^\W_\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3]+")
# What may stand between two words of one term; a sentence's end may not.
_GAP = re.compile(r"[^\w.!?;]{0,3}")
_WRITTEN_WORD = re.compile(r"\*?[^\W_]+\*?")
_ARABIC = re.compile("[\u0620-\u064a]")
# Conjunctions, prepositions and the article, which Arabic writes together with its word.
_ARABIC_PREFIX = re.compile("^(?:[وف]?[بكل]?ال|[وف]?لل)(?=..)")


class Named(Protocol):
    """What a finder finds: anything that has a written form."""

    @property
    def text(self) -> str:
        """The term as the rules write it."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A term where it stands."""

    term: T
    start: int
    """Of the folded text, in characters."""
    end: int


class Word(NamedTuple):
    """A word where it stands in a folded text."""

    text: str
    lower: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a folded text, without what scripts with no blanks write."""
    if _ARABIC.search(text):
        return [_arabic_word(match) for match in _WORD.finditer(text)]
    return [
        Word(word := match[0], word.lower(), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]


@dataclass(frozen=True, slots=True)
class _Key:
    """One word of a term."""

    text: str
    open_start: bool
    open_end: bool
    is_acronym: bool

    def matches(self, word: Word, *, last: bool) -> bool:
        if self.is_acronym:
            return word.text == self.text or (last and word.text == self.text + "s")
        if self.open_end and self.open_start:
            return self.text in word.lower
        if self.open_end:
            return word.lower.startswith(self.text)
        if self.open_start:
            return word.lower.endswith(self.text)
        return word.lower == self.text or (last and word.lower == self.text + "s")


class Finder(Generic[T]):
    """Finds terms; one that stands inside a longer one that was found is not found again.

    A word of a term may begin or end with `*`, which stands for any letters. The last word may have a
    plural s. A word of up to five letters that has several capitals is found in capitals only.

    Args:
        terms: what to find. Two with the same folded text are one, and the first of them stands.

    Raises:
        ValueError: for a term that has no letters, or a wildcard with fewer than three beside it.
    """

    def __init__(self, terms: Iterable[T]) -> None:
        self._unspaced: list[T] = []
        self._exact: dict[str, list[tuple[tuple[_Key, ...], T]]] = {}
        self._starts: dict[str, list[tuple[tuple[_Key, ...], T]]] = {}
        self._ends: dict[str, list[tuple[tuple[_Key, ...], T]]] = {}
        known: set[object] = set()
        for term in terms:
            if UNSPACED.search(term.text):
                self._unspaced.append(term)
                continue
            keys = _keys(term.text)
            if keys in known:
                continue
            known.add(keys)
            self._index(keys).append((keys, term))
        # Most words of a text begin no term: one look settles them.
        self._heads = {first[:WILDCARD_LETTERS] for first in (*self._exact, *self._starts)}

    @cached_property
    def _runs(self) -> list[tuple[str, T]]:
        """Terms of scripts without blanks, folded, the longest first; most texts need none of them."""
        first: dict[str, T] = {}
        for term in self._unspaced:
            first.setdefault(fold(term.text).lower(), term)
        return sorted(first.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    def find(self, text: str, words: list[Word] | None = None) -> list[Found[T]]:
        """Return the terms that stand in a folded text, in the order of their places.

        Args:
            text: the text.
            words: its words, where `words_of` has found them already.
        """
        found = [*self._find_words(text, words_of(text) if words is None else words)]
        found += self._find_runs(text)
        return sorted(found, key=lambda hit: (hit.start, hit.end))

    def _index(self, keys: tuple[_Key, ...]) -> list[tuple[tuple[_Key, ...], T]]:
        first = keys[0]
        if first.open_start:
            return self._ends.setdefault(first.text[-WILDCARD_LETTERS:], [])
        if first.open_end:
            return self._starts.setdefault(first.text[:WILDCARD_LETTERS], [])
        return self._exact.setdefault(first.text.lower(), [])

    def _find_words(self, text: str, words: list[Word]) -> Iterator[Found[T]]:
        heads, ends = self._heads, self._ends
        free = 0
        for at, word in enumerate(words):
            lower = word[1]
            if at < free or not (
                lower[:WILDCARD_LETTERS] in heads or lower[-WILDCARD_LETTERS:] in ends
            ):
                continue
            best: tuple[int, T] | None = None
            for keys, term in self._candidates(lower):
                if (best is None or len(keys) > best[0]) and _stands(keys, words, at, text):
                    best = len(keys), term
            if best is not None:
                free = at + best[0]
                yield Found(best[1], word.start, words[free - 1].end)

    def _candidates(self, lower: str) -> Iterator[tuple[tuple[_Key, ...], T]]:
        yield from self._exact.get(lower, ())
        if lower.endswith("s"):
            yield from self._exact.get(lower[:-1], ())
        if len(lower) >= WILDCARD_LETTERS:
            yield from self._starts.get(lower[:WILDCARD_LETTERS], ())
            yield from self._ends.get(lower[-WILDCARD_LETTERS:], ())

    def _find_runs(self, text: str) -> Iterator[Found[T]]:
        if not self._unspaced or not UNSPACED.search(text):
            return
        text = text.lower()
        for run, term in self._runs:
            start = text.find(run)
            while start >= 0:
                end = start + len(run)
                yield Found(term, start, end)
                # As many blanks, so that places stay what they are.
                text = f"{text[:start]}{' ' * len(run)}{text[end:]}"
                start = text.find(run, end)


def _arabic_word(match: re.Match[str]) -> Word:
    text = _ARABIC_PREFIX.sub("", match[0])
    return Word(text, text.lower(), match.start(), match.end())


@cache
def _keys(written: str) -> tuple[_Key, ...]:
    """Return the words of a term; each language's rules have the English terms too."""
    words = _WRITTEN_WORD.findall(fold(written))
    if not words:
        raise ValueError(f"{written!r} has no letters")
    keys = []
    for number, word in enumerate(words):
        text = word.strip("*")
        if _ARABIC.match(text):
            text = _ARABIC_PREFIX.sub("", text)
        if "*" in word and len(text) < (SHORTEST_STEM if number else WILDCARD_LETTERS):
            raise ValueError(f"{written!r}: a * needs {WILDCARD_LETTERS} letters beside it")
        is_acronym = len(text) <= MAX_ACRONYM and sum(map(str.isupper, text)) > 1
        key = _Key(
            text if is_acronym else text.lower(),
            open_start=word.startswith("*"),
            open_end=word.endswith("*"),
            is_acronym=is_acronym,
        )
        keys.append(key)
    return tuple(keys)


def _stands(keys: tuple[_Key, ...], words: list[Word], at: int, text: str) -> bool:
    last = len(keys) - 1
    if at + last >= len(words):
        return False
    for number, key in enumerate(keys):
        word = words[at + number]
        if not key.matches(word, last=number == last):
            return False
        if number and not _GAP.fullmatch(text, words[at + number - 1].end, word.start):
            return False
    return True
