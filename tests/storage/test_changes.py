import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.changes import compare, kinds_of


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("The forum opened.", "The forum opened.", ()),
        ("About 300 guests came.", "About 320 guests came.", ("figure",)),
        ("签约项目30个，金额2亿元。", "签约项目31个，金额2亿元。", ("figure",)),
        ("It opened on Monday.", "It opened on Tuesday.", ("date",)),
        ("It opens on 3 May 2024.", "It opens on 3 May 2025.", ("date",)),
        ("It opens on 3 March.", "It opens on 3 Sept.", ("date",)),
        ("OPENS 3 MARCH", "OPENS 4 MARCH", ("date",)),
        ("at the market today", "at the mayor today", ("addition", "deletion")),
        ("the marine school", "the junior school", ("addition", "deletion")),
        ("in maybe four years", "in decade four years", ("addition", "deletion")),
        ("It may open soon.", "It will open soon.", ("addition", "deletion")),
        ("They march on.", "They decide on.", ("addition", "deletion")),
        ("said Lee at the gate", "said Park at the gate", ("name",)),
        (
            'He said: "We are glad to be here" today.',
            'He said: "We are sad to be here" today.',
            ("quotation",),
        ),
        ("The forum opened.", "The forum opened. Many came.", ("addition",)),
        ("The forum opened. Many came.", "The forum opened.", ("deletion",)),
        ("The forum opened", "The forum  opened.", ("cosmetic",)),
        ("论坛开幕，嘉宾出席。", "论坛开幕，多国嘉宾出席。", ("addition",)),
        (
            "About 300 guests came. Lee spoke.",
            "About 310 guests came. Lee spoke. Then it rained.",
            ("figure", "addition"),
        ),
    ],
)
def test_each_kind_of_change_has_its_name(before: str, after: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of(before, after) == kinds


def test_a_new_title_is_a_change_of_its_own() -> None:
    assert kinds_of("Text.", "Text.", old_title="A", new_title="B") == ("title",)


def test_the_pieces_are_words() -> None:
    pieces = [(piece.how, piece.text) for piece in compare("the old forum", "the new forum")]
    assert pieces == [("same", "the "), ("removed", "old"), ("added", "new"), ("same", " forum")]


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_read_off_a_comparison(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(p.text for p in pieces if p.how != "added") == before
    assert "".join(p.text for p in pieces if p.how != "removed") == after


def test_long_texts_are_compared_by_lines() -> None:
    lines = [f"line {number} of a long text" for number in range(6000)]
    changed = [*lines[:3000], "another line", *lines[3001:]]
    pieces = compare("\n".join(lines), "\n".join(changed))
    assert [p.text for p in pieces if p.how == "added"] == ["another line\n"]
