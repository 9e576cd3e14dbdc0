import pytest
from lxml import html

from scraper.extraction.furniture import drop_furniture
from scraper.extraction.furniture_lines import is_furniture
from scraper.extraction.text import drop_top

PARAGRAPH = (
    "<p>The forum on digital trade opened in the old customs house with guests from nine countries "
    "and a long list of questions.</p>"
)
TAGS = "".join(f'<a href="/t/{tag}">{tag}</a> ' for tag in ("port", "sea", "trade", "tax", "law"))


def what_stays(block: str) -> str:
    tree = html.document_fromstring(f"<html><body><div>{PARAGRAPH * 3}</div>{block}</body></html>")
    drop_furniture(tree)
    return html.tostring(tree, encoding="unicode")


@pytest.mark.parametrize(
    "block",
    [
        f"<div>{TAGS}</div>",
        f"<p><b>{TAGS}</b></p>",
        "<ul>" + '<li><a href="/r/x">port</a></li>' * 5 + "</ul>",
        "<select><option>port<option>sea</select>",
        "<button>port</button>",
    ],
    ids=["row", "marked row", "list", "field", "button"],
)
def test_rows_of_links_and_fields_go(block: str) -> None:
    assert "port" not in what_stays(block)


@pytest.mark.parametrize(
    "block",
    [
        f"<p>Delegates from every port heard of {TAGS} and of what the banks of the town will do.</p>",
        "<p>Seen from the " + '<a href="/r/x">port</a></p>',
        "<ul>" + '<li><a href="/r/x">port</a>' * 4 + "</ul>",
        f"<button>{PARAGRAPH.replace('customs house', 'port') * 3}</button>",
    ],
    ids=["sentence", "link at an end", "short list", "all of the text"],
)
def test_links_and_fields_in_a_text_stay(block: str) -> None:
    assert "port" in what_stays(block)


def test_a_form_around_the_page_stays() -> None:
    sentences = [f"On day {day} a delegation told how its port clears goods." for day in range(12)]
    form = "".join(f"<div><span>{sentence}</span></div>" for sentence in sentences)
    tree = html.document_fromstring(
        f"<html><body><form>{form}</form><p>{sentences[0]}</p></body></html>"
    )
    drop_furniture(tree)
    assert sentences[-1] in tree.text_content()


@pytest.mark.parametrize(
    "line",
    [
        "Share | Print | 12 comments",
        "Поделиться | Печать",
        "Chia sẻ | In | Bình luận",
        "شارك | اطبع",
    ],
)
def test_a_row_of_buttons_is_furniture_in_every_language(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "top", ["1 August 2024", "Nora Whitfield, 1 August 2024", "Updated: 2024-08-01"]
)
def test_the_date_as_printed_is_no_line_of_the_text(top: str) -> None:
    text = f"{top}\nThe forum opened on 1 August 2024."
    body = drop_top(text, title="Forum opens", known=("Nora Whitfield", "2024-08-01T09:30Z"))
    assert body == "The forum opened on 1 August 2024."


@pytest.mark.parametrize("first", ["The strike began in the north.", "1 August 2024\nIt began."])
def test_the_dates_of_a_chronology_stay_in_its_text(first: str) -> None:
    parts = "2 August 2024\nThe port closed.\n3 August 2024\nIt opened."
    body = drop_top(f"{first}\n{parts}", title="A strike", known=("Nora Whitfield",))
    assert body.endswith(parts)


def test_a_date_right_below_the_headline_is_no_line_of_the_text() -> None:
    text = "Archive\nForum opens\n1 August 2024\nThe forum opened."
    assert drop_top(text, title="Forum opens", known=()) == "Archive\nThe forum opened."
