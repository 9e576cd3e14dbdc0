import threading
import time
from pathlib import Path

import pytest
from factory import archived, prose

from storage import articles
from storage import writer as writer_module
from storage.archive import Archive, open_archive
from storage.errors import ArchiveError, ArchiveLocked
from storage.writer import Writer


def hosts_of(archive) -> set[str]:
    with archive.read() as db:
        return {row["host"] for row in db.execute("SELECT host FROM host")}


def add_host(name: str):
    def step(db) -> str:
        db.execute("INSERT INTO host (host, delay) VALUES (?, 0)", (name,))
        return name

    return step


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def test_a_result_comes_when_it_is_stored(archive) -> None:
    writer = Writer(archive)
    assert writer.submit(add_host("a.org")).result(timeout=10) == "a.org"
    assert hosts_of(archive) == {"a.org"}
    writer.close()


def test_a_step_that_is_cancelled_in_the_queue_is_not_done_and_costs_no_other(archive) -> None:
    writer = Writer(archive)
    begun, blocked = threading.Event(), threading.Event()
    writer.submit(lambda _: begun.set() or blocked.wait(10))
    begun.wait(10)
    cancelled, kept = writer.submit(add_host("a.org")), writer.submit(add_host("b.org"))
    assert cancelled.cancel()
    blocked.set()
    assert kept.result(timeout=10) == "b.org"
    assert hosts_of(archive) == {"b.org"}
    writer.close()


class CountingArchive(Archive):
    transactions = 0

    def write(self):
        self.transactions += 1
        return super().write()


def test_steps_that_wait_are_committed_together(archive) -> None:
    counting = CountingArchive(archive.path, timeout=10)
    writer = Writer(counting)
    blocked = threading.Event()
    writer.submit(lambda _: blocked.wait(10))
    futures = [writer.submit(add_host(f"{n}.org")) for n in range(20)]
    blocked.set()
    for future in futures:
        future.result(timeout=10)
    writer.close()
    counting.close()
    assert counting.transactions <= 2


def test_a_step_that_fails_costs_itself_alone(archive) -> None:
    writer = Writer(archive)
    blocked = threading.Event()
    writer.submit(lambda _: blocked.wait(10))
    first = writer.submit(add_host("a.org"))
    failing = writer.submit(
        lambda db: db.execute("INSERT INTO host (host) VALUES ('b.org')") and 1 / 0
    )
    last = writer.submit(add_host("c.org"))
    blocked.set()
    with pytest.raises(Exception, match=r"NOT NULL|division"):
        failing.result(timeout=10)
    assert (first.result(timeout=10), last.result(timeout=10)) == ("a.org", "c.org")
    assert hosts_of(archive) == {"a.org", "c.org"}
    writer.close()


def test_a_group_that_cannot_be_committed_fails_all_its_futures(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True, timeout=0.1) as archive:
        writer = Writer(archive)
        with open_archive(archive.path) as other, other.write():
            futures = [writer.submit(add_host(f"{n}.org")) for n in range(3)]
            for future in futures:
                with pytest.raises(ArchiveLocked):
                    future.result(timeout=10)
        writer.close()
        assert hosts_of(archive) == set()


def test_a_writer_that_waits_for_the_lock_stops_nobody_else(archive) -> None:
    other = open_archive(archive.path)
    writer = Writer(archive)
    with other.write():
        future = writer.submit(add_host("a.org"))
        started = time.monotonic()
        time.sleep(0.2)
        assert not future.done()
        assert time.monotonic() - started < 5
    assert future.result(timeout=10) == "a.org"
    writer.close()
    other.close()


def test_closing_stores_what_is_queued(archive) -> None:
    writer = Writer(archive)
    futures = [
        writer.submit(
            lambda db, n=n: articles.record(
                db, archived(f"http://a.org/{n}", prose(20, seed=n)), captures=archive.captures
            )
        )
        for n in range(30)
    ]
    writer.close()
    assert all(future.done() for future in futures)
    with archive.read() as db:
        assert db.execute("SELECT count(*) FROM appearance").fetchone()[0] == 30


def test_a_closed_writer_takes_nothing(archive) -> None:
    writer = Writer(archive)
    writer.close()
    with pytest.raises(ArchiveError, match="after it was closed"):
        writer.submit(add_host("a.org"))


def test_patient_steps_wait_for_each_other_while_others_overtake_them(archive) -> None:
    counting = CountingArchive(archive.path, timeout=10)
    writer = Writer(counting)
    patient = []
    for n in range(5):
        patient.append(writer.submit(add_host(f"patient-{n}.org"), patient=True))
        writer.submit(add_host(f"hurried-{n}.org")).result(timeout=10)
    overtaken = [future for future in patient if not future.done()]
    for future in patient:
        future.result(timeout=10)
    writer.close()
    counting.close()
    assert overtaken
    assert counting.transactions <= 5 + len(overtaken)


def test_a_patient_step_waits_no_longer_than_it_must(archive) -> None:
    writer = Writer(archive)
    # Without any bound it would wait until the writer is closed.
    assert writer.submit(add_host("a.org"), patient=True).result(timeout=60) == "a.org"
    writer.close()


def test_closing_stores_what_waits_patiently(archive) -> None:
    writer = Writer(archive)
    future = writer.submit(add_host("a.org"), patient=True)
    writer.close()
    assert future.result(timeout=0) == "a.org"


def test_as_many_patient_steps_as_make_a_group_wait_no_longer(archive, monkeypatch) -> None:
    monkeypatch.setattr(writer_module, "PATIENCE", 3600.0)
    writer = Writer(archive, group=2)
    futures = [writer.submit(add_host(f"{n}.org"), patient=True) for n in range(2)]
    assert [future.result(timeout=10) for future in futures] == ["0.org", "1.org"]
    writer.close()
