from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from factory import NOW, archived, rejected

from storage import frontier
from storage.archive import open_archive
from storage.records import ArticleLink, State


def link(
    url: str, found_in: str = "http://a.org/feed", title: str | None = "A link"
) -> ArticleLink:
    return ArticleLink(url=url, found_in=found_in, found_as="feed", title=title)


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def meet(archive, *links: ArticleLink) -> list[str]:
    with archive.write() as db:
        return [due.url for due in frontier.meet(db, links, source="portal", now=NOW)]


def due(archive, *, after: timedelta = timedelta()) -> list[str]:
    with archive.read() as db:
        return [found.url for found in frontier.due(db, ["portal"], now=NOW + after)]


def test_a_link_is_new_once(archive) -> None:
    assert meet(archive, link("http://a.org/1"), link("http://a.org/1")) == ["http://a.org/1"]
    assert meet(archive, link("http://a.org/1"), link("http://a.org/2")) == ["http://a.org/2"]


def test_what_was_met_waits_until_it_is_finished(archive) -> None:
    meet(archive, link("http://a.org/1"), link("http://a.org/2"))
    archive.record(archived("http://a.org/1", "A text."))
    assert due(archive) == ["http://a.org/2"]


def test_each_list_that_led_to_a_url_is_remembered_once(archive) -> None:
    for found_in in ("http://a.org/feed", "http://a.org/map", "http://a.org/feed"):
        meet(archive, link("http://a.org/1", found_in))
    with archive.read() as db:
        assert db.execute("SELECT count(*) FROM sighting").fetchone()[0] == 2


def test_what_waits_comes_with_what_its_link_said(archive) -> None:
    meet(archive, link("http://a.org/1", title="What the link said"))
    with archive.read() as db:
        (found,) = frontier.due(db, ["portal"], now=NOW)
    assert found.title == "What the link said"


@pytest.mark.parametrize(
    ("state", "kind", "again"),
    [
        (State.REFUSED, "robots", timedelta(days=1)),
        (State.FAILED, "timeout", timedelta(hours=1)),
        (State.GONE, "404", timedelta(days=30)),
    ],
)
def test_it_is_asked_again_after_its_time(
    archive, state: State, kind: str, again: timedelta
) -> None:
    archive.record(rejected("http://a.org/1", state, kind))
    assert due(archive, after=again - timedelta(seconds=1)) == []
    assert due(archive, after=again) == ["http://a.org/1"]


@pytest.mark.parametrize("seconds", [0.0, 90.0, 30 * 86_400.0])
def test_a_refusal_that_says_how_long_it_holds_does_not_hold_longer(
    archive, seconds: float
) -> None:
    refusal = replace(rejected("http://a.org/1", State.REFUSED, "wait"), retry_after=seconds)
    archive.record(refusal)
    assert due(archive, after=timedelta(seconds=seconds)) == ["http://a.org/1"]
    assert due(archive, after=timedelta(seconds=seconds - 1)) == []


@pytest.mark.parametrize("state", [State.NOT_AN_ARTICLE, State.IRRELEVANT])
def test_what_is_decided_is_not_asked_again(archive, state: State) -> None:
    archive.record(rejected("http://a.org/1", state, "index"))
    assert due(archive, after=timedelta(days=3650)) == []


def test_failures_back_off_and_end(archive) -> None:
    waits = []
    at = NOW
    for _ in range(frontier.MOST_TRIES):
        archive.record(rejected("http://a.org/1", State.FAILED, "5xx", at=at))
        with archive.read() as db:
            row = db.execute("SELECT due_at FROM outcome").fetchone()
        if row["due_at"] is None:
            break
        (found,) = due(archive, after=timedelta(days=3650))
        assert found == "http://a.org/1"
        waits.append(row["due_at"])
    assert len(waits) == frontier.MOST_TRIES - 1
    assert waits == sorted(waits)


def test_a_success_forgets_the_failures(archive) -> None:
    archive.record(rejected("http://a.org/1", State.FAILED, "5xx"))
    archive.record(archived("http://a.org/1", "A text."))
    with archive.read() as db:
        assert db.execute("SELECT tries FROM outcome").fetchone()["tries"] == 0
