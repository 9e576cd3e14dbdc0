"""`export` of a damaged archive, `withdraw` and `count`, as a user runs them."""

import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from factory import archived, prose
from support import Wireroom, environment

from storage.archive import open_archive
from storage.records import key_of


@pytest.fixture
def wireroom(tmp_path: Path) -> Wireroom:
    made = Wireroom(tmp_path)
    with open_archive(made.archive, create=True) as archive:
        for number in range(3):
            archive.record(archived(f"http://a.org/{number}", prose(60, seed=number)))
    return made


def test_what_is_damaged_is_left_out_and_named(wireroom: Wireroom) -> None:
    key = key_of("http://a.org/1")
    with closing(sqlite3.connect(wireroom.archive)) as db, db:
        db.execute(
            "UPDATE version SET keywords = '[' WHERE appearance_id ="
            " (SELECT id FROM appearance WHERE key = ?)",
            (key,),
        )
    done = wireroom.run("export")
    assert done.returncode == 1
    assert key in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "damage",
    ["CAST(title AS BLOB)", "CAST(x'41ff1b42' AS TEXT)"],
    ids=["bytes", "no UTF-8"],
)
def test_an_export_to_a_file_leaves_out_what_cannot_be_written(
    wireroom: Wireroom, damage: str
) -> None:
    key = key_of("http://a.org/1")
    with closing(sqlite3.connect(wireroom.archive)) as db, db:
        db.execute(
            f"UPDATE version SET title = {damage} WHERE appearance_id ="
            " (SELECT id FROM appearance WHERE key = ?)",
            (key,),
        )
    output = wireroom.folder / "o.jsonl"
    done = wireroom.run("export", "-o", str(output))
    assert done.returncode == 1
    assert key in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.replace("\n", "").isprintable()
    assert len(output.read_text(encoding="utf-8").splitlines()) == 2


def test_a_key_that_is_no_text_is_named_as_damage_with_the_way_out(wireroom: Wireroom) -> None:
    with closing(sqlite3.connect(wireroom.archive)) as db, db:
        db.execute(
            "UPDATE article SET key = CAST(x'ff1b42' AS TEXT) WHERE key = ?",
            (key_of("http://a.org/1"),),
        )
    done = wireroom.run("export")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "`wireroom doctor`" in done.stderr
    assert done.stderr.replace("\n", "").isprintable()


def test_an_output_that_cannot_be_written_is_named(wireroom: Wireroom) -> None:
    output = wireroom.folder / "nowhere" / "o.jsonl"
    done = wireroom.run("export", "-o", str(output))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {output}: cannot be written")


def test_a_missing_file_of_captures_is_named(wireroom: Wireroom) -> None:
    (file,) = (wireroom.folder / "wireroom-captures").iterdir()
    file.unlink()
    done = wireroom.run("captures", "show", key_of("http://a.org/1"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {file}: No such file")
    assert "backup" in done.stderr


def import_from(wireroom: Wireroom, piped: bytes) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [*wireroom.command("import", "--json", "-")],
        input=piped,
        capture_output=True,
        check=False,
        env=environment(),
    )


def test_an_export_is_piped_into_another_archive(wireroom: Wireroom, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Wireroom(tmp_path / "other")
    piped = wireroom.run("export").stdout
    done = import_from(other, piped.encode())
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["file"], said["articles"], said["resumed_at"]) == ("standard input", 3, 0)
    assert other.run("export").stdout == piped
    assert json.loads(import_from(other, piped.encode()).stdout)["resumed_at"] == 3


def test_a_broken_line_of_what_is_piped_in_is_named_as_such(wireroom: Wireroom) -> None:
    done = import_from(wireroom, b'{"text": "x"}\n')
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: standard input: line 1: ")


def test_an_archive_is_not_piped_in_for_it_would_lack_its_responses(wireroom: Wireroom) -> None:
    done = import_from(wireroom, wireroom.archive.read_bytes())
    assert done.returncode == 1
    assert b"import it by name" in done.stderr


def test_withdrawing_asks_first(wireroom: Wireroom) -> None:
    key = key_of("http://a.org/1")
    done = wireroom.run("withdraw", key, "--reason", "order 1")
    assert done.returncode == 1
    assert len(wireroom.json_lines("export")) == 3


def test_withdrawing_says_what_is_left(wireroom: Wireroom) -> None:
    key = key_of("http://a.org/1")
    done = wireroom.run("withdraw", key, "--reason", "order 1", "--yes")
    assert done.returncode == 0, done.stderr
    assert key in done.stdout
    assert len(wireroom.json_lines("export")) == 2
    assert ": order 1" in wireroom.run("why", "http://a.org/1").stdout


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("month", [("2024-08", None, 3)]),
        ("source", [(None, "portal", 3)]),
        ("source,month", [("2024-08", "portal", 3)]),
    ],
)
def test_counts(wireroom: Wireroom, by: str, expected: list[tuple]) -> None:
    rows = wireroom.json_lines("count", "--json", "--by", by, "title")
    assert [
        (row["month"], row["source"], row["number"]) for row in rows if row["number"]
    ] == expected


def test_counting_by_something_else_is_refused(wireroom: Wireroom) -> None:
    done = wireroom.run("count", "--by", "week", "title")
    assert done.returncode == 2
    assert "month,source" in done.stderr


def test_a_reader_that_has_seen_enough_is_no_error(wireroom: Wireroom) -> None:
    script = " ".join(f"'{word}'" for word in wireroom.command("export"))
    done = subprocess.run(
        ["bash", "-c", f"(sleep 0.3; {script}) | true"],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    assert done.stderr == ""
