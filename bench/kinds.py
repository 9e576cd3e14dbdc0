"""What is no article: how pages of fifteen kinds are named, and how many real articles are refused.

    python bench/kinds.py [--corpus FOLDER]

The pages are made in tests/page_kinds.py, in the shape of real ones. Printed is the confusion table, the
share that is named rightly, and, with a FOLDER as for quality.py, the share of its articles that is refused.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from extractors import NOW, page_of
from quality import SETS, load_samples, read_samples

from scraper.extraction import Hints, read_page
from storage.records import NotAnArticle

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from page_kinds import KindPage, make_pages


def name_kind(page: KindPage) -> str:
    """Return what Wireroom takes a page for: a kind, or how much of an article it is."""
    found = read_page(page_of(page.html.encode(), page.url), hints=Hints(now=NOW))
    if isinstance(found, NotAnArticle):
        return found.kind
    return found.provenance.get("extent", "full")


def main() -> None:
    """Read, count, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    pages = make_pages()
    table = Counter((page.kind, name_kind(page)) for page in pages)
    named = sorted({name for _, name in table})
    print(f"{'':<12}" + "".join(f"{name:>11}" for name in named))
    for kind in sorted({kind for kind, _ in table}):
        row = "".join(f"{table[kind, name] or '':>11}" for name in named)
        print(f"{kind:<12}{row}")
    right = sum(count for (kind, name), count in table.items() if kind == name)
    print(f"{right} of {len(pages)} pages are named rightly: {right / len(pages):.3f}")
    if options.corpus:
        samples = load_samples(options.corpus, SETS)
        readings = read_samples(samples, "wireroom best", None)
        refused = [
            f"  {sample.group} {sample.truth['id']}: {reading.refused}"
            for sample, reading in zip(samples, readings, strict=True)
            if reading.refused
        ]
        share = len(refused) / len(samples)
        print(f"{len(refused)} of {len(samples)} articles of the corpus are refused: {share:.4f}")
        print("\n".join(refused))


if __name__ == "__main__":
    main()
