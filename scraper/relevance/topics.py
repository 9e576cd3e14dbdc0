"""The rules: terms by language and kind, compiled once."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeGuard

from scraper.errors import ConfigError
from scraper.registry import load_registry
from scraper.relevance.events import Events
from scraper.relevance.finder import Finder
from scraper.relevance.fold import HANGUL, KANA, UNSPACED

# What a page says of itself, such as "call for papers", outweighs what it is about.
DECISIVE = 3.0

WEIGHTS: Mapping[str, float] = {"decisive": DECISIVE, "strong": 1.0, "weak": 0.5}

# Kind of a table -> the kinds of evidence that its terms are.
KINDS: Mapping[str, tuple[str, ...]] = {
    "exclusion": (),
    "genre": ("genre",),
    "both": ("field", "event"),
    "event": ("event",),
    "field": ("field",),
}

# English words stand in the news of all languages: AI, startup, summit, expo.
LENDER = "en"


@dataclass(frozen=True, slots=True)
class Term:
    """A term as the rules write it."""

    text: str
    kinds: tuple[str, ...] = ()
    """Of `field`, `event` and `genre`; none for an exclusion, which only hides the terms inside it."""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Unless:
    """Terms that count for nothing where others stand in the title or the lead."""

    terms: frozenset[str]
    beside: Finder[Term]

    def holds(self, texts: Iterable[str]) -> bool:
        """Say whether one of the others stands in one of the folded texts."""
        return any(self.beside.find(text) for text in texts)


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for the texts of one language."""

    finder: Finder[Term]
    unless: tuple[Unless, ...]


class Topics:
    """The compiled rules of all languages.

    Args:
        tables: what the files say, the shipped one first.
        events: the registry of recurring events.
        digest: names the rules; it changes when they do.
    """

    def __init__(self, tables: tuple[Mapping[str, Any], ...], events: Events, digest: str) -> None:
        self.digest = digest
        self.events = events
        self.languages = frozenset(language for table in tables for language in table)
        """Those that have a list."""
        self._tables = tables
        self._rules: dict[str, Rules] = {}

    def language_of(self, declared: str | None, text: str) -> str | None:
        """Return the language whose list fits a text.

        Args:
            declared: the article's language, if it is known.
            text: folded text of the article.

        Returns:
            A language that has a list, or None when none has.
        """
        if declared in self.languages:
            return declared
        sample = text[:1000]
        for language, script in (("ja", KANA), ("ko", HANGUL), ("zh", UNSPACED)):
            if script.search(sample):
                return language
        return None

    def rules_for(self, language: str | None) -> Rules:
        """Return the rules of a language and of English; of English alone when it is None."""
        name = language or LENDER
        if name not in self._rules:
            languages = tuple(dict.fromkeys((name, LENDER)))
            self._rules[name] = Rules(
                Finder(
                    t for code in languages for table in self._tables for t in _terms(table, code)
                ),
                tuple(
                    u for code in languages for table in self._tables for u in _unless(table, code)
                ),
            )
        return self._rules[name]


@cache
def load_topics(path: Path | None = None) -> Topics:
    """Return the shipped rules, with a user's own added.

    Args:
        path: the user's own file, in the form of the shipped one.

    Raises:
        ConfigError: when a file cannot be used; it names the file and the key.
    """
    shipped = resources.files("scraper").joinpath("data").joinpath("topics.toml")
    texts = [shipped.read_text(encoding="utf-8")]
    # The tests check what is shipped: to check it here would take longer than all else.
    tables = [tomllib.loads(texts[0])]
    if path is not None:
        try:
            texts.append(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read: {error}") from error
        tables.append(_read(str(path), texts[1]))
    registry = load_registry()
    digest = hashlib.sha256()
    for text in (*texts, registry.text):
        digest.update(text.encode())
    return Topics(tuple(tables), Events(registry), digest.hexdigest()[:12])


def _read(name: str, text: str) -> dict[str, Any]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: {error}") from error
    for language, kinds in tables.items():
        if not isinstance(kinds, dict):
            raise ConfigError(f"{name}: `{language}` must be a table such as [en.field]")
        for kind, content in kinds.items():
            _check(name, f"{language}.{kind}", kind, content)
    return tables


def _check(name: str, where: str, kind: str, content: object) -> None:
    if kind == "unless":
        if not isinstance(content, list) or not all(_is_unless(entry) for entry in content):
            raise ConfigError(f"{name}: [[{where}]] has two lists of terms, `terms` and `beside`")
        return
    allowed = ("always",) if kind == "exclusion" else tuple(WEIGHTS)
    if kind not in KINDS:
        known = ", ".join((*KINDS, "unless"))
        raise ConfigError(f"{name}: [{where}]: kinds are {known}")
    for key, texts in content.items() if isinstance(content, dict) else [(where, None)]:
        said = " or ".join(f"`{word}`" for word in allowed)
        if key not in allowed or not _are_terms(texts):
            raise ConfigError(f"{name}: [{where}]: `{key}` must be {said}, a list of terms")
        try:
            Finder(Term(text) for text in texts)
        except ValueError as error:
            raise ConfigError(f"{name}: [{where}]: {error}") from error


def _are_terms(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(text, str) and text for text in value)


def _is_unless(entry: object) -> bool:
    return isinstance(entry, dict) and (
        set(entry) == {"terms", "beside"} and all(map(_are_terms, entry.values()))
    )


def _terms(table: Mapping[str, Any], language: str) -> Iterator[Term]:
    # Of two equal terms the first stands: what counts against a text, then what counts most.
    for name, kinds in KINDS.items():
        tables = table.get(language, {}).get(name, {})
        for weight in ("always", *WEIGHTS):
            for text in tables.get(weight, ()):
                yield Term(text, kinds, WEIGHTS.get(weight, 0.0))


def _unless(table: Mapping[str, Any], language: str) -> Iterator[Unless]:
    for entry in table.get(language, {}).get("unless", ()):
        beside = Finder(Term(text) for text in entry["beside"])
        yield Unless(frozenset(entry["terms"]), beside)
