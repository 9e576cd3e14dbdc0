"""One form for what is written in many: both the rules and the texts are folded before they are compared."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

# Accents, tone marks and the vowel signs of Arabic; what is left of a letter is its base.
_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]")
_ARABIC = str.maketrans({"ى": "ي", "ة": "ه"})
_IS_ARABIC = re.compile("[\u0620-\u064a]")

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
KANA = re.compile("[\u3041-\u30fa\u30fc-\u30ff]")
HANGUL = re.compile("[\uac00-\ud7a3]")

# Scripts that put no blank between words, or join particles to them: their terms stand anywhere.
UNSPACED = re.compile("[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3]")


def fold(text: str) -> str:
    """Return text in NFKC, without accents, in simplified characters; capitals stay.

    Args:
        text: any text.
    """
    folded = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    folded = unicodedata.normalize("NFC", folded)
    if HAN.search(folded):
        folded = folded.translate(_simplified())
    return folded.translate(_ARABIC) if _IS_ARABIC.search(folded) else folded


@cache
def _simplified() -> dict[int, str]:
    with _hidden("pkg_resources"):
        from zhconv.zhconv import getdict  # noqa: PLC0415 - its tables are needed for Chinese alone

    # Character by character: whole words would cost ten times as much, and terms are folded alike.
    return {
        ord(written): simple
        for written, simple in getdict("zh-hans").items()
        if len(written) == 1 and len(simple) == 1
    }


@contextmanager
def _hidden(name: str) -> Iterator[None]:
    """Make a module look as if it were not there: zhconv opens its file without it in a third of the time."""
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]  # None stands for "not there"
    known = modules.get(name)
    modules[name] = None
    try:
        yield
    finally:
        if known is None:
            del modules[name]
        else:
            modules[name] = known
