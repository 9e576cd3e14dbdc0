"""What a robots.txt says to us, as RFC 9309 reads it.

protego matches paths. Which rules are addressed to us is found here, because protego takes any
beginning of our name for the whole of it, does not know it with a version behind it, and loses the
first line of a file that begins with a byte order mark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import quote

from protego import Protego

from scraper import PRODUCT_TOKEN

# RFC 9309 asks for at least 500 KiB; more is a trap.
MAX_ROBOTS_BYTES = 512 * 1024

# A hostile file may ask for more seconds than there are.
MAX_CRAWL_DELAY = 300.0

# A file may name any number of sitemaps.
MAX_SITEMAPS = 20

_LINE_END = re.compile(rb"\r\n|\r|\n")
# protego would end a line at these.
_LINE_ENDS_OF_UNICODE = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_PRODUCT = re.compile(r"[A-Za-z_-]+")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xef\xbb", b"\xef")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")

# Spellings of the fields that are plain slips; what is meant by them is not in doubt.
_FIELDS = {
    "user-agent": "user-agent",
    "useragent": "user-agent",
    "user agent": "user-agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "crawl-delay",
    "crawl delay": "crawl-delay",
    "crawldelay": "crawl-delay",
    "sitemap": "sitemap",
    "sitemaps": "sitemap",
    "site-map": "sitemap",
}
_RULES = {"allow", "disallow"}


@dataclass(slots=True)
class _Group:
    agents: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    has_rules: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """The rules of one robots.txt that are addressed to us."""

    crawl_delay: float
    """Seconds between two requests that it asks for, at most MAX_CRAWL_DELAY."""
    sitemaps: tuple[str, ...]
    """The sitemaps that it names, at most MAX_SITEMAPS."""
    _matcher: Protego

    def allows(self, url: str) -> bool:
        """Say whether a URL of its host may be fetched."""
        return self._matcher.can_fetch(url, PRODUCT_TOKEN)


def decode_robots(body: bytes) -> str:
    """Return the text of a robots.txt, as it is kept and read.

    Args:
        body: the response's body; what stands beyond MAX_ROBOTS_BYTES is not looked at.

    Returns:
        Its whole lines, ended by line feeds, without byte order mark and NUL.
    """
    capped = body[:MAX_ROBOTS_BYTES]
    if capped.startswith(_WIDE_MARKS):
        # Some editors save so, and their owners mean what they wrote.
        capped = capped.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    mark = next((mark for mark in _BYTE_ORDER_MARKS if capped.startswith(mark)), b"")
    lines = _LINE_END.split(capped.removeprefix(mark))
    if len(body) > MAX_ROBOTS_BYTES:
        # Half a line would be another rule.
        lines.pop()
    return b"\n".join(lines).replace(b"\0", b"").decode("utf-8", errors="replace")


def parse_robots(text: str) -> RobotsRules:
    """Return the rules of a robots.txt that are addressed to us.

    Those are the rules of all groups that name us; where none does, those of the groups for `*`.

    Args:
        text: as `decode_robots` returns it.
    """
    groups, sitemaps = _read_groups(text)
    own = [group for group in groups if PRODUCT_TOKEN.lower() in group.agents]
    chosen = own or [group for group in groups if "*" in group.agents]
    lines = [line for group in chosen for line in group.lines]
    matcher = Protego.parse(
        "\n".join(("User-agent: *", *(f"{name}: {value}" for name, value in lines)))
    )
    delay = matcher.crawl_delay(PRODUCT_TOKEN) or 0.0
    return RobotsRules(
        crawl_delay=min(delay, MAX_CRAWL_DELAY),
        sitemaps=tuple(islice(dict.fromkeys(sitemaps), MAX_SITEMAPS)),
        _matcher=matcher,
    )


def _read_groups(text: str) -> tuple[list[_Group], list[str]]:
    """Return the groups in their order, and the sitemaps, which belong to no group."""
    groups: list[_Group] = []
    sitemaps: list[str] = []
    for name, value in _read_lines(text):
        if name == "sitemap":
            sitemaps.append(value)
        elif name == "user-agent":
            # Only rules end the list of those whom a group is for.
            if not groups or groups[-1].has_rules:
                groups.append(_Group())
            groups[-1].agents.append(_agent(value))
        elif groups:
            groups[-1].lines.append((name, value))
            groups[-1].has_rules |= name in _RULES
    return groups, sitemaps


def _read_lines(text: str) -> Iterator[tuple[str, str]]:
    # Not splitlines: a path may hold what Unicode calls a line end.
    for line in text.split("\n"):
        content = line.partition("#")[0].strip()
        name, colon, value = content.partition(":")
        known = _FIELDS.get(name.strip().lower())
        if known is None:
            known, value = _read_words(content.split(), has_colon=bool(colon))
        if known is not None:
            yield known, _LINE_ENDS_OF_UNICODE.sub(lambda end: quote(end.group()), value.strip())


def _read_words(words: list[str], *, has_colon: bool) -> tuple[str | None, str]:
    """Return the field and the value of a line whose colon was forgotten."""
    if len(words) != 2:  # noqa: PLR2004 - a field and its value
        return None, ""
    known = _FIELDS.get(words[0].lower())
    return (None if has_colon and known != "sitemap" else known), words[1]


def _agent(value: str) -> str:
    """Return the product token that a User-agent line names, in lower case, or `*`."""
    if value == "*" or value.startswith(("* ", "*\t")):
        return "*"
    token = _PRODUCT.match(value)
    return token.group().lower() if token else ""
