"""The tables, what stands in each, and how an older archive becomes a newer one.

    article 1-n appearance 1-n version n-1 body        outcome 1-n sighting
                                   version n-1 capture      outcome 1-1 judgement, 1-n event_mention

Tables are named in the singular. The view `articles` is what a person reads: one row an article, with
its text. Integers are for joins inside the file only; commands, JSON and export show keys.
"""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from storage.errors import SchemaError
from storage.migrations import MIGRATIONS

if TYPE_CHECKING:
    from sqlite_utils import Database

PAGE_SIZE = 4096

# "WIRE": what the `file` command and other tools can know an archive by.
APPLICATION_ID = int.from_bytes(b"WIRE")

WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # Acknowledged is stored, also when the power fails.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # The holder of the write lock checkpoints, and nobody else.
    "PRAGMA wal_autocheckpoint = 0",
    # An article touches pages all over its indexes; with 2 MB, most would be written out and read again.
    "PRAGMA cache_size = -65536",
)

NEWEST = len(MIGRATIONS)


def version_of(db: sqlite3.Connection, path: Path) -> int:
    """Return the schema version of a file; 0 when it is empty.

    Args:
        db: a connection to it.
        path: the file, for the message.

    Raises:
        SchemaError: when it holds something else, or an archive of a newer Wireroom.
    """
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise SchemaError(f"{path}: a SQLite file, but no Wireroom archive; name another file")
        return 0
    if version > NEWEST:
        raise SchemaError(
            f"{path}: written by a newer Wireroom (schema {version}, this one knows {NEWEST}); "
            "upgrade Wireroom"
        )
    return version


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring an archive up to the newest schema, inside the transaction that is open.

    Args:
        db: the writing connection.
        path: the file, for the message.

    Raises:
        SchemaError: as `version_of` does.
    """
    from sqlite_utils import Database  # noqa: PLC0415 - slow to load, and readers do not need it
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415

    version_of(db, path)
    db.create_function("hash_of_version", 5, _hash_of_version)
    db.create_function("sketch_of", 1, _sketch_of)
    migrations = Migrations("wireroom")
    for name, script in MIGRATIONS:
        migrations(name=name)(_runner(script))
    migrations.apply(Database(db))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {NEWEST}")


def _hash_of_version(
    title: str, text: str, authors: str, day: str | None, moment: str | None
) -> str:
    from storage.versions import hash_of  # noqa: PLC0415 - only a migration needs it

    return hash_of(title, text, json.loads(authors), day, moment)


def _sketch_of(text: str) -> str:
    from storage.copies import sketch_text  # noqa: PLC0415 - only a migration needs it

    return json.dumps(sketch_text(text))


def _runner(script: str) -> Callable[["Database"], None]:
    def run(db: "Database") -> None:
        # executescript would commit the open transaction first.
        for statement in _statements(script):
            db.conn.execute(statement)

    return run


def _statements(script: str) -> list[str]:
    statements, begun = [], ""
    for line in script.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            statements.append(begun)
            begun = ""
    return statements
