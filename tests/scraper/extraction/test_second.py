import pytest
from article_pages import read_article

from scraper.extraction import Mode


def sentence(number: int) -> str:
    return (
        f"On day {number} of the forum on digital trade a delegation from port {number * 7} told how its customs "
        f"office clears goods without paper, and what the {number + 2} banks of the town think of it."
    )


def text_of(body: str, mode: Mode = "best") -> str:
    page = f"<html><head><title>Forum opens</title></head><body><h1>Forum opens</h1>{body}</body></html>"
    return read_article(page, mode=mode).text


def paragraphs(first: int, last: int) -> str:
    return "".join(f"<p>{sentence(number)}</p>" for number in range(first, last))


@pytest.mark.parametrize("mode", ["best", "fast"])
def test_what_follows_in_another_block_is_part_of_a_text_that_was_cut(mode: Mode) -> None:
    body = (
        f'<div class="col"><article class="entry-content">{paragraphs(1, 5)}</article></div>'
        f'<div class="row"><div class="more-of-it">{paragraphs(5, 12)}</div></div>'
    )
    found = text_of(body, mode)
    assert [sentence(n) in found for n in range(1, 12)] == [True] * 11


def test_what_follows_that_is_less_than_the_text_may_be_of_another_article() -> None:
    body = (
        f'<article class="entry-content">{paragraphs(1, 9)}</article>'
        f'<div class="row"><div class="x">{paragraphs(20, 21)}</div></div>'
    )
    assert text_of(body) == text_of(body, "fast")


LEAD = "Nine countries sent delegations to the old customs house, and none of them went home without a pledge."


@pytest.mark.parametrize("described", [LEAD, LEAD[:80]])
def test_a_standfirst_that_is_the_description_of_the_page_is_part_of_its_text(
    described: str,
) -> None:
    top = f'<div class="head"><div class="summary">{LEAD}</div></div><div class="info">2024-08-01</div>'
    page = f'{top}<article class="entry-content">{paragraphs(1, 8)}</article>'
    found = text_of(f'<meta property="og:description" content="{described}">{page}')
    assert found.split("\n")[0] == LEAD


def test_items_that_trafilatura_leaves_out_of_a_text_come_in_when_two_others_keep_them() -> None:
    items = "".join(f"<li>{sentence(number)}</li>" for number in range(20, 24))
    found = text_of(f"<article>{paragraphs(1, 5)}<ul>{items}</ul>{paragraphs(5, 9)}</article>")
    assert [sentence(number) in found for number in range(20, 24)] == [True] * 4
