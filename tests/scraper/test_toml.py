import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import ConfigError
from scraper.toml import Place, find_line, parse_toml

TEXT = '''\
# title = "not here"
title = "Top"

[source.a]
note = """
title = "nor here"
"""
title = "A"
feeds = [
    "http://a.example/1",  # the first
    "http://a.example/2",
]

[source.b]
selectors.links = "a"
title = "B"
inner = { title = "C" }
'''


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("title",), None, 2),
        (("source", "a"), None, 4),
        (("source", "a", "title"), None, 8),
        (("source", "a", "feeds"), None, 9),
        (("source", "a", "feeds"), "http://a.example/2", 11),
        (("source", "b", "selectors", "links"), None, 15),
        (("source", "b", "title"), None, 16),
        (("source", "b", "inner", "title"), None, 17),
        (("source", "c"), None, None),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_the_line_of_a_key(path: tuple[str, ...], value: str, line: int | None, end: str) -> None:
    assert find_line(TEXT.replace("\n", end), path, value) == line


@given(st.text(alphabet='[]{}"=.,# a\n', max_size=60))
def test_any_text_is_tables_or_an_error_with_its_place(text: str) -> None:
    try:
        tables = parse_toml(Place("x.toml", text))
    except ConfigError as error:
        assert str(error).startswith("x.toml, line ")  # noqa: PT017 - most texts raise
    else:
        assert all(find_line(text, (key,)) is not None for key in tables)
