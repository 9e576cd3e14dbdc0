import pytest

from scraper.errors import ConfigError
from scraper.opml import read_opml, write_opml
from scraper.sources import Source

OPML = """<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="Tech">
<outline text="Example &amp; News" type="rss" xmlUrl="https://www.example.org/feed" htmlUrl="https://www.example.org/"/>
<outline text="More" xmlUrl="https://www.example.org/more.xml"/>
<outline text="Other" xmlUrl="https://other.example/rss"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/>
</outline></body></opml>"""


def test_an_opml_file_names_portals_with_their_feeds() -> None:
    portals, skipped = read_opml(OPML.encode(), "x.opml")
    assert [(p.name, p.title, p.feeds) for p in portals] == [
        (
            "example_org",
            "Example & News",
            ("https://www.example.org/feed", "https://www.example.org/more.xml"),
        ),
        ("other_example", "Other", ("https://other.example/rss",)),
    ]
    assert len(skipped) == 1


@pytest.mark.parametrize(
    "body",
    ["", "<html></html>", "<opml><body/></opml>", "{", '<opml><outline xmlUrl="ftp://a/"/></opml>'],
)
def test_what_is_no_opml_is_refused(body: str) -> None:
    with pytest.raises(ConfigError, match=r"x\.opml"):
        read_opml(body.encode(), "x.opml")


def test_entities_of_a_document_type_are_not_resolved() -> None:
    body = (
        '<!DOCTYPE opml [<!ENTITY e SYSTEM "file:///etc/hostname">]><opml><body>'
        '<outline text="&e;" xmlUrl="https://a.example/f"/></body></opml>'
    )
    portals, _ = read_opml(body.encode(), "x.opml")
    assert "/etc" not in portals[0].title


def test_what_is_written_can_be_read_again() -> None:
    feeds = ("https://a.example/f?a=1&b=2", "https://a.example/g")
    source = Source(name="a", title='A "quoted" <title>', home="https://a.example/", feeds=feeds)
    (portal,), _ = read_opml(write_opml([source]).encode(), "x.opml")
    assert (portal.title, portal.feeds) == (source.title, feeds)
