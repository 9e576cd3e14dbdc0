import pytest
from lxml import html

from scraper.extraction.parts import find_next_part, join_texts

HOST = "http://news.example.org"


@pytest.mark.parametrize(
    ("first", "part", "number"),
    [
        ("/2024-04/19/content_117.htm", "/2024-04/19/content_117_2.htm", 2),
        ("/2024-04/19/content_117.htm", "/2024-04/19/content_117_3.htm", 3),
        ("/2024-04/19/content_117.htm", "/2024-04/19/content_117_1.htm", 2),
        ("/a/202509/27/WS68d7.html", "/a/202509/27/WS68d7_2.html", 2),
        ("/news/articles/2606/02/news097.html", "/news/articles/2606/02/news097_2.html", 2),
        ("/n1/2022/0209/c1008-32348425.html", "/n1/2022/0209/c1008-32348425-2.html", 2),
        ("/news/Gipfel-11356522.html", "/news/Gipfel-11356522.html?seite=2", 2),
        ("/story?id=7", "/story?id=7&page=2", 2),
        ("/2024/08/slug/", "/2024/08/slug/2/", 2),
        ("/2024/08/slug/", "/2024/08/slug/page/3/", 3),
    ],
)
def test_a_part_is_known_by_its_address(first: str, part: str, number: int) -> None:
    page = html.document_fromstring(f'<p>x<a href="{part}">2</a>')
    assert find_next_part(page, HOST + first, first=HOST + first, number=number) == HOST + part


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ("/2024-04/19/content_117.htm", "/2024-04/19/content_118.htm"),
        ("/2024-04/19/content_117.htm", "/2024-04/19/content_117_3.htm"),
        ("/a/summit-2023.html", "/a/summit-2024.html"),
        ("/a/t20240801_13.html", "/a/t20240801_14.html"),
        ("/story?id=7", "/story?id=8"),
        ("/?p=1", "/?p=2"),
        ("/story?id=7", "/story?id=8&page=2"),
        ("/2024/08/slug/", "/2024/08/other/2/"),
        ("/2024/08/slug/", "http://other.example/2024/08/slug/2/"),
    ],
)
def test_what_only_looks_like_a_part_is_none(first: str, other: str) -> None:
    page = html.document_fromstring(
        f'<link rel="next" href="{other}"><p><a href="{other}">Next</a>'
    )
    assert find_next_part(page, HOST + first, first=HOST + first, number=2) is None


def test_a_part_does_not_lead_to_itself_or_back() -> None:
    first = f"{HOST}/content_117.htm"
    page = html.document_fromstring(
        '<p><a href="content_117.htm">1</a><a href="content_117_2.htm">2</a>'
    )
    assert find_next_part(page, f"{HOST}/content_117_2.htm", first=first, number=3) is None


def test_what_the_parts_repeat_stands_once() -> None:
    texts = ["Xinhua, August 1\nOne.\nTwo.", "Title\nXinhua, August 1\nThree.", "Four."]
    assert join_texts(texts, title="Title") == "Xinhua, August 1\nOne.\nTwo.\nThree.\nFour."
