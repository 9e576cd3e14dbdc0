from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from factory import NOW, archived, prose, rejected

from storage import frontier, history, reading
from storage.archive import Archive, open_archive
from storage.frontier import RECHECK_AGES
from storage.rechecks import next_recheck
from storage.records import Outcome, State, key_of, utc_text

URL = "http://a.org/1"
KEY = key_of(URL)
TEXT = prose(120, seed=1)
FRESH = NOW.date()


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        opened.record(archived(URL, TEXT, day=FRESH))
        yield opened


def story(archive: Archive) -> history.History:
    with archive.read() as db:
        return history.history(db, URL)


def later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def missing(hours: float, kind: str = "404") -> Outcome:
    return rejected(URL, State.FAILED, kind, at=later(hours))


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(0), timedelta(minutes=15)),
        (timedelta(minutes=20), timedelta(hours=1)),
        (timedelta(hours=30), timedelta(days=7)),
        (timedelta(days=30), None),
    ],
)
def test_it_is_looked_at_by_its_age(age: timedelta, expected: timedelta | None) -> None:
    article = archived(URL, TEXT, day=None).article
    assert article is not None
    due = next_recheck(article, first_seen=NOW, now=NOW + age, ages=RECHECK_AGES)
    assert due == (NOW + expected if expected else None)


def test_what_is_old_when_it_is_met_is_not_looked_at_again() -> None:
    article = archived(URL, TEXT).article
    assert article is not None
    assert next_recheck(article, first_seen=NOW, now=NOW, ages=RECHECK_AGES) is None


def test_it_is_due_though_no_list_names_it(archive: Archive) -> None:
    with archive.read() as db:
        assert not frontier.due(db, ["portal"], now=later(0.2))
        assert [due.url for due in frontier.due(db, ["portal"], now=later(0.3))] == [URL]


@pytest.mark.parametrize("kind", ["404", "410", "soft 404", "redirected"])
def test_one_sign_that_it_is_gone_changes_nothing_and_two_do(archive: Archive, kind: str) -> None:
    archive.record(missing(1, kind))
    assert (story(archive).state, story(archive).kind) == ("archived", "perhaps gone")
    assert archive.record(missing(30, kind)).result == "gone"
    assert story(archive).state == "gone"
    with archive.read() as db:
        article = reading.get(db, KEY)
    assert article.text == TEXT
    assert article.appearances[0].gone_at == later(30)


def test_two_looks_that_are_close_together_are_one_sign(archive: Archive) -> None:
    for hours in (1, 1.01, 12.9):
        assert archive.record(missing(hours)).result == "rejected"
    found = story(archive)
    assert (found.state, found.kind, found.due_at) == (
        "archived",
        "perhaps gone",
        utc_text(later(25)),
    )
    assert archive.record(missing(13)).result == "gone"


def test_an_error_between_two_signs_leaves_the_first_one_standing(archive: Archive) -> None:
    archive.record(missing(1))
    archive.record(rejected(URL, State.FAILED, "timeout", at=later(12)))
    assert archive.record(missing(14)).result == "gone"


def test_a_page_that_was_there_in_between_makes_the_next_sign_the_first(archive: Archive) -> None:
    archive.record(missing(1))
    archive.record(archived(URL, TEXT, day=FRESH, at=later(10)))
    assert archive.record(missing(20)).result == "rejected"


def test_what_comes_back_is_archived_again(archive: Archive) -> None:
    archive.record(missing(1))
    archive.record(missing(30))
    archive.record(archived(URL, TEXT, day=FRESH, at=later(900)))
    assert story(archive).state == "archived"
    with archive.read() as db:
        assert reading.get(db, KEY).appearances[0].gone_at is None


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (State.FAILED, "timeout"),
        (State.FAILED, "5xx"),
        (State.FAILED, "truncated"),
        (State.NOT_AN_ARTICLE, "challenge"),
        (State.NOT_AN_ARTICLE, "empty"),
        (State.REFUSED, "robots"),
    ],
)
def test_an_answer_that_is_no_article_leaves_it_archived(archive: Archive, state, kind) -> None:
    archive.record(rejected(URL, state, kind, at=later(1)))
    found = story(archive)
    assert found.state == "archived"
    assert kind in (found.reason or "")
    assert found.due_at is not None
    assert len(found.versions) == 1


def test_another_page_under_the_url_is_believed_when_it_stays(archive: Archive) -> None:
    other = archived(URL, prose(100, seed=9), title="Maintenance", day=FRESH, at=later(1))
    assert archive.record(other).result == "unchanged"
    assert story(archive).kind == "not confirmed"
    assert archive.record(replace(other, at=later(30))).result == "unchanged"
    assert archive.record(replace(other, at=later(170))).result == "version"


def test_another_page_that_goes_away_leaves_no_trace_in_the_versions(archive: Archive) -> None:
    archive.record(archived(URL, prose(100, seed=9), title="Maintenance", day=FRESH, at=later(1)))
    archive.record(archived(URL, TEXT, day=FRESH, at=later(30)))
    assert len(story(archive).versions) == 1
    assert story(archive).kind is None


def test_a_page_without_its_end_is_no_shorter_version(archive: Archive) -> None:
    whole = archived(URL, " ".join(TEXT.split()[:60]), day=FRESH, at=later(1))
    assert whole.article is not None
    cut = replace(whole, article=replace(whole.article, provenance={"ending": "missing"}))
    assert archive.record(cut).result == "unchanged"
    assert len(story(archive).versions) == 1


def test_other_blanks_are_no_version(archive: Archive) -> None:
    spaced = TEXT.replace(" ", "\n", 5)
    assert archive.record(archived(URL, spaced, day=FRESH, at=later(1))).result == "unchanged"


def test_what_is_judged_irrelevant_later_stays_archived(archive: Archive) -> None:
    again = archived(URL, TEXT, day=FRESH, at=later(1))
    archive.record(replace(again, state=State.IRRELEVANT))
    assert story(archive).state == "archived"


@pytest.mark.parametrize(
    ("extractor", "same_bytes", "cause"),
    [
        ("test 1", False, "publisher"),
        ("test 2", True, "reading"),
        ("test 2", False, "unclear"),
    ],
)
def test_who_changed_it_is_told_apart(
    archive: Archive, extractor: str, same_bytes: bool, cause: str
) -> None:
    first = archived(URL, TEXT, day=FRESH)
    changed = archived(URL, TEXT + " A new end.", day=FRESH, at=later(1))
    assert changed.article is not None
    archive.record(
        replace(
            changed,
            article=replace(changed.article, extractor=extractor),
            capture=first.capture if same_bytes else changed.capture,
        )
    )
    assert [version.cause for version in story(archive).versions] == ["first", cause]


def test_a_state_that_comes_back_is_stored_as_a_revisit(archive: Archive) -> None:
    for hours, text in ((1, TEXT + " More."), (2, TEXT)):
        archive.record(archived(URL, text, day=FRESH, at=later(hours)))
    with archive.read() as db:
        rows = db.execute("SELECT id, refers_to FROM capture ORDER BY id").fetchall()
        assert [row["refers_to"] for row in rows] == [None, None, rows[0]["id"]]
        assert archive.captures.read(db, rows[2]["id"]).body == TEXT.encode()


def test_the_moment_of_a_failed_look_is_kept(archive: Archive) -> None:
    archive.record(rejected(URL, State.FAILED, "timeout", at=later(1)))
    assert story(archive).tried_at == later(1).astimezone(UTC).isoformat(
        timespec="milliseconds"
    ).replace("+00:00", "Z")


def test_another_page_under_the_url_of_what_is_gone_does_not_bring_it_back(
    archive: Archive,
) -> None:
    archive.record(missing(1))
    archive.record(missing(30))
    archive.record(archived(URL, prose(100, seed=9), title="Other", day=FRESH, at=later(60)))
    assert story(archive).state == "gone"


def test_a_state_from_before_does_not_become_the_current_one(archive: Archive) -> None:
    before = archived(URL, TEXT + " An older end.", day=FRESH, at=later(-5))
    assert archive.record(before).result == "version"
    assert archive.record(before).result == "unchanged"
    with archive.read() as db:
        article = reading.get(db, KEY)
        assert reading.get(db, f"{KEY}@2").text.endswith("An older end.")
    assert article.text == TEXT
    assert article.first_seen_at == later(-5)
    assert story(archive).tried_at == "2026-01-01T00:00:00.000Z"
