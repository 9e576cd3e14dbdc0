from pathlib import Path

import pytest

from scraper.errors import ConfigError
from scraper.relevance import judge, load_topics
from storage.records import Article, Relevance

FILLER = "The day was warm, and many people walked along the river before they went home. " * 6


def judged(title: str, text: str = FILLER, *, topics: Path | None = None) -> Relevance:
    return judge(Article(title=title, text=text, extractor="test"), load_topics(topics))


@pytest.mark.parametrize(
    "title",
    [
        "Digital economy forum opens in Lhasa",
        "Ministers adopt action plan for cross-border data",
        "Global Digital Economy Conference 2024 closes",
        "数字经济大会在北京开幕",
        "工业互联网大会发布白皮书",
        "全球數字貿易博覽會開幕",
        "ＧＩＴＥＸ Ｇｌｏｂａｌ opens",
    ],
)
def test_reports_of_digital_economy_events_are_kept(title: str) -> None:
    assert judged(title).relevant


@pytest.mark.parametrize(
    "title",
    [
        "Digital economy explained",
        "Film festival opens in Cannes",
        "Tourism fair closes with record crowds",
        "Cloud company beats estimates in quarterly results",
        "Call for papers: conference on digital economy",
        "一文读懂数字经济",
        "茶叶博览会开幕",
        "电影节开幕",
    ],
)
def test_near_misses_are_not(title: str) -> None:
    assert not judged(title).relevant


def test_the_body_alone_does_not_pass() -> None:
    text = (
        FILLER * 2
        + "A digital economy conference opened, said the minister of AI and big data. " * 5
    )
    assert not judged("A walk along the river", text).relevant


def test_short_words_in_capitals_are_whole_words() -> None:
    terms = {piece.term for piece in judged("MAID said the AIM of the fair forum").evidence}
    assert "AI" not in terms


def test_the_evidence_adds_up_to_the_score() -> None:
    found = judged("Digital economy forum opens", f"A forum on AI opened on Monday. {FILLER}")
    assert found.score == pytest.approx(sum(piece.weight for piece in found.evidence), abs=0.002)
    assert {piece.place for piece in found.evidence} <= {"title", "lead", "body"}


def test_repeating_a_word_gains_nothing() -> None:
    once, often = judged("AI forum"), judged("AI AI AI forum forum forum")
    assert once.score == often.score


def test_the_same_text_has_the_same_judgement() -> None:
    assert judged("AI forum opens") == judged("AI forum opens")


def test_own_topics_are_added_and_change_the_digest(tmp_path: Path) -> None:
    own = tmp_path / "topics.toml"
    own.write_text('[en.field]\nstrong = ["basket weaving"]\n', encoding="utf-8")
    shipped, added = (
        judged("Basket weaving forum opens"),
        judged("Basket weaving forum opens", topics=own),
    )
    assert (shipped.relevant, added.relevant) == (False, True)
    assert shipped.rules != added.rules


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[en.felt]\nstrong = []", r"\[en.felt\]: kinds are field, event, genre"),
        ("[en.field]\nstrongly = []", "`strongly` must be `strong` or `weak`"),
        ("en = 3", "`en` must be a table"),
        ("= x", "topics.toml"),
    ],
)
def test_a_mistake_in_own_topics_is_named(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "topics.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load_topics(own)
