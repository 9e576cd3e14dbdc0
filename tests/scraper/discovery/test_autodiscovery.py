from datetime import date

import pytest

from scraper.discovery.autodiscovery import HomePage, read_home
from scraper.discovery.links import ListPage
from scraper.discovery.survey import FINE, ListSurvey, advise

HOME = "https://www.news.example.org/"
TODAY = date(2026, 11, 24)


def home(body: str, sitemaps: tuple[str, ...] = ()) -> HomePage:
    return read_home(body.encode(), HOME, "text/html; charset=utf-8", sitemaps=sitemaps)


def named(page: HomePage, purpose: str) -> list[str]:
    return [c.url for c in page.candidates if c.purpose == purpose and not c.is_guess]


def test_declared_feeds_come_first_and_those_of_comments_are_left_out() -> None:
    page = home(
        '<head><link rel="alternate" type="application/rss+xml" href="/feed/" title="News">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/atom+xml" href="https://feeds.example.org/a.atom">'
        '<link rel="alternate" hreflang="fr" href="/fr/"></head><a href="/rss.xml">RSS</a>'
    )
    assert named(page, "feed") == [
        f"{HOME}feed/",
        "https://feeds.example.org/a.atom",
        f"{HOME}rss.xml",
    ]


def test_sitemaps_of_robots_txt_are_taken_and_foreign_ones_are_not() -> None:
    page = home("<p>", (f"{HOME}sitemap-news.xml", "https://other.example/sitemap.xml"))
    assert named(page, "sitemap") == [f"{HOME}sitemap-news.xml"]


def test_sections_are_short_links_with_the_words_of_the_field() -> None:
    page = home(
        '<nav><a href="/technology/">Technology</a><a href="/sport/">Sport</a><a href="/caijing/">财经</a>'
        '<a href="/2024/08/digital-forum-opens">Digital forum opens in the capital city today</a></nav>'
    )
    assert named(page, "section") == [f"{HOME}technology/", f"{HOME}caijing/", HOME]


def test_the_usual_places_are_tried_where_nothing_is_named() -> None:
    guesses = {c.url for c in home("<p>").candidates if c.is_guess}
    assert {f"{HOME}feed/", f"{HOME}sitemap.xml"} <= guesses


def test_a_named_feed_saves_the_guesses() -> None:
    page = home('<link rel="alternate" type="application/rss+xml" href="/f">')
    assert not any(c.is_guess for c in page.candidates if c.purpose == "feed")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:site_name" content="Example News">', "Example News"),
        ("<title>Example News | Home of news</title>", "Example News"),
        ("<title>Home</title>", None),
        ("", None),
    ],
)
def test_the_name_of_a_portal(head: str, title: str | None) -> None:
    assert home(f"<html lang='en-GB'><head>{head}</head><body>x").title == title


@pytest.mark.parametrize("body", ["", "\x00\x01", "{}", "<" * 5000, "<link rel=alternate>"])
def test_what_is_no_page_names_nothing(body: str) -> None:
    assert {c.url for c in home(body).candidates if not c.is_guess} == {HOME}


def survey(purpose: str = "feed", answer: str = "200", **page: object) -> ListSurvey:
    read = ListPage(links=(), further=(), problems=(), **page) if page else None  # type: ignore[arg-type]
    return ListSurvey(source="x", url=HOME, purpose=purpose, answer=answer, page=read)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("survey", "said"),
    [
        (survey(answer="404"), "gone"),
        (survey(answer="robots"), "robots.txt forbids it"),
        (survey(answer="403"), "refused"),
        (survey(answer="timeout"), "try again later"),
        (survey(listed=0), "it lists nothing"),
        (survey("sitemap", listed=0), FINE),
        (survey(listed=5, newest=date(2018, 1, 12)), "frozen since 2018-01-12"),
        (survey(listed=5, newest=date(2026, 11, 20)), "none of its links is an article"),
    ],
)
def test_each_list_gets_a_line_of_advice(survey: ListSurvey, said: str) -> None:
    assert said in advise(survey, today=TODAY)
