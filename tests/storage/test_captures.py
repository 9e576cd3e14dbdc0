from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from factory import NOW, archived, page_at
from warcio.archiveiterator import ArchiveIterator

from storage import captures
from storage.archive import open_archive
from storage.captures import pack
from storage.doctor import examine
from storage.records import State


@pytest.fixture
def archive(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as opened:
        yield opened


def append(archive, page) -> int:
    with archive.write() as db:
        return archive.captures.append(db, pack(page))


def read(archive, capture_id: int):
    with archive.read() as db:
        return archive.captures.read(db, capture_id)


def files(archive) -> list[Path]:
    return sorted(archive.captures.folder.iterdir())


def test_a_response_comes_back_as_it_was(archive) -> None:
    page = page_at("http://a.org/1", "数字".encode("gb18030") + b"\0\xff")
    back = read(archive, append(archive, page))
    assert (back.final_url, back.status, back.body, back.fetched_at) == (
        page.final_url,
        200,
        page.body,
        NOW,
    )
    assert ("X-Served-By", "test") in back.headers


def test_other_tools_can_read_the_file(archive) -> None:
    for number in range(3):
        append(archive, page_at(f"http://a.org/{number}", b"body %d" % number))
    (file,) = files(archive)
    with file.open("rb") as stream:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
            for record in ArchiveIterator(stream, check_digests="raise")
        ]
    assert records == [
        ("warcinfo", None),
        *(("response", f"http://a.org/{number}") for number in range(3)),
    ]


def test_the_same_response_is_packed_to_the_same_bytes() -> None:
    assert pack(page_at("http://a.org/1")).record == pack(page_at("http://a.org/1")).record


def test_the_same_answer_again_is_not_stored_again(archive) -> None:
    first = append(archive, page_at("http://a.org/1", b"same"))
    assert append(archive, page_at("http://a.org/1", b"same")) == first
    assert append(archive, page_at("http://a.org/1", b"other")) != first


def test_of_a_damaged_response_no_raw_bytes_are_said(archive) -> None:
    append(archive, page_at("http://a.org/1"))
    (file,) = files(archive)
    data = file.read_bytes()
    # Bytes that are no gzip stand for themselves, and the reader quotes their first line.
    file.write_bytes((b"\x1b[31m\x00\xff" * len(data))[: len(data)])
    said = [finding.what for finding in examine(archive) if finding.is_damage]
    assert any("http://a.org/1" in what for what in said)
    assert [what for what in said if not what.isprintable() or len(what) > 700] == []


def test_what_a_rollback_left_behind_is_cut(archive) -> None:
    kept = append(archive, page_at("http://a.org/1"))
    (file,) = files(archive)
    with file.open("ab") as stream:
        stream.write(b"half a record, from a write that was never committed")
    after = append(archive, page_at("http://a.org/2", b"after"))
    assert read(archive, kept).body == page_at("http://a.org/1").body
    assert read(archive, after).body == b"after"
    with file.open("rb") as stream:
        assert len(list(ArchiveIterator(stream))) == 3


def test_a_full_file_is_followed_by_another(archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures, "ROTATE_BYTES", 1)
    ids = [append(archive, page_at(f"http://a.org/{n}")) for n in range(3)]
    assert [file.name for file in files(archive)] == [
        f"wireroom-0000{n}.warc.gz" for n in (1, 2, 3)
    ]
    assert {read(archive, i).body for i in ids} == {page_at("http://a.org/1").body}


def test_a_later_response_of_the_same_url_is_another_record() -> None:
    early = pack(page_at("http://a.org/1", b"a"))
    late = replace(page_at("http://a.org/1", b"a"), fetched_at=NOW + timedelta(days=1))
    assert pack(late).record != early.record


def test_responses_of_rejected_pages_go_after_their_days_and_others_stay(archive) -> None:
    kept = archived("http://a.org/kept", "kept text")
    out = replace(archived("http://a.org/out", "rejected text"), state=State.IRRELEVANT)
    for outcome in (kept, out):
        archive.record(outcome)
    with archive.write() as db:
        assert archive.captures.drop_rejected(db, before=NOW) == []
        (file,) = archive.captures.drop_rejected(db, before=NOW + timedelta(days=40))
    file.unlink()
    with archive.read() as db:
        urls = [row["url"] for row in db.execute("SELECT url FROM capture")]
    assert urls == ["http://a.org/kept"]
    assert [finding for finding in examine(archive) if finding.is_damage] == []


def test_what_is_won_back_is_kept_for_ever(archive) -> None:
    won = archived("http://a.org/out", "rejected text")
    archive.record(replace(won, state=State.IRRELEVANT))
    archive.record(won)
    with archive.write() as db:
        archive.captures.drop_rejected(db, before=NOW + timedelta(days=40))
    with archive.read() as db:
        row = db.execute("SELECT capture_id FROM version").fetchone()
        assert archive.captures.read(db, row["capture_id"]).body == b"rejected text"
