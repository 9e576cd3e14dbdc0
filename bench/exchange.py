"""Whether an archive that was exported and imported is exported the same, byte for byte.

python bench/exchange.py --articles 100000 --folder /tmp/exchange
python bench/exchange.py --archive demo.db --folder /tmp/exchange
"""

import argparse
import hashlib
import json
import time
from pathlib import Path

from growth import Newsroom, bulk

from scraper.config import Config
from scraper.reprocess import import_file
from storage import exchange, search
from storage.archive import Archive, open_archive


def export(archive: Archive, file: Path) -> str:
    """Write the archive's articles into a file; return the digest of its bytes."""
    digest = hashlib.sha256()
    with archive.read() as db, file.open("wb") as stream:
        for record in exchange.export(db):
            line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            stream.write(line)
    return digest.hexdigest()


def keys_found(archive: Archive, queries: list[str]) -> list[list[str]]:
    """Return the keys that each query finds, in order."""
    with archive.read() as db:
        return [[hit.key for hit in search.search(db, query, limit=50)] for query in queries]


def main() -> None:
    """Print whether bytes and searches are the same, and what an article costs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--archive", type=Path, help="An archive that is there, instead.")
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    newsroom = Newsroom()
    path = options.archive or options.folder / "first.db"
    queries = ["digital", "数字", '"of the"', *newsroom.common_words()]
    with open_archive(path, create=True) as first:
        if options.archive is None:
            for _ in bulk(first, newsroom, options.articles):
                pass
        begun = time.perf_counter()
        before = export(first, options.folder / "first.jsonl")
        exported = time.perf_counter() - begun
        with open_archive(options.folder / "second.db", create=True) as second:
            begun = time.perf_counter()
            done = import_file(second, options.folder / "first.jsonl", config=Config())
            imported = time.perf_counter() - begun
            after = export(second, options.folder / "second.jsonl")
            same_keys = keys_found(first, queries) == keys_found(second, queries)
    figures = {
        "articles": done.counts.records,
        "same bytes": before == after,
        "same keys in searches": same_keys,
        "export ms an article": round(1000 * exported / max(1, done.counts.records), 3),
        "import ms an article": round(1000 * imported / max(1, done.counts.records), 3),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
