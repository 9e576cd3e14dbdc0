"""Crawl a folder of real pages from loopback, and score what the archive holds against the truth.

    python bench/real_pages.py --corpus FOLDER

FOLDER holds `pages.jsonl` (id, url, html, text, title, authors, published: one page a line) and the
gzipped pages. Each original host is served on a loopback address of its own, with a feed for one half of
its pages and a sitemap for the other; everything is kept, without delay. Printed are the pages that
became articles, every other one with its reason, the F1 of the text, and the cost.

How text is scored is told in scoring.py.
"""

import argparse
import gzip
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from scoring import average, compare, names, normal, without_title
from tree_cost import cost_of

from scraper.demo.records import Response
from scraper.demo.server import LoggedRequest, PortalServer
from storage import exchange, reports
from storage.archive import open_archive


class Corpus:
    """The pages, served: an original host on a loopback address of its own."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / "pages.jsonl").read_text(encoding="utf-8").splitlines()
        self.pages: list[dict[str, Any]] = [json.loads(line) for line in lines]
        self.pages = [page for page in self.pages if page["url"]]
        self.folder = folder
        names = sorted({urlsplit(page["url"]).netloc for page in self.pages})
        self.hosts = {name: f"127.1.{1 + n // 200}.{1 + n % 200}" for n, name in enumerate(names)}
        self.servers: list[PortalServer] = []
        self.port = 0

    def start(self) -> None:
        """Serve every host."""
        log: list[LoggedRequest] = []
        for name, host in self.hosts.items():
            server = PortalServer(host, self.port, self._responder(name), log)
            self.port = server.port
            self.servers.append(server)

    def body(self, page: dict[str, Any]) -> bytes:
        """Return a page as it was served."""
        return gzip.decompress((self.folder / page["html"]).read_bytes())

    def url(self, page: dict[str, Any]) -> str:
        """Return where a page is served."""
        parts = urlsplit(page["url"])
        query = f"?{parts.query}" if parts.query else ""
        return f"http://{self.hosts[parts.netloc]}:{self.port}{parts.path or '/'}{query}"

    def config(self) -> str:
        """Return the wireroom.toml that crawls it all."""
        lines = ['allow_networks = ["127.0.0.0/8"]', "crawl_minutes = 60", ""]
        for number, (name, host) in enumerate(self.hosts.items()):
            home = f"http://{host}:{self.port}"
            lines += [
                f"[source.host_{number}]",
                f"title = {json.dumps(name)}",
                f'home = "{home}/"',
                f'feeds = ["{home}/wireroom-feed.xml"]',
                f'sitemaps = ["{home}/wireroom-sitemap.xml"]',
                'delay = 0\nkeep = "all"\n',
            ]
        return "\n".join(lines)

    def _responder(self, name: str) -> Any:  # noqa: ANN401 - a closure
        own = [page for page in self.pages if urlsplit(page["url"]).netloc == name]
        by_target = {self._target(page): page for page in own}

        def respond(target: str) -> Response | None:
            if target == "/wireroom-feed.xml":
                rows = "".join(
                    f"<item><title>{escape(page['title'] or '')}</title>"
                    f"<link>{escape(self.url(page))}</link></item>"
                    for page in own[::2]
                )
                body = f'<?xml version="1.0"?><rss version="2.0"><channel>{rows}</channel></rss>'
                return Response(content_type="application/rss+xml", body=body.encode())
            if target == "/wireroom-sitemap.xml":
                rows = "".join(f"<url><loc>{escape(self.url(p))}</loc></url>" for p in own[1::2])
                space = "http://www.sitemaps.org/schemas/sitemap/0.9"
                body = f'<urlset xmlns="{space}">{rows}</urlset>'
                return Response(content_type="application/xml", body=body.encode())
            if target in by_target:
                return Response(content_type="text/html", body=self.body(by_target[target]))
            return None

        return respond

    def _target(self, page: dict[str, Any]) -> str:
        from scraper.urls import canonicalise  # noqa: PLC0415 - the crawl asks for canonical URLs

        parts = urlsplit(canonicalise(page["url"]))
        return parts.path + (f"?{parts.query}" if parts.query else "")


def main() -> None:
    """Crawl, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, metavar="FOLDER")
    corpus = Corpus(parser.parse_args().corpus)
    corpus.start()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "wireroom.toml").write_text(corpus.config(), encoding="utf-8")
        command = [sys.executable, "-m", "wireroom", "--archive", str(folder / "wireroom.db")]
        cost = cost_of([*command, "crawl", "--json"], folder=folder, environment=os.environ)
        archive = open_archive(folder / "wireroom.db")
        with archive.read() as db:
            records = list(exchange.export(db))
            met = {row.url: row for row in reports.outcomes(db)}
        archive.close()
    report(corpus, records, met)
    number = len(corpus.pages)
    print(
        f"\n{number / cost.wall:.1f} pages a second, {1000 * cost.cpu / number:.0f} ms CPU a page"
    )


def report(corpus: Corpus, records: list[dict[str, Any]], met: dict[str, Any]) -> None:
    """Print what became of the pages."""
    from scraper.urls import canonicalise  # noqa: PLC0415 - the archive holds canonical URLs

    read = {appearance["url"]: record for record in records for appearance in record["appearances"]}
    pairs, titles, days, authors, lost = [], 0, 0, 0, []
    for page in corpus.pages:
        url = canonicalise(corpus.url(page))
        record = read.get(url)
        if record is None:
            row = met.get(url)
            lost.append(
                f"{page['id']}: {row.state}, {row.kind}: {row.reason}"
                if row
                else f"{page['id']}: not met"
            )
            continue
        pairs.append(
            compare(
                without_title(record["text"], page["title"]),
                without_title(page["text"], page["title"]),
            )
        )
        titles += normal(record["title"]) == normal(page["title"] or "")
        days += (record["published_date"] or "")[:10] == str(page["published"])[:10]
        authors += names(record["authors"]) == names(page["authors"])
    grouped = [r for r in records if len(r["appearances"]) > 1]
    precision, recall, f1 = average(pairs)
    print(
        f"{len(pairs)} of {len(corpus.pages)} pages became articles ({len(grouped)} groups of copies)"
    )
    for line in lost:
        print(f"  not an article: {line}")
    print(f"text: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    print(
        f"title {titles / len(pairs):.2f}, day {days / len(pairs):.3f}, authors {authors / len(pairs):.2f}"
    )


if __name__ == "__main__":
    main()
