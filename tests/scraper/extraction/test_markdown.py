import pytest
from article_pages import SENTENCES, page_with, read_article
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from scraper.extraction.document import parse_document
from scraper.extraction.markdown import write_markdown
from scraper.extraction.plain import clean_text, fold


def markdown_of(body: str, text: str) -> str:
    page = f'<html><head><base href="https://example.org/a/"></head><body>{body}</body></html>'
    document = parse_document(page, "https://example.org/")
    assert document is not None
    return write_markdown(document, text)


@pytest.mark.parametrize(
    ("body", "text", "markdown"),
    [
        ("<h2>The port</h2><p>It opened.</p>", "The port\nIt opened.", "## The port\n\nIt opened."),
        ("<h1>The port</h1>", "The port", "## The port"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo", "- One\n- Two"),
        ("<ol><li>One</li><li>Two</li></ol>", "One\nTwo", "1. One\n2. Two"),
        (
            "<ul><li>One<ol><li>Half</li></ol></li><li>Two</li></ul>",
            "One\nHalf\nTwo",
            "- One\n  1. Half\n- Two",
        ),
        (
            "<blockquote><p>One.</p><p>Two.</p></blockquote><p>Three.</p>",
            "One.\nTwo.\nThree.",
            "> One.\n>\n> Two.\n\nThree.",
        ),
        (
            "<table><tr><th>Port</th><th>Ships</th></tr><tr><td>North | east</td><td>9</td></tr></table>",
            "Port | Ships\nNorth | east | 9",
            "| Port | Ships |\n| --- | --- |\n| North \\| east | 9 |",
        ),
        (
            "<table><tr><td>Port</td><td>Ships</td></tr></table>",
            "Port\nShips",
            "| Port | Ships |\n| --- | --- |",
        ),
        ("<pre>one *two*\nthree</pre>", "one *two*\nthree", "```\none *two*\nthree\n```"),
        (
            '<p>See <a href="b?utm_source=x#c">the <b>port</b></a>, <em>now </em>open.</p>',
            "See the port, now open.",
            "See [the **port**](https://example.org/a/b), *now* open.",
        ),
        (
            '<p><a href="javascript:x()">one</a> <a href="#top">two</a></p>',
            "one two",
            "one two",
        ),
        ("<p>1. May *is* a_b [sic]</p>", "1. May *is* a_b [sic]", "1\\. May \\*is\\* a_b \\[sic\\]"),
        ("<p>- no list</p><p># no heading</p>", "- no list\n# no heading", "\\- no list\n\n\\# no heading"),
        ("<p>- Port</p>", "Port", "Port"),
        ("<p>他说<b>“数字经济”</b>正在</p>", "他说“数字经济”正在", "他说“数字经济”正在"),
        ("<p>他说<b>数字经济</b>正在</p>", "他说数字经济正在", "他说**数字经济**正在"),
        ("<p>Now<b> (at dawn) </b>open</p>", "Now (at dawn) open", "Now **(at dawn)** open"),
        ('<p>Wow!<a href="/b">port</a></p>', "Wow!port", "Wow\\![port](https://example.org/b)"),
        ("<p>run<code>(now)</code></p>", "run(now)", "run`(now)`"),
        ("<p>One<br>two</p>", "One two", "One two"),
        ("<p>Elsewhere</p>", "Found *nowhere*", "Found \\*nowhere\\*"),
    ],
)  # fmt: skip
def test_a_text_keeps_the_structure_that_it_has_on_its_page(
    body: str, text: str, markdown: str
) -> None:
    assert markdown_of(body, text) == markdown


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "h3", "li", "blockquote", "pre", "td"]),
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_it_says_what_the_text_says_and_nothing_else(blocks: list[tuple[str, str]]) -> None:
    wrap = {
        "li": "<ul><li>{}</li></ul>",
        "td": "<table><tr><td>{0}</td><td>{0}</td></tr></table>",
    }
    escaped = [
        (tag, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        for tag, text in blocks
    ]
    body = "".join(wrap.get(tag, f"<{tag}>{{}}</{tag}>").format(text) for tag, text in escaped)
    lines = [f"{text} | {text}" if tag == "td" else text for tag, text in blocks]
    text = clean_text("\n".join(lines))
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    shown = html.fromstring(f"<div>{parser.render(markdown_of(body, text))}</div>")
    assert fold(str(shown.text_content())) == fold(text)


def test_the_markdown_of_a_page_has_its_links_and_lists_and_none_of_its_furniture() -> None:
    page = page_with(
        middle='<h2>What is new</h2><ul><li>The new <a href="/law">law of the harbour</a> holds '
        "from May.</li><li>Most goods are cleared without any paper at all.</li></ul>",
        below='<nav><a href="/sport">Sport</a></nav>',
    )
    found = read_article(page, markdown=True).markdown or ""
    assert "## What is new" in found
    assert "- The new [law of the harbour](https://jane-roe.example.org/law) holds" in found
    assert SENTENCES.strip() in found
    assert "Sport" not in found
