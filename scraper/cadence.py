"""How often a source is worth a look: from what earlier looks found, and from what its lists ask for.

When a source publishes is not seen, only that something was new at a look. How often it does is estimated
from that as in Cho and Garcia-Molina, "Estimating Frequency of Change" (2003): by the rate under which these
looks, after these times, are the most likely to have found what they did.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# The interval that is set weighs as much as so many looks.
PRIOR_LOOKS = 2.0

# A look at a source that publishes once an interval finds something so often.
_EXPECTED = 1 - 1 / math.e

# Lists that are read in one crawl are due together, though they answered one after the other.
SLACK = 0.1

_HALVINGS = 50
_LONGEST = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A crawl that read the lists of a source."""

    after: float
    """Seconds since the one before."""
    found: bool
    """Whether a list named an article that was not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often a source is looked at."""

    interval: float
    """Seconds between two looks."""
    why: str
    """Where that is from, for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a list page asks of whoever reads it."""

    checked_at: datetime
    """When it last answered."""
    interval: float | None = None
    """Seconds after which it wants to be asked again."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, at which it wants no request."""
    skip_days: tuple[int, ...] = ()
    """Days of the week at which it wants none; 0 is Monday."""


def settle(looks: Sequence[Look], *, start: float, shortest: float, longest: float) -> Cadence:
    """Return how often to look at a source.

    Args:
        looks: the last ones, in any order.
        start: the interval in seconds that holds while nothing is known.
        shortest: the shortest that the user allows.
        longest: the longest.

    Returns:
        The time in which it publishes once on average, within the limits.
    """
    found = sum(look.found for look in looks)
    why = f"new in {found} of {len(looks)} looks" if looks else "as set, until there were looks"
    estimate = _estimate(looks, start)
    if estimate < shortest:
        return Cadence(interval=shortest, why=f"{why}; no shorter, by min_interval")
    if estimate > longest:
        return Cadence(interval=longest, why=f"{why}; no longer, by max_interval")
    return Cadence(interval=float(round(estimate)), why=why)


def next_moment(wishes: Wishes, *, earliest: datetime, longest: float) -> datetime:
    """Return when a list page may be asked as it wishes.

    Args:
        wishes: what it asks for.
        earliest: not before this moment.
        longest: the most seconds after its last answer for which wishes are heeded.
    """
    limit = max(earliest, wishes.checked_at + timedelta(seconds=longest))
    moment = max(earliest, wishes.checked_at + timedelta(seconds=wishes.interval or 0.0))
    while moment < limit and _is_skipped(moment, wishes):
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(moment, limit)


def is_wanted(wishes: Wishes, *, now: datetime, longest: float) -> bool:
    """Say whether a list page wants a request now, with a tenth of its interval to spare.

    Args:
        wishes: what it asks for.
        now: the present.
        longest: the most seconds after its last answer for which wishes are heeded.
    """
    spare = timedelta(seconds=SLACK * min(wishes.interval or 0.0, longest))
    return next_moment(wishes, earliest=now, longest=longest) <= now + spare


def _is_skipped(moment: datetime, wishes: Wishes) -> bool:
    return moment.hour in wishes.skip_hours or moment.weekday() in wishes.skip_days


def _estimate(looks: Sequence[Look], start: float) -> float:
    """Return the mean time between two publications."""
    prior = ((start, PRIOR_LOOKS * _EXPECTED), (start, PRIOR_LOOKS * (1 - _EXPECTED)))
    hits = [prior[0], *((max(look.after, 1.0), 1.0) for look in looks if look.found)]
    in_vain = prior[1][0] * prior[1][1] + sum(look.after for look in looks if not look.found)
    shorter, longer = 1.0, _LONGEST
    for _ in range(_HALVINGS):
        mean = math.sqrt(shorter * longer)
        # The derivative of the likelihood: it falls with the rate, so it grows with the mean.
        slope = sum(weight * after / math.expm1(min(after / mean, 700.0)) for after, weight in hits)
        if slope > in_vain:
            longer = mean
        else:
            shorter = mean
    return shorter
