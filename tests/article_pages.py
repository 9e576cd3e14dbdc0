"""Reading pages for the tests of what they say of themselves."""

from datetime import UTC, datetime

from scraper.extraction import Hints, Mode, read_page
from storage.records import Article, Page

NOW = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://jane-roe.example.org/2024/a-1"
TITLE = "Forum on digital trade opens"
SENTENCES = (
    "The forum on digital trade opened in the old customs house with guests from nine countries. "
    "An official of the bureau said that the port now clears most goods without paper. "
)


def read_article(
    page: str, *, url: str = URL, mode: Mode = "best", markdown: bool = False
) -> Article:
    """Return the article of a page."""
    found = read_page(
        Page(
            url=url,
            final_url=url,
            status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=page.encode(),
            fetched_at=NOW,
        ),
        hints=Hints(now=NOW, source_title="Example News", mode=mode, markdown=markdown),
    )
    assert isinstance(found, Article), found
    return found


def page_with(
    *, head: str = "", top: str = "", middle: str = "", end: str = "", below: str = ""
) -> str:
    """Return a page of an article, with what is to stand at its places."""
    return (
        f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{top}"
        f"<p>{SENTENCES * 2}</p>{middle}<p>{SENTENCES}</p>{end}</article>{below}</body></html>"
    )


def linked(**fields: str) -> str:
    """Return JSON-LD of an article whose fields are given as JSON."""
    own = "".join(f', "{name}": {value}' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}"{own}}}</script>'
