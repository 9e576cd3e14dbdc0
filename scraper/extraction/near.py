"""The lines around a headline, where a page prints its date, its authors and its credit line."""

from collections.abc import Sequence

from scraper.extraction.document import Line
from scraper.extraction.plain import fold, weigh

_AFTER, _BEFORE = 16, 5
# A paragraph of the article ends what belongs to the headline.
_PARAGRAPH = 240
_HEADING_TAGS = ("h1", "h2", "h3")


def find_near(lines: Sequence[Line], title: str | None) -> list[Line]:
    """Return the lines around the headline: those below it first, then those above.

    Args:
        lines: all lines of the page.
        title: the headline.

    Returns:
        Short lines up to the first paragraph of the article; none when the headline is not there.
    """
    place = _find_title(lines, title)
    if place is None:
        return []
    near: list[Line] = []
    for line in lines[place + 1 : place + 1 + _AFTER]:
        if weigh(line.text) > _PARAGRAPH:
            # The byline may follow a long standfirst, but not two paragraphs.
            if any(weigh(other.text) > _PARAGRAPH for other in near):
                break
            near.append(line)
            continue
        near.append(line)
    near += reversed(lines[max(0, place - _BEFORE) : place])
    return [line for line in near if weigh(line.text) <= _PARAGRAPH]


def _find_title(lines: Sequence[Line], title: str | None) -> int | None:
    key = fold(title or "")
    if not key:
        return None
    places = [
        (line.element.tag in _HEADING_TAGS, fold(line.text) == key, -number)
        for number, line in enumerate(lines)
        if (folded := fold(line.text)) and (folded == key or key in folded or _holds(key, folded))
        and len(folded) <= 2 * len(key)
    ]
    return -max(places)[2] if places else None


def _holds(key: str, folded: str) -> bool:
    # The printed headline may lack a kicker or be cut.
    return len(folded) >= max(8, len(key) // 2) and folded in key
