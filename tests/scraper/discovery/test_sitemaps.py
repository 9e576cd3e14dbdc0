import gzip
import zlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discovery import ListPage, read_list, sitemaps
from scraper.sources import Source

URL = "http://www.example.org/sitemap.xml"
SOURCE = Source(
    name="example", title="Example", home="http://www.example.org/", include=(r"/\d{4}/",)
)
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def read(body: bytes | str, content_type: str | None = None) -> ListPage:
    return read_list(
        "sitemap", body if isinstance(body, bytes) else body.encode(), URL, content_type, SOURCE
    )


def urlset(*locations: str) -> str:
    urls = "".join(f"<url><loc>{location}</loc></url>" for location in locations)
    return f"<urlset {SPACES}>{urls}</urlset>"


def paths(page: ListPage) -> list[str]:
    return [link.url.removeprefix("http://www.example.org") for link in page.links]


def test_a_news_sitemap_gives_links_with_titles_and_dates() -> None:
    page = read(
        f"<urlset {SPACES}><url><loc>\n http://www.example.org/2024/1 </loc><lastmod>2026-01-01</lastmod>"
        "<news:news><news:publication_date>2024-08-01</news:publication_date>"
        "<news:title>Q&amp;amp;A</news:title></news:news><image:image><image:loc>http://www.example.org/"
        "2024/picture</image:loc><image:title>Picture</image:title></image:image></url></urlset>"
    )
    assert page.problems == ()
    (link,) = page.links
    assert (link.url, link.title, link.published_raw, link.found_as) == (
        "http://www.example.org/2024/1",
        "Q&A",
        "2024-08-01",
        "sitemap",
    )


def test_the_day_of_the_last_change_is_no_date_of_publication() -> None:
    page = read(
        "<urlset><url><loc>http://www.example.org/2024/1</loc><lastmod>2024-04-01</lastmod></url></urlset>"
    )
    assert page.links[0].published_raw is None


def test_an_index_gives_its_sitemaps_those_last_changed_first() -> None:
    days = {"a": "2023-01-31", "b": "2024-02-01T10:00:00Z", "c": "", "d": "2024-01-01"}
    maps = "".join(
        f"<sitemap><loc>/{name}.xml.gz</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in days.items()
    )
    page = read(f"<sitemapindex {SPACES}>{maps}</sitemapindex>")
    assert [further.url for further in page.further] == [
        f"http://www.example.org/{name}.xml.gz" for name in "bdac"
    ]
    assert {further.purpose for further in page.further} == {"sitemap"}


def test_an_index_leads_to_no_other_domain() -> None:
    page = read(
        "<sitemapindex><sitemap><loc>http://maps.example.org/a.xml</loc></sitemap>"
        "<sitemap><loc>http://evil.example/b.xml</loc></sitemap></sitemapindex>"
    )
    assert [further.url for further in page.further] == ["http://maps.example.org/a.xml"]
    assert "http://evil.example/b.xml: on another domain than example" in page.problems[0]


def test_an_index_leads_to_so_many_sitemaps_and_no_more() -> None:
    maps = "".join(f"<sitemap><loc>/{number}.xml</loc></sitemap>" for number in range(501))
    page = read(f"<sitemapindex>{maps}</sitemapindex>")
    assert len(page.further) == 500
    assert page.problems == (
        f"sitemap {URL}: it names 501 sitemaps; the 500 last changed are read",
    )


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("http://www.example.org/2024/1?a=1&amp;b=2", "/2024/1?a=1&b=2"),
        ("http://www.example.org/2024/1?a=1&b=2&lang=en", "/2024/1?a=1&b=2&lang=en"),
        ("<![CDATA[http://www.example.org/2024/1?a=1&b=2]]>", "/2024/1?a=1&b=2"),
        ("http://www.example.org/2024/1\x01", "/2024/1"),
        ("http://www.example.org/2024/数", "/2024/%E6%95%B0"),
    ],
)
def test_a_location_is_read_as_it_was_meant(location: str, path: str) -> None:
    page = read(urlset(location, "http://www.example.org/2024/next"))
    assert paths(page) == [path, "/2024/next"]
    assert page.problems == ()


def test_one_bad_location_costs_one_link() -> None:
    page = read(urlset("http://www.example.org/2024/1", "javascript:x", "/2024/2"))
    assert paths(page) == ["/2024/1", "/2024/2"]
    assert "1 bad link: javascript:x" in page.problems[0]


def test_a_gzipped_sitemap_is_unpacked() -> None:
    assert paths(read(gzip.compress(urlset("/2024/1").encode()))) == ["/2024/1"]


def test_a_cut_gzip_gives_what_is_there() -> None:
    many = urlset(*(f"/2024/{number}" for number in range(2_000)))
    page = read(gzip.compress(many.encode())[:-2_000])
    assert paths(page)[0] == "/2024/0"
    assert page.problems[0] == f"sitemap {URL}: its gzip form is cut off"


def test_a_damaged_gzip_is_a_problem() -> None:
    (problem,) = read(b"\x1f\x8b\x08\x00 no gzip at all").problems
    assert "its gzip form is damaged" in problem


def test_a_gzip_bomb_is_cut() -> None:
    packer = zlib.compressobj(9, wbits=31)
    zeros = b" " * (1 << 20)
    bomb = b"".join(packer.compress(zeros) for _ in range(60)) + packer.flush()
    assert "it unpacks to more than 50 MiB; it is cut" in read(bomb).problems[0]


def test_a_gbk_sitemap_is_decoded() -> None:
    # 镕 is in GBK, and not in GB 2312.
    body = (
        f'<?xml version="1.0" encoding="gb2312"?><urlset {SPACES}><url><loc>/2024/1</loc><news:news>'
        "<news:title>数字经济大会在北京开幕 镕参加</news:title></news:news></url></urlset>"
    )
    assert read(body.encode("gbk")).links[0].title == "数字经济大会在北京开幕 镕参加"


def test_so_many_links_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_LINKS", 3)
    page = read(urlset(*(f"/2024/{number}" for number in range(4))))
    assert len(page.links) == 3
    assert page.problems == (f"sitemap {URL}: it has more than 3 links; the rest is not read",)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "it is empty"),
        ("nothing of the kind", "it is no sitemap"),
        ("<!DOCTYPE html><html><body></body></html>", "it is a page of HTML, no sitemap"),
        ('<rss version="2.0"></rss>', "it is a feed, no sitemap: name it in `feeds`"),
    ],
)
def test_what_is_no_sitemap_says_what_it_is(body: str, said: str) -> None:
    assert read(body) == ListPage(links=(), further=(), problems=(f"sitemap {URL}: {said}",))


def test_a_news_sitemap_of_a_quiet_day_is_no_problem() -> None:
    assert read(urlset()) == ListPage(links=(), further=(), problems=())


def test_a_truncated_sitemap_gives_what_is_there() -> None:
    page = read(urlset("/2024/1", "/2024/2")[:-20])
    assert paths(page)[0] == "/2024/1"
    assert "it is not well-formed" in page.problems[0]


def test_links_that_stand_in_each_other_are_all_read() -> None:
    page = read("<urlset><url><loc>/2024/1</loc><url><loc>/2024/2</loc></url></urlset>")
    assert sorted(paths(page)) == ["/2024/1", "/2024/2"]


def test_entities_are_never_resolved() -> None:
    page = read(
        '<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "bbb">]>'
        + urlset("/2024/&a;&b;")
    )
    assert paths(page) == ["/2024/&a;&b;"]


SEED = urlset("/2024/1", "/2024/2").encode()
PIECES = [
    b"<",
    b">",
    b"&",
    b"<![CDATA[",
    b"]]>",
    b"<url>",
    b"</url>",
    b"http://[",
    b"\xff",
    b"<!ENTITY",
]


@given(st.binary(max_size=200))
def test_any_bytes_are_read(body: bytes) -> None:
    read(body)
    read(b"\x1f\x8b\x08\x00" + body)


@given(st.lists(st.tuples(st.integers(0, len(SEED)), st.sampled_from(PIECES)), max_size=5))
def test_a_mutated_sitemap_is_read(changes: list[tuple[int, bytes]]) -> None:
    body = SEED
    for at, piece in changes:
        body = body[:at] + piece + body[at + len(piece) :]
    read(body)
    read(gzip.compress(body)[: len(body)])


@pytest.mark.parametrize(
    ("days", "newest"),
    [
        (("2024-08-01", "2024-08-03", "2024-07-30"), date(2024, 8, 3)),
        # The day on which the file was built, and one that cannot be.
        (("2024-08-01", "2024-08-01", "2024-08-01"), None),
        (("2024-08-01", "2024-08-02", "2031-01-01"), date(2024, 8, 2)),
        (("2024-08-01", "never", ""), None),
    ],
)
def test_days_of_a_change_are_believed_only_when_they_can_be(
    days: tuple[str, ...], newest: date | None
) -> None:
    urls = "".join(
        f"<url><loc>http://www.example.org/2024/{number}</loc><lastmod>{day}</lastmod></url>"
        for number, day in enumerate(days)
    )
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()
    page = read_list("sitemap", body, URL, None, SOURCE, today=date(2024, 8, 20))
    assert page.newest == newest
