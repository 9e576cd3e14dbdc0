from scraper.extraction import Hints
from storage.records import Article, NotAnArticle, Page


def read(page: Page, hints: Hints) -> Article | NotAnArticle:
    raise NotImplementedError


def warm_up() -> None:
    raise NotImplementedError
