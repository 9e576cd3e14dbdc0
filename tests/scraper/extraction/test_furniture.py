import pytest
from lxml import html

from scraper.extraction.furniture import drop_furniture

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
