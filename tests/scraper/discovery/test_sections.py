import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discovery import ListPage, read_list, sections
from scraper.sources import Selectors, Source

HOST = "http://127.0.0.2:8471"
SECTION = f"{HOST}/business/node_7074857.htm"
INCLUDE = (r"/\d{4}-\d{2}/\d{2}/content_\d+\.s?html?$",)


def make_source(**selectors: str) -> Source:
    return Source(
        name="example",
        title="Example",
        home=f"{HOST}/",
        sections=(SECTION, f"{HOST}/china/node_7075073.htm"),
        include=INCLUDE,
        selectors=Selectors(**selectors),
    )


def read(
    body: bytes | str,
    source: Source | None = None,
    *,
    url: str = SECTION,
    content_type: str | None = None,
) -> ListPage:
    data = body if isinstance(body, bytes) else body.encode()
    return read_list("section", data, url, content_type, source or make_source())


def paths(page: ListPage) -> list[str]:
    return [link.url.removeprefix(HOST) for link in page.links]


def following(page: ListPage) -> list[str]:
    return [further.url.removeprefix(HOST) for further in page.further]


# A section page in the shape of those of the founding portal.
PAGE = """\
<!DOCTYPE html><html><head><title>Business</title></head><body>
<div class="nav"><a href="/">Home</a><a href="/china/node_7075073.htm">China</a></div>
<div class="columns1">
<ul>
<li><a href="../2024-08/01/content_117341.htm">Digital economy forum opens in Lhasa</a>
  <span>August 1, 2024</span></li>
<li><a href="/world/Off_the_Wire/2024-07/31/content_117340.shtml">Xinhua: trade grows</a></li>
</ul>
<div id="autopage"><center><span>1</span>
  <a href="node_7074857_2.htm">2</a> <a href="node_7074857_3.htm">3</a></center></div>
</div>
<div class="side"><a href="/2024-07/01/content_117001.htm">Most read</a></div>
<script>document.write('<a href="/2024-01/01/content_1.htm">no link</a>')</script>
</body></html>
"""
ROWS = ["/2024-08/01/content_117341.htm", "/world/Off_the_Wire/2024-07/31/content_117340.shtml"]


def test_a_selector_names_the_links() -> None:
    page = read(PAGE, make_source(links=".columns1 > ul > li > a", next="#autopage a"))
    assert paths(page) == ROWS
    assert page.problems == ()
    assert page.links[0].title == "Digital economy forum opens in Lhasa"
    assert page.links[0].found_as == "section"


def test_without_a_selector_the_url_rules_name_the_links() -> None:
    assert paths(read(PAGE)) == [*ROWS, "/2024-07/01/content_117001.htm"]


def test_a_selector_may_name_the_rows() -> None:
    assert paths(read(PAGE, make_source(links=".columns1 li"))) == ROWS


def test_a_selector_that_finds_nothing_any_more_is_a_problem_and_the_rules_choose() -> None:
    page = read(PAGE, make_source(links="ul.news a"))
    assert paths(page) == [*ROWS, "/2024-07/01/content_117001.htm"]
    assert page.problems == (f"section {SECTION}: no link matches 'ul.news a': a new layout?",)


@pytest.mark.parametrize("selectors", [{}, {"next": "#autopage a"}, {"next": "#gone"}])
def test_the_following_page_is_found(selectors: dict[str, str]) -> None:
    assert following(read(PAGE, make_source(**selectors))) == ["/business/node_7074857_2.htm"]


def test_the_following_page_of_a_following_page_is_the_next_one() -> None:
    body = PAGE.replace("<span>1</span>", '<a href="node_7074857.htm">1</a>')
    page = read(body, url=f"{HOST}/business/node_7074857_2.htm")
    assert following(page) == ["/business/node_7074857_3.htm"]


def test_nothing_follows_the_last_page() -> None:
    source = make_source(next="#autopage a")
    assert following(read(PAGE, source, url=f"{HOST}/business/node_7074857_3.htm")) == []


@pytest.mark.parametrize(
    ("link", "followed"),
    [
        ('<a rel="next" href="/business/more?after=117340">Older</a>', True),
        ('<link rel="next" href="/business/more?after=117340">', True),
        ('<a rel="nofollow next" href="/business/more?after=117340">Older</a>', True),
        ('<a rel="next" href="http://evil.example/2">Next</a>', False),
        ('<a rel="next" href="node_7074857.htm">Next</a>', False),
        ('<a rel="next" href="/china/node_7075073.htm">Next section</a>', False),
        ('<a rel="next" href="javascript:next()">Next</a>', False),
        ('<a href="/business/more?after=117340">Older</a>', False),
    ],
)
def test_a_declared_following_page_needs_no_number(link: str, followed: bool) -> None:
    assert following(read(f"<body>{link}")) == ["/business/more?after=117340"] * followed


def test_a_selector_for_the_following_page_needs_no_number() -> None:
    body = '<a class="older" href="/business/before-117340">Older</a>'
    assert following(read(body, make_source(next="a.older"))) == ["/business/before-117340"]


def test_pages_of_the_section_are_no_articles() -> None:
    source = Source(
        name="x", title="X", home=f"{HOST}/", sections=(f"{HOST}/news/",), include=("/a-|/news/",)
    )
    body = '<a href="/news/page/2/">2</a><a href="/news/?page=3">3</a><a href="/a-story">A</a>'
    assert paths(read(body, source, url=f"{HOST}/news/")) == ["/a-story"]


@pytest.mark.parametrize(
    ("declared", "content_type"),
    [
        ('<meta charset="gb2312">', None),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gbk">', "text/html"),
        ("", "text/html; charset=GB2312"),
        ('<meta charset="gbk">', "text/html; charset=ISO-8859-1"),
    ],
)
def test_a_gbk_page_is_decoded(declared: str, content_type: str | None) -> None:
    # 镕 and 喆 are in GBK, and not in GB 2312.
    title = "数字经济大会在北京开幕 镕喆参加 中国的发展是一个新的时代"
    body = f'<html><head>{declared}</head><a href="/2024-08/01/content_1.htm">{title}</a>'
    page = read(body.encode("gbk"), content_type=content_type)
    assert [link.title for link in page.links] == [title]


def test_a_declared_base_counts() -> None:
    body = f'<base href="{HOST}/a/b/"><a href="../2024-08/01/content_1.htm">A</a>'
    assert paths(read(body)) == ["/a/2024-08/01/content_1.htm"]


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ('<a href="{}">Digital <em>economy</em> &amp; trade</a>', "Digital economy & trade"),
        (
            '<a href="{}" title="Digital economy forum opens">Digital eco...</a>',
            "Digital economy forum opens",
        ),
        ('<a href="{}" title="A note">Digital economy</a>', "Digital economy"),
        ('<a href="{}"><img src="x.jpg"></a> <a href="{}">Headline</a>', "Headline"),
        ('<a href="{}">Read more</a> <a href="{}">Headline</a>', "Headline"),
        ('<a href="{}">[更多]</a>', None),
        ('<a href="{}"><h3>Headline</h3><p>The teaser.</p><i>2024-08-01</i></a>', "Headline"),
        ('<a href="{}">A\x07<script>x()</script>\u202e B</a>', "A B"),
    ],
)
def test_the_title_is_what_the_link_says(link: str, title: str | None) -> None:
    (found,) = read(link.replace("{}", "/2024-08/01/content_1.htm")).links
    assert found.title == title


@pytest.mark.parametrize(
    ("beside", "date"),
    [
        ("<span>2024-08-01 10:30</span>", "2024-08-01 10:30"),
        ("[2024/8/1]", "2024/8/1"),
        ("<i>2024年8月1日</i>", "2024年8月1日"),
        ("Xinhua, August 1, 2024", "August 1, 2024"),
        ("<p>1 Sept 2024</p>", "1 Sept 2024"),
        (
            '<time datetime="2024-08-01T10:30:00+08:00">1 hour ago</time>',
            "2024-08-01T10:30:00+08:00",
        ),
        ("<span>2024-08-01</span> <span>Deadline: 2024-09-30</span>", None),
        ("<p>The forum that opened on August 1, 2024 in Lhasa is the third of its kind.</p>", None),
        ("<span>yesterday</span>", None),
        ("<span>12024-08-011</span>", None),
    ],
)
def test_the_date_beside_a_link(beside: str, date: str | None) -> None:
    row = f'<ul><li><h3><a href="/2024-08/01/content_1.htm">Forum of 1 May 2023</a></h3>{beside}</li></ul>'
    (link,) = read(row).links
    assert link.published_raw == date


def test_dates_of_other_rows_are_not_taken() -> None:
    rows = "".join(
        f'<li><a href="/2024-08/0{n}/content_{n}.htm">A</a> <b>2024-08-0{n}</b></li>'
        for n in (1, 2)
    )
    page = read(f'<ul><li><a href="/2024-08/03/content_3.htm">B</a></li>{rows}</ul>')
    assert [link.published_raw for link in page.links] == [None, "2024-08-01", "2024-08-02"]


def test_links_that_are_none_are_passed_over_in_silence() -> None:
    page = read(
        '<a href="javascript:x()">A</a><a href="mailto:a@b.org">B</a><a>C</a><a href="http://[">D</a>'
        '<a href="/2024-08/01/content_1.htm">E</a>'
    )
    assert paths(page) == ["/2024-08/01/content_1.htm"]
    assert page.problems == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "it is empty"),
        ("<!-- -->", "it is no page of HTML"),
        ("<p><a href='/about'>A</a>", "none of its 1 link is an article by the rules of example"),
    ],
)
def test_a_page_without_links_says_why(body: str, said: str) -> None:
    assert read(body).problems == (f"section {SECTION}: {said}",)


def test_so_many_links_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "MAX_LINKS", 3)
    page = read("".join(f'<a href="/2024-08/01/content_{number}.htm"></a>' for number in range(4)))
    assert len(page.links) == 3
    assert page.problems == (f"section {SECTION}: it has 4 links; 3 are read",)


@given(st.binary(max_size=200), st.sampled_from([None, "text/html; charset=zip"]))
def test_any_bytes_are_read(body: bytes, content_type: str | None) -> None:
    read(body, make_source(links="a"), content_type=content_type)


PIECES = [
    "<",
    ">",
    "</div>",
    "<svg>",
    "<a href=",
    "<base href='http://['>",
    "&",
    "\x00",
    "\ud800",
    "'",
]


@given(st.lists(st.tuples(st.integers(0, len(PAGE)), st.sampled_from(PIECES)), max_size=5))
def test_a_mutated_page_is_read(changes: list[tuple[int, str]]) -> None:
    body = PAGE
    for at, piece in changes:
        body = body[:at] + piece + body[at + len(piece) :]
    read(body.encode("utf-8", "surrogatepass"), make_source(links="li a", next="#autopage a"))
