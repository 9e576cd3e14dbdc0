"""Ordinals beside a name: "the 4th", "第四届", "34ª edición del", "lần thứ III".

Texts are folded: accents are gone, and characters are simplified ones.
"""

import re

_WORDS = {
    word: number
    for number, line in enumerate(
        """
        first inaugural primera primer primero premiere premier erste ersten erster primeira primo prima
        second segunda segundo deuxieme seconde zweite zweiten zweiter seconda второй вторая второго
        third tercera tercer tercero troisieme dritte dritten dritter terceira terzo terza третий третья
        fourth cuarta cuarto quatrieme vierte vierten quarta quarto четвертый четвертая четвертое
        fifth quinta quinto cinquieme funfte funften пятый пятая
        sixth sexta sexto sixieme sechste sechsten шестой шестая
        seventh septima septimo septieme siebte siebten setima setimo седьмой седьмая
        eighth octava octavo huitieme achte achten oitava oitavo восьмой восьмая
        ninth novena noveno neuvieme neunte neunten nona девятый девятая
        tenth decima decimo dixieme zehnte zehnten десятый десятая
        eleventh undecima onzieme elfte elften
        twelfth duodecima douzieme zwolfte zwolften
        thirteenth
        fourteenth
        fifteenth
        sixteenth
        seventeenth
        eighteenth
        nineteenth
        twentieth
        """.splitlines(),
        start=0,
    )
    for word in line.split()
}
_ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10,
    "XI": 11, "XII": 12, "XIII": 13, "XIV": 14, "XV": 15, "XVI": 16, "XVII": 17, "XVIII": 18,
    "XIX": 19, "XX": 20,
}  # fmt: skip
_HAN = {digit: value for value, digit in enumerate("零一二三四五六七八九")}

# What may stand between the ordinal and the name.
_BRIDGE = (
    r"(?i:\s?(?:edition|session|edicion|edicao|edition|edizione|ausgabe|annual(?: meeting)?|meeting|"
    r"assembly|회|회의))?(?i:\s?(?:of|del?|des|du|da|do|della?|der|의))?(?i:\s?(?:the|la|le|el|l'))?\s?[\"“«‘'《]?\s?"
)
_BEFORE = re.compile(
    rf"(?:第\s?(?P<han>[一二三四五六七八九十]{{1,3}}|\d{{1,3}})\s?[届回次]\s?[\"“《]?"
    rf"|(?P<first>首届|首次)\s?[\"“《]?"
    rf"|제\s?(?P<ko>\d{{1,3}})\s?[회차]\s?[\"“]?"
    rf"|(?<!\w)(?P<digits>\d{{1,3}})(?:(?i:st|nd|rd|th|da|ra|ta|va|eme|re|er|[aoe])|-[а-я]{{1,2}}){_BRIDGE}"
    # German; a number and a full stop at the beginning of a line is that of a list.
    rf"|(?:(?<=[^\W\d] )|^)(?P<point>\d{{1,3}})\.{_BRIDGE}"
    rf"|(?<!\w)(?P<roman>[XVI]{{1,5}})\.?\s{_BRIDGE}"
    rf"|(?<!\w)(?P<word>\w{{4,12}})\s{_BRIDGE})$"
)
_AFTER = re.compile(
    r"^\s?(?:lan thu|ke-|yang ke-|edition|edicion)\s?(?:(?P<roman>[XVI]{1,5})|(?P<digits>\d{1,3}))(?!\w)"
)

LARGEST = 60


def ordinal_before(text: str) -> tuple[int | None, str]:
    """Return the ordinal at the end of a folded text, and the text before it.

    Args:
        text: what stands before a name.
    """
    match = _BEFORE.search(text)
    number = _value(match) if match else None
    if match is None or number is None or number > LARGEST:
        return None, text
    return number, text[: match.start()]


def ordinal_after(text: str) -> int | None:
    """Return the ordinal at the beginning of the folded text after a name."""
    match = _AFTER.match(text)
    if match is None:
        return None
    return _ROMAN.get(match["roman"]) if match["roman"] else int(match["digits"])


def _value(match: re.Match[str]) -> int | None:
    if match["first"]:
        return 1
    if match["roman"]:
        return _ROMAN.get(match["roman"])
    if match["word"]:
        return _WORDS.get(match["word"].lower())
    digits = match["han"] or match["ko"] or match["digits"] or match["point"]
    return int(digits) if digits.isdecimal() else _from_han(digits)


def _from_han(written: str) -> int:
    tens, ten, ones = written.partition("十")
    if not ten:
        return _HAN.get(written[-1], 0)
    return 10 * (_HAN[tens] if tens else 1) + (_HAN[ones] if ones else 0)
