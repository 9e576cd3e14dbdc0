"""The rules: terms by language and kind, and the names of recurring events, compiled once."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from scraper.errors import ConfigError

KINDS = ("field", "event", "genre")
WEIGHTS: Mapping[str, float] = {"strong": 1.0, "weak": 0.5}

# The name of a recurring event says what the text is about more surely than any term.
NAME_WEIGHT = 1.5

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_\u3400-\u9fff]+")

# Capitals make a difference only in short words: AI, IoT, WAIC.
MAX_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Term:
    """A term as the rules write it."""

    text: str
    kind: str
    """`field`, `event`, `genre` or `name`."""
    weight: float


class Finder:
    """Finds the terms of one kind; a term inside a longer one that was found is not found again.

    One big alternation costs ten times as much: words are looked up by their first word, and only Chinese
    terms, which have no words around them, are searched for one by one.

    Args:
        terms: what to find.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._runs: list[Term] = []
        self._by_first: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for term in sorted(terms, key=lambda term: (-len(term.text), term.text)):
            if _HAN.search(term.text):
                self._runs.append(term)
                continue
            words = _words(term.text)
            keys = tuple(word if _is_acronym(word) else word.lower() for word in words)
            self._by_first.setdefault(keys[0], []).append((keys, term))

    def find(self, text: str) -> list[Term]:
        """Return the terms that stand in a text, each once: words in their order, then the longest."""
        found: dict[str, Term] = {}
        words = _words(text)
        at = 0
        while at < len(words):
            match = self._match(words, at)
            if match is None:
                at += 1
                continue
            length, term = match
            found.setdefault(term.text, term)
            at += length
        for term in self._runs:
            if term.text in text:
                found.setdefault(term.text, term)
                text = text.replace(term.text, " ")
        return list(found.values())

    def _match(self, words: Sequence[str], at: int) -> tuple[int, Term] | None:
        word = words[at]
        # In this order, not a set's: the same text must give the same evidence.
        for first in dict.fromkeys((word, word.lower(), word.lower().removesuffix("s"))):
            for keys, term in self._by_first.get(first, ()):
                if _stands(keys, words, at):
                    return len(keys), term
        return None


@dataclass(frozen=True, slots=True)
class Topics:
    """The compiled rules."""

    digest: str
    """Names the rules: it changes when they do."""
    finders: Mapping[str, Finder]
    """A finder a kind."""


@cache
def load_topics(path: Path | None = None) -> Topics:
    """Return the shipped rules, with a user's own added.

    Args:
        path: the user's own file, in the form of the shipped one.

    Raises:
        ConfigError: when a file cannot be used; it names the file and the key.
    """
    data = resources.files("scraper").joinpath("data")
    tables = [_read("topics.toml", data.joinpath("topics.toml").read_text(encoding="utf-8"))]
    if path is not None:
        try:
            tables.append(_read(str(path), path.read_text(encoding="utf-8")))
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    events = tomllib.loads(data.joinpath("events.toml").read_text(encoding="utf-8"))
    terms = [term for table in tables for term in _terms(table)] + list(_names(events))
    written = json.dumps([(t.text, t.kind, t.weight) for t in terms], ensure_ascii=False)
    return Topics(
        digest=hashlib.sha256(written.encode()).hexdigest()[:12],
        finders={kind: Finder(t for t in terms if t.kind == kind) for kind in (*KINDS, "name")},
    )


def _read(name: str, text: str) -> dict[str, Any]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: {error}") from error
    for language, kinds in tables.items():
        if not isinstance(kinds, dict):
            raise ConfigError(f"{name}: `{language}` must be a table such as [en.field]")
        for kind, weights in kinds.items():
            if kind not in KINDS:
                raise ConfigError(f"{name}: [{language}.{kind}]: kinds are {', '.join(KINDS)}")
            for weight, terms in weights.items():
                if weight not in WEIGHTS or not all(isinstance(t, str) and t for t in terms):
                    raise ConfigError(
                        f"{name}: [{language}.{kind}]: `{weight}` must be `strong` or `weak`, a list of terms"
                    )
    return tables


def _terms(table: Mapping[str, Any]) -> Iterable[Term]:
    for kinds in table.values():
        for kind, weights in kinds.items():
            for weight, texts in weights.items():
                for text in texts:
                    yield Term(text, kind, WEIGHTS[weight])


def _names(events: Mapping[str, Any]) -> Iterable[Term]:
    for event in events.values():
        for text in (*event["names"], *event.get("acronyms", ())):
            yield Term(text, "name", NAME_WEIGHT)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_acronym(word: str) -> bool:
    return word.isupper() or (len(word) <= MAX_ACRONYM and sum(map(str.isupper, word)) > 1)


def _stands(keys: Sequence[str], words: Sequence[str], at: int) -> bool:
    """Say whether a term's words stand at a place; the last may have a plural s."""
    if at + len(keys) > len(words):
        return False
    last = len(keys) - 1
    for number, key in enumerate(keys):
        word = words[at + number]
        if _is_acronym(key):
            same = word == key or (number == last and word == key + "s")
        else:
            folded = word.lower()
            same = folded == key or (number == last and folded == key + "s")
        if not same:
            return False
    return True
