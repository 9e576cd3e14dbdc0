"""Crawl a hostile portal, in which good pages stand beside every trick that we know, and look at all of it.

    python bench/adversary.py [--tricks 0] [--good 50] [--seed 1] [--timeout 30] [--reading 10] [--unguarded]

--tricks N takes N of each family that costs time, chosen by the seed, and no crowd; 0 means all. Printed is
one JSON object: what went another way than it must, and the figures. The exit code is 1 when anything did.

The crawl runs with a resolver of our own, whose answers change, and with a connector that notes every address
and leads all but that of the portal to a closed port of loopback. --unguarded switches our resolver off,
to show that the connector would see what it must never see.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from adversary import tls  # noqa: E402
from adversary.lists import ListTrick, all_lists  # noqa: E402
from adversary.tricks import ARCHIVED, Trick, all_tricks, article, article_lines  # noqa: E402
from adversary.wire import DOMAIN, Server, Wire  # noqa: E402
from support import listening_sockets  # noqa: E402

from storage import captures, exchange, reports  # noqa: E402
from storage.archive import open_archive  # noqa: E402
from storage.errors import ArticleNotFound  # noqa: E402

OWN = "127.0.0.9"

MOST_MEGABYTES = 400

# Families of which a trick takes no longer than a good page.
CHEAP = ("redirects", "texts", "types", "broken", "documents", "names")

T = TypeVar("T", Trick, ListTrick)


def choose(tricks: list[T], family: str, count: int, seed: int) -> list[T]:
    """Return so many tricks of each costly family, or all."""
    if not count:
        return tricks
    chance = random.Random(seed)
    chosen: list[T] = []
    for name, group in groupby(tricks, key=lambda trick: str(getattr(trick, family))):
        members = list(group)
        if name in CHEAP:
            chosen += members
        elif name != "crowd":
            chosen += chance.sample(members, min(count, len(members)))
    return chosen


class Portal:
    """The servers of a hostile portal, its good pages and its tricks."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.server = Server(OWN)
        self.secret = Server(OWN, context=tls.self_signed_context(f"tls.{DOMAIN}"))
        self.base = self.server.url("lists", "")
        self.following = 3
        tricks = all_tricks(OWN)
        lists = all_lists(self.base, fan=2 if options.tricks else 10, pages=self.following)
        self.tricks = choose(tricks, "family", options.tricks, options.seed)
        self.lists = choose(lists, "purpose", options.tricks, options.seed)
        self.good = [f"/news/good-{number}.html" for number in range(options.good)]
        answers = self.server.answers
        for trick in self.tricks:
            answers[trick.name, ""] = trick.answer
            if trick.robots is not None:
                answers[trick.name, "/robots.txt"] = trick.robots
        for path in self.good:
            answers["good", path] = partial(_respond, article(path))
        answers["lists", ""] = self._list
        self.secret.answers["tls", ""] = partial(_respond, article("tls"))
        self.expected = {self.server.url(t.name, t.path): t.outcome for t in self.tricks}
        self.expected |= {self.server.url("good", path): ARCHIVED for path in self.good}
        named = [name for trick in self.lists for name in trick.good]
        self.expected |= {f"{self.base}/good/{name}.html": ARCHIVED for name in named}
        self.linked = [*(self.server.url("good", p) for p in self.good)]
        self.linked += [self.server.url(trick.name, trick.path) for trick in self.tricks]
        tls_url = f"https://tls.{DOMAIN}:{self.secret.port}/news/a.html"
        self.linked.append(tls_url)
        self.expected[tls_url] = ("failed", "tls")

    def _list(self, wire: Wire) -> None:
        if wire.path == "/feed":
            items = "".join(f"<item><title>t</title><link>{u}</link></item>" for u in self.linked)
            feed = f'<rss version="2.0"><channel>{items}</channel></rss>'
            wire.respond(feed.encode(), kind="application/rss+xml")
            return
        if wire.path.startswith("/good/"):
            wire.respond(article(wire.path))
            return
        name = wire.path.split("/")[1]
        trick = next((trick for trick in self.lists if trick.name == name), None)
        if trick is None:
            wire.respond(b"nothing here", status="404 Not Found")
        else:
            trick.answer(wire)

    def config(self, options: argparse.Namespace) -> str:
        """Return the configuration of the crawl."""

        def urls(purpose: str) -> str:
            named = [f"{self.base}/{t.name}" for t in self.lists if t.purpose == purpose]
            return json.dumps([f"{self.base}/feed", *named] if purpose == "feed" else named)

        return f"""
contact = "you@example.org"
allow_networks = ["{OWN}/32"]
request_timeout = {options.timeout}
reading_seconds = {options.reading}
following_pages = {self.following}
[source.adversary]
title = "Adversary"
home = "http://{DOMAIN}:{self.server.port}/"
keep = "all"
delay = 0
exclude = ["/spam/"]
feeds = {urls("feed")}
sitemaps = {urls("sitemap")}
sections = {urls("section")}
"""

    def names(self) -> dict[str, list[Any]]:
        """Return what the resolver answers for each name, in its order."""
        return {f"{trick.name}.{DOMAIN}": list(trick.dns) for trick in self.tricks if trick.dns}


def _respond(body: bytes, wire: Wire) -> None:
    wire.respond(body, 'ETag: "always-the-same"', "Set-Cookie: id=1")


@contextmanager
def watch_listeners(pid: int) -> Iterator[set[str]]:
    """Note the sockets on which a process or a child of it listens, for as long as it runs."""
    seen: set[str] = set()
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.2):
            seen.update(listening_sockets(pid))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tricks", type=int, default=0)
    parser.add_argument("--good", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=30)
    parser.add_argument("--reading", type=float, default=10)
    parser.add_argument("--unguarded", action="store_true")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        portal = Portal(options)
        stack.callback(portal.server.close)
        stack.callback(portal.secret.close)
        result = run(portal, folder, options)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    sys.exit(bool(result["wrong"]))


def run(portal: Portal, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Crawl the portal once and compare what came of it with what must come."""
    (folder / "wireroom.toml").write_text(portal.config(options), encoding="utf-8")
    (folder / "names.json").write_text(json.dumps(portal.names()), encoding="utf-8")
    script = ROOT / "tests" / "adversary" / "crawling.py"
    archive, report = folder / "wireroom.db", folder / "report.json"
    closed = "http://127.0.0.1:9"
    environment = {
        **os.environ,
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "ALL_PROXY"), closed),
        "PYTHONPATH": str(ROOT),
        "ADVERSARY_UNGUARDED": "1" if options.unguarded else "",
    }
    words = ["--archive", str(archive), "crawl", "--json"]
    started = time.monotonic()
    with (
        subprocess.Popen(
            [sys.executable, str(script), OWN, str(folder / "names.json"), str(report), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        ) as crawl,
        watch_listeners(crawl.pid) as listening,
    ):
        out, err = crawl.communicate(timeout=900)
    seconds = time.monotonic() - started
    seen = json.loads(report.read_text(encoding="utf-8"))
    with open_archive(archive) as opened, opened.read() as db:
        found = {row.url: (row.state, row.kind, row.reason) for row in reports.outcomes(db)}
        texts = {record["text"] for record in exchange.export(db)}
        killed = [url for url, (_, kind, _) in found.items() if kind == "worker killed"]
        lost = [url for url in killed if not has_capture(db, url)]
    (summary,) = json.loads(out)["sources"]
    wrong = {
        "outcomes": wrong_outcomes(portal, found),
        "texts": [path for path in portal.good if "\n".join(article_lines(path)) not in texts],
        "not kept": lost,
        "lists": wrong_lists(portal, summary["problems"]),
        "forbidden addresses": sorted({*seen["connected"], *seen["on_the_wire"]} - {OWN}),
        "names looked up elsewhere": seen["looked_up"],
        "listening": sorted(listening),
        "headers": wrong_headers(portal),
        "memory": [seen["peak_mb"]] if seen["peak_mb"] > MOST_MEGABYTES else [],
        "stderr": [line for line in err.splitlines() if "Traceback" in line or "Error" in line],
    }
    good = [found.get(portal.server.url("good", path), ("",))[0] for path in portal.good]
    return {
        "wrong": {name: what for name, what in wrong.items() if what},
        "tricks": len(portal.tricks) + 1,
        "lists": len(portal.lists),
        "good": f"{good.count('archived')} of {len(good)}",
        "seconds": round(seconds, 1),
        "cpu": round(seen["cpu"], 1),
        "peak_mb": seen["peak_mb"],
        "requests": len(portal.server.asked) + len(portal.secret.asked),
    }


def has_capture(db: sqlite3.Connection, url: str) -> bool:
    """Say whether the response of a URL was kept."""
    try:
        return bool(captures.captures_of(db, url))
    except ArticleNotFound:
        return False


def wrong_outcomes(
    portal: Portal, found: dict[str, tuple[str, str | None, str | None]]
) -> list[str]:
    """Return what is called by another name than it must be, and what should not be known at all."""
    wrong = []
    for url, wanted in portal.expected.items():
        state, kind, reason = found.get(url, ("never met", None, None))
        if (state, kind) != wanted:
            wrong.append(f"{url}: {state}/{kind} ({reason}), not {wanted[0]}/{wanted[1]}")
    wrong += [f"{url}: {found[url]}" for url in found if url not in portal.expected]
    return wrong


def wrong_lists(portal: Portal, problems: list[str]) -> list[str]:
    """Return the hostile lists of which something else was said, or that led too far."""
    wrong = []
    for trick in portal.lists:
        url = f"{portal.base}/{trick.name}"
        said = [problem for problem in problems if f"{url}:" in problem or f"{url}/" in problem]
        if said and not trick.said:
            wrong.append(f"{trick.name}: {said}")
        if trick.said and not any(word in problem for problem in said for word in trick.said):
            wrong.append(f"{trick.name}: {said}, not {trick.said!r}")
        asked = [a.path for a in portal.server.asked if a.path.split("/")[1] == trick.name]
        if len(asked) > trick.most:
            wrong.append(f"{trick.name}: asked for {len(asked)} times, at most {trick.most}")
        never = [a.path for a in portal.server.asked if a.path.startswith(trick.never)]
        wrong += [f"{trick.name}: asked for {path}" for path in never if trick.never]
    return wrong


def wrong_headers(portal: Portal) -> list[str]:
    """Return what requests carried that they must not."""
    forbidden = ("cookie", "referer", "authorization", "proxy-")
    asked = [*portal.server.asked, *portal.secret.asked]
    return sorted({h for a in asked for h in a.headers if h.lower().startswith(forbidden)})


if __name__ == "__main__":
    main()
