from importlib import resources

import pytest

from scraper.sources import Source, load_catalogue

SOURCES = list(load_catalogue().values())
EXAMPLES = [
    pytest.param(source, url, wanted, id=f"{source.name}-{url}")
    for source in SOURCES
    for wanted, urls in ((True, source.accepts_examples), (False, source.refuses_examples))
    for url in urls
]


@pytest.mark.parametrize(("source", "url", "wanted"), EXAMPLES)
def test_the_url_rules_do_what_the_record_says(source: Source, url: str, wanted: bool) -> None:
    assert source.accepts(url) is wanted


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_each_record_has_a_way_in_and_examples_of_both_kinds(source: Source) -> None:
    assert source.list_pages()
    assert source.accepts_examples
    assert source.refuses_examples


def test_each_file_holds_one_portal_and_is_named_after_it() -> None:
    files = resources.files("scraper").joinpath("data/sources").iterdir()
    stems = {file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")}
    assert stems == set(load_catalogue())
