import contextlib
import multiprocessing
import os
import resource
import sqlite3
import stat
from contextlib import closing
from multiprocessing.reduction import DupFd
from pathlib import Path

import pytest
from factory import archived, prose

from storage.archive import Archive, open_archive
from storage.errors import ArchiveDamaged, ArchiveError, ArchiveFull, ArchiveLocked, SchemaError
from storage.schema import NEWEST

SPAWN = multiprocessing.get_context("spawn")


def count(path: Path, table: str) -> int:
    with open_archive(path) as archive, archive.read() as db:
        return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_a_missing_archive_is_not_made_by_a_reader(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive yet"):
        open_archive(tmp_path / "a.db")
    assert list(tmp_path.iterdir()) == []


def test_what_was_recorded_is_there_after_reopening(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        assert archive.record(archived("http://a.org/1", "One text.")).result == "new"
    assert count(tmp_path / "a.db", "article") == 1


def test_an_exception_rolls_everything_back(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        with contextlib.suppress(ZeroDivisionError), archive.write() as db:
            db.execute("INSERT INTO host (host, delay) VALUES ('a.org', 1)")
            _ = 1 / 0
        assert count(archive.path, "host") == 0


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as db, db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    with pytest.raises(SchemaError, match="no Wireroom archive"):
        open_archive(tmp_path / "other.db", create=True)


def test_an_archive_of_a_newer_wireroom_is_refused(tmp_path: Path) -> None:
    open_archive(tmp_path / "a.db", create=True).close()
    with closing(sqlite3.connect(tmp_path / "a.db")) as db, db:
        db.execute(f"PRAGMA user_version = {NEWEST + 1}")
    db.close()
    with pytest.raises(SchemaError, match="newer Wireroom"):
        open_archive(tmp_path / "a.db")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"not a database at all" * 500)
    with pytest.raises(ArchiveDamaged, match=r"a\.db: not a sound SQLite file"):
        open_archive(tmp_path / "a.db")


def test_readers_cannot_write(tmp_path: Path) -> None:
    with (
        open_archive(tmp_path / "a.db", create=True) as archive,
        pytest.raises(ArchiveError),
        archive.read() as db,
    ):
        db.execute("DELETE FROM article")


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive, archive.write():
        assert count(archive.path, "article") == 0


def test_a_second_writer_is_told_who_is_in_the_way(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive, archive.write():
        other = Archive(archive.path, timeout=0.1)
        with (
            pytest.raises(ArchiveLocked, match=r"a\.db: another process has been writing"),
            other.write(),
        ):
            pass


def record_many(path: Path, name: str, number: int) -> None:
    with open_archive(path) as archive:
        for n in range(number):
            archive.record(archived(f"http://{name}.org/{n}", prose(30, seed=hash((name, n)))))


def test_writers_of_several_processes_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_archive(path, create=True).close()
    names = ("a", "b", "c")
    children = [SPAWN.Process(target=record_many, args=(path, name, 20)) for name in names]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert count(path, "appearance") == 60


def record_and_acknowledge(path: Path, told: int) -> None:
    with open_archive(path) as archive:
        for n in range(10_000):
            archive.record(archived(f"http://a.org/{n}", prose(30, seed=n)))
            os.write(told, b"%d\n" % n)


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_archive(path, create=True).close()
    reading, writing = os.pipe()
    child = SPAWN.Process(target=record_and_acknowledge, args=(path, _Inherited(writing)))
    child.start()
    os.close(writing)
    acknowledged = b""
    while acknowledged.count(b"\n") < 40:
        acknowledged += os.read(reading, 4096)
    child.kill()
    child.join()
    while more := os.read(reading, 4096):
        acknowledged += more
    os.close(reading)
    with open_archive(path) as archive:
        with archive.read() as db:
            kept = {row["url"] for row in db.execute("SELECT url FROM appearance")}
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert {f"http://a.org/{int(n)}" for n in acknowledged.split()} <= kept
        # The next append cuts what the kill left behind the last committed capture.
        archive.record(archived("http://b.org/after", prose(30, seed=99_999)))
        with archive.read() as db:
            for row in db.execute("SELECT id FROM capture"):
                archive.captures.read(db, row["id"])


class _Inherited(int):
    """A file descriptor that goes along to a spawned process."""

    def __reduce__(self) -> tuple[object, tuple[object]]:
        return _detach, (DupFd(int(self)),)


def _detach(duplicate: object) -> int:
    return duplicate.detach()


def fill(path: Path, said: object) -> None:
    with open_archive(path) as archive:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
        stored = 0
        try:
            for n in range(1000):
                archive.record(archived(f"http://a.org/{n}", prose(200, seed=n)))
                stored += 1
        except ArchiveError as error:
            said.send((type(error).__name__, str(error), stored))


def test_a_full_disk_is_one_clear_message_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_archive(path, create=True).close()
    receiving, sending = SPAWN.Pipe()
    child = SPAWN.Process(target=fill, args=(path, sending))
    child.start()
    kind, message, stored = receiving.recv()
    child.join()
    assert kind == "ArchiveFull"
    assert str(path) in message
    assert stored > 0
    assert count(path, "appearance") == stored
    # There is room again: writing goes on.
    with open_archive(path) as archive:
        assert archive.record(archived("http://b.org/1", "Room again.")).result == "new"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(ArchiveFull, match="no right to write there"):
            open_archive(tmp_path / "a.db", create=True)
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_an_archive_on_a_read_only_medium_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.record(archived("http://a.org/1", "One text."))
    connect = sqlite3.connect

    def refuse_shared_memory(database: str, **options: object) -> sqlite3.Connection:
        if "immutable" not in database:
            raise sqlite3.OperationalError("unable to open database file")
        return connect(database, **options)

    monkeypatch.setattr(sqlite3, "connect", refuse_shared_memory)
    assert count(tmp_path / "a.db", "article") == 1
