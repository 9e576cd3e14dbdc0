from datetime import date

import pytest

from scraper.extraction.dates import find_moments

PRINTED = """\
August 1, 2024
Aug. 1, 2024
1 August 2024
1st of August, 2024
Thursday, 1 August 2024, 10:30
1. August 2024
1er août 2024
1 de agosto de 2024
1 d'agost de 2024
1 agosto 2024
1 augustus 2024
den 1 augusti 2024
1. elokuuta 2024
1. august 2024
2024. gada 1. augusts
2024 m. rugpjūčio 1 d.
1 sierpnia 2024
1. srpna 2024
1. augusta 2024
1. kolovoza 2024.
1 august 2024
2024. augusztus 1.
1 Ağustos 2024
1-avgust, 2024
2024-yil 1-avgust
2024 жылғы 1 тамыз
1 Agustus 2024
1 Ogos 2024
1 августа 2024 г.
1 серпня 2024
1 жніўня 2024
1 август 2024 г.
1 Αυγούστου 2024
1 օգոստոսի 2024
1 באוגוסט 2024
١ أغسطس ٢٠٢٤
1 آب/أغسطس 2024
1 août/أوت 2024
1 اوت 2024
१ अगस्त २०२४
১ আগস্ট ২০২৪
1 สิงหาคม 2567
๑ สิงหาคม พ.ศ. ๒๕๖๗
ngày 1 tháng 8 năm 2024
2024年8月1日
2024년 8월 1일
令和6年8月1日
"""


@pytest.mark.parametrize("printed", PRINTED.splitlines())
def test_the_day_is_read_in_the_languages_of_the_press(printed: str) -> None:
    assert [moment.day for moment in find_moments(printed, day_first=True)] == [date(2024, 8, 1)]


@pytest.mark.parametrize(
    "text", ["12 people 2024", "Room 12 2024", "1 สิงหาคม 1024", "1 August 2567", "31 June 2024"]
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert list(find_moments(text)) == []


@pytest.mark.parametrize(
    ("month", "number"),
    [("NİSAN", 4), ("MAYIS", 5), ("HAZİRAN", 6), ("EKİM", 10), ("KASIM", 11), ("ARALIK", 12)],
)
def test_turkish_months_are_read_in_capitals(month: str, number: int) -> None:
    assert [moment.day for moment in find_moments(f"1 {month} 2024")] == [date(2024, number, 1)]


def test_a_month_of_malay_is_one_behind_its_day_only() -> None:
    lines = ("12 Mac 2024", "Mac 12 2024")
    assert [len(list(find_moments(line))) for line in lines] == [1, 0]


def test_a_date_is_kept_as_it_is_printed() -> None:
    (moment,) = find_moments("نشر في ١ أغسطس ٢٠٢٤")
    assert moment.raw == "١ أغسطس ٢٠٢٤"
