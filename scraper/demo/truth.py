"""What a correct archive of the demo world holds, and how an archive differs from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from scraper.demo.newsroom import FOUNDING_TITLE
from scraper.demo.records import DemoArticle, FaultyPage
from scraper.demo.world import World

_EXPECTED_FAULTS: Mapping[str, tuple[str, str]] = {
    "missing": ("failed", "404"),
    "server error": ("failed", "5xx"),
    "pdf": ("not an article", "wrong type"),
    "truncated": ("failed", "truncated"),
    "empty": ("not an article", "empty"),
    "soft 404": ("not an article", "soft 404"),
    "index": ("not an article", "index"),
    "loop": ("refused", "limit"),
}


class MetUrl(Protocol):
    """What became of a URL, as the archive reports it."""

    @property
    def url(self) -> str:
        """The canonical URL."""

    @property
    def state(self) -> str:
        """What became of it."""

    @property
    def kind(self) -> str | None:
        """The kind within the state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the comparison."""

    name: str
    """What is compared."""
    expected: int
    """How many there are."""
    found: int
    """How many the archive has right."""
    wrong: tuple[str, ...] = ()
    """What is not right, up to five."""

    @property
    def right(self) -> bool:
        """Whether nothing differs."""
        return self.expected == self.found and not self.wrong


def compare(
    world: World, exported: Iterable[Mapping[str, Any]], outcomes: Iterable[MetUrl]
) -> list[Check]:
    """Compare an archive with what the demo world holds.

    Args:
        world: the world that was crawled.
        exported: whole articles, as `storage.exchange.export` yields them.
        outcomes: every URL that was met, as `storage.reports.outcomes` yields them.

    Returns:
        A check a question, each naming what differs.
    """
    articles = list(exported)
    states = {met.url: (met.state, met.kind) for met in outcomes}
    kept = [article for article in world.articles if _must_be_archived(article)]
    appearances = {a["url"]: (a, record) for record in articles for a in record["appearances"]}
    leads = {record["url"]: record for record in articles}
    checks = [
        _check(
            f"articles of {portal.name}",
            [world.url(a) for a in kept if a.portal == portal.name],
            {url for url in appearances if url.startswith(portal.home)},
        )
        for portal in world.portals
    ]
    founding = next(article for article in kept if article.title == FOUNDING_TITLE)
    checks += [
        _equal(
            "titles", kept, world, {u: a["title"] for u, (a, _) in appearances.items()}, "title"
        ),
        _equal(
            "days of publication",
            kept,
            world,
            {u: a["published_date"] for u, (a, _) in appearances.items()},
            "day",
        ),
        _equal("texts", [a for a in kept if world.url(a) in leads], world, _texts(leads), "text"),
        _equal(
            "languages",
            [a for a in kept if world.url(a) in leads],
            world,
            {url: record["language"] for url, record in leads.items()},
            "language",
        ),
        _copies(kept, world, appearances),
        _states(
            "off topic, kept out",
            [a for a in world.articles if a.kind != "event" and a.trap is None],
            world,
            states,
            ("irrelevant", None),
        ),
        *(
            _states(f"kept out: {trap}", pages, world, states, ("irrelevant", None))
            for trap, pages in _by_trap(world.articles).items()
        ),
        _equal(
            "articles over several pages",
            [a for a in kept if a.parts > 1 and world.url(a) in leads],
            world,
            _texts(leads),
            "text",
        ),
        _states(
            "closed by robots.txt",
            [a for a in world.articles if a.closed],
            world,
            states,
            ("refused", "robots"),
        ),
        *(
            _states(f"{fault}", pages, world, states, _EXPECTED_FAULTS[fault])
            for fault, pages in _by_fault(world.faulty).items()
        ),
        _redirects(world, states),
        _equal("the founding page, letter for letter", [founding], world, _texts(leads), "text"),
    ]
    return checks


def _must_be_archived(article: DemoArticle) -> bool:
    return article.kind == "event" and not article.closed


def _texts(leads: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {url: record["text"] for url, record in leads.items()}


def _check(name: str, expected: Sequence[str], found: set[str]) -> Check:
    missing = [f"lacks {url}" for url in expected if url not in found]
    surplus = [f"has {url}" for url in sorted(found - set(expected))]
    right = len(found & set(expected))
    return Check(name=name, expected=len(expected), found=right, wrong=_few(missing + surplus))


def _equal(
    name: str,
    articles: Sequence[DemoArticle],
    world: World,
    found: Mapping[str, str | None],
    field: str,
) -> Check:
    wrong = []
    for article in articles:
        wanted = getattr(article, field)
        wanted = wanted.isoformat() if field == "day" else wanted
        got = found.get(world.url(article))
        if got is None or got.split() != wanted.split():
            wrong.append(f"{world.url(article)}: {_difference(wanted, got)}")
    return Check(
        name=name, expected=len(articles), found=len(articles) - len(wrong), wrong=_few(wrong)
    )


def _difference(wanted: str, got: str | None) -> str:
    if got is None:
        return "is missing"
    at = next(
        (n for n, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b),
        min(len(wanted), len(got)),
    )
    return f"{got[max(0, at - 15) : at + 40]!r} instead of {wanted[max(0, at - 15) : at + 40]!r}"


def _copies(
    kept: Sequence[DemoArticle],
    world: World,
    appearances: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]],
) -> Check:
    """Each copy must be one article with its original, and no two other articles may be one."""
    original_of = {a.title: a for a in kept if a.copy_of is None}
    wanted: dict[str, set[str]] = {}
    for article in kept:
        first = original_of[article.copy_of] if article.copy_of else article
        wanted.setdefault(world.url(first), set()).add(world.url(article))
    wrong = []
    groups = [urls for urls in wanted.values() if len(urls) > 1]
    for urls in wanted.values():
        for url in sorted(urls):
            record = appearances.get(url, ({}, {"appearances": []}))[1]
            together = {a["url"] for a in record["appearances"]}
            if together and together != urls:
                wrong.append(f"{url} is together with {sorted(together - urls) or 'too few'}")
                break
    copies = sum(len(urls) - 1 for urls in groups)
    return Check(
        name="copies, each with its original",
        expected=copies,
        found=copies - len(wrong),
        wrong=_few(wrong),
    )


def _states(
    name: str,
    pages: Sequence[DemoArticle | FaultyPage],
    world: World,
    states: Mapping[str, tuple[str, str | None]],
    wanted: tuple[str, str | None],
) -> Check:
    wrong = [
        f"{world.url(page)}: {states.get(world.url(page))}"
        for page in pages
        if states.get(world.url(page)) != wanted
    ]
    return Check(name=name, expected=len(pages), found=len(pages) - len(wrong), wrong=_few(wrong))


def _by_fault(pages: Sequence[FaultyPage]) -> dict[str, list[FaultyPage]]:
    faults: dict[str, list[FaultyPage]] = {}
    for page in pages:
        if page.fault != "redirect":
            faults.setdefault(page.fault, []).append(page)
    return faults


def _by_trap(articles: Sequence[DemoArticle]) -> dict[str, list[DemoArticle]]:
    traps: dict[str, list[DemoArticle]] = {}
    for article in articles:
        if article.trap is not None:
            traps.setdefault(article.trap, []).append(article)
    return traps


def _redirects(world: World, states: Mapping[str, tuple[str, str | None]]) -> Check:
    pages = [page for page in world.faulty if page.fault == "redirect"]
    return _states("redirect to an article", pages, world, states, ("archived", None))


def _few(wrong: Sequence[str]) -> tuple[str, ...]:
    return tuple(wrong[:5])
