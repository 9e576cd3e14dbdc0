from importlib import resources
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


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "Arranca en Madrid el congreso de economía digital"),
        ("fr", "Ouverture à Paris du sommet sur l'intelligence artificielle"),
        ("de", "Konferenz zur Digitalisierung in Berlin eröffnet"),
        ("pt", "Começa em Lisboa a cimeira da economia digital"),
        ("it", "Si apre a Roma il forum sulla trasformazione digitale"),
        ("ru", "В Москве открылся форум по цифровой экономике"),
        ("ar", "انطلاق القمة الرقمية العالمية في الرياض"),
        ("ja", "デジタル経済フォーラムが東京で開幕"),
        ("ko", "서울서 인공지능 정상회의 개막"),
        ("vi", "Khai mạc diễn đàn kinh tế số tại Hà Nội"),
        ("id", "Konferensi ekonomi digital dibuka di Jakarta"),
        ("tr", "İstanbul'da dijital ekonomi zirvesi başladı"),
        ("pl", "W Warszawie rozpoczął się kongres gospodarki cyfrowej"),
        ("zh", "世界數字經濟論壇在成都開幕"),
    ],
)
def test_every_language_has_its_list(language: str, title: str) -> None:
    article = Article(title=title, text=title, language=language, extractor="test")
    found = judge(article, load_topics())
    assert (found.relevant, found.unknown) == (True, False)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", "Arranca en Madrid el congreso de cardiología"),
        ("fr", "Ouverture à Cannes du festival du film"),
        ("de", "Neue App für Kunden der Bahn"),
        ("ru", "В Москве открылся автосалон"),
        ("ja", "人工知能とは何か"),
        ("id", "Festival film dibuka di Jakarta"),
    ],
)
def test_near_misses_are_kept_out_in_every_language(language: str, title: str) -> None:
    article = Article(title=title, text=title, language=language, extractor="test")
    assert not judge(article, load_topics()).relevant


def test_a_language_without_a_list_is_not_judged() -> None:
    article = Article(
        title="Konferensen om havet", text="Den öppnade.", language="sv", extractor="t"
    )
    found = judge(article, load_topics())
    assert (found.relevant, found.unknown) == (False, True)


def test_weak_terms_of_the_field_need_a_strong_one() -> None:
    assert not judged("Conference on innovative platforms for fishing nets").relevant


def test_weak_cues_alone_must_be_many() -> None:
    assert not judged("AI company unveils plan").relevant
    assert judged("Parliament adopts AI law", "Ministers adopted the AI law on Monday.").relevant


def test_what_a_page_says_of_itself_outweighs_its_subject() -> None:
    assert not judged("Digital economy conference: call for papers").relevant


def test_a_general_fair_counts_only_for_its_digital_part() -> None:
    assert not judged("CIFTIS opens in Beijing", "The fair shows services of all kinds.").relevant
    assert judged("CIFTIS opens with digital trade zone").relevant


def test_terms_are_silent_beside_those_of_another_field() -> None:
    silent = judged("Digital platform launched at football forum")
    assert "digital" not in {piece.term for piece in silent.evidence}


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


def test_what_is_shipped_passes_the_checks_of_own_topics() -> None:
    with resources.as_file(resources.files("scraper") / "data" / "topics.toml") as shipped:
        assert load_topics(shipped).languages == load_topics().languages


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[en.felt]\nstrong = []", r"\[en.felt\]: kinds are exclusion, genre, both"),
        ("[en.field]\nstrongly = []", "`strongly` must be `decisive` or `strong` or `weak`"),
        ('[en.field]\nweak = ["a*"]', "a \\* needs 3 letters"),
        ('[[en.unless]]\nterms = ["app"]', "two lists of terms"),
        ("[en.exclusion]\nstrong = []", "`strong` must be `always`"),
        ("en = 3", "`en` must be a table"),
        ("= x", "topics.toml"),
    ],
)
def test_a_mistake_in_own_topics_is_named(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "topics.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load_topics(own)
