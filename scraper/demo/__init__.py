"""A small news world on loopback, with its truth: for `wireroom demo` and the end-to-end tests.

A portal is a module of `portals`, an article a record that `newsroom` writes.
"""

from scraper.demo.newsroom import FOUNDING_TITLE
from scraper.demo.records import DemoArticle, FaultyPage
from scraper.demo.truth import Check, compare
from scraper.demo.world import DEFAULT_PORT, Portal, World

__all__ = [
    "DEFAULT_PORT",
    "FOUNDING_TITLE",
    "Check",
    "DemoArticle",
    "FaultyPage",
    "Portal",
    "World",
    "compare",
]
