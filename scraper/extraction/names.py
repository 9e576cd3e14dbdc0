"""Telling the names of people in a byline from everything else that stands there."""

import re
from collections.abc import Iterator

from scraper.extraction.dates import find_moments
from scraper.extraction.plain import clean_line

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
    r"\d|@|https?:|\b(?:staff|desk|editorial|newsroom|team|redaktion|redakcja|redacción|rédaction|redazione|agency|"
    r"agencies|reuters|afp|dpa|sid|epd|kna|apa|sda|ansa|efe|xinhua|admin|administrator|webmaster|press|news|media|group|online|tv|radio|"
    r"times|post|daily|gmbh|inc|ltd|llc|guest|associated press|com|org|net|blog|magazine|company|services|"
    r"institute|university|council|ministry|association|foundation|center|centre|nachrichten|nachrichtenagentur|agentur|"
    r"zeitung|presse|monde|our|the|read|more|comments?|share|updated?|published|minutes?|reviews?|home|"
    r"unknown|anonymous|authors?|auteur|autor|contact|profile|posted|written|artikel|aktualisierung|veröffentlicht|"
    r"view|zeige|zur|beiträge|courtesy|photos?|fotos?|bild|with|subscribe|follow|facebook|twitter|linkedin|instagram)\b|"
    r"编辑|编辑部|记者|新闻|新聞|日报|日報|网$|網$|社$|报$|報$|电视|電視|通讯|通信|デジタル|編集|取材班",
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
# The commonest Chinese surnames: what follows 记者 without a mark between may be a verb as well.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧肖冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦"
    "贾邹石熊孟秦阎闫薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛岳柴尚牟庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费"
    "纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏"
    "張劉陳楊黃趙吳孫馬鄭羅謝韓鄧蕭馮盧蔣葉呂蘇鍾陸賈鄒龔湯顧賴嚴錢龍賀"
)
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
    # "王建宏 张文攀" are two.
    line = _HAN_RUN.sub("、", line)
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
        and not _ROLE.search(name)
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
            _WORD.fullmatch(word) and (word[0].isupper() or word.lower() in _PARTICLES)
            for word in words
        )
        and words[0][0].isupper()
    )


def has_surname(name: str) -> bool:
    """Return whether a name begins with a Chinese surname."""
    return name[:1] in _SURNAMES or name[:2] in {
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "令狐",
        "慕容",
        "司徒",
    }


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
