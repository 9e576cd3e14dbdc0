import threading
from pathlib import Path

import pytest
from factory import archived, prose

from storage.archive import Archive, open_archive
from storage.backup import back_up
from storage.doctor import examine
from storage.errors import ArchiveError
from storage.exchange import export


def make(folder: Path, articles: int) -> Archive:
    archive = open_archive(folder / "wireroom.db", create=True)
    for number in range(articles):
        archive.record(archived(f"http://a.org/{number}", prose(80, seed=number)))
    return archive


def everything(archive: Archive) -> list[dict[str, object]]:
    with archive.read() as db:
        return list(export(db))


def test_a_backup_holds_all_and_is_sound(tmp_path: Path) -> None:
    archive = make(tmp_path, 5)
    made = back_up(archive, tmp_path / "backup")
    with open_archive(made.archive) as copy:
        assert everything(copy) == everything(archive)
        assert [finding for finding in examine(copy) if finding.is_damage] == []


def test_a_second_backup_copies_only_the_new_captures(tmp_path: Path) -> None:
    archive = make(tmp_path, 3)
    first = back_up(archive, tmp_path / "backup")
    assert back_up(archive, tmp_path / "backup").captures == 0
    archive.record(archived("http://a.org/new", prose(80, seed=99)))
    second = back_up(archive, tmp_path / "backup")
    assert 0 < second.captures < first.captures
    with open_archive(second.archive) as copy:
        assert everything(copy) == everything(archive)


def test_a_backup_while_others_write_is_one_state(tmp_path: Path) -> None:
    archive = make(tmp_path, 2)
    done = threading.Event()

    def write() -> None:
        with open_archive(tmp_path / "wireroom.db") as other:
            for number in range(100, 140):
                other.record(archived(f"http://a.org/{number}", prose(80, seed=number)))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    made = back_up(archive, tmp_path / "backup")
    writer.join()
    with open_archive(made.archive) as copy:
        assert [finding for finding in examine(copy) if finding.is_damage] == []
        assert 2 <= len(everything(copy)) <= 42


def test_what_a_broken_backup_left_behind_is_written_again(tmp_path: Path) -> None:
    archive = make(tmp_path, 3)
    made = back_up(archive, tmp_path / "backup")
    (file,) = (tmp_path / "backup" / archive.captures.folder.name).iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole + b"torn")
    back_up(archive, tmp_path / "backup")
    assert file.read_bytes() == whole
    assert made.archive.exists()


def test_the_archives_own_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="own folder"):
        back_up(make(tmp_path, 1), tmp_path)


def test_a_capture_file_that_was_made_anew_is_copied_anew(tmp_path: Path) -> None:
    archive = make(tmp_path, 3)
    back_up(archive, tmp_path / "backup")
    copy = tmp_path / "backup" / archive.captures.folder.name
    (file,) = copy.iterdir()
    file.write_bytes(b"of another file" + file.read_bytes()[15:])
    back_up(archive, tmp_path / "backup")
    assert file.read_bytes() == (archive.captures.folder / file.name).read_bytes()
