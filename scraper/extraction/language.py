"""In which language a text is: what the page declares is checked against the text itself."""

import re

_CODE = re.compile(r"^\s*([A-Za-z]{2})(?:$|[-_])")
# Less text than this says too little; the declaration then counts.
_ENOUGH = 200
_SAMPLE = 1500
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7af]")


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
    sample = text[:_SAMPLE]
    by_script = _by_script(sample)
    if by_script is not None:
        return by_script, "page" if by_script in codes[:1] else "guess"
    if len(sample) < _ENOUGH and codes:
        return codes[0], "page"
    guess = _classify(sample)
    if guess in codes[:1]:
        return guess, "page"
    return guess or next(iter(codes), None), "guess"


def warm_up() -> None:
    """Load the model."""
    _classify("A sentence in English, so that the model is loaded.")


def _by_script(sample: str) -> str | None:
    letters = sum(map(str.isalpha, sample)) or 1
    if len(_HANGUL.findall(sample)) > letters / 4:
        return "ko"
    if len(_KANA.findall(sample)) > letters / 10:
        return "ja"
    return "zh" if len(_HAN.findall(sample)) > letters / 3 else None


def _classify(sample: str) -> str | None:
    from py3langid import classify  # noqa: PLC0415 - its model takes time to load

    code: str = classify(sample)[0]
    return code if sample.strip() else None
