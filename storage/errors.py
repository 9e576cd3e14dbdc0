"""What can go wrong with an archive.

ArchiveError
├── ArchiveLocked      another process holds the write lock for too long
├── ArchiveFull        no room (or no right) to write
├── ArchiveDamaged     SQLite says that the file is not sound
├── SchemaError        written by a newer Wireroom, or no archive at all
├── QueryError         a search that cannot be read
└── ArticleNotFound    no article has this key or URL (also a LookupError)
"""

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path


class ArchiveError(Exception):
    """Something about the archive; the message names the file and the way out."""


class ArchiveLocked(ArchiveError):
    """Another process held the write lock longer than the time-out."""


class ArchiveFull(ArchiveError):
    """The archive's folder has no room, or may not be written."""


# A message that is longer quotes a file that is no text.
MOST_SAID = 600


class ArchiveDamaged(ArchiveError):
    """The file, or a record beside it, is malformed; of what libraries quote of it no raw bytes are said."""

    def __init__(self, message: str) -> None:
        raw = [at for at, c in enumerate(message) if not c.isprintable()]
        if raw:
            message = f"{message[: raw[0]]}…{message[raw[-1] + 1 :]}"
        if len(message) > MOST_SAID:
            message = f"{message[: MOST_SAID // 2]}…{message[-MOST_SAID // 2 :]}"
        super().__init__(message)


class SchemaError(ArchiveError):
    """The file is no archive, or was written by a newer Wireroom."""


class QueryError(ArchiveError, ValueError):
    """A search that has no meaning, such as an operator without a word."""


class ArticleNotFound(ArchiveError, LookupError):
    """No article in the archive has this key or URL."""


# Of what a library says of a damaged file so much is repeated.
MOST_REPEATED = 120


def brief(error: Exception) -> str:
    """Return an exception's name and the beginning of what it says, up to what is no text.

    Libraries quote the damage, which may be any bytes at any length.
    """
    said = " ".join(str(error)[: 2 * MOST_REPEATED].split())
    end = next((at for at, c in enumerate(said) if not c.isprintable()), len(said))
    end = min(end, MOST_REPEATED)
    cut = "…" if end < len(said) else ""
    return f"{type(error).__name__}: {said[:end]}{cut}" if said else type(error).__name__


@contextlib.contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors about an archive into ours.

    Args:
        path: the archive's file, for the message where the error names no other.

    Raises:
        ArchiveLocked, ArchiveFull, ArchiveDamaged, ArchiveError: whichever fits.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(path, error) from error
    except UnicodeDecodeError as error:
        # What SQLite says of a damaged schema quotes the damage.
        raise ArchiveDamaged(
            f"{path}: not a sound SQLite file; restore a backup, or save what can be read with "
            "`sqlite3 FILE .recover`"
        ) from error
    except BrokenPipeError:
        # Whoever read our output has seen enough; that says nothing of the archive.
        raise
    except OSError as error:
        # A descriptor has a number for a name.
        named = error.filename if isinstance(error.filename, str | Path) else path
        if error.errno in _NO_ROOM:
            raise ArchiveFull(f"{named}: {_NO_ROOM[error.errno]}; nothing was changed") from error
        is_gone = error.errno == errno.ENOENT and named != path
        way_out = "; if it belongs to the archive, restore a backup" if is_gone else ""
        raise ArchiveError(f"{named}: {error.strerror or error}{way_out}") from error


_NO_ROOM = {
    errno.ENOSPC: "the disk is full; make room and try again",
    errno.EDQUOT: "the disk quota is used up; make room and try again",
    errno.EFBIG: "the file may not grow any further; lift the limit and try again",
    errno.EROFS: "the file system is read-only; the archive can be searched but not written",
    errno.EACCES: "no right to write there; check the owner and the mode of the folder",
    errno.EPERM: "no right to write there; check the owner and the mode of the folder",
}


def _explain(path: Path, error: sqlite3.Error) -> ArchiveError:
    text = str(error)
    # First, for what follows in it is the damaged text, which may say anything.
    if text.startswith("Could not decode to UTF-8"):
        what, _, _ = text.partition(" with text")
        return ArchiveDamaged(
            f"{path}: a text in it is damaged ({brief(sqlite3.OperationalError(what))}); `wireroom doctor`"
            " says what else is, then restore a backup"
        )
    if "locked" in text or "busy" in text:
        return ArchiveLocked(f"{path}: another program holds it; close that and try again")
    if "disk I/O" in text:
        return ArchiveFull(
            f"{path}: the disk is full, or it fails; make room or look at it, then try again; "
            f"nothing was changed ({text})"
        )
    if "full" in text:
        return ArchiveFull(f"{path}: {_NO_ROOM[errno.ENOSPC]}; nothing was changed ({text})")
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return ArchiveFull(f"{path}: {_NO_ROOM[errno.EACCES]} ({text})")
    if "malformed" in text or "not a database" in text:
        return ArchiveDamaged(
            f"{path}: not a sound SQLite file ({text}); restore a backup, or save what can be read "
            "with `sqlite3 FILE .recover`"
        )
    return ArchiveError(f"{path}: {text}")
