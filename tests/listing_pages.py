"""Portals whose listing pages have the shape of real ones, each of another system, with the truth.

A portal's builder returns its pages by path, the addresses of the articles that they list, and the order in
which the pages follow each other. The texts are ours; what surrounds the rows is what surrounds them on real
portals: menus, tag clouds, hubs, print links, pagers, advertisements.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from headlines import AR, DE, EN, ES, FR, ID, JA, KO, PT, RU, VI, ZH


@dataclass
class Portal:
    """A portal's list, and what it leads to."""

    name: str
    home: str
    first: str
    pages: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)

    def add(self, path: str, html: str) -> None:
        self.pages[self.home + path] = html
        self.order.append(self.home + path)

    def article(self, path: str) -> str:
        self.articles.add(path if "://" in path else self.home + path)
        return path


Builder = Callable[[], Portal]
BUILDERS: list[Builder] = []
SUFFIXES = ("htm", "shtml", "html")


def portal(build: Builder) -> Builder:
    BUILDERS.append(build)
    return build


def hexes(number: int, length: int = 32) -> str:
    return hashlib.sha256(f"article {number}".encode()).hexdigest()[:length]


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def chunks(texts: Sequence[str], size: int) -> list[list[tuple[int, str]]]:
    numbered = list(enumerate(texts))
    return [numbered[at : at + size] for at in range(0, len(numbered), size)]


def links(pairs: Sequence[tuple[str, str]], between: str = " ") -> str:
    return between.join(f'<a href="{href}">{text}</a>' for href, text in pairs)


@portal
def ciic() -> Portal:
    """A state portal: `node_N.htm`, `content_N`, dates in the address, a pager in a centre."""
    made = Portal("ciic", "http://www.state.example.cn", "/business/node_7074857.htm")
    groups = chunks(EN, 6)
    paths = ["/business/node_7074857.htm", *(f"/business/node_7074857_{n}.htm" for n in (2, 3))]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f'<li><a href="{made.article(f"/business/2024-0{1 + number % 9}/1{number % 10}/content_11713{number:04}.{SUFFIXES[number % 3]}")}">{text}</a> <span>[2024-0{1 + number % 9}-1{number % 10}]</span></li>'
            for number, text in group
        )
        pager = "".join(
            f"<span>{n + 1}</span>"
            if n == page
            else f'<a href="{other.rpartition("/")[2]}">{n + 1}</a>'
            for n, other in enumerate(paths)
        )
        made.add(
            path,
            f"""<html><head><title>Business News</title></head><body><div id="topnav">{links([("/china/node_7075073.htm", "China"), ("/world/node_7075229.htm", "World"), ("/opinion/node_7074948.htm", "Opinion and commentary from our writers"), ("/photos/node_1.htm", "Photos")])}</div>
<div class="columns1"><ul>{rows}</ul><div id="autopage"><center>{pager}</center></div></div>
<div class="columns2"><h3>Most viewed</h3><ul><li><a href="{made.article("/world/2024-05/05/content_117100001.htm")}">Crowds return to the night markets of the delta</a></li></ul></div>
<div class="foot">{links([("/aboutus/node_1001.htm", "About Us"), ("/node_7000066.htm", "Site Map")])} <a href="http://www.wenming.example.cn/2024-01/01/content_2.htm">A partner's civil campaign page for the year</a></div></body></html>""",
        )
    return made


@portal
def agency() -> Portal:
    """An agency: day and digest in the address, cards with a picture link and a headline link."""
    made = Portal("agency", "https://english.agency.example", "/list/latestnews.htm")
    cards = "".join(
        f'<div class="item"><div class="pic"><a href="{path}"><img src="/i/{number}.jpg"></a></div><div class="text"><div class="tit"><a href="{path}">{text}</a></div><div class="info"><span class="time">2024-08-0{1 + number % 9} 1{number % 10}:05:00</span></div></div></div>'
        for number, text in enumerate(EN[:14])
        for path in (made.article(f"/2024080{1 + number % 9}/{hexes(number)}/c.html"),)
    )
    made.add(
        "/list/latestnews.htm",
        f"""<html><body><div class="nav"><ul><li><a href="/home.htm">Home</a></li><li><a href="/china/index.htm">China</a></li><li><a href="/world/index.htm">World</a></li><li><a href="/list/china-business.htm">Business</a></li></ul></div>
<div class="lang"><a href="http://french.agency.example/">Français</a><a href="http://spanish.agency.example/">Español</a></div>
<div class="list" id="list">{cards}</div><div class="more"><a href="javascript:void(0)">More</a></div>
<footer>Copyright. <a href="/contact.htm">Contact the editors of this page</a></footer></body></html>""",
    )
    return made


@portal
def daily() -> Portal:
    """A newspaper: addresses without a scheme, dates in `b`, digests after `WS`, a list of folders beside."""
    made = Portal("daily", "https://www.daily.example.cn", "/business/tech")
    groups = chunks(EN, 9)
    paths = ["/business/tech", "/business/tech/page_2.html"]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f'<div class="mb10 tw3_01_2"><span class="tw3_01_2_p"><a target="_blank" shape="rect" href="//www.daily.example.cn{made.article(address)}"><img src="x.jpeg"></a></span><span class="tw3_01_2_t"><h4><a shape="rect" href="//www.daily.example.cn{address}">{text}</a></h4><b>2024-07-1{number % 10} 09:3{number % 10}</b></span></div>'
            for number, text in group
            for address in (f"/a/202407/1{number % 10}/WS{hexes(number, 24)}.html",)
        )
        following = (
            f'<div id="div_currpage"><span>1</span><a href="//www.daily.example.cn{paths[1]}">2</a><a class="pagestyle" href="//www.daily.example.cn{paths[1]}">Next &gt;&gt;</a></div>'
            if page == 0
            else '<div id="div_currpage"><a href="//www.daily.example.cn/business/tech">1</a><span>2</span></div>'
        )
        made.add(
            path,
            f"""<html><body><div class="topNav"><ul><li><a href="//www.daily.example.cn/china">CHINA</a></li><li><a href="//www.daily.example.cn/business">BUSINESS</a></li></ul><div class="subNav">{links([("//www.daily.example.cn/business/economy", "Macro"), ("//www.daily.example.cn/business/companies", "Companies"), ("//www.daily.example.cn/business/motoring", "Motoring")])}</div></div>
<div class="main_art"><div class="lft_art lf">{rows}{following}</div><div class="rgt"><div class="tBox"><b>Special reports</b>{links([("//www.daily.example.cn/business/5b0e/special/forum2024", "Forum 2024"), ("//www.daily.example.cn/life/e/photo/12345", "Photo galleries from the region")])}</div></div></div>
<div class="topBar">{links([("https://subscribe.daily.example.cn/", "Subscribe"), ("//www.daily.example.cn/e/static_e/about", "About us")])}</div></body></html>""",
        )
    return made


@portal
def people() -> Portal:
    """A party newspaper in Chinese: `/nN/YYYY/MMDD/cN-N.html` and a zero-based pager."""
    made = Portal("people", "http://finance.people.example.cn", "/GB/70846/index.html")
    groups = chunks(ZH, 8)
    paths = ["/GB/70846/index.html", "/GB/70846/index2.html"]
    for path, group in zip(paths, groups, strict=True):
        rows = "".join(
            f"<li><a href='{made.article(f'/n1/2024/08{10 + number}/c1004-4029{number:04}.html')}' target=_blank>{text}</a> <em>2024-08-{10 + number}</em></li>"
            for number, text in group
        )
        made.add(
            path,
            f"""<html><body><div class="w1000 nav"><a href="http://www.people.example.cn/">首页</a>&gt;&gt;<a href="/">财经</a></div>
<div class="clear clearfix ej_content"><div class="fl"><ul class="list_16 mt10">{rows}</ul>
<div class="page_n clearfix"><a href="index.html">1</a><a href="index2.html">2</a><a href="index2.html">下一页</a></div></div>
<div class="fr"><h2><a href="/GB/70392/index.html">产经</a></h2><ul><li><a href="/GB/67737/index.html">贸易</a></li></ul></div></div>
<div class="edit">{links([("http://www.people.example.cn/GB/50142/104580/index.html", "报社概况"), ("http://www.people.example.cn/GB/50142/420117/index.html", "关于我们的网站与服务条款说明")])}</div></body></html>""",
        )
    return made


@portal
def ministry_trs() -> Portal:
    """A ministry: `tYYYYMMDD_N.html` below the list, pages counted from nought, headlines cut."""
    made = Portal("trs", "https://www.ministry.example.gov.cn", "/xwzx/")
    groups = chunks(ZH, 6)
    paths = ["/xwzx/", "/xwzx/index_1.html", "/xwzx/index_2.html"]
    for path, group in zip(paths, groups, strict=True):
        rows = "".join(
            f'<li><a href="./202408/t202408{10 + number}_13{number:05}.html" title="{text}" target="_blank">{text[:9]}...</a><span>2024/08/{10 + number}</span></li>'
            for number, text in group
        )
        for number, _ in group:
            made.article(f"/xwzx/202408/t202408{10 + number}_13{number:05}.html")
        made.add(
            path,
            f"""<html><body><div class="head"><ul class="menu"><li><a href="/jgsz/">机构设置</a></li><li><a href="/zcfb/">政策发布</a></li><li><a href="/xwzx/xwfb/">新闻发布</a></li></ul></div>
<div class="list"><ul class="u-list">{rows}</ul></div>
<div class="page"><a href="./">首页</a><a href="index_1.html">2</a><a href="index_2.html">3</a><a href="{paths[min(2, paths.index(path) + 1)].rpartition("/")[2]}">下一页</a></div>
<div class="linkbox">{links([("http://www.gov.example.cn/", "中国政府网"), ("https://www.ministry.example.gov.cn/wzdt/", "网站地图")])}</div></body></html>""",
        )
    return made


@portal
def ministry_art() -> Portal:
    """A ministry with `art_<digest>` addresses, in a table, with a search box of departments."""
    made = Portal("art", "https://www.industry.example.gov.cn", "/xwfb/gxdt/index.html")
    rows = "".join(
        f'<tr><td class="fl"><a href="{made.article(f"/xwfb/gxdt/art/2024/art_{hexes(number)}.html")}">{text}</a></td><td class="date">2024-08-{10 + number}</td></tr>'
        for number, text in enumerate(ZH[:12])
    )
    made.add(
        "/xwfb/gxdt/index.html",
        f"""<html><body><form>{links([("/search/index.html?q=5G", "5G")])}</form><table class="navt"><tr><td><a href="/jgsz/art/index.html">机构职责</a></td><td><a href="/zwgk/index.html">政务公开</a></td></tr></table>
<table class="lists">{rows}</table><div class="bottom">{links([("/wzgl/gywm/index.html", "关于我们"), ("/wzgl/sybz/art/index.html", "使用帮助")])}</div></body></html>""",
    )
    return made


@portal
def wordpress_blog() -> Portal:
    """A blog: dated slugs, `article` elements with read-more, author, category and comment links."""
    made = Portal("wordpress", "https://blog.example.org", "/category/policy/")
    groups = chunks(EN[:15], 5)
    paths = ["/category/policy/", "/category/policy/page/2/", "/category/policy/page/3/"]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f"""<article class="post"><header><h2 class="entry-title"><a href="{address}" rel="bookmark">{text}</a></h2><div class="entry-meta">By <a class="url" href="/author/desk-of-policy/">The policy desk of this blog</a> <time datetime="2024-07-{10 + number}T08:00:00Z">July {10 + number}, 2024</time> <a href="{address}#comments">{number} Comments</a></div></header><p>Some words. <a class="more-link" href="{address}">Continue reading</a></p><footer>Tagged <a rel="tag" href="/tag/cross-border-data-flows-and-trade/">cross-border data flows and trade</a></footer></article>"""
            for number, text in group
            for address in (made.article(f"/2024/07/{10 + number}/{slug(text)}/"),)
        )
        nav = (
            f'<nav class="navigation"><a class="next page-numbers" href="{paths[page + 1]}">Older posts</a></nav>'
            if page < 2
            else ""
        )
        made.add(
            path,
            f"""<html><body><header id="masthead"><a href="/">A blog on markets</a><nav id="site-navigation">{links([("/about-this-blog/", "About"), ("/category/policy/", "Policy"), ("/category/markets-and-money/", "Markets and money")])}</nav></header>
<main id="content">{rows}{nav}</main><aside id="secondary"><h2>Archives</h2><ul><li><a href="/2024/07/">July 2024</a></li><li><a href="/2024/06/">June 2024</a></li></ul><h2>Tags</h2><div class="tagcloud">{links([("/tag/data/", "data"), ("/tag/ports/", "ports")])}</div></aside></body></html>""",
        )
    return made


@portal
def wordpress_magazine() -> Portal:
    """A magazine: slugs without a date straight below the root, beside hubs in the same place."""
    made = Portal("magazine", "https://magazine.example.com", "/latest")
    rows = "".join(
        f'<div class="td_module_10 td_module_wrap"><div class="td-module-thumb"><a href="{address}" class="td-image-wrap" title="{text}"><img></a><a href="/news-and-views/" class="td-post-category">News and views</a></div><div class="item-details"><h3 class="entry-title td-module-title"><a href="{address}">{text}</a></h3><span class="td-post-date"><time>Aug {1 + number}, 2024</time></span></div></div>'
        for number, text in enumerate(EN[:16])
        for address in (made.article(f"/{slug(text)}/"),)
    )
    made.add(
        "/latest",
        f"""<html><body><div class="td-header-menu-wrap"><ul class="sf-menu"><li><a href="/startups/">Startups</a></li><li><a href="/policy/">Policy</a></li><li><a href="/research-reports/">Research</a></li></ul></div>
<div class="td-main">{rows}</div><div class="td-sidebar"><aside class="widget">{links([("/subscribe-to-our-weekly-letter/", "Subscribe to our weekly letter on markets"), ("/advertise-with-us-today/", "Advertise")])}</aside></div>
<div class="td-footer-wrapper">{links([("/privacy-policy/", "Privacy policy of this magazine"), ("/terms-of-use/", "Terms")])}</div></body></html>""",
    )
    return made


@portal
def drupal() -> Portal:
    """An intergovernmental body: Drupal views, `/en/news/slug`, pages counted from nought."""
    made = Portal("drupal", "https://body.example.int", "/en/news")
    groups = chunks(EN[:16], 8)
    paths = ["/en/news", "/en/news?page=1"]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f'<div class="views-row"><article about="/en/news/{slug(text)}"><h3><a href="{made.article("/en/news/" + slug(text))}"><span>{text}</span></a></h3><div class="field--name-created"><time datetime="2024-08-{10 + number}T10:00:00+02:00">{10 + number} August 2024</time></div></article></div>'
            for number, text in group
        )
        pager = (
            '<nav class="pager"><ul><li class="is-active"><a href="?page=0">1</a></li><li><a href="?page=1">2</a></li><li><a rel="next" href="?page=1">Next</a></li></ul></nav>'
            if page == 0
            else '<nav class="pager"><ul><li><a href="?page=0">1</a></li><li class="is-active"><a href="?page=1">2</a></li></ul></nav>'
        )
        made.add(
            path,
            f"""<html><body><nav>{links([("/en/about", "About"), ("/en/meetings", "Meetings"), ("/en/topics/digital-economy-and-data", "Digital economy and data")])}</nav>
<nav class="language-switcher">{links([("/fr/news", "Français"), ("/es/news", "Español")])}</nav>
<form class="views-exposed-form"><select><option>All</option></select></form><div class="view-content">{rows}</div>{pager}
<div class="region-footer">{links([("/en/careers/working-with-us-in-geneva", "Working with us in Geneva"), ("/en/contact", "Contact")])}</div></body></html>""",
        )
    return made


@portal
def europa() -> Portal:
    """A commission: component cards with type and date, and rubric links in the same folder."""
    made = Portal("europa", "https://strategy.example.eu", "/en/news")
    rows = "".join(
        f'<article class="ecl-content-item"><div class="ecl-content-block"><ul class="ecl-content-block__primary-meta-container"><li class="ecl-content-block__primary-meta-item">Press release</li><li class="ecl-content-block__primary-meta-item">{10 + number} August 2024</li></ul><div class="ecl-content-block__title"><a href="{made.article("/en/news/" + slug(text))}" class="ecl-link ecl-link--standalone">{text}</a></div></div></article>'
        for number, text in enumerate(EN[:12])
    )
    made.add(
        "/en/news",
        f"""<html><body><header class="ecl-site-header"><a href="/en">Home</a><div class="ecl-site-header__language">{links([("/de/news", "Deutsch"), ("/fr/news", "français")])}</div></header>
<nav class="ecl-menu">{links([("/en/policies", "Policies"), ("/en/activities", "Activities"), ("/en/policies/data", "A strategy for data in all member states")])}</nav><main>{rows}</main>
<footer class="ecl-site-footer">{links([("https://commission.example.eu/legal-notice_en", "Legal notice")])}</footer></body></html>""",
    )
    return made


@portal
def joomla() -> Portal:
    """A trade portal: Joomla, number and slug, pages by an offset."""
    made = Portal("joomla", "https://telecoms.example.net", "/news-business")
    groups = chunks(EN[:15], 5)
    paths = ["/news-business", "/news-business?start=5", "/news-business?start=10"]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f'<div class="blog-item"><h2 itemprop="name"><a href="{made.article(f"/view-from-the-top/{18000 + number}-{slug(text)}")}" itemprop="url">{text}</a></h2><dl class="article-info"><dd>{1 + number} August 2024</dd><dd><a href="/news-business/wireless-networks">Wireless Networks</a></dd></dl></div>'
            for number, text in group
        )
        pager = "".join(
            f"<li><span>{n + 1}</span></li>"
            if n == page
            else f'<li><a href="{other}">{n + 1}</a></li>'
            for n, other in enumerate(paths)
        )
        made.add(
            path,
            f"""<html><body><ul class="nav menu">{links([("/", "Home"), ("/news-business", "News"), ("/subscriber-area", "Subscriber area")])}</ul><div class="blog">{rows}</div><div class="pagination"><ul class="pagination-list">{pager}</ul></div>
<div class="moduletable">{links([("/events/list-of-industry-events", "List of industry events"), ("/component/banners/click/12", "Visit our partner at the expo in Lagos")])}</div></body></html>""",
        )
    return made


@portal
def sharepoint() -> Portal:
    """A union of states: ASP.NET pages that a number in the query names."""
    made = Portal("sharepoint", "https://www.union.example.int", "/media/Pages/PressReleases.aspx")
    rows = "".join(
        f'<tr class="ms-itmhover"><td><a onclick="go()" href="/media/Pages/PressRelease.aspx?PRID={31000 + number}">{text}</a></td><td>{10 + number}/08/2024</td></tr>'
        for number, text in enumerate(EN[:12])
    )
    for number in range(12):
        made.article(f"/media/Pages/PressRelease.aspx?PRID={31000 + number}")
    made.add(
        "/media/Pages/PressReleases.aspx",
        f"""<html><body><div id="zz1_TopNavigationMenu">{links([("/Pages/default.aspx", "Home"), ("/media/Pages/default.aspx", "Media centre"), ("/members/Pages/Members.aspx?id=3", "Members")])}</div><table class="ms-listviewtable">{rows}</table>
<div id="footer">{links([("/Pages/copyright.aspx", "Copyright and terms of this web page")])}</div></body></html>""",
    )
    return made


@portal
def indiatimes() -> Portal:
    """A business daily: `articleshow/N.cms` beside `articlelist/N.cms`, slideshows and videos."""
    made = Portal("indiatimes", "https://economic.example.in", "/tech/technology")
    rows = "".join(
        f'<div class="story-box"><div class="desc"><h4><a href="{made.article(f"/tech/technology/{slug(text)}/articleshow/1124{number:05}.cms")}">{text}</a></h4><span class="time">Aug {1 + number}, 2024, 09:15 AM IST</span></div></div>'
        for number, text in enumerate(EN[:14])
    )
    made.add(
        "/tech/technology",
        f"""<html><body><div id="topnav">{links([("/tech/startups", "Startups"), ("/tech/funding", "Funding"), ("/tech/tech-bytes/articlelist/78404305.cms", "Tech bytes and other short items")])}</div>{rows}
<div class="sideBox"><a href="/tech/slideshows/five-gadgets-of-the-week/slideshow/112400001.cms">Five gadgets of the week in pictures</a><a href="/videos/an-interview-with-a-founder/videoshow/112400002.cms">An interview with a founder of a bank</a></div>
<div id="footer">{links([("/terms-conditions", "Terms of use and grievance redressal")])}</div></body></html>""",
    )
    return made


@portal
def japanese() -> Portal:
    """A Japanese news portal: numbered file names, no blanks, a ranking beside."""
    made = Portal("japanese", "https://www.itnews.example.jp", "/news/subtop/latest/")
    groups = chunks(JA, 6)
    paths = ["/news/subtop/latest/", "/news/subtop/latest/index_2.html"]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f'<div class="colBox"><div class="colBoxTitle"><h3><a href="https://www.itnews.example.jp{made.article(f"/news/articles/2408/{10 + number}/news{100 + number}.html")}">{text}</a></h3></div><div class="colBoxDate">（2024年8月{10 + number}日）</div></div>'
            for number, text in group
        )
        following = f'<a href="{paths[1]}">次の6件へ</a>' if page == 0 else ""
        made.add(
            path,
            f"""<html lang="ja"><body><div id="globalNav">{links([("/news/subtop/ai/", "AI"), ("/news/subtop/security/", "セキュリティ"), ("/news/subtop/industry/", "業界動向のまとめページはこちら")])}</div><div id="main">{rows}<div class="pageNav">{following}</div></div>
<div id="rank"><h4>ランキング</h4><ol><li><a href="{made.article("/news/articles/2408/01/news050.html")}">夜市ににぎわい戻る、三角州の町</a></li></ol></div><div id="globalFooter">{links([("https://corp.example.jp/", "運営会社"), ("/news/info/about.html", "このサイトについてのご案内とお願い")])}</div></body></html>""",
        )
    return made


@portal
def korean() -> Portal:
    """A Korean paper: the number in the query names the article, and pages stand there too."""
    made = Portal(
        "korean", "https://www.enews.example.kr", "/news/articleList.html?sc_section_code=S1N2"
    )
    groups = chunks(KO, 5)
    base = "/news/articleList.html?sc_section_code=S1N2"
    paths = [base, "/news/articleList.html?page=2&sc_section_code=S1N2"]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f'<li class="altlist-text-item"><h2 class="altlist-subject"><a href="https://www.enews.example.kr{made.article(f"/news/articleView.html?idxno=20{number:04}")}">{text}</a></h2><div class="altlist-info"><div class="altlist-info-item">2024.08.{10 + number} 09:3{number % 10}</div></div></li>'
            for number, text in group
        )
        pager = f'<ul class="pagination"><li class="active"><a href="#">{page + 1}</a></li><li><a href="{paths[1 - page]}">{2 - page}</a></li></ul>'
        made.add(
            path,
            f"""<html lang="ko"><body><nav id="user-menu">{links([("/news/articleList.html?sc_section_code=S1N1", "정책"), ("/news/articleList.html?sc_section_code=S1N3", "산업")])}</nav><section id="section-list"><ul>{rows}</ul></section>{pager}
<footer>{links([("/com/com-1.html", "회사소개"), ("/com/privacy.html", "개인정보처리방침 및 이용약관 안내")])}</footer></body></html>""",
        )
    return made


@portal
def arabic() -> Portal:
    """An Arabic portal, right to left: short numeric addresses, no date in them."""
    made = Portal("arabic", "https://www.akhbar.example.ae", "/economy")
    rows = "".join(
        f'<div class="col-md-4"><div class="card"><a class="card-link" href="{made.article(f"/economy/{580100 + number}")}"><h5>{text}</h5></a><span class="date">{10 + number} أغسطس 2024</span></div></div>'
        for number, text in enumerate(AR)
    )
    made.add(
        "/economy",
        f"""<html dir="rtl" lang="ar"><body><div class="navbar-nav">{links([("/politics", "سياسة"), ("/sports", "رياضة"), ("/economy", "اقتصاد")])}</div><div class="row">{rows}</div>
<div class="footer-links">{links([("/page/12", "من نحن وسياسة النشر في هذا الموقع"), ("/contact", "اتصل بنا")])}</div></body></html>""",
    )
    return made


@portal
def spanish() -> Portal:
    """A Spanish newspaper: a large first article, cards with authors, day and slug, subscriptions."""
    made = Portal("spanish", "https://diario.example.es", "/tecnologia/")
    groups = chunks(ES, 6)
    paths = ["/tecnologia/", "/tecnologia/2/"]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f'<article class="c c-d"><header class="c_h"><a href="/especiales/economia-digital/" class="c_k">Economía digital</a><h2 class="c_t"><a href="{made.article(f"/tecnologia/2024-08-{10 + number}/{slug(text)}.html")}">{text}</a></h2></header><div class="c_a"><a class="c_a_a" href="/autor/redaccion-de-tecnologia/">Redacción de tecnología</a> | <time>{10 + number} ago 2024</time></div></article>'
            for number, text in group
        )
        pager = (
            '<div class="b-pag"><a href="/tecnologia/2/">Siguiente</a></div>'
            if page == 0
            else '<div class="b-pag"><a href="/tecnologia/">Anterior</a></div>'
        )
        made.add(
            path,
            f"""<html lang="es"><body><div class="x_nav">{links([("/economia/", "Economía"), ("/suscripciones/ofertas-de-la-semana/", "Suscríbete por un euro al mes")])}</div><main>{rows}{pager}</main><footer>{links([("/estaticos/aviso-legal.html", "Aviso legal"), ("/noticias/vigilancia-digital-en-las-escuelas/", "Temas")])}</footer></body></html>""",
        )
    return made


@portal
def russian() -> Portal:
    """A Russian agency: bare numbers, rows in a table, times without a day."""
    made = Portal("russian", "https://wire.example.ru", "/ekonomika")
    rows = "".join(
        f'<tr><td class="t">1{number % 10}:2{number % 10}</td><td><a href="{made.article(f"/ekonomika/21{number:06}")}">{text}</a></td></tr>'
        for number, text in enumerate(RU)
    )
    made.add(
        "/ekonomika",
        f"""<html lang="ru"><body><div class="header-menu">{links([("/politika", "Политика"), ("/ekonomika", "Экономика"), ("/v-strane", "В стране и мире: все новости дня")])}</div><table>{rows}</table><div class="footer">{links([("/o-nas", "Об агентстве"), ("/press-relizy", "Пресс-релизы и объявления компаний")])}</div></body></html>""",
    )
    return made


@portal
def vietnamese() -> Portal:
    """A Vietnamese paper: slugs that end in a number, pages `-p2`, tags and videos beside."""
    made = Portal("vietnamese", "https://tinnhanh.example.vn", "/kinh-te-so")
    rows = "".join(
        f'<article class="item-news"><h3 class="title-news"><a href="{made.article(f"/{slug(EN[number])}-47{number:05}.html")}" title="{text}">{text}</a></h3><p class="description"><a href="/{slug(EN[number])}-47{number:05}.html">Đoạn mở đầu của bài viết kể lại những điều chính.</a></p></article>'
        for number, text in enumerate(VI)
    )
    made.add(
        "/kinh-te-so",
        f"""<html lang="vi"><body><nav class="main-nav">{links([("/thoi-su", "Thời sự"), ("/kinh-doanh", "Kinh doanh")])}</nav>{rows}<div class="box-tag">{links([("/tag/chuyen-doi-so-12345", "chuyển đổi số"), ("/video/ban-tin-sang-4712345.html", "Bản tin sáng bằng hình ảnh hôm nay")])}</div></body></html>""",
    )
    return made


@portal
def indonesian() -> Portal:
    """An Indonesian agency: `/berita/N/slug`, newest and popular lists in two columns."""
    made = Portal("indonesian", "https://kantor.example.id", "/ekonomi/digital")
    rows = "".join(
        f'<div class="card__post"><a class="img" href="{address}"><img></a><div class="card__post__title"><h2><a href="{address}">{text}</a></h2></div><span>{10 + number} Agustus 2024 10:1{number}</span></div>'
        for number, text in enumerate(ID)
        for address in (made.article(f"/berita/42{number:05}/{slug(text)}"),)
    )
    made.add(
        "/ekonomi/digital",
        f"""<html lang="id"><body><ul class="menu">{links([("/ekonomi", "Ekonomi"), ("/ekonomi/bursa", "Bursa")])}</ul><div class="wrapper__list">{rows}</div><div class="sidebar"><h3>Terpopuler</h3><a href="{made.article("/berita/4199999/pasar-malam-kembali-ramai")}">Pasar malam di delta kembali ramai pengunjung</a></div>
<div class="footer">{links([("/tentang-kami", "Tentang kami"), ("/pedoman-media-siber", "Pedoman pemberitaan media siber")])}</div></body></html>""",
    )
    return made


@portal
def portuguese() -> Portal:
    """A Brazilian trade portal: day, slug, and a share bar at every row."""
    made = Portal("portuguese", "https://teletempo.example.br", "/categoria/politicas/")
    rows = "".join(
        f'<div class="entry"><h2><a href="{address}">{text}</a></h2><span class="data">{10 + number}/08/2024, 17:2{number}</span><div class="share-bar">{links([("https://social.example/share?u=x", "Compartilhar"), (address + "?share=mail", "Enviar por e-mail a um amigo agora")])}</div></div>'
        for number, text in enumerate(PT)
        for address in (made.article(f"/{10 + number}/08/2024/{slug(text)}/"),)
    )
    made.add(
        "/categoria/politicas/",
        f"""<html lang="pt-BR"><body><div class="main-menu">{links([("/categoria/teles/", "Teles"), ("/assine-a-newsletter/", "Assine a newsletter diária gratuita")])}</div>{rows}</body></html>""",
    )
    return made


@portal
def german() -> Portal:
    """A German technology portal: slug and number, teasers with forum links and adverts."""
    made = Portal("german", "https://www.technik.example.de", "/newsticker/")
    groups = chunks(DE, 5)
    paths = ["/newsticker/", "/newsticker/seite-2/"]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f'<article class="a-article-teaser"><a href="{made.article(f"/news/{slug(text)}-98{number:05}.html")}" class="a-article-teaser__link"><div class="a-article-teaser__content"><h3>{text}</h3><p>Ein Satz, der den Inhalt kurz beschreibt.</p></div></a><footer><a href="/forum/news/kommentare/forum-55{number:04}/comment/">{number} Beiträge im Forum lesen und antworten</a></footer></article>'
            for number, text in group
        )
        more = (
            f'<a class="a-pagination__next" rel="next" href="{paths[1]}">Ältere Meldungen</a>'
            if page == 0
            else ""
        )
        made.add(
            path,
            f"""<html lang="de"><body><nav>{links([("/thema/Digitalpolitik", "Digitalpolitik"), ("/newsletter/anmeldung", "Newsletter")])}</nav>{rows}<a href="https://shop.example.de/angebote/buch-ueber-netze-123456">Anzeige: Das Buch über Netze und Daten</a>{more}<footer>{links([("/impressum", "Impressum"), ("/datenschutzerklaerung-der-redaktion-1234567.html", "Datenschutz")])}</footer></body></html>""",
        )
    return made


@portal
def div_soup() -> Portal:
    """A page built in the browser's language: hashed classes, headlines in links around whole cards."""
    made = Portal("div_soup", "https://app.example.africa", "/tech")
    rows = "".join(
        f'<div class="css-1x{hexes(number, 4)}"><a class="css-9k2" href="{made.article(f"/tech/{slug(text)}-{hexes(number, 8)}")}"><div class="css-7d"><div class="css-1q"><span>{text}</span></div><div class="css-2w"><span>{number + 1} hours ago</span></div></div></a></div>'
        for number, text in enumerate(EN[:12])
    )
    made.add(
        "/tech",
        f"""<html><body><div id="root"><div class="css-top"><div role="navigation">{links([("/markets", "Markets"), ("/tech", "Tech"), ("/opinions-and-ideas", "Opinions and ideas")])}</div></div><div class="css-body">{rows}</div><div role="contentinfo">{links([("/legal/cookie-policy-and-your-choices", "Cookie policy and your choices")])}</div></div></body></html>""",
    )
    return made


@portal
def old_table() -> Portal:
    """A page of another century: tables, fonts, upper-case tags, no classes."""
    made = Portal("old_table", "http://old.example.org", "/news.html")
    rows = "".join(
        f'<TR><TD><FONT SIZE=2><IMG SRC=dot.gif> <A HREF="{made.article(f"/2024/08/n{number:03}.html")}">{text}</A> ({10 + number} Aug 2024)</FONT></TD></TR>'
        for number, text in enumerate(EN[:10])
    )
    made.add(
        "/news.html",
        f"""<HTML><BODY BGCOLOR=#FFFFFF><TABLE><TR><TD WIDTH=120>{links([("/index.html", "Home"), ("/who.html", "Who we are"), ("/links.html", "Links to other places of interest")], "<BR>")}</TD><TD><TABLE>{rows}</TABLE></TD></TR></TABLE></BODY></HTML>""",
    )
    return made


@portal
def french() -> Portal:
    """A French regulator: news and events in one list, each in a folder of its own."""
    made = Portal("french", "https://regulateur.example.fr", "/actualites")
    rows = "".join(
        f'<li class="fr-card"><div class="fr-card__body"><h3 class="fr-card__title"><a href="{made.article(f"/actualites/{slug(text)}")}">{text}</a></h3><p class="fr-card__detail">Publié le {10 + number} août 2024</p></div></li>'
        for number, text in enumerate(FR)
    )
    made.add(
        "/actualites",
        f"""<html lang="fr"><body><nav class="fr-nav">{links([("/le-regulateur", "Le régulateur"), ("/nos-sujets/frequences-et-spectre-radioelectrique", "Fréquences et spectre radioélectrique")])}</nav><ul class="fr-grid">{rows}</ul><div class="fr-footer">{links([("/plan-du-site", "Plan du site"), ("/accessibilite-non-conforme", "Accessibilité : non conforme")])}</div></body></html>""",
    )
    return made


@portal
def short_slugs() -> Portal:
    """A ministry of few words: short slugs, no days anywhere, a menu of as many rows."""
    made = Portal("short_slugs", "https://ministry.example.ke", "/news")
    rows = "".join(
        f'<div class="row news-row"><div class="col"><p><a href="{made.article(f"/news/{text.split()[0].lower()}{number}x")}">{text}</a></p></div></div>'
        for number, text in enumerate(EN[:9])
    )
    made.add(
        "/news",
        f"""<html><body><ul id="primary">{"".join(f'<li class="m"><a href="/{name}">{name.title()}</a></li>' for name in ("about", "services", "downloads", "tenders", "projects", "careers", "gallery"))}</ul><div class="container">{rows}</div></body></html>""",
    )
    return made


@portal
def board() -> Portal:
    """A Korean agency's board: the query names all, the list is a table with numbers and departments."""
    made = Portal("board", "https://www.agency.example.kr", "/bbs/list.do?bbsId=B12&menu=3")
    groups = chunks(KO, 5)
    paths = ["/bbs/list.do?bbsId=B12&menu=3", "/bbs/list.do?bbsId=B12&menu=3&pageNo=2"]
    for page, (path, group) in enumerate(zip(paths, groups, strict=True)):
        rows = "".join(
            f'<tr><td>{90 - number}</td><td class="subject"><a href="{made.article(f"/bbs/view.do?bbsId=B12&menu=3&nttNo={4400 + number}").replace("&", "&amp;")}">{text}</a></td><td>정책과</td><td>2024-08-{10 + number}</td></tr>'
            for number, text in group
        )
        pager = f'<div class="paginate"><a href="{paths[1 - page].replace("&", "&amp;")}">{2 - page}</a></div>'
        made.add(
            path,
            f"""<html lang="ko"><body><div id="gnb">{links([("/sub/main.do?menu=1", "기관소개"), ("/sub/main.do?menu=2", "정보공개 청구 안내와 절차 전체 보기")])}</div><table class="board">{rows}</table>{pager}</body></html>""",
        )
    return made


@portal
def cards_in_headings() -> Portal:
    """A broadcaster: dated addresses with an id at the end, the day only beside, a live ticker above."""
    made = Portal("cards", "https://www.broadcaster.example.sg", "/business")
    rows = "".join(
        f'<div class="media-object"><h6><a class="h6__link" href="{made.article(f"/business/{slug(text)}-45{number:05}")}">{text}</a></h6><div class="list-object__datetime">{10 + number} Aug 2024 10:2{number % 10}AM</div><a class="category" href="/business">Business</a></div>'
        for number, text in enumerate(EN[:14])
    )
    made.add(
        "/business",
        f"""<html><body><div class="main-menu">{links([("/singapore", "Singapore"), ("/asia", "Asia"), ("/watch/live-news-channel-of-the-day", "Watch our channel live all day")])}</div><div class="ticker"><a href="/live/markets-today-9999999">Markets today: live updates from all the floors</a></div>{rows}</body></html>""",
    )
    return made


# What is no list of articles.
OTHER_PAGES = {
    "about": f"""<html><body><nav>{links([("/", "Home"), ("/news/", "News")])}</nav><main><h1>About us</h1><p>We are a paper on markets. Read about <a href="/about/our-history-in-five-chapters/">our history in five chapters</a> or <a href="/contact/">write to us</a>.</p></main></body></html>""",
    "contact": """<html><body><h1>Contact</h1><form><input name="q"></form><a href="mailto:a@example.org">The editors of this paper by e-mail</a> <a href="tel:+100">Telephone</a></body></html>""",
    "login": f"""<html><body><form><input type="password"></form>{links([("/register/", "Register a new account here and now"), ("/forgot-my-password-please-help", "Forgot password")])}</body></html>""",
    "empty": "<html><body></body></html>",
    "hubs": f"""<html><body><ul>{links([("/business/", "Business"), ("/technology/", "Technology"), ("/politics/", "Politics"), ("/world/", "World news from all continents"), ("/opinion/", "Opinion")])}</ul></body></html>""",
}
