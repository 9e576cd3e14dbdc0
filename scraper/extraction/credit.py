"""Whom a page credits with a text: an agency, another portal."""

import re

from scraper.extraction.bylines import read_byline
from scraper.extraction.dates import find_moments
from scraper.extraction.near import Near
from scraper.extraction.plain import clean_line

_CREDIT = (
    re.compile(r"(?:文章来源|信息来源|来源|來源|稿源)\s*[:：]\s*(?P<name>[^\s|　]{2,30})"),
    re.compile(r"^(?:source|quelle|fuente|fonte)\s*:\s*(?P<name>[^|]{2,40})$", re.IGNORECASE),
)
_DATELINE = re.compile(
    r"^.{0,60}?\((?P<name>Xinhua|AP|Reuters|AFP|TASS|Yonhap|Kyodo|ECNS|PTI|ANI)\)"
)
_AGENCY_ZH = re.compile(
    r"^(?P<name>新华社|中新社|中新网|人民网)[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日电"
)


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
            if before.endswith(",") and 1 < len(before) <= 40 and not read_byline(before):  # noqa: PLR2004
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
