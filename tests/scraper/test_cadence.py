import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.cadence import Cadence, Look, Wishes, is_wanted, next_moment, settle

HOUR = 3600.0
DAY = 24 * HOUR
NOON = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)  # a Wednesday


def settled(
    looks: list[Look], *, start: float = HOUR, shortest: float = 60.0, longest: float = 30 * DAY
) -> Cadence:
    return settle(looks, start=start, shortest=shortest, longest=longest)


def looks_at(mean: float, *, every: float, number: int = 30, seed: int = 1) -> list[Look]:
    """Looks at a source that publishes at random moments, so far apart in the mean."""
    chance = random.Random(seed)
    moments, at = [], 0.0
    while at < every * number:
        at += chance.expovariate(1 / mean)
        moments.append(at)
    return [
        Look(after=every, found=any(n * every < moment <= (n + 1) * every for moment in moments))
        for n in range(number)
    ]


def test_without_looks_the_interval_is_as_set() -> None:
    assert settled([]) == Cadence(interval=HOUR, why="as set, until there were looks")


@pytest.mark.parametrize("mean", [HOUR / 2, 2 * HOUR, 8 * HOUR])
def test_it_comes_near_to_how_often_the_source_publishes(mean: float) -> None:
    estimates = [
        settled(looks_at(mean, every=HOUR, seed=seed), start=mean).interval for seed in range(20)
    ]
    assert mean / 1.5 < sorted(estimates)[10] < mean * 1.5


def test_looks_in_vain_make_it_longer_and_finds_shorter() -> None:
    vain = settled([Look(after=HOUR, found=False)] * 12)
    lucky = settled([Look(after=HOUR, found=True)] * 12)
    assert lucky.interval < HOUR < vain.interval
    assert vain.why == "new in 0 of 12 looks"


def test_a_long_look_in_vain_says_more_than_a_short_one() -> None:
    short = settled([Look(after=HOUR, found=False)])
    long = settled([Look(after=DAY, found=False)])
    assert short.interval < long.interval


@given(
    st.lists(st.builds(Look, after=st.floats(0.0, 1e8), found=st.booleans()), max_size=31),
    st.floats(60.0, 1e6),
)
def test_it_stays_within_the_limits(looks: list[Look], start: float) -> None:
    found = settle(looks, start=start, shortest=900.0, longest=DAY)
    assert 900.0 <= found.interval <= DAY


def test_a_limit_is_named_where_it_decides() -> None:
    vain = settled([Look(after=DAY, found=False)] * 30, longest=DAY)
    assert vain == Cadence(interval=DAY, why="new in 0 of 30 looks; no longer, by max_interval")


@pytest.mark.parametrize(
    ("wishes", "minutes"),
    [
        ({}, 0),
        ({"interval": HOUR}, 60),
        ({"interval": 60 * DAY}, 24 * 60),  # more than a day is not heeded
        ({"skip_hours": (12, 13)}, 90),
        ({"skip_days": (2,)}, 11 * 60 + 30),
        ({"interval": HOUR, "skip_hours": (13,)}, 90),
        ({"skip_days": (2, 3, 4, 5)}, 24 * 60),
    ],
)
def test_a_list_is_asked_when_it_wants_to_be(wishes: dict[str, object], minutes: int) -> None:
    asked = Wishes(checked_at=NOON, **wishes)
    assert next_moment(asked, earliest=NOON, longest=DAY) == NOON + timedelta(minutes=minutes)


def test_what_is_due_later_anyway_is_not_asked_sooner() -> None:
    later = NOON + timedelta(hours=5)
    assert next_moment(Wishes(checked_at=NOON, interval=HOUR), earliest=later, longest=DAY) == later


@pytest.mark.parametrize(("minutes", "wanted"), [(50, False), (55, True), (60, True)])
def test_lists_of_one_crawl_are_due_together(minutes: int, *, wanted: bool) -> None:
    now = NOON + timedelta(minutes=minutes)
    assert is_wanted(Wishes(checked_at=NOON, interval=HOUR), now=now, longest=DAY) is wanted
