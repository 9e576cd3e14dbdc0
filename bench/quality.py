"""How well Wireroom and its peers read real pages: text, snippets, metadata, refusals.

    python bench/quality.py --corpus FOLDER [--sets ...] [--extractors ...] [--cache FOLDER]

FOLDER holds a folder a set: `pages.jsonl` (id, url, html, text, title, authors, published, with,
without: one page a line; what is unknown is null) and the gzipped pages. Printed are, a set: precision,
recall and F1 of the text; the shares of snippets kept and dropped; the shares of titles, days and authors
that are right, where the truth names them. Then the paired difference a page between Wireroom and
trafilatura's best setting, with its bootstrap 95 % interval, and the articles that Wireroom refused.
Peers are in the dependency group `bench`.
"""

import argparse
import gzip
import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

from extractors import EXTRACTORS, Reading, read
from scoring import average, bootstrap, compare, f1, names, normal, without_title

SETS = ("benchmark", "publishers", "web", "chinese", "snippets")
PROCESSES = 2
REFERENCES = ("trafilatura", "trafilatura precision", "trafilatura fast")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A page of the corpus."""

    group: str
    """The set it is in."""
    truth: dict[str, Any]
    """Its line in pages.jsonl."""
    file: Path
    """The gzipped page."""

    @property
    def url(self) -> str:
        """Return where it was, or a place where it could be."""
        return self.truth["url"] or f"https://unknown.invalid/{self.truth['id']}"

    def body(self) -> bytes:
        """Return the page as it was served."""
        return gzip.decompress(self.file.read_bytes())


def load_samples(corpus: Path, sets: Sequence[str] = SETS) -> list[Sample]:
    """Return the pages of a corpus."""
    samples = []
    for group in sets:
        lines = (corpus / group / "pages.jsonl").read_text(encoding="utf-8").splitlines()
        truths = map(json.loads, lines)
        samples += [
            Sample(group=group, truth=truth, file=corpus / group / truth["html"])
            for truth in truths
        ]
    return samples


def read_sample(sample: Sample, *, name: str, cache: Path | None) -> Reading:
    """Read a page with an extractor."""
    return read(name, sample.body(), sample.url, cache)


def read_samples(samples: Sequence[Sample], name: str, cache: Path | None) -> list[Reading]:
    """Read pages with an extractor, in their order."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        task = partial(read_sample, name=name, cache=cache)
        return list(pool.map(task, samples, chunksize=4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one page was read; None where the truth says nothing."""

    text: tuple[float, float] | None
    """Precision and recall."""
    kept: tuple[int, int]
    """Snippets that must be in the text: found, all."""
    dropped: tuple[int, int]
    """Snippets that must not be in it: absent, all."""
    title: bool | None
    """Whether the title is right."""
    day: bool | None
    """Whether the day is."""
    authors: bool | None
    """Whether the set of authors is."""


def judge(reading: Reading, truth: dict[str, Any]) -> Score:
    """Hold a reading against the truth."""
    titles = (truth["title"], reading.title)
    text = None
    if truth["text"]:
        text = compare(without_title(reading.text, *titles), without_title(truth["text"], *titles))
    flat = flatten(reading.text)
    wanted, unwanted = truth.get("with") or [], truth.get("without") or []
    return Score(
        text=text,
        kept=(sum(flatten(one) in flat for one in wanted), len(wanted)),
        dropped=(sum(flatten(one) not in flat for one in unwanted), len(unwanted)),
        title=normal(reading.title) == normal(truth["title"]) if truth["title"] else None,
        day=reading.day == str(truth["published"])[:10] if truth["published"] else None,
        authors=names(reading.authors) == names(truth["authors"]) if truth["authors"] else None,
    )


def flatten(text: str) -> str:
    """Return a text as snippets are looked for in it: whitespace does not count."""
    return "".join(unicodedata.normalize("NFC", text).split())


def share(values: Sequence[bool | None]) -> str:
    """Return the share of what is right among what is known."""
    known = [value for value in values if value is not None]
    return f"{fmean(known):.3f}" if known else "-"


def ratio(pairs: Sequence[tuple[int, int]]) -> str:
    """Return the share of snippets over all pages."""
    whole = sum(n for _, n in pairs)
    return f"{sum(n for n, _ in pairs) / whole:.3f}" if whole else "-"


def describe(name: str, scores: Sequence[Score]) -> str:
    """Return an extractor's row in the table of a set."""
    texts = [score.text for score in scores if score.text is not None]
    figures = [f"{value:.4f}" for value in average(texts)] if texts else ["-"] * 3
    figures += [ratio([s.kept for s in scores]), ratio([s.dropped for s in scores])]
    figures += [share([s.title for s in scores]), share([s.day for s in scores])]
    figures += [share([s.authors for s in scores])]
    return f"  {name:<24}" + "".join(f"{figure:>11}" for figure in figures)


def differences(ours: Sequence[Score], theirs: Sequence[Score]) -> list[float]:
    """Return our F1 less theirs on every page with a true text."""
    pairs = ((a.text, b.text) for a, b in zip(ours, theirs, strict=True))
    return [f1(*a) - f1(*b) for a, b in pairs if a is not None and b is not None]


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--sets", nargs="+", default=SETS, metavar="SET")
    parser.add_argument(
        "--extractors", nargs="+", default=list(EXTRACTORS), choices=EXTRACTORS, metavar="NAME"
    )
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="keep what peers read")
    options = parser.parse_args()
    samples = load_samples(options.corpus, options.sets)
    readings: dict[str, list[Reading]] = {}
    for name in options.extractors:
        print(f"reading with {name}", file=sys.stderr)
        readings[name] = read_samples(samples, name, options.cache)
    scores = {
        name: [judge(reading, sample.truth) for reading, sample in zip(own, samples, strict=True)]
        for name, own in readings.items()
    }
    for line in report(samples, readings, scores, options.sets):
        print(line)


def report(
    samples: Sequence[Sample],
    readings: dict[str, list[Reading]],
    scores: dict[str, list[Score]],
    sets: Sequence[str],
) -> Iterator[str]:
    """Yield the lines of the report."""
    places = {group: [n for n, s in enumerate(samples) if s.group == group] for group in sets}
    groups = {**places, "all": list(range(len(samples)))}
    columns = ("precision", "recall", "F1", "kept", "dropped", "title", "day", "authors")
    head = "".join(f"{column:>11}" for column in columns)
    for group, where in groups.items():
        yield f"\n{group}, {len(where)} pages\n  {'':<24}{head}"
        for name, own in scores.items():
            yield describe(name, [own[n] for n in where])
    references = [name for name in REFERENCES if name in scores]
    for name in (name for name in scores if name.startswith("wireroom") and references):
        yield f"\n{name} less trafilatura's best setting, F1 a page"
        for group, where in groups.items():
            theirs = max(references, key=lambda one: mean_f1([scores[one][n] for n in where]))
            found = differences(
                [scores[name][n] for n in where], [scores[theirs][n] for n in where]
            )
            if found:
                mean, low, high = bootstrap(found)
                yield f"  {group:<12}{mean:+.4f}  [{low:+.4f}, {high:+.4f}]  against {theirs}"
    for name in (name for name in readings if name.startswith("wireroom")):
        refused = [
            f"  {sample.group} {sample.truth['id']}: {reading.refused}"
            for reading, sample in zip(readings[name], samples, strict=True)
            if reading.refused
        ]
        yield f"\n{name}: {len(refused)} of {len(samples)} pages refused"
        yield from refused


def mean_f1(scores: Sequence[Score]) -> float:
    """Return the mean F1 over the pages with a true text."""
    return fmean([f1(*score.text) for score in scores if score.text is not None] or [0.0])


if __name__ == "__main__":
    main()
