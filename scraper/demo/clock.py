"""The clock of the demo world."""

from datetime import date, datetime, timedelta, timezone

CHINA_TIME = timezone(timedelta(hours=8))


def at_noon(day: date) -> datetime:
    """Return noon in Beijing on a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=CHINA_TIME)
