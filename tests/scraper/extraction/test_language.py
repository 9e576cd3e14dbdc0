import pytest

from scraper.extraction.language import find_language

ENGLISH = (
    "The forum on digital trade opened in the old customs house, and guests of nine countries came. "
    * 3
)
SPANISH = (
    "El foro sobre comercio digital se abrió en la antigua aduana, y vinieron invitados de nueve países. "
    * 3
)
RUSSIAN = (
    "Форум по цифровой торговле открылся в старом здании таможни, приехали гости из девяти стран. "
    * 3
)
JAPANESE = "デジタル貿易フォーラムが旧税関で開幕し、九か国から来賓が訪れた。"
CHINESE = "数字贸易论坛在旧海关大楼开幕，来自九个国家的嘉宾出席。"
KOREAN = "디지털 무역 포럼이 옛 세관 건물에서 열렸고 아홉 나라에서 손님이 왔다."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (SPANISH, "es"),
        (RUSSIAN, "ru"),
        (JAPANESE, "ja"),
        (CHINESE, "zh"),
        (KOREAN, "ko"),
    ],
)
def test_a_text_alone_tells_its_language(text: str, language: str) -> None:
    assert find_language(text) == (language, "guess")


@pytest.mark.parametrize("declared", ["es", "es-MX", "ES_es"])
def test_what_is_declared_and_true_comes_from_the_page(declared: str) -> None:
    assert find_language(SPANISH, declared) == ("es", "page")


@pytest.mark.parametrize("text", [SPANISH, RUSSIAN, CHINESE])
def test_what_is_declared_and_false_is_not_believed(text: str) -> None:
    assert find_language(text, "en")[0] == find_language(text)[0] != "en"


def test_of_near_relatives_the_page_knows_which() -> None:
    # By its letters it may be either: a short text of names and numbers.
    text = "La edición de este año de la cumbre de Lisboa terminó con catorce acuerdos. " * 3
    assert [find_language(text, code)[0] for code in ("es", "gl")] == ["es", "gl"]


def test_of_a_short_text_the_declaration_counts() -> None:
    assert find_language("Agenda 2024", "fr") == ("fr", "page")


def test_no_text_and_no_declaration_is_no_language() -> None:
    assert find_language("")[0] is None


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (RUSSIAN, "ru")])
def test_capitals_are_no_other_language(text: str, language: str) -> None:
    assert find_language(text.upper(), language) == (language, "page")


UNMODELLED = {
    "lo": "ກອງປະຊຸມການຄ້າດິຈິຕອນໄດ້ເປີດຂຶ້ນທີ່ອາຄານດ່ານພາສີເກົ່າ ມີແຂກຈາກເກົ້າປະເທດເຂົ້າຮ່ວມ. ",
    "am": "የዲጂታል ንግድ መድረክ በአሮጌው የጉምሩክ ህንፃ ውስጥ ተከፈተ፣ ከዘጠኝ አገሮች የመጡ እንግዶች ተገኝተዋል። ",
    "ms": "Forum perdagangan digital dibuka di bangunan kastam lama dan tetamu dari sembilan negara hadir. ",
}


@pytest.mark.parametrize("language", UNMODELLED)
def test_of_a_language_that_the_detector_does_not_know_the_page_is_believed(language: str) -> None:
    assert find_language(UNMODELLED[language] * 4, language) == (language, "page")


@pytest.mark.parametrize("declared", ["ms", "zu"])
def test_english_is_read_whatever_small_language_is_declared(declared: str) -> None:
    assert find_language(ENGLISH, declared) == ("en", "guess")
