"""Reading WARC files that other programs wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.errors import ArchiveError

MAX_BODY = 16 << 20


class BrokenWarc(ArchiveError):
    """A WARC file that cannot be read any further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcResponse:
    """A response as a record has it."""

    url: str
    status: str
    """The HTTP status, as it stands there."""
    date: str
    """The time of the capture, as it stands there."""
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """With its encodings undone; at most 16 MiB and a byte."""


def read_responses(
    path: Path, *, skip: int, types: tuple[str, ...]
) -> Iterator[tuple[int, WarcResponse | None]]:
    """Yield the records of a file with their numbers from 1: responses, and None for all others.

    Args:
        path: the file, plain or gzip.
        skip: so many records at the beginning are not yielded.
        types: what the Content-Type of a response must begin with.

    Raises:
        BrokenWarc: when the file breaks off or is damaged.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - only when needed

    number = 0
    with path.open("rb") as stream:
        try:
            for number, record in enumerate(ArchiveIterator(stream), start=1):
                if number <= skip:
                    continue
                headers = record.http_headers
                content_type = headers.get_header("Content-Type") if headers else None
                wanted = (content_type or "").lower().startswith(types)
                if record.rec_type != "response" or not wanted:
                    yield number, None
                    continue
                yield (
                    number,
                    WarcResponse(
                        url=record.rec_headers.get_header("WARC-Target-URI") or "",
                        status=headers.get_statuscode() or "",
                        date=record.rec_headers.get_header("WARC-Date") or "",
                        headers=tuple(headers.headers),
                        body=record.content_stream().read(MAX_BODY + 1),
                    ),
                )
        # warcio raises what it likes on broken records.
        except Exception as error:
            raise BrokenWarc(
                f"{path}: breaks off after record {number} ({type(error).__name__}: {error});"
                " what stands before is in the archive"
            ) from error
