"""Reading dates as pages print them: ISO, RFC 2822, and words of many languages.

Pure text in, moments out; `published.py` chooses among them.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache

from scraper.extraction.months import MONTHS

EARLIEST = date(1990, 1, 1)

# Which words are months is looked up: a pattern of a thousand names would be tried at every word.
_MONTH = r"(?P<month>[^\W\d_][^\s\d.,:;()/|<>–—-]{1,15})\.?(?:\s?/\s?[\u0620-\u06ff]+)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_YEAR_OR_THAI = r"(?:พ\.ศ\.\s*)?(?P<year>(?:19|20|25)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_NUMBER = r"(?P<number>[01]?\d)"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}\s*[-/.年년]\s*{_NUMBER}\s*[-/.月월]\s*{_DAY}(?!\d)",
        rf"(?:令和|平成)\s*(?P<era>\d{{1,2}}|元)\s*年\s*{_NUMBER}\s*月\s*{_DAY}",
        rf"(?<![\w])(?:ngày\s+)?{_DAY}\s+tháng\s+{_NUMBER}\s*,?\s+(?:năm\s+)?{_YEAR}",
        rf"(?<![\d.:]){_DAY}(?:st|nd|rd|th|er|º|ª|°|\.)?[\s-]*(?:de |of |di |d’|d')?\s*{_MONTH}"
        rf"[\s,-]*(?:de |del )?\s*{_YEAR_OR_THAI}(?!\d)",
        rf"(?<!\w){_MONTH}\s*{_DAY}(?:st|nd|rd|th)?\s*[,.]?\s*{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}\.?\s+(?:m\.\s+)?{_MONTH}\s+{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}(?:\.\s+gada|-yil|\s+жылғы)\s+{_DAY}[.\s-]+{_MONTH}",
        rf"(?<![\d.]){_DAY}\s?\.\s?{_NUMBER}\s?\.\s?{_YEAR}(?!\d)",
        rf"(?<![\d.]){_DAY}\.(?P<number>[01]\d)\.(?P<short>\d\d)(?![\d.])",
        rf"(?<![\d/]){_DAY}/(?P<number>[0-3]?\d)/{_YEAR}(?!\d)",
        rf"(?<![\d-]){_DAY}-(?P<number>[0-3]?\d)-{_YEAR}(?!\d)",
    )
)
# Where both could be the month, only Americans write it first; without more, it stays unknown.
_SLASHES = 9
_TIME = re.compile(
    r"(?P<half>上午|下午|午前|午後|오전|오후)?\s*(?<![\d:.])(?P<hour>[0-2]?\d)\s?[::.h時时시点]\s?"
    r"(?P<minute>[0-5]\d)(?:\s?[::分분]\s?(?P<second>[0-5]\d))?(?!\d)(?:\.\d+)?\s*"
    r"(?P<clock>[ap]\.?m\b\.?|uhr\b|분|分)?\s*"
    r"(?P<zone>(?:UTC|GMT|Z)(?![a-z])|[A-Z]{3,4}\b|Beijing time)?\s*"
    r"(?P<offset>[+-]\d\d:?\d\d)?(?![\w+])",
    re.IGNORECASE,
)
_BARE_HOUR = re.compile(r"(?<!\d)(?P<hour>1?\d)\s?(?P<clock>[ap]\.?m\b\.?)", re.IGNORECASE)
# Only abbreviations with one meaning: CST is Chicago's and Beijing's, IST three countries'.
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "EST": -5, "EDT": -4, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9,
    "KST": 9, "HKT": 8, "SGT": 8, "WIB": 7, "AEST": 10, "AEDT": 11, "SAST": 2, "BEIJING TIME": 8,
}  # fmt: skip
# Malay for March, and in English a computer: Malay writes the day before it.
_BEHIND_DAY = frozenset(("mac",))
# The digits of Arabic, Persian, Hindi, Bengali and Thai.
_DIGITS = {ord(zero) + n: str(n) for zero in "٠۰०০๐" for n in range(10)}
_TURKISH = str.maketrans("İI", "iı")
# What the Thai calendar is ahead.
_BUDDHIST = 543
# The time stands close to its date.
_NEAR = 28
_NOON = 12
_ISO = re.compile(
    r"^\s*(?P<date>\d{4}-\d\d?-\d\d?|\d{8})"
    r"(?:[T\s_]+(?P<time>\d\d?:\d\d(?::\d\d)?|\d{4}(?:\d\d)?)(?:[.,]\d+)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?\s*$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_EPOCH = re.compile(r"^\s*(\d{10})(?:\d{3})?\s*$")
_URL_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"/(?P<year>(?:19|20)\d\d)[-/_](?P<month>[01]?\d)[-/_](?P<day>[0-3]?\d)(?=[/_.-]|$)",
        r"/(?P<year>(?:19|20)\d\d)[-/]?(?P<month>[01]\d)/(?P<day>[0-3]\d)(?=[/_.-]|$)",
        r"/(?P<year>(?:19|20)\d\d)/(?P<month>[01]\d)(?P<day>[0-3]\d)(?=[/_.-]|$)",
        r"[/_t-](?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=[/_.-]|$)",
        r"[/_-](?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?=[/_.-]|$)",
        r"/(?P<year>20\d\d)-(?P<month>[01]\d)/(?P<day>[0-3]\d)(?=[/_.-]|$)",
    )
)
_URL_MONTH_NAME = re.compile(
    r"/(?P<year>20\d\d)/(?P<month>[a-z]{3,9})/(?P<day>[0-3]?\d)(?=/)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date as printed, with its time where one stands beside it."""

    day: date
    """The calendar day, as printed."""
    clock: time | None = None
    """The time of day, as printed."""
    zone: tzinfo | None = None
    """The zone, where the date names one."""
    raw: str
    """What was read."""
    start: int = 0
    """Where it begins in the text that it was found in."""

    def instant(self, zone: tzinfo | None) -> datetime | None:
        """Return the instant in UTC, or None when time or zone are unknown.

        Args:
            zone: the zone to assume when the date names none.
        """
        zone = self.zone or zone
        if self.clock is None or zone is None:
            return None
        with suppress(OverflowError, ValueError):
            return datetime.combine(self.day, self.clock, zone).astimezone(UTC)
        return None

    def day_in(self, zone: tzinfo | None) -> date:
        """Return the day as a reader of the portal sees it: a UTC label is moved to its zone."""
        instant = self.instant(zone)
        is_label = self.zone is not None and self.zone.utcoffset(None) == timedelta(0)
        if is_label and instant is not None and zone is not None:
            with suppress(OverflowError, ValueError):
                return instant.astimezone(zone).date()
        return self.day


def parse_stamp(raw: str | None, *, day_first: bool | None = None) -> Moment | None:
    """Read a string that should be one date, as metadata and feeds have it.

    Args:
        raw: the string.
        day_first: whether 1/8/2024 is in August; None when nobody knows.

    Returns:
        The moment; None when there is no date of an existing day from 1990 on in it.
    """
    if not raw:
        return None
    raw = raw.strip()[:100]
    return (
        _parse_iso(raw)
        or _parse_epoch(raw)
        or next(find_moments(raw, day_first=day_first), None)
        or _parse_rfc(raw)
    )


def find_moments(text: str, *, day_first: bool | None = None) -> Iterator[Moment]:
    """Yield the dates that stand in a text, in their order.

    Args:
        text: a line of a page.
        day_first: whether 1/8/2024 is in August; None when nobody knows: then it is no date.
    """
    yield from _find_all(text, day_first)


# The lines around a headline are asked for their dates by several steps.
@lru_cache(maxsize=1024)
def _find_all(text: str, day_first: bool | None) -> tuple[Moment, ...]:  # noqa: FBT001 - a key of the cache
    if not _DIGIT.search(text):
        return ()
    printed = text
    if not text.isascii():
        text = text.translate(_DIGITS)
    found: dict[int, tuple[int, Moment]] = {}
    for number, pattern in enumerate(_DATES):
        for match in pattern.finditer(text):
            day = _read_day(match, day_first=day_first, is_slashed=number >= _SLASHES)
            if day is None or any(s <= match.start() < e for s, (e, _) in found.items()):
                continue
            clock, zone = _read_time(text, match.start(), match.end())
            raw = printed[match.start() : match.end()].strip()
            moment = Moment(day=day, clock=clock, zone=zone, raw=raw, start=match.start())
            found[match.start()] = (match.end(), moment)
    return tuple(found[start][1] for start in sorted(found))


def find_in_url(url: str) -> date | None:
    """Return the day that a URL names; a month or a year alone is none."""
    path = url.split("://", 1)[-1].partition("/")[2].split("?")[0]
    for pattern in _URL_DATES:
        for match in pattern.finditer("/" + path):
            day = _make_day(match["year"], match["month"], match["day"])
            if day is not None:
                return day
    named = _URL_MONTH_NAME.search("/" + path)
    if named is not None:
        month = MONTHS.get(named["month"].lower())
        return _make_day(named["year"], month, named["day"]) if month else None
    return None


def _parse_iso(raw: str) -> Moment | None:
    match = _ISO.match(raw)
    if match is None:
        return None
    digits = match["date"]
    parts = digits.split("-") if "-" in digits else (digits[:4], digits[4:6], digits[6:])
    day = _make_day(*parts)
    if day is None:
        return None
    clock = _make_clock(match["time"])
    return Moment(day=day, clock=clock, zone=_make_zone(match["zone"]) if clock else None, raw=raw)


def _make_clock(digits: str | None) -> time | None:
    if not digits:
        return None
    parts = digits.split(":") if ":" in digits else [digits[:2], digits[2:4], digits[4:]]
    hour, minute, second, *_ = [*(int(part) for part in parts if part), 0, 0]
    with suppress(ValueError):
        return time(hour, minute, second)
    return None


def _make_zone(label: str | None) -> tzinfo | None:
    if not label:
        return None
    if label[0] not in "+-":
        return UTC
    digits = label[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    with suppress(ValueError):
        return timezone(-offset if label[0] == "-" else offset)
    return None


def _parse_epoch(raw: str) -> Moment | None:
    match = _EPOCH.match(raw)
    if match is None:
        return None
    moment = datetime.fromtimestamp(int(match[1]), UTC)
    if moment.date() < EARLIEST:
        return None
    return Moment(day=moment.date(), clock=moment.time(), zone=UTC, raw=raw)


def _parse_rfc(raw: str) -> Moment | None:
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        moment = parsedate_to_datetime(raw)
        if moment.date() >= EARLIEST:
            return Moment(day=moment.date(), clock=moment.time(), zone=moment.tzinfo, raw=raw)
    return None


def _make_day(year: str | int, month: str | int, day: str | int) -> date | None:
    with suppress(ValueError):
        made = date(int(year), int(month), int(day))
        return made if made >= EARLIEST else None
    return None


def _read_day(match: re.Match[str], *, day_first: bool | None, is_slashed: bool) -> date | None:
    parts = match.groupdict()
    if parts.get("era"):
        start = 2018 if match[0].startswith("令和") else 1988
        count = 1 if parts["era"] == "元" else int(parts["era"])
        return _make_day(start + count, parts["number"], parts["day"])
    if parts.get("month"):
        if match.start("month") < match.start("day") and parts["month"].lower() in _BEHIND_DAY:
            return None
        return _read_named(parts["year"], parts["month"], parts["day"])
    day, month = int(parts["day"]), int(parts["number"])
    year = parts.get("year") or f"20{parts['short']}"
    if is_slashed and day != month:
        if month > _NOON or (day <= _NOON and day_first is False):
            day, month = month, day
        elif day <= _NOON and day_first is None:
            return None
    return _make_day(year, month, day)


def _read_named(year: str, month: str, day: str) -> date | None:
    # The second is how capitals become small in Turkish.
    number = MONTHS.get(month.lower()) or MONTHS.get(month.translate(_TURKISH).lower())
    is_thai = "\u0e00" <= month[0] <= "\u0e7f"
    is_buddhist = year.startswith("25")
    if number is None or (is_buddhist and not is_thai):
        return None
    return _make_day(int(year) - _BUDDHIST if is_buddhist else year, number, day)


def _read_time(text: str, start: int, end: int) -> tuple[time | None, tzinfo | None]:
    behind = _TIME.search(text, end, end + _NEAR) or _BARE_HOUR.search(text, end, end + _NEAR)
    ahead = list(_TIME.finditer(text, max(0, start - _NEAR), start))
    match = behind or (ahead[-1] if ahead else None)
    if match is None:
        return None, None
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    half = (parts.get("clock") or "").lower()
    if (
        half.startswith("p") or (parts.get("half") or "") in ("下午", "午後", "오후")
    ) and hour < _NOON:
        hour += _NOON
    elif half.startswith("a") and hour == _NOON:
        hour = 0
    try:
        clock = time(hour, minute, int(parts.get("second") or 0))
    except ValueError:
        return None, None
    if parts.get("offset"):
        return clock, _make_zone(parts["offset"])
    hours = _ZONES.get((parts.get("zone") or "").upper())
    return clock, None if hours is None else timezone(timedelta(hours=hours)) if hours else UTC
