"""Our verdicts against the cases of RFC 9309 and those that Google publishes for its own parser.

The cases are theirs, the files are ours. Where the two differ the RFC holds, and the case says so.
"""

import pytest

from scraper.robots_txt import (
    MAX_CRAWL_DELAY,
    MAX_ROBOTS_BYTES,
    MAX_SITEMAPS,
    RobotsRules,
    decode_robots,
    parse_robots,
)

CLOSED = "User-agent: Wireroom\nDisallow: /\n"


def read(text: str | bytes) -> RobotsRules:
    return parse_robots(decode_robots(text.encode() if isinstance(text, str) else text))


def allows(text: str | bytes, path: str) -> bool:
    return read(text).allows(f"https://news.example.org{path}")


def ours(*rules: str) -> str:
    return "\n".join(("User-agent: Wireroom", *rules, ""))


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        # Lines
        ("", "/a", True),
        (CLOSED, "/a", False),
        ("foo: Wireroom\nbar: /\n", "/a", True),
        ("user-agent Wireroom\ndisallow /\n", "/a", False),
        ("USER-AGENT: Wireroom\nALLOW: /x/\nDISALLOW: /\n", "/a", False),
        ("uSeR-aGeNt: Wireroom\nAlLoW: /x/\ndIsAlLoW: /\n", "/x/y", True),
        ("  User-agent :\tWireroom  \n\tDisallow :  /  \n", "/a", False),
        ("User-agent: Wireroom\rDisallow: /\r", "/a", False),
        ("User-agent: Wireroom\r\nDisallow: /\r\n", "/a", False),
        ("User-agent: Wireroom\nDisallow: /", "/a", False),
        (ours("# Disallow: /", "Disallow: /b#c", "Allow: /"), "/a", True),
        (ours("# Disallow: /", "Disallow: /b#c", "Allow: /"), "/b", False),
        (ours("Disallow /a b"), "/a", True),
        (ours("Noindex: /", "Unknown: /", "Host: x"), "/a", True),
        (ours("Disalow: /"), "/a", False),
        # Whom a group is for
        ("Disallow: /a\nUser-agent: Wireroom\nAllow: /b\n", "/a", True),
        ("User-agent: *\nDisallow: /\n", "/a", False),
        ("User-agent: * \nDisallow: /\n", "/a", False),
        ("User-agent: *\nDisallow: /\nUser-agent: Wireroom\nAllow: /\n", "/a", True),
        ("User-agent: *\nAllow: /\nUser-agent: Wireroom\nDisallow: /\n", "/a", False),
        ("User-agent: Other\nDisallow: /\n", "/a", True),
        ("User-agent: WIREROOM\nDisallow: /\n", "/a", False),
        ("User-agent: wireroom\nDisallow: /\n", "/a", False),
        ("User-agent: Wireroom/1.0\nDisallow: /\n", "/a", False),
        ("User-agent: Wireroom News\nDisallow: /\n", "/a", False),
        ("User-agent: Wire\nDisallow: /\n", "/a", True),
        ("User-agent: room\nDisallow: /\n", "/a", True),
        ("User-agent: Wireroom-News\nDisallow: /\n", "/a", True),
        ("User-agent: *\nDisallow: /\nUser-agent: Wire\nAllow: /\n", "/a", False),
        ("User-agent: Other\nUser-agent: Wireroom\nDisallow: /\n", "/a", False),
        ("User-agent: Wireroom\n\n\nUser-agent: Other\nDisallow: /\n", "/a", False),
        ("User-agent: Wireroom\nUser-agent:\nDisallow: /\n", "/a", False),
        ("User-agent: Wireroom\nSitemap: /s\nUser-agent: Other\nDisallow: /\n", "/a", False),
        ("User-agent: Wireroom\nCrawl-delay: 1\nUser-agent: Other\nDisallow: /\n", "/a", False),
        ("User-agent: Wireroom\nAllow: /b\nUser-agent: Other\nDisallow: /\n", "/a", True),
        (ours("Disallow: /x/") + "User-agent: Other\nAllow: /\n" + ours("Disallow: /y/"), "/x/", False),
        (ours("Disallow: /x/") + "User-agent: Other\nAllow: /\n" + ours("Disallow: /y/"), "/y/", False),
        ("User-agent: *\nDisallow: /x/\nUser-agent: *\nDisallow: /y/\n", "/x/", False),
        # Byte order marks, whole and in part, and other encodings
        (b"\xef\xbb\xbf" + CLOSED.encode(), "/a", False),
        (b"\xef\xbb" + CLOSED.encode(), "/a", False),
        (b"\xef" + CLOSED.encode(), "/a", False),
        (b"\xef\x11\xbf" + CLOSED.encode(), "/a", True),
        (b"User-agent: Wireroom\n\xef\xbb\xbfDisallow: /\n", "/a", True),
        (CLOSED.encode("utf-16"), "/a", False),
        (b"User-agent: Wireroom\nDisallow: /\xff\n", "/a", True),
        # The longest match
        (ours("Disallow: /x/page.html", "Allow: /x/"), "/x/page.html", False),
        (ours("Allow: /x/page.html", "Disallow: /x/"), "/x/page.html", True),
        (ours("Allow: /x/page.html", "Disallow: /x/"), "/x/", False),
        (ours("Disallow:", "Allow:"), "/x", True),
        (ours("Disallow: /", "Allow: /"), "/x", True),
        (ours("Disallow: /x", "Allow: /x/"), "/x", False),
        (ours("Disallow: /x", "Allow: /x/"), "/x/", True),
        (ours("Disallow: /x/page.html", "Allow: /x/page.html"), "/x/page.html", True),
        (ours("Allow: /page", "Disallow: /*.html"), "/page.html", False),
        (ours("Allow: /page", "Disallow: /*.html"), "/page", True),
        (ours("Allow: /x/page.", "Disallow: /*.html"), "/x/page.html", True),
        (ours("Allow: /x/page.", "Disallow: /*.html"), "/x/y.html", False),
        (ours("Allow: /p", "Disallow: /"), "/page", True),
        (ours("Allow: /folder", "Disallow: /folder"), "/folder/page", True),
        (ours("Allow: /page", "Disallow: /*.htm"), "/page.htm", False),
        (ours("Allow: /$", "Disallow: /"), "/", True),
        (ours("Allow: /$", "Disallow: /"), "/page.html", False),
        # Case of paths
        (ours("Disallow: /x/"), "/x/y", False),
        (ours("Disallow: /X/"), "/x/y", True),
        # Percent-encoding
        (ours("Disallow: /", "Allow: /a?q=t&u=http://b.org?t&p"), "/a?q=t&u=http://b.org?t&p", True),
        (ours("Disallow: /", "Allow: /b/ツ"), "/b/%E3%83%84", True),
        (ours("Disallow: /", "Allow: /b/%E3%83%84"), "/b/%E3%83%84", True),
        (ours("Disallow: /b/%e3%83%84"), "/b/%E3%83%84", False),
        # RFC 9309, 2.2.2: what need not be encoded is compared decoded. Google's parser does not.
        (ours("Disallow: /b/%62%61%7A"), "/b/baz", False),
        (ours("Disallow: /b/baz"), "/b/%62%61%7A", False),
        (ours("Disallow: /a%2Fb"), "/a/b", True),
        (ours("Disallow: /a%2Fb"), "/a%2Fb", False),
        (ours("Disallow: /a%3cd.html"), "/a%3Cd.html", False),
        # Special characters
        (ours("Disallow: /a/b/quz", "Allow: /a/*/qux"), "/a/b/quz", False),
        (ours("Disallow: /a/b/quz", "Allow: /a/*/qux"), "/a/c/quz", True),
        (ours("Disallow: /a/b$", "Allow: /a/b/qux"), "/a/b", False),
        (ours("Disallow: /a/b$", "Allow: /a/b/qux"), "/a/b/", True),
        (ours("Disallow: /a/b$", "Allow: /a/b/qux"), "/a/b/baz", True),
        (ours("Disallow: /*?"), "/a?b", False),
        (ours("Disallow: /*?"), "/a", True),
        (ours("Disallow: *"), "/a", False),
        (ours("Disallow: /a\u2028b"), "/a", True),
        (ours("Allow: /dir/index.html", "Disallow: /"), "/dir/", True),
        (ours("Allow: /dir/index.html", "Disallow: /"), "/dir/index.htm", False),
        # robots.txt itself may always be asked for
        (CLOSED, "/robots.txt", True),
    ],
)  # fmt: skip
def test_a_page_is_allowed_as_the_standard_says(
    text: str | bytes, path: str, expected: bool
) -> None:
    assert allows(text, path) is expected


DOCUMENTED = {
    "/fish": {
        True: ["/fish", "/fish.html", "/fish/salmon.html", "/fishheads", "/fish.html?id=x"],
        False: ["/bar", "/Fish.asp", "/catfish", "/?id=fish"],
    },
    "/fish*": {
        True: ["/fish", "/fish.html", "/fish/salmon.html", "/fishheads/yummy.html"],
        False: ["/bar", "/Fish.bar", "/catfish", "/?id=fish"],
    },
    "/fish/": {
        True: ["/fish/", "/fish/salmon", "/fish/?salmon", "/fish/salmon.html"],
        False: ["/bar", "/fish", "/fish.html", "/Fish/Salmon.html"],
    },
    "/*.php": {
        True: ["/f.php", "/d/f.php", "/d/f.php?x", "//d/any.php.f.html", "/f.php/", "/i?f=f.php/"],
        False: ["/bar", "/php/", "/index?php", "/windows.PHP"],
    },
    "/*.php$": {
        True: ["/f.php", "/d/f.php"],
        False: ["/bar", "/f.php?x", "/f.php/", "/f.php5", "/php/", "/f?php", "/aphpa", "//w.PHP"],
    },
    "/fish*.php": {
        True: ["/fish.php", "/fishheads/catfish.php?x"],
        False: ["/bar", "/Fish.PHP"],
    },
}


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        (pattern, path, expected)
        for pattern, cases in DOCUMENTED.items()
        for expected, paths in cases.items()
        for path in paths
    ],
)
def test_a_pattern_matches_as_documented(pattern: str, path: str, expected: bool) -> None:
    assert allows(ours("Disallow: /", f"Allow: {pattern}"), path) is expected


def test_a_file_is_read_up_to_its_limit_in_whole_lines() -> None:
    head, rules = b"User-agent: Wireroom\nDisallow: /\n", b"Allow: /private/not/this\n"
    # The limit falls behind "Allow: /".
    filler = b"#" + b"x" * (MAX_ROBOTS_BYTES - len(head) - 10) + b"\n"
    assert (head + filler + rules)[:MAX_ROBOTS_BYTES].endswith(b"\nAllow: /")
    assert allows(head + filler + rules, "/a") is False


def test_half_a_megabyte_of_other_groups_does_not_hide_ours() -> None:
    others = "".join(f"User-agent: bot{n}\nDisallow: /{n}\n" for n in range(12_000))
    assert len(others) < MAX_ROBOTS_BYTES
    assert allows(others + CLOSED, "/a") is False


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2", 2.0),
        ("0.5", 0.5),
        ("1e24", MAX_CRAWL_DELAY),
        ("inf", 0.0),
        ("nan", 0.0),
        ("-1", 0.0),
        ("ten", 0.0),
        ("", 0.0),
    ],
)
def test_the_crawl_delay_is_clamped(written: str, expected: float) -> None:
    assert read(ours(f"Crawl-delay: {written}", "Disallow:")).crawl_delay == expected


def test_the_crawl_delay_of_others_is_not_ours() -> None:
    assert read("User-agent: Other\nCrawl-delay: 9\nDisallow:\n" + CLOSED).crawl_delay == 0


def test_sitemaps_belong_to_no_group() -> None:
    text = "Sitemap: https://a.org/1.xml\nUser-agent: x\nDisallow: /\nsitemap https://a.org/2.xml\n"
    assert read(text).sitemaps == ("https://a.org/1.xml", "https://a.org/2.xml")


def test_only_so_many_sitemaps_are_taken() -> None:
    text = "".join(f"Sitemap: https://a.org/{n}.xml\n" for n in range(1000))
    assert len(read(text).sitemaps) == MAX_SITEMAPS


def test_what_is_kept_reads_as_what_came() -> None:
    text = decode_robots(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /a\0b\r\n")
    assert text == "User-agent: *\nDisallow: /ab\n"
    assert decode_robots(text.encode()) == text
