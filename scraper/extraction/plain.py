"""Plain text as the archive keeps it: one form for what looks the same."""

import re
from functools import lru_cache
from html import unescape
from unicodedata import normalize

# What nobody sees: controls, soft hyphens, zero-width spaces, byte order marks, directional marks.
# Joiners (U+200C, U+200D) stay: Persian and Indic spelling, and emoji, need them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("[\n\r\x85\u2028\u2029]+")
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,300}|!--.{0,300}?--)>")
# Scripts that are written without spaces, Hangul beside them: a character says as much as a word.
WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_WIDE = re.compile(f"[{WIDE}]")
_NOT_LETTER = re.compile(r"[\W_]+")
_NOT_LETTER_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())


def clean_line(text: str | None) -> str | None:
    """Return a text as one line in NFC without what nobody sees, or None when nothing is left."""
    if not text:
        return None
    text = " ".join(text.split())
    # Most lines are of this kind, and pages have hundreds.
    if not text.isprintable():
        text = " ".join(_UNSEEN.sub("", _SURROGATE.sub("\ufffd", text)).split())
    return (text if text.isascii() else normalize("NFC", text)) or None


def clean_text(text: str | None) -> str:
    """Return a text with one paragraph a line, each as `clean_line` makes it."""
    lines = (clean_line(line) for line in _BREAK.split(text or ""))
    return "\n".join(line for line in lines if line)


def strip_markup(text: str | None) -> str | None:
    """Return a metadata value as one line: entities resolved, tags dropped."""
    if not text:
        return None
    # Some content systems escape twice.
    text = unescape(unescape(text)) if "&" in text else text
    return clean_line(_TAG.sub(" ", text))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return what two spellings of the same words share: letters and digits, folded."""
    if text.isascii():
        return text.lower().encode().translate(None, _NOT_LETTER_ASCII).decode()
    return _NOT_LETTER.sub("", normalize("NFKC", text).casefold())


def weigh(text: str) -> int:
    """Return how much a text says, in Latin letters: a wide character weighs three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))
