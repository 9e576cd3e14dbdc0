import itertools
import json
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from factory import NOW, archived, prose, rejected

from storage import exchange, reading, reports
from storage.archive import open_archive
from storage.errors import ArticleNotFound
from storage.records import State, key_of

TEXT = prose(300, seed=1)
WORDS = TEXT.split()


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def exported(archive) -> list[dict]:
    with archive.read() as db:
        return list(exchange.export(db))


def rows(archive) -> dict[str, int]:
    tables = ("article", "appearance", "version", "body", "capture", "outcome", "sighting")
    with archive.read() as db:
        return {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


def test_the_same_page_again_adds_nothing(archive) -> None:
    archive.record(archived("http://a.org/1", TEXT))
    before = rows(archive)
    again = archive.record(archived("http://a.org/1", TEXT, at=NOW + timedelta(days=1)))
    assert again.result == "unchanged"
    assert rows(archive) == before


def test_another_caption_alone_is_no_change(archive) -> None:
    seen = archived("http://a.org/1", TEXT)
    archive.record(seen)
    assert seen.article is not None
    other = replace(seen.article, image_url="http://a.org/2.jpg", image_caption="The port at dawn")
    later = replace(seen, article=other, at=NOW + timedelta(days=1))
    assert archive.record(later).result == "unchanged"


def test_a_changed_page_becomes_a_version_and_the_first_one_stays(archive) -> None:
    archive.record(archived("http://a.org/1", TEXT, title="Before"))
    later = TEXT + " " + prose(30, seed=2)
    changed = archive.record(archived("http://a.org/1", later, title="After"))
    assert changed.result == "version"
    with archive.read() as db:
        assert reading.get(db, changed.key).title == "After"
        assert reading.get(db, f"{changed.key}@1").title == "Before"
        assert reading.get(db, f"{changed.key}@1").text == TEXT


def test_going_back_is_a_third_state(archive) -> None:
    for title in ("A", "B", "A"):
        key = archive.record(archived("http://a.org/1", TEXT, title=title)).key
    with archive.read() as db:
        assert [reading.get(db, f"{key}@{n}").title for n in (1, 2, 3)] == ["A", "B", "A"]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        (TEXT, True),
        (f"Our paper presents: {TEXT} Copyright of the agency, all rights reserved.", True),
        (" ".join(WORDS[:150]), True),
        (" ".join(WORDS[:90]), True),
        (" ".join(w if n % 12 else "other" for n, w in enumerate(WORDS)), True),
        (" ".join(WORDS[:40] + WORDS[80:150] + WORDS[200:]), True),
        (f"{prose(300, seed=5)} {TEXT} {prose(400, seed=6)}", False),
        (prose(300, seed=7), False),
    ],
    ids=["full", "framed", "half", "third", "edited", "sentences dropped", "round-up", "unrelated"],
)
def test_copies_are_one_article_and_others_are_not(archive, text: str, together: bool) -> None:
    archive.record(archived("http://a.org/1", TEXT))
    archive.record(archived("http://b.org/1", text))
    assert (rows(archive)["article"] == 1) is together


def test_the_lead_is_the_earliest_then_the_longest_then_the_first_url(archive) -> None:
    archive.record(archived("http://d.org/1", TEXT, day=None))
    archive.record(archived("http://c.org/1", TEXT, day=date(2024, 1, 2)))
    archive.record(archived("http://b.org/1", " ".join(WORDS[:200]), day=date(2024, 1, 1)))
    archive.record(archived("http://a.org/1", TEXT, day=date(2024, 1, 1)))
    (article,) = exported(archive)
    assert article["url"] == "http://a.org/1"
    assert [a["url"][7] for a in article["appearances"]] == ["a", "b", "c", "d"]


def test_the_key_of_any_appearance_finds_the_article(archive) -> None:
    archive.record(archived("http://a.org/1", TEXT))
    archive.record(archived("http://b.org/1", TEXT))
    with archive.read() as db:
        found = {reading.get(db, key_of(f"http://{host}.org/1")).key for host in "ab"}
        found.add(reading.get(db, "http://b.org/1").key)
    assert len(found) == 1


def test_a_text_that_joins_two_groups_makes_one_of_them(archive) -> None:
    # The two halves share nothing; the whole is a copy of each.
    halves = " ".join(WORDS[:150]), " ".join(WORDS[100:])
    archive.record(archived("http://a.org/1", halves[0]))
    archive.record(archived("http://b.org/1", halves[1]))
    before = rows(archive)["article"]
    archive.record(archived("http://c.org/1", TEXT))
    assert (before, rows(archive)["article"]) == (2, 1)


def test_any_order_of_arrival_gives_the_same_archive(tmp_path: Path) -> None:
    outcomes = [
        archived("http://a.org/1", TEXT, title="A", day=date(2024, 1, 2)),
        archived("http://b.org/1", TEXT, title="B", day=date(2024, 1, 1)),
        archived("http://c.org/1", " ".join(WORDS[:120]), title="C", day=date(2024, 1, 3)),
        archived("http://d.org/1", f"{prose(200, seed=3)} {TEXT} {prose(500, seed=4)}", day=None),
        archived("http://e.org/1", prose(300, seed=8), asked="http://e.org/old"),
        rejected("http://f.org/1", State.NOT_AN_ARTICLE, "index"),
    ]
    orders = list(itertools.permutations(outcomes))
    seen = set()
    for number, order in enumerate(random.Random(3).sample(orders, 12)):
        with open_archive(tmp_path / f"{number}.db", create=True) as archive:
            for outcome in order:
                archive.record(outcome)
            with archive.read() as db:
                states = [(row.url, row.state, row.kind) for row in reports.outcomes(db)]
            seen.add(json.dumps([exported(archive), states]))
    assert len(seen) == 1


def test_a_redirect_leaves_an_outcome_for_both_urls(archive) -> None:
    archive.record(archived("http://a.org/new", TEXT, asked="http://a.org/old"))
    with archive.read() as db:
        states = {row.url: row.state for row in reports.outcomes(db)}
    assert states == {"http://a.org/new": "archived", "http://a.org/old": "archived"}


def test_a_key_with_a_slip_is_told_the_near_one(archive) -> None:
    key = archive.record(archived("http://a.org/1", TEXT)).key
    with archive.read() as db, pytest.raises(ArticleNotFound, match=f"did you mean {key}"):
        reading.get(db, key[:-1] + ("a" if key[-1] != "a" else "b"))


def test_a_url_that_was_rejected_is_told_why(archive) -> None:
    archive.record(rejected("http://a.org/1", State.NOT_AN_ARTICLE, "index"))
    with archive.read() as db, pytest.raises(ArticleNotFound, match="not an article: it is index"):
        reading.get(db, "http://a.org/1")


def test_export_can_be_limited(archive) -> None:
    archive.record(archived("http://a.org/1", TEXT, day=date(2024, 1, 1), source="one"))
    archive.record(
        archived("http://b.org/1", prose(300, seed=2), day=date(2025, 1, 1), source="two")
    )
    archive.record(archived("http://c.org/1", prose(300, seed=3), day=None, source="two"))
    with archive.read() as db:
        assert [r["url"] for r in exchange.export(db, since=date(2024, 6, 1))] == ["http://b.org/1"]
        assert [r["url"] for r in exchange.export(db, until=date(2024, 6, 1))] == ["http://a.org/1"]
        assert {r["url"] for r in exchange.export(db, source=["two"])} == {
            "http://b.org/1",
            "http://c.org/1",
        }
