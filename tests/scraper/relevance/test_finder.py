from dataclasses import dataclass

import pytest

from scraper.relevance.finder import Finder
from scraper.relevance.fold import fold


@dataclass(frozen=True)
class Term:
    text: str


def found(terms: list[str], text: str) -> list[str]:
    finder = Finder(Term(term) for term in terms)
    return [hit.term.text for hit in finder.find(fold(text))]


@pytest.mark.parametrize(
    ("term", "text", "stands"),
    [
        ("digital economy", "The Digital Economy forum", True),
        ("digital economy", "A digital, economy-wide plan", True),
        ("digital economy", "It went digital. Economy grew", False),
        ("forum", "Two forums met", True),
        ("forum", "Forumites met", False),
        ("AI", "What AI is", True),
        ("AI", "Aix and MAID, ai", False),
        ("digitali*", "Die Digitalisierung", True),
        ("*konferenz", "Eine Ministerkonferenz tagt", True),
        ("*konferenz", "Konferenzen tagen", False),
        ("цифров* экономик*", "в цифровой экономике", True),
        ("économie numérique", "L'ECONOMIE NUMERIQUE d'abord", True),
        ("قمة رقمية", "انطلاق القمة الرقمية اليوم", True),
        ("kinh tế số", "Diễn đàn KINH TẾ SỐ", True),
        ("数字经济", "數字經濟大會", True),
        ("포럼", "디지털포럼에서", True),
        ("gitex", "ＧＩＴＥＸ opens", True),
    ],
)
def test_a_term_is_found_where_it_stands(term: str, text: str, *, stands: bool) -> None:
    assert bool(found([term], text)) is stands


def test_the_longest_term_is_found_and_none_inside_it() -> None:
    assert found(["festival", "film festival"], "The film festival opened") == ["film festival"]
    assert found(["互联网", "能源互联网"], "能源互联网大会") == ["能源互联网"]


def test_terms_are_found_in_the_order_of_their_places_and_again_each_time() -> None:
    assert found(["forum", "data"], "data forum, data") == ["data", "forum", "data"]
    assert found(["论坛", "数据"], "数据论坛和论坛") == ["数据", "论坛", "论坛"]


@pytest.mark.parametrize("text", ["**", "?!", "a*", "ab*"])
def test_a_term_that_would_be_found_everywhere_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="letters"):
        Finder([Term(text)])
