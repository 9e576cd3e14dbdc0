"""What the archive stands: kills, many writers, a full disk, a read-only folder, flipped bytes.

    python bench/soundness.py kills --rounds 200
    python bench/soundness.py contention --seconds 30
    python bench/soundness.py room
    python bench/soundness.py corruption --rounds 200

Each prints one line of JSON; the exit code is 1 when something was lost or not found.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

from storage import articles, exchange, search
from storage.archive import Archive, open_archive
from storage.captures import pack
from storage.doctor import examine
from storage.errors import ArchiveError, ArchiveFull
from storage.records import Article, Outcome, Page, State, key_of
from storage.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

Results = Any  # a queue of multiprocessing, which has no public type
PROCESSES = multiprocessing.get_context("spawn")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def outcome(name: str, words: int = 120) -> Outcome:
    """Return an article that shares nothing with one of another name, with its response."""
    chance = random.Random(name)
    text = " ".join(f"word{chance.randint(0, 5000)}" for _ in range(words))
    url = f"http://a.example/{name}"
    page = Page(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=text.encode(),
        fetched_at=NOW,
    )
    return Outcome(
        url=url,
        source="bench",
        state=State.ARCHIVED,
        at=NOW,
        final_url=url,
        title=f"Title of {name}",
        article=Article(
            title=f"Title of {name}",
            text=text,
            published_date=date(2025, 1, 1),
            extractor="bench 1",
        ),
        capture=pack(page),
    )


def write_and_acknowledge(path: Path, acknowledged: Path, begin: int) -> None:
    """Write articles through the crawl's writer until killed; note each whose group is committed."""
    log = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with open_archive(path) as archive:
        writer = Writer(archive)
        for number in range(begin, begin + 100_000):
            made = outcome(str(number))
            future = writer.submit(
                lambda db, one=made: articles.record(db, one, captures=archive.captures)
            )
            key = key_of(made.url)
            future.add_done_callback(
                lambda done, key=key: done.exception() or os.write(log, f"{key}\n".encode())
            )


def kills(folder: Path, rounds: int) -> dict[str, Any]:
    """Kill a writing process so many times, at random moments."""
    path, acknowledged = folder / "kills.db", folder / "acknowledged"
    open_archive(path, create=True).close()
    acknowledged.touch()
    chance = random.Random(1)
    for number in range(rounds):
        before = acknowledged.stat().st_size
        child = PROCESSES.Process(
            target=write_and_acknowledge, args=(path, acknowledged, number * 100_000)
        )
        child.start()
        deadline = time.monotonic() + 30
        while acknowledged.stat().st_size == before and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.25))
        child.kill()
        child.join()
    keys = acknowledged.read_text().split()
    with open_archive(path) as archive:
        # The next write cuts what a kill tore off.
        archive.record(outcome("after"))
        with archive.read() as db:
            stored = [row["key"] for row in db.execute("SELECT key FROM appearance")]
            bodies = db.execute("SELECT count(*) FROM body").fetchone()[0]
        damage = [finding.what for finding in examine(archive) if finding.is_damage]
    return {
        "kills": rounds,
        "acknowledged": len(keys),
        "stored": len(stored),
        "lost": len(set(keys) - set(stored)),
        "duplicates": len(stored) - len(set(stored)) + len(stored) - bodies,
        "damage": damage,
        "ok": set(keys) <= set(stored) and not damage and bodies == len(stored),
    }


def write_until(path: Path, name: str, stop: Event, results: Results) -> None:
    """Write articles one by one until told to stop, and say how many were stored."""
    written, errors = 0, []
    with open_archive(path) as archive:
        while not stop.is_set():
            try:
                archive.record(outcome(f"{name}-{written}", words=60))
                written += 1
            except ArchiveError as error:
                errors.append(str(error))
    results.put(("written", written, errors))


def read_until(path: Path, stop: Event, results: Results) -> None:
    """Search until told to stop, and say how often that worked."""
    read, errors = 0, []
    with open_archive(path) as archive:
        while not stop.is_set():
            try:
                with archive.read() as db:
                    search.search(db, f"word{read % 5000}")
                read += 1
            except (ArchiveError, sqlite3.Error) as error:
                errors.append(str(error))
    results.put(("read", read, errors))


def hold_lock(path: Path, seconds: float, held: Event) -> None:
    """Hold the write lock of an archive."""
    with FileLock(f"{path}.lock"):
        held.set()
        time.sleep(seconds)


async def _longest_stall(archive: Archive, seconds: float) -> float:
    writer = Writer(archive)
    future = asyncio.wrap_future(
        writer.submit(lambda db: articles.record(db, outcome("stalled"), captures=archive.captures))
    )
    longest, last = 0.0, time.perf_counter()
    until = last + seconds
    while time.perf_counter() < until:
        await asyncio.sleep(0.005)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    await future
    writer.close()
    return longest


def contention(folder: Path, seconds: float) -> dict[str, Any]:
    """Let four processes write and four read; then hold the lock while an event loop writes."""
    path = folder / "contention.db"
    open_archive(path, create=True).close()
    stop, results = PROCESSES.Event(), PROCESSES.Queue()
    children = [
        PROCESSES.Process(target=write_until, args=(path, f"w{n}", stop, results)) for n in range(4)
    ] + [PROCESSES.Process(target=read_until, args=(path, stop, results)) for _ in range(4)]
    for child in children:
        child.start()
    time.sleep(seconds)
    stop.set()
    came = [results.get(timeout=120) for _ in children]
    for child in children:
        child.join()
    written = sum(number for kind, number, _ in came if kind == "written")
    errors = [error for _, _, found in came for error in found]
    with open_archive(path) as archive:
        with archive.read() as db:
            stored = db.execute("SELECT count(*) FROM appearance").fetchone()[0]
        held = PROCESSES.Event()
        wait = min(5.0, seconds)
        holder = PROCESSES.Process(target=hold_lock, args=(path, wait, held))
        holder.start()
        held.wait(60)
        stall = asyncio.run(_longest_stall(archive, wait))
        holder.join()
        damage = [finding.what for finding in examine(archive) if finding.is_damage]
    return {
        "seconds": seconds,
        "written": written,
        "read": sum(number for kind, number, _ in came if kind == "read"),
        "lost": written - stored,
        "errors": errors[:3],
        "lock_held_s": wait,
        "longest_stall_ms": round(1000 * stall, 1),
        "damage": damage,
        "ok": written == stored and not errors and not damage,
    }


def _until_full(archive: Archive, name: str, most: int) -> tuple[int, str | None]:
    for number in range(most):
        try:
            archive.record(outcome(f"{name}-{number}", words=400))
        except ArchiveFull as error:
            return number, str(error)
    return most, None


def room(folder: Path) -> dict[str, Any]:
    """Write until files may not grow any more; then give room again; then a read-only folder."""
    path = folder / "room.db"
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with open_archive(path, create=True) as archive:
        archive.record(outcome("first"))
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, most))
        written, message = _until_full(archive, "a", 100_000)
        stored = _count(archive)
        with archive.read() as db:
            found = search.count(db, "title")
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        again, none = _until_full(archive, "b", 20)
        damage = [finding.what for finding in examine(archive) if finding.is_damage]
        figures = {
            "acknowledged": written + 1,
            "stored": stored,
            "found while full": found,
            "message": message,
            "written with room again": again,
            "damage": damage,
        }
    figures |= _read_only(folder, path)
    figures["ok"] = (
        stored == written + 1 == found
        and message is not None
        and (again, none) == (20, None)
        and not damage
        and figures["read-only found"] == stored + again
        and figures["read-only refused"] is not None
    )
    return figures


def _read_only(folder: Path, path: Path) -> dict[str, Any]:
    """Search and write in a folder that may not be written to, as a user without rights."""
    read_end, write_end = os.pipe()
    for one in (folder, *folder.rglob("*")):
        one.chmod(0o555 if one.is_dir() else 0o444)
    pid = os.fork()
    if pid == 0:
        if os.geteuid() == 0:
            os.setuid(65534)
        figures: dict[str, Any] = {"read-only found": None, "read-only refused": None}
        try:
            with open_archive(path, timeout=2) as archive:
                with archive.read() as db:
                    figures["read-only found"] = search.count(db, "title")
                try:
                    archive.record(outcome("never"))
                except ArchiveError as error:
                    figures["read-only refused"] = str(error)
        finally:
            os.write(write_end, json.dumps(figures).encode())
            os._exit(0)
    os.waitpid(pid, 0)
    for one in (folder, *folder.rglob("*")):
        one.chmod(0o755 if one.is_dir() else 0o644)
    found: dict[str, Any] = json.loads(os.read(read_end, 100_000))
    return found


def _count(archive: Archive) -> int:
    with archive.read() as db:
        return int(db.execute("SELECT count(*) FROM appearance").fetchone()[0])


def _flip(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    if chance.random() < 0.1:
        del data[chance.randint(len(data) // 2, len(data)) :]
    for _ in range(chance.choice((1, 1, 1, 4, 40))):
        at = chance.randrange(len(data))
        data[at] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _texts(path: Path) -> dict[str, tuple[str, str]] | None:
    """Return key -> title and text as plain SQL reads them; None when they cannot be read."""
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        db.text_factory = lambda raw: raw.decode("utf-8", "replace")
        return {
            row[0]: (row[1], row[2])
            for row in db.execute(
                "SELECT a.key, v.title, b.text FROM appearance a JOIN version v ON v.id = a.version_id"
                " JOIN body b ON b.id = v.body_id"
            )
        }
    except (sqlite3.Error, OverflowError):
        return None


def corruption(folder: Path, rounds: int) -> dict[str, Any]:
    """Flip bits in copies of an archive, and see whether `doctor` finds it and what is sound comes out."""
    source = folder / "sound.db"
    with open_archive(source, create=True) as archive:
        for number in range(80):
            archive.record(outcome(str(number), words=300))
        archive.fold()
    good = _texts(source) or {}
    chance = random.Random(3)
    changed = found = tracebacks = exported = sound = 0
    for number in range(rounds):
        copy = folder / f"copy-{number}.db"
        shutil.copy(source, copy)
        shutil.copytree(folder / "sound-captures", folder / f"copy-{number}-captures")
        files = sorted((folder / f"copy-{number}-captures").iterdir())
        _flip(chance.choice([copy, copy, copy, *files]), chance)
        texts = _texts(copy)
        damaged = texts is None or texts != good
        changed += damaged
        sound += len(good) if texts is None else sum(good.get(k) == t for k, t in texts.items())
        seen = False
        try:
            with open_archive(copy) as archive:
                seen = any(finding.is_damage for finding in examine(archive))
                with archive.read() as db:
                    records = exchange.export(db, on_damage=lambda _key, _error: None)
                    exported += sum(
                        good.get(record["key"]) == (record["title"], record["text"])
                        for record in records
                    )
        except ArchiveError:
            seen = True
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            tracebacks += 1
            print(f"{copy.name}: {type(error).__name__}: {error}", file=sys.stderr)
        found += damaged and seen
        copy.unlink()
        shutil.rmtree(folder / f"copy-{number}-captures")
    return {
        "copies": rounds,
        "with changed or unreadable texts": changed,
        "of these found": found,
        "tracebacks": tracebacks,
        "sound articles exported": exported,
        "sound articles": sound,
        "ok": found == changed and not tracebacks,
    }


def main() -> None:
    """Print the figures of one kind of trouble."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=["kills", "contention", "room", "corruption"])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30.0)
    options = parser.parse_args()
    runs: dict[str, Callable[[Path], dict[str, Any]]] = {
        "kills": lambda folder: kills(folder, options.rounds),
        "contention": lambda folder: contention(folder, options.seconds),
        "room": room,
        "corruption": lambda folder: corruption(folder, options.rounds),
    }
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        figures = runs[options.what](Path(name))
    print(json.dumps(figures, ensure_ascii=False))
    raise SystemExit(0 if figures["ok"] else 1)


if __name__ == "__main__":
    main()
