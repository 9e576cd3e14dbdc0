"""What a URL is canonically, and which URLs are requested at all.

The encoding is that of w3lib's `safe_url_string`, as Scrapy applies it to every request: a canonical
URL is requested as it stands (a test holds that). w3lib itself is not imported, since it brings
http.client and email along, and its `canonicalize_url` would sort the query, which some servers read in
order. courlan's cleaning would drop parameters such as `source=` or `uid=` that name the article on some
portals: what is dropped here is tracking alone.
"""

import ipaddress
import re
from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from scraper.errors import UrlRefused

# No portal's archive begins earlier; an event may be announced a year ahead.
EARLIEST_DAY = date(1990, 1, 1)
LATEST_DAY = timedelta(days=366)

# What browsers and Scrapy accept at most.
MAX_URL_CHARACTERS = 2083

# Encoding can make a URL shorter (tracking goes), but nothing this long becomes one.
_MAX_RAW_CHARACTERS = 10 * MAX_URL_CHARACTERS

_DEFAULT_PORTS = {"http": 80, "https": 443}

_MAX_HOST_CHARACTERS = 253

# Parameters that say how a reader came, never what is read. A shop's own names (`from`, `ref`, `id`) are
# no part of this list: on other portals they name the article.
_TRACKING = re.compile(
    r"(?:amp;)?(?:"
    r"(?:utm|mtm|hsa)_.*"
    r"|pk_(?:campaign|kwd|keyword|source|medium|content|cid)"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh"
    r"|mc_[ce]id|mkt_tok|_ga|_gl|_hsenc|_hsmi|__hs(?:tc|sc|fp)|oly_(?:enc|anon)_id|vero_(?:id|conv)"
    r"|spm|xtor|wt\.mc_id|at_(?:medium|campaign)"
    r")",
    re.IGNORECASE,
)

# What names a visit: a server that writes it into its links has a new address for a page at every look.
_SESSION = re.compile(
    r"(?:amp;)?(?:phpsessid|jsessionid|aspsessionid\w*|oscsid|zenid|cfid|cftoken|sess(?:ion)?_?id)=.*"
    r"|(?:amp;)?s(?:id)?=(?:[0-9a-f]{32}|[0-9a-f]{40})",
    re.IGNORECASE,
)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/;]*|/\(S\([a-z0-9]{24}\)\)(?=/)", re.IGNORECASE)

# The ports of other services, which the Fetch standard forbids browsers too.
_SERVICES = """
0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119
123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989
990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080
"""
_OTHER_SERVICES = frozenset(map(int, _SERVICES.split()))

_ENDS = "".join(map(chr, range(0x21))) + "\u00a0\u3000\u200b\ufeff"
_BREAKS = str.maketrans("", "", "\t\r\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_AFTER_ADDRESS = re.compile("[?#]")
_USER = re.compile(r"//[^/?#\\]*@")

# What stands for itself in a path and in a query: RFC 3986, but for what browsers encode too.
_TO_ENCODE_IN_PATH = re.compile(r"%(?:[0-9A-Fa-f]{2})?|[^A-Za-z0-9\-._~!$&'()*+,;=:@/%]")
_TO_ENCODE_IN_QUERY = re.compile(r"%(?:[0-9A-Fa-f]{2})?|[^A-Za-z0-9\-._~!$&()*+,;=:@/?%]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")

# Numbers without signs between them may count anything.
_DAY = re.compile(r"(?<!\d)((?:19|2[01])\d\d)([-/])(\d{1,2})\2(\d{1,2})(?!\d)")

# One to three parts of a path, four times in a row: what a server makes of a relative link that it
# resolves wrongly, for ever.
_REPEATED = re.compile(r"((?:/[^/]+){1,3})\1{3}(?=/|$)")


def canonicalise(url: str, *, base: str | None = None, keep_all: bool = False) -> str:
    """Return the canonical form of a URL; it is the same for its own result.

    Scheme and host are lower case, the host in IDNA and without a last dot; user, fragment, default
    port, dot segments, empty parameters, those of tracking and of sessions are gone; path and query are
    encoded once. Every other parameter stays, in its order.

    Args:
        url: as written on a page or by a person.
        base: the URL of the page, for a relative one.
        keep_all: leave every parameter in its place: a redirect is followed to where it leads.

    Raises:
        UrlRefused: when it is never requested: not http or https, no host, a port of other services,
            malformed, too long, or a path that repeats itself.
    """
    try:
        scheme, netloc, path, query = _split(url, base)
        host = _canonical_netloc(scheme, netloc)
        path = _TO_ENCODE_IN_PATH.sub(_encode, path)
        query = _TO_ENCODE_IN_QUERY.sub(_encode, query)
        if not keep_all:
            path, query = _SESSION_IN_PATH.sub("", path), _drop_visit(query)
        path = _remove_dots(path)
    except ValueError as error:
        if isinstance(error, UrlRefused):
            raise
        raise UrlRefused(f"{_name(url)}: malformed ({error})") from error
    if _REPEATED.search(path):
        raise UrlRefused(f"{_name(url)}: its path repeats itself")
    canonical = f"{scheme}://{host}{path}?{query}" if query else f"{scheme}://{host}{path}"
    if len(canonical) > MAX_URL_CHARACTERS:
        raise UrlRefused(f"{_name(url)}: longer than {MAX_URL_CHARACTERS} characters")
    return canonical


def names_far_day(url: str, *, today: date) -> bool:
    """Say whether a URL names a day of which there is no news: a calendar has a page for every one.

    Args:
        url: a canonical URL.
        today: the present day.
    """
    for year, _, month, day in _DAY.findall(url):
        try:
            named = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if not EARLIEST_DAY <= named <= today + LATEST_DAY:
            return True
    return False


def host_of(url: str) -> str:
    """Return the host of a canonical URL, with its port where it is not the default."""
    return url.split("/", 3)[2]


def is_address(host: str) -> bool:
    """Say whether a host, with or without a port, is an IP address."""
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def registered_domain(host: str) -> str:
    """Return the part of a host that was registered: `china.org.cn` of `www.china.org.cn`.

    Args:
        host: a canonical host, with or without a port.

    Returns:
        The registered domain by the public suffix list that `tld` brings along; for a name that is under
        no public suffix the name without its port, for an address the host as it is.
    """
    if is_address(host):
        return host
    name = host.partition(":")[0]
    from tld import get_fld  # noqa: PLC0415 - its list takes a tenth of a second to load

    return get_fld(f"http://{name}/", fail_silently=True) or name


def _split(url: str, base: str | None) -> tuple[str, str, str, str]:
    if len(url) > _MAX_RAW_CHARACTERS:
        raise UrlRefused(f"{_name(url)}: longer than {MAX_URL_CHARACTERS} characters")
    cleaned = _SURROGATE.sub("\ufffd", url.translate(_BREAKS).strip(_ENDS))
    if "\\" in cleaned:
        # Browsers read a backslash as a slash; whoever does not can be led to another host.
        address = _AFTER_ADDRESS.split(cleaned, maxsplit=1)[0]
        cleaned = address.replace("\\", "/") + cleaned[len(address) :]
    joined = urljoin(base, cleaned) if base else cleaned
    parts = urlsplit(joined)
    if parts.scheme not in _DEFAULT_PORTS:
        raise UrlRefused(f"{_name(url)}: only http and https are requested")
    return parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query


@lru_cache(maxsize=4096)
def _canonical_netloc(scheme: str, netloc: str) -> str:
    parts = urlsplit(f"//{netloc}")
    host = parts.hostname or ""
    if not host.isascii():
        host = host.encode("idna").decode("ascii").lower()
    host = host.removesuffix(".")
    if not host:
        raise ValueError("it has no host")
    if netloc.startswith("["):
        address = ipaddress.IPv6Address(host)
        if address.scope_id is not None:
            raise ValueError("an address with a zone")
        host = f"[{address}]"
    elif _NUMBER.fullmatch(host.rpartition(".")[2]):
        # Browsers read 127.1, 0x7f.1 and 2130706433 as addresses; no article is linked like that.
        host = str(ipaddress.IPv4Address(host))
    elif len(host) > _MAX_HOST_CHARACTERS or not _NAME.fullmatch(host):
        raise ValueError(f"{_shorten(host)!r} is no host")
    port = parts.port
    if port in _OTHER_SERVICES:
        raise ValueError(f"port {port} is none of a web server")
    if port is None or port == _DEFAULT_PORTS[scheme]:
        return host
    return f"{host}:{port}"


def _encode(match: re.Match[str]) -> str:
    text = match[0]
    if text == "%":
        return "%25"
    if text[0] == "%":
        character = chr(int(text[1:], 16))
        return character if character in _UNRESERVED else text.upper()
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _remove_dots(path: str) -> str:
    """Return a path without dot segments (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path or "/"
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _drop_visit(query: str) -> str:
    if not query:
        return query
    return "&".join(
        pair
        for pair in query.split("&")
        if pair and not _TRACKING.fullmatch(pair.partition("=")[0]) and not _SESSION.fullmatch(pair)
    )


def _name(url: str) -> str:
    """Return a URL for a message: short, printable and without a password."""
    bare = _USER.sub("//", url[:_MAX_RAW_CHARACTERS])
    return _shorten("".join(c if c.isprintable() else " " for c in bare))


def _shorten(text: str) -> str:
    return text if len(text) <= 100 else text[:97] + "..."  # noqa: PLR2004 - fits a line
