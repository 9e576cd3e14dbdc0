import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from factory import archived, prose

from storage.archive import Archive, open_archive
from storage.doctor import examine, repair
from storage.errors import ArchiveError
from storage.records import key_of
from storage.search import search

URLS = [f"http://a.org/{number}" for number in range(6)]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = open_archive(tmp_path / "wireroom.db", create=True)
    for number, url in enumerate(URLS):
        archive.record(archived(url, prose(120, seed=number)))
    return archive


def damage(archive: Archive) -> list[str]:
    return [finding.what for finding in examine(archive) if finding.is_damage]


def change(archive: Archive, statement: str) -> None:
    with archive.write() as db:
        db.execute(statement)


def test_a_sound_archive_has_nothing_wrong(archive: Archive) -> None:
    assert damage(archive) == []


def test_a_text_that_changed_is_named_by_its_key(archive: Archive) -> None:
    change(archive, "UPDATE body SET text = replace(text, 'word', 'werd') WHERE id = 3")
    assert any(
        f"the text of {key_of(URLS[2])} is not what was stored" in what for what in damage(archive)
    )


def test_a_version_that_is_not_indexed_is_found_and_mended(archive: Archive) -> None:
    word = prose(120, seed=1).split()[0]
    with archive.write() as db:
        db.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    assert len(damage(archive)) == len(URLS)
    repair(archive)
    assert damage(archive) == []
    with archive.read() as db:
        assert URLS[1] in {hit.url for hit in search(db, word)}


def test_a_counter_that_is_wrong_is_found_and_mended(archive: Archive) -> None:
    change(archive, "UPDATE article SET appearances = 7 WHERE id = 1")
    assert damage(archive) == [f"{key_of(URLS[0])}: it counts wrongly"]
    repair(archive)
    assert damage(archive) == []


def test_a_torn_tail_is_found_and_cut(archive: Archive) -> None:
    (file,) = archive.captures.folder.iterdir()
    with file.open("ab") as stream:
        stream.write(b"half a record")
    assert damage(archive) == [f"{file.name} goes on for 13 bytes that no row names"]
    repair(archive)
    assert damage(archive) == []


def test_a_capture_that_changed_is_found(archive: Archive) -> None:
    change(archive, "UPDATE capture SET digest = 'sha256:AAAA' WHERE id = 2")
    (what,) = damage(archive)
    assert f"the capture of {URLS[1]}" in what


def test_missing_captures_are_found(archive: Archive) -> None:
    shutil.rmtree(archive.captures.folder)
    assert len(damage(archive)) == len(URLS)


def test_repairing_touches_no_text_and_no_version(archive: Archive) -> None:
    def kept() -> list[tuple[object, ...]]:
        with archive.read() as db:
            return [
                tuple(row) for row in db.execute("SELECT b.*, v.title FROM body b JOIN version v")
            ]

    before = kept()
    repair(archive)
    assert kept() == before


def bytes_of(archive: Archive) -> bytes:
    archive.close()
    with closing(sqlite3.connect(archive.path)) as db, db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return archive.path.read_bytes()


def damage_of(data: bytes, folder: Path) -> list[str]:
    """Return what the doctor says of a file; when it cannot even be opened, the one message."""
    folder.mkdir()
    path = folder / "wireroom.db"
    path.write_bytes(data)
    try:
        with open_archive(path) as archive:
            return damage(archive)
    except ArchiveError as error:
        return [str(error)]


def test_flipped_bytes_give_findings_and_never_a_traceback(
    archive: Archive, tmp_path: Path
) -> None:
    whole = bytes_of(archive)
    chance = random.Random(7)
    for number in range(25):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
        assert all(isinstance(what, str) for what in damage_of(bytes(hurt), tmp_path / str(number)))


def test_every_changed_byte_of_a_text_is_found(archive: Archive, tmp_path: Path) -> None:
    shutil.copytree(archive.captures.folder, tmp_path / "captures")
    whole = bytes_of(archive)
    chance = random.Random(8)
    for number, _ in enumerate(URLS * 3):
        text = prose(120, seed=number % len(URLS))
        at = chance.randrange(len(text) - 20)
        place = whole.find(text[at : at + 20].encode())
        assert place > 0
        hurt = bytearray(whole)
        hurt[place + 10] ^= 1
        key = key_of(URLS[number % len(URLS)])
        found = damage_of(bytes(hurt), tmp_path / f"text{number}")
        assert f"the text of {key} is not what was stored" in found


def test_a_capture_file_that_no_row_names_is_found_and_emptied(archive: Archive) -> None:
    orphan = archive.captures.folder / "rejected-202501-00001.warc.gz"
    orphan.write_bytes(b"left behind")
    (said,) = damage(archive)
    assert orphan.name in said
    repair(archive)
    assert damage(archive) == []
