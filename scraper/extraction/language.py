"""In which language a text is: what the page declares is checked against the text itself."""

import re
from typing import cast

from resiliparse.parse.lang import detect_fast

_CODE = re.compile(r"^\s*([A-Za-z]{2})(?:$|[-_])")
# Less text than this says too little; the declaration then counts.
_ENOUGH = 200
_SAMPLE = 1500
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
# No news is written in them, and short texts look like them.
_UNLIKELY = frozenset(("eo", "io", "la", "sa", "vo"))
# Relatives are as near as this: Galician to Spanish, Marathi to Hindi. Then the page knows better, and where it
# says nothing, a language that more is written in is the likelier one.
_NEAR = 1.1
_COMMON = frozenset(
    "ar bg bn cs da de el en es et fa fi fr he hi hr hu id it kk lt lv nl no pl pt ro ru sk sl sr sv sw th tr uk"
    " ur uz vi".split()
)
_RANKED = 12
# The detector has no model of these, and takes Malay for Indonesian and what has a script of its own for anything.
_UNMODELLED = frozenset("am dz ig lo mi ms ny om rn rw ti tn ts wo xh yo zu".split())
# In which their countries have portals too, with a template of the country's language.
_WORLDWIDE = frozenset(("en", "es", "fr", "pt", "ru"))


def find_language(text: str, *declared: str | None) -> tuple[str | None, str]:
    """Return the language of a text and where that is known from.

    Args:
        text: the article's text.
        declared: what the page and its source declare, the surest first; ISO 639-1 with or without a
            region.

    Returns:
        The ISO 639-1 code, None when nothing says it; and `page` or `guess`.
    """
    codes = [match[1].lower() for value in declared if value and (match := _CODE.match(value))]
    stated = next(iter(codes), None)
    # The detector takes words in capitals for those of other languages.
    sample = text[:_SAMPLE].lower()
    by_script = _by_script(sample)
    if by_script is not None:
        return by_script, "page" if by_script == stated else "guess"
    if len(sample) < _ENOUGH and stated:
        return stated, "page"
    guess = _classify(sample, stated)
    return guess or stated, "page" if guess == stated else "guess"


def _by_script(sample: str) -> str | None:
    letters = sum(map(str.isalpha, sample)) or 1
    if len(_HANGUL.findall(sample)) > letters / 4:
        return "ko"
    if len(_KANA.findall(sample)) > letters / 10:
        return "ja"
    return "zh" if len(_HAN.findall(sample)) > letters / 3 else None


def _classify(sample: str, stated: str | None) -> str | None:
    """Return the language of a text: of those that are about as near to it the stated one, then a common one."""
    if not sample.strip():
        return None
    # More than one result is a list of them.
    found = cast("list[tuple[str, int]]", detect_fast(sample, n_results=_RANKED))
    ranked = [(code, distance) for code, distance in found if code not in _UNLIKELY]
    if not ranked:
        return None
    if stated in _UNMODELLED and ranked[0][0] not in _WORLDWIDE:
        return stated
    near = [code for code, distance in ranked if distance <= _NEAR * ranked[0][1]]
    if stated in near:
        return stated
    return next((code for code in near if code in _COMMON), near[0])
