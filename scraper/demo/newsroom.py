"""Writes the articles of the demo world: the same ones every time."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise
from types import ModuleType

from scraper.demo import prose_en, prose_zh
from scraper.demo.clock import CHINA_TIME
from scraper.demo.records import CopyKind, DemoArticle, FaultyPage, Kind
from scraper.demo.stories import write_stories

FOUNDING_TITLE = "Lhasa High-Level Forum of Global Digital Economy Conference 2024 opens"


# Portal -> language, kind and number of articles.
_PROGRAMME: dict[str, tuple[tuple[str, Kind, int], ...]] = {
    "demo_china": (
        ("en", "event", 30),
        ("en", "topic", 10),
        ("en", "other_event", 8),
        ("en", "off", 8),
    ),
    "demo_zh": (
        ("zh", "event", 22),
        ("zh", "topic", 8),
        ("zh", "other_event", 6),
        ("zh", "off", 6),
    ),
    "demo_blog": (
        ("en", "event", 18),
        ("en", "topic", 8),
        ("en", "other_event", 5),
        ("en", "off", 4),
    ),
    "demo_modern": (
        ("en", "event", 18),
        ("en", "topic", 6),
        ("en", "other_event", 4),
        ("en", "off", 3),
        ("zh", "event", 8),
        ("zh", "topic", 4),
    ),
}

# Which articles are printed again: portal of the original, how many, portal of the copy, how.
_COPIES: tuple[tuple[str, str, int, str, CopyKind], ...] = (
    ("demo_china", "en", 3, "demo_blog", "full"),
    ("demo_china", "en", 3, "demo_modern", "re-titled"),
    ("demo_modern", "en", 3, "demo_blog", "cut"),
    ("demo_zh", "zh", 3, "demo_modern", "full"),
    ("demo_modern", "zh", 2, "demo_zh", "re-titled"),
)

# Which articles of the state portal go over two pages.
_IN_PARTS = (4, 9, 14)

_AUTHORS_EN = ("K. L.", "M. N.", "P. Q.")

_FIRST_DAY, _LAST_DAY = date(2024, 1, 8), date(2026, 10, 20)


def write_articles() -> tuple[DemoArticle, ...]:
    """Return all articles of the demo world; no two have one path."""
    chance = random.Random(20240801)  # noqa: S311 - the same world every time
    articles = [_founding_article()]
    for portal, programme in _PROGRAMME.items():
        number = count(1)
        for language, kind, how_many in programme:
            articles += [
                _compose(chance, portal, language, kind, next(number)) for _ in range(how_many)
            ]
    articles += _closed_articles(chance)
    articles += _copies(chance, articles)
    articles.append(_round_up(articles))
    articles += write_stories()
    for place in _IN_PARTS:
        articles[place] = replace(articles[place], parts=2)
    return tuple(articles)


def faulty_pages(articles: tuple[DemoArticle, ...]) -> tuple[FaultyPage, ...]:
    """Return the pages that are linked as if they were articles."""
    day = date(2025, 3, 3)
    target = next(a for a in articles if a.portal == "demo_modern" and a.kind == "event")

    def page(portal: str, number: int, fault: str, target: str | None = None) -> FaultyPage:
        return FaultyPage(
            portal=portal,
            path=path_of(portal, day, number, "broken"),
            title=f"Digital economy conference, page {number}",
            fault=fault,  # type: ignore[arg-type]  # the literals below
            day=day,
            target=target,
        )

    return (
        page("demo_china", 901, "missing"),
        page("demo_china", 902, "soft 404"),
        page("demo_china", 903, "index"),
        page("demo_zh", 904, "empty"),
        page("demo_zh", 905, "missing"),
        page("demo_blog", 906, "server error"),
        page("demo_blog", 907, "pdf"),
        page("demo_modern", 908, "truncated"),
        page("demo_modern", 909, "redirect", target.path),
        page("demo_modern", 910, "loop", path_of("demo_modern", day, 910, "broken")),
    )


def path_of(portal: str, day: date, number: int, slug: str) -> str:
    """Return the path of an article, in the shape that its portal gives them."""
    match portal:
        case "demo_china":
            return f"/business/{day:%Y-%m/%d}/content_{117300000 + number}.htm"
        case "demo_zh":
            return f"/n1/{day:%Y/%m%d}/c1001-{40200000 + number}.html"
        case "demo_blog":
            return f"/{day:%Y/%m/%d}/{slug}-{number}/"
        case _:
            return f"/news/{slug}-{day:%Y%m%d}-{number}"


def _founding_article() -> DemoArticle:
    return DemoArticle(
        portal="demo_china",
        path="/business/2024-08/01/content_117342301.htm",
        language="en",
        title=FOUNDING_TITLE,
        day=date(2024, 8, 1),
        credit="Xinhua",
        kind="event",
        paragraphs=(
            "The Lhasa High-Level Forum of the Global Digital Economy Conference 2024 opened on Monday in "
            "Lhasa, the capital of southwest China's Xizang Autonomous Region, with guests from government, "
            "research and business.",
            'Under the theme "Digital Bridge Across the Himalayas", the forum consists of one main session '
            "and three sub-forums, which deal with computing power on the plateau, digital trade with South "
            "Asia, and the protection of culture with digital means.",
            "The conference itself was held in Beijing in early July. Its Lhasa forum took place for the "
            "third time, after editions in 2022 and 2023, and has become a meeting place for firms that look "
            "for partners on both sides of the mountains.",
            "An official of the organising committee told the audience that clean energy and cool air make "
            "the plateau a good place for data centres, and that new fibre lines have cut the time a signal "
            "needs to the coast.",
            "Agreements on cross-border e-commerce, smart tourism and data services were signed on the sidelines. "
            "A white paper on the region's digital economy was handed to the participants.",
            "Students and herders were among those who tried out a service that translates between Tibetan, "
            "Chinese and English and was built with AI models that run on a single computer.",
        ),
    )


def _compose(
    chance: random.Random, portal: str, language: str, kind: Kind, number: int
) -> DemoArticle:
    prose = prose_en if language == "en" else prose_zh
    day = _FIRST_DAY + timedelta(days=chance.randrange((_LAST_DAY - _FIRST_DAY).days))
    titles, leads, body, parts = prose.OWN[kind]
    facts = _facts(chance, prose, day)
    sentences = chance.sample(body, chance.randint(3, 4)) + [
        prose.BETWEEN.join(chosen) + prose.END
        for chosen in zip(*(chance.sample(part, 8) for part in parts), strict=True)
    ]
    chance.shuffle(sentences)
    sentences.insert(0, chance.choice(leads))
    written = [sentence.format(**_vary(chance, prose, facts)) for sentence in sentences]
    join = " " if language == "en" else ""
    breaks = _paragraph_breaks(chance, len(written))
    paragraphs = tuple(join.join(written[start:end]) for start, end in pairwise(breaks))
    title = chance.choice(titles).format(**facts)
    instant = None
    if portal in {"demo_blog", "demo_modern"}:
        zone = CHINA_TIME if portal == "demo_modern" else UTC
        instant = datetime(day.year, day.month, day.day, chance.randint(7, 22), 15, tzinfo=zone)
    return DemoArticle(
        portal=portal,
        path=path_of(portal, day, number, kind.replace("_", "-")),
        language="en" if language == "en" else "zh",
        title=title,
        paragraphs=paragraphs,
        day=day,
        instant=instant,
        authors=(_AUTHORS_EN[number % 3],) if portal in {"demo_blog", "demo_modern"} else (),
        credit={"demo_china": "Xinhua", "demo_zh": "新华社"}.get(portal),
        kind=kind,
    )


def _facts(chance: random.Random, prose: ModuleType, day: date) -> dict[str, str]:
    city, city2 = chance.sample(prose.PLACES, 2)
    theme, theme2 = chance.sample(prose.THEMES, 2)
    sector, sector2 = chance.sample(prose.SECTORS, 2)
    return {
        "event": chance.choice(prose.EVENT_NAMES),
        "year": str(day.year),
        "city": city,
        "city2": city2,
        "theme": theme,
        "theme2": theme2,
        "sector": sector,
        "sector2": sector2,
        "weekday": prose.WEEKDAYS[day.weekday()],
        "month": prose.MONTHS[day.month - 1],
        **_vary(chance, prose, {}),
    }


def _vary(chance: random.Random, prose: ModuleType, facts: dict[str, str]) -> dict[str, str]:
    role = chance.choice(prose.ROLES)
    return {
        **facts,
        "role": role,
        "role_cap": role[0].upper() + role[1:],
        "n": str(chance.randint(120, 980)),
        "n2": str(chance.randint(21, 88)),
        "n3": str(chance.randint(3, 19)),
        "pct": str(chance.randint(11, 67)),
        "money": str(chance.randint(20, 300)),
    }


def _paragraph_breaks(chance: random.Random, sentences: int) -> list[int]:
    breaks = [0]
    while breaks[-1] < sentences:
        breaks.append(min(sentences, breaks[-1] + chance.randint(2, 3)))
    return breaks


def _closed_articles(chance: random.Random) -> Iterator[DemoArticle]:
    for number in range(801, 805):
        article = _compose(chance, "demo_blog", "en", "event", number)
        yield replace(article, path=f"/members{article.path}", closed=True)


def _copies(chance: random.Random, articles: list[DemoArticle]) -> Iterator[DemoArticle]:
    number = count(701)
    taken: set[str] = set()
    for portal, language, how_many, to_portal, copied in _COPIES:
        originals = [
            article
            for article in articles
            if article.portal == portal
            and article.language == language
            and article.kind == "event"
            and article.title != FOUNDING_TITLE
            and article.path not in taken
        ]
        for original in chance.sample(originals, how_many):
            taken.add(original.path)
            yield _copy(original, to_portal, copied, next(number))


def _copy(original: DemoArticle, portal: str, copied: CopyKind, number: int) -> DemoArticle:
    day = original.day + timedelta(days=1)
    paragraphs = original.paragraphs
    title = original.title
    if copied == "cut":
        paragraphs = paragraphs[: max(2, len(paragraphs) // 2)]
    if copied == "re-titled":
        title = f"From the wire: {title}" if original.language == "en" else f"{title}（转载）"
    instant = None
    if portal in {"demo_blog", "demo_modern"}:
        zone = CHINA_TIME if portal == "demo_modern" else UTC
        instant = datetime(day.year, day.month, day.day, 9, 30, tzinfo=zone)
    return replace(
        original,
        portal=portal,
        path=path_of(portal, day, number, "wire"),
        title=title,
        paragraphs=paragraphs,
        day=day,
        instant=instant,
        authors=(),
        credit="Xinhua" if original.language == "en" else "新华社",
        copy_of=original.title,
        copied=copied,
    )


def _round_up(articles: list[DemoArticle]) -> DemoArticle:
    told = [
        a for a in articles if a.portal == "demo_china" and a.kind == "event" and not a.copy_of
    ][1:4]
    paragraphs = [
        "Three digital economy conferences in one week: this round-up puts together what was reported about "
        "them, for readers who could not follow each day of the talks and want to know what was decided.",
    ]
    for article in told:
        paragraphs += [
            f"Our readers asked about this one most often: {article.title}.",
            *article.paragraphs,
        ]
    paragraphs.append(
        "That was the week; the next round-up of conferences will appear on Friday, as always."
    )
    day = max(article.day for article in told) + timedelta(days=3)
    return DemoArticle(
        portal="demo_blog",
        path=path_of("demo_blog", day, 790, "round-up"),
        language="en",
        title="The week in digital economy conferences: a round-up",
        paragraphs=tuple(paragraphs),
        day=day,
        instant=datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC),
        authors=(_AUTHORS_EN[0],),
        kind="event",
    )
