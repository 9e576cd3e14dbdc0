"""A Chinese portal in GBK, which it declares as gb2312 in the page and nowhere else."""

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from scraper.demo.clock import at_noon
from scraper.demo.records import DemoArticle, FaultyPage, Response, newest_first

TITLE = "新闻网（演示）"
FEED = "/rss/tech.xml"
SECTION = "/GB/1001/index.html"

# As many portals of this kind serve it: no charset in the header.
_HTML = "text/html"


def respond(
    path: str, articles: Sequence[DemoArticle], faulty: Sequence[FaultyPage], port: int
) -> Response | None:
    """Answer for a path that is no article and no robots.txt; None means there is nothing."""
    rows = newest_first(articles, faulty)
    half = len(rows) * 2 // 3
    if path == "/":
        return _html("首页", f'<h1>新闻网</h1><p><a href="{SECTION}">科技</a></p>')
    if path == FEED:
        return Response(
            content_type="text/xml", body=_feed(rows[:half], port).encode("gb18030", "replace")
        )
    if path == SECTION:
        listed = "".join(
            f'<li><a href="{row.path}">{escape(row.title)}</a> <em>[{row.day:%Y-%m-%d}]</em></li>'
            for row in rows[half - 5 :]
        )
        return _html("科技", f'<div class="fl"><ul class="list1">{listed}</ul></div>')
    return None


def article_page(article: DemoArticle, related: Sequence[DemoArticle]) -> Response:
    """Return an article with all the furniture of a real one."""
    body = "\n".join(f"<p>　　{escape(paragraph)}</p>" for paragraph in article.paragraphs)
    others = "".join(f'<li><a href="{o.path}">{escape(o.title)}</a></li>' for o in related)
    day = article.day
    return _html(
        article.title,
        f"""<div class="path"><a href="/">首页</a>&gt;&gt;<a href="{SECTION}">科技</a></div>
<div class="rm_txt"><h1>{escape(article.title)}</h1>
<div class="channel">{day.year}年{day.month:02}月{day.day:02}日09:26 | 来源：<a href="#">{article.credit}</a>
<span class="zihao">字体：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a></span>
<span class="dayin"><a href="#">打印本页</a> <a href="#">关闭窗口</a></span>
<span class="bshare-more">分享到：<a href="#">微信</a> <a href="#">微博</a></span></div>
<div class="rm_txt_con">{body}</div>
<div class="edit">（责任编辑：演示一、演示二）</div>
<div class="saoyisao">扫一扫，用手机看新闻</div>
<div class="rel"><h3>相关阅读</h3><ul>{others}</ul></div></div>""",
    )


def sources() -> dict[str, object]:
    """Return the part of the source record that is the portal's own."""
    return {
        "title": TITLE,
        "languages": ["zh"],
        "country": "CN",
        "timezone": "Asia/Shanghai",
        "feeds": [FEED],
        "sections": [SECTION],
        "include": [r"/n[1-4]/\d{4}/\d{4}/c\d+-\d+\.html$"],
    }


def _html(title: str, content: str) -> Response:
    page = f"""<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=gb2312">
<title>{escape(title)}--科技--新闻网</title><link rel="stylesheet" href="/css/page.css"></head><body>
<div class="nav"><a href="/">首页</a><a href="/world">国际</a><a href="/tech">科技</a><a href="/sports">体育</a></div>
{content}
<div class="copyright">新闻网版权所有，未经书面授权禁止使用</div></body></html>"""
    return Response(content_type=_HTML, body=page.encode("gb18030", "replace"))


def _feed(rows: Sequence[DemoArticle | FaultyPage], port: int) -> str:
    home = f"http://127.0.0.3:{port}"
    items = "".join(
        f"<item><title><![CDATA[{row.title}]]></title><link>{home}{row.path}</link>"
        f"<pubDate>{format_datetime(at_noon(row.day))}</pubDate></item>"
        for row in rows
    )
    # A faulty entry amid good ones: a link that is none, and the thirtieth of February.
    items += "<item><title>坏的条目</title><link>javascript:void(0)</link><pubDate>2025-02-30</pubDate></item>"
    return (
        '<?xml version="1.0" encoding="GB2312"?><rss version="2.0"><channel><title>科技</title>'
        f"<link>{home}/</link><description>科技新闻</description>{items}</channel></rss>"
    )
