"""A modern portal rich in JSON-LD, with an Atom feed and a sitemap index, in English and Chinese."""

import gzip
import json
from collections.abc import Sequence
from html import escape

from scraper.demo.clock import at_noon
from scraper.demo.records import DemoArticle, FaultyPage, Response, newest_first

TITLE = "Digital Daily (demo)"
FEED = "/atom.xml"
SITEMAP = "/sitemap.xml"


def robots(port: int) -> str:
    """Return its robots.txt, which names the sitemap."""
    return f"User-agent: *\nDisallow: /search\n\nSitemap: http://127.0.0.5:{port}{SITEMAP}\n"


def respond(
    path: str, articles: Sequence[DemoArticle], faulty: Sequence[FaultyPage], port: int
) -> Response | None:
    """Answer for a path that is no article and no robots.txt; None means there is nothing."""
    rows = newest_first(articles, faulty)
    third = len(rows) // 3
    home = f"http://127.0.0.5:{port}"
    match path:
        case "/":
            listed = "".join(
                f'<a href="{r.path}"><h3>{escape(r.title)}</h3></a>' for r in rows[:12]
            )
            return Response(
                body=_page("Digital Daily", f"<main>{listed}</main>", "en", "").encode()
            )
        case "/atom.xml":
            return Response(
                content_type="application/atom+xml", body=_feed(rows[:third], home).encode()
            )
        case "/sitemap.xml":
            maps = "".join(
                f"<sitemap><loc>{home}{name}</loc></sitemap>"
                for name in ("/sitemap-news.xml", "/sitemap-archive.xml.gz")
            )
            body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
            return Response(content_type="application/xml", body=body.encode())
        case "/sitemap-news.xml":
            # Two of the feed's articles stand here too.
            body = _sitemap(rows[third - 2 : 2 * third], home)
            return Response(content_type="application/xml", body=body.encode())
        case "/sitemap-archive.xml.gz":
            packed = gzip.compress(_sitemap(rows[2 * third :], home).encode(), mtime=0)
            return Response(content_type="application/gzip", body=packed)
    return None


def article_page(article: DemoArticle, related: Sequence[DemoArticle]) -> Response:
    """Return an article with all the furniture of a real one."""
    moment = article.instant or at_noon(article.day)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "datePublished": moment.isoformat(),
        "dateModified": moment.isoformat(),
        "inLanguage": article.language,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "publisher": {"@type": "Organization", "name": TITLE},
        "image": ["https://example.org/lead.jpg"],
    }
    extra = (
        f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
        f'<meta property="og:type" content="article"><meta property="og:title" '
        f'content="{escape(article.title)}"><meta property="og:site_name" content="{TITLE}">'
        f'<meta property="article:published_time" content="{moment.isoformat()}">'
    )
    body = "".join(f'<p class="css-1x2y3z">{escape(p)}</p>' for p in article.paragraphs)
    others = "".join(f'<li><a href="{o.path}">{escape(o.title)}</a></li>' for o in related)
    byline = (
        f'<div class="css-byline">By {", ".join(article.authors)}</div>' if article.authors else ""
    )
    content = f"""<main><article><header><h1>{escape(article.title)}</h1>{byline}
<time datetime="{moment.isoformat()}">{moment:%d %b %Y, %H:%M}</time><button>Save</button></header>
<figure><img src="/lead.jpg" alt=""><figcaption>The venue. Photo: Digital Daily</figcaption></figure>
<section class="body">{body}</section></article>
<aside><h2>More on this topic</h2><ul>{others}</ul></aside></main>"""
    return Response(body=_page(article.title, content, article.language, extra).encode())


def sources() -> dict[str, object]:
    """Return the part of the source record that is the portal's own."""
    return {
        "title": TITLE,
        "languages": ["en", "zh"],
        "timezone": "Asia/Shanghai",
        "feeds": [FEED],
        "sitemaps": [SITEMAP],
        "include": [r"/news/[a-z0-9-]+-\d{8}-\d+$"],
    }


def _page(title: str, content: str, language: str, extra: str) -> str:
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport"
content="width=device-width"><title>{escape(title)} | {TITLE}</title>{extra}
<script>window.__STATE__ = {{"articles": []}};</script></head><body>
<div class="cookie-banner" role="dialog"><p>We use cookies to measure how our pages are read.</p>
<button>Accept all</button><button>Settings</button></div>
<header class="site"><a href="/">{TITLE}</a><nav><a href="/topics/ai">AI</a><a href="/topics/data">Data</a>
<a href="/search">Search</a></nav></header>{content}
<footer><p>Get the morning letter</p><p>&copy; Digital Daily (demo)</p></footer></body></html>"""


def _feed(rows: Sequence[DemoArticle | FaultyPage], home: str) -> str:
    entries = "".join(
        f'<entry><title type="html">{escape(escape(row.title))}</title>'
        f'<link rel="alternate" href="{row.path}"/><id>tag:demo,{row.day}:{row.path}</id>'
        f"<updated>{(getattr(row, 'instant', None) or at_noon(row.day)).isoformat()}</updated></entry>"
        for row in rows
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xml:base="{home}/"><title>{TITLE}</title><id>{home}/</id>{entries}</feed>'
    )


def _sitemap(rows: Sequence[DemoArticle | FaultyPage], home: str) -> str:
    urls = "".join(
        f"<url><loc>{home}{row.path}</loc><lastmod>{row.day}</lastmod></url>" for row in rows
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
