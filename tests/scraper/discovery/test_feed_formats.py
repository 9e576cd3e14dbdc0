"""Feeds in every format, well-formed and damaged: a bad entry costs itself alone."""

import json
import random
from collections.abc import Callable
from datetime import date

import pytest

from scraper.discovery import ListPage, read_list
from scraper.sources import Source

HOME = "http://news.example.org"
URL = f"{HOME}/feed"
SOURCE = Source(name="example", title="Example", home=HOME + "/", include=(r"/2024/\d+$",))
TODAY = date(2024, 8, 20)

Entry = Callable[[int], str]


def rss(items: str, version: str = "2.0") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="{version}"><channel><title>News</title>'
        f"<link>{HOME}/</link><description>d</description><language>en-us</language><ttl>60</ttl>{items}"
        "</channel></rss>"
    )


def rss_item(number: int) -> str:
    return (
        f"<item><title>Story {number}</title><link>{HOME}/2024/{number}</link>"
        f"<pubDate>{number:02} Aug 2024 10:00:00 GMT</pubDate><description>Text.</description></item>"
    )


def old_rss_item(number: int) -> str:
    return f"<item><title>Story {number}</title><link>{HOME}/2024/{number}</link></item>"


def rdf(items: str) -> str:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f'<channel rdf:about="{HOME}/"><title>News</title><link>{HOME}/</link>'
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></channel>"
        f"{items}</rdf:RDF>"
    )


def rdf_item(number: int) -> str:
    link = f"{HOME}/2024/{number}"
    return (
        f'<item rdf:about="{link}"><title>Story {number}</title><link>{link}</link>'
        f"<dc:date>2024-08-{number:02}T10:00:00+09:00</dc:date></item>"
    )


def rss_090(items: str) -> str:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>News</title></channel>{items}</rdf:RDF>'
    )


def atom(items: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>News</title>'
        f"<id>urn:x</id><updated>2024-08-19T00:00:00Z</updated>{items}</feed>"
    )


def atom_entry(number: int) -> str:
    return (
        f'<entry><title type="text">Story {number}</title><link href="{HOME}/2024/{number}"/>'
        f"<id>urn:{number}</id><updated>2024-08-{number:02}T10:00:00Z</updated></entry>"
    )


def atom_03(items: str) -> str:
    return f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>News</title>{items}</feed>'


def atom_03_entry(number: int) -> str:
    return (
        f'<entry><title>Story {number}</title><link rel="alternate" type="text/html" href="{HOME}/2024/{number}"/>'
        f"<issued>2024-08-{number:02}T10:00:00Z</issued><modified>2024-08-{number:02}T11:00:00Z</modified></entry>"
    )


def json_feed(items: str) -> str:
    return (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "News", "language": "en", "items": ['
        f"{items.rstrip(',')}]}}"
    )


def json_item(number: int) -> str:
    item = {
        "id": str(number),
        "url": f"{HOME}/2024/{number}",
        "title": f"Story {number}",
        "date_published": f"2024-08-{number:02}T10:00:00Z",
    }
    return json.dumps(item) + ","


FORMATS: dict[str, tuple[Callable[[str], str], Entry]] = {
    "RSS 0.90": (rss_090, old_rss_item),
    "RSS 0.91": (lambda items: rss(items, "0.91"), old_rss_item),
    "RSS 0.92": (lambda items: rss(items, "0.92"), old_rss_item),
    "RSS 1.0": (rdf, rdf_item),
    "RSS 2.0": (rss, rss_item),
    "Atom 0.3": (atom_03, atom_03_entry),
    "Atom 1.0": (atom, atom_entry),
    "JSON Feed": (json_feed, json_item),
}
XML = [name for name in FORMATS if name != "JSON Feed"]

# What may be wrong inside one entry of a feed in XML: it stands in place of the second of five.
BROKEN_ENTRIES = {
    "a bare ampersand": "<{0}><title>A & B</title></{0}>",
    "an unknown entity": "<{0}><title>&nosuch; &nbsp;</title></{0}>",
    "a reference to a surrogate": "<{0}><title>&#xD800;&#55296;</title></{0}>",
    "a reference beyond Unicode": "<{0}><title>&#x110000; &#99999999999;</title></{0}>",
    "controls": "<{0}><title>a\x00\x01\x1fb</title></{0}>",
    "a tag without its end": "<{0}><title>A <b>bold</title></{0}>",
    "no end of the entry": "<{0}><title>A</title>",
    "an end without a beginning": "<{0}></p></i><title>A</title></{0}>",
    "crossed tags": "<{0}><b><i>A</b></i><title>A</title></{0}>",
    "an attribute twice": '<{0} a="1" a="2"><title>A</title></{0}>',
    "an attribute without quotes": "<{0} a=1 b><title>A</title></{0}>",
    "a huge attribute": '<{0} a="' + "x" * 200_000 + '"><title>A</title></{0}>',
    "an unknown prefix": "<{0}><media:thing url='x'/><title>A</title></{0}>",
    "an open comment in a title": "<{0}><title>A <!- B</title></{0}>",
    "a script for a link": "<{0}><title>A</title><link>javascript:alert(1)</link></{0}>",
    "a mail address for a link": "<{0}><title>A</title><link>mailto:a@example.org</link></{0}>",
    "an empty link": "<{0}><title>A</title><link></link></{0}>",
    "a link that is no URL": "<{0}><title>A</title><link>http://[::1</link></{0}>",
    "a link with spaces and controls": "<{0}><title>A</title><link>ht\ttp://x y/</link></{0}>",
    "two links": "<{0}><link>http://other.example/1</link><link>http://other.example/2</link></{0}>",
    "a date of nonsense": "<{0}><pubDate>yesterday, 99 Foo</pubDate><updated>-1</updated></{0}>",
    "a date far in the future": "<{0}><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate></{0}>",
    "a date before time": "<{0}><updated>-0001-02-30T99:99:99Z</updated></{0}>",
    "an entry in the entry": "<{0}><{0}><title>inner</title></{0}><title>outer</title></{0}>",
    "deep nesting": "<{0}>" + "<a>" * 3000 + "</a>" * 3000 + "<title>A</title></{0}>",
    "an author made to be slow": "<{0}><author>" + "a" * 20_000 + "@</author></{0}>",
    "an instruction": "<{0}><?php system('x') ?><title>A</title></{0}>",
    "an inclusion": '<{0}><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></{0}>',
    "nothing at all": "<{0}/>",
    "a wrong case": "<{0}><TITLE>A</title></{0}>",
    "a bad charset in markup": "<{0}><title>\ufffe\uffff</title></{0}>",
}


def read(body: str | bytes, content_type: str | None = None) -> ListPage:
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    return read_list("feed", data, URL, content_type, SOURCE, today=TODAY)


def numbers(page: ListPage) -> list[int]:
    return [int(link.url.rpartition("/")[2]) for link in page.links]


def entry_name(name: str) -> str:
    return "entry" if name.startswith("Atom") else "item"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_read(name: str) -> None:
    feed, entry = FORMATS[name]
    page = read(feed("".join(map(entry, range(1, 6)))))
    assert page.problems == ()
    assert [(link.url, link.title) for link in page.links] == [
        (f"{HOME}/2024/{number}", f"Story {number}") for number in range(1, 6)
    ]
    assert page.title == "News"


@pytest.mark.parametrize("name", ["RSS 1.0", "RSS 2.0", "Atom 0.3", "Atom 1.0", "JSON Feed"])
def test_the_newest_day_is_known(name: str) -> None:
    feed, entry = FORMATS[name]
    assert read(feed(entry(3) + entry(9) + entry(5))).newest == date(2024, 8, 9)


@pytest.mark.parametrize("fault", BROKEN_ENTRIES)
@pytest.mark.parametrize("name", XML)
def test_no_good_entry_is_lost_beside_a_bad_one(name: str, fault: str) -> None:
    feed, entry = FORMATS[name]
    bad = BROKEN_ENTRIES[fault].replace("{0}", entry_name(name))
    page = read(feed(entry(1) + bad + "".join(map(entry, range(2, 6)))))
    assert numbers(page) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize(
    "before",
    [
        "\ufeff",
        "\n\n  ",
        "<!-- made by hand -->",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
        '<?xml-stylesheet href="x.xsl"?>',
        "PHP Warning: a line that does not belong here\n",
    ],
)
def test_what_stands_before_a_feed_costs_nothing(name: str, before: str) -> None:
    feed, entry = FORMATS[name]
    body = feed("".join(map(entry, range(1, 4))))
    assert numbers(read(before + body)) == [1, 2, 3]


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize(
    "charset", ["utf-16", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1251"]
)
def test_the_charset_is_found(name: str, charset: str) -> None:
    feed, entry = FORMATS[name]
    body = feed("".join(map(entry, range(1, 4)))).replace("utf-8", charset)
    page = read(body.encode(charset), f"application/xml; charset={charset}")
    assert numbers(page) == [1, 2, 3]


@pytest.mark.parametrize("name", XML)
def test_a_lying_charset_loses_no_entry(name: str) -> None:
    feed, entry = FORMATS[name]
    body = feed(entry(1).replace("Story", "数字经济大会") + entry(2) + entry(3))
    assert numbers(read(body.encode("gb18030"), "text/xml; charset=utf-8")) == [1, 2, 3]


@pytest.mark.parametrize("name", FORMATS)
def test_a_feed_that_is_cut_off_gives_the_entries_before(name: str) -> None:
    feed, entry = FORMATS[name]
    whole = feed("".join(map(entry, range(1, 6))))
    cut = whole[: whole.index("Story 5")]
    assert numbers(read(cut))[:4] == [1, 2, 3, 4]


@pytest.mark.parametrize("name", FORMATS)
def test_damage_inside_one_entry_costs_that_entry_alone(name: str) -> None:
    feed, entry = FORMATS[name]
    chance = random.Random(name)
    lost = []
    for _ in range(60):
        middle = list(entry(3))
        for _ in range(chance.randint(1, 4)):
            # What delimits entries stays: a quote or bracket too many may well swallow the next one.
            at = chance.randrange(8, len(middle) - 8)
            if middle[at] not in '<>"/&!?[]{}\\':
                middle[at] = chance.choice("\x00\x07&;%#x \ud800é数")
        body = feed(entry(1) + entry(2) + "".join(middle) + entry(4) + entry(5))
        found = set(numbers(read(body)))
        if not {1, 2, 4, 5} <= found:
            lost.append((sorted(found), "".join(middle)))
    assert lost == []


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "[1, 2]",
        '{"items": 3}',
        '{"items": [null, 1, "x", [], {}]}',
        '{"items": [{"url": 1, "title": {}, "date_published": []}]}',
        '{"items": ' + "[" * 100_000,
        '{"a": ' * 50_000,
        '{"items": [{"url": "\\ud800"}]}',
        '{"items": [{"url": "/2024/1", "title": NaN}]}',
        '{"version": "https://jsonfeed.org/version/1"}',
        "\x00{}",
    ],
)
def test_json_that_is_no_feed_raises_nothing(body: str) -> None:
    page = read(body)
    assert all(link.url == f"{HOME}/2024/1" for link in page.links)


def test_one_bad_item_of_a_json_feed_costs_itself() -> None:
    items = json_item(1) + '{"url": "javascript:x"}, {"id": 5}, null, ' + json_item(2)
    assert numbers(read(json_feed(items))) == [1, 2]


def test_json_that_is_broken_gives_the_items_that_can_be_read() -> None:
    items = json_item(1) + '{"url": "/2024/9" "title": }, ' + json_item(2)
    page = read(json_feed(items))
    assert numbers(page) == [1, 2]
    assert "no well-formed JSON" in page.problems[0]


def test_a_frozen_feed_is_named() -> None:
    old = rss(rss_item(5).replace("2024 10:00", "2018 10:00"))
    (problem,) = read(old).problems
    assert "its newest entry is of 2018-08-05: it is frozen" in problem


def test_a_day_in_the_future_makes_no_feed_fresh() -> None:
    ahead = rss_item(7).replace("Aug 2024", "Oct 2026")
    assert read(rss(rss_item(5) + ahead)).newest == date(2024, 8, 5)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("Ter, 06 Ago 2024 23:49:30 -0300", date(2024, 8, 6)),
        ("mar, 06 août 2024 10:00:00 +0200", date(2024, 8, 6)),
        ("Di, 06 Aug 2024 10:00:00 +0200", date(2024, 8, 6)),
        ("mar, 06 ago 2024 10:00:00 +0200", date(2024, 8, 6)),
        ("Вт, 06 авг 2024 10:00:00 +0300", date(2024, 8, 6)),
        ("2024-08-06", date(2024, 8, 6)),
        ("6 Sept 2023", date(2023, 9, 6)),
    ],
)
def test_dates_are_read_in_the_language_of_the_feed(raw: str, day: date) -> None:
    item = f"<item><link>{HOME}/2024/1</link><pubDate>{raw}</pubDate></item>"
    assert read(rss(item)).newest == day


def test_a_feed_says_when_it_wants_to_be_asked_again() -> None:
    assert read(rss(rss_item(1))).interval == 3600
    assert read(rdf(rdf_item(1))).interval == 1800


def test_a_feed_says_its_language() -> None:
    assert read(rss(rss_item(1))).language == "en"
    assert read(json_feed(json_item(1))).language == "en"
