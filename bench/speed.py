"""What reading a page costs beside trafilatura, and how well two workers share the work.

    python bench/speed.py --corpus FOLDER [--sets ...]

FOLDER is as for quality.py. Every extractor reads the same pages in turn, page by page in one process,
so that whatever else the machine does falls on all of them. Printed are the CPU of each as a multiple of
that of trafilatura's `bare_extraction(with_metadata=True)`, beside the F1 of the text over the pages with a
true one: the curve of quality over cost. Then the pages a second of a pool with two workers as a multiple of
one with one worker, the median of five runs in turn.
"""

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from extractors import EXTRACTORS, Reading, page_of
from quality import SETS, Sample, judge, load_samples
from scoring import average

from scraper import ingest
from scraper.sources import Source
from scraper.workers import WorkerPool

REFERENCE = "trafilatura"
CURVE = (
    "wireroom best",
    "wireroom fast",
    REFERENCE,
    "trafilatura precision",
    "trafilatura fast",
    "readability-lxml",
    "resiliparse",
)
ROUNDS = 5
WARM_UP = 12


def measure(
    samples: Sequence[Sample], names: Sequence[str]
) -> dict[str, tuple[float, list[Reading]]]:
    """Return the CPU seconds of each extractor, and what it read."""
    bodies = [sample.body() for sample in samples]
    spent = dict.fromkeys(names, 0.0)
    readings: dict[str, list[Reading]] = {name: [] for name in names}
    for number, (sample, body) in enumerate([*zip(samples, bodies, strict=True)][:WARM_UP]):
        for name in names:
            EXTRACTORS[name][0](body, sample.url)
        print(f"warming up {number + 1}", end="\r", file=sys.stderr)
    for sample, body in zip(samples, bodies, strict=True):
        for name in names:
            started = time.process_time()
            try:
                reading = EXTRACTORS[name][0](body, sample.url)
            except Exception:  # noqa: BLE001 - a peer raises what it likes, and the time was spent
                reading = Reading()
            spent[name] += time.process_time() - started
            readings[name].append(reading)
    return {name: (spent[name], readings[name]) for name in names}


def task_of(sample: Sample) -> ingest.PageTask:
    """Return what a crawl would hand to a worker."""
    source = Source(name="bench", title="Bench", home="http://127.0.0.1/", keep="all")
    return ingest.PageTask(page=page_of(sample.body(), sample.url), source=source)


def pages_a_second(samples: Sequence[Sample], workers: int) -> float:
    """Return how many pages a warm pool reads a second."""
    pool = WorkerPool(workers)
    try:
        for future in [pool.run(ingest.ingest_page, task_of(s)) for s in samples[: 4 * workers]]:
            future.result()
        tasks = [task_of(sample) for sample in samples]
        started = time.perf_counter()
        for future in [pool.run(ingest.ingest_page, task) for task in tasks]:
            future.result()
        return len(samples) / (time.perf_counter() - started)
    finally:
        pool.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--sets", nargs="+", default=SETS, metavar="SET")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    samples = load_samples(options.corpus, options.sets)
    costs = measure(samples, CURVE)
    print(f"{len(samples)} pages; CPU as a multiple of {REFERENCE}'s, F1 of the text")
    for name, (seconds, readings) in costs.items():
        scores = [judge(r, s.truth).text for r, s in zip(readings, samples, strict=True)]
        texts = [text for text in scores if text is not None]
        figure = f"{average(texts)[2]:.4f}" if texts else "-"
        print(f"  {name:<24}{seconds / costs[REFERENCE][0]:>8.3f}{figure:>10}")
    ratios = []
    for _ in range(ROUNDS):
        one = pages_a_second(samples, 1)
        ratios.append(pages_a_second(samples, 2) / one)
    print(f"two workers beside one: {median(ratios):.2f} times the pages a second ({ratios})")


if __name__ == "__main__":
    main()
