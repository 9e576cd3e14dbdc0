from datetime import timedelta
from pathlib import Path

import pytest
from factory import NOW

from scraper.robots_txt import parse_robots
from storage import reports, robots
from storage.archive import open_archive
from storage.audit import Audit, audit

ORIGIN = "http://a.org"
CLOSED = "User-agent: *\nDisallow: /closed/\n"


@pytest.fixture
def db(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as archive, archive.write() as opened:
        yield opened


def rules(db, text: str = CLOSED, *, hours: float = 0, origin: str = ORIGIN) -> int:
    at = NOW + timedelta(hours=hours)
    return robots.add_text(db, origin, text, status=200, now=at).id


def send(db, path: str = "/a", *, after: float = 0, gap: float = 2, robots_id: int | None = None, purpose="page"):  # fmt: skip
    return reports.log_request(
        db,
        crawl_id=3,
        source="portal",
        host="a.org",
        url=f"{ORIGIN}{path}",
        purpose=purpose,
        sent_at=NOW + timedelta(seconds=after),
        gap=gap,
        robots_id=robots_id,
    )


def look(db, **kwargs) -> Audit:
    return audit(db, read_rules=parse_robots, **kwargs)


def broken(db) -> list[str]:
    return [violation.rule for violation in look(db).violations]


def test_what_was_kept_is_proved(db) -> None:
    send(db, "/robots.txt", purpose="robots")
    known = rules(db)
    send(db, after=2, robots_id=known)
    send(db, after=5, robots_id=known)
    assert look(db) == Audit(
        requests=3, hosts=1, judged=2, gaps=2, unclear=0, least_margin=0.0, violations=()
    )


def test_an_empty_log_proves_nothing_wrong(db) -> None:
    assert look(db).violations == ()
    assert look(db).least_margin is None


def test_a_disallowed_page_is_named(db) -> None:
    known = rules(db)
    request = send(db, "/closed/1", robots_id=known)
    (violation,) = look(db).violations
    assert (violation.request, violation.rule, violation.crawl_id) == (request, "robots", 3)
    assert violation.url == f"{ORIGIN}/closed/1"
    assert violation.robots_digest == robots.digest_of(CLOSED)
    assert "forbids" in violation.reason


def test_a_request_without_a_robots_txt_is_not_proved(db) -> None:
    send(db)
    assert broken(db) == ["robots"]


def test_the_robots_txt_of_another_host_proves_nothing(db) -> None:
    send(db, robots_id=rules(db, origin="http://b.org"))
    assert broken(db) == ["robots"]


def test_a_robots_txt_that_could_not_be_had_allows_nothing(db) -> None:
    robots.add_failure(db, ORIGIN, "HTTP 503", status=503, now=NOW)
    send(db, robots_id=1)
    assert broken(db) == ["robots"]


def test_a_text_that_was_changed_since_proves_nothing(db) -> None:
    send(db, "/closed/1", robots_id=rules(db))
    db.execute("UPDATE robots_text SET text = ''")
    (violation,) = look(db).violations
    assert "damaged" in violation.reason


@pytest.mark.parametrize(("age", "expected"), [(23.9, []), (24.1, ["robots"])])
def test_a_robots_txt_holds_for_a_day(db, age: float, expected: list[str]) -> None:
    send(db, robots_id=rules(db, hours=-age))
    assert broken(db) == expected


@pytest.mark.parametrize(
    ("failing", "expected"), [(1, ["robots"]), (13, []), (24 * 31, ["robots"])]
)
def test_an_older_one_holds_while_it_cannot_be_had(db, failing: float, expected: list[str]) -> None:
    known = rules(db, hours=-24 * 40)
    since = NOW - timedelta(hours=failing)
    robots.add_failure(db, ORIGIN, "HTTP 503", status=503, now=since)
    send(db, robots_id=known)
    assert broken(db) == expected


def test_an_older_one_does_not_hold_when_another_has_come(db) -> None:
    known = rules(db, hours=-60)
    robots.add_failure(db, ORIGIN, "HTTP 503", status=503, now=NOW - timedelta(hours=30))
    rules(db, "User-agent: *\nDisallow: /\n", hours=-20)
    send(db, robots_id=known)
    assert broken(db) == ["robots"]


def test_a_gap_that_was_too_short_is_named(db) -> None:
    known = rules(db)
    send(db, after=0, robots_id=known)
    request = send(db, after=1.9, robots_id=known)
    (violation,) = look(db).violations
    assert (violation.request, violation.rule) == (request, "gap")
    assert violation.reason == "it was sent 1.9 s after the request before, and 2 s were promised"
    assert look(db).least_margin == -0.1


def test_what_a_host_asked_for_with_its_answer_was_promised_too(db) -> None:
    known = rules(db)
    first = send(db, after=0, robots_id=known)
    reports.finish_request(db, first, status=503, size=0, seconds=0.1, error=None, gap=60)
    send(db, after=30, robots_id=known)
    assert broken(db) == ["gap"]


def test_gaps_are_those_of_one_host(db) -> None:
    send(db, robots_id=rules(db))
    db.execute("UPDATE request SET host = 'b.org'")
    send(db, robots_id=1)
    assert broken(db) == []


def test_a_promise_shorter_than_the_crawl_delay_is_none(db) -> None:
    known = rules(db, "User-agent: *\nCrawl-delay: 5\n")
    send(db, gap=2, robots_id=known)
    assert broken(db) == ["gap"]


def test_a_clock_that_was_set_back_is_no_violation(db) -> None:
    known = rules(db)
    send(db, after=7200, robots_id=known)
    send(db, after=0, robots_id=known)
    found = look(db)
    assert (found.unclear, found.gaps, found.violations) == (1, 0, ())


def test_only_what_was_sent_since_is_judged_but_its_gap_begins_before(db) -> None:
    known = rules(db)
    send(db, "/closed/1", after=0, robots_id=known)
    send(db, after=1, robots_id=known)
    found = look(db, since=NOW + timedelta(seconds=1))
    assert (found.requests, [one.rule for one in found.violations]) == (1, ["gap"])
