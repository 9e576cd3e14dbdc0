import pytest
from article_pages import page_with, read_article


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Xinhua, August 1, 2024", "Xinhua"),
        ("China.org.cn, August 1, 2024", "China.org.cn"),
        ("Harbour Daily News, August 1, 2024", "Harbour Daily News"),
        ("2024年08月01日 09:03 来源：新华日报", "新华日报"),
        ("Quelle: Hafenkurier", "Hafenkurier"),
        ("Источник: Портовый вестник", "Портовый вестник"),
        ("المصدر: وكالة الميناء", "وكالة الميناء"),
        ("Thursday, August 1, 2024", None),
        ("sexta-feira, 1 de agosto de 2024", None),
        ("Updated 1:33 am CST, August 1, 2024", None),
        ("Jane Roe, August 1, 2024", None),
        ("Berlin, August 1, 2024", None),
        ("来源：转载文章", None),
    ],
)
def test_the_line_beside_the_headline_names_the_source(line: str, credit: str | None) -> None:
    assert read_article(page_with(top=f"<div>{line}</div>")).credit == credit


@pytest.mark.parametrize(
    ("dateline", "credit"),
    [
        ("BEIJING, Aug. 1 (Xinhua) -- ", "Xinhua"),
        ("Hamburg (dpa/lno) - ", "dpa"),
        ("Madrid (EFE).- ", "EFE"),
        ("The port of Tema (TT) ", None),
        ("新华社北京8月1日电 ", "新华社"),
    ],
)
def test_the_head_of_the_text_names_the_agency(dateline: str, credit: str | None) -> None:
    page = page_with().replace("<p>The", f"<p>{dateline}The", 1)
    assert read_article(page).credit == credit
