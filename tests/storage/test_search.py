import random
import re
import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factory import archived, prose
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import articles, doctor, query, search, snippets
from storage.archive import Archive, open_archive
from storage.errors import QueryError
from storage.segmentation import SPACELESS, fold, segment

TEXTS = (
    "Digital economy forum opens in Lhasa with AI and cross-border data on the agenda.",
    "数字经济大会在北京开幕，发布数据要素白皮书。AI大模型成为焦点",
    "全球数字贸易博览会：跨境电商与人工智能",
    "데이터 경제 포럼이 서울에서 열렸다",
    "デジタル経済会議が東京で開かれた。データ連携",
    "การประชุมเศรษฐกิจดิจิทัล เปิดแล้ว",
    "Ｆｕｌｌ－ｗｉｄｔｈ ＡＩ forum, Málaga and São Paulo",
    "The border of data: AIs, an AI-led fair; maid in data",
    "数",
    "字数",
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory):
    with open_archive(tmp_path_factory.mktemp("search") / "a.db", create=True) as archive:
        for number, text in enumerate(TEXTS):
            archive.record(archived(f"http://a.org/{number}", text, title=f"No {number}"))
        with archive.read() as opened:
            yield opened


def found(db: sqlite3.Connection, text: str, **options: object) -> set[int]:
    return {
        int(hit.url.rpartition("/")[2]) for hit in search.search(db, text, limit=100, **options)
    }


def scan(word: str) -> set[int]:
    """Find a word as a reader would: whole where words have spaces, anywhere where they have none."""
    wanted = fold(word)
    pattern = re.escape(wanted)
    if not re.match(f"[{SPACELESS}]", wanted):
        pattern = rf"(?<![^\W{SPACELESS}]){pattern}"
    if not re.search(f"[{SPACELESS}]$", wanted):
        pattern = rf"{pattern}(?![^\W{SPACELESS}])"
    return {n for n, text in enumerate(TEXTS) if re.search(pattern, fold(text))}


@pytest.mark.parametrize(
    "word",
    ["数", "字", "数字", "数字经济", "据", "大模型", "AI", "ai", "data", "forum", "データ", "経", "ดิจิทัล", "포럼이", "malaga",
     "Málaga", "economy", "AI大模型", "焦点", "点"],
)  # fmt: skip
def test_a_search_finds_what_a_scan_finds(db: sqlite3.Connection, word: str) -> None:
    assert found(db, word) == scan(word)
    assert found(db, word)


def test_every_run_of_han_characters_of_a_text_is_found(tmp_path: Path) -> None:
    chance = random.Random(5)
    alphabet = "数字经济大会开幕AI 、a1か"
    with open_archive(tmp_path / "a.db", create=True) as archive:
        texts = ["".join(chance.choices(alphabet, k=40)) for _ in range(25)]
        for number, text in enumerate(texts):
            archive.record(archived(f"http://a.org/{number}", text, title="-"))
        with archive.read() as db:
            for _ in range(150):
                text = chance.choice(texts)
                run = chance.choice(re.findall("[数字经济大会开幕か]+", text))
                start = chance.randrange(len(run))
                piece = run[start : start + chance.randint(1, 4)]
                wanted = {n for n, other in enumerate(texts) if piece in other}
                assert found(db, piece) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("data forum", {0}),
        ('"border data"', {0}),
        ("cross-border", {0}),
        ("lhasa OR málaga", {0, 6}),
        ("data NOT lhasa", {7}),
        ("data AND NOT lhasa", {7}),
        ("econ*", {0}),
        ("or", set()),
        ('"数字 经济"', set()),
        ("数字 开幕", {1}),
        ("“cross-border data”", {0}),
        ("text:data", set()),
        ("(data)", {0, 7}),
        ("data*)", {0, 7}),
        ('"unpaired forum', set()),
    ],
)
def test_operators_are_capitals_and_quotes_and_all_else_is_literal(
    db: sqlite3.Connection, typed: str, wanted: set[int]
) -> None:
    assert found(db, typed) == wanted


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "no word"),
        ("  !!! ", "no word"),
        ("\0", "no word"),
        ('""', "no word"),
        ("AND data", "AND needs a word before it"),
        ("NOT data", "NOT needs a word before it"),
        ("data OR", "OR needs a word after it"),
        ("data OR AND forum", "OR and AND need a word between"),
    ],
)
def test_what_has_no_meaning_is_told_so(db: sqlite3.Connection, typed: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        search.search(db, typed)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_no_text_is_an_error_of_sqlite(text: str) -> None:
    try:
        parsed = query.parse(text)
    except QueryError:
        return
    with closing(sqlite3.connect(":memory:")) as db, db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (x)")
        db.execute("SELECT * FROM t WHERE t MATCH ?", (parsed.expression,)).fetchall()
    db.close()


@given(st.text(max_size=60))
def test_segments_have_no_characters_that_the_text_has_not(text: str) -> None:
    folded = set(fold(text))
    assert set(segment(text)) <= folded | {" "}


def test_a_snippet_marks_the_matches(db: sqlite3.Connection) -> None:
    (hit,) = search.search(db, "cross-border AI")
    marked = [hit.snippet.text[start:end] for start, end in hit.snippet.marks]
    assert marked == ["AI", "cross-border"]


def test_a_snippet_of_a_long_text_is_short_and_on_the_match(tmp_path: Path) -> None:
    text = f"{prose(3000, seed=1)} needle 数字经济 {prose(3000, seed=2)}"
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.record(archived("http://a.org/1", text))
        with archive.read() as db:
            (hit,) = search.search(db, "needle 数字")
    assert len(hit.snippet.text) <= snippets.SNIPPET_CHARACTERS + 2
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["needle", "数字"]


def test_marks_stand_right_behind_characters_that_fold_to_several() -> None:
    text = unicodedata.normalize("NFC", "ﬁne straße Ｄａｔａ and data")
    snippet = snippets.make_snippet(text, snippets.compile_finder(query.parse("data")))
    assert [snippet.text[a:b] for a, b in snippet.marks] == ["Ｄａｔａ", "data"]


def fill(archive: Archive) -> None:
    filler = prose(60, seed=3)
    archive.record(
        archived("http://a.org/1", f"x {filler} economy", title="Other", day=date(2024, 1, 1))
    )
    archive.record(
        archived(
            "http://b.org/1", prose(60, seed=4), title="Economy", day=date(2025, 1, 1), source="b"
        )
    )
    archive.record(
        archived(
            "http://c.org/1", f"{prose(60, seed=5)} economy", day=None, language="zh", title="-"
        )
    )


@pytest.fixture
def three(tmp_path: Path):
    with open_archive(tmp_path / "a.db", create=True) as archive:
        fill(archive)
        with archive.read() as opened:
            yield opened


def order(db: sqlite3.Connection, **options: object) -> str:
    return "".join(hit.url[7] for hit in search.search(db, "economy", **options))


def test_a_match_in_the_title_comes_first(three: sqlite3.Connection) -> None:
    assert order(three)[0] == "b"


def test_hits_can_be_sorted_by_day_with_the_undated_last(three: sqlite3.Connection) -> None:
    assert order(three, sort="newest") == "bac"
    assert order(three, sort="oldest") == "abc"


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (search.Filters(since=date(2024, 6, 1)), "b"),
        (search.Filters(until=date(2024, 6, 1)), "a"),
        (search.Filters(sources=["b"]), "b"),
        (search.Filters(language="zh"), "c"),
    ],
)
def test_hits_can_be_filtered_and_counted(
    three: sqlite3.Connection, filters: search.Filters, wanted: str
) -> None:
    assert order(three, filters=filters) == wanted
    assert search.count(three, "economy", filters=filters) == len(wanted)


def test_pages_of_hits_do_not_overlap(three: sqlite3.Connection) -> None:
    pages = [order(three, limit=1, offset=offset) for offset in range(4)]
    assert sorted(pages) == ["", "a", "b", "c"]


def test_a_match_in_a_copy_or_an_older_version_says_where(tmp_path: Path) -> None:
    text = prose(300, seed=6)
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.record(archived("http://a.org/1", text, title="Rare first title"))
        archive.record(archived("http://a.org/1", text, title="Second title"))
        with archive.read() as db:
            (old,) = search.search(db, "rare")
            (now,) = search.search(db, "second")
    assert old.matched_key == f"{old.key}@1"
    assert now.matched_key is None


def test_a_transaction_ends_with_indexing_what_it_added(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        with archive.write() as db:
            for number in range(2):
                one = archived(f"http://a.org/{number}", prose(30, seed=number), title="Lhasa")
                articles.record(db, one, captures=archive.captures)
        assert archive.count("lhasa") == 2


def test_what_is_removed_before_it_was_indexed_leaves_the_index_sound(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        with archive.write() as db:
            for number in range(2):
                one = archived(f"http://a.org/{number}", prose(30, seed=number), title="Lhasa")
                articles.record(db, one, captures=archive.captures)
            row = db.execute("SELECT appearance_id, body_id FROM version").fetchone()
            articles.remove_appearance(db, row["appearance_id"], [row["body_id"]])
        assert [finding.what for finding in doctor.examine(archive) if finding.repairable] == []
        assert archive.count("lhasa") == 1


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory):
    """Sixty articles with a common word in all texts and every fifth title."""
    with open_archive(tmp_path_factory.mktemp("many") / "a.db", create=True) as archive:
        for number in range(60):
            text = f"{prose(40 + number, seed=number)} economy {'forum ' * (number % 4)}"
            title = f"Economy {number}" if number % 5 == 0 else f"No {number}"
            day = date(2024, 1 + number % 12, 1)
            one = archived(f"http://a.org/{number}", text, title=title, day=day)
            archive.record(replace(one, source=f"s{number % 3}"))
        with archive.read() as opened:
            yield opened


BROAD_QUERIES = ("economy", "economy forum", "economy OR forum", "economy NOT forum")
FEW = search.Filters(sources=["s1"], since=date(2024, 6, 1))


def urls(db: sqlite3.Connection, typed: str, **options: Any) -> list[str]:
    return [hit.url for hit in search.search(db, typed, **options)]


@pytest.mark.parametrize("typed", BROAD_QUERIES)
@pytest.mark.parametrize("filters", [search.NO_FILTERS, FEW])
@pytest.mark.parametrize("sizes", [(2, 0, 3), (2, 1000, 3), (2, 0, 1000), (1000, 0, 3)])
def test_a_broad_query_has_the_same_hits_in_the_same_order_whichever_way_they_are_found(
    many: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    filters: search.Filters,
    sizes: tuple[int, int, int],
) -> None:
    exact = urls(many, typed, filters=filters, limit=100)
    for name, size in zip(("BROAD", "SELECTIVE", "BEST"), sizes, strict=True):
        monkeypatch.setattr(search, name, size)
    whole = urls(many, typed, filters=filters, limit=100)
    assert sorted(whole) == sorted(exact)
    pages = (urls(many, typed, filters=filters, limit=4, offset=at) for at in range(0, 60, 4))
    assert [url for page in pages for url in page] == whole


def test_what_has_all_its_words_in_the_title_comes_first_of_a_broad_query(
    many: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BROAD", 2)
    titles = [hit.title.split()[0] for hit in search.search(many, "economy", limit=60)]
    assert titles == ["Economy"] * 12 + ["No"] * 48


def test_what_must_not_occur_does_not_in_the_text_of_a_title_that_matches(
    many: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BROAD", 2)
    numbers = [int(url.rpartition("/")[2]) for url in urls(many, "economy NOT forum", limit=60)]
    assert {number % 4 for number in numbers} == {0}
