import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from factory import NOW, archived, mention, naming, prose, rejected

from storage import exchange, importing, search
from storage.archive import Archive, open_archive
from storage.importing import Imported, NotAnExport
from storage.records import Outcome, State, key_of
from storage.withdrawals import withdraw

TEXT = prose(200, seed=1)


def with_picture(outcome: Outcome) -> Outcome:
    assert outcome.article is not None
    article = replace(
        outcome.article,
        image_url="http://d.org/port.jpg",
        image_caption="The port. Photo: A. Reporter",
        license="https://creativecommons.org/licenses/by/4.0/",
    )
    return replace(outcome, article=article)


def fill(archive: Archive) -> None:
    archive.record(naming(archived("http://a.org/1", TEXT), mention("gdec", 2026)))
    archive.record(archived("http://a.org/1", TEXT + " A new end.", at=NOW + timedelta(hours=1)))
    archive.record(archived("http://b.org/copy", TEXT + " Source: A.", source="other"))
    archive.record(archived("http://c.org/other", prose(150, seed=2), day=None, language="zh"))
    archive.record(with_picture(archived("http://d.org/picture", prose(150, seed=3))))
    for hours in (1, 30):
        archive.record(
            rejected("http://c.org/other", State.FAILED, "404", at=NOW + timedelta(hours=hours))
        )
    archive.record(rejected("http://c.org/index", State.NOT_AN_ARTICLE, "index"))


@pytest.fixture
def full(tmp_path: Path):
    with open_archive(tmp_path / "full.db", create=True) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def empty(tmp_path: Path):
    with open_archive(tmp_path / "empty.db", create=True) as opened:
        yield opened


def exported(archive: Archive) -> list[str]:
    with archive.read() as db:
        return [json.dumps(record, ensure_ascii=False) for record in exchange.export(db)]


def take(archive: Archive, lines: list[str]) -> Imported:
    counts = Imported()
    with archive.write() as db:
        for line in lines:
            importing.import_record(db, json.loads(line), counts)
    return counts


def test_what_was_exported_and_imported_is_exported_the_same(full: Archive, empty: Archive) -> None:
    lines = exported(full)
    take(empty, lines)
    assert exported(empty) == lines


def test_an_export_from_before_captions_and_licenses_were_read_is_imported(
    full: Archive, empty: Archive
) -> None:
    older = json.loads(next(line for line in exported(full) if "d.org" in line))
    for one in (older, *older["appearances"][0]["history"]):
        del one["image_caption"], one["license"]
    take(empty, [json.dumps(older)])
    (record,) = map(json.loads, exported(empty))
    assert (record["image_url"], record["image_caption"], record["license"]) == (
        "http://d.org/port.jpg",
        None,
        None,
    )


def test_any_order_gives_the_same(full: Archive, empty: Archive) -> None:
    lines = exported(full)
    take(empty, lines[::-1])
    assert exported(empty) == lines


def test_doing_it_again_changes_nothing(full: Archive) -> None:
    lines = exported(full)
    counts = take(full, lines)
    assert (counts.appearances, counts.versions) == (0, 0)
    assert exported(full) == lines


def test_the_same_searches_find_the_same_keys(full: Archive, empty: Archive) -> None:
    take(empty, exported(full))
    for query in ("word1*", "title", '"A new end"'):
        found = []
        for archive in (full, empty):
            with archive.read() as db:
                found.append([hit.key for hit in search.search(db, query)])
        assert found[0] == found[1]


def test_what_the_two_know_of_one_page_is_united(full: Archive, empty: Archive) -> None:
    later = archived("http://a.org/1", TEXT + " Yet another end.", at=NOW + timedelta(days=9))
    empty.record(later)
    take(empty, exported(full))
    with empty.read() as db:
        rows = db.execute(
            "SELECT seen_at FROM version v JOIN appearance a ON a.id = v.appearance_id WHERE a.url = ?",
            ("http://a.org/1",),
        ).fetchall()
        current = db.execute(
            "SELECT v.seen_at FROM appearance a JOIN version v ON v.id = a.version_id WHERE a.url = ?",
            ("http://a.org/1",),
        ).fetchone()
    assert len(rows) == 3
    assert current["seen_at"].startswith("2026-01-10")


def test_what_was_withdrawn_stays_out(full: Archive) -> None:
    lines = exported(full)
    with full.write() as db:
        withdraw(db, key_of("http://c.org/other"), reason="order", now=NOW)
    counts = take(full, lines)
    assert counts.withdrawn == 1
    assert not [line for line in exported(full) if "c.org/other" in line]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": "aaaaaaaaaaaa"}, "is not that of"),
        ({"history": []}, "has no version"),
        ({"title": 7}, "a text was expected"),
        ({"first_seen_at": "yesterday"}, "yesterday"),
        ({"relevance": {"score": 1}}, "`relevant` is missing"),
        ({"url": "http://a.org/\ud800"}, "surrogates not allowed"),
    ],
)
def test_what_is_no_export_is_named_and_nothing_of_it_is_kept(
    full: Archive, empty: Archive, change: dict, said: str
) -> None:
    record = json.loads(exported(full)[0])
    record["appearances"][0] |= change
    with pytest.raises(NotAnExport, match=said), empty.write() as db:
        importing.import_record(db, record, Imported())
    assert exported(empty) == []


@pytest.mark.parametrize(
    "record", [None, 7, [], {}, {"text": "x"}, {"text": "x", "appearances": 3}]
)
def test_any_other_json_is_refused(empty: Archive, record: object) -> None:
    with pytest.raises(NotAnExport), empty.write() as db:
        importing.import_record(db, record, Imported())


def test_a_rejected_page_of_another_archive_is_known_afterwards(
    full: Archive, empty: Archive
) -> None:
    empty.record(replace(rejected("http://d.org/x", State.FAILED, "dns")))
    with full.read() as theirs:
        rows = list(importing.rejected_of(theirs))
    with empty.write() as db:
        for row in rows:
            importing.import_rejected(db, row)
    with empty.read() as db:
        states = db.execute("SELECT url, state FROM outcome ORDER BY url").fetchall()
    assert [tuple(row) for row in states] == [
        ("http://c.org/index", "not an article"),
        ("http://d.org/x", "failed"),
    ]


def test_that_it_is_gone_is_learnt_from_another_archive(full: Archive, empty: Archive) -> None:
    empty.record(archived("http://c.org/other", prose(150, seed=2), day=None, language="zh"))
    take(empty, exported(full))
    with empty.read() as db:
        row = db.execute(
            "SELECT o.state, a.gone_at FROM outcome o JOIN appearance a ON a.url = o.url"
            " WHERE o.url = 'http://c.org/other'"
        ).fetchone()
    assert row["state"] == "gone"
    assert row["gone_at"] is not None
