from datetime import date

import pytest

from scraper.discovery import read_list
from scraper.discovery.back import look_back
from scraper.sources import ListPurpose, Source, archive_pages

SINCE = date(2024, 1, 1)
SOURCE = Source(name="portal", title="Portal", home="http://a.org/", include=("/news/",))


def behind(purpose: ListPurpose, body: str) -> tuple[list[str], list[str]]:
    page = read_list(purpose, body.encode(), "http://a.org/list", None, SOURCE)
    links, further = look_back(page, purpose, since=SINCE)
    return [link.url for link in links], [one.url for one in further]


def sitemap(kind: str, *rows: tuple[str, str]) -> str:
    inside = "".join(
        f"<{kind}><loc>http://a.org{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{kind}>"
        for path, day in rows
    )
    root = "sitemapindex" if kind == "sitemap" else "urlset"
    return f'<?xml version="1.0"?><{root}>{inside}</{root}>'


def section(*rows: tuple[str, str]) -> str:
    items = "".join(
        f'<li><a href="{path}">Talks on trade and data go on in a second round</a> <span>{day}</span></li>'
        for path, day in rows
    )
    return f'<html><body><ul>{items}</ul><a href="/list?page=2" rel="next">Next</a></body></html>'


def test_sitemaps_that_did_not_change_since_are_left_out() -> None:
    index = sitemap("sitemap", ("/3.xml", "2024-05-01"), ("/2.xml", "2023-12-31"), ("/1.xml", ""))
    assert behind("sitemap", index) == ([], ["http://a.org/3.xml", "http://a.org/1.xml"])


def test_articles_with_an_older_day_in_their_url_are_left_out() -> None:
    links, _ = behind(
        "sitemap",
        sitemap("url", ("/news/2023/11/30/a", ""), ("/news/2024/02/01/b", ""), ("/news/c", "")),
    )
    assert links == ["http://a.org/news/2024/02/01/b", "http://a.org/news/c"]


@pytest.mark.parametrize(
    ("days", "goes_on"),
    [
        (("2024-02-01", "2023-12-31"), True),
        (("2023-12-31", "2023-12-30"), False),
        (("", ""), True),
    ],
)
def test_a_section_is_followed_until_all_on_a_page_is_older(
    days: tuple[str, str], *, goes_on: bool
) -> None:
    rows = [(f"/news/{number}.html", day) for number, day in enumerate(days)]
    _, further = behind("section", section(*rows))
    assert bool(further) is goes_on


def test_archive_pages_are_named_once_each_the_newest_first() -> None:
    source = Source(
        name="portal", title="Portal", home="http://a.org/", archives=("http://a.org/{yyyy}/{mm}/",)
    )
    pages = archive_pages(source, since=date(2023, 12, 30), today=date(2024, 2, 1))
    assert [page.url[-8:] for page in pages] == ["2024/02/", "2024/01/", "2023/12/"]
