"""What a page says of itself in JSON-LD, read with patience: much of it is broken."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import TypeAlias

from lxml.etree import _Element

from scraper.extraction.plain import fold, strip_markup

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Node: TypeAlias = "Mapping[str, Json]"

ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "satiricalarticle",
        "advertisercontentarticle",
        "blogposting",
        "liveblogposting",
        "socialmediaposting",
        "techarticle",
        "scholarlyarticle",
        "medicalscholarlyarticle",
        "report",
    ]
)
# What hangs below these is about other pages.
_ELSEWHERE = frozenset(
    [
        "itemListElement",
        "hasPart",
        "relatedLink",
        "isPartOf",
        "mentions",
        "citation",
        "significantLink",
        "comment",
        "isBasedOn",
        "liveBlogUpdate",
        "review",
        "associatedMedia",
    ]
)
_COMMA = re.compile(r",(?=\s*[}\]])")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$")
_MAX_NODES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedData:
    """The nodes of all JSON-LD blocks of a page."""

    article: Node = field(default_factory=dict)
    """The node about the page's own article; empty when there is none."""
    types: frozenset[str] = frozenset()
    """The types of all nodes that speak of this page, lower case."""
    nodes: tuple[Node, ...] = ()
    """All nodes that speak of this page, in document order."""
    ids: Mapping[str, Node] = field(default_factory=dict)
    """The nodes that others refer to, by their @id."""

    def resolve(self, value: Json) -> Json:
        """Return what a bare reference `{"@id": ...}` refers to, or the value as it is."""
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            found = self.ids.get(str(value.get("@id")))
            return dict(found) if found is not None else value
        return value


def read_linked_data(tree: _Element, url: str) -> LinkedData:
    """Read a page's JSON-LD.

    Args:
        tree: the page, with its scripts.
        url: the page's URL, which tells its own article from others.
    """
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for value in _parse(script.text):
                nodes.extend(_walk(value))
            if len(nodes) > _MAX_NODES:
                break
    articles = [node for node in nodes if types_of(node) & ARTICLE_TYPES]
    return LinkedData(
        article=_choose(articles, url),
        types=frozenset(kind for node in nodes for kind in types_of(node)),
        nodes=tuple(nodes),
        ids={str(node["@id"]): node for node in nodes if node.get("@id") and len(node) > 2},  # noqa: PLR2004 - more than an id and a type
    )


def types_of(node: Node) -> set[str]:
    """Return the types of a node, lower case and without their vocabulary."""
    return {
        kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()
        for kind in as_list(node.get("@type"))
        if isinstance(kind, str)
    }


def as_list(value: Json) -> list[Json]:
    """Return a value as the list that JSON-LD lets a single value stand for."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text_of(value: Json) -> str | None:
    """Return the text of a value: itself, or its `@value` or `name`, or the first of a list."""
    for one in as_list(value):
        inner = one.get("@value", one.get("name")) if isinstance(one, dict) else one
        if isinstance(inner, list):
            inner = next((name for name in inner if isinstance(name, str)), None)
        if isinstance(inner, str) and (text := strip_markup(inner)):
            return text
    return None


def _parse(source: str) -> Iterator[Json]:
    for candidate in _repairs(source):
        try:
            yield json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    # Several documents in one block, or rubbish behind the first.
    decoder = json.JSONDecoder(strict=False)
    start = source.find("{")
    while start >= 0:
        try:
            value, end = decoder.raw_decode(source, start)
        except (ValueError, RecursionError):
            return
        yield value
        start = source.find("{", end)


def _repairs(source: str) -> Iterator[str]:
    yield source
    source = _WRAPPING.sub("", _WRAPPING.sub("", source)).strip()
    yield source
    yield _COMMA.sub("", source)
    if "&quot;" in source:
        yield unescape(source)


def _walk(value: Json) -> Iterator[Node]:
    # An explicit stack: depth is the page's choice.
    stack: list[Json] = [value]
    count = 0
    while stack and count < _MAX_NODES:
        current = stack.pop()
        if isinstance(current, list):
            stack.extend(reversed(current))
        elif isinstance(current, dict):
            count += 1
            if current.get("@type"):
                yield current
            inner = [
                child
                for name, child in current.items()
                if name not in _ELSEWHERE and isinstance(child, dict | list)
            ]
            stack.extend(reversed(inner))


def _choose(articles: list[Node], url: str) -> Node:
    if not articles:
        return {}
    path = _path(url)

    def fits(node: Node) -> tuple[bool, bool, bool]:
        own = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
        urls = [one.get("@id") if isinstance(one, dict) else one for one in own]
        return (
            any(isinstance(one, str) and _path(one) == path for one in urls),
            "headline" in node,
            "datePublished" in node,
        )

    return max(articles, key=fits)


def _path(url: str) -> str:
    return fold(url.split("://", 1)[-1].partition("/")[2].split("?")[0].split("#")[0])
