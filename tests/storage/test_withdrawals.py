import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from factory import NOW, archived, page_at, prose

from storage import reading, search
from storage.archive import Archive, open_archive
from storage.captures import pack
from storage.doctor import examine, repair
from storage.errors import ArchiveLocked, ArticleNotFound
from storage.history import history
from storage.records import key_of
from storage.tombstones import Tombstone, bury, tombstones
from storage.withdrawals import take_out, withdraw

URL = "http://a.org/1"
OTHER = "http://b.org/1"
TEXT = "a quokka-shaped secret " + prose(100, seed=1)


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True, timeout=1) as opened:
        opened.record(archived("http://a.org/0", prose(100, seed=3)))
        opened.record(archived(URL, TEXT))
        opened.record(archived("http://a.org/2", prose(100, seed=4)))
        yield opened


def remove(archive: Archive, url: str = URL) -> None:
    take_out(archive, key_of(url), reason="court order", now=NOW)


def test_nothing_of_it_can_be_read_any_more(archive: Archive) -> None:
    remove(archive)
    with archive.read() as db, pytest.raises(ArticleNotFound):
        reading.get(db, key_of(URL))
    with archive.read() as db:
        assert search.count(db, "quokka") == 0
    files = [archive.path, *archive.path.parent.glob("a.db-*"), *archive.captures.folder.iterdir()]
    assert not [path for path in files if path.is_file() and b"quokka" in path.read_bytes()]


def test_a_tombstone_says_what_why_and_when(archive: Archive) -> None:
    remove(archive)
    with archive.read() as db:
        (stone,) = tombstones(db)
    assert (stone.key, stone.reason, stone.withdrawn_at[:10]) == (
        key_of(URL),
        "court order",
        "2026-01-01",
    )


@pytest.mark.parametrize("name", [URL, key_of(URL)])
def test_who_asks_for_it_is_told_when_and_why_it_went(archive: Archive, name: str) -> None:
    remove(archive)
    with pytest.raises(ArticleNotFound, match="it was withdrawn on 2026-01-01: court order"):
        archive.get(name)


def test_the_archive_is_sound_and_the_rest_is_there(archive: Archive) -> None:
    remove(archive)
    assert [finding for finding in examine(archive) if finding.is_damage] == []
    with archive.read() as db:
        rows = db.execute(
            "SELECT id, url FROM capture WHERE url LIKE 'http%' ORDER BY id"
        ).fetchall()
        bodies = [archive.captures.read(db, row["id"]).body for row in rows]
    assert bodies == [prose(100, seed=3).encode(), prose(100, seed=4).encode()]


def test_other_tools_read_past_the_hole(archive: Archive) -> None:
    remove(archive)
    file = next(archive.captures.folder.iterdir())
    script = (
        "import sys; from warcio.archiveiterator import ArchiveIterator;"
        "print([r.rec_type for r in ArchiveIterator(open(sys.argv[1], 'rb'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['warcinfo', 'response', 'metadata', 'response']"


def test_it_is_never_archived_again(archive: Archive) -> None:
    remove(archive)
    again = archive.record(archived(URL, TEXT + " again", at=NOW + timedelta(days=1)))
    assert again.result == "rejected"
    with archive.read() as db:
        assert search.count(db, "quokka") == 0


def test_its_story_keeps_the_reason_however_often_it_is_met(archive: Archive) -> None:
    remove(archive)
    archive.record(archived(URL, TEXT, at=NOW + timedelta(days=1)))
    with archive.read() as db:
        told = history(db, key_of(URL))
        (stone,) = tombstones(db)
        with pytest.raises(ArticleNotFound, match="withdrawn on 2026-01-01: court order"):
            reading.get(db, URL)
    assert (told.state, told.kind) == ("refused", "withdrawn")
    assert told.reason == "it was withdrawn on 2026-01-01: court order"
    assert told.withdrawn == stone


def test_a_tombstone_from_elsewhere_is_told_of(archive: Archive) -> None:
    stone = Tombstone(
        key=key_of(OTHER),
        url=OTHER,
        digest="d" * 64,
        reason="a demand",
        withdrawn_at="2026-01-02T00:00:00.000Z",
    )
    with archive.write() as db:
        bury(db, stone)
    with archive.read() as db, pytest.raises(ArticleNotFound, match="on 2026-01-02: a demand"):
        history(db, OTHER)


def test_a_copy_elsewhere_stays_and_speaks_for_itself(archive: Archive) -> None:
    archive.record(archived(OTHER, TEXT + " and a word of its own", source="other"))
    remove(archive)
    with archive.read() as db:
        article = reading.get(db, key_of(OTHER))
    assert [appearance.url for appearance in article.appearances] == [OTHER]


def test_what_held_two_copies_together_lets_them_go(archive: Archive) -> None:
    one, two = prose(90, seed=21), prose(90, seed=22)
    archive.record(archived("http://a.org/one", one))
    archive.record(archived("http://a.org/two", two))
    archive.record(archived("http://a.org/both", f"{one} {two}"))
    with archive.read() as db:
        assert len(reading.get(db, key_of("http://a.org/one")).appearances) == 3
    remove(archive, "http://a.org/both")
    with archive.read() as db:
        assert len(reading.get(db, key_of("http://a.org/one")).appearances) == 1


def test_bytes_that_a_crash_left_behind_are_found_and_overwritten(archive: Archive) -> None:
    with archive.write() as db:
        withdraw(db, key_of(URL), reason="court order", now=NOW)
    (finding,) = [finding for finding in examine(archive) if finding.is_damage]
    assert "withdrawn" in finding.what
    repair(archive)
    assert [finding for finding in examine(archive) if finding.is_damage] == []


def test_the_further_parts_of_an_article_go_with_it(archive: Archive) -> None:
    outcome = archived("http://a.org/long", prose(100, seed=5))
    part = pack(page_at("http://a.org/long_2", b"a wombat-shaped part"))
    archive.record(replace(outcome, part_captures=(part,)))
    remove(archive, "http://a.org/long")
    with archive.read() as db:
        assert db.execute("SELECT 1 FROM capture WHERE url LIKE '%long%'").fetchone() is None
        assert archive.captures.still_there(db) == []


def test_its_url_leading_elsewhere_brings_nothing_back(archive: Archive) -> None:
    remove(archive)
    moved = archived("http://a.org/moved", TEXT, asked=URL)
    assert archive.record(moved).result == "rejected"


def test_a_reader_that_keeps_the_log_open_is_named(archive: Archive) -> None:
    with archive.read() as db:
        rows = db.execute("SELECT * FROM body")
        rows.fetchone()
        with pytest.raises(ArchiveLocked, match="doctor --repair"):
            remove(archive)
