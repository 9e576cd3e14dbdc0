import pytest
from article_pages import page_with, read_article

from scraper.extraction.bylines import read_byline, read_ends


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe, Example News", ("Jane Roe",)),
        ("Written by Jane Roe for Example News", ("Jane Roe",)),
        ("By JANE ROE Associated Press", ("JANE ROE",)),
        ("2 min read · By Jane Roe · May 3, 2024", ("Jane Roe",)),
        ("03/01/2017 by Jane Roe", ("Jane Roe",)),
        ("Ein Artikel von Eva Muster | 27.01.2022 - 12:45", ("Eva Muster",)),
        ("Text: Eva Muster, Fotos: Jan Beispiel", ("Eva Muster",)),
        ("von Eva Muster Foto: © Agentur", ("Eva Muster",)),
        ("Par Jeanne Dupont, à Lyon", ("Jeanne Dupont",)),
        ("Auteur: Jeanne Dupont", ("Jeanne Dupont",)),
        ("Por Ana Gómez y Luis Pérez", ("Ana Gómez", "Luis Pérez")),
        ("Reportagem de João Silva", ("João Silva",)),
        ("di Anna Rossi", ("Anna Rossi",)),
        ("Door Jan de Vries", ("Jan de Vries",)),
        ("Av Kari Nordmann", ("Kari Nordmann",)),
        ("Autorka: Anna Kowalska", ("Anna Kowalska",)),
        ("Автор: Иван Иванов", ("Иван Иванов",)),
        ("Текст: Мария Петрова, фото: Иван Иванов", ("Мария Петрова",)),
        ("Συντάκτης: Γιώργος Παπαδόπουλος", ("Γιώργος Παπαδόπουλος",)),
        ("Yazan: Ayşe Yılmaz", ("Ayşe Yılmaz",)),
        ("بقلم: محمد أحمد", ("محمد أحمد",)),
        ("מאת: דנה כהן", ("דנה כהן",)),
        ("Tác giả: Nguyễn Văn An", ("Nguyễn Văn An",)),
        ("Bài: Trần Thị Bình; Ảnh: Lê Nam", ("Trần Thị Bình",)),
        ("Penulis: Budi Santoso", ("Budi Santoso",)),
        ("本报记者 张三 通讯员 李四", ("张三", "李四")),
        ("本报记者罗科苏盈发自北京", ("罗科苏盈",)),
        ("文/张三 图/李四", ("张三",)),
        ("作者： 张三 出自[人民文学出版社]", ("张三",)),
        ("記者王小明／台北報導", ("王小明",)),
        ("取材・文＝山田 太郎", ("山田 太郎",)),
        ("筆者：ジョン・スミス", ("ジョン・スミス",)),
        ("홍길동 기자 hong@example.com", ("홍길동",)),
        ("홍길동·김철수 기자", ("홍길동", "김철수")),
        ("홍길동 기자 입력 2024.08.01", ("홍길동",)),
        ("홍길동 기자 다른기사 보기", ("홍길동",)),
    ],
)
def test_a_line_names_its_authors_in_the_languages_of_news(
    line: str, names: tuple[str, ...]
) -> None:
    assert read_byline(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "By the harbour, in the old customs house",
        "By Monday, May 3, 2021",
        "Von Redaktion, 24. Januar 2022",
        "Foto: Jan Beispiel",
        "Автор: Редакция новостей",
        "بقلم: فريق التحرير",
        "请与作者联系解决",
        "记者通过采访了解到",
        "（记者张三 摄）",
        "责任编辑：张三",
        "作者：佚名",
        "취재 기자",
        "장관이 기자 회견을 열고 발표했다.",
        "部长对记者 高度评价",
    ],
)
def test_a_line_that_names_no_author_has_none(line: str) -> None:
    assert read_byline(line) == ()


def test_a_first_name_will_do_beside_a_date() -> None:
    assert read_byline("by Amanda · Dec 20, 2025 at 3:00 am") == ("Amanda",)
    assert read_byline("by Amanda") == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("会议开幕。\n港口无纸通关。（记者 胡晓蓉）\n责任编辑：张三", ("胡晓蓉",)),
        ("会议开幕。\n整合 新华日报·交汇点记者 徐睿翔\n素材来源 江苏13个设区市", ("徐睿翔",)),
        ("据新华社拉萨电（记者 格桑边觉）记者近日了解到。", ("格桑边觉",)),
        ("会議が開かれた。（ソウル＝山田太郎）", ("山田太郎",)),
        ("会議が開かれた。【山田太郎】", ("山田太郎",)),
        ("会議が開かれた。（関連記事）", ()),
        ("会議が開かれた。（共同）", ()),
        ("(서울=연합뉴스) 홍길동 기자 = 정부는 1일 발표했다.", ("홍길동",)),
        ("The forum opened.\nText: Jane Roe", ("Jane Roe",)),
        ("정부가 기자 회견을 열고 새 계획을 발표했다.", ()),
        ("The forum opened.\nNew York", ()),
    ],
)
def test_the_ends_of_a_text_name_its_reporters(text: str, names: tuple[str, ...]) -> None:
    assert read_ends(text) == names


@pytest.mark.parametrize(
    ("below", "authors"),
    [
        ("<p>Author</p><p>Jane Roe</p>", ("Jane Roe",)),
        ("<p>Autor: Jane Roe</p>", ("Jane Roe",)),
        ('<div class="related"><p>Autor: Jane Roe</p></div>', ()),
        ("<p>by</p><p>Jane Roe</p>", ()),
    ],
)
def test_what_is_called_the_author_counts_far_from_the_headline(
    below: str, authors: tuple[str, ...]
) -> None:
    filler = "<p>A line about the harbour and its customs house of old.</p>" * 20
    assert read_article(page_with(below=filler + below)).authors == authors


def test_a_rubric_called_people_is_no_author() -> None:
    top = '<a href="/people/real-life/">Real Life</a>'
    assert read_article(page_with(top=top)).authors == ()
