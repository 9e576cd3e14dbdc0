import pytest
from article_pages import SENTENCES, read_article

HEADLINE = "Forum on digital trade opens in the old customs house"


def title_of(head_title: str, *body: str, head: str = "") -> str:
    text = f"<p>{SENTENCES * 2}</p><p>{SENTENCES}</p>"
    return read_article(
        f"<html><head><title>{head_title}</title>{head}</head><body>{''.join(body)}{text}</body></html>"
    ).title


def shared(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def test_what_a_reader_sees_goes_before_what_search_engines_are_told() -> None:
    told = "Digital trade forum 2024: all about the opening"
    assert title_of(f"{told} | Example News", f"<h1>{HEADLINE}</h1>", head=shared(told)) == HEADLINE


@pytest.mark.parametrize("mark", [" - ", " | ", " l "])
def test_a_heading_with_which_the_title_element_ends_is_the_portals_name(mark: str) -> None:
    name = "Harbour Courier"
    assert title_of(f"{HEADLINE}{mark}{name}", f"<h1>{name}</h1>") == HEADLINE


@pytest.mark.parametrize(
    ("heading", "head_title", "headline"),
    [
        ("BBC", "My life at the BBC - BBC", "My life at the BBC"),
        ("News", "How to spot fake News", "How to spot fake News"),
        ("News", "What we learned from World War I - News", "What we learned from World War I"),
    ],
)
def test_a_headline_keeps_its_last_word_though_it_be_the_portals_name(
    heading: str, head_title: str, headline: str
) -> None:
    assert title_of(head_title, f"<h1>{heading}</h1>", head=shared(headline)) == headline


@pytest.mark.parametrize(
    "head_title",
    [
        f"{HEADLINE} - Ports - The Courier of the Harbour",
        f"The Courier - {HEADLINE} - Ports",
        f"{HEADLINE}_Ports_The Courier",
    ],
)
def test_a_name_that_nobody_knows_goes_where_the_page_prints_the_headline_alone(
    head_title: str,
) -> None:
    assert title_of(head_title, f"<h2>{HEADLINE}</h2>") == HEADLINE


def test_a_part_that_is_printed_goes_not_when_the_whole_is_too() -> None:
    whole = "The week in ports | Courage and a long breath for all"
    assert title_of(whole, f"<a>The week in ports</a><h2>{whole}</h2>") == whole


def test_a_kicker_inside_the_heading_is_no_part_of_the_headline() -> None:
    heading = f"<h1><span>Trade in the north</span> <span>{HEADLINE}</span></h1>"
    assert title_of(f"{HEADLINE} - Example News", heading, head=shared(HEADLINE)) == HEADLINE


@pytest.mark.parametrize("heading", ["0 Comments", "Details"])
@pytest.mark.parametrize("head", ["", shared(HEADLINE)])
def test_a_heading_of_the_page_is_no_headline(heading: str, head: str) -> None:
    assert title_of(HEADLINE, f"<h1>{heading}</h1>", head=head) == HEADLINE


def test_a_short_headline_stands_against_the_portals_name() -> None:
    assert title_of("The Harbour Courier", "<h1>Ports reopen</h1>") == "Ports reopen"


def test_a_title_of_thousands_of_parts_takes_no_time() -> None:
    title = title_of("Ports - " * 20_000, f"<h2>{HEADLINE}</h2>")
    assert len(title) <= 500
