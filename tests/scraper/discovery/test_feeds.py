import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.discovery import ListPage, feeds, read_list
from scraper.sources import Source

URL = "http://news.example.org/rss/feed.xml"
SOURCE = Source(
    name="example", title="Example", home="http://www.example.org/", include=(r"/\d{4}/",)
)
FEEDBURNER = (
    '<link>http://feeds.example.net/~r/1</link><f:origLink xmlns:f="http://rssnamespace.org/feedburner/'
    'ext/1.0">http://news.example.org/2024/1</f:origLink>'
)
ITEM = "<item><title>{0}</title><link>http://news.example.org/2024/{0}</link></item>"


def read(body: bytes | str, content_type: str | None = None) -> ListPage:
    return read_list(
        "feed", body if isinstance(body, bytes) else body.encode(), URL, content_type, SOURCE
    )


def rss(items: str, before: str = "") -> str:
    return f'{before}<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


def paths(page: ListPage) -> list[str]:
    return [link.url.removeprefix("http://news.example.org") for link in page.links]


def test_an_rss_feed_gives_links_with_titles_and_dates_in_their_order() -> None:
    page = read(
        rss(
            "<item><title>Two</title><link>http://news.example.org/2024/2?utm_source=rss</link>"
            "<pubDate>Thu, 01 Aug 2024 10:00:00 +0800</pubDate></item>" + ITEM.format("1")
        )
    )
    assert page.problems == ()
    assert [(link.url, link.title, link.published_raw) for link in page.links] == [
        ("http://news.example.org/2024/2", "Two", "Thu, 01 Aug 2024 10:00:00 +0800"),
        ("http://news.example.org/2024/1", "1", None),
    ]
    assert {(link.found_in, link.found_as) for link in page.links} == {(URL, "feed")}


def test_an_atom_feed_gives_its_alternate_links_and_updates() -> None:
    page = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">Q&amp;amp;A</title>'
        '<link rel="enclosure" href="/2024/sound"/><link rel="alternate" href="/2024/1"/>'
        "<updated>2024-08-01T10:00:00Z</updated></entry></feed>"
    )
    (link,) = page.links
    assert (link.url, link.title, link.published_raw) == (
        "http://news.example.org/2024/1",
        "Q&A",
        "2024-08-01T10:00:00Z",
    )


def test_an_rdf_feed_is_read() -> None:
    page = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/">' + ITEM.format("1") + "</rdf:RDF>"
    )
    assert paths(page) == ["/2024/1"]


@pytest.mark.parametrize(
    ("item", "path"),
    [
        ("<link>/2024/1</link>", "/2024/1"),
        ("<link>2024/1</link>", "/rss/2024/1"),
        ("<link>\n  /2024/1\n</link>", "/2024/1"),
        ('<link xml:base="http://news.example.org/a/">2024/1</link>', "/a/2024/1"),
        ("<guid>http://news.example.org/2024/1</guid>", "/2024/1"),
        (
            '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="alternate" href="/2024/1"/>',
            "/2024/1",
        ),
        (FEEDBURNER, "/2024/1"),
        ("<link>http://news.example.org/2024/1?a=1&b=2</link>", "/2024/1?a=1&b=2"),
        ("<link><![CDATA[http://news.example.org/2024/1?a=1&b=2]]></link>", "/2024/1?a=1&b=2"),
    ],
)
def test_where_the_link_of_an_entry_may_stand(item: str, path: str) -> None:
    assert paths(read(rss(f"<item>{item}</item>"))) == [path]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("China&#8217;s digital&nbsp;economy", "China\u2019s digital economy"),
        ("<![CDATA[数字<b>经济</b>大会]]>", "数字经济大会"),
        ("&lt;p&gt;A&lt;br/&gt;B&lt;/p&gt;", "A B"),
        ("  A \n\t B ", "A B"),
        ("A\x00B\x07C\u202eD", "ABCD"),
        ("A &#xD800; B &#0; C", "A \ufffd B \ufffd C"),
        ("AT&T & Q&A; 5 &lt; 6", "AT&T & Q&A; 5 < 6"),
        ("e\u0301", "é"),
        ("<![CDATA[<!--><img src=x onerror=alert(1)>-->]]>", None),
    ],
)
def test_titles_are_plain_text(title: str, text: str | None) -> None:
    (link,) = read(
        rss(f"<item><title>{title}</title><link>http://news.example.org/2024/1</link></item>")
    ).links
    assert link.title == text


@pytest.mark.parametrize(
    ("declaration", "content_type"),
    [
        ('<?xml version="1.0" encoding="GB2312"?>', None),
        ("", "application/rss+xml; charset=gbk"),
        ('<?xml version="1.0" encoding="gbk"?>', "text/xml; charset=ISO-8859-1"),
        ('<?xml version="1.0" encoding="zip"?>', "text/xml; charset=gb2312"),
    ],
)
def test_a_gbk_feed_is_decoded(declaration: str, content_type: str | None) -> None:
    # 镕 and 喆 are in GBK, and not in GB 2312.
    title = "数字经济大会在北京开幕 镕喆参加 中国的发展是一个新的时代"
    body = rss(ITEM.format("1").replace(">1<", f">{title}<"), declaration).encode("gbk")
    assert [link.title for link in read(body, content_type).links] == [title]


def test_what_the_rules_refuse_is_left_out_and_a_link_counts_once() -> None:
    page = read(
        rss(
            ITEM.format("1")
            + "<item><link>http://other.example.com/2024/1</link></item>"
            + "<item><link>http://news.example.org/about</link></item>"
            + ITEM.format("1")
        )
    )
    assert paths(page) == ["/2024/1"]
    assert page.problems == ()


def test_a_bad_link_costs_one_link_and_is_named() -> None:
    bad = "<item><link>javascript:alert(1)</link></item>"
    page = read(rss(ITEM.format("1") + bad + ITEM.format("2")))
    assert paths(page) == ["/2024/1", "/2024/2"]
    assert page.problems == (
        f"feed {URL}: 1 bad link: javascript:alert(1): only http and https are requested",
    )


def test_many_bad_links_are_counted_and_some_of_them_named() -> None:
    bad = "".join(f"<item><link>ftp://example.org/{n}</link></item>" for n in range(9))
    (problem,) = read(rss(ITEM.format("1") + bad)).problems
    assert "9 bad links" in problem
    assert "and 6 more" in problem


def test_entries_without_a_link_are_counted() -> None:
    page = read(rss(ITEM.format("1") + "<item><link>http://[bad</link></item><item/>"))
    assert paths(page) == ["/2024/1"]
    assert page.problems == (f"feed {URL}: 2 of its 3 entries have no link to use",)


def test_an_entry_that_feedparser_cannot_read_costs_no_other() -> None:
    # Its tolerant parser looks up the place of the entry that has just ended: KeyError for the whole.
    bad = '<item><x:point xmlns:x="http://www.georss.org/georss">1 </item></item>2</x:point>'
    page = read(rss(ITEM.format("1") + bad + ITEM.format("3")))
    assert paths(page) == ["/2024/1", "/2024/3"]
    assert "one of its entries cannot be read: KeyError" in page.problems[0]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "it is empty"),
        (" \n ", "it is empty"),
        ("<!DOCTYPE html><html><body>Moved</body></html>", "it is a page of HTML, no feed"),
        ("<?xml version='1.0'?>\n<!-- a --><HTML lang=en>", "it is a page of HTML, no feed"),
        ('{"items": []}', "it lists nothing"),
        ('{"entries": []}', "it is JSON, but no JSON Feed: it has no list of `items`"),
        ("\x00\x01\x02", "it is neither RSS nor Atom"),
        (rss(""), "it lists nothing"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: str, said: str) -> None:
    page = read(body)
    assert (page.links, page.problems) == ((), (f"feed {URL}: {said}",))


def test_a_feed_of_other_links_says_that_the_rules_accept_none() -> None:
    (problem,) = read(rss("<item><link>http://other.example.com/2024/1</link></item>")).problems
    assert problem.endswith("none of its 1 link is an article by the rules of example")


def test_a_truncated_feed_gives_what_is_there() -> None:
    page = read(rss(ITEM.format("1") + ITEM.format("2"))[:-60])
    assert paths(page)[0] == "/2024/1"
    assert "it is not well-formed" in page.problems[0]


def test_a_document_type_with_entities_is_ignored() -> None:
    doctype = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "/etc/hostname">]>'
    )
    page = read(rss(ITEM.format("1").replace(">1<", ">&a;&b;<"), doctype))
    assert [link.title for link in page.links] == ["&a;&b;"]
    assert page.problems == ()


def test_a_body_that_names_a_file_opens_none() -> None:
    assert read("/etc/hostname").links == ()


def test_so_many_links_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_LINKS", 3)
    page = read(rss("".join(ITEM.format(number) for number in range(4))))
    assert len(page.links) == 3
    assert page.problems == (f"feed {URL}: it has 4 links; 3 are read",)


@pytest.mark.parametrize(
    "body",
    [
        "<?xml" + " encoding='a' " * 5_000 + "?>" + rss(ITEM.format("1")),
        "<?x" + " encoding='a' " * 5_000 + "?>" + rss(ITEM.format("1")),
        "<!-- a -->" * 5_000 + rss(ITEM.format("1")),
        rss(ITEM.format("1") + f"<item><author>{'a' * 100_000}</author></item>"),
        rss(ITEM.format("1") + f"<item><author><![CDATA[{'a' * 100_000}]]></author></item>"),
        rss(ITEM.format("1") + f"<item><title>{'&' * 100_000}</title></item>"),
        rss(ITEM.format("1")) + "<![CDATA[&" * 20_000,
    ],
    ids=["declaration", "instruction", "comments", "author", "cdata author", "ampersands", "cdata"],
)
def test_what_is_made_to_be_slow_is_read_in_time(body: str) -> None:
    # The limit of a worker's CPU time would end these; pytest would hang for minutes.
    assert paths(read(body))[:1] == ["/2024/1"]


SEED = rss(ITEM.format("1") + ITEM.format("2"), '<?xml version="1.0" encoding="gbk"?>').encode()
PIECES = [
    b"<",
    b">",
    b"&",
    b"<![CDATA[",
    b"]]>",
    b"&#xD800;",
    b"<item>",
    b"<link>",
    b"http://[",
    b"\xff",
]


@given(
    st.binary(max_size=200), st.sampled_from([None, "x/y; charset=zip", "text/xml; charset=gbk"])
)
def test_any_bytes_are_read(body: bytes, content_type: str | None) -> None:
    read(body, content_type)


@given(st.lists(st.tuples(st.integers(0, len(SEED)), st.sampled_from(PIECES)), max_size=5))
def test_a_mutated_feed_is_read(changes: list[tuple[int, bytes]]) -> None:
    body = SEED
    for at, piece in changes:
        body = body[:at] + piece + body[at + len(piece) :]
    assert {link.url for link in read(body).links} or read(body).problems or not changes


def test_the_hours_and_days_of_no_requests_are_read() -> None:
    skips = (
        "<skipHours><hour>0</hour><hour>3</hour><hour>24</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>saturday</day></skipDays>"
    )
    page = read(rss(skips + ITEM.format("1")))
    assert (page.skip_hours, page.skip_days) == ((0, 3), (5, 6))


def test_a_feed_that_wants_no_request_at_all_is_not_believed() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    assert read(rss(f"<skipHours>{hours}</skipHours>" + ITEM.format("1"))).skip_hours == ()
