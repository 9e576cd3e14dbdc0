"""A page that is four times as long may take a little more than four times as long to read, not sixteen times."""

from collections.abc import Callable
from time import process_time

import pytest

from scraper.extraction.document import Document, parse_document, read_lines
from scraper.extraction.furniture import drop_furniture
from scraper.extraction.markdown import write_markdown
from scraper.extraction.pictures import list_pictures
from scraper.extraction.second import complete

ALLOWED = 9.0


def parse(body: str) -> Document:
    document = parse_document(f"<html><body>{body}</body></html>", "https://example.org/")
    assert document is not None
    return document


def read_meta(size: int) -> Callable[[], object]:
    page = f"<html><head>{'<meta name=x content=y>' * 3000 * size}</head><body>x</body></html>"
    return lambda: parse_document(page, "https://example.org/")


def read_captions(size: int) -> Callable[[], object]:
    nested = '<div class="caption">' * 50 * size + "<span>x</span>" * 2000 * size
    document = parse(f'<div><img src="/a.jpg">{nested}</div>')
    return lambda: list_pictures(document)


def read_links(size: int) -> Callable[[], object]:
    link = f'<a href="/b">{"port " * 100}</a>'
    document = parse(f"<div>{link * 5}" * 50 * size)
    return lambda: drop_furniture(document.tree)


def read_rules(size: int) -> Callable[[], object]:
    document = parse("<p>---</p>" * 2500 * size)
    text = "\n".join(["---"] * 2500 * size)
    lines = read_lines(document.tree)
    return lambda: complete(document, lines, text)


def write_items(size: int) -> Callable[[], object]:
    document = parse(f"<ol>{'<li>port</li>' * 1500 * size}</ol>")
    text = "\n".join(["port"] * 1500 * size)
    return lambda: write_markdown(document, text)


def write_unknown_lines(size: int) -> Callable[[], object]:
    document = parse("".join(f"<p>port {number}</p>" for number in range(1000 * size)))
    text = "\n".join(f"portal {number}" for number in range(1000 * size))
    return lambda: write_markdown(document, text)


def measure(work: Callable[[int], Callable[[], object]], size: int) -> float:
    run = work(size)
    begun = process_time()
    run()
    return process_time() - begun


@pytest.mark.parametrize(
    "work", [read_meta, read_captions, read_links, read_rules, write_items, write_unknown_lines]
)
def test_the_cost_of_a_page_grows_with_its_length(
    work: Callable[[int], Callable[[], object]],
) -> None:
    growth = min(measure(work, 4) / max(measure(work, 1), 0.002) for _ in range(3))
    assert growth < ALLOWED
