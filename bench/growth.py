"""How the archive grows: adding, finding copies and searching at several sizes, and the bulk import.

    python bench/growth.py --sizes 10000,100000,300000 --folder /tmp/growth
    python bench/growth.py --import 1000000 --folder /tmp/growth

Texts are generated, of the length of news (a median of 400 words), with the frequencies of words of a
language (Zipf); a fifth of them is in Han characters. Every hundredth is an altered copy of an earlier one.
"""

import argparse
import json
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage import articles, copies, importing, search
from storage.archive import Archive, open_archive
from storage.importing import Imported
from storage.records import Article, Evidence, Outcome, Relevance, State, key_of, utc_text
from storage.search import Filters

WORDS = 60_000
HAN = [chr(point) for point in range(0x4E00, 0x4E00 + 3000)]
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
SOURCES = [f"portal_{number}" for number in range(50)]
GROUP = 50
TIMED = 1000


class Newsroom:
    """Endless articles, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)
        letters = "etaoinshrdlucmfwypvbgkjqxz"
        self.words = [
            "".join(self._chance.choices(letters, k=self._chance.randint(3, 9)))
            for _ in range(WORDS)
        ]
        self._weights = self._cumulated(WORDS)
        self._han_weights = self._cumulated(len(HAN))
        self._last = ""

    @staticmethod
    def _cumulated(count: int) -> list[float]:
        total, sums = 0.0, []
        for rank in range(1, count + 1):
            total += 1 / rank
            sums.append(total)
        return sums

    def common_words(self, count: int = 20) -> list[str]:
        """Return words that stand in many texts."""
        return self.words[100 : 100 + count]

    def text(self, number: int) -> tuple[str, str]:
        """Return the language and the text of an article."""
        if number % 100 == 99 and self._last:
            words = self._last.split(" ")
            for at in self._chance.sample(range(len(words)), max(1, len(words) // 30)):
                words[at] = "altered"
            return "en", " ".join(words)
        length = max(60, min(2000, int(self._chance.lognormvariate(6.0, 0.6))))
        if number % 5 == 4:
            runs = self._chance.choices(HAN, cum_weights=self._han_weights, k=2 * length)
            return "zh", "，".join("".join(runs[at : at + 12]) for at in range(0, len(runs), 12))
        self._last = " ".join(self._chance.choices(self.words, cum_weights=self._weights, k=length))
        return "en", self._last

    def outcome(self, number: int) -> Outcome:
        """Return the outcome of one article."""
        language, text = self.text(number)
        at = BEGIN + timedelta(minutes=3 * number)
        url = f"http://{SOURCES[number % 50]}.example/{at:%Y/%m}/{number}.html"
        title = text[:60]
        article = Article(
            title=title,
            text=text,
            authors=("A. Reporter",),
            published_date=at.date(),
            language=language,
            extractor="bench 1",
        )
        evidence = (Evidence(term="digital economy", kind="field", place="title", weight=2.0),)
        return Outcome(
            url=url,
            source=SOURCES[number % 50],
            state=State.ARCHIVED,
            at=at,
            final_url=url,
            title=title,
            article=article,
            relevance=Relevance(score=2.0, relevant=True, evidence=evidence, rules="bench"),
        )

    def record(self, number: int) -> dict[str, object]:
        """Return one article as `export` writes it."""
        outcome = self.outcome(number)
        article = outcome.article
        if article is None:
            raise ValueError(number)
        day, moment = str(article.published_date), utc_text(outcome.at)
        version = {
            "number": 1,
            "cause": "first",
            "title": article.title,
            "published_date": day,
            "published_at": None,
            "published_precision": "day",
            "published_raw": day,
            "modified_at": None,
            "language": article.language,
            "outlet": None,
            "credit": None,
            "section": None,
            "description": None,
            "image_url": None,
            "image_caption": None,
            "license": None,
            "canonical_claim": None,
            "extractor": article.extractor,
            "capture_digest": None,
            "seen_at": moment,
            "authors": list(article.authors),
            "keywords": [],
            "changes": [],
            "provenance": {},
            "text": None,
        }
        appearance = {
            "key": key_of(outcome.url),
            "url": outcome.url,
            "source": outcome.source,
            "title": article.title,
            "first_seen_at": moment,
            "checked_at": moment,
            "gone_at": None,
            "relevance": None,
            "found": [],
            "history": [version],
        }
        return {"text": article.text, "appearances": [appearance]}


def milliseconds(step: Callable[[], object]) -> float:
    """Return how long a step takes."""
    begun = time.perf_counter()
    step()
    return 1000 * (time.perf_counter() - begun)


def grow(archive: Archive, newsroom: Newsroom, begin: int, end: int) -> None:
    """Add the articles from one number up to another, in groups as a crawl does."""
    for first in range(begin, end, GROUP):
        add(archive, [newsroom.outcome(n) for n in range(first, min(first + GROUP, end))])


def add(archive: Archive, outcomes: Sequence[Outcome]) -> None:
    """Add a group of articles as a crawl does, one at a time and committed together."""
    with archive.write() as db:
        for outcome in outcomes:
            articles.record(db, outcome, captures=archive.captures)


def measure(archive: Archive, newsroom: Newsroom, size: int, folder: Path) -> dict[str, float]:
    """Return what adding one more and searching cost at a size."""
    adding, cpu, looking = [], [], []
    for first in range(size, size + TIMED, GROUP):
        outcomes = [newsroom.outcome(number) for number in range(first, first + GROUP)]
        with archive.read() as db:
            for outcome in outcomes:
                if outcome.article is not None:
                    chosen = copies.sketch_text(outcome.article.text)
                    looking.append(milliseconds(lambda found=chosen: copies.candidates(db, found)))
        begun = time.process_time()
        adding.append(milliseconds(lambda added=outcomes: add(archive, added)) / GROUP)
        cpu.append(1000 * (time.process_time() - begun) / GROUP)
    figures = {
        "articles": size,
        "add_ms": statistics.median(adding),
        "add_p95_ms": statistics.quantiles(adding, n=20)[-1],
        "add_cpu_ms": statistics.mean(cpu),
        "copies_ms": statistics.median(looking),
        "bytes_an_article": sum(f.stat().st_size for f in folder.glob("growth.db*")) / size,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }
    figures |= searches(archive, newsroom)
    return figures


def searches(archive: Archive, newsroom: Newsroom, rounds: int = 20) -> dict[str, float]:
    """Return the median and the 95th percentile of searches of each kind, in milliseconds.

    The CPU time of this thread tells what a search costs on a machine that does nothing else.
    """
    chance = random.Random(7)
    figures: dict[str, float] = {}
    words = newsroom.words
    months = Filters(since=date(2020, 2, 1), until=date(2020, 4, 30), sources=(SOURCES[3],))

    def word(low: int, high: int) -> str:
        return words[chance.randint(low, high)]

    kinds: dict[str, tuple[Callable[[], str], Filters]] = {
        "rare word": (lambda: word(20_000, 40_000), Filters()),
        "common word": (lambda: word(100, 300), Filters()),
        "commonest word": (lambda: word(0, 3), Filters()),
        "two words": (lambda: f"{word(100, 300)} {word(300, 3000)}", Filters()),
        "two Han": (lambda: "".join(chance.sample(HAN[20:200], 2)), Filters()),
        "phrase": (lambda: f'"{word(60, 600)} {word(60, 600)}"', Filters()),
        "phrase of the commonest": (lambda: f'"{word(5, 60)} {word(5, 60)}"', Filters()),
        "filtered": (lambda: word(300, 900), months),
    }
    for name, (query, filters) in kinds.items():
        took, cpu = [], []
        for _ in range(rounds):
            text = query()
            with archive.read() as db:
                begun = time.thread_time()
                took.append(
                    milliseconds(
                        lambda text=text, db=db, filters=filters: search.search(
                            db, text, filters=filters
                        )
                    )
                )
                cpu.append(1000 * (time.thread_time() - begun))
        figures[f"{name} p50"] = statistics.median(took)
        figures[f"{name} p95"] = statistics.quantiles(took, n=20)[-1]
        figures[f"{name} p95 CPU"] = statistics.quantiles(cpu, n=20)[-1]
    return figures


def bulk(archive: Archive, newsroom: Newsroom, total: int) -> Iterator[tuple[int, float]]:
    """Import so many articles as `import` does, and say how long each tenth took an article."""
    counts, begun = Imported(), time.perf_counter()
    batch = 1000
    for first in range(0, total, batch):
        records = [json.loads(json.dumps(newsroom.record(n))) for n in range(first, first + batch)]
        with archive.write() as db:
            for record in records:
                importing.import_record(db, record, counts)
        if (first + batch) % max(batch, total // 10) == 0:
            yield first + batch, 1000 * (time.perf_counter() - begun) / (first + batch)


def main() -> None:
    """Print a line of figures a size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--import", dest="bulk", type=int, default=0)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    newsroom = Newsroom()
    with open_archive(options.folder / "growth.db", create=True) as archive:
        if options.bulk:
            for done, each in bulk(archive, newsroom, options.bulk):
                print(json.dumps({"imported": done, "ms_an_article": round(each, 3)}), flush=True)
            print(json.dumps(measure(archive, newsroom, options.bulk, options.folder)), flush=True)
            return
        done = 0
        for size in map(int, options.sizes.split(",")):
            grow(archive, newsroom, done, size)
            figures = measure(archive, newsroom, size, options.folder)
            print(json.dumps({n: round(v, 3) for n, v in figures.items()}), flush=True)
            done = size + TIMED


if __name__ == "__main__":
    main()
