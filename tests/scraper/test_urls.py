from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from scraper.errors import UrlRefused
from scraper.urls import canonicalise, host_of, is_address, names_far_day, registered_domain

ODD_TEXT = st.lists(
    st.one_of(
        st.sampled_from(
            [*"/\\.%?&=#@:[]; aA0é数\t\x00\ud800", ";jsessionid=1", "sid=", "utm_a=1", "%75"]
        ),
        st.characters(),
    )
).map("".join)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        # Scheme, host and port.
        ("HTTP://News.Example.ORG", "http://news.example.org/"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("http://example.org:/a", "http://example.org/a"),
        ("http://127.0.0.2:8471/a", "http://127.0.0.2:8471/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("http://[0:0:0:0:0:0:0:1]/a", "http://[::1]/a"),
        ("http://example.org./a", "http://example.org/a"),
        ("http://under_score.example.org/", "http://under_score.example.org/"),
        ("http://例え.jp/", "http://xn--r8jz45g.jp/"),
        ("http://www。example。org/", "http://www.example.org/"),
        ("http://①②⑦.0.0.1/", "http://127.0.0.1/"),
        # The user goes, however it is written.
        ("http://user:secret@example.org/a", "http://example.org/a"),
        ("http://a@b@example.org/", "http://example.org/"),
        ("http://example.org\\@evil.example/", "http://example.org/@evil.example/"),
        ("http:\\\\example.org\\a", "http://example.org/a"),
        # The path.
        ("http://example.org?a=1", "http://example.org/?a=1"),
        ("http://example.org/a/../b/./c", "http://example.org/b/c"),
        ("http://example.org/a/b/..", "http://example.org/a/"),
        ("http://example.org/../../a", "http://example.org/a"),
        ("http://example.org/a/%2e%2E/b", "http://example.org/b"),
        ("http://example.org//a//b", "http://example.org//a//b"),
        ("http://example.org/%7Euser/%e4%b8%ad", "http://example.org/~user/%E4%B8%AD"),
        ("http://example.org/数字", "http://example.org/%E6%95%B0%E5%AD%97"),
        ("http://example.org/100%-digital", "http://example.org/100%25-digital"),
        ("http://example.org/%%34%31", "http://example.org/%2541"),
        ("http://example.org/a%2Fb", "http://example.org/a%2Fb"),
        ("http://example.org/a;b=1,c", "http://example.org/a;b=1,c"),
        ("http://example.org/a|b[c]", "http://example.org/a%7Cb%5Bc%5D"),
        ("http://example.org/\ud800", "http://example.org/%EF%BF%BD"),
        ("http://example.org/a/a/a", "http://example.org/a/a/a"),
        # White space and controls.
        ("  http://example.org/a b ", "http://example.org/a%20b"),
        ("\ufeffhttp://example.org/a\u3000", "http://example.org/a"),
        ("http://exam\nple.org/a", "http://example.org/a"),
        ("http://example.org/a\x00b", "http://example.org/a%00b"),
        # The query and the fragment.
        ("http://example.org/a#part", "http://example.org/a"),
        ("http://example.org/#!/a", "http://example.org/"),
        ("http://example.org/a?", "http://example.org/a"),
        ("http://example.org/a?&&b=1&", "http://example.org/a?b=1"),
        ("http://example.org/a?b=2&a=1&b=2", "http://example.org/a?b=2&a=1&b=2"),
        ("http://example.org/a?q='x y'", "http://example.org/a?q=%27x%20y%27"),
        ("http://example.org/a?b\\c", "http://example.org/a?b%5Cc"),
        ("http://example.org/a?utm_source=x&id=3&UTM_Medium=rss", "http://example.org/a?id=3"),
        ("http://example.org/a?id=3&amp;utm_source=x", "http://example.org/a?id=3"),
        ("http://example.org/a?fbclid=1&gclid=2", "http://example.org/a"),
        # What names a visit goes; what only looks like it stays.
        ("http://example.org/a;jsessionid=1A2B.node3?id=3", "http://example.org/a?id=3"),
        ("http://example.org/(S(abcdefghijklmnopqrstuvwx))/a.aspx", "http://example.org/a.aspx"),
        ("http://example.org/a?PHPSESSID=x&id=3&CFTOKEN=9", "http://example.org/a?id=3"),
        ("http://example.org/a?id=3&sid=" + "0123456789abcdef" * 2, "http://example.org/a?id=3"),
        ("http://example.org/a?sid=20240801&s=2", "http://example.org/a?sid=20240801&s=2"),
        ("http://example.org/.;jsessionid=1/b", "http://example.org/b"),
        (
            "http://example.org/a?PRID=1&uid=2&source=3&ref=4&p=5&from=6",
            "http://example.org/a?PRID=1&uid=2&source=3&ref=4&p=5&from=6",
        ),
    ],
)
def test_the_canonical_form(written: str, canonical: str) -> None:
    assert canonicalise(written) == canonical


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("../b.htm", "http://example.org/b.htm"),
        ("//other.org/c", "http://other.org/c"),
        ("?page=2", "http://example.org/news/a.htm?page=2"),
        ("", "http://example.org/news/a.htm"),
        ("http:/d.htm", "http://example.org/d.htm"),
    ],
)
def test_relative_urls_are_resolved(href: str, canonical: str) -> None:
    assert canonicalise(href, base="http://example.org/news/a.htm") == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/a",
        "//example.org/a",
        "javascript:alert(1)",
        "mailto:desk@example.org",
        "file:///etc/hostname",
        "ftp://example.org/a",
        "data:text/html,hello",
        "http://",
        "http:///path",
        "http://user@/a",
        "http://./",
        "http://example..org/",
        "http://exa mple.org/",
        "http://ex%61mple.org/",
        "http://<script>/",
        "http://-example-/",
        f"http://{'a' * 64}.org/",
        f"http://{'a.' * 130}org/",
        "http://example.org:0/",
        "http://example.org:25/",
        "http://example.org:6667/",
        "http://example.org:99999/",
        "http://example.org:\N{FULLWIDTH DIGIT EIGHT}/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://2130706433/",
        "http://example.org/a/a/a/a",
        "http://example.org/x/a/b/a/b/a/b/a/b/",
        "http://example.org/" + "x" * 2100,
        "http://example.org/" + "数" * 300,
        "http://example.org/?utm_source=" + "x" * 100_000,
        "\ud800http://example.org",
    ],
)
def test_what_is_never_requested_is_refused(url: str) -> None:
    with pytest.raises(UrlRefused):
        canonicalise(url)


def test_a_redirect_keeps_what_names_the_visit() -> None:
    url = "http://example.org/a;jsessionid=1?utm_source=x&PHPSESSID=2"
    assert canonicalise(url, keep_all=True) == url


def test_a_refusal_names_the_url_without_its_password() -> None:
    with pytest.raises(UrlRefused, match=r"^ftp://example\.org/a: only http and https") as caught:
        canonicalise("ftp://user:secret@example.org/a")
    assert "secret" not in str(caught.value)


@given(ODD_TEXT, st.sampled_from(["", "http://", "http://example.org/", "http://example.org/?"]))
def test_any_text_is_canonical_after_one_step_or_refused(text: str, before: str) -> None:
    try:
        canonical = canonicalise(before + text)
    except UrlRefused:
        return
    assert canonicalise(canonical) == canonical


@given(ODD_TEXT)
def test_scrapy_requests_a_canonical_url_as_it_stands(text: str) -> None:
    try:
        canonical = canonicalise(f"http://example.org/{text}")
    except UrlRefused:
        return
    assert safe_url_string(canonical) == canonical


@given(ODD_TEXT, ODD_TEXT)
def test_any_text_relative_to_any_text_is_a_url_or_refused(text: str, base: str) -> None:
    try:
        canonical = canonicalise(text, base=f"http://{base}")
    except UrlRefused:
        return
    assert canonical.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("path", "far"),
    [
        ("/2024/08/01/slug", False),
        ("/a?day=2027-11-01", False),
        ("/calendar/2031/5/4", True),
        ("/events?from=2031-05-04", True),
        ("/calendar/1932/05/04/", True),
        ("/20310504.html", False),
        ("/2031/99/99/a", False),
        ("/12031/05/04", False),
    ],
)
def test_the_pages_of_a_calendar_are_known(path: str, far: bool) -> None:
    url = f"http://example.org{path}"
    assert names_far_day(url, today=date(2026, 11, 26)) is far


def test_a_host_keeps_its_port() -> None:
    assert host_of("http://127.0.0.2:8471/a") == "127.0.0.2:8471"


@pytest.mark.parametrize(
    ("host", "wanted"),
    [
        ("127.0.0.2", True),
        ("127.0.0.2:8471", True),
        ("[::1]", True),
        ("[::1]:8471", True),
        ("example.org", False),
        ("1.example.org:80", False),
    ],
)
def test_an_address_is_told_from_a_name(host: str, wanted: bool) -> None:
    assert is_address(host) is wanted


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.china.org.cn", "china.org.cn"),
        ("news.bbc.co.uk:8080", "bbc.co.uk"),
        ("127.0.0.2:8471", "127.0.0.2:8471"),
        ("[::1]:8471", "[::1]:8471"),
        ("localhost", "localhost"),
    ],
)
def test_the_registered_domain(host: str, domain: str) -> None:
    assert registered_domain(host) == domain
