"""Telling the names of people in a byline from everything else that stands there."""

import re
from collections.abc import Iterator

from scraper.extraction.dates import find_moments
from scraper.extraction.plain import WIDE, clean_line
from scraper.extraction.surnames import JAPANESE, is_chinese

_HAN = "\u3400-\u9fff々"
_KANA = "\u3041-\u30ff"
_HANGUL = "\uac00-\ud7af"
# "and" in the languages of bylines; the one-letter ones stand between two names only.
_AND = r"and|und|et|y|e|i|og|och|en|ve|ja|dan|và|и|та|und|oraz|and"
_SPLIT = re.compile(
    rf"\s*[,;/&|•·∙]\s*(?![{_HAN}{_KANA}]{{1,20}}$)|\s*[;/&|、，；]\s*|\s+(?:{_AND})\s+|(?<=[{_HAN}])(?:和|与)(?=[{_HAN}])",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:view |show |zeige )?(?:all|more|alle) (?:posts|articles|stories|beiträge) (?:by|from|von)|about the author|"
    r"(?:posted|published|reviewed|edited) by|eingestellt von|artikel von|(?:veröffentlicht )?von|"
    r"(?:(?:article|story|text|words|recipe|review|guest post)s? )?(?:(?:written|reported|contributed|authored|compiled) )?by|"
    r"par|por|di|door|av|af|autor(?:en|a|es|i)?|auteurs?|authors?|writers?|reporters?|作者|文|记者|記者|通讯员|特约记者)"
    r"(?:\s*[:：/／]\s*|\s+(?=\S+\s)|\s+(?=[^\x00-\u2fff])|(?<=by)\s+|(?<=von)\s+)",
    re.IGNORECASE,
)
# "ByJane Roe", where a style sheet sets the space.
_GLUED = re.compile(r"^(?:Written |Posted )?By(?=[A-Z][a-z])")
_BEHIND = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
# Degrees and posts behind a comma are no names of their own.
_DEGREE = re.compile(
    r"(?:[A-Z][A-Za-z]{0,3}\.?){0,3}(?:M\.?D|Ph\.?D|MPH|MBA|CFA|CPA|CFP|RN|RDN?|DVM|VMD|DACVB|LVT|Esq|Jr|Sr|MSc?|BSc?|BA|MA|LLM|JD|II|III)\W*",
)
_ROLE = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|contributors?|journalists?|columnists?|founders?|"
    r"co-founders?|directors?|managers?|presidents?|officers?|analysts?|authors?|producers?|photographers?|ceo|cto|head of|"
    r"redakteur(?:in)?|reporter(?:in)?|autor(?:in)?|korrespondent(?:in)?|chefredakteur(?:in)?|volont(?:är|ärin)|"
    r"journaliste|rédact(?:eur|rice)|periodista|redactora?|giornalista)\b",
    re.IGNORECASE,
)
_NOT_A_PERSON = re.compile(
    r"\d|@|\bhttps?\b|\w{3,}\.[a-z]{2,3}$|\b(?:staff|desk|editorial|newsroom|team|redaktion|redakcja|redacción|rédaction|redazione|agency|"
    r"agencies|reuters|afp|dpa|sid|epd|kna|apa|sda|ansa|efe|xinhua|admin|administrator|webmaster|press|news|media|group|online|tv|radio|"
    r"times|post|daily|gmbh|inc|ltd|llc|guest|associated press|com|org|net|blog|magazine|company|services|"
    r"institute|university|council|ministry|association|foundation|center|centre|nachrichten|nachrichtenagentur|agentur|"
    r"zeitung|presse|monde|our|the|read|more|comments?|share|updated?|published|minutes?|reviews?|home|"
    r"unknown|anonymous|authors?|auteur|autor|contact|profile|posted|written|artikel|aktualisierung|veröffentlicht|"
    r"view|zeige|zur|beiträge|courtesy|photos?|fotos?|bild|with|subscribe|follow|facebook|twitter|linkedin|instagram)\b|"
    r"编辑|编辑部|记者|新闻|新聞|日报|日報|网$|網$|社$|报$|報$|电视|電視|通讯|通信|デジタル|編集|取材班",
    re.IGNORECASE,
)
# The same in languages of other scripts, and in more of Latin.
_NOT_A_PERSON_EITHER = re.compile(
    r"\b(?:редакция|редакції|агентство|новости|новини|газета|пресс\S*|тасс|риа|интерфакс|вести|корреспондент\S*|"
    r"وكال\w+|أخبار|الأخبار|قناة|صحيفة|جريدة|تحرير|التحرير|مراسل\w*|فريق|موقع|الأناضول|رويترز|فرانس|خبرگزاری|گروه|سرویس|"
    r"מערכת|כתב|כתבי|סוכנויות|חדשות|báo|tổng|theo|pv|ttxvn|phóng|ajans\w*|gazete\w*|servisi|merkezi|haber\w*|editör\w*|"
    r"agencias?|agência|redação|redacción|lusa|adnkronos|pap|redactie|anp|redaktionen|ritzau|ntb|redakce|čtk|σύνταξη|"
    r"antara|bernama|redaksi|tim|liputan)\b|뉴스|신문|일보|연합|편집부|팀$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:posted|written|veröffentlicht|auteur|autor|artikel|article|letzte|view|last|by|von|authors?)(?:\s+(?:on|am|by|von|full|profile|updated|\S*aktualisierung|update))*$|"
    r"\b(?:profile|posts|beiträge|updated?|aktualisierung)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|cn)\b|/", re.IGNORECASE)
_PARTICLES = frozenset(
    "de da do dos das di del della der den van von vom zu zur la le du des el al bin ibn ben ten ter y e i of af av st bte bt te".split()
)
_WORD = re.compile(r"[^\W\d_][^\W\d_’'ʼ\-\u0300-\u036f.]*(?:[-’'ʼ.][^\W\d_]*)*\.?")
_WIDE_NAME = re.compile(
    rf"[{_HAN}]{{2,4}}|[{_HAN}]{{1,4}}[ 　][{_HAN}{_KANA}]{{1,4}}|[{_HAN}{_KANA}]{{2,8}}(?:[·・＝=][{_HAN}{_KANA}]{{1,10}}){{1,3}}|[{_HANGUL}]{{2,4}}"
)
# What stands behind a label where nobody is named, and other labels.
_WIDE_WORDS = frozenset(
    "佚名 未知 匿名 网友 网络 原创 转载 出自 来源 來源 编辑 編輯 责编 责任编辑 时间 日期 发布 发表 阅读 点击 浏览 评论 文章 摄影 摄影报道 报道 供图 "
    "图片 字体 分享 打印 整理 综合 本报 本刊 本站 本网 记者 記者 作者 写真 撮影 共同 時事 関連 図表 終わり 続く 敬称略 翻訳 記事 取材 一覧 検索 "
    "기자 사진 편집 취재 전문 인턴 선임 수습 객원 시민 현장 정치부 경제부 사회부 문화부 국제부 온라인 디지털 한국 서울 조선 신문 이슈 연예 스포츠".split()
)
_WIDE = re.compile(f"[{WIDE}]")
_MIN_WORDS, _MAX_WORDS, _MAX_CHARACTERS, _LONGEST_BYLINE = 2, 5, 50, 160
_HAN_RUN = re.compile(rf"(?<=[{_HAN}])[ 　]+(?=[{_HAN}]{{2,4}}(?:[ 　]|$))")


def split_names(text: str) -> Iterator[str]:
    """Yield what a byline names, one by one: people and others.

    Args:
        text: the byline, with or without "By" before it and posts or a date behind it.
    """
    line = clean_line(text)
    if line is None or len(line) > _LONGEST_BYLINE or re.match(r"https?:|www\.", line):
        return
    moment = next(find_moments(line), None)
    if moment is not None:
        line = line[: moment.start]
    line = strip_byline(line)
    # "王建宏 张文攀" are two, "山田 太郎" is one.
    runs = _HAN_RUN.split(line)
    if len(runs) > 1 and all(map(is_chinese, runs)) and runs[0] not in JAPANESE:
        line = "、".join(runs)
    for part in _SPLIT.split(line):
        name = clean_line(strip_byline(_BEHIND.sub("", part.strip(" :：-–—*†"))))
        name = name.strip(" -–—*†,") if name else None
        if name and not _DEGREE.fullmatch(name):
            yield name


def strip_byline(text: str) -> str:
    """Return a byline without "By", "Von", "作者" and their like."""
    while True:
        rest = _GLUED.sub("", _LEADING.sub("", text, count=1), count=1).strip()
        if rest == text or not rest:
            return rest
        text = rest


def is_person(name: str) -> bool:
    """Return whether a declared name can be a person's: no agency, newsroom or address."""
    return (
        1 < len(name) <= _MAX_CHARACTERS
        and len(name.split()) <= _MAX_WORDS
        and not _NOT_A_PERSON.search(name)
        and not _NOT_A_PERSON_EITHER.search(name)
        and not _ROLE.search(name)
        and name not in _WIDE_WORDS
    )


def is_surely_person(name: str) -> bool:
    """Return whether a name found by its look alone is a person's: written as names are."""
    if not is_person(name):
        return False
    if _WIDE_NAME.fullmatch(name):
        return True
    words = name.split()
    if not _MIN_WORDS <= len(words) <= _MAX_WORDS:
        return False
    return (
        all(
            # A script without capitals has nothing else to tell names by.
            _WORD.fullmatch(word)
            and not _WIDE.search(word)
            and (not word[0].islower() or word.lower() in _PARTICLES)
            for word in words
        )
        and not words[0][0].islower()
    )


def is_name(name: str) -> bool:
    """Return whether a declared author can stand where no person is named: a newsroom, an agency."""
    lone_code = len(name.split()) == 1 and any(map(str.isdigit, name))
    return (
        1 < len(name) <= _MAX_CHARACTERS
        and not _ADDRESS.search(name)
        and not lone_code
        and not _LABEL.search(name)
        and name.lower()
        not in {
            "admin",
            "administrator",
            "webmaster",
            "editor",
            "unknown",
            "anonymous",
            "staff",
            "author",
        }
        and any(map(str.isalpha, name))
    )
