"""A copy of an archive that is consistent, also while crawls write to it."""

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from storage.archive import Archive
from storage.errors import ArchiveError, explaining

# Pages that are copied in one step; between two steps writers may go on.
PAGES = 4096

CHUNK = 1 << 20

# The first record of a file, which names it, is shorter; a copy that is shorter still is begun again.
HEAD = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup wrote."""

    archive: Path
    """The copy of the archive's file."""
    captures: int
    """Bytes of captures that were new since the last backup into the same folder."""


def back_up(archive: Archive, folder: Path) -> Backup:
    """Copy an archive into a folder: its file as a whole, of its captures what is new.

    The file is copied by SQLite's own backup, which sees one state of it. Captures are on the disk before
    their rows are committed: what the copied rows name is there to be copied.

    Args:
        archive: the open archive.
        folder: where; made when it does not exist. A backup that is there is replaced only by a whole one.

    Raises:
        ArchiveError: when something cannot be read or written; the earlier backup is left as it was.
    """
    if folder.resolve() == archive.path.parent.resolve():
        raise ArchiveError(f"{folder}: that is the archive's own folder; name another")
    target = folder / archive.path.name
    partial = target.with_name(target.name + ".partial")
    with explaining(folder):
        folder.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with archive.read() as db:
            copy = sqlite3.connect(partial)
            try:
                db.backup(copy, pages=PAGES)
                ends = dict(
                    copy.execute("SELECT file, max(offset + length) FROM capture GROUP BY file")
                )
            finally:
                copy.close()
        captured = sum(
            _copy_captures(
                archive.captures.folder / name, folder / archive.captures.folder.name / name, end
            )
            for name, end in sorted(ends.items())
        )
        partial.replace(target)
    return Backup(archive=target, captures=captured)


def _copy_captures(source: Path, target: Path, end: int) -> int:
    """Append to a copy what it lacks of a file, up to an end; return how many bytes that were."""
    target.parent.mkdir(parents=True, exist_ok=True)
    there = min(target.stat().st_size, end) if _is_begun(source, target) else 0
    with source.open("rb") as read, target.open("ab") as write:
        # What a backup that broke off left behind the end is written again.
        write.truncate(there)
        read.seek(there)
        left = end - there
        while left > 0:
            chunk = read.read(min(CHUNK, left))
            if not chunk:
                raise ArchiveError(
                    f"{source}: shorter than its rows say; `wireroom doctor` tells more"
                )
            write.write(chunk)
            left -= len(chunk)
        write.flush()
    shutil.copystat(source, target)
    return end - there


def _is_begun(source: Path, target: Path) -> bool:
    """Say whether a copy begins as its file does: a month's file of rejected pages may be one made anew."""
    if not target.exists():
        return False
    with source.open("rb") as one, target.open("rb") as other:
        return one.read(HEAD) == other.read(HEAD)
