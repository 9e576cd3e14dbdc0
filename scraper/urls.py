"""What a URL is canonically, and which URLs are requested at all.

w3lib encodes as browsers do. Its canonicalize_url would sort the query, which some servers read in
order, and courlan would drop parameters such as `id=` that name the article on many portals: so what is
dropped here is tracking alone.
"""

import ipaddress
import re
import string
from itertools import pairwise
from posixpath import normpath
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from scraper.errors import UrlRefused

# What browsers and Scrapy accept at most.
MAX_URL_CHARACTERS = 2083

# A path that repeats a part more often is a trap.
MAX_REPEATED_SEGMENTS = 2

_SCHEMES = {"http": 80, "https": 443}

_TRACKING = re.compile(
    r"(utm|pk|mtm|matomo|ga|hsa|oly|vero|itm)_.+"
    r"|(fb|gc|dc|msclk|yc|ysc|tw|tt|igs)l?(c?lid|hid)|gbraid|wbraid|igshid|mc_[ce]id|_ga|_hsenc|_hsmi"
    r"|yclid|spm|wt\.mc_id|xtor|at_(medium|campaign)",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x20\x7f]+")
_ESCAPE = re.compile("%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?\.?", re.IGNORECASE)


def canonicalise(url: str, *, base: str | None = None) -> str:
    """Return the canonical form of a URL; it is the same for its own result.

    The scheme and host are lower case and the host in IDNA; the user, the fragment, the default port,
    dot segments and tracking parameters are gone; the path and the query are encoded as browsers do.
    Other parameters stay, in their order.

    Args:
        url: as written on a page or by a person.
        base: the URL of the page, for a relative one.

    Raises:
        UrlRefused: when it is never requested: not http or https, no host, malformed, too long, or a
            path that repeats itself.
    """
    try:
        cleaned = _CONTROLS.sub("", url) if "\n" in url or "\t" in url else url.strip()
        joined = urljoin(base, cleaned) if base else cleaned
        first = urlsplit(joined)
        _require_http(first, url)
        # The user goes first: w3lib would carry it along.
        bare = urlunsplit(first._replace(netloc=first.netloc.rpartition("@")[2], fragment=""))
        parts = urlsplit(safe_url_string(bare, encoding="utf-8"))
        canonical = urlunsplit(
            SplitResult(
                scheme=parts.scheme.lower(),
                netloc=_canonical_netloc(parts),
                path=_canonical_path(parts.path),
                query=_drop_tracking(parts.query),
                fragment="",
            )
        )
    except UrlRefused:
        raise
    except (ValueError, UnicodeError) as error:
        raise UrlRefused(f"{_shorten(url)}: malformed ({error})") from error
    if len(canonical) > MAX_URL_CHARACTERS:
        raise UrlRefused(f"{_shorten(url)}: longer than {MAX_URL_CHARACTERS} characters")
    return canonical


def host_of(url: str) -> str:
    """Return the host of a canonical URL, with its port where it is not the default."""
    return urlsplit(url).netloc


def registered_domain(host: str) -> str:
    """Return the part of a host that was registered: `china.org.cn` of `www.china.org.cn`.

    Args:
        host: a host, with or without a port.

    Returns:
        The registered domain; the host itself when it is an address or has none.
    """
    from tld import get_fld  # noqa: PLC0415 - its list takes time to load

    name = urlsplit(f"//{host}").hostname or host
    if _is_address(name):
        return host
    return get_fld(f"http://{name}/", fail_silently=True) or name


def _require_http(parts: SplitResult, url: str) -> None:
    if parts.scheme.lower() not in _SCHEMES:
        raise UrlRefused(f"{_shorten(url)}: only http and https are requested")


def _canonical_netloc(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if not host:
        raise UrlRefused("a URL without a host")
    if _is_address(host):
        address = ipaddress.ip_address(host)
        host = f"[{address}]" if address.version == 6 else str(address)  # noqa: PLR2004 - IPv6
    elif not _HOST.fullmatch(host) or ".." in host:
        raise UrlRefused(f"{_shorten(host)}: no name of a host")
    host = host.rstrip(".")
    if parts.port is None or parts.port == _SCHEMES[parts.scheme.lower()]:
        return host
    return f"{host}:{parts.port}"


def _canonical_path(path: str) -> str:
    if not path:
        return "/"
    if "/." in path:
        end = "/" if path.endswith(("/", "/.", "/..")) else ""
        path = normpath("/" + path.lstrip("/")).rstrip("/") + end or "/"
    path = "/" + path.lstrip("/")
    segments = [segment for segment in path.split("/") if segment]
    repeats = 0
    for before, after in pairwise(segments):
        repeats = repeats + 1 if before == after else 0
        if repeats >= MAX_REPEATED_SEGMENTS:
            raise UrlRefused(f"{_shorten(path)}: the path repeats itself")
    return _ESCAPE.sub(_normalise_escape, path)


def _normalise_escape(match: re.Match[str]) -> str:
    # RFC 3986, 6.2.2: unreserved characters stand for themselves, other escapes are upper case.
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _drop_tracking(query: str) -> str:
    kept = [
        pair
        for pair in query.split("&")
        if pair and not _TRACKING.fullmatch(pair.partition("=")[0])
    ]
    return "&".join(kept)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _shorten(text: str) -> str:
    return text if len(text) <= 100 else text[:97] + "..."  # noqa: PLR2004 - fits a line
