from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.demo import FOUNDING_TITLE, World
from scraper.extraction import Hints, Mode, read_page
from storage.records import Article, NotAnArticle, Page

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SENTENCES = (
    "The forum on digital trade opened in the old customs house with guests from nine countries. "
    "An official of the bureau said that the port now clears most goods without paper. "
    "Farmers, bankers and programmers discussed what data may cross the border, and under which law."
)
BODY = f"<p>{SENTENCES}</p>" * 2
LONG_BODY = "".join(
    f"<p>On day {day} of the forum, delegation number {3 * day} spoke. {SENTENCES}</p>"
    for day in range(6)
)


def read(
    body: str | bytes,
    *,
    url: str = "http://news.example.org/2024/a-1",
    content_type: str = "text/html",
    **hints,
):
    page = Page(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", content_type),),
        body=body.encode() if isinstance(body, str) else body,
        fetched_at=NOW,
    )
    return read_page(page, hints=Hints(now=NOW, **hints))


def article(
    head: str = "", top: str = "", *, title: str = "Forum on digital trade opens", **hints
) -> Article:
    found = read(
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{top}{BODY}</article></body></html>",
        **hints,
    )
    assert isinstance(found, Article)
    return found


def kind_of(found: Article | NotAnArticle) -> str:
    return found.kind if isinstance(found, NotAnArticle) else "article"


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.mark.parametrize("mode", ["best", "fast"])
@pytest.mark.parametrize("portal", [portal.name for portal in World(0).portals])
def test_the_pages_of_a_portal_are_read_without_their_furniture(
    world: World, portal: str, mode: Mode
) -> None:
    respond = world.responder(portal)
    for wanted in [a for a in world.articles if a.portal == portal][:8]:
        response = respond(wanted.path)
        assert response is not None
        found = read(
            response.body, url=world.url(wanted), content_type=response.content_type, mode=mode
        )
        assert isinstance(found, Article)
        assert found.text == "\n".join(wanted.part(1))
        assert (found.title, found.published_date, found.language) == (
            wanted.title,
            wanted.day,
            wanted.language,
        )
        assert found.authors == wanted.authors


@pytest.mark.parametrize("mode", ["best", "fast"])
def test_every_field_of_the_founding_page_is_right(world: World, mode: Mode) -> None:
    founding = next(a for a in world.articles if a.title == FOUNDING_TITLE)
    response = world.responder("demo_china")(founding.path)
    found = read(response.body, url=world.url(founding), mode=mode)
    assert (found.title, found.text) == (FOUNDING_TITLE, "\n".join(founding.part(1)))
    assert (found.credit, found.authors, found.language) == ("Xinhua", (), "en")
    assert (found.published_date, found.published_precision) == (date(2024, 8, 1), "day")


def test_a_reading_says_which_mode_and_which_extractors_made_it() -> None:
    assert {article(mode=mode).extractor.split(",")[0] for mode in ("best", "fast")} == {
        "wireroom 3 best",
        "wireroom 3 fast",
    }


def test_what_was_read_says_where_it_came_from() -> None:
    linked = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Forum on digital trade opens",'
        '"datePublished": "2024-08-01T09:30:00+08:00", "author": {"@type": "Person", "name": "A. Reporter"}}</script>'
    )
    found = article(linked)
    assert found.published_at == datetime(2024, 8, 1, 1, 30, tzinfo=UTC)
    assert found.published_precision == "minute"
    assert found.authors == ("A. Reporter",)
    assert found.provenance["authors"] == found.provenance["published_date"] == "json-ld"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Xinhua, August 1, 2024", date(2024, 8, 1)),
        ("2024年08月01日 09:03　来源：新华社", date(2024, 8, 1)),
        ("Published: 1 Aug 2024", date(2024, 8, 1)),
        ("01.08.2024, 14:05 Uhr", date(2024, 8, 1)),
        ("Jueves, 1 de agosto de 2024", date(2024, 8, 1)),
        ("11 Sept. 2024", date(2024, 9, 11)),
    ],
)
def test_the_day_is_read_as_it_is_printed(line: str, day: date) -> None:
    assert article(top=f"<div>{line}</div>", timezone="Asia/Shanghai").published_date == day


@pytest.mark.parametrize(
    "listed", ["2024-08-01", "Thu, 01 Aug 2024 09:30:00 +0800", "2024-08-01T01:30:00Z"]
)
@pytest.mark.parametrize("top", ["", "<div>August 1, 2024</div>"])
def test_of_the_date_beside_a_link_only_the_day_counts(listed: str, top: str) -> None:
    # A feed has a time and a section none, and which of them is read first is chance.
    found = article(top=top, published_raw=listed, timezone="Asia/Shanghai")
    day = article(top=top, published_raw="2024-08-01", timezone="Asia/Shanghai")
    assert found == day
    assert (found.published_date, found.published_at) == (date(2024, 8, 1), None)


def test_the_text_of_a_link_changes_no_title_that_the_page_states() -> None:
    page = f"<html><head><title>Forum on digital trade opens</title></head><body><article>{BODY}</article></body></html>"
    found = read(page, title="Forum opens on digital trade, guests say")
    assert isinstance(found, Article)
    assert (found.title, found.provenance["title"]) == ("Forum on digital trade opens", "page")


def test_the_text_of_a_link_is_the_title_of_a_page_that_states_none() -> None:
    page = f"<html><body><article>{BODY}</article></body></html>"
    found = read(page, title="Forum opens on digital trade, guests say")
    assert isinstance(found, Article)
    assert (found.title, found.provenance["title"]) == (
        "Forum opens on digital trade, guests say",
        "feed",
    )


@pytest.mark.parametrize(
    ("language", "host", "day"),
    [
        ("en-GB", "news.example.org", date(2024, 8, 1)),
        ("en", "news.example.co.uk", date(2024, 8, 1)),
        ("en-US", "news.example.co.uk", date(2024, 1, 8)),
        ("fr", "news.example.org", date(2024, 8, 1)),
        ("en", "news.example.org", None),
    ],
)
def test_which_number_is_the_month_depends_on_where_it_is_written(
    language: str, host: str, day: date | None
) -> None:
    page = f'<html lang="{language}"><title>Forum opens</title><body><h1>Forum opens</h1><p>01/08/2024</p>{BODY}</body></html>'
    found = read(page, url=f"http://{host}/a-1")
    assert isinstance(found, Article)
    assert found.published_date == day


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>News</title></channel></rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>',
        '<?xml version="1.0"?><!-- made --><urlset><url><loc>http://a.org/1</loc></url></urlset>',
    ],
)
def test_a_feed_or_a_sitemap_is_no_article(body: str) -> None:
    assert kind_of(read(body, content_type="application/xml")) == "wrong type"


def test_a_row_of_figures_is_kept_whatever_its_first_word() -> None:
    rows = "".join(
        f"<tr><td>{word}</td><td>{n}</td><td>{n + 7}</td></tr>"
        for n, word in enumerate(("Size", "Share", "Visitors"), start=10)
    )
    page = f"<html><title>Forum opens</title><body><article><h1>Forum opens</h1>{BODY}<table>{rows}</table>{BODY}</article></body></html>"
    found = read(page)
    assert isinstance(found, Article)
    assert [line for line in found.text.split("\n") if " | " in line] == [
        "Size | 10 | 17",
        "Share | 11 | 18",
        "Visitors | 12 | 19",
    ]


def test_midnight_in_beijing_is_the_day_that_is_printed() -> None:
    found = article(
        '<meta property="article:published_time" content="2024-07-31T16:30:00Z">',
        "<div>August 1, 2024 00:30</div>",
        timezone="Asia/Shanghai",
    )
    assert found.published_date == date(2024, 8, 1)


def test_all_dates_of_a_page_are_kept_with_the_reason_for_one() -> None:
    found = article(
        '<meta property="article:published_time" content="2024-08-01T09:30:00+08:00">'
        '<meta name="pubdate" content="2031-01-01">',
        "<div>March 3, 2022</div>",
    )
    assert found.published_date == date(2024, 8, 1)
    assert found.provenance["published_candidates"] == (
        "meta: 2024-08-01T09:30:00+08:00 | page: March 3, 2022 | meta: 2031-01-01"
    )
    assert found.provenance["published_flags"] == "future, conflict"
    assert "declared" in found.provenance["published_why"]


def test_the_evidence_does_not_depend_on_the_list_that_led_to_the_page() -> None:
    top = "<div>August 1, 2024</div>"
    assert article(top=top, published_raw="01 Aug 2024").provenance == article(top=top).provenance


@pytest.mark.parametrize(
    ("modified", "flags"),
    [
        ("2024-07-29T09:30:00+08:00", "modified earlier"),
        # The day before in UTC, and the same day in the zone of the page.
        ("2024-08-01T01:30:00+08:00", None),
        ("2024-08-02T09:30:00+08:00", None),
    ],
)
def test_a_change_days_before_the_publication_is_flagged(modified: str, flags: str | None) -> None:
    found = article(
        '<meta property="article:published_time" content="2024-08-01T09:30:00+08:00">'
        f'<meta property="article:modified_time" content="{modified}">'
    )
    assert found.modified_at == datetime.fromisoformat(modified)
    assert found.provenance.get("published_flags") == flags


def test_a_page_without_any_date_has_no_evidence_of_one() -> None:
    assert not [field for field in article().provenance if field.startswith("published")]


@pytest.mark.parametrize("stamp", ["-0001-01-01", "9999-12-31", "2024-02-30", "yesterday"])
def test_a_day_that_cannot_be_is_no_day(stamp: str) -> None:
    assert (
        article(f'<meta property="article:published_time" content="{stamp}">').published_date
        is None
    )


def test_a_month_in_the_address_is_no_day() -> None:
    found = read(
        f"<html><head><title>Forum opens</title></head><body><h1>Forum opens</h1>{BODY}</body></html>",
        url="http://news.example.org/page/202408/1369553.shtml",
    )
    assert isinstance(found, Article)
    assert found.published_date is None


@pytest.mark.parametrize("suffix", [" - Example News", " | Example News", "_Example News"])
def test_the_portal_is_no_part_of_the_title(suffix: str) -> None:
    title = "Forum on digital trade opens"
    found = read(
        f"<html><head><title>{title}{suffix}</title></head><body>{BODY}</body></html>",
        source_title="Example News",
    )
    assert isinstance(found, Article)
    assert found.title == title


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "iso-8859-1", "zip", "rot13"])
def test_chinese_is_read_whatever_is_declared(declared: str) -> None:
    text = "全球数字贸易博览会在杭州开幕，来自九个国家的嘉宾出席。港口现在大多数货物无纸通关。" * 3
    page = (
        f'<html><head><meta charset="{declared}"><title>博览会开幕</title></head><body>'
        f"<h1>博览会开幕</h1><p>{text}</p></body></html>"
    )
    found = read(page.encode("gb18030"))
    assert isinstance(found, Article)
    assert (found.text, found.language) == (text, "zh")


def test_what_the_text_is_written_in_counts_more_than_what_is_declared() -> None:
    found = read(f'<html lang="zh"><body><h1>Forum on digital trade opens</h1>{BODY}</body></html>')
    assert isinstance(found, Article)
    assert found.language == "en"


@pytest.mark.parametrize(
    ("head", "keywords"),
    [
        ('<meta name="keywords" content="trade, ports,Trade">', ("trade", "ports")),
        ('<meta name="keywords" content="trade; ports">', ("trade", "ports")),
        ('<meta name="keywords" content="贸易、港口">', ("贸易", "港口")),
        (
            '<script type="application/ld+json">{"@type": "Article", "keywords": ["Ports &amp; trade"]}</script>',
            ("Ports & trade",),
        ),
        (
            '<meta property="article:tag" content="26157981-b4f7-4929-adc1-e860c6f03636, 100312362, 2024">',
            ("2024",),
        ),
    ],
)
def test_keywords_are_split_and_numbers_of_articles_are_none(
    head: str, keywords: tuple[str, ...]
) -> None:
    assert article(head).keywords == keywords


def test_a_text_in_the_field_of_the_section_is_no_section() -> None:
    long = "A text that somebody put into the field of the section, and that is a summary of it all"
    linked = '<script type="application/ld+json">{"@type": "Article", "articleSection": "Trade"}</script>'
    found = article(f'<meta property="article:section" content="{long}">{linked}')
    assert found.section == "Trade"


def test_markdown_is_made_on_demand() -> None:
    assert article().markdown is None
    assert "customs house" in (article(markdown=True).markdown or "")


LINKS = "".join(
    f'<li><a href="/2024/n-{n}">A headline about port number {n} and its trade</a></li>'
    for n in range(30)
)


@pytest.mark.parametrize(
    ("kind", "title", "body"),
    [
        ("index", "Business", f"<ul>{LINKS}</ul>"),
        ("search", "Search results for trade", f"<ul>{LINKS}</ul>"),
        (
            "soft 404",
            "Page not found",
            "<h1>Page not found</h1><p>We could not find what you asked for.</p>",
        ),
        ("soft 404", "页面不存在", "<p>您访问的页面不存在。</p>"),
        ("challenge", "Just a moment...", "<p>Checking if the connection is secure.</p>"),
        ("empty", "A title", "<p>Two words.</p>"),
        ("empty", "", ""),
        ("article", "Forum opens", BODY),
        ("article", "Forum opens", f"<h1>Forum opens</h1>{BODY}<aside><ul>{LINKS}</ul></aside>"),
        ("article", "404 ways to trade", f"<h1>404 ways to trade</h1>{LONG_BODY}"),
    ],
)
def test_what_is_no_article_is_named(kind: str, title: str, body: str) -> None:
    assert (
        kind_of(read(f"<html><head><title>{title}</title></head><body>{body}</body></html>"))
        == kind
    )


def test_the_home_page_is_an_index() -> None:
    found = read(
        f"<html><body><h1>News</h1>{BODY}<ul>{LINKS}</ul></body></html>",
        url="http://news.example.org/",
    )
    assert kind_of(found) == "index"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/pdf", b"%PDF-1.4"),
        ("text/html", b"%PDF-1.4 \x00"),
        ("image/png", b"\x89PNG\r\n"),
    ],
)
def test_another_type_is_no_page(content_type: str, body: bytes) -> None:
    assert kind_of(read(body, content_type=content_type)) == "wrong type"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_no_bytes_make_it_raise(noise: bytes, at: int) -> None:
    page = f"<html><head><title>T</title></head><body><h1>T</h1>{BODY}</body></html>".encode()
    assert read(page[:at] + noise + page[at:]) is not None
    assert read(noise) is not None


@pytest.mark.parametrize(
    "top",
    [
        "<div class=x>Harbour forum opens with nine countries</div><div>2024-08-01 13:03</div>",
        "<div>Home -> News</div><p><b>Harbour forum opens with nine countries</b></p>",
    ],
)
def test_a_page_without_any_title_is_named_by_the_line_above_its_text(top: str) -> None:
    found = read(f"<html><body><table><tr><td>{top}{BODY}</td></tr></table></body></html>")
    assert isinstance(found, Article)
    assert found.title == "Harbour forum opens with nine countries"
    assert found.provenance["title"] == "page"


def test_a_page_without_a_line_that_could_name_it_is_no_article() -> None:
    found = read(f"<html><body><div>10:05</div>{BODY}</body></html>")
    assert isinstance(found, NotAnArticle)


@pytest.mark.parametrize(
    "odd",
    ["\x00", "\x1b", "\x7f", "\ud800", "&#27;", "&#x1B;", "&#0;", "&#11", "&#xD800;", "&#x110000;"],
)
def test_a_character_that_is_none_costs_itself_alone(odd: str) -> None:
    sentence = "The congress on the digital economy was opened in the capital on Thursday"
    body = f"<h1>Congress{odd} opens</h1>" + f"<p>{sentence}{odd}.</p>" * 5
    found = read(body.encode("utf-8", "surrogatepass"))
    assert isinstance(found, Article)
    assert found.text.count(sentence) == 5
    assert (found.title + found.text).replace("\n", "").isprintable()
