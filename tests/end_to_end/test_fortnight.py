"""Fourteen days of three portals, by a clock of the test's own, and a table of what must be known after."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from factory import prose

from scraper.ingest import PageTask, ingest_page, refuse_response
from scraper.sources import Source
from storage import articles, changes, frontier, history, reading, reports, search
from storage.archive import Archive, open_archive
from storage.coverage import cover
from storage.records import ArticleLink, Page, key_of

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 14

NORTH = Source(
    name="north", title="North News", home="http://north.example/", timezone="Asia/Shanghai"
)
SOUTH = Source(name="south", title="South Daily", home="http://south.example/", timezone="UTC")
QUIET = Source(name="quiet", title="Quiet Gazette", home="http://quiet.example/", timezone="UTC")
SOURCES = (NORTH, SOUTH, QUIET)

# What a portal answers at a moment: the status and the page.
Answer = tuple[int, str]
Script = Callable[[float], Answer]

TOPICS = {
    "figure": "Harbour city opens its digital economy forum",
    "title": "Valley province plans a digital economy conference",
    "date": "Lake district names the day of its digital economy expo",
    "name": "Mountain town appoints the host of its digital economy summit",
    "quotation": "Coastal officials praise the digital economy conference",
    "addition": "River province signs projects at the digital economy expo",
    "deletion": "Desert city shows its plans at the digital economy forum",
    "cosmetic": "Island county joins the national digital economy conference",
    "back": "Plain city counts the visitors of its digital economy fair",
    "gone": "Forest town hosts a small digital economy forum",
    "challenged": "Delta region reports on the digital economy summit",
    "moved": "Steppe capital prepares the digital economy expo",
    "noisy": "Canyon city closes its digital economy conference",
}


def paragraphs(name: str) -> list[str]:
    """Return a text that shares nothing with another but what the corrections need."""
    number = list(TOPICS).index(name)
    place = TOPICS[name].split()[0]
    openings = (
        f"{TOPICS[name]}, and {place} expects delegates from {number + 20} countries.",
        f"Organisers in {place} plan {number + 40} sessions on trade, on skills and on villages.",
        f'"The digital economy gives {place} a second harbour," the mayor of {place} said.',
        f"The forum in {place} ends on March 9 with a declaration.",
    )
    return [f"{text} {prose(40, seed=number * 10 + at)}." for at, text in enumerate(openings)]


def render(title: str, texts: list[str], *, moment: float = 0, end: str = "</body></html>") -> str:
    body = "".join(f"<p>{text}</p>" for text in texts)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>"
        "<meta property='article:published_time' content='2026-03-01'></head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article>"
        f"<aside>Visitor {moment * 7919:.0f} today</aside>{end}"
    )


def steady(name: str) -> Script:
    return lambda hour: (200, render(TOPICS[name], paragraphs(name), moment=hour))


def edited(name: str, old: str, new: str, *, at: float, until: float = 1e9) -> Script:
    """A page in which something is replaced from one hour on, and back again from another."""

    def answer(hour: float) -> Answer:
        page = render(TOPICS[name], paragraphs(name), moment=hour)
        return 200, page.replace(old, new) if at <= hour < until else page

    return answer


def instead(name: str, other: Answer, *, at: float, until: float = 1e9) -> Script:
    return lambda hour: other if at <= hour < until else steady(name)(hour)


ADDED = "A further session on skills was added to the programme late on Sunday evening."
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    "<div id='cf-challenge'>Enable JavaScript and cookies to continue</div></body></html>"
)
MAINTENANCE = render(
    "Scheduled maintenance",
    ["Our systems are being renewed tonight. " * 5, "Please come back in the morning. " * 5],
)
ROUND_UP = "The week in the digital economy: five regions and their conferences"

PAGES: Mapping[str, Script] = {
    "http://north.example/figure": edited("figure", "20 countries", "26 countries", at=2),
    "http://north.example/title": edited(
        "title", "Valley province plans", "Valley province moves", at=2
    ),
    "http://north.example/date": edited("date", "March 9", "March 10", at=2),
    "http://north.example/name": edited(
        "name", "Organisers in Mountain", "Organisers in Highland", at=2
    ),
    "http://north.example/quotation": edited(
        "quotation", "a second harbour", "a second wind", at=2
    ),
    "http://north.example/addition": edited(
        "addition", "</article>", f"<p>{ADDED}</p></article>", at=2
    ),
    "http://north.example/deletion": edited("deletion", paragraphs("deletion")[3], "", at=2),
    "http://north.example/cosmetic": edited(
        "cosmetic", "trade, on skills", "trade; on skills", at=2
    ),
    "http://north.example/back": edited("back", "48 sessions", "84 sessions", at=2, until=20),
    "http://north.example/gone": instead("gone", (404, "gone"), at=20),
    "http://north.example/challenged": instead("challenged", (200, CHALLENGE), at=0.5, until=30),
    "http://north.example/moved": instead("moved", (200, MAINTENANCE), at=2, until=30),
    "http://north.example/noisy": steady("noisy"),
    "http://south.example/copy": lambda hour: (
        200,
        render(
            TOPICS["noisy"],
            [*paragraphs("noisy"), "Source: North News, with our own desk."],
            moment=hour,
        ),
    ),
    "http://south.example/week": lambda hour: (
        200,
        render(
            ROUND_UP,
            [
                "Here is what happened in five regions during the week, told in the words of the regions."
            ]
            + [text for name in ("title", "date", "addition", "back") for text in paragraphs(name)]
            + paragraphs("cosmetic"),
            moment=hour,
        ),
    ),
}
OUTAGE = (5 * 24, 7 * 24)


def answer_of(url: str, hour: float) -> Answer:
    if "north" in url and OUTAGE[0] <= hour < OUTAGE[1]:
        return 503, "busy"
    return PAGES[url](hour)


def fetch(url: str, now: datetime) -> Page:
    hour = (now - BEGIN) / timedelta(hours=1)
    status, page = answer_of(url, hour)
    return Page(
        url=url,
        final_url=url,
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=page.encode(),
        fetched_at=now,
    )


def crawl(archive: Archive, now: datetime) -> None:
    """One crawl of every source, as the crawler does it, without the network."""
    hour = (now - BEGIN) / timedelta(hours=1)
    with archive.write() as db:
        crawl_id = reports.begin_crawl(db, now=now, pid=1)
    for source in SOURCES:
        is_down = source is NORTH and OUTAGE[0] <= hour < OUTAGE[1]
        # The list names an article on the first day only: later looks are due by age alone.
        listed = [url for url in PAGES if source.name in url and hour < 24]
        links = [ArticleLink(url=url, found_in=source.home, found_as="section") for url in listed]
        with archive.write() as db:
            frontier.meet(db, [] if is_down else links, source=source.name, now=now)
            due = frontier.due(db, [source.name], now=now)
        for one in due:
            page = fetch(one.url, now)
            outcome = refuse_response(page, source=source, crawl_id=crawl_id)
            outcome = outcome or ingest_page(PageTask(page=page, source=source, crawl_id=crawl_id))
            with archive.write() as db:
                articles.record(db, outcome, captures=archive.captures)
        with archive.write() as db:
            reports.account(
                db, crawl_id, summary_of(source, listed=0 if is_down else 1, links=len(links))
            )
    with archive.write() as db:
        reports.end_crawl(db, crawl_id, state="done", now=now)


def summary_of(source: Source, *, listed: int, links: int) -> reports.SourceSummary:
    return reports.SourceSummary(
        source=source.name,
        listed=listed,
        discovered=links,
        fetched=0,
        new=0,
        versions=0,
        unchanged=0,
        rejected={},
        failed={} if listed else {"section 5xx": 1},
        problems=(),
        bytes=0,
        seconds=0.0,
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory):
    with open_archive(tmp_path_factory.mktemp("fortnight") / "a.db", create=True) as opened:
        for half_hours in range(DAYS * 48):
            if half_hours < 96 or half_hours % 24 == 0:
                crawl(opened, BEGIN + timedelta(minutes=30 * half_hours))
        yield opened


def versions_of(archive: Archive, name: str) -> list[reading.StoredArticle]:
    url = next(url for url in PAGES if url.endswith(f"/{name}"))
    with archive.read() as db:
        count = len(history.history(db, url).versions)
        return [reading.get(db, f"{key_of(url)}@{number + 1}") for number in range(count)]


def stored_changes(archive: Archive, name: str) -> list[str]:
    url = f"http://north.example/{name}"
    with archive.read() as db:
        return [version.changes for version in history.history(db, url).versions]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("figure", [[], ["figure"]]),
        ("title", [[], ["title"]]),
        ("date", [[], ["date"]]),
        ("name", [[], ["name"]]),
        ("quotation", [[], ["quotation"]]),
        ("addition", [[], ["addition"]]),
        ("deletion", [[], ["deletion"]]),
        ("cosmetic", [[], ["cosmetic"]]),
        ("back", [[], ["figure"], ["figure"]]),
        ("gone", [[]]),
        ("challenged", [[]]),
        ("moved", [[]]),
        ("noisy", [[]]),
    ],
)
def test_each_correction_is_a_version_of_its_kind_and_nothing_else_is_one(
    archive: Archive, name: str, kinds: list[list[str]]
) -> None:
    found = [list(version) for version in stored_changes(archive, name)]
    if name == "title":
        # The changed headline stands in the first sentence too.
        found = [[kind for kind in version if kind == "title"] for version in found]
    assert found == kinds


def test_going_there_and_back_is_three_states(archive: Archive) -> None:
    first, second, third = versions_of(archive, "back")
    assert (first.text == third.text, first.text == second.text) == (True, False)


def test_the_difference_is_shown_by_word(archive: Archive) -> None:
    first, second = versions_of(archive, "figure")
    pieces = changes.compare(first.text, second.text)
    assert [(p.how, p.text) for p in pieces if p.how != "same"] == [
        ("removed", "20"),
        ("added", "26"),
    ]


def test_what_is_gone_says_since_when_and_can_still_be_read(archive: Archive) -> None:
    with archive.read() as db:
        article = reading.get(db, key_of("http://north.example/gone"))
        story = history.history(db, article.url)
    assert story.state == "gone"
    # Asked at 24 h of its age at the latest, and again a day later.
    gone_at = article.appearances[0].gone_at
    assert gone_at is not None
    assert BEGIN + timedelta(hours=44) <= gone_at <= BEGIN + timedelta(days=3)
    assert "Forest" in article.text


def test_the_copy_and_the_round_up_are_told_apart(archive: Archive) -> None:
    with archive.read() as db:
        copies = history.kin_of(db, key_of("http://north.example/noisy"))
        contained = history.kin_of(db, key_of("http://north.example/date"))
    assert {(kin.url.rpartition("/")[2], kin.kind) for kin in copies} == {
        # Both say the same day: the longer text is the lead.
        ("noisy", "copy"),
        ("copy", "same"),
    }
    assert ("week", "contains") in {(kin.url.rpartition("/")[2], kin.kind) for kin in contained}


def test_the_copy_is_the_same_article(archive: Archive) -> None:
    with archive.read() as db:
        one = reading.get(db, key_of("http://south.example/copy"))
    assert {appearance.source for appearance in one.appearances} == {"north", "south"}


def test_the_outage_and_the_silence_are_not_the_same(archive: Archive) -> None:
    zones = {"north": UTC, "south": UTC, "quiet": ZoneInfo("UTC")}
    with archive.read() as db:
        days = cover(db, zones=zones, now=BEGIN + timedelta(days=DAYS, minutes=-30))
    blind = {(day.source, day.day) for day in days if not day.polled}
    assert blind == {("north", date(2026, 3, 6)), ("north", date(2026, 3, 7))}
    quiet = [day for day in days if day.source == "quiet"]
    assert len(quiet) == DAYS
    assert {(day.polled > 0, day.discovered, day.archived) for day in quiet} == {(True, 0, 0)}


def test_why_tells_of_the_challenge(archive: Archive) -> None:
    with archive.read() as db:
        story = history.history(db, "http://north.example/challenged")
    assert (story.state, len(story.versions)) == ("archived", 1)


def test_the_counts_agree(archive: Archive) -> None:
    with archive.read() as db:
        cells = search.count_by(db, '"digital economy"', by=("month", "source"))
    assert [(cell.month, cell.source, cell.number) for cell in cells] == [
        ("2026-03", "north", 13),
        ("2026-03", "south", 2),
    ]
