import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import UrlRefused
from scraper.urls import canonicalise, host_of, registered_domain


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://News.Example.ORG", "http://news.example.org/"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("http://user:secret@example.org/a", "http://example.org/a"),
        ("http://example.org/a#part", "http://example.org/a"),
        ("http://example.org/a/../b/./c", "http://example.org/b/c"),
        ("http://example.org/a/b/..", "http://example.org/a/"),
        ("http://example.org/%7Euser/%e4%b8%ad", "http://example.org/~user/%E4%B8%AD"),
        ("http://example.org/数字", "http://example.org/%E6%95%B0%E5%AD%97"),
        ("http://例え.jp/", "http://xn--r8jz45g.jp/"),
        ("  http://example.org/a b ", "http://example.org/a%20b"),
        ("http://exam\nple.org/a", "http://example.org/a"),
        ("http://example.org/a?utm_source=x&id=3&UTM_Medium=rss", "http://example.org/a?id=3"),
        ("http://example.org/a?b=2&a=1", "http://example.org/a?b=2&a=1"),
        ("http://example.org/a?fbclid=1&gclid=2", "http://example.org/a"),
        (
            "http://example.org/a?PRID=12&uid=3&source=7",
            "http://example.org/a?PRID=12&uid=3&source=7",
        ),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("http://example.org./a", "http://example.org/a"),
        ("http://①②⑦.0.0.1/", "http://127.0.0.1/"),
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
        ("http:/d.htm", "http://example.org/d.htm"),
    ],
)
def test_relative_urls_are_resolved(href: str, canonical: str) -> None:
    assert canonicalise(href, base="http://example.org/news/a.htm") == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "mailto:desk@example.org",
        "file:///etc/hostname",
        "ftp://example.org/a",
        "data:text/html,hello",
        "http://",
        "http:///path",
        "http://example..org/",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://[::1",
        "http://-example-/",
        "http://example.org/a/a/a/a",
        "http://example.org/" + "x" * 2100,
        "\ud800http://example.org",
    ],
)
def test_what_is_never_requested_is_refused(url: str) -> None:
    with pytest.raises(UrlRefused):
        canonicalise(url)


@given(st.text(max_size=60))
def test_any_text_is_canonical_after_one_step_or_refused(text: str) -> None:
    for url in (
        text,
        f"http://{text}",
        f"http://example.org/{text}",
        f"http://example.org/?{text}",
    ):
        try:
            canonical = canonicalise(url)
        except UrlRefused:
            continue
        assert canonicalise(canonical) == canonical


def test_a_host_keeps_its_port() -> None:
    assert host_of("http://127.0.0.2:8471/a") == "127.0.0.2:8471"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.china.org.cn", "china.org.cn"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("127.0.0.2:8471", "127.0.0.2:8471"),
        ("localhost", "localhost"),
    ],
)
def test_the_registered_domain(host: str, domain: str) -> None:
    assert registered_domain(host) == domain
