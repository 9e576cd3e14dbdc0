"""Whom the lines of a page name as their authors, in the languages of news.

    "By Jane Roe", "Text: Jane Roe", "14:07 Uhr | Von Eva Muster", "记者 张三 李四", "【山田太郎】", "홍길동 기자"

A line must say that somebody wrote: a name that only stands there is that of a place or a rubric as often as not.
"""

import re
from collections.abc import Iterable, Iterator

from scraper.extraction.dates import find_moments
from scraper.extraction.names import is_person, is_surely_person, split_names
from scraper.extraction.plain import fold
from scraper.extraction.surnames import is_chinese, is_japanese, is_korean

_HAN, _KANA, _HANGUL = "\u4e00-\u9fff々", "\u3041-\u30ff", "\uac00-\ud7af"

# Segments of a line such as "25.04.24 | 14:07 Uhr | Von Eva Muster".
_SEGMENT = re.compile(r"\s*[|•∙｜]\s*|\s+[·—–]\s+|　+|\s{2,}")
_PREPOSITION = r"(?:by|von|par|por|di|da|door|av|af|przez|oleh|bởi)"
_TEXT = (
    r"(?:(?:ein|un|une|een|en|et|an)\s+)?(?:artikel|article|artículo|artigo|articolo|beitrag|bericht|text|texte|texto|"
    r"testo|tekst|interview|kommentar|commentary|analyse|analysis|reportage|reportagem|opinion|gastbeitrag|kolumne|essay|"
    r"words|story|written|reported|posted|published|contributed|veröffentlicht|erstellt|geschrieben|verfasst|aufgezeichnet|"
    r"escrito|escrita|publicado|écrit|rédigé|publié|propos recueillis|scritto|pubblicato|geschreven|skrevet|skriven|skrevet|"
    r"napisane|ditulis)"
)
_AUTHOR = (
    r"(?:autor(?:en|es|a|as|in|i|ka|zy)?|auteure?s?|authors?|author\(s\)|autore|autrice|автор(?:ы|и|ка)?|penulis|yazar|yazan|"
    r"szerző|tác giả|συντάκτης|συγγραφέας|الكاتب|بقلم|نویسنده|מאת)"
)
# These also stand before other things than names: beside the headline and at the end of a text only.
_PERHAPS_AUTHOR = (
    r"(?:text|texte|texto|testo|tekst|teksti|words|reporter|reporting|muhabir|haber|bài(?: viết)?|текст|корреспондент|"
    r"журналист|подготовил[аи]?|كتبت?|إعداد|تقرير)"
)
_BYLINE = re.compile(
    rf"^(?:(?:{_TEXT}\s+(?:{_PREPOSITION}|de)|{_PREPOSITION})(?:\s*[:：]\s*|\s+)|(?:{_AUTHOR}|{_PERHAPS_AUTHOR})\s*[:：]\s*|بقلم\s+|מאת\s+|"
    rf"autor(?:in)?\s+)(?P<names>.{{2,160}})$",
    re.IGNORECASE,
)
_DECLARED = re.compile(rf"^{_AUTHOR}\s*[:：]\s*(?P<names>.{{2,80}})$", re.IGNORECASE)
_LABEL = re.compile(
    rf"^(?:(?:(?:{_TEXT})\s+)?(?:by|von|par|por)|{_AUTHOR}|作者|筆者|執筆者|著者)\s*[:：]?$",
    re.IGNORECASE,
)
_STRONG_LABEL = re.compile(
    rf"^(?:written by|{_AUTHOR}|作者|筆者|執筆者|著者)\s*[:：]?$", re.IGNORECASE
)
# What the name in a byline is followed by: who took the pictures, for whom and where it was written.
_BEYOND = re.compile(
    r"\s*(?:[,;/|]\s*)?(?:(?:fotos?|photos?|photographs?|bild(?:er)?|images?|imagens?|fotografi\w*|ảnh|фото|video|illustrations?)\b\s*"
    r"(?:[:：©]|von|by|de|:|$)|\((?:text|texte|texto)\)|\b(?:for|für|pour|para|per|at|in|im|aus|from|mit)\s|"
    r"\b(?:(?:the\s+)?associated press|staff|special to|senior|contributing|correspondent|reporter|editor)\b).*$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"^[\s,;|–—•·\-]*(?:(?:um|at|à|às|a las|kl\.?|ore|alle)\s+)?(?:\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s*(?:uhr|h|[ap]\.?m\.?))?)?[\s,;|–—•·\-]*",
    re.IGNORECASE,
)
# A date of which nobody can say which number is the month.
_NUMBERS = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-]\d{4}[\s,|]+")
# With a date beside it "by" names a person, though it be by the first name alone.
_FIRST_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁ][^\W\d_]{2,15}")
_NO_FIRST_NAME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend "
    "sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
    "january february march april may june july august september october november december today yesterday heute gestern".split()
)

_LABELLED_HAN = re.compile(
    r"(?:(?:作者|撰文|撰稿人?|采写|执笔|(?:^|[\s（(【｜|])(?:文字?|图文|文图|文[、/／·&]图|图[、/／·&]文))\s*[:：/／丨]|"
    r"(?:^|[\s（(【｜|])(?:文[/／]图|图[/／]文)\s)\s*"
    rf"(?P<names>[{_HAN}·]{{2,6}}(?![{_HAN}·]|\s*[:：])(?:[ 、，　/]+[{_HAN}·]{{2,6}}(?![{_HAN}·]|\s*[:：])){{0,5}})"
)
_ROLE_HAN = re.compile(
    rf"(?:(?:见习|實習|实习|特约|特派|首席|全媒体|融媒体|交汇点|本报|本网|本刊|驻[{_HAN}]{{2,4}}?)+)?(?:记者|記者|实习生|通讯员|通訊員|撰稿人?|评论员)站?"
)
_NAME_HAN = re.compile(rf"[{_HAN}]{{2,4}}(?:·[{_HAN}]{{2,8}})*")
_BRACKETS_HAN = re.compile(r"[（(【\[](?P<inside>[^（()）【】\]]{2,60})[)）】\]]")
_TAIL_HAN = re.compile(
    rf"(?:\s*(?:文[/／、]图|图[/／、]文|综合报道|报道|采写|整理|[一二两三]?文|发自[{_HAN}]{{2,8}}|"
    rf"[ 　/／][{_HAN}]{{2,6}}(?:報導|报导|报道|\d{{1,2}}日[电電])))*\s*$"
)
_PICTURES_HAN = re.compile(r"(?:摄影?|攝影?|供图|制图|绘图?|[^文/／、]图)\s*$")
_MARKS_HAN = " 　□■●◎▲◇◆※（(【[)）】]。"
_MARKS_BETWEEN_HAN = re.compile(r"[ 、，,　/／;；&]+")
_EMPLOYER, _AT_HEAD, _LONGEST_LINE = 18, 60, 60
# Somebody speaks to the reporter.
_NO_EMPLOYER_HAN = re.compile(r"[，。：:、]|(?:对|對|向|给|給|跟|告诉|告訴)$")

_NAME_JA = rf"[{_HAN}{_KANA}]{{1,5}}[ 　]?[{_HAN}{_KANA}]{{1,5}}"
_LABELLED_JA = re.compile(
    rf"(?:取材[・･/／]文|取材[・･/／]撮影[・･/／]文|文[・･/／]写真|文[・･/／]撮影|写真[・･/／]文|筆者|執筆者?|著者|ライター|投稿者|聞き手|寄稿|記者)\s*[:：/／＝=・･]\s*"
    rf"(?P<names>{_NAME_JA}(?:[、，/／]{_NAME_JA}){{0,4}})(?![{_HAN}{_KANA}])"
)
_BRACKETS_JA = re.compile(r"[（(【〈［](?P<inside>[^（()）【】〈〉［］]{2,40})[)）】〉］]\s*$")
_BYLINE_JA = re.compile(
    rf"(?:^|[＝=・･:：　 ])(?P<name>{_NAME_JA})(?:記者|編集委員|論説委員|特派員)?$"
)

# A word behind 기자 makes another one of it (기자 회견 is a press conference), unless it is one of the page's.
_BEHIND_KOREAN = r"(?:기사)?(?:입력|승인|등록|수정|작성|송고|구독|정리|사진|다른 ?기사|페이지)"
_KOREAN = re.compile(
    rf"(?<![{_HANGUL}])(?P<names>[{_HANGUL}]{{2,4}}(?:\s*[·・ㆍ,/]\s*[{_HANGUL}]{{2,4}}){{0,4}})\s*(?:선임|수습|인턴|객원|전문|시민)?\s*"
    rf"(?:기자|특파원|논설위원|칼럼니스트)(?!\s*(?!{_BEHIND_KOREAN})[{_HANGUL}])"
)


def read_byline(line: str) -> tuple[str, ...]:
    """Return the people whom a line of a page names as its authors; none when it does not say so.

    Args:
        line: the line.
    """
    for read in (_read_labelled_wide, _read_reporters, _read_korean, _read_segments):
        found = distinct(read(line))
        if found:
            return found
    return ()


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in their order, of those that differ in capitals or marks alone the first."""
    return tuple({fold(name): name for name in reversed(list(names))}.values())[::-1]


def read_declaration(line: str) -> tuple[str, ...]:
    """Return the people behind "Author:", wherever on a page it stands; none when a line does not begin so.

    Args:
        line: the line.
    """
    found = _DECLARED.match(line)
    if found is not None:
        return distinct(_people(found["names"]))
    return distinct(_read_labelled_wide(line)) if "作者" in line else ()


def is_label(line: str, *, far: bool = False) -> bool:
    """Return whether a line says that the next one names the author: "Written by".

    Args:
        line: the line.
        far: whether it stands far from the headline, where "by" may say something else.
    """
    return (_STRONG_LABEL if far else _LABEL).match(line) is not None


def read_people(line: str) -> tuple[str, ...]:
    """Return the people of a line that has names and nothing else."""
    return distinct(name for name in split_names(line) if is_surely_person(name))


def read_ends(text: str) -> tuple[str, ...]:
    """Return the people that a text names as its reporters, in its first lines or its last ones.

    Args:
        text: the text, a paragraph a line.
    """
    lines = text.split("\n")
    head, tail = lines[:3], lines[-3:]
    for line in head[:2]:
        for found in _BRACKETS_HAN.finditer(line[:_AT_HEAD]):
            if names := distinct(_read_reporters(found["inside"], bracketed=True)):
                return names
        # Korean agencies begin with place and agency in brackets, and the reporter.
        if names := distinct(_read_korean(line[:_AT_HEAD])):
            return names
    ends = [
        line
        for number, line in enumerate(head + tail)
        if len(line) <= _LONGEST_LINE or number >= len(head)
    ]
    found_at_ends = distinct(
        name
        for line in dict.fromkeys(ends)
        if len(line) <= _LONGEST_LINE
        for name in read_byline(line)
    )
    if found_at_ends:
        return found_at_ends
    for line in reversed(tail):
        bracketed = _BRACKETS_JA.search(line[-_LONGEST_LINE:])
        if bracketed is not None and (
            names := distinct(
                [
                    *_read_reporters(bracketed["inside"], bracketed=True),
                    *_read_signature_ja(bracketed["inside"]),
                ]
            )
        ):
            return names
    return ()


def _read_labelled_wide(line: str) -> Iterator[str]:
    found = _LABELLED_JA.search(line)
    if found is not None:
        for name in re.split(r"[、，/／]", found["names"]):
            # 記者 and 執筆 are Chinese words too.
            if is_japanese(name) or re.search(f"[{_KANA}]", found[0]):
                yield name.strip()
        return
    found = _LABELLED_HAN.search(line)
    if found is not None:
        first, *others = _MARKS_BETWEEN_HAN.split(found["names"])
        # What follows the first name may be another label.
        yield from (name for name in (first, *filter(is_chinese, others)) if is_surely_person(name))


def _read_reporters(text: str, *, bracketed: bool = False) -> Iterator[str]:
    """Yield the names of "信报记者 张三、李四 通讯员 王五", if there is nothing else in it."""
    text = text.strip(_MARKS_HAN)
    if len(text) > _LONGEST_LINE or _PICTURES_HAN.search(text):
        return
    parts = _ROLE_HAN.split(_TAIL_HAN.sub("", text))
    if len(parts) == 1 or len(parts[0]) > _EMPLOYER or _NO_EMPLOYER_HAN.search(parts[0]):
        return
    names = []
    for part in parts[1:]:
        own = [name for name in _MARKS_BETWEEN_HAN.split(part.strip(" 　:：/／、，")) if name]
        # What follows 记者 may be a verb as well, unless brackets and a mark set the name off.
        is_set_off = bracketed and part[:1] in " 　:："
        if not all(_NAME_HAN.fullmatch(name) and is_surely_person(name) for name in own):
            return
        if not is_set_off and not all(map(is_chinese, own)):
            return
        names += own
    yield from names


def _read_korean(line: str) -> Iterator[str]:
    for found in _KOREAN.finditer(line):
        for name in re.split(r"\s*[·・ㆍ,/]\s*", found["names"]):
            if is_korean(name) and is_surely_person(name):
                yield name


def _read_signature_ja(inside: str) -> Iterator[str]:
    for part in re.split(r"[、，/／]", inside):
        found = _BYLINE_JA.search(part)
        if found is None or part.startswith(("写真", "撮影")):
            continue
        name = found["name"].strip()
        if is_japanese(name.replace(" ", "").replace("　", "")) and is_person(name):
            yield name


def _read_segments(line: str) -> Iterator[str]:
    moment = next(find_moments(line), None)
    if moment is not None:
        before, behind = line[: moment.start], line[moment.start + len(moment.raw) :]
        line = f"{before} | {_CLOCK.sub('', behind)}"
    line = _NUMBERS.sub("", line)
    for segment in _SEGMENT.split(line):
        found = _BYLINE.match(segment)
        if found is None:
            continue
        names = _BEYOND.sub("", found["names"])
        people = list(_people(names))
        if not people and moment is not None:
            alone = names.strip(" ,;:-–—")
            if (
                _FIRST_NAME.fullmatch(alone)
                and is_person(alone)
                and alone.lower() not in _NO_FIRST_NAME
            ):
                people = [alone]
        yield from people


def _people(names: str) -> Iterator[str]:
    return (name for name in split_names(names) if is_surely_person(name))
