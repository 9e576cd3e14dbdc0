"""Five portals of other languages, each with another way in: sitemaps, Atom, RSS 1.0, JSON Feed, a list.

Their article pages differ too: JSON-LD, `time` elements, and days that are only printed.
"""

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from scraper.demo.clock import at_noon
from scraper.demo.records import DemoArticle, FaultyPage, Response, newest_first

Rows = Sequence[DemoArticle | FaultyPage]
Lists = Callable[[str, Rows, str], Response | None]

MONTHS_ES = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"

PAGE_ROWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldPortal:
    """A portal of the demo world that is data and a few functions, in place of a module."""

    host: str
    title: str
    language: str
    lists: Lists
    """Answers for the pages that list articles."""
    source: dict[str, object]
    """The part of the source record that is the portal's own."""
    day: Callable[[date], str]
    """Prints a day as the portal does."""
    related: str
    """What stands above links to other articles."""
    names: tuple[str, ...]
    """The rubrics of its menu."""
    stamp: str = "text"
    """Where the day stands: `text`, `time` or `json-ld`."""

    def respond(
        self,
        path: str,
        articles: Sequence[DemoArticle],
        faulty: Sequence[FaultyPage],
        port: int,
    ) -> Response | None:
        """Answer for a path that is no article and no robots.txt; None means there is nothing."""
        rows = newest_first(articles, faulty)
        if path == "/":
            body = "".join(f'<h2><a href="{r.path}">{escape(r.title)}</a></h2>' for r in rows[:5])
            return Response(body=self._page(self.title, body).encode())
        return self.lists(path, rows, f"http://{self.host}:{port}")

    def article_page(self, article: DemoArticle, related: Sequence[DemoArticle]) -> Response:
        """Return an article with all the furniture of a real one."""
        body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in article.paragraphs)
        others = "".join(f'<li><a href="{o.path}">{escape(o.title)}</a></li>' for o in related)
        printed, head = self.day(article.day), ""
        if self.stamp == "time":
            printed = f'<time datetime="{article.day.isoformat()}">{printed}</time>'
        if self.stamp == "json-ld":
            linked = {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "headline": article.title,
                "datePublished": article.day.isoformat(),
                "inLanguage": self.language,
                "publisher": {"@type": "Organization", "name": self.title},
            }
            head = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
        content = f"""<main><article><header><h1>{escape(article.title)}</h1><p class="meta">{printed}</p></header>
<div class="body">{body}</div></article>
<section class="related"><h3>{self.related}</h3><ul>{others}</ul></section></main>"""
        return Response(body=self._page(f"{article.title} | {self.title}", content, head).encode())

    def sources(self) -> dict[str, object]:
        """Return the part of the source record that is the portal's own."""
        return {"title": self.title, "languages": [self.language], **self.source}

    def _page(self, title: str, content: str, head: str = "") -> str:
        menu = "".join(
            f'<li><a href="/rubric/{n}/">{name}</a></li>' for n, name in enumerate(self.names)
        )
        return f"""<!DOCTYPE html><html lang="{self.language}"><head><meta charset="utf-8">
<title>{escape(title)}</title><meta property="og:site_name" content="{escape(self.title)}">{head}</head><body>
<header class="site"><a href="/">{escape(self.title)}</a><nav><ul>{menu}</ul></nav></header>
{content}
<footer class="site"><p>&copy; {escape(self.title)}</p></footer></body></html>"""


def _gazette(path: str, rows: Rows, home: str) -> Response | None:
    """A sitemap index with two sitemaps, one of them gzipped, both with believable days of change."""
    halves = {"/sitemaps/1.xml": rows[::2], "/sitemaps/2.xml.gz": rows[1::2]}
    if path == "/sitemap_index.xml":
        entries = "".join(
            f"<sitemap><loc>{home}{name}</loc><lastmod>{half[0].day}</lastmod></sitemap>"
            for name, half in halves.items()
        )
        return _xml(f"<sitemapindex {_SITEMAP}>{entries}</sitemapindex>")
    if path in halves:
        entries = "".join(
            f"<url><loc>{home}{row.path}</loc><lastmod>{row.day}</lastmod></url>"
            for row in halves[path]
        )
        answer = _xml(f"<urlset {_SITEMAP}>{entries}</urlset>")
        if not path.endswith(".gz"):
            return answer
        return Response(content_type="application/gzip", body=gzip.compress(answer.body, mtime=0))
    return None


def _journal(path: str, rows: Rows, home: str) -> Response | None:
    """An Atom feed."""
    if path != "/flux/atom.xml":
        return None
    entries = "".join(
        f'<entry><title>{escape(row.title)}</title><link href="{home}{row.path}"/><id>{home}{row.path}</id>'
        f"<updated>{at_noon(row.day).isoformat()}</updated></entry>"
        for row in rows
    )
    return _xml(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Journal</title>{entries}</feed>')


def _observer(path: str, rows: Rows, home: str) -> Response | None:
    """An RSS 1.0 feed, whose days stand in `dc:date`."""
    if path != "/feed.rdf":
        return None
    entries = "".join(
        f'<item rdf:about="{home}{row.path}"><title>{escape(row.title)}</title><link>{home}{row.path}</link>'
        f"<dc:date>{row.day}</dc:date></item>"
        for row in rows
    )
    return _xml(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{home}/"><title>Observer</title>'
        f"<link>{home}/</link></channel>{entries}</rdf:RDF>"
    )


def _wire(path: str, rows: Rows, home: str) -> Response | None:
    """A JSON feed, beside an old feed that still answers with what was news years ago."""
    if path == "/feed.json":
        items = [
            {
                "id": row.path,
                "url": f"{home}{row.path}",
                "title": row.title,
                "date_published": at_noon(row.day).isoformat(),
            }
            for row in rows
        ]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": items}
        body = json.dumps(feed, ensure_ascii=False).encode()
        return Response(content_type="application/feed+json", body=body)
    if path == "/old.rss":
        # It lists what stands in the living feed too, but says that it is of 2018.
        item = (
            f"<item><title>{escape(rows[-1].title)}</title><link>{home}{rows[-1].path}</link>"
            "<pubDate>Fri, 12 Jan 2018 10:00:00 GMT</pubDate></item>"
        )
        return _xml(f'<rss version="2.0"><channel><title>Wire</title>{item}</channel></rss>')
    return None


def _ministry(path: str, rows: Rows, _: str) -> Response | None:
    """A list over several pages, the second of which is counted as 1; no rule says what an article is."""
    pages = -(-len(rows) // PAGE_ROWS)
    names = ["/xwzx/", *(f"/xwzx/index_{number}.html" for number in range(1, pages))]
    if path not in names:
        return None
    number = names.index(path)
    shown = rows[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
    listed = "".join(
        f'<li><a href="{row.path}" target="_blank">{escape(row.title)}</a><span>{row.day}</span></li>'
        for row in shown
    )
    pager = "".join(f'<a href="{name}">{n + 1}</a>' for n, name in enumerate(names) if n != number)
    body = f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>新闻中心</title></head><body>
<div class="head"><ul class="menu"><li><a href="/">首页</a></li><li><a href="/jgsz/">机构设置</a></li>
<li><a href="/zcfb/">政策发布</a></li></ul></div><div class="list"><ul class="u-list">{listed}</ul></div>
<div class="page">{pager}</div><div class="foot"><a href="/wzdt/">网站地图</a></div></body></html>"""
    return Response(body=body.encode())


_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _xml(body: str) -> Response:
    return Response(
        content_type="application/xml; charset=utf-8",
        body=f'<?xml version="1.0" encoding="UTF-8"?>{body}'.encode(),
    )


def _in_words(months: str, form: str) -> Callable[[date], str]:
    names = months.split()
    return lambda day: form.format(day=day.day, month=names[day.month - 1], year=day.year)


GAZETTE = WorldPortal(
    host="127.0.0.6",
    title="Gaceta del Litoral (demo)",
    language="es",
    lists=_gazette,
    source={"sitemaps": ["/sitemap_index.xml"], "include": [r"/\d{4}/\d{2}/[a-z0-9-]+/$"]},
    day=_in_words(MONTHS_ES, "{day} de {month} de {year}"),
    related="Te puede interesar",
    names=("Economía", "Cultura", "Deportes"),
    stamp="json-ld",
)
JOURNAL = WorldPortal(
    host="127.0.0.7",
    title="Journal des Halles (demo)",
    language="fr",
    lists=_journal,
    source={"feeds": ["/flux/atom.xml"], "include": [r"/\d{4}/\d{2}/[a-z0-9-]+/$"]},
    day=_in_words(MONTHS_FR, "Publié le {day} {month} {year}"),
    related="À lire aussi",
    names=("Économie", "Culture", "Sports"),
    stamp="time",
)
OBSERVER = WorldPortal(
    host="127.0.0.8",
    title="北の観測 (demo)",
    language="ja",
    lists=_observer,
    source={"feeds": ["/feed.rdf"], "include": [r"/articles/\d{4}/\d{2}/news\d+\.html$"]},
    day=lambda day: f"{day.year}年{day.month}月{day.day}日",
    related="関連記事",
    names=("経済", "文化", "暮らし"),
)
WIRE = WorldPortal(
    host="127.0.0.9",
    title="Речной вестник (demo)",
    language="ru",
    lists=_wire,
    source={"feeds": ["/feed.json", "/old.rss"], "include": [r"/ekonomika/\d+$"]},
    day=_in_words(MONTHS_RU, "{day} {month} {year} г."),
    related="Читайте также",
    names=("Экономика", "Культура", "Спорт"),
)
MINISTRY = WorldPortal(
    host="127.0.0.10",
    title="海岛县人民政府 (demo)",
    language="zh",
    lists=_ministry,
    source={"sections": ["/xwzx/"], "timezone": "Asia/Shanghai"},
    day=lambda day: f"发布时间：{day.isoformat()}",
    related="相关新闻",
    names=("政务", "服务", "互动"),
)
