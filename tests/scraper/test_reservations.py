"""What publishers reserve in headers and in pages, and what becomes of such a page."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from factory import NOW, prose

from scraper.ingest import PageTask, ingest_page
from scraper.reservations import Terms, find_reservations
from scraper.sources import Source
from storage.archive import open_archive
from storage.records import Outcome, Page, State

URL = "http://news.example.org/2026/forum"
OURS = Terms(noarchive="text", mining="refuse")
SOURCE = Source(name="portal", title="Portal", home="http://news.example.org/", keep="all")


def page(*headers: tuple[str, str], meta: str = "", url: str = URL, text: str = "") -> Page:
    text = text or prose(200)
    body = f"<html><head>{meta}</head><body><article><h1>Forum opens</h1><p>{text}</p></article></body></html>"
    return Page(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", "text/html"), *headers),
        body=body.encode(),
        fetched_at=NOW,
    )


def ingest(*headers: tuple[str, str], meta: str = "", terms: Terms | None = OURS) -> Outcome:
    return ingest_page(PageTask(page=page(*headers, meta=meta), source=SOURCE, terms=terms))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("noindex", {"noindex"}),
        ("NoIndex, NoFollow", {"noindex"}),
        ("none", {"noindex"}),
        ("noarchive", {"noarchive"}),
        ("noarchive,noindex", {"noarchive", "noindex"}),
        ("all", set()),
        ("index, follow", set()),
        ("nofollow, nosnippet, noimageindex", set()),
        ("max-snippet: 10, noarchive", {"noarchive"}),
        ("max-image-preview:large, noindex", {"noindex"}),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive", {"noarchive"}),
        ("wireroom: noindex", {"noindex"}),
        ("WIREROOM: noindex, noarchive", {"noindex", "noarchive"}),
        ("*: noindex", {"noindex"}),
        ("googlebot: noindex", set()),
        ("otherbot: noindex, noarchive", set()),
        ("otherbot: noindex, wireroom: noarchive", {"noarchive"}),
        ("", set()),
        (",,:,", set()),
    ],
)
def test_a_header_says_what_is_reserved_for_us(value: str, expected: set[str]) -> None:
    assert set(find_reservations([("X-Robots-Tag", value)], {})) == expected


def test_several_headers_add_up() -> None:
    headers = [("x-robots-tag", "noarchive"), ("X-ROBOTS-TAG", "bot: noindex"), ("X-Robots-Tag", "none")]  # fmt: skip
    assert set(find_reservations(headers, {})) == {"noarchive", "noindex"}


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"robots": ("noindex, follow",)}, {"noindex": "meta"}),
        ({"robots": ("index", "noarchive")}, {"noarchive": "meta"}),
        ({"wireroom": ("noindex",)}, {"noindex": "meta"}),
        ({"robots": ("all",), "wireroom": ("noarchive",)}, {"noarchive": "meta"}),
        ({"googlebot": ("noindex",)}, {}),
        ({"description": ("noindex",)}, {}),
        ({"tdm-reservation": ("1",)}, {"tdm-reservation": "meta"}),
        ({"tdm-reservation": ("0",)}, {}),
        ({"tdm-policy": ("https://a.org/policy.json",)}, {}),
    ],
)
def test_a_page_says_what_is_reserved_for_us(meta: dict, expected: dict[str, str]) -> None:
    assert find_reservations([], meta) == expected


@pytest.mark.parametrize(("value", "expected"), [("1", True), (" 1 ", True), ("0", False), ("yes", False)])  # fmt: skip
def test_a_header_reserves_mining(value: str, expected: bool) -> None:
    assert ("tdm-reservation" in find_reservations([("TDM-Reservation", value)], {})) is expected


@pytest.mark.parametrize(
    ("headers", "meta", "kind"),
    [
        ([("X-Robots-Tag", "noindex")], "", "noindex"),
        ([], '<meta name="Robots" content="NOINDEX">', "noindex"),
        ([], '<meta name="wireroom" content="none">', "noindex"),
        ([("tdm-reservation", "1")], "", "tdm"),
        ([], '<meta name="tdm-reservation" content="1">', "tdm"),
    ],
)
def test_of_what_is_refused_only_the_outcome_is_left(headers, meta: str, kind: str) -> None:
    outcome = ingest(*headers, meta=meta)
    assert (outcome.state, outcome.kind) == (State.REFUSED, kind)
    assert (outcome.title, outcome.article, outcome.relevance, outcome.capture) == (None,) * 4


@pytest.mark.parametrize(
    "meta",
    [
        '<meta name="googlebot" content="noindex">',
        '<!-- <meta name="robots" content="noindex"> -->',
        '<template><meta name="robots" content="noindex"></template>',
    ],
)
def test_what_is_not_said_to_us_refuses_nothing(meta: str) -> None:
    assert ingest(meta=meta).state is State.ARCHIVED


def test_without_a_copy_the_text_is_kept() -> None:
    outcome = ingest(("X-Robots-Tag", "noarchive"))
    assert outcome.state is State.ARCHIVED
    assert outcome.article is not None
    assert outcome.article.provenance["noarchive"] == "header"
    assert outcome.capture is None


def test_a_part_without_a_copy_keeps_none_of_the_others() -> None:
    second = page(("X-Robots-Tag", "noarchive"), url=f"{URL}?page=2", text=prose(200, seed=2))
    task = PageTask(page=page(), parts=(second,), source=SOURCE, terms=OURS)
    outcome = ingest_page(task)
    assert outcome.state is State.ARCHIVED
    assert (outcome.capture, outcome.part_captures) == (None, ())


def test_the_user_can_refuse_what_may_not_be_copied() -> None:
    strict = replace(OURS, noarchive="refuse")
    assert ingest(("X-Robots-Tag", "noarchive"), terms=strict).kind == "noarchive"


def test_the_user_can_have_a_right_to_mine() -> None:
    outcome = ingest(("TDM-Reservation", "1"), terms=replace(OURS, mining="keep"))
    assert outcome.state is State.ARCHIVED
    assert outcome.capture is not None
    assert outcome.article is not None
    assert outcome.article.provenance["tdm-reservation"] == "header"


def test_what_was_kept_already_is_read_again_on_no_terms() -> None:
    outcome = ingest(("X-Robots-Tag", "noindex, noarchive"), terms=None)
    assert outcome.state is State.ARCHIVED
    assert outcome.capture is not None


def test_what_is_reserved_is_in_the_archive(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.record(ingest(("X-Robots-Tag", "noarchive")))
        with archive.read() as db:
            (row,) = db.execute("SELECT provenance, capture_id FROM version")
    assert json.loads(row["provenance"])["noarchive"] == "header"
    assert row["capture_id"] is None


def test_an_article_that_is_reserved_later_stays_and_is_looked_at_seldom(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db", create=True) as archive:
        archive.record(ingest())
        archive.record(ingest(("X-Robots-Tag", "noindex")))
        assert [article.url for article in archive.articles()] == [URL]
        with archive.read() as db:
            due = db.execute("SELECT due_at FROM outcome").fetchone()["due_at"]
    assert due.startswith("2026-01-31")
