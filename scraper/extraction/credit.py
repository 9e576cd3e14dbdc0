"""Whom a page credits with a text: an agency, another portal."""

import re

from scraper.extraction.bylines import read_byline
from scraper.extraction.dates import find_moments
from scraper.extraction.near import Near
from scraper.extraction.plain import clean_line

_CREDIT = (
    re.compile(
        r"(?:文章来源|信息来源|来源|來源|稿源)\s*[:：]\s*(?!转载|原创|网络|互联网|本站|未知)(?P<name>[^\s|　=\"]{2,30})(?!\S*[=\"])"
    ),
    re.compile(
        r"^(?:source|quelle|fuente|fonte|bron|källa|kilde|lähde|źródło|zdroj|forrás|sursa|πηγή|kaynak|источник|джерело|"
        r"المصدر|منبع|מקור|nguồn|sumber|出典|転載元|출처)\s*[:：]\s*(?P<name>[^|]{2,40})$",
        re.IGNORECASE,
    ),
)
_DATELINE = re.compile(
    r"^.{0,60}?\((?P<name>Xinhua|AP|Reuters|AFP|TASS|Yonhap|Kyodo|ECNS|PTI|ANI|"
    # These are also other words, without a dash behind them.
    r"(?:dpa|sid|epd|KNA|EFE|EUROPA PRESS|ANSA|Lusa|APA|SDA|ANP|PAP|NTB|TT|Ritzau|Bernama|ANTARA|IANS|CNA)(?=(?:/[^()]{1,20})?\)\s*\.?\s?[-–—]))"
    r"(?:/[^()]{1,20})?\)"
)
_AGENCY_ZH = re.compile(
    r"^(?P<name>新华社|中新社|中新网|人民网)[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日电"
)
_LONGEST = 40
# Before a date there mostly stands its weekday, an author, a place: a source has a name that says so.
_SOURCE = re.compile(
    r"\b(?:Xinhua|Reuters|AFP|AP|TASS|Yonhap|Kyodo|ECNS|PTI|ANI|dpa|EFE|ANSA|CGTN|BBC|CNN|News|Daily|Times|Post|Press|Agency|"
    r"Tribune|Herald|Gazette|Courier|Journal|Zeitung|Nachrichten|Agentur)\b|[a-z]\.(?:com|org|net|[a-z]{2})(?:\.[a-z]{2})?$"
)
_DATED = re.compile(r"\d|\b(?:published|released|posted|updated)\b", re.IGNORECASE)


def find_credit(near: Near) -> str | None:
    """Return whom a page prints beside its headline as the text's source; None when it prints nobody.

    Args:
        near: the lines around the headline.
    """
    for line in near.lines:
        for pattern in _CREDIT:
            if found := pattern.search(line.text):
                return clean_line(found["name"])
    for line in near.lines:
        # "Xinhua, August 1, 2024"
        moment = next(find_moments(line.text, day_first=True), None)
        if moment is not None:
            before = line.text[: moment.start].strip()
            if (
                before.endswith(",")
                and len(before) <= _LONGEST
                and _SOURCE.search(before.rstrip(" ,"))
                and not _DATED.search(before)
                and not read_byline(before)
            ):
                return clean_line(before.rstrip(" ,"))
    return None


def find_dateline(text: str) -> str | None:
    """Return the agency whose mark a text begins with: `Xinhua`, `新华社`; None when there is none.

    Args:
        text: the text, a paragraph a line.
    """
    first = text.partition("\n")[0]
    found = _DATELINE.match(first) or _AGENCY_ZH.match(first)
    return found["name"] if found else None
