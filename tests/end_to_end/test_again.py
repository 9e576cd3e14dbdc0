"""Importing, reading again and judging again, as a user does it, over an archive that a crawl made."""

import gzip
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support import Wireroom


@pytest.fixture
def other(fresh: Wireroom) -> Wireroom:
    """An empty archive with the same sources."""
    return fresh


@pytest.fixture
def copied(crawled: Wireroom, tmp_path: Path) -> Wireroom:
    """The crawled archive once more, to write to."""
    shutil.copytree(crawled.folder, tmp_path / "copied")
    return Wireroom(tmp_path / "copied")


def test_export_import_export_gives_the_same_bytes(crawled: Wireroom, other: Wireroom) -> None:
    first, second = other.folder / "first.jsonl", other.folder / "second.jsonl"
    assert crawled.run("export", "-o", str(first)).returncode == 0
    with gzip.open(other.folder / "packed.jsonl.gz", "wb") as packed:
        packed.write(first.read_bytes())
    done = other.run("import", str(other.folder / "packed.jsonl.gz"))
    assert done.returncode == 0, done.stderr
    assert other.run("export", "-o", str(second)).returncode == 0
    assert second.read_bytes() == first.read_bytes()


def test_an_archive_is_united_with_another(crawled: Wireroom, other: Wireroom) -> None:
    done = other.run("import", str(crawled.archive))
    assert done.returncode == 0, done.stderr
    assert other.run("export").stdout == crawled.run("export").stdout
    stats, theirs = (json.loads(one.run("stats", "--json").stdout) for one in (other, crawled))
    for name in ("articles", "captures", "by_outcome"):
        assert stats[name] == theirs[name]
    assert other.run("doctor").returncode == 0


def test_a_warc_file_gives_the_same_articles(crawled: Wireroom, other: Wireroom) -> None:
    warc = next((crawled.folder / "wireroom-captures").glob("wireroom-*.warc.gz"))
    (done,) = other.json_lines("import", "--json", str(warc))
    assert done["pages"]["new"] > 50

    def articles(wireroom: Wireroom) -> dict[str, str]:
        records = [json.loads(line) for line in wireroom.run("export").stdout.splitlines()]
        return {record["key"]: record["text"] for record in records}

    mine, theirs = articles(other), articles(crawled)
    same = [key for key in mine if mine[key] == theirs.get(key)]
    # Articles over several pages are captured page by page, and a WARC file does not say which go together.
    assert len(same) >= len(theirs) - 4
    (again,) = other.json_lines("import", "--json", str(warc))
    assert again["resumed_at"] > 50
    assert again["pages"] == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no file of ours", "neither a WARC file nor an archive nor JSON lines"),
        (b'{"text": "x"}\n', "line 1"),
        (b'{"text": \n', "line 1"),
        (gzip.compress(b'{"text": "x"}\n' * 9999, mtime=0)[:40], "cannot be read"),
        (
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nHTTP/1.1 200 OK",
            "breaks off after record 0",
        ),
    ],
)
def test_a_broken_file_is_named_without_a_traceback(
    other: Wireroom, content: bytes, said: str
) -> None:
    file = other.folder / "broken"
    file.write_bytes(content)
    done = other.run("import", str(file))
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    assert said in done.stderr


def test_what_stands_before_a_break_is_in_the_archive(crawled: Wireroom, other: Wireroom) -> None:
    warc = next((crawled.folder / "wireroom-captures").glob("wireroom-*.warc.gz"))
    cut = other.folder / "cut.warc.gz"
    cut.write_bytes(warc.read_bytes()[:30_000])
    done = other.run("import", str(cut))
    assert done.returncode == 1
    assert f"{cut}: breaks off after record" in done.stderr
    assert len(other.run("export").stdout.splitlines()) > 1


def test_reading_again_with_the_same_extractor_changes_nothing(copied: Wireroom) -> None:
    before = copied.run("export").stdout
    done = copied.run("reextract", "--yes")
    assert done.returncode == 0, done.stderr
    assert "changed" not in done.stdout
    assert "several pages" not in done.stdout
    assert copied.run("export").stdout == before


def test_judging_again_by_the_same_rules_changes_nothing(copied: Wireroom) -> None:
    done = copied.run("rescore", "--yes")
    assert done.returncode == 0, done.stderr
    assert "0 gained, 0 lost" in done.stdout


def test_a_page_that_was_kept_out_is_won_back_from_a_united_archive_too(
    crawled: Wireroom, other: Wireroom
) -> None:
    assert other.run("import", str(crawled.archive)).returncode == 0
    rows = other.json_lines("rejected", "--state", "irrelevant", "--json")
    assert rows == crawled.json_lines("rejected", "--state", "irrelevant", "--json")
    key = rows[0]["key"]
    done = other.run("restore", key)
    assert done.returncode == 0, done.stderr
    shown = json.loads(other.run("show", "--json", key).stdout)
    assert shown["title"] == rows[0]["title"]


def test_counts_say_where_nobody_was_looking(crawled: Wireroom) -> None:
    rows = crawled.json_lines("count", "--json", "--by", "month,source", "digital")
    assert rows
    assert {"month", "source", "number", "days_polled"} == set(rows[0])
    # The articles are of earlier months, in which nobody was looking.
    assert {row["days_polled"] for row in rows if row["number"]} == {0}


def test_another_file_of_the_same_name_is_imported_too(crawled: Wireroom, other: Wireroom) -> None:
    first, second = crawled.run("export").stdout.splitlines()[:2]
    file = other.folder / "same.jsonl"
    width = max(len(first.encode()), len(second.encode()))
    for line in (first, second):
        file.write_bytes(line.encode().ljust(width) + b"\n")
        (done,) = other.json_lines("import", "--json", str(file))
        assert done["articles"] == 1
    assert len(other.run("export").stdout.splitlines()) == 2


def test_a_damaged_response_is_named_and_costs_itself_alone(copied: Wireroom) -> None:
    file = next((copied.folder / "wireroom-captures").glob("wireroom-*.warc.gz"))
    data = bytearray(file.read_bytes())
    data[2000:2040] = bytes(40)
    file.write_bytes(data)
    done = copied.run("reextract", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_only_another_field_says_is_recorded_when_it_is_read_again(copied: Wireroom) -> None:
    with closing(sqlite3.connect(copied.archive)) as db, db:
        changed = db.execute(
            "UPDATE version SET section = 'Elsewhere' WHERE appearance_id IN"
            " (SELECT id FROM appearance WHERE source = 'demo_ja')"
        ).rowcount
    done = copied.run("reextract", "--source", "demo_ja", "--yes")
    assert done.returncode == 0, done.stderr
    (recorded,) = re.findall(r"recorded ([\d,]+) versions", done.stdout)
    assert int(recorded.replace(",", "")) == changed
    again = copied.run("reextract", "--source", "demo_ja", "--dry-run").stdout
    assert "gained" not in again


def test_a_crawl_does_not_begin_when_the_disk_has_too_little_room(other: Wireroom) -> None:
    config = other.folder / "wireroom.toml"
    config.write_text("min_free_mb = 1000000\n" + config.read_text(), encoding="utf-8")
    done = other.run("crawl")
    assert done.returncode == 1
    assert "min_free_mb" in done.stderr
    assert "Traceback" not in done.stderr
    assert other.run("export").stdout == ""
