"""The lines around a headline, where a page prints its date, its authors and its credit line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scraper.extraction.dates import find_moments
from scraper.extraction.document import Line
from scraper.extraction.plain import fold, weigh

_AFTER, _BEFORE = 16, 5
# A paragraph of the article ends what belongs to the headline.
_PARAGRAPH = 240
_HEADING_TAGS = ("h1", "h2", "h3")
# A cut or longer form of the headline is still the headline.
_LEAST_KEY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What stands around the headline of a page."""

    lines: tuple[Line, ...] = ()
    """Short lines: those below the headline first, then those above."""
    is_sure: bool = False
    """Whether the headline was found; else these are the lines above the first paragraph."""


def find_near(lines: Sequence[Line], title: str | None) -> Near:
    """Return the lines around the headline.

    Args:
        lines: all lines of the page.
        title: the headline.

    Returns:
        Short lines up to the first paragraph of the article.
    """
    place = _find_title(lines, title)
    if place is None:
        return Near(lines=tuple(_above_paragraph(lines)))
    own = lines[place]
    # Date and byline may stand in the line of the headline itself.
    more = fold(title or "") in fold(own.text) and fold(title or "") != fold(own.text)
    near: list[Line] = [own] if more else []
    paragraphs = 0
    for line in lines[place + 1 : place + 1 + _AFTER]:
        if weigh(line.text) > _PARAGRAPH:
            # The byline may follow a long standfirst, but not two paragraphs.
            paragraphs += 1
            if paragraphs > 1:
                break
        else:
            near.append(line)
    above = lines[max(0, place - _BEFORE) : place]
    near += [line for line in reversed(above) if weigh(line.text) <= _PARAGRAPH]
    return Near(lines=tuple(near), is_sure=True)


def _above_paragraph(lines: Sequence[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        if weigh(line.text) > _PARAGRAPH:
            yield from reversed(lines[max(0, number - _AFTER) : number])
            return


def _find_title(lines: Sequence[Line], title: str | None) -> int | None:
    key = fold(title or "")
    if not key:
        return None
    places: list[tuple[bool, bool, bool, int]] = []
    for number, line in enumerate(lines):
        if len(line.text) > 3 * len(key) + _LEAST_KEY:
            continue
        folded = fold(line.text)
        is_part = len(folded) >= max(_LEAST_KEY, len(key) // 2) and folded in key
        if folded == key or is_part or (key in folded and len(folded) <= 2 * len(key)):
            # The headline is set as one, and its date is not far; breadcrumbs repeat it.
            dated = any(
                weigh(other.text) <= _PARAGRAPH
                and next(find_moments(other.text, day_first=True), None)
                for other in lines[number + 1 : number + 9]
            )
            heading = line.element.tag in _HEADING_TAGS
            places.append((heading, dated, folded == key, -number))
    return -max(places)[3] if places else None
