"""A state portal in English, in old HTML, without a feed: its section pages are the only way in."""

from collections.abc import Sequence
from html import escape

from scraper.demo.records import DemoArticle, FaultyPage, Response, newest_first

TITLE = "China.org.cn (demo)"
SECTION = "/business/node_7074857.htm"
ROWS = 20

_HEAD = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{title} - China.org.cn</title>
<meta name="keywords" content="china, news" /><meta name="author" content="webeditor7" />
<link href="/style/article.css" rel="stylesheet" type="text/css" />
<script type="text/javascript">var appproperty = "web"; function fontZoom(size) {{}}</script></head><body>
<div class="top"><div class="applink"><a href="/app">Get the China.org.cn app</a> News on your phone, every
hour</div><ul class="nav"><li><a href="/">Home</a></li><li><a href="/china/node_7075073.htm">China</a></li>
<li><a href="/world/">World</a></li><li><a href="{section}">Business</a></li><li><a href="/video/">Video</a></li>
<li><a href="/arts/">Arts</a></li><li><a href="/travel/">Travel</a></li></ul></div>
"""
_FOOT = """<div class="footer"><p><a href="/about">About us</a> | <a href="/contact">Contact</a> |
<a href="/jobs">Jobs</a></p><p>Copyright &copy; China.org.cn (demo). All Rights Reserved</p></div></body></html>
"""


def respond(
    path: str, articles: Sequence[DemoArticle], faulty: Sequence[FaultyPage], port: int
) -> Response | None:
    """Answer for a path that is no article and no robots.txt; None means there is nothing."""
    del port
    rows = newest_first(articles, faulty)
    pages = -(-len(rows) // ROWS)
    if path == "/":
        body = f'<h1>China.org.cn</h1><p><a href="{SECTION}">Business</a></p>'
        return Response(body=_page("Home", body).encode())
    for number in range(1, pages + 1):
        if path == _section_path(number):
            return Response(body=_section(rows, number, pages).encode())
    return None


def part_path(article: DemoArticle, number: int) -> str:
    """Return the path of a page of an article, from 1."""
    return article.path if number == 1 else article.path.replace(".htm", f"_{number}.htm")


def article_page(article: DemoArticle, related: Sequence[DemoArticle], part: int = 1) -> Response:
    """Return a page of an article with all the furniture of a real one."""
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.part(part))
    pager = " ".join(
        f"<span>{n}</span>" if n == part else f'<a href="{part_path(article, n)}">{n}</a>'
        for n in range(1, article.parts + 1)
        if article.parts > 1
    )
    others = "".join(f'<li><a href="{o.path}">{escape(o.title)}</a></li>' for o in related)
    line = f"{article.credit}, {article.day:%B} {article.day.day}, {article.day.year}"
    content = f"""<div class="wrapper"><div class="crumbs">You are here: <a href="/">Home</a> &gt;
<a href="{SECTION}">Business</a></div>
<h1 id="title">{escape(article.title)}</h1>
<dl id="guild"><dd>{escape(line)}
<span class="comments">Comments: <font id="pinglun">12</font></span></dd>
<dt><a href="#">Adjust font size:</a> <a href="javascript:fontZoom(1)">A</a>
<a href="javascript:fontZoom(2)">A</a> <a href="javascript:fontZoom(3)">A</a></dt></dl>
<div class="tools"><a href="/print?p={article.path}">Print</a> <a href="/mail?p={article.path}">E-mail this</a>
<div class="share">Share: <a href="#">Facebook</a> <a href="#">Twitter</a> <a href="#">Weibo</a></div></div>
<div id="container_txt">{body}
<p class="follow">Follow China.org.cn on <a href="#">Twitter</a> and <a href="#">Facebook</a> to join the
conversation.</p></div>
<div class="pages" id="autopage"><center>{pager}</center></div>
<div class="comment"><form action="/comments" method="post"><h3>Post your comment</h3>
<input name="user" value="User name required" /><textarea name="text">Write here</textarea>
<img src="/comments/jcaptcha" alt="code" /> Enter the words you see <input type="submit" value="Send" /></form>
</div><div class="related"><h3>Related News &amp; Photos</h3><ul>{others}</ul></div>
<div class="side"><h3>Most Viewed</h3><ol>{others}</ol><div class="app">Scan the QR code to get the app</div>
</div></div>"""
    return Response(body=_page(article.title, content).encode())


def sources() -> dict[str, object]:
    """Return the part of the source record that is the portal's own."""
    return {
        "title": TITLE,
        "languages": ["en"],
        "country": "CN",
        "timezone": "Asia/Shanghai",
        "sections": [SECTION],
        "include": [r"/\d{4}-\d{2}/\d{2}/content_\d+\.(?:htm|html|shtml)$"],
        "selectors": {"links": ".columns1 > ul > li > a", "next": "#autopage a"},
    }


def _section_path(number: int) -> str:
    return SECTION if number == 1 else SECTION.replace(".htm", f"_{number}.htm")


def _section(rows: Sequence[DemoArticle | FaultyPage], number: int, pages: int) -> str:
    shown = rows[(number - 1) * ROWS : number * ROWS]
    listed = "\n".join(
        f'<li><a href="{row.path}">{escape(row.title)}</a><span>{row.day:%Y-%m-%d}</span></li>'
        for row in shown
    )
    pager = " ".join(
        f"<span>{page}</span>" if page == number else f'<a href="{_section_path(page)}">{page}</a>'
        for page in range(1, pages + 1)
    )
    return _page(
        "Business",
        f'<div class="wrapper"><h2>Business</h2><div class="columns1"><ul>{listed}</ul>'
        f'<div id="autopage"><center>{pager}</center></div></div>'
        f'<div class="side"><h3>Hot topics</h3><ul><li><a href="/video/1.htm">A film</a></li></ul></div></div>',
    )


def _page(title: str, content: str) -> str:
    return _HEAD.format(title=escape(title), section=SECTION) + content + _FOOT
