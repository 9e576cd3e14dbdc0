from datetime import timedelta
from pathlib import Path

import pytest
from factory import NOW

from storage import hosts
from storage.archive import open_archive


@pytest.fixture
def db(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as archive, archive.write() as opened:
        yield opened


def reserve(db, *, after: float = 0, delay: float = 5, host: str = "a.org", longest: float = 300):
    return hosts.reserve(db, host, delay=delay, now=NOW + timedelta(seconds=after), longest=longest)


def test_requests_to_a_host_are_spaced_by_its_delay(db) -> None:
    assert [reserve(db), reserve(db), reserve(db, after=1)] == [0, 5, 9]


def test_hosts_do_not_wait_for_each_other(db) -> None:
    assert [reserve(db), reserve(db, host="b.org")] == [0, 0]


def test_a_host_that_was_left_alone_is_free(db) -> None:
    reserve(db)
    assert reserve(db, after=60) == 0


def test_what_would_wait_too_long_reserves_nothing(db) -> None:
    hosts.postpone(db, "a.org", until=NOW + timedelta(hours=1))
    assert reserve(db) is None
    assert reserve(db, after=3600) == 0


def test_a_host_that_asked_to_wait_is_asked_later(db) -> None:
    hosts.postpone(db, "a.org", until=NOW + timedelta(seconds=30))
    hosts.postpone(db, "a.org", until=NOW + timedelta(seconds=10))
    assert reserve(db) == 30
