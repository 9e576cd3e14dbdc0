import pickle
import subprocess
import sys

import pytest

from scraper.catalogue import SourceDefaults, parse_source
from scraper.errors import ConfigError
from scraper.sources import ListRequest, Selectors, Source, source_of_url
from scraper.toml import Place, parse_toml


def make(home: str = "http://www.example.org/", **fields) -> Source:
    return Source(name="example", title="Example", home=home, **fields)


def parse(text: str, **options) -> Source:
    place = Place("x.toml", f'[source.x]\ntitle = "X"\nhome = "http://x.example/"\n{text}')
    table = parse_toml(place)["source"]["x"]
    return parse_source("x", table, place.within("source", "x"), **options)


@pytest.mark.parametrize(
    ("home", "url", "wanted"),
    [
        ("http://www.example.org/", "http://www.example.org/2024/a", True),
        ("http://www.example.org/", "https://example.org/2024/a", True),
        ("http://www.example.org/", "https://news.example.org:8443/2024/a", True),
        ("http://www.example.org/", "http://www.example.com/2024/a", False),
        ("http://www.example.org/", "http://notexample.org/2024/a", False),
        ("http://www.example.org/", "http://example.org.evil.example/2024/a", False),
        ("http://news.example.co.uk/", "http://sport.example.co.uk/2024/a", True),
        ("http://news.example.co.uk/", "http://other.co.uk/2024/a", False),
        ("http://127.0.0.2:8471/", "http://127.0.0.2:8471/2024/a", True),
        ("http://127.0.0.2:8471/", "http://127.0.0.2:8472/2024/a", False),
        ("http://127.0.0.2:8471/", "http://127.0.0.3:8471/2024/a", False),
        ("http://127.0.0.2:8471/", "http://x.127.0.0.2.example/2024/a", False),
        ("http://localhost:8471/", "http://localhost:8471/2024/a", True),
    ],
)
def test_articles_stand_on_the_domain_of_the_home(home: str, url: str, wanted: bool) -> None:
    assert make(home).accepts(url) is wanted


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.org/",
        "http://news.example.org/",
        "https://example.org/economy",
        "http://www.example.org/economy/",
        "https://www.example.org/feed.xml",
    ],
)
def test_a_home_or_list_page_is_no_article_whatever_its_twin(url: str) -> None:
    source = make(
        sections=("http://www.example.org/economy/",), feeds=("http://www.example.org/feed.xml",)
    )
    assert not source.accepts(url)


def test_an_article_needs_one_include_pattern() -> None:
    source = make(include=(r"/\d{4}/", r"/news/"))
    urls = ("2024/a", "news/b", "about")
    assert [source.accepts(f"http://www.example.org/{url}") for url in urls] == [True, True, False]


def test_an_article_needs_no_exclude_pattern() -> None:
    source = make(include=(r"/\d{4}/",), exclude=(r"/video/", r"\.pdf$"))
    urls = ("2024/a", "2024/video/a", "2024/a.pdf")
    assert [source.accepts(f"http://www.example.org/{url}") for url in urls] == [True, False, False]


def test_a_pattern_that_names_the_host_opens_it() -> None:
    source = make(include=(r"^https://cdn\.example\.net/\d{4}/",))
    assert source.accepts("https://cdn.example.net/2024/a")
    assert not source.accepts("https://other.example.net/?https://cdn.example.net/2024/a")


def test_list_pages_come_as_feeds_sitemaps_sections() -> None:
    source = make(
        sections=("http://e.org/s",), feeds=("http://e.org/f",), sitemaps=("http://e.org/m",)
    )
    assert source.list_pages() == (
        ListRequest(url="http://e.org/f", purpose="feed"),
        ListRequest(url="http://e.org/m", purpose="sitemap"),
        ListRequest(url="http://e.org/s", purpose="section"),
    )


def test_a_source_crosses_to_a_worker_process() -> None:
    source = make(include=("x",), selectors=Selectors(links="a"))
    assert pickle.loads(pickle.dumps(source)) == source


def test_the_owner_of_a_url_does_not_depend_on_the_order() -> None:
    wide = Source(name="a_wide", title="W", home="http://www.example.org/")
    close = Source(name="z_close", title="C", home="http://news.example.org/")
    url = "http://news.example.org/a"
    assert source_of_url(url, (wide, close)) == source_of_url(url, (close, wide)) == close


def test_a_url_of_no_source_has_one_that_stands_for_its_host() -> None:
    source = source_of_url("http://127.0.0.9:8471/a", (make(),))
    assert (source.name, source.home) == ("h_127_0_0_9_8471", "http://127.0.0.9:8471/")
    assert source.accepts("http://127.0.0.9:8471/a")


def test_a_record_says_what_differs_from_the_defaults() -> None:
    source = parse('interval = "6h"', defaults=SourceDefaults(interval=60, delay=7, keep="all"))
    assert (source.interval, source.delay, source.keep) == (21600, 7, "all")


def test_a_record_of_a_shipped_source_changes_only_what_it_says() -> None:
    shipped = make(feeds=("http://www.example.org/feed",), delay=9.0)
    place = Place("x.toml", '[source.example]\ninterval = "1d"\n')
    changed = parse_source("example", {"interval": "1d"}, place, shipped=shipped)
    assert (changed.interval, changed.delay, changed.feeds) == (86400, 9.0, shipped.feeds)


def test_urls_of_a_record_become_canonical() -> None:
    assert parse('feeds = "HTTP://X.example:80/rss#top"').feeds == ("http://x.example/rss",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("feed = 1", "line 4: unknown key 'feed' in [source.x]; did you mean 'feeds'?"),
        ("feeds = [1]", "line 4: `feeds` must be a list of texts"),
        ('feeds = ["x.example/rss"]', "did you mean 'https://x.example/rss'?"),
        (
            'feeds = [\n  "http://x.example/rss",\n  "file:///etc/passwd",\n]',
            "line 6: `feeds`: file:///etc/passwd: only http and https are requested",
        ),
        (
            'include = [\n  "a",\n  "(?P<x>",\n]',
            "line 6: `include`: '(?P<x>' is no pattern: missing )",
        ),
        (f'include = ["{"a" * 501}"]', "line 4: `include`: a pattern of more than 500 characters"),
        ('languages = ["english"]', "line 4: `languages`: 'english' is no code"),
        ('country = "China"', "line 4: `country`: 'China' is no code"),
        (
            'timezone = "Asia/Shangai"',
            "line 4: `timezone`: 'Asia/Shangai' is no time zone; did you mean 'Asia/Shanghai'?",
        ),
        ("interval = 3600", 'line 4: `interval` must be a duration such as "30m"'),
        ('interval = "1s"', "line 4: `interval` must be from 60 seconds"),
        ("delay = -1", "line 4: `delay` must be a number from 0 to 3600"),
        ("delay = nan", "line 4: `delay` must be a number"),
        ('keep = "none"', 'line 4: `keep` must be "relevant" or "all"'),
        ('verified = "yesterday"', "line 4: `verified` must be a date"),
        (
            'selectors = { link = "a" }',
            "line 4: unknown key 'link' in [source.x.selectors]; did you mean 'links'?",
        ),
        ('[source.x.selectors]\nnext = "a["', "line 5: `selectors.next`: 'a[' is no CSS selector"),
        (
            "include = ['/a/']\naccepts_examples = ['http://x.example/b/']",
            "line 5: `accepts_examples`: the rules refuse http://x.example/b/",
        ),
        (
            "include = ['/a/']\nrefuses_examples = ['http://x.example/a/']",
            "line 5: `refuses_examples`: the rules accept http://x.example/a/",
        ),
    ],
)
def test_a_mistake_in_a_record_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert said in str(caught.value)


def test_reading_sources_loads_no_parser_and_no_crawler() -> None:
    heavy = ["lxml", "trafilatura", "scrapy", "feedparser", "tld", "w3lib", "twisted"]
    code = f"import scraper.config, scraper.discovery, sys; print(set({heavy}) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
