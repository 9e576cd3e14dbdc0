"""Imports point one way: spiders -> scraper -> storage; and some packages have one home."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path.relative_to(ROOT)
    for package in ("scraper", "spiders", "storage")
    for path in (ROOT / package).rglob("*.py")
)
SCRAPY_HOMES = ("spiders/", "scraper/crawling/")
PURE = (
    "scraper/discovery/",
    "scraper/extraction/",
    "scraper/relevance",
    "scraper/urls.py",
    "scraper/sources.py",
)
IMPURE_MODULES = {"socket", "subprocess", "requests", "urllib3", "sqlite3", "time", "random"}


def imported_by(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def packages_of(module: Path) -> set[str]:
    return {name.partition(".")[0] for name in imported_by(module)}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_point_one_way(module: Path) -> None:
    forbidden = {"storage": {"scraper", "spiders"}, "scraper": {"spiders"}, "spiders": set()}
    assert not packages_of(module) & forbidden[module.parts[0]]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_scrapy_is_imported_only_where_it_runs(module: Path) -> None:
    if not str(module).startswith(SCRAPY_HOMES):
        assert not packages_of(module) & {"scrapy", "twisted"}


@pytest.mark.parametrize(
    ("package", "home"),
    [
        ("trafilatura", "scraper/extraction/"),
        ("resiliparse", "scraper/extraction/"),
        ("apscheduler", "scraper/scheduler/"),
        ("protego", "scraper/robots_txt.py"),
        ("feedparser", "scraper/discovery/feeds.py"),
        ("prometheus_client", "scraper/metrics.py"),
        ("warcio", "storage/"),
        ("sqlite_utils", "storage/"),
    ],
)
def test_a_library_has_one_home(package: str, home: str) -> None:
    users = [str(module) for module in MODULES if package in packages_of(module)]
    assert users
    assert all(user.startswith(home) for user in users)


# They fetch by themselves, past every guard, or merge articles that differ.
UNGUARDED = (
    "trafilatura.downloads",
    "trafilatura.feeds",
    "trafilatura.sitemaps",
    "trafilatura.spider",
    "scrapy_deltafetch",
    "url_normalize",
    "urllib.request",
    "http.client",
    "usp",
)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nothing_fetches_past_the_guards(module: Path) -> None:
    assert not [name for name in imported_by(module) if name.startswith(UNGUARDED)]


@pytest.mark.parametrize(
    "module", [module for module in MODULES if str(module).startswith(PURE)], ids=str
)
def test_pure_modules_reach_for_no_clock_network_or_disk(module: Path) -> None:
    assert not packages_of(module) & IMPURE_MODULES


def test_sql_stands_only_in_storage() -> None:
    users = [
        str(module)
        for module in MODULES
        if module.parts[0] != "storage"
        and any(
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.lstrip().upper().startswith(("SELECT ", "INSERT ", "UPDATE ", "DELETE "))
            for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8")))
        )
    ]
    assert users == []


def test_files_can_be_held_in_the_head() -> None:
    long = [
        str(module)
        for module in MODULES
        if len((ROOT / module).read_text(encoding="utf-8").splitlines()) > 400
    ]
    assert long == []
