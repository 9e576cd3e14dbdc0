from datetime import date

import pytest

from scraper.registry import load_registry
from scraper.relevance import judge, load_topics
from storage.records import Article, EventMention

FILLER = " The day was warm, and many people walked along the river before they went home." * 6


def mentions(
    title: str, text: str = "", published: date | None = date(2025, 6, 1), language: str = "en"
) -> dict[str, EventMention]:
    article = Article(
        title=title,
        text=text + FILLER,
        published_date=published,
        language=language,
        extractor="test",
    )
    return {found.event: found for found in judge(article, load_topics()).events}


@pytest.mark.parametrize(
    ("title", "event", "edition"),
    [
        ("2024 Global Digital Economy Conference opens", "gdec", 2024),
        ("Global Digital Economy Conference (GDEC) 2023 closes", "gdec", 2023),
        ("GDEC 2022 opens in Beijing", "gdec", 2022),
        ("Second Global Digital Trade Expo opens", "gdte", 2023),
        ("The 4th World Internet Conference begins", "wic", 2017),
        ("第四届数贸会开幕", "gdte", 2025),
        ("首届世界互联网大会即将登场", "wic", 2014),
        ("2022全球數字經濟大會開幕", "gdec", 2022),
        ("世界網際網路大會開幕", "wic", 2025),
        (
            "La 34ª edición del Encuentro de la Economía Digital y las Telecomunicaciones",
            "ametic",
            2020,
        ),
        ("Bilanz zum 17. Digital-Gipfel in Frankfurt", "digitalgipfel", 2024),
        ("Diễn đàn Quốc gia phát triển kinh tế số và xã hội số lần thứ III", "vn_def", 2025),
        ("제6회 디지털 이코노미 포럼 개최", "kr_def", 2023),
        ("CEATEC JAPAN 2009が開幕", "ceatec", 2009),
        ("MWC25 opens in Barcelona", "mwc", 2025),
        ("Sheikh tours Gitex", "gitex", 2025),
        ("انطلاق منتدى الاقتصاد الرقمي العالمي", "wdef_arab", 2025),
    ],
)
def test_an_event_is_known_by_its_name_and_its_edition(
    title: str, event: str, edition: int
) -> None:
    assert mentions(title)[event].edition == edition


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("世界互联网工业大会在青岛开幕", "wic"),
        ("全球能源互联网大会开幕", "wic"),
        ("中国国际数字经济博览会开幕", "gdec"),
        ("数博大道通车", "bigdata_expo"),
        ("服贸会开幕", "gdte"),
        ("India Mobile Congress opens", "mwc"),
        ("Arab Internet Governance Forum meets", "igf"),
        ("World Intelligence Congress (WIC) opens in Tianjin", "wic"),
        ("A leap for cloud computing", "leap"),
        ("Digital Bridge Across the Himalayas", "digitalbridge"),
        ("DigitalBridge Group buys towers", "digitalbridge"),
        ("UN General Assembly adopts resolution", "dco_ga"),
        ("Web Summit Rio opens", "websummit"),
        ("MWC Shanghai opens", "mwc"),
        ("Ces entreprises du numérique", "ces"),
    ],
)
def test_what_only_looks_like_an_event_is_none(title: str, event: str) -> None:
    assert event not in mentions(title)


def test_a_part_of_an_event_names_the_whole_too() -> None:
    title = "Lhasa High-Level Forum of Global Digital Economy Conference 2024 opens"
    found = mentions(title, published=date(2024, 8, 1))
    assert list(found) == ["gdec_lhasa", "gdec"]
    assert {mention.edition for mention in found.values()} == {2024}


def test_the_edition_in_the_title_wins_over_an_earlier_one_in_the_text() -> None:
    text = "Since the first GDEC in 2021 much has changed. Last year's GDEC 2023 had fewer guests."
    assert mentions("GDEC 2024 opens", text)["gdec"].edition == 2024


def test_what_is_said_of_last_years_edition_names_none_of_it() -> None:
    found = mentions("Chip maker opens plant", "It was shown at last year's Web Summit.")
    assert found["websummit"].edition is None


def test_an_unsaid_edition_is_that_of_the_day_of_publication() -> None:
    found = mentions("Web Summit opens", published=date(2019, 11, 4))["websummit"]
    assert (found.edition, found.edition_from) == (2019, "date")


def test_news_of_january_is_about_the_edition_that_was_near() -> None:
    found = mentions("UNCTAD eWeek: a look at its results", published=date(2024, 1, 9))
    assert found["unctad_eweek"].edition == 2023


def test_without_a_day_and_a_year_the_edition_stays_open() -> None:
    assert mentions("Web Summit opens", published=None)["websummit"].edition is None


def test_numbers_of_a_list_are_no_ordinals() -> None:
    found = mentions("Biggest fairs", "1. CES, Las Vegas\n2. MWC, Barcelona\n")
    assert found["mwc"].ordinal is None


def test_each_event_of_the_registry_is_found_by_each_of_its_names() -> None:
    registry = load_registry()
    lost = [
        (name, alias)
        for name, table in registry.tables.items()
        for alias in table["names"]
        if name not in mentions(alias)
    ]
    assert lost == []
    known = registry.known
    assert all(event.part_of is None or event.part_of in known for event in known.values())
