"""The field's recurring events: their names in a text, and which edition is meant.

An edition is a year. It stands beside the name ("GDEC 2024", "2024年世界互联网大会"), or as an ordinal that
the registry knows ("第四届数贸会"), or in the sentence that names the event; where nothing is said, it is the
year of publication, for that is the edition that news is about. What is said of an earlier edition ("last
year's", "since the first") names none of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from scraper.registry import Event, Registry
from scraper.relevance.finder import Finder, Word
from scraper.relevance.ordinals import ordinal_after, ordinal_before
from storage.records import EditionFrom, EventMention

PLACES = ("title", "lead", "body")

_YEAR = r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)"
_YEAR_BEFORE = re.compile(rf"({_YEAR})\s{{0,2}}年?度?\s{{0,2}}(?:the )?[\"“”'‘«《(]?\s?$")
_YEAR_AFTER = re.compile(
    r"^s?\s?[)\"”’»》]?\s?(?:\([^()]{2,30}\))?[\s,:·-]{0,3}"
    rf"(?:(?:JAPAN|ジャパン|in|del?|the year)\s?)?\(?({_YEAR})",
    re.IGNORECASE,
)
_SHORT_YEAR_AFTER = re.compile(r"^\s?['’]?(2\d|1\d)(?!\d|[-\u2013.,%]\d|%)")
_ACRONYM = re.compile("[A-Z]{3,6}")
_SHORT_YEARS = range(10, 40)
_ANY_YEAR = re.compile(_YEAR)
_EARLIER = re.compile(
    r"(?:last year.?s?|previous|preceding|past|since the first|a year ago,?|上届|上一届|去年的?|历届|往届|"
    r"上年的?|前年の?|昨年の?|前回の?|지난해|작년|ano pasado|pasada|dernier|derniere|vorjahr\w*|letzten|"
    r"прошл\w+|ano passado|passada|nam ngoai|tahun lalu|العام الماضي)\W{0,3}(?:the )?$",
    re.IGNORECASE,
)

# An edition stands so near to its name, in characters.
BESIDE = 40

# News about an edition is published so many days before or after it.
NEAR_DAYS = 90


@dataclass(frozen=True, slots=True)
class _Alias:
    text: str
    event: str | None
    """None for a look-alike: it is found so that nothing inside it is."""
    beside: Finder["_Alias"] | None = None
    """What must stand in the same text for it to count."""
    year: int | None = None
    """The edition that the name itself says, such as MWC25."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An event where a text names it."""

    event: Event
    term: str
    """The name as the registry writes it."""
    place: str
    """`title`, `lead` or `body`."""
    edition: int | None = None
    ordinal: int | None = None
    edition_from: EditionFrom | None = None

    def record(self) -> EventMention:
        """Return what the archive keeps of it."""
        return EventMention(
            event=self.event.name,
            edition=self.edition,
            ordinal=self.ordinal,
            edition_from=self.edition_from,
            place=self.place,
            term=self.term,
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """One place where an event is named."""

    alias: _Alias
    place: str
    year: int | None
    ordinal: int | None
    from_: EditionFrom | None
    earlier: bool


class Events:
    """Finds the registry's events.

    Args:
        registry: what is known of them.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @cached_property
    def _finder(self) -> Finder[_Alias]:
        return Finder(_aliases(self._registry.tables))

    def find(
        self,
        places: Mapping[str, str],
        words: Mapping[str, list[Word]],
        *,
        published: date | None,
    ) -> list[Mention]:
        """Return the events that a text names, each once, with the edition that it is about.

        Args:
            places: folded texts by place.
            words: their words by place.
            published: the day of publication.
        """
        whole = "\n".join(places[place] for place in PLACES)
        seen: dict[str, list[_Seen]] = {}
        for place in PLACES:
            text = places[place]
            hits = self._finder.find(text, words[place])
            for number, hit in enumerate(hits):
                alias = hit.term
                if alias.event is None or not _counts(alias, whole):
                    continue
                room = text[hits[number - 1].end if number else 0 : hit.start][-BESIDE:]
                said = self._edition_beside(
                    self._registry.known[alias.event], room, text[hit.end :][:BESIDE]
                )
                if alias.year:
                    said = (alias.year, None, "name", False)
                seen.setdefault(alias.event, []).append(_Seen(alias, place, *said))
        for name in list(seen):
            whole_event = self._registry.known[name].part_of
            if whole_event and whole_event not in seen:
                seen[whole_event] = seen[name]
        return [
            self._decide(self._registry.known[name], at, places, published)
            for name, at in seen.items()
        ]

    def _edition_beside(
        self, event: Event, before: str, after: str
    ) -> tuple[int | None, int | None, EditionFrom | None, bool]:
        """Return the year, the ordinal, where the year is from, and whether an earlier one is meant."""
        earlier = bool(_EARLIER.search(before))
        ordinal, left = ordinal_before(before)
        year = _YEAR_BEFORE.search(left) or _YEAR_AFTER.match(after)
        if ordinal is None:
            ordinal = ordinal_after(after)
        if year:
            return int(year[1]), ordinal, "name", earlier
        if short := _SHORT_YEAR_AFTER.match(after):
            return 2000 + int(short[1]), ordinal, "name", earlier
        if ordinal is not None:
            known = event.year_of(ordinal)
            return known, ordinal, "ordinal" if known else None, earlier
        return None, None, None, earlier

    def _decide(
        self, event: Event, seen: list[_Seen], places: Mapping[str, str], published: date | None
    ) -> Mention:
        """Return the one mention that stands for all of an event's in a text."""
        first = seen[0]
        front = [at for at in seen if at.place != "body" and not at.earlier]
        rest = [at for at in seen if at.place == "body" and not at.earlier]
        said = next((at for at in front if at.year or at.ordinal), None)
        if said is None and first.place == "body":
            said = next((at for at in rest if at.year or at.ordinal), None)
        year = said.year if said else None
        ordinal = said.ordinal if said else None
        source: EditionFrom | None = said.from_ if said else None
        if year is None and front:
            year, source = _year_unsaid(event, places, None if first.earlier else published)
        return Mention(
            event=event,
            term=first.alias.text,
            place=first.place,
            edition=year,
            ordinal=ordinal or next((e.ordinal for e in event.editions if e.year == year), None),
            edition_from=source,
        )


def _aliases(tables: Mapping[str, Any]) -> Iterator[_Alias]:
    # Of equal ones the first stands: what is a look-alike of one event may be the name of another.
    for name, table in tables.items():
        for text in table["names"]:
            yield _Alias(text, name)
    for name, table in tables.items():
        beside = Finder(_Alias(text, None) for text in table.get("beside", ()))
        for text in table.get("short_names", ()):
            needed = beside if table.get("beside") else None
            yield _Alias(text, name, needed)
            if _ACRONYM.fullmatch(text):
                for year in _SHORT_YEARS:
                    yield _Alias(f"{text}{year}", name, needed, year=2000 + year)
    for table in tables.values():
        for text in table.get("not", ()):
            yield _Alias(text, None)


def _counts(alias: _Alias, whole: str) -> bool:
    return alias.beside is None or bool(alias.beside.find(whole))


def _year_unsaid(
    event: Event, places: Mapping[str, str], published: date | None
) -> tuple[int | None, EditionFrom | None]:
    """Return the year that is meant where none stands beside the name, and where it is from."""
    in_title = _year_in(places["title"])
    if published is None:
        year = in_title or _year_in(places["lead"])
        return year, "text" if year else None
    if in_title is not None and abs(in_title - published.year) <= 1:
        return in_title, "text"
    near = [
        (abs((published - starts).days), edition.year)
        for edition in event.editions
        if (starts := edition.first_day()) is not None
    ]
    days, year = min(near, default=(NEAR_DAYS + 1, 0))
    return year if days <= NEAR_DAYS else published.year, "date"


def _year_in(text: str) -> int | None:
    """Return the one year that a text names; None when it names none, or several."""
    years = {int(found[0]) for found in _ANY_YEAR.finditer(text)}
    return years.pop() if len(years) == 1 else None
