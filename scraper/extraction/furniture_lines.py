"""Lines of a text that are no part of it: whole lines made of what pages say around articles.

Only a line that is furniture as a whole goes; a sentence that happens to speak of newsletters or
editors stays. The words are those of many portals' habits, not of one.
"""

import re

from scraper.extraction.plain import WIDE

# A line that consists of these words alone is a row of buttons: share bars, font-size switches,
# print and e-mail links, comment counters.
_BUTTONS = frozenset(
    [
        "share",
        "tweet",
        "email",
        "e-mail",
        "mail",
        "print",
        "pdf",
        "save",
        "copy",
        "link",
        "url",
        "comment",
        "comments",
        "like",
        "reply",
        "close",
        "menu",
        "home",
        "back",
        "top",
        "next",
        "previous",
        "prev",
        "facebook",
        "twitter",
        "x",
        "whatsapp",
        "wechat",
        "weibo",
        "linkedin",
        "pinterest",
        "reddit",
        "telegram",
        "messenger",
        "tumblr",
        "flipboard",
        "line",
        "pocket",
        "xing",
        "instagram",
        "youtube",
        "tiktok",
        "qq",
        "threads",
        "bluesky",
        "mastodon",
        "viber",
        "vk",
        "skype",
        "rss",
        "this",
        "on",
        "via",
        "with",
        "to",
        "by",
        "the",
        "and",
        "or",
        "a",
        "a-",
        "a+",
        "aa",
        "aaa",
        "+",
        "-",
        "|",
        "font",
        "size",
        "text",
        "small",
        "medium",
        "large",
        "smaller",
        "larger",
        "bigger",
        "increase",
        "decrease",
        "reset",
        "listen",
        "play",
        "pause",
        "follow",
        "us",
        "page",
        "article",
        "story",
        "send",
        "post",
        "bookmark",
        "more",
        "teilen",
        "drucken",
        "merken",
        "kommentare",
        "kommentar",
        "schriftgröße",
        "partager",
        "imprimer",
        "commenter",
        "commentaires",
        "compartir",
        "imprimir",
        "comentarios",
        "compartilhar",
        "comentários",
        "condividi",
        "stampa",
        "delen",
        "字体",
        "字号",
        "字體",
        "字號",
        "大",
        "中",
        "小",
        "特大",
        "标准",
        "默认",
        "分享",
        "分享到",
        "分享至",
        "转发",
        "打印",
        "打印本页",
        "列印",
        "关闭",
        "关闭窗口",
        "關閉",
        "收藏",
        "评论",
        "評論",
        "点赞",
        "赞",
        "微信",
        "微信好友",
        "微博",
        "新浪微博",
        "朋友圈",
        "qq空间",
        "qq好友",
        "空间",
        "好友",
        "浏览",
        "浏览量",
        "阅读",
        "返回",
        "返回顶部",
        "顶部",
        "复制",
        "复制链接",
        "纠错",
        "我要纠错",
        "手机看",
        "扫码",
        "シェア",
        "ツイート",
        "印刷",
        "保存",
        "ブックマーク",
        "コメント",
        "문자",
        "공유",
        "공유하기",
        "인쇄",
        "프린트",
        "스크랩",
        "글자크기",
        "댓글",
        "url복사",
        "카카오톡",
        "페이스북",
        "트위터",
        "поделиться",
        "печать",
        "распечатать",
        "отправить",
        "комментарии",
        "комментировать",
        "скопировать",
        "ссылку",
        "телеграм",
        "вконтакте",
        "поділитися",
        "друкувати",
        "коментарі",
        "chia",
        "sẻ",
        "in",
        "bình",
        "luận",
        "lưu",
        "gửi",
        "bagikan",
        "cetak",
        "komentar",
        "simpan",
        "salin",
        "tautan",
        "paylaş",
        "yazdır",
        "yorum",
        "yorumlar",
        "kaydet",
        "udostępnij",
        "drukuj",
        "komentarze",
        "skomentuj",
        "sdílet",
        "tisk",
        "tisknout",
        "diskuse",
        "dela",
        "skriv",
        "ut",
        "kommentera",
        "del",
        "kommenter",
        "jaa",
        "tulosta",
        "kommentit",
        "commenti",
        "salva",
        "invia",
        "guardar",
        "enviar",
        "copiar",
        "salvar",
        "enregistrer",
        "envoyer",
        "copier",
        "deel",
        "reacties",
        "شارك",
        "مشاركة",
        "طباعة",
        "اطبع",
        "تعليق",
        "تعليقات",
        "حفظ",
        "نسخ",
        "الرابط",
        "साझा",
        "करें",
        "शेयर",
        "प्रिंट",
        "टिप्पणी",
        "แชร์",
        "พิมพ์",
        "ความคิดเห็น",
        "κοινοποίηση",
        "εκτύπωση",
        "σχόλια",
        "שתפו",
        "הדפסה",
        "תגובות",
        "اشتراک",
        "چاپ",
        "نظر",
    ]
)
_MOST_BUTTONS = 24
_SPLIT = re.compile(r"[\s|/·•,:：,、;()\[\]【】（）<>«»…_]+")
_COUNT = re.compile(r"[\d.,]+[km]?")

# Beginnings that make a short line furniture: kind by kind, in the languages of portals.
_STARTS = (
    # calls to follow, subscribe, download, scan
    r"follow (?:us|me|\S+(?: \S+){0,5}) on (?:twitter|facebook|x\b|instagram|linkedin|telegram|"
    r"whatsapp|google|youtube|tiktok|social)",
    r"(?:like|find|join|connect with) us on \w+",
    r"(?:download|get|install|click here to get) (?:the|our) (?:\S+ ){0,5}app\b",
    r"(?:sign up|subscribe|register)(?: here| now| today)? (?:to|for) (?:\S+ ){0,8}"
    r"(?:newsletters?|updates|alerts|inbox|briefing)\b",
    r"scan the (?:qr )?code",
    r"(?:扫描|扫码|长按|扫一扫|识别)\S{0,12}(?:二维码|关注|下载|客户端)?",
    r"(?:下载|打开)\S{0,12}(?:客户端|APP)",
    r"(?:欢迎)?关注\S{0,14}(?:公众号|微信|微博|官方账号)",
    # who made the page
    r"[(\[（【]?\s*(?:责任编辑|責任編輯|责编|編集|编辑|編輯|校对|审核|审读|监制|网络编辑|值班编辑|初审|复审|终审)\s*[:：/]",
    r"[(\[]?(?:editor|editors|web editor|editor-in-charge|edited by|copy editor|pewarta)\s?:",
    # rights
    r"(?:©|\(c\)|copyright\b|all rights reserved|版权所有|版權所有|著作権|저작권자|무단\s?전재|"
    r"未经授权|未经许可|无断转载|無断転載|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos reservados|todos os direitos reservados|免责声明|声明[:：])",
    # ways to other pages
    r"(?:read more|read also|read next|also read|see also|more on this|related|related articles?|"
    r"related stor(?:y|ies)|related news|you (?:may|might) also like|most read|watch also|"
    r"don't miss|lesen sie auch|lesen sie hier|mehr zum thema|mehr dazu|auch interessant|"
    r"lire aussi|à lire aussi|à lire également|leia também|leia mais|veja também|lee también|"
    r"te puede interesar|leggi anche|lees ook|les også|läs också|læs også|lue myös|"
    r"czytaj (?:więcej|też|także)|zobacz też|читайте также|baca juga|xem thêm|"
    r"相关阅读|相关新闻|相关链接|相关报道|延伸阅读|推荐阅读|相關新聞|延伸閱讀|热点新闻|更多新闻|"
    r"関連記事|あわせて読みたい|관련기사|관련 기사|上一篇|下一篇|اقرأ أيضا)\s*(?:[:：|»>-]|$)",
    # advertisement
    r"(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|"
    r"reklam[aeę]?|广告|廣告|広告|реклама|광고)\s*(?:[-:：]|$)",
    # readers' comments
    r"(?:leave a (?:comment|reply)|post a comment|add (?:a|your) comment|no comments yet|"
    r"be the first to comment|join the (?:conversation|discussion)|\d+ comments?$|"
    r"(?:发表|我要|最新|网友|查看)?评论(?:\s*[(（]?\d*[)）]?)?$|您的评论|kommentare?$)",
    # whose picture it is
    r"\[?(?:photo|image|foto|图|图片来源|图源)\s*[:：/]",
)
_FURNITURE = re.compile("|".join(f"(?:{start})" for start in _STARTS), re.IGNORECASE)
_LONGEST = 200
_LONGEST_WIDE = 70
_WIDE_RUN = re.compile(f"[{WIDE}]")


def is_furniture(line: str) -> bool:
    """Return whether a line of text is furniture as a whole.

    Args:
        line: one paragraph of a text, as `clean_line` makes it.
    """
    longest = _LONGEST_WIDE if _WIDE_RUN.search(line) else _LONGEST
    if len(line) > longest:
        return False
    return _FURNITURE.match(line.lstrip("-–—*•>→» ")) is not None or _is_button_row(line)


def _is_button_row(line: str) -> bool:
    words = [word for word in _SPLIT.split(line.casefold()) if word]
    if not words:
        return True
    if len(words) > _MOST_BUTTONS or all(_COUNT.fullmatch(word) for word in words):
        return False
    return all(word in _BUTTONS or _COUNT.fullmatch(word) for word in words)
