"""Text of a list page: plain text from what strangers wrote, and XML that a parser can read."""

import re
import unicodedata
from html import unescape
from html.entities import html5

from scraper.extraction.charset import decode

# A title is a hint; what is longer is no title.
MAX_TEXT_CHARACTERS = 1000

_TAG = re.compile(r"<!--(?:.*?-->|.*)|</?([A-Za-z][A-Za-z0-9]*)\b[^<>]*>|<[!?][^<>]*>", re.DOTALL)
_BREAKING = frozenset(("br", "p", "div", "li", "td", "tr", "h1", "h2", "h3", "h4", "h5", "h6"))

# Controls, and what turns the direction of text or shows nothing at all.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")

# Atomic groups: what could be matched in many ways would be tried in all of them.
_PROLOGUE = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype(?>[^\[<>]*)(?>\[.*?\]\s*)?>)*+",
    re.DOTALL | re.IGNORECASE,
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:(#?\w{1,32};))?", re.DOTALL)
_NUMBER = re.compile(r"&#(\w{1,32});")
_PREDEFINED = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


def to_plain_text(markup: str | None) -> str | None:
    """Return the plain text of a title or date that may hold tags and entities; None for nothing."""
    if not markup:
        return None
    return fold(unescape(_TAG.sub(_replace_tag, markup[: 10 * MAX_TEXT_CHARACTERS])))


def fold(text: str | None) -> str | None:
    """Return text with its white space folded and without controls; None when nothing is left."""
    if not text:
        return None
    seen = _UNSEEN.sub("", text[: 10 * MAX_TEXT_CHARACTERS])
    folded = " ".join(_SURROGATE.sub("\ufffd", seen).split())
    return unicodedata.normalize("NFC", folded[:MAX_TEXT_CHARACTERS]) or None


def repair_xml(body: bytes, content_type: str | None) -> bytes:
    """Return an XML document in UTF-8 that differs from the given one only where that is no XML.

    The charset is found as for a page. Its declaration goes, so that no parser believes it, and the document
    type, so that there are no entities. Characters that XML forbids go, and what refers to them; lone
    ampersands and the entities of HTML become what they mean.

    Args:
        body: the document.
        content_type: its Content-Type header, whose charset counts.
    """
    text = _NOT_XML.sub("", decode(body, content_type)[0])
    if prologue := _PROLOGUE.match(text):
        text = text[prologue.end() :]
    return _REFERENCE.sub(_replace_reference, text).encode()


def _replace_tag(tag: re.Match[str]) -> str:
    return " " if tag[1] and tag[1].lower() in _BREAKING else ""


def _replace_reference(found: re.Match[str]) -> str:
    name = found[1]
    if found[0][0] == "<":
        # Readers of HTML in a CDATA section trip over these.
        return _NUMBER.sub(_replace_number, found[0])
    if name is None:
        return "&amp;"
    if name[0] == "#":
        return _NUMBER.sub(_replace_number, found[0])
    if name in _PREDEFINED:
        return found[0]
    return "".join(f"&#{ord(c)};" for c in html5[name]) if name in html5 else f"&amp;{name}"


def _replace_number(reference: re.Match[str]) -> str:
    digits = reference[1]
    try:
        number = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
        allowed = not _NOT_XML.match(chr(number))
    except (ValueError, OverflowError):
        allowed = False
    return reference[0] if allowed else "\ufffd"
