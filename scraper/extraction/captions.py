"""The caption that a page prints below a picture."""

import re
from itertools import islice

from lxml.etree import _Element

from scraper.extraction.document import text_of
from scraper.extraction.plain import clean_line

LONGEST_CAPTION = 1000
"""How long a caption may be."""
_LONGEST_UNSURE = 300
_CAPTION = re.compile(
    r"caption|legende|bildunterschrift|bild-?text|img-?text|pic-?text|photo-?text|image-?desc|photo-?desc|(?:^|[\s_-])cutline"
)
_TAGS = ("figcaption", "p", "div", "span", "small", "em", "dd", "td")
# How far above a picture its caption's holder is.
_LEVELS = 4
# What is larger is no caption's holder, or no caption; a page may nest any number of either.
_MOST_LOOKED_AT, _MOST_CANDIDATES, _MOST_PARTS = 1000, 20, 200


def find_caption(picture: _Element) -> str | None:
    """Return what is printed below a picture, or None.

    Args:
        picture: its element.
    """
    holder = picture
    for _ in range(_LEVELS):
        parent = holder.getparent()
        if parent is None or parent.tag in ("body", "main", "article", "section"):
            return None
        holder = parent
        caption = _find_within(holder)
        if caption is not None:
            return caption
        if holder.tag == "figure" or len(list(islice(holder.iter("img"), 2))) > 1:
            return None
    return None


def _find_within(holder: _Element) -> str | None:
    candidates = (
        one
        for one in islice(holder.iterdescendants(*_TAGS), _MOST_LOOKED_AT)
        if one.tag == "figcaption" or _CAPTION.search((one.get("class") or "").lower())
    )
    for candidate in islice(candidates, _MOST_CANDIDATES):
        if next(islice(candidate.iter(), _MOST_PARTS, None), None) is not None:
            continue
        caption = _text_of_caption(candidate)
        limit = LONGEST_CAPTION if candidate.tag == "figcaption" else _LONGEST_UNSURE
        if caption and len(caption) <= limit:
            return caption
    return None


def _text_of_caption(element: _Element) -> str | None:
    buttons = [text_of(button) for button in element.iter("button")]
    text = text_of(element)
    for button in filter(None, buttons):
        text = text.replace(button, "")
    return clean_line(text)
