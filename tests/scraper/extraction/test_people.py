import pytest
from article_pages import SENTENCES, TITLE, read_article

from scraper.extraction.names import is_surely_person, split_names
from scraper.extraction.people import find_signature


def authors_of(head: str = "", top: str = "", below: str = "") -> tuple[str, ...]:
    page = (
        f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{top}"
        f"<p>{SENTENCES * 2}</p><p>{SENTENCES}</p></article>{below}</body></html>"
    )
    return read_article(page).authors


def linked(author: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}", "author": {author}}}</script>'


@pytest.mark.parametrize(
    ("head", "top", "authors"),
    [
        ('<meta name="author" content="Jane Roe">', "", ("Jane Roe",)),
        ('<meta name="parsely-author" content="Jane Roe">', "", ("Jane Roe",)),
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Roe">',
            "",
            ("Jane Roe",),
        ),
        ('<meta name="author" content="webeditor7">', "", ()),
        ('<meta name="author" content="https://social.example.org/daily">', "", ()),
        ("", "<div>By Jane Roe and John Doe</div>", ("Jane Roe", "John Doe")),
        ("", "<div>By: Jane Roe</div>", ("Jane Roe",)),
        ("", "<div>25.04.24 | 14:07 Uhr | Von Eva Muster-Rätsch</div>", ("Eva Muster-Rätsch",)),
        ("", "<div>Written by</div><div>Jane Roe</div>", ("Jane Roe",)),
        ("", "<div>作者：王小明</div>", ("王小明",)),
        ("", "<div>时间：2024年8月1日 来源：新华社 作者:王小明 编辑：李四</div>", ("王小明",)),
        ("", "<div>光明日报记者 王小明 张大同</div>", ("王小明", "张大同")),
        ("", "<div>记者通过采访了解到</div>", ()),
        ("", "<div>홍길동 기자 2024-08-01</div>", ("홍길동",)),
        ("", '<div><a href="/reporter/matsuoka/">松岡大地</a></div>', ("松岡大地",)),
        ("", '<a rel="author" href="/a">Jane Roe</a>', ("Jane Roe",)),
        ("", '<div class="post-AuthorName">Jane Roe</div>', ("Jane Roe",)),
        (
            "",
            '<div class="byline"><span class="author-name">Jane Roe</span> <span>Senior Reporter</span></div>',
            ("Jane Roe",),
        ),
        ("", "<div>By Staff Reporter</div>", ()),
        ("", "<div>By the harbour, in the old customs house</div>", ()),
        (
            linked('{"@type": "Person", "name": "Trine Jensen og Ole Hansen"}'),
            "",
            ("Trine Jensen", "Ole Hansen"),
        ),
        (linked('["Jane Roe, PhD"]'), "", ("Jane Roe",)),
    ],
)
def test_the_people_of_a_byline_are_read(head: str, top: str, authors: tuple[str, ...]) -> None:
    assert authors_of(head, top) == authors


def test_a_person_goes_before_an_organisation() -> None:
    organisation = linked('{"@type": "Organization", "name": "Example News"}')
    assert authors_of(organisation, "<div>By Jane Roe</div>") == ("Jane Roe",)


def test_a_newsroom_stands_where_the_page_declares_no_person() -> None:
    assert authors_of(linked('{"@type": "Organization", "name": "Harbour Newsroom"}')) == (
        "Harbour Newsroom",
    )


def test_the_authors_of_other_articles_are_not_its_own() -> None:
    below = '<div class="related"><span class="author">John Doe</span></div>'
    assert authors_of("", "", below) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("新华社北京8月1日电（记者王小明、张大同）全球数字贸易博览会开幕。", ("王小明", "张大同")),
        ("博览会开幕。\n本报记者 王小明", ("王小明",)),
        ("The forum opened.\nBy Jane Roe", ("Jane Roe",)),
        ("The forum opened.\nGuests came.", ()),
    ],
)
def test_a_text_may_name_its_reporters(text: str, names: tuple[str, ...]) -> None:
    assert find_signature(text).names == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Roe and John Doe", ["Jane Roe", "John Doe"]),
        ("Felix Muster und Jörg Beispiel, dpa", ["Felix Muster", "Jörg Beispiel", "dpa"]),
        ("Jane Roe (Harbour News)", ["Jane Roe"]),
        ("Jane Roe December 2, 2025", ["Jane Roe"]),
        ("ByJane Roe", ["Jane Roe"]),
        ("M. N.", ["M. N."]),
    ],
)
def test_a_byline_is_split_into_names(byline: str, names: list[str]) -> None:
    assert list(split_names(byline)) == names


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("Jane van der Roe", True),
        ("ジョン・スミス", True),
        ("Jane", False),
        ("Read More", False),
        ("Harbour News", False),
        ("forum on trade", False),
    ],
)
def test_a_name_is_known_by_its_look(name: str, *, sure: bool) -> None:
    assert is_surely_person(name) == sure
