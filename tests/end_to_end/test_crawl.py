import json
import random
import re
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support import Wireroom, environment, make_wireroom, without_times

from scraper.demo import World, compare
from storage import exchange, reports
from storage.archive import open_archive


def export_of(wireroom: Wireroom) -> str:
    records = wireroom.json_lines("export")
    return json.dumps([without_times(record) for record in records], ensure_ascii=False)


def wait_for_an_article(archive: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with (
            suppress(sqlite3.OperationalError),
            closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as db,
        ):
            if db.execute("SELECT count(*) FROM appearance").fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("no article was archived")


def row_counts(archive: Path) -> dict[str, int]:
    with closing(sqlite3.connect(archive)) as db, db:
        tables = [
            name
            for (name,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
            )
        ]
        counts = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    db.close()
    return counts


def test_the_archive_holds_what_the_portals_hold(crawled: Wireroom, world: World) -> None:
    archive = open_archive(crawled.archive)
    with archive.read() as db:
        checks = compare(world, exchange.export(db), reports.outcomes(db))
    archive.close()
    assert {check.name: check.wrong for check in checks if check.wrong} == {}
    assert [c.name for c in checks if c.expected != c.found] == []


@dataclass(frozen=True)
class Second:
    """A second crawl of the unchanged world: rows before and after it, and its report."""

    before: dict[str, int]
    after: dict[str, int]
    sources: list[dict[str, Any]]
    first_bytes: int


@pytest.fixture(scope="module")
def second(crawled: Wireroom, tmp_path_factory: pytest.TempPathFactory) -> Second:
    folder = tmp_path_factory.mktemp("second")
    for file in crawled.folder.glob("wireroom.*"):
        if not file.name.endswith(".lock"):
            (folder / file.name).write_bytes(file.read_bytes())
    again = Wireroom(folder)
    before = row_counts(again.archive)
    with closing(sqlite3.connect(again.archive)) as db, db:
        first_bytes = db.execute("SELECT sum(bytes) FROM crawl_source").fetchone()[0]
    db.close()
    done = again.run("crawl", "--json")
    assert done.returncode == 0, done.stderr
    sources = json.loads(done.stdout)["sources"]
    return Second(before, row_counts(again.archive), sources, first_bytes)


def test_a_second_crawl_of_an_unchanged_world_fetches_no_article(second: Second) -> None:
    assert sum(source["fetched"] for source in second.sources) == 0
    grown = {name for name in second.after if second.after[name] != second.before[name]}
    assert grown == {"crawl", "crawl_source", "request"}


def test_unchanged_lists_count_as_listed_and_cost_no_bodies(second: Second) -> None:
    assert all(source["listed"] == source["unchanged_lists"] > 0 for source in second.sources)
    assert sum(source["bytes"] for source in second.sources) <= second.first_bytes * 0.02


def test_a_crawl_killed_at_random_moments_ends_with_the_same_archive(
    crawled: Wireroom, fresh: Wireroom
) -> None:
    chance = random.Random(7)
    for _ in range(2):
        child = subprocess.Popen(
            fresh.command("crawl", "--json"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=environment(),
        )
        time.sleep(chance.uniform(1.5, 4.0))
        child.send_signal(signal.SIGKILL)
        child.wait()
    done = fresh.run("crawl")
    assert done.returncode == 0, done.stderr
    assert export_of(fresh) == export_of(crawled)


def test_the_order_of_the_sources_does_not_matter(
    crawled: Wireroom, tmp_path: Path, world: World
) -> None:
    other = make_wireroom(tmp_path, world)
    names = [portal.name for portal in reversed(world.portals)]
    # Copies stand on the portals that were written first: each of these comes with others only.
    for some in (names[-1:], names[-2:-1], names[:-2]):
        assert other.run("crawl", *some).returncode == 0
    assert export_of(other) == export_of(crawled)


def test_ctrl_c_stops_cleanly_and_the_next_crawl_goes_on(
    crawled: Wireroom, fresh: Wireroom
) -> None:
    child = subprocess.Popen(
        fresh.command("crawl"), stderr=subprocess.PIPE, text=True, env=environment()
    )
    wait_for_an_article(fresh.archive)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert "Traceback" not in said
    assert len(export_of(fresh)) < len(export_of(crawled))
    assert fresh.run("crawl").returncode == 0
    assert export_of(fresh) == export_of(crawled)


def test_a_limit_leaves_the_rest_for_the_next_crawl(fresh: Wireroom) -> None:
    done = fresh.run("crawl", "demo_blog", "--limit", "3", "--json")
    (source,) = json.loads(done.stdout)["sources"]
    assert source["fetched"] + sum(source["failed"].values()) <= 3
    assert source["discovered"] > 3


@pytest.mark.parametrize("word", ["数", "数字", "数字经济", "AI", '"cross-border data"'])
def test_a_search_finds_what_a_scan_of_the_texts_finds(crawled: Wireroom, word: str) -> None:
    hits = crawled.json_lines("search", word, "--limit", "1000", "--json")
    # The scan sees articles as they stand; a search finds words that stand in a copy alone, too.
    found = {hit["key"] for hit in hits if hit["matched_key"] is None}
    texts = {
        record["key"]: f"{record['title']}\n{record['text']}"
        for record in crawled.json_lines("export")
    }
    assert found == {key for key, text in texts.items() if holds(text, word.strip('"'))}
    assert found


def holds(text: str, word: str) -> bool:
    pattern = re.escape(word).replace(r"\-", r"[\W_]+").replace(r"\ ", r"[\W_]+")
    if word.isascii():
        pattern = rf"(?<![0-9A-Za-z]){pattern}(?![0-9A-Za-z])"
    return re.search(pattern, text, re.IGNORECASE) is not None
