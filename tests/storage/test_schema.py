import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from factory import archived, prose

from storage import copies, schema
from storage.archive import open_archive
from storage.versions import hash_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "schema.md"
OWN_OF_FTS5 = {
    "search_index_config",
    "search_index_data",
    "search_index_docsize",
    "search_index_idx",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("schema") / "wireroom.db"
    with open_archive(file, create=True) as archive:
        for number in range(3):
            archive.record(archived(f"http://a.org/{number}", prose(60, seed=number)))
    return file


def tables_of(path: Path) -> dict[str, set[str]]:
    with open_archive(path) as archive, archive.read() as db:
        names = [
            row["name"]
            for row in db.execute("SELECT name FROM pragma_table_list WHERE schema = 'main'")
        ]
        return {
            name: {
                row["name"] for row in db.execute("SELECT name FROM pragma_table_info(?)", (name,))
            }
            for name in names
            if not name.startswith("sqlite_") and name not in OWN_OF_FTS5
        }


def sections_of(document: Path) -> dict[str, str]:
    parts = document.read_text(encoding="utf-8").split("\n## ")[1:]
    return {part.partition("\n")[0]: part for part in parts}


def test_every_table_and_column_is_documented_and_no_other(path: Path) -> None:
    sections = sections_of(DOCUMENT)
    tables = tables_of(path)
    assert set(sections) == set(tables)
    missing = {
        f"{table}.{column}"
        for table, columns in tables.items()
        if table not in {"articles", "search_index", "_sqlite_migrations"}
        for column in columns
        if f"`{column}`" not in sections[table]
    }
    assert missing == set()


def test_the_examples_of_the_document_run(path: Path) -> None:
    queries = [
        block.partition("```")[0]
        for block in DOCUMENT.read_text(encoding="utf-8").split("```sql\n")[1:]
    ]
    assert len(queries) >= 3
    with open_archive(path) as archive, archive.read() as db:
        for query in queries:
            for statement in filter(str.strip, query.split(";")):
                db.execute(statement).fetchall()


def test_sqlite_utils_reads_the_archive(path: Path) -> None:
    command = [sys.executable, "-m", "sqlite_utils"]
    counted = subprocess.run(
        [*command, "tables", str(path), "--counts"], capture_output=True, text=True, check=True
    )
    counts = {row["table"]: row["count"] for row in json.loads(counted.stdout)}
    assert (counts["article"], counts["appearance"]) == (3, 3)
    read = subprocess.run(
        [*command, "rows", str(path), "articles", "--limit", "2"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {row["title"] for row in json.loads(read.stdout)} == {"A title"}


def test_the_file_is_known_as_an_archive(path: Path) -> None:
    with open_archive(path) as archive, archive.read() as db:
        assert db.execute("PRAGMA application_id").fetchone()[0].to_bytes(4) == b"WIRE"


def test_an_older_archive_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "old.db"
    with monkeypatch.context() as older:
        older.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:2])
        older.setattr(schema, "NEWEST", 2)
        open_archive(file, create=True).close()
    with closing(sqlite3.connect(file)) as db, db:
        db.execute("INSERT INTO body VALUES (1, 'hash', 'a  text\nof two lines', 1)")
        db.execute(
            "INSERT INTO version (id, appearance_id, number, cause, content_hash, title, body_id, authors,"
            " keywords, provenance, extractor, seen_at, indexed_hash)"
            " VALUES (1, 1, 1, 'first', 'old', 'Title', 1, '[]', '[]', '{}', 'test', '2026', '')"
        )
    with open_archive(file) as archive, archive.read() as db:
        row = db.execute(
            "SELECT content_hash, changes, image_caption, license FROM version"
        ).fetchone()
        sketch = [one["hash"] for one in db.execute("SELECT hash FROM sketch ORDER BY hash")]
    expected = hash_of("Title", "a text of two lines", [], None, None)
    assert (row["content_hash"], row["changes"]) == (expected, "[]")
    assert (row["image_caption"], row["license"]) == (None, None)
    assert sketch == sorted(copies.sketch_text("a  text\nof two lines"))
