from pathlib import Path

import pytest
from factory import archived, mention, naming, prose

from storage.archive import Archive, open_archive
from storage.events import count_events
from storage.records import key_of
from storage.search import Filters, count, search


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = open_archive(tmp_path / "wireroom.db", create=True)
    texts = [prose(60, seed=seed) for seed in range(5)]
    archive.record(naming(archived("http://a.org/1", texts[0]), mention("gdec", 2024)))
    archive.record(naming(archived("http://a.org/2", texts[1]), mention("gdec", 2023, "lead")))
    archive.record(naming(archived("http://a.org/3", texts[2]), mention("gdec", 2024, "body")))
    archive.record(naming(archived("http://a.org/4", texts[3]), mention("wic", None)))
    archive.record(naming(archived("http://a.org/5", texts[4], language="sv"), unknown=True))
    return archive


def urls(archive: Archive, query: str = "", **filters: object) -> set[str]:
    with archive.read() as db:
        chosen = Filters(**filters)  # type: ignore[arg-type]  # the tests' own keywords
        hits = search(db, query, filters=chosen)
        assert count(db, query, filters=chosen) == len(hits)
    return {hit.url for hit in hits}


def test_articles_are_found_by_the_event_that_they_are_about(archive: Archive) -> None:
    assert urls(archive, event="gdec") == {"http://a.org/1", "http://a.org/2"}


def test_and_by_its_edition(archive: Archive) -> None:
    assert urls(archive, event="gdec", edition=2024) == {"http://a.org/1"}


def test_words_narrow_the_articles_about_an_event(archive: Archive) -> None:
    word = prose(60, seed=1).split()[0]
    assert urls(archive, word, event="gdec") == {"http://a.org/2"}


def test_what_was_kept_unjudged_is_found_for_review(archive: Archive) -> None:
    assert urls(archive, review=True) == {"http://a.org/5"}


def test_events_are_counted_by_edition(archive: Archive) -> None:
    with archive.read() as db:
        counted = [(c.event, c.edition, c.articles, c.named) for c in count_events(db)]
    assert counted == [("gdec", 2023, 1, 1), ("gdec", 2024, 1, 2), ("wic", None, 1, 1)]


def test_judging_again_replaces_what_was_named(archive: Archive) -> None:
    text = prose(70, seed=9)
    archive.record(naming(archived("http://a.org/1", text), mention("waic", 2025)))
    with archive.read() as db:
        named = db.execute(
            "SELECT event FROM event_mention m JOIN outcome o ON o.id = m.outcome_id WHERE o.key = ?",
            (key_of("http://a.org/1"),),
        ).fetchall()
    assert [row["event"] for row in named] == ["waic"]
