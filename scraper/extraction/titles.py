"""The headline of a page, without the portal's name, by a vote of the places that state it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from scraper.extraction.document import Document, Line, text_of
from scraper.extraction.jsonld import text_of as linked_text
from scraper.extraction.plain import WIDE, clean_line, fold, strip_markup

# Portals put their names behind (or before) a separator with spaces, Chinese ones also behind `_`
# or a bare hyphen.
_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«/~>‖┃]+\s+|\s*[|｜┃]\s*|_+|\s+::\s+")
_HAN_SEPARATOR = re.compile(r"(?<=[\u4e00-\u9fff”》）)】\"])\s*[-–—]+\s*(?=[\u4e00-\u9fff])")
Place = Literal["linked", "sharing", "twitter", "heading", "head", "link", "line"]
# How much a place says about what a reader sees as the headline: the only h1 is just that; the
# texts for search engines and sharing are often others, and copies of each other.
_WEIGHTS: Mapping[Place, float] = {
    "linked": 1.75,
    "sharing": 1.0,
    "twitter": 0.25,
    "heading": 2.25,
    "head": 0.75,
    "link": 0.0,
    "line": 0.0,
}
# The weight of a heading that has next to no word of what other places say.
_UNLIKE_HEADING = 1.5
# And of one that is no more than a word or two beside whole titles: less than any other's.
_LABEL = 0.5
_LEAST_COMMON = 2
# More of either is no page of an article; each is compared with the others.
_LONGEST_TITLE, _MOST_HEADINGS = 500, 12
# Every part of a title between two separators is looked for on the page.
_MOST_CUTS = 8
_WORD = re.compile(rf"[{WIDE}]|[^\W{WIDE}]+")
# What sets a portal's name off where no separator is seen: a letter for the bar, a bare hyphen in Chinese.
_BAR = re.compile(r"(?:\s+[lI]\s+|(?<=[\u4e00-\u9fff”》）)】\"])\s*[-–—]+\s*)$")
# What is left at the ends of a title when something was taken off.
_MARKS = " -–—|｜_·•:："
_LONGEST_NAME = 40
_LEAST_REST = 4
# A word, not a letter.
_LEAST_NAME = 3
# A headline that is only printed stands so near above its text, and is so wide (in letters).
_LINES_ABOVE = 6
_LEAST_WIDTH, _MOST_WIDTH = 12, 160
# By so many of its first lines a text is found on its page.
_LINES_BELOW = 5
_NO_HEADLINE = re.compile(
    r"https?://|@|\d{4}\s*[-/年.]\s*\d{1,2}|\d{1,2}:\d{2}|[。；;]$|->|>>|[|｜]|(?:来源|作者|编辑|记者|发布)\s*[:：]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A headline and where it stands."""

    text: str
    """The headline."""
    place: Place
    """The element that states it."""

    @property
    def origin(self) -> str:
        """Return where it came from, as `Article.provenance` names it."""
        return {"linked": "json-ld", "link": "feed"}.get(
            self.place, "page" if self.place in ("heading", "head", "line") else "meta"
        )


def find_title(
    document: Document, lines: Sequence[Line], *, names: Sequence[str], hint: str | None
) -> Title | None:
    """Find the headline.

    Args:
        document: the page.
        lines: its lines.
        names: the portal's names, as the page and the source give them.
        hint: the text of the link that led here. It counts only where the page states none: several lists lead
            to a page, and which of them is read first is chance.

    Returns:
        The headline that most places agree on, the surest place's in doubt; None when there is
        none at all.
    """
    known = {fold(name) for name in names if len(fold(name)) > 1}
    host = fold(document.url.split("://", 1)[-1].split("/")[0].split(":")[0].removeprefix("www."))
    headings = [text_of(heading) for heading in islice(document.tree.iter("h1"), _MOST_HEADINGS)]
    headings = [text for text in headings if text]
    tails = [text for text in headings if _ends_title(text, document.head_title)]
    known.update(map(fold, tails))
    headings = [text for text in dict.fromkeys(headings) if not _names_portal(text, known, host)]
    collected = [
        replace(title, text=title.text[:_LONGEST_TITLE])
        for title in (list(_collect(document, headings)) or _read_hint(hint))
    ]
    if not collected:
        return None
    whole = {fold(title.text) for title in collected}
    places = []
    for title in collected:
        text = _strip_tails(strip_name(title.text, known=known, host=host), tails)
        places.append(replace(title, text=_strip_rest(text, whole)))
    places = [_strip_kicker(place, places) for place in places]
    votes: dict[str, float] = defaultdict(float)
    for place in places:
        votes[fold(place.text)] += _weigh_place(place, places)
    best = max(votes.values())
    winners = [place for place in places if votes[fold(place.text)] == best]
    chosen = _prefer_longer(winners[0], places)
    return replace(chosen, text=_find_printed(chosen.text, lines).strip(_MARKS) or chosen.text)


def find_line_title(lines: Sequence[Line], body: str) -> Title | None:
    """Return the line that stands as a headline above a text, for a page that declares none.

    Args:
        lines: the page's lines, furniture and all.
        body: the article's text.

    Returns:
        The nearest line above the text that can be a headline; None when the text is not found, or nothing
        above it can.
    """
    own = [fold(line) for line in body.split("\n")[:_LINES_BELOW]]
    printed = [fold(line.text) for line in lines]
    places = [printed.index(line) for line in own if line in printed]
    if not places:
        return None
    # The headline may have been taken for the first line of the text.
    until = min(places) + (len(lines[min(places)].text) <= _MOST_WIDTH)
    for line in lines[max(0, until - _LINES_ABOVE) : until][::-1]:
        wide = sum(2 if character > "\u2e80" else 1 for character in line.text)
        if _LEAST_WIDTH <= wide <= _MOST_WIDTH and not _NO_HEADLINE.search(line.text):
            return Title(text=line.text, place="line")
    return None


def strip_name(title: str, *, known: set[str], host: str) -> str:
    """Take the portal's name off a title.

    Args:
        title: the title.
        known: the portal's names, folded.
        host: the portal's host, folded.

    Returns:
        The title without parts before or behind a separator that name the portal.
    """
    for separator in (_SEPARATOR, _HAN_SEPARATOR):
        while True:
            cuts = list(separator.finditer(title))
            if not cuts:
                break
            last, first = cuts[-1], cuts[0]
            if (
                _names_portal(title[last.end() :], known, host)
                and len(fold(title[: last.start()])) >= _LEAST_REST
            ):
                title = title[: last.start()].strip()
            elif (
                _names_portal(title[: first.start()], known, host)
                and len(fold(title[first.end() :])) >= _LEAST_REST
            ):
                title = title[first.end() :].strip()
            else:
                break
    return title


def _strip_tails(title: str, tails: Sequence[str]) -> str:
    for tail in tails:
        bar = _BAR.search(title.removesuffix(tail)) if title.endswith(tail) else None
        if bar is not None:
            title = title[: bar.start()].rstrip(_MARKS) or title
    return title


def _strip_rest(title: str, others: set[str]) -> str:
    # What stands behind a whole headline of another place is a rubric or a name, known or not.
    for cut in _SEPARATOR.finditer(title):
        if fold(title[: cut.start()]) in others and len(fold(title[: cut.start()])) >= _LEAST_REST:
            return title[: cut.start()].strip()
    return title


def _strip_kicker(title: Title, places: Sequence[Title]) -> Title:
    """Take off a heading what stands in it above the headline, where another place has the headline alone."""
    if title.place != "heading":
        return title
    own = fold(title.text)
    for other in places:
        folded = fold(other.text)
        if own != folded and own.endswith(folded) and 2 * len(folded) > len(own):
            return replace(title, text=other.text)
    return title


def _weigh_place(title: Title, places: Sequence[Title]) -> float:
    if title.place == "heading":
        words = _words_of(title.text)
        others = [_words_of(other.text) for other in places if other.place != "heading"]
        # A heading with no word of the headline's is one of the page's: "Comments".
        if others and all(len(words & other) < min(_LEAST_COMMON, len(words)) for other in others):
            is_label = len(words) <= _LEAST_COMMON and all(
                len(other) > 2 * _LEAST_COMMON for other in others
            )
            return _LABEL if is_label else _UNLIKE_HEADING
    return _WEIGHTS[title.place]


def _words_of(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _find_printed(title: str, lines: Sequence[Line]) -> str:
    """Return the part of a title that its page prints as a line, where it does not print the whole."""
    cuts = [*_SEPARATOR.finditer(title), *_HAN_SEPARATOR.finditer(title)]
    if not 0 < len(cuts) <= _MOST_CUTS:
        return title
    printed = {fold(line.text) for line in lines if len(line.text) <= len(title) + _LEAST_REST}
    if fold(title) in printed:
        return title
    ends = [len(title), *(cut.start() for cut in cuts)]
    parts = [title[start:end] for start in (0, *(cut.end() for cut in cuts)) for end in ends]
    own = [part for part in parts if fold(part) in printed and 2 * len(part) >= len(title)]
    return max(own, key=len, default=title)


def _ends_title(heading: str, head_title: str | None) -> bool:
    """Return whether the title element ends with a heading as with a portal's name: "Ports reopen - Daily"."""
    name, whole = fold(heading), fold(head_title or "")
    return whole.endswith(name) and len(whole) > 2 * len(name) and len(heading) <= _LONGEST_NAME


def _names_portal(part: str, known: set[str], host: str) -> bool:
    folded = fold(part)
    if not folded or len(part) > _LONGEST_NAME:
        return False
    if folded in known or (len(folded) >= _LEAST_NAME and folded in host):
        return True
    # "BBC News" of "BBC", "World - Global Times" of "Global Times".
    return any(
        len(name) >= _LEAST_NAME
        and (folded.startswith(name) or folded.endswith(name) or name.startswith(folded))
        for name in known
        if len(folded) <= 2 * len(name) + 6
    )


def _read_hint(hint: str | None) -> Iterator[Title]:
    cleaned = strip_markup(hint)
    if cleaned:
        yield Title(text=cleaned, place="link")


def _collect(document: Document, headings: Sequence[str]) -> Iterator[Title]:
    article = document.linked.article
    headline = linked_text(article.get("headline")) or linked_text(article.get("name"))
    if headline:
        yield Title(text=headline, place="linked")
    sharing, twitter = document.get_meta("og:title"), document.get_meta("twitter:title")
    if sharing:
        yield Title(text=sharing, place="sharing")
    if twitter:
        yield Title(text=twitter, place="twitter")
    for text in headings:
        if len(headings) == 1 or _is_like(text, document.head_title):
            yield Title(text=text, place="heading")
    if document.head_title:
        yield Title(text=document.head_title, place="head")


def _is_like(text: str, other: str | None) -> bool:
    key, whole = fold(text), fold(other or "")
    return bool(key) and (key in whole or whole in key) and bool(whole)


def _prefer_longer(chosen: Title, places: Sequence[Title]) -> Title:
    # Some systems cut the title for sharing at a quote or a length; the page shows all of it.
    stem = clean_line(chosen.text.rstrip(".… ")) or ""
    if chosen.text == stem:
        return chosen
    longer = [
        place for place in places if len(place.text) > len(stem) and place.text.startswith(stem)
    ]
    return max(longer, key=lambda place: len(place.text), default=chosen)
