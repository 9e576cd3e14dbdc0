import pytest

from scraper.extraction.charset import decode

TEXTS = {
    "ru": "Форум по цифровой торговле открылся в старом здании таможни, приехали гости из девяти стран.",
    "el": "Το φόρουμ για το ψηφιακό εμπόριο άνοιξε στο παλιό τελωνείο, ήρθαν καλεσμένοι από εννέα χώρες.",
    "ar": "افتتح منتدى التجارة الرقمية في مبنى الجمارك القديم بحضور ضيوف من تسع دول.",
    "he": "פורום הסחר הדיגיטלי נפתח בבית המכס הישן, והגיעו אורחים מתשע מדינות.",
    "th": "ฟอรัมการค้าดิจิทัลเปิดขึ้นที่อาคารศุลกากรเก่า มีแขกจากเก้าประเทศมาร่วมงาน",
    "ja": "デジタル貿易フォーラムが旧税関で開幕し、九か国から来賓が訪れた。大臣は港が紙なしで動いていると述べた。",
    "ko": "디지털 무역 포럼이 옛 세관 건물에서 열렸고 아홉 나라에서 손님이 왔다.",
    "zh": "数字贸易论坛在旧海关大楼开幕，来自九个国家的嘉宾出席。部长说，港口现在无纸运行。",
    "zh-hant": "數位貿易論壇在舊海關大樓開幕，來自九個國家的嘉賓出席。部長說，港口現在無紙運行。",
}
ENCODED = [
    ("ru", "windows-1251"),
    ("ru", "koi8-r"),
    ("ru", "iso-8859-5"),
    ("ru", "cp866"),
    ("el", "iso-8859-7"),
    ("el", "windows-1253"),
    ("ar", "windows-1256"),
    ("ar", "iso-8859-6"),
    ("he", "windows-1255"),
    ("th", "tis-620"),
    ("ja", "shift_jis"),
    ("ja", "euc-jp"),
    ("ja", "iso-2022-jp"),
    ("ko", "euc-kr"),
    ("zh", "gb2312"),
    ("zh-hant", "big5"),
]
LATIN = [
    (
        "Das Forum für digitalen Handel öffnete, Gäste aus neun Ländern kamen, es war größer als früher.",
        "iso-8859-1",
    ),
    (
        "Le forum sur le commerce numérique a ouvert à l'ancienne douane, où étaient les invités.",
        "iso-8859-1",
    ),
    (
        "Il forum è aperto, perché così più città e società più libertà avrà e però verrà già là.",
        "iso-8859-1",
    ),
    (
        "El foro abrió en la aduana, allí señaló el año próximo la reunión y la situación económica.",
        "windows-1252",
    ),
]


def page(text: str, charset: str, declared: str | None) -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>{text}</title></head><body><p>{text * 5}</p></body></html>".encode(
        charset
    )


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1"])
@pytest.mark.parametrize(("language", "charset"), ENCODED)
def test_the_bytes_tell_what_is_declared_wrongly_or_not_at_all(
    language: str, charset: str, declared: str
) -> None:
    text = TEXTS[language]
    assert text in decode(page(text, charset, declared))[0]


@pytest.mark.parametrize(("language", "charset"), ENCODED)
def test_what_is_declared_rightly_is_believed(language: str, charset: str) -> None:
    text = TEXTS[language]
    assert text in decode(page(text, charset, charset))[0]


@pytest.mark.parametrize(("text", "charset"), LATIN)
def test_latin_is_taken_for_no_other_alphabet(text: str, charset: str) -> None:
    assert text in decode(page(text, charset, charset))[0]


def test_an_escape_in_a_page_of_utf_8_does_not_make_it_japanese() -> None:
    text = TEXTS["ru"] + "\x1b$B"
    assert decode(page(text, "utf-8", "utf-8"))[1] == "utf-8"
