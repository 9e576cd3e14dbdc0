"""A trade blog as WordPress makes them: one feed, and robots.txt with a closed part."""

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from scraper.demo.clock import at_noon
from scraper.demo.records import DemoArticle, FaultyPage, Response, newest_first

TITLE = "Connected Markets (demo)"
FEED = "/feed/"
ROBOTS = "User-agent: *\nDisallow: /wp-admin/\nDisallow: /members/\n"


def respond(
    path: str, articles: Sequence[DemoArticle], faulty: Sequence[FaultyPage], port: int
) -> Response | None:
    """Answer for a path that is no article and no robots.txt; None means there is nothing."""
    rows = newest_first(articles, faulty)
    if path == "/":
        listed = "".join(f'<h2><a href="{r.path}">{escape(r.title)}</a></h2>' for r in rows[:10])
        return Response(body=_page("Home", listed, rows[:3]).encode())
    if path == FEED:
        return Response(
            content_type="application/rss+xml; charset=UTF-8", body=_feed(rows, port).encode()
        )
    return None


def article_page(article: DemoArticle, related: Sequence[DemoArticle]) -> Response:
    """Return an article with all the furniture of a real one."""
    body = "\n\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.paragraphs)
    author = article.authors[0] if article.authors else ""
    by = (
        f'<span class="byline"> by <span class="author vcard"><a class="url fn n" rel="author" '
        f'href="/author/desk/">{author}</a></span></span>'
        if author
        else ""
    )
    moment = article.instant or at_noon(article.day)
    content = f"""<article id="post-1" class="post type-post status-publish format-standard hentry">
<header class="entry-header"><h1 class="entry-title">{escape(article.title)}</h1>
<div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published"
datetime="{moment.isoformat()}">{moment:%B} {moment.day}, {moment.year}</time></span>{by}</div></header>
<div class="entry-content">{body}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Click to
share on Twitter</a></li><li><a href="#">Click to share on Facebook</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3>{_links(related)}</div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a href="/category/policy/">Policy</a></span>
</footer></article>
<div id="comments" class="comments-area"><h2>2 thoughts on this</h2><ol class="comment-list"><li>First!</li>
<li>Thanks for sharing this with us.</li></ol><h3>Leave a Reply</h3><form><p>Your email address will not be
published.</p><textarea></textarea></form></div>"""
    extra = f'<meta property="article:published_time" content="{moment.isoformat()}">'
    if author:
        extra += f'<meta name="author" content="{author}">'
    return Response(body=_page(article.title, content, related, extra).encode())


def sources() -> dict[str, object]:
    """Return the part of the source record that is the portal's own."""
    return {
        "title": TITLE,
        "languages": ["en"],
        "feeds": [FEED],
        "include": [r"/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/$"],
    }


def _page(
    title: str, content: str, recent: Sequence[DemoArticle | FaultyPage], extra: str = ""
) -> str:
    return f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="UTF-8">
<title>{escape(title)} &#8211; Connected Markets (demo)</title>
<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="{TITLE}">
{extra}<meta name="generator" content="WordPress 6.6"></head>
<body class="post-template-default single"><div id="page" class="site"><a class="skip-link" href="#content">Skip
to content</a><header id="masthead"><p class="site-title"><a href="/">{TITLE}</a></p><nav><ul><li><a
href="/about/">About</a></li><li><a href="/category/policy/">Policy</a></li></ul></nav></header>
<main id="content">{content}</main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2>{_links(recent)}</section>
<section class="widget"><h2>Newsletter</h2><form>Subscribe to our weekly letter <input type="email"></form>
</section></aside><footer id="colophon">Proudly powered by WordPress</footer></div></body></html>"""


def _links(rows: Sequence[DemoArticle | FaultyPage]) -> str:
    return (
        "<ul>"
        + "".join(f'<li><a href="{r.path}">{escape(r.title)}</a></li>' for r in rows)
        + "</ul>"
    )


def _feed(rows: Sequence[DemoArticle | FaultyPage], port: int) -> str:
    home = f"http://127.0.0.4:{port}"
    items = []
    for row in rows:
        moment = getattr(row, "instant", None) or at_noon(row.day)
        authors = getattr(row, "authors", ())
        creator = f"<dc:creator><![CDATA[{authors[0]}]]></dc:creator>" if authors else ""
        text = "".join(f"<p>{escape(p)}</p>" for p in getattr(row, "paragraphs", ())[:1])
        # The blog's own feed counts its readers with parameters that name no article.
        items.append(
            f"<item><title>{escape(row.title)}</title>"
            f"<link>{home}{row.path}?utm_source=rss&amp;utm_medium=rss</link>{creator}"
            f"<pubDate>{format_datetime(moment)}</pubDate>"
            f"<description><![CDATA[{text}]]></description></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{TITLE}</title><link>{home}/</link><description>Policy and trade</description>"
        f"{''.join(items)}</channel></rss>"
    )
