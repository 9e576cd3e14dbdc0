"""A second opinion on the text of a page, where a cheap extractor disagrees with trafilatura.

    text | find what resiliparse has more | choose: items of lists, what was cut off, the standfirst | merge

Resiliparse takes a twentieth of trafilatura's time and errs the other way: it keeps nearly all of the text and much
around it. So it says which lines of the page may be missing, and the lines' own look and, for lists, a third
extractor say which of them are. All rules were kept for what they did on pages of many portals, and
none is about one portal.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import XPath

from scraper.extraction.document import Document, Line, is_within, text_of
from scraper.extraction.extractors import read_by_density, read_generous, read_quickly
from scraper.extraction.furniture_lines import is_furniture
from scraper.extraction.jsonld import text_of as linked_text
from scraper.extraction.plain import fold, weigh

# A shorter line stands anywhere by chance: it must be a line of the other text, not a part of it.
_TELLING = 25
# A paragraph rather than a caption or a button.
_LONG = 100
# So much more, as a share of the text, makes a page one whose text was cut: inside it, or around it.
_MUCH_INSIDE = 0.4
_MUCH_AROUND = 0.7
# Resiliparse takes the square of a page's depth, and lxml cuts at 256. No page for readers is so deep.
_IS_DEEP = XPath(f"boolean({'/*' * 200})")
# Each line is looked for in the whole of two texts. No article has so many.
_MOST_LINES = 20_000
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_LEAST_LEAD = 60
_CUT = 100
_LINKED, _LINKED_IN_LIST = 0.3, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Missing:
    """A line of the page that the text lacks and the second extractor has."""

    place: int
    """Its number among the page's lines."""
    text: str
    """The line."""
    inside: bool
    """Whether lines of the text stand before and behind it."""
    in_list: bool
    """Whether it is an item of a list."""
    linked: float
    """The share of it that is links."""


class _Lines:
    """The lines of a text, to ask which lines are in it."""

    def __init__(self, text: str) -> None:
        self._lines = frozenset(map(fold, text.split("\n")))
        self._whole = fold(text)

    def __contains__(self, folded: str) -> bool:
        return folded in (self._lines if len(folded) < _TELLING else self._whole)


def complete(document: Document, lines: Sequence[Line], found: str) -> str:
    """Return a text with what a second extractor finds to be missing.

    Args:
        document: the page, its furniture gone.
        lines: its lines as they were.
        found: the text that was found.
    """
    if _IS_DEEP(document.tree) or len(lines) > _MOST_LINES:
        return found
    second = read_quickly(document.markup)
    places = _find_places(found, lines)
    missing = list(_find_missing(document, lines, places, _Lines(found), _Lines(second)))
    wanted = _choose(document, missing, weigh(found))
    wanted += _find_lead(document, lines, places, found)
    return _merge(found, places, wanted) if wanted else found


def _find_places(found: str, lines: Sequence[Line]) -> list[int | None]:
    """Return the number of the page's line that each line of a text is; None for what is none as a whole."""
    numbers: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        numbers.setdefault(fold(line.text), []).append(number)
    places: list[int | None] = []
    last = -1
    for text in found.split("\n"):
        key = fold(text)
        own = numbers.get(key) if key else None
        # The next one, or the first where all stand before.
        place = own[bisect_right(own, last) % len(own)] if own else None
        places.append(place)
        last = last if place is None else place
    return places


def _find_missing(
    document: Document,
    lines: Sequence[Line],
    places: Sequence[int | None],
    found: _Lines,
    second: _Lines,
) -> Iterator[_Missing]:
    known = [place for place in places if place is not None]
    first, last = (min(known), max(known)) if known else (0, 0)
    for number, line in enumerate(lines):
        key = fold(line.text)
        if not key or key in found or key not in second or is_furniture(line.text):
            continue
        if is_within(line.element, document.tree):
            yield _Missing(
                place=number,
                text=line.text,
                inside=first < number < last,
                in_list=line.element.tag == "li",
                linked=_share_linked(line),
            )


def _find_lead(
    document: Document, lines: Sequence[Line], places: Sequence[int | None], found: str
) -> list[_Missing]:
    """Return the standfirst above a text that lacks it: the line that is the page's own description."""
    first = min((place for place in places if place is not None), default=0)
    text = fold(found)
    described = [
        fold(value)
        for value in (
            *(document.get_meta(name) for name in _DESCRIPTIONS),
            linked_text(document.linked.article.get("description")),
        )
        if value and weigh(value) >= _LEAST_LEAD
    ]
    for number, line in enumerate(lines[:first]):
        if weigh(line.text) < _LEAST_LEAD:
            continue
        key = fold(line.text)
        # Systems cut descriptions.
        if key not in text and any(key.startswith(one[:_CUT]) for one in described):
            return [_Missing(place=number, text=line.text, inside=False, in_list=False, linked=0.0)]
    return []


def _share_linked(line: Line) -> float:
    element = line.element
    if element.tag == "a" or any(holder.tag == "a" for holder in element.iterancestors()):
        return 1.0
    whole = len(text_of(element)) or 1
    return min(1.0, sum(len(text_of(link)) for link in element.iter("a")) / whole)


def _choose(document: Document, missing: Sequence[_Missing], weight: int) -> list[_Missing]:
    unlinked = [line for line in missing if line.linked < _LINKED]
    inside = [line for line in unlinked if line.inside]
    around = [line for line in unlinked if weigh(line.text) > _LONG]
    wanted = _confirm_items(document, missing)
    if sum(weigh(line.text) for line in inside) > _MUCH_INSIDE * weight:
        wanted += inside
    if sum(weigh(line.text) for line in around) > _MUCH_AROUND * weight:
        wanted += around
    return list({line.place: line for line in wanted}.values())


def _confirm_items(document: Document, missing: Sequence[_Missing]) -> list[_Missing]:
    """Return the items of lists inside the text that one more extractor keeps, too."""
    items = [
        line for line in missing if line.in_list and line.inside and line.linked < _LINKED_IN_LIST
    ]
    if not items:
        return []
    others = (
        _Lines(read_by_density(document.tree)),
        _Lines(read_generous(document.tree)),
    )
    return [line for line in items if any(fold(line.text) in other for other in others)]


def _merge(found: str, places: Sequence[int | None], wanted: Sequence[_Missing]) -> str:
    placed: list[tuple[int, int, str]] = [(line.place, 1, line.text) for line in wanted]
    last = -1
    for line, place in zip(found.split("\n"), places, strict=True):
        last = last if place is None else place
        placed.append((last, 0, line))
    # The sort is stable: the text's own lines keep their order.
    return "\n".join(text for *_, text in sorted(placed, key=lambda one: one[:2]))
