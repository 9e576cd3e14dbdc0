"""Puts the hand-written stories on their portals, a fixed day each."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from scraper.demo import prose_world
from scraper.demo.prose_world import Story
from scraper.demo.records import DemoArticle

_FIRST_DAY = date(2026, 6, 20)
_STEP = timedelta(days=19)

_Language = Literal["en", "zh", "es", "fr", "ja", "ru"]

# Portal -> language and stories.
_PROGRAMME: dict[str, tuple[_Language, tuple[Story, ...]]] = {
    "demo_es": ("es", prose_world.ES),
    "demo_fr": ("fr", prose_world.FR),
    "demo_ja": ("ja", prose_world.JA),
    "demo_ru": ("ru", prose_world.RU),
    "demo_ministry": ("zh", prose_world.ZH),
    "demo_blog": ("en", prose_world.EN),
}


def write_stories() -> Iterator[DemoArticle]:
    """Yield the hand-written articles; no two have one path."""
    for portal, (language, stories) in _PROGRAMME.items():
        for number, story in enumerate(stories):
            day = _FIRST_DAY + number * _STEP
            yield DemoArticle(
                portal=portal,
                path=_path_of(portal, day, number),
                language=language,
                title=story.title,
                paragraphs=story.paragraphs,
                day=day,
                kind=story.kind,
                trap=story.trap,
            )


def _path_of(portal: str, day: date, number: int) -> str:
    match portal:
        case "demo_es":
            return f"/{day:%Y/%m}/nota-{number + 1}-del-litoral/"
        case "demo_fr":
            return f"/{day:%Y/%m}/article-{number + 1}-des-halles/"
        case "demo_ja":
            return f"/articles/{day:%Y/%m}/news{100 + number}.html"
        case "demo_ru":
            return f"/ekonomika/{21000000 + number}"
        case "demo_ministry":
            return f"/xwzx/{day:%Y%m}/t{day:%Y%m%d}_{1300000 + number}.html"
        case _:
            return f"/{day:%Y/%m/%d}/story-{601 + number}/"
