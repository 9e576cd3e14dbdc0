"""Reading pages: from the bytes that a server sent to an article, or to the reason why there is none.

Importing this package is cheap; the first page loads the parsers.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.records import Article, NotAnArticle, Page

__all__ = ["Hints", "Mode", "read_page"]

Mode = Literal["best", "fast"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known of a page before it is read; the page itself has the first word."""

    now: datetime
    """The moment that dates are judged against: an aware datetime."""
    title: str | None = None
    """The link's text, or the title in the feed."""
    published_raw: str | None = None
    """The date beside the link, as seen."""
    timezone: str | None = None
    """IANA name of the zone that the portal prints its times in, for pages that name none."""
    languages: tuple[str, ...] = ()
    """The portal's languages, ISO 639-1."""
    source_title: str | None = None
    """The portal's name, which headlines carry as a suffix."""
    mode: Mode = "best"
    """`fast` reads the text with one extractor, `best` asks a second one where it may be wrong."""
    markdown: bool = False
    """Compute the article's Markdown form too."""
    first_part: str | None = None
    """The canonical URL of an article's first part, when the page is a further one."""
    part: int = 1
    """Which part of its article the page is."""


def read_page(page: Page, *, hints: Hints) -> Article | NotAnArticle:
    """Read a page.

    Args:
        page: the response; any bytes may stand in its body.
        hints: what is known of the page already.

    Returns:
        The article with its text and what the page says about it, or the finding that the page is
        something else.
    """
    from scraper.extraction.reading import read  # noqa: PLC0415 - loads the parsers

    return read(page, hints)
