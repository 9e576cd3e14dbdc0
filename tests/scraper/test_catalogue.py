import re
import tomllib
from importlib import resources

import pytest

from scraper.catalogue import load_catalogue
from scraper.sources import GROUPS, Source, source_of_url

SOURCES = list(load_catalogue().values())
FILES = {
    file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
    for file in resources.files("scraper").joinpath("data/sources").iterdir()
    if file.name.endswith(".toml")
}
EXAMPLES = [
    pytest.param(source, url, wanted, id=f"{source.name}-{url}")
    for source in SOURCES
    for wanted, urls in ((True, source.accepts_examples), (False, source.refuses_examples))
    for url in urls
]
CONTINENTS = {
    "Asia": {"CN", "HK", "JP", "KR", "SG", "TH", "VN", "ID", "MY", "IN", "KZ", "AZ", "AE"},
    "Europe": {"CH", "FR", "BE", "DE", "ES", "IT", "RU", "GB"},
    "Africa": {"NG", "ZA", "ET", "KE", "TN"},
    "North America": {"US", "MX"},
    "South America": {"CL", "AR", "BR"},
    "Oceania": {"AU"},
}


@pytest.mark.parametrize(("source", "url", "wanted"), EXAMPLES)
def test_the_url_rules_do_what_the_record_says(source: Source, url: str, wanted: bool) -> None:
    assert source.accepts(url) is wanted


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_each_record_has_a_way_in_a_group_and_examples_of_both_kinds(source: Source) -> None:
    assert source.list_pages()
    assert source.group in GROUPS
    assert source.languages
    assert source.accepts_examples
    assert source.refuses_examples
    assert source.verified == "never"


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_each_example_belongs_to_its_own_source(source: Source) -> None:
    owners = {source_of_url(url, SOURCES).name for url in source.accepts_examples}
    assert owners == {source.name}


@pytest.mark.parametrize("name", FILES)
def test_each_file_names_the_evidence_and_its_year(name: str) -> None:
    head = FILES[name].partition("[source.")[0]
    assert "Evidence" in head or "evidence" in head or "gave" in head
    assert re.search(r"\b20[12]\d\b", head)


@pytest.mark.parametrize("name", FILES)
def test_each_file_holds_one_portal_and_is_named_after_it(name: str) -> None:
    assert list(tomllib.loads(FILES[name])["source"]) == [name]


def test_the_catalogue_is_wide() -> None:
    languages = {language for source in SOURCES for language in source.languages}
    countries = {source.country for source in SOURCES}
    continents = {name for name, codes in CONTINENTS.items() if codes & countries}
    assert len(SOURCES) >= 40
    assert len(languages) >= 8
    assert len(continents) >= 5
    assert {source.group for source in SOURCES} == set(GROUPS)
