"""Article pages in the shape of real ones, by layout and language, with their truth.

The layouts are those of the systems that portals run on, old and new; the texts are ours. Around each article stands what
such pages have around theirs.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from article_prose import LANGUAGES, Language

HOST = "https://portal.example.org"
USED = 10


@dataclass(frozen=True, kw_only=True)
class ArticlePage:
    """A page and what is true of it."""

    layout: str
    language: str
    url: str
    body: bytes
    title: str
    author: str
    day: date
    text: str
    # What stands on the page and is no part of the article, and what readers wrote below it.
    furniture: tuple[str, ...]


class Story:
    """An article, and the pieces of pages around it."""

    def __init__(self, words: Language, number: int) -> None:
        self.words = words
        self.number = number
        self.title = words.headlines[number % len(words.headlines)]
        self.author = words.people[number % 2]
        self.day = date(2026, 10, 3 + number % 25)
        first = number % len(words.sentences)
        turned = words.sentences[first:] + words.sentences[:first]
        said = [sentence.format(n=3 + number + at) for at, sentence in enumerate(turned)]
        joint = "" if words.code in ("zh", "ja") else " "
        self.paragraphs = [joint.join(said[at : at + 2]) for at in range(0, USED, 2)]
        self.opinions = said[USED:]
        self.others = [one for one in words.headlines if one != self.title][:6]
        self.printed = words.print_day(self.day)
        self.byline = words.byline.format(self.author)

    def __call__(self, *, tag: str = "p", every: str = "") -> str:
        """Return the paragraphs in an element each, with something between them."""
        return every.join(f"<{tag}>{paragraph}</{tag}>" for paragraph in self.paragraphs)

    def cards(self, tag: str = "li", summary: str = "") -> str:
        return "".join(
            f'<{tag} class="card"><a href="/2026/09/a-{at}.html">{one}</a>{summary}</{tag}>'
            for at, one in enumerate(self.others)
        )

    def menu(self) -> str:
        return "".join(
            f'<li><a href="/c{at}/">{one.split()[0][:9]}</a></li>'
            for at, one in enumerate(self.others)
        )

    def discussion(self) -> str:
        return "".join(
            f'<li class="comment"><b>Reader {at}</b><p>{one}</p></li>'
            for at, one in enumerate(self.opinions)
        )

    def comments(self) -> str:
        return self.words.comments.format(n=self.number + 2)

    def read_more(self) -> str:
        return self.words.read_more.format(self.others[0])

    def declared(self, **fields: str) -> str:
        node = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "datePublished": f"{self.day}T09:30:00+00:00",
            "author": {"@type": "Person", "name": self.author},
            **fields,
        }
        return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'

    def meta(self) -> str:
        return (
            f'<meta property="og:title" content="{self.title}"><meta property="og:type" content="article">'
            f'<meta name="author" content="{self.author}"><meta property="article:published_time" content="{self.day}T09:30:00Z">'
        )

    def page(self, body: str, head: str = "", *, attributes: str = "") -> str:
        return (
            f'<!DOCTYPE html><html lang="{self.words.code}"{attributes}><head><meta charset="utf-8">'
            f"<title>{self.title} | Portal</title>{head}</head><body>{body}</body></html>"
        )


def _wordpress(s: Story) -> str:
    w = s.words
    box = f'<div class="cta-box"><p>{w.newsletter}</p></div>'
    return s.page(
        f'<header id="masthead"><ul id="menu-main" class="menu">{s.menu()}</ul></header><div id="content"><main><article class="post type-post hentry">'
        f'<header class="entry-header"><h1 class="entry-title">{s.title}</h1><div class="entry-meta"><time class="entry-date published" datetime="{s.day}">{s.printed}</time>'
        f'<span class="byline"><span class="author vcard"><a rel="author" href="/author/a/">{s.author}</a></span></span></div></header><div class="entry-content">{s(every=box)}'
        f'<div class="sharedaddy sd-sharing-enabled"><h3>{w.share}</h3></div><div id="jp-relatedposts" class="jp-relatedposts"><h3>{w.related}</h3><ul>{s.cards()}</ul></div></div>'
        f'<footer class="entry-footer"><span class="tags-links">{w.tags}</span></footer></article><div id="comments" class="comments-area"><h2 class="comments-title">{s.comments()}</h2>'
        f'<ol class="comment-list">{s.discussion()}</ol></div></main><aside id="secondary" class="widget-area"><section class="widget"><h2>{w.related}</h2><ul>{s.cards()}</ul></section></aside></div>'
        f'<footer id="colophon"><p>{w.copyright}</p></footer>',
        s.meta(),
    )


def _drupal(s: Story) -> str:
    w = s.words
    return s.page(
        f'<div class="layout-container"><header role="banner"><nav role="navigation"><ul class="menu">{s.menu()}</ul></nav></header><main role="main"><div class="region region-content">'
        f'<article role="article" about="/node/{s.number}" class="node node--type-article"><h1><span class="field field--name-title">{s.title}</span></h1>'
        f'<div class="node__meta"><span>{s.printed}</span> <span class="field--name-uid">{s.byline}</span></div><div class="node__content"><div class="field field--name-body text-formatted">{s()}<div class="block-signup"><p>{w.newsletter}</p></div></div>'
        f'<div class="field field--name-field-tags"><div class="field__label">{w.tags}</div></div><section class="comment-wrapper"><h2>{s.comments()}</h2><ol>{s.discussion()}</ol></section></div></article></div>'
        f'<aside class="layout-sidebar-second"><div class="block block-views"><h2>{w.related}</h2><ul>{s.cards()}</ul></div></aside></main><footer><p>{w.copyright}</p></footer></div>',
        s.declared(),
    )


def _government(s: Story) -> str:
    """The system of many Chinese authorities: text in spans, indented by wide spaces, roles in brackets at the end."""
    w = s.words
    text = "".join(f"<p>　　{paragraph}</p>" for paragraph in s.paragraphs)
    return s.page(
        f'<div class="top"><ul>{s.menu()}</ul></div><div class="location">当前位置：<a href="/">首页</a> &gt; <a href="/xw/">新闻</a></div><div class="article"><h1>{s.title}</h1>'
        f'<div class="info"><span>{s.printed}</span> <span>来源：门户网</span> <span>{s.byline}</span> <span class="size">字体：【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】</span></div>'
        f'<div class="TRS_Editor">{text}</div><p class="editor">（责任编辑：{w.people[1 - s.number % 2]}）</p><div class="share">{w.share}</div>'
        f'<div class="pages"><p>上一篇：<a href="/t1.html">{s.others[0]}</a></p><p>下一篇：<a href="/t2.html">{s.others[1]}</a></p></div><div class="xgyd"><h3>{w.related}</h3><ul>{s.cards()}</ul></div></div>'
        f'<div class="ewm">{w.newsletter}</div><div class="bottom"><p>{w.copyright}</p></div>'
    ).replace('charset="utf-8"', 'http-equiv="Content-Type" content="text/html; charset=gb2312"')


def _tables(s: Story) -> str:
    w = s.words
    text = "<br><br>".join(s.paragraphs)
    return s.page(
        f'<table width="960"><tr><td colspan="2"><ul>{s.menu()}</ul></td></tr><tr><td width="180" valign="top"><font size="2"><ul>{s.cards()}</ul></font></td><td valign="top"><table><tr><td><h1><font size="5">{s.title}</font></h1>'
        f'<font color="#666">{s.printed} {s.byline}</font></td></tr><tr><td><font size="3">{text}</font></td></tr><tr><td align="right">{w.share}</td></tr></table></td></tr>'
        f'<tr><td colspan="2" align="center">{w.copyright}</td></tr></table>'
    )


def _hashed(s: Story) -> str:
    """Components of a framework: names without meaning, a standfirst, advertising between the paragraphs."""
    w = s.words
    advert = '<div class="css-1r7y ad-unit"><span>Advertisement</span></div>'
    standfirst, *rest = s.paragraphs
    text = advert.join(f"<div>{one}</div>" for one in rest)
    return s.page(
        f'<div id="__next"><header class="css-9e"><ul class="css-0">{s.menu()}</ul></header><main class="css-2f"><div class="css-7h"><h1 class="css-3k">{s.title}</h1><p class="css-8d">{standfirst}</p><div class="css-5m"><a class="css-8p" href="/by/{s.number}">{s.author}</a>'
        f'<span class="css-6q">{s.printed}</span></div><div class="css-4t">{w.share}</div><section class="css-1u">{text}</section></div><div class="css-0v"><h2>{w.related}</h2><ul>{s.cards()}</ul></div></main>'
        f'<div class="css-1w cookie-banner"><p>{w.consent}</p><button>OK</button></div><footer class="css-2x"><small>{w.copyright}</small></footer></div>',
        s.declared() + f'<meta name="description" content="{standfirst}">',
    )


def _amp(s: Story) -> str:
    w = s.words
    return s.page(
        f'<amp-sidebar id="sidebar"><ul>{s.menu()}</ul></amp-sidebar><amp-consent id="consent"><div><p>{w.consent}</p></div></amp-consent><article class="amp-wp-article"><h1 class="amp-wp-title">{s.title}</h1>'
        f'<div class="amp-wp-meta amp-wp-byline"><span class="amp-wp-author author vcard">{s.author}</span></div><div class="amp-wp-meta"><time datetime="{s.day}">{s.printed}</time></div>'
        f'<amp-img src="/a.jpg" width="600" height="400"></amp-img><div class="amp-wp-article-content">{s()}</div><div class="social"><amp-social-share type="x"></amp-social-share></div><div class="amp-related-posts"><h3>{w.related}</h3><ul>{s.cards()}</ul></div></article>'
        f'<footer class="amp-wp-footer"><p>{w.copyright}</p></footer>',
        s.declared(),
        attributes=" amp",
    )


def _shell(s: Story) -> str:
    """A shell for JavaScript: the text stands in JSON-LD alone."""
    return s.page(
        f'<div id="app"><h1>{s.title}</h1><p>…</p></div><footer>{s.words.copyright}</footer>',
        s.meta() + s.declared(articleBody="\n\n".join(s.paragraphs)),
    )


def _magazine(s: Story) -> str:
    w = s.words
    middle = (
        f'<figure class="image"><img src="/b.jpg" alt=""><figcaption>{w.caption}</figcaption></figure><p class="inline-link"><a href="/x.html">{s.read_more()}</a></p>'
        f'<div class="newsletter-box"><h4>Newsletter</h4><p>{w.newsletter}</p><form><input type="email"><button>OK</button></form></div>'
        f'<div class="teaser-inline"><h4>{s.others[1]}</h4><p>{s.opinions[1]}</p></div>'
    )
    first, *rest = s.paragraphs
    text = f'<p class="lead">{first}</p>{middle}' + "".join(f"<p>{one}</p>" for one in rest)
    return s.page(
        f'<div id="consent-layer" class="cookie-consent"><p>{w.consent}</p></div><nav class="main-nav"><ul>{s.menu()}</ul></nav><main><article><header><span class="kicker">Portal</span><h1>{s.title}</h1><div class="article-meta"><span class="article-author">{s.byline}</span>'
        f'<time datetime="{s.day}T11:30+02:00">{s.printed}</time></div></header><div class="article-body">{text}</div><div class="author-box"><p>{s.author} · Portal</p></div><div class="tags">{w.tags}</div></article>'
        f'<section class="recommendations"><h2>{w.related}</h2>{s.cards("div", f"<p>{s.opinions[0]}</p>")}</section></main><footer><p>{w.copyright}</p></footer>',
        s.meta() + s.declared(),
    )


def _lists(s: Story) -> str:
    """A text with headings and a list of points."""
    w = s.words
    first, second, *points = s.paragraphs
    items = "".join(f"<li>{one}</li>" for one in points)
    return s.page(
        f'<div class="wrap"><ul class="nav-list">{s.menu()}</ul><div class="post"><h1>{s.title}</h1><p class="date">{s.printed}</p><div class="post-body"><p>{first}</p><p>{second}</p><ul>{items}</ul><ul class="recommended">{s.cards(summary=s.opinions[0])}</ul></div>'
        f'<div class="share-bar">{w.share}</div><div class="more-news"><h3>{w.related}</h3><ul>{s.cards()}</ul></div></div><div class="foot">{w.copyright}</div></div>',
        s.meta(),
    )


def _quotes(s: Story) -> str:
    """Words of others in block quotes, and the rights in a paragraph below the text."""
    w = s.words
    text = "".join(
        f"<blockquote><p>{one}</p></blockquote>" if at in (1, 3) else f"<p>{one}</p>"
        for at, one in enumerate(s.paragraphs)
    )
    return s.page(
        f'<div class="page"><div class="menu"><ul>{s.menu()}</ul></div><div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{s.title}</h1><p><span itemprop="author">{s.author}</span>, <time itemprop="datePublished" datetime="{s.day}">{s.printed}</time></p>'
        f'<div itemprop="articleBody">{text}<p>{w.copyright}</p></div></div><div class="related-links"><h3>{w.related}</h3><ul>{s.cards()}</ul></div></div>'
    )


def _figures(s: Story) -> str:
    """A text with a table of figures in it."""
    first, *rest = s.paragraphs
    rows = "".join(
        f"<tr><td>{one}</td><td>{7 * at + 12}</td></tr>" for at, one in enumerate(s.others[:4])
    )
    return s.page(
        f'<nav><ul>{s.menu()}</ul></nav><article><h1>{s.title}</h1><p class="meta">{s.byline} · {s.printed}</p><div class="body"><p>{first}</p><table><tr><th>Portal</th><th>2026</th></tr>{rows}</table>'
        + "".join(f"<p>{one}</p>" for one in rest)
        + f'<div class="feedback"><p>{s.opinions[0]}</p></div></div></article><div class="comments"><h3>{s.comments()}</h3><ul>{s.discussion()}</ul></div><footer>{s.words.copyright}</footer>',
        s.declared(),
    )


def _newsletter(s: Story) -> str:
    """A publication that is sent by mail: calls to subscribe above, inside and below."""
    w = s.words
    call = f'<div class="subscription-widget-wrap"><div class="subscription-widget subscribe-widget"><p>{w.newsletter}</p><a class="button" href="/subscribe">Subscribe</a></div></div>'
    first, *rest = s.paragraphs
    text = f"<p>{first}</p>{call}" + "".join(f"<p>{one}</p>" for one in rest)
    return s.page(
        f'<div class="main-menu"><a href="/">Portal</a></div><div class="single-post"><article class="newsletter-post post"><h1 class="post-title">{s.title}</h1><div class="byline-wrapper"><a href="/@{s.number}" class="author">{s.author}</a><div class="pencraft">{s.printed}</div></div>'
        f'<div class="available-content"><div class="body markup">{text}<div class="embedded-post"><p>{s.opinions[1]}</p></div></div></div><div class="post-footer"><a href="/like">7</a> <a href="/comments">{s.comments()}</a></div></article><div class="comments-page"><div class="comment-list">{s.discussion()}</div></div></div>{call}<div class="footer">{w.copyright}</div>',
        s.declared(),
    )


def _parts(s: Story) -> str:
    """A text that advertising cuts into blocks of their own."""
    w = s.words
    blocks = "".join(
        f'<div class="article-text"><p>{one}</p><p>{other}</p></div><div class="ad-slot"><p>{w.newsletter}</p></div>'
        for one, other in zip(s.paragraphs[:4:2], s.paragraphs[1:4:2], strict=True)
    )
    return s.page(
        f'<div class="head"><ul>{s.menu()}</ul></div><div class="story"><h1>{s.title}</h1><div class="info"><span class="date">{s.printed}</span></div>{blocks}<div class="article-text"><p>{s.paragraphs[4]}</p></div></div>'
        f'<div class="box"><h3>{w.related}</h3><ul>{s.cards()}</ul></div><div class="foot">{w.copyright}</div>',
        s.meta(),
    )


def _webforms(s: Story) -> str:
    """A page that is one form as a whole."""
    w = s.words
    return s.page(
        f'<form method="post" action="./" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="dDwt"><div id="ctl00_Top"><ul>{s.menu()}</ul></div><div id="ctl00_Left"><select><option>{s.others[2]}</option></select><ul>{s.cards()}</ul></div>'
        f'<div id="ctl00_Main"><h1 id="ctl00_Title">{s.title}</h1><span id="ctl00_Date">{s.printed}</span> <span id="ctl00_By">{s.byline}</span><div id="ctl00_Text">{s()}</div><div id="ctl00_Tools">{w.share}</div></div><div id="ctl00_Bottom">{w.copyright}</div></form>'
    )


def _blog(s: Story) -> str:
    """A blog of old: the text in one block with breaks, an archive beside it."""
    w = s.words
    archive = "".join(
        f'<li><a href="/2025/{month:02}/">2025/{month:02}</a> ({month * 3})</li>'
        for month in range(1, 13)
    )
    return s.page(
        f'<div id="header"><h2><a href="/">Portal</a></h2></div><div id="main"><div class="post hentry"><h1 class="post-title entry-title">{s.title}</h1><div class="post-body entry-content">{"<br /><br />".join(s.paragraphs)}</div><div class="post-footer"><span class="post-author vcard"><span class="fn">{s.author}</span></span> '
        f'<abbr class="published" title="{s.day}T09:30:00Z">{s.printed}</abbr> <span class="post-labels">{w.tags}</span></div></div><div class="comments" id="comments"><h4>{s.comments()}</h4><dl>{s.discussion()}</dl></div></div>'
        f'<div id="sidebar"><div class="widget BlogArchive"><ul>{archive}</ul></div><div class="widget"><ul>{s.cards()}</ul></div></div>'
    )


LAYOUTS: dict[str, tuple[Callable[[Story], str], str]] = {
    # name -> function, path
    "wordpress": (_wordpress, "/{day:%Y/%m/%d}/story-{number}/"),
    "drupal": (_drupal, "/news/story-{number}"),
    "government": (_government, "/xw/{day:%Y%m}/t{day:%Y%m%d}_{number}.html"),
    "tables": (_tables, "/news/{day:%Y%m%d}/{number}.htm"),
    "hashed": (_hashed, "/world/article-{number}"),
    "amp": (_amp, "/amp/story-{number}"),
    "shell": (_shell, "/app/story-{number}"),
    "magazine": (_magazine, "/stories/story-{number}.html"),
    "lists": (_lists, "/guide/points-{number}.html"),
    "quotes": (_quotes, "/a/{number}"),
    "figures": (_figures, "/data/figures-{number}.html"),
    "newsletter": (_newsletter, "/p/letter-{number}"),
    "parts": (_parts, "/local/parts-{number}.html"),
    "webforms": (_webforms, "/News.aspx?id={number}"),
    "blog": (_blog, "/{day:%Y/%m}/post-{number}.html"),
}
CHARSETS = {"government": "gb18030"}
PAGES_A_LAYOUT = 6


def make_articles() -> list[ArticlePage]:
    """Return the pages: six of each layout, in languages that differ from layout to layout."""
    codes = list(LANGUAGES)
    pages = []
    for at, layout in enumerate(LAYOUTS):
        for turn in range(PAGES_A_LAYOUT):
            code = "zh" if layout == "government" else codes[(5 * at + 7 * turn) % len(codes)]
            pages.append(_make(layout, Story(LANGUAGES[code], PAGES_A_LAYOUT * at + turn)))
    return pages


def _make(layout: str, story: Story) -> ArticlePage:
    write, path = LAYOUTS[layout]
    html = write(story)
    words = story.words
    lines = list(story.paragraphs)
    if layout == "figures":
        rows = [f"{one} | {7 * at + 12}" for at, one in enumerate(story.others[:4])]
        lines[1:1] = ["Portal | 2026", *rows]
    around = (
        words.share, words.related, words.newsletter, story.comments(), words.tags, words.consent, words.copyright,
        words.caption, story.read_more(), story.byline, *story.opinions, *story.others,
    )  # fmt: skip
    text = "\n".join(lines)
    return ArticlePage(
        layout=layout,
        language=words.code,
        url=HOST + path.format(day=story.day, number=story.number + 4000),
        body=html.encode(CHARSETS.get(layout, "utf-8")),
        title=story.title,
        author=story.author,
        day=story.day,
        text=text,
        furniture=tuple(one for one in around if one in html and one not in text),
    )
