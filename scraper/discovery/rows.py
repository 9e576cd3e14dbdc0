"""Which links of a section page are articles, without a rule for its portal.

Every link is weighed by what its address looks like (a date, a long number, a slug of many words), what it
says (as long as a headline), what stands beside it (a date) and around it (a menu, a footer). Links of one
shape of address then speak for each other: what most of them are, all are. It never guesses: without at
least three links that look alike, a page has none.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

# A page that lists articles lists a few of them, in addresses of one shape.
LEAST_ROWS = 3

# So many rows of one kind, nearly all of them as long as headlines, are a list of articles: menus have
# as many rows, but short ones.
MANY_ROWS = 5
MOST_HEADLINES = 0.8

MAX_ELEMENTS = 50_000

# From so many letters on, a link's text may be a headline; a character of a script without blanks is worth
# more than one of them.
HEADLINE = 20.0
LABEL = 12.0
DENSE_WEIGHT = 2.5

# So many elements around a link tell the kind of row it stands in.
ROW_LEVELS = 4

# What a link needs to be an article.
ENOUGH = 2.5

_DENSE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")

# Addresses that name an article by themselves: a day, or the number or digest of one of the known systems.
_KNOWN = re.compile(
    r"""/(?:19|20)\d\d[-/](?:0?[1-9]|1[0-2])[-/](?:0?[1-9]|[12]\d|3[01])(?=[/-])     # /2024/08/01/
    |/(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/(?:19|20)\d\d/                  # /01/08/2024/
    |/(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?=[/_.-])                    # /20240801/
    |/(?:19|20)\d\d/?(?:0[1-9]|1[0-2])/(?:[0-2]\d|3[01])?[^/]*[\w-]{3,}            # /202408/.., /2024/08/slug
    |/(?:19|20)\d\d/(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])/                            # /2024/0801/
    |/content_(?:WS)?[0-9a-f]{5,}
    |/c_?\d{6,}\.|/t\d{8}_\d+\.|/art_[0-9a-f_]{8,}
    |/WS[0-9a-f]{16,}|/[0-9a-f]{32}(?=[/.]|$)
    |/articleshow/\d+
    """,
    re.VERBOSE,
)
_LONG_NUMBER = re.compile(r"\d{5,}")
_NUMBER_AT_END = re.compile(r"(?:^|[-_/])(?:[a-z]{0,8})\d{3,}(?:\.[a-z]{2,5})?$", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:s?html?|aspx?|php|jsp|do|cms|amp|ece)$", re.IGNORECASE)

# Parameters that name an article by its number.
_ID_PARAMETERS = """
aid article_id articleid artid cid contentid docid id idxno newsid news_id nid no num p prid relid seq sn
"""
# Folders of what is no article, whatever else the address looks like.
_NO_ARTICLE = """
about about-us account ads advertise advertising archive archives articlelist author authors auteur autor
autores autoren banner banners basket calendar careers cart categoria categorie category channel comment
comments contact contact-us contacto contato cookies dossier download downloads edit editor email epaper
etiqueta etiquetas faq favorites feed feeds galeria galerie galleries gallery games go help horoscope
impressum jobs kontakt label lang language legal live livestream login logout mailto newsletter
newsletters people person photo photogallery photos picture pictures podcast podcasts print print-edition
privacy profile profiles puzzle quiz redaktion register reporter rss schlagwort search shop share signin
signup sitemap slideshow slideshows special-reports store subject subscribe subscription suche tag tags
team temas terms thema theme themen tickets tool tools topic topics tv user users video videos videoshow
weather wp-admin wp-login writer writers zhuanti
"""
# Words with which the slug of a page about the portal itself begins.
_OWN_PAGES = """
about advertise contact cookie cookies datenschutz forgot impressum imprint login newsletter privacy register
subscribe terms
"""
# Hosts of a portal that carry no news.
_OTHER_HOSTS = "abo account accounts forum jobs login shop store subscribe tickets video"
# Folders that may hold articles, but often hold something else.
_DOUBTFUL = """
agenda event events eventos evenements home hub hubs index kalender list lists page veranstaltungen
"""
_NO_ARTICLE_PARAMETERS = """
author cat keyword lang login print q redirect replytocom s search share tag
"""
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|pptx?|zip|mp[34]|xml|rss|json|ics|css|js)$",
    re.IGNORECASE,
)

_FURNITURE_TAGS = frozenset(("nav", "footer", "form", "menu", "select"))
_WHOLE_PAGE = frozenset(("html", "body", "main", "article"))
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:\w{0,8}nav\w*|\w{0,8}menu\w*|foot\w*|breadcrumbs?|crumbs?|pager|pagination|paging|autopage|"
    r"shar(?:e|ing)\w*|social\w*|lang\w*|login|search\w*|tags?|tag-?cloud|keywords?|cookie\w*|toolbar|top-?bar|"
    r"site-?map|copyright|ads?|advert\w*|banner\w*|sponsor\w*|partners?|friend\w*|subscribe\w*|newsletter\w*|"
    r"calendar\w*|categor(?:y|ies)|byline|authors?|topics?|masthead|skip)(?:$|[\s_-])",
    re.IGNORECASE,
)
# A wrapper of the whole page may be called anything.
_MOST_OF_THE_PAGE = 0.5


class _Words:
    ids = frozenset(_ID_PARAMETERS.split())
    no_article = frozenset(_NO_ARTICLE.split())
    no_article_parameters = frozenset(_NO_ARTICLE_PARAMETERS.split())
    own_pages = frozenset(_OWN_PAGES.split())
    other_hosts = frozenset(_OTHER_HOSTS.split())
    doubtful = frozenset(_DOUBTFUL.split())


@dataclass(slots=True)
class _Target:
    """All links of a page that lead to one address."""

    url: str
    anchors: list[etree._Element] = field(default_factory=list)
    width: float = 0.0
    """How wide its longest text is, in letters."""
    in_furniture: bool = True
    has_date: bool = False
    in_rows: bool = False
    """Whether it stands in a list whose rows look alike and read like headlines."""

    def weigh(self) -> float:
        """Return how much the target looks like an article."""
        parts = urlsplit(self.url)
        score = _weigh_address(parts.path, parts.query)
        if self.width >= HEADLINE:
            score += 1.5
        elif self.width < LABEL:
            score -= 1.5
        if self.has_date:
            score += 1.0
        if self.in_rows:
            score += 1.0
        if self.in_furniture:
            score -= 2.0
        return score


def choose_articles(
    anchors: Sequence[etree._Element],
    *,
    address_of: Callable[[etree._Element], str | None],
    title_of: Callable[[etree._Element], str | None],
    date_of: Callable[[etree._Element], str | None],
) -> list[etree._Element]:
    """Return the links that lead to articles, in their order; empty when nothing looks like a list of them.

    Args:
        anchors: the links of the page.
        address_of: returns a link's canonical URL, or None for one that cannot be followed, or leads to
            another portal or to a page of the section itself.
        title_of: returns the text of a link.
        date_of: returns the date beside a link.
    """
    targets: dict[str, _Target] = {}
    furniture = _furniture_of(anchors)
    for anchor in anchors:
        url = address_of(anchor)
        if url is None or _is_no_article(url):
            continue
        target = targets.setdefault(url, _Target(url))
        target.anchors.append(anchor)
        target.width = max(target.width, _width(title_of(anchor) or ""))
        target.in_furniture &= anchor in furniture
        target.has_date = target.has_date or date_of(anchor) is not None
    shapes: dict[str, list[_Target]] = defaultdict(list)
    for target in targets.values():
        shapes[shape_of(target.url)].append(target)
    _mark_rows(targets.values())
    chosen: set[str] = set()
    for alike in shapes.values():
        chosen |= _choose_alike(alike)
    if len(chosen) < LEAST_ROWS:
        return []
    return [
        anchor for target in targets.values() if target.url in chosen for anchor in target.anchors
    ]


def shape_of(url: str) -> str:
    """Return what addresses of one kind have in common: numbers, digests and slugs are masked.

    `/business/2024-08/01/content_117.htm` has the shape of `/world/2023-01/31/content_9.shtml`.
    """
    parts = urlsplit(url)
    segments = parts.path.strip("/").split("/")
    masked = [
        _mask(segment, is_last=number == len(segments) - 1)
        for number, segment in enumerate(segments)
    ]
    names = sorted(name for name, _ in parse_qsl(parts.query))
    return f"{'/'.join(masked)}?{'&'.join(names)}"


def _mask(segment: str, *, is_last: bool) -> str:
    stem = _SUFFIX.sub("", segment)
    if re.fullmatch(r"[0-9a-f]{16,}", stem):
        return "HEX"
    if stem.count("-") + stem.count("_") >= 3:  # noqa: PLR2004 - a slug has several words
        return "SLUG"
    if any(character.isdigit() for character in stem):
        return re.sub(r"\d+", "N", stem)
    # A folder names the rubric; the last part names the page.
    return "WORD" if is_last else "FOLDER"


def _choose_alike(alike: list[_Target]) -> set[str]:
    scores = {target.url: target.weigh() for target in alike}
    good = {url for url, score in scores.items() if score >= ENOUGH}
    if len(good) < LEAST_ROWS or median(scores.values()) < ENOUGH:
        return good
    # What stands in the same kind of row as most of its shape is what they are, though it says little.
    rows = {_row_of(anchor) for target in alike if target.url in good for anchor in target.anchors}
    return good | {
        target.url
        for target in alike
        if scores[target.url] >= ENOUGH - 1.0 and any(_row_of(a) in rows for a in target.anchors)
    }


def _mark_rows(targets: Iterable[_Target]) -> None:
    """Mark the targets that stand in rows of one kind, of which nearly all read like headlines."""
    rows: dict[tuple[str, ...], list[_Target]] = defaultdict(list)
    for target in targets:
        if not target.in_furniture:
            for row in {_row_of(anchor) for anchor in target.anchors}:
                rows[row].append(target)
    for alike in rows.values():
        headlines = sum(target.width >= HEADLINE for target in alike)
        if len(alike) >= MANY_ROWS and headlines >= MOST_HEADLINES * len(alike):
            for target in alike:
                target.in_rows = True


def _row_of(anchor: etree._Element) -> tuple[str, ...]:
    """Return what the rows of one list have in common: the tags and classes around a link."""
    path = []
    element: etree._Element | None = anchor
    for _ in range(ROW_LEVELS):
        if element is None:
            break
        path.append(f"{element.tag}.{re.sub(r'[0-9]+', '', element.get('class') or '')}")
        element = element.getparent()
    return tuple(path)


def _weigh_address(path: str, query: str) -> float:
    last = path.rstrip("/").rpartition("/")[2]
    stem = _SUFFIX.sub("", last)
    words = [word for word in re.split(r"[-_]", stem) if word]
    parameters = parse_qsl(query)
    named = any(_names_article(name, value) for name, value in parameters)
    score = 0.0
    if _KNOWN.search(path + "/"):
        score = 2.0
    elif named or _LONG_NUMBER.search(stem):
        score = 1.5
    elif _NUMBER_AT_END.search(last):
        score = 1.0
    if len(words) >= 4:  # noqa: PLR2004 - as many words make a headline's slug
        score = max(score, 1.5)
    elif len(words) == 3 or stem.count("%") > 8:  # noqa: PLR2004 - an encoded slug of another script
        score = max(score, 1.0)
    if any(folder.lower() in _Words.doubtful for folder in path.split("/")):
        score -= 1.0
    return score


def _names_article(name: str, value: str) -> bool:
    return value.isdigit() and (
        name.lower() in _Words.ids or name.lower().endswith(("id", "idx", "no", "seq"))
    )


def _is_no_article(url: str) -> bool:
    parts = urlsplit(url)
    if parts.path in {"", "/"} and not parts.query:
        return True
    folders = [folder.lower() for folder in parts.path.strip("/").split("/")]
    last = _SUFFIX.sub("", folders[-1])
    return (
        bool(_FILES.search(parts.path))
        or (parts.hostname or "").partition(".")[0] in _Words.other_hosts
        or re.split("[-_]", last)[0] in _Words.own_pages
        or not _Words.no_article.isdisjoint((*folders[:-1], last))
        or any(name.lower() in _Words.no_article_parameters for name, _ in parse_qsl(parts.query))
    )


def _width(text: str) -> float:
    dense = len(_DENSE.findall(text))
    return len(text) - dense + DENSE_WEIGHT * dense


def _furniture_of(anchors: Iterable[etree._Element]) -> set[etree._Element]:
    """Return the links that stand in menus, footers and the like."""
    root = next((anchor.getroottree().getroot() for anchor in anchors), None)
    if root is None:
        return set()
    elements = [element for _, element in zip(range(MAX_ELEMENTS), root.iter("*"), strict=False)]
    counts: dict[etree._Element, int] = defaultdict(int)
    # Children stand behind their parents: from the end, each is complete when it is added.
    for element in reversed(elements):
        counts[element] += element.tag == "a"
        parent = element.getparent()
        if parent is not None:
            counts[parent] += counts[element]
    total = max(1, counts[root])
    inside: dict[etree._Element, bool] = {}
    for element in elements:
        parent = element.getparent()
        inside[element] = (parent is not None and inside.get(parent, False)) or _is_furniture(
            element, share=counts[element] / total
        )
    return {element for element in elements if element.tag == "a" and inside[element]}


def _is_furniture(element: etree._Element, *, share: float) -> bool:
    if element.tag in _FURNITURE_TAGS or element.get("role") in {
        "navigation",
        "menu",
        "search",
        "contentinfo",
    }:
        return True
    if element.tag in _WHOLE_PAGE or share > _MOST_OF_THE_PAGE:
        return False
    name = f"{element.get('class', '')} {element.get('id', '')}"
    return len(name) > 1 and bool(_FURNITURE_NAME.search(name))
