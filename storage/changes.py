"""What differs between two versions of an article: word by word, and what kind of change that is. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

How = Literal["same", "removed", "added"]
Kind = Literal["title", "figure", "date", "name", "quotation", "addition", "deletion", "cosmetic"]

# Beyond so many words a comparison word by word takes seconds; then lines are compared.
MOST_WORDS = 20_000

# A character of a script without blanks is a word.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+|\s+|[^\w\s]"
)
_FIGURE = re.compile(r"[\d.,%]+|[一二三四五六七八九十百千万亿两]+")
# Written large, as English has them: "may" and "march" are words like others.
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_MONTH = re.compile(f"[年月日号]|{_MONTHS}|{_MONTHS.upper()}")
_DATE = re.compile(
    rf"\d{{4}}|\d{{1,2}}[日月]|{_MONTHS}|{_MONTHS.upper()}|(?i:mon|tues|wednes|thurs|fri|satur|sun)(?i:day)"
)
_QUOTES = re.compile('["“”„«»「」『』]')


# What stands beside title and text for a reader to see, with the kind that a change of it is.
_FACTS: Mapping[str, Kind] = {"authors": "name", "published_date": "date", "published_at": "date"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in a comparison."""

    how: How
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something beside title and text that two versions say differently."""

    name: str
    """`authors`, `published_date` or `published_at`."""
    kind: Kind
    """What kind of change that is."""
    before: str | None
    """What the earlier version says; None for nothing."""
    after: str | None
    """What the later one says."""


def facts_between(
    before: Mapping[str, str | None], after: Mapping[str, str | None]
) -> tuple[Fact, ...]:
    """Return what two versions say differently beside title and text.

    Args:
        before: `authors`, `published_date` and `published_at` of the earlier version.
        after: those of the later one.
    """
    return tuple(
        Fact(name=name, kind=kind, before=before[name], after=after[name])
        for name, kind in _FACTS.items()
        if before[name] != after[name]
    )


def compare(before: str, after: str) -> list[Piece]:
    """Return two texts as one: what both have, what was removed and what was added, in their order.

    Args:
        before: the earlier text.
        after: the later one.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(new[c:d])))
    return pieces


def kinds_of(
    before: str, after: str, *, old_title: str | None = None, new_title: str | None = None
) -> tuple[Kind, ...]:
    """Return what kinds of change lie between two versions; none when a reader sees no difference.

    Args:
        before: the earlier text.
        after: the later one.
        old_title: the earlier title.
        new_title: the later one.

    Returns:
        `title`, `date`, `figure`, `name`, `quotation`, `addition` and `deletion` as far as they apply, in
        that order; `cosmetic` when nothing but marks and blanks changed.
    """
    kinds: set[Kind] = set()
    if old_title != new_title:
        kinds.add("title")
    for number, (how, text) in enumerate(
        pieces := [(p.how, p.text) for p in compare(before, after)]
    ):
        if how == "same":
            continue
        if not text.strip():
            continue
        words = [word for word in _WORD.findall(text) if word.strip() and re.match(r"\w", word)]
        if not words:
            kinds.add("cosmetic")
            continue
        replaced = number + 1 < len(pieces) and (how, pieces[number + 1][0]) == ("removed", "added")
        answers = number > 0 and (pieces[number - 1][0], how) == ("removed", "added")
        around = _around(pieces, number)
        kinds.add(
            _kind_of(words, around, _before(pieces[:number]), how, is_exchange=replaced or answers)
        )
    if kinds - {"cosmetic"}:
        kinds.discard("cosmetic")
    order: Sequence[Kind] = (
        "title",
        "date",
        "figure",
        "name",
        "quotation",
        "addition",
        "deletion",
        "cosmetic",
    )
    return tuple(kind for kind in order if kind in kinds)


def _kind_of(
    words: list[str], around: list[str], before: str, how: How, *, is_exchange: bool
) -> Kind:
    if len(_QUOTES.findall(before)) % 2:
        return "quotation"
    numbers = [word for word in words if word.isdecimal()]
    if is_exchange and all(_DATE.fullmatch(word) or word in numbers for word in words):
        # "9" is a date beside "March", and a figure elsewhere; "2024" is one anywhere.
        beside_month = any(_MONTH.fullmatch(word) for word in around)
        if beside_month or len(numbers) < len(words) or all(map(_DATE.fullmatch, words)):
            return "date"
    if is_exchange and all(_FIGURE.fullmatch(word) for word in words):
        return "figure"
    if is_exchange and all(word[:1].isupper() for word in words):
        return "name"
    return "addition" if how == "added" else "deletion"


def _around(pieces: Sequence[tuple[How, str]], number: int) -> list[str]:
    """Return the words that stand directly before and after an exchange."""
    before = next((text for how, text in reversed(pieces[:number]) if how == "same"), "")
    after = next((text for how, text in pieces[number:] if how == "same"), "")
    said = [_WORD.findall(text) for text in (before[-40:], after[:40])]
    ends = [[word for word in words if word.strip()] for words in said]
    return [*ends[0][-1:], *ends[1][:1]]


def _before(pieces: Iterable[tuple[How, str]]) -> str:
    return "".join(text for how, text in pieces if how != "removed")
