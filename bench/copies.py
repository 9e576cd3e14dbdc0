"""How many altered copies are found, and how many unrelated texts are taken for copies.

    python bench/copies.py --corpus ../shared/corpus
    python bench/copies.py --corpus ../shared/corpus --archive growth.db

Every text of the corpus is stored once and then compared in each altered form, as a text that comes in would
be. With an archive of generated texts (`bench/growth.py`), 2,000 unrelated texts are looked up in it, three
in ten of them with a boilerplate that many texts there have too.
"""

import argparse
import json
import random
import re
import sqlite3
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from growth import Newsroom

from storage import copies
from storage.archive import open_archive
from storage.segmentation import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

LEAST_WORDS = 80
UNRELATED = 2000

BOILERPLATE = {
    "en": "\nFollow us on all channels and subscribe to our newsletter for the latest stories. All rights "
    "reserved. This article may not be published, broadcast or rewritten without permission. "
    "Contact the newsroom with tips, corrections and comments, or read our privacy notice.",
    "zh": "\n关注我们的官方账号获取更多新闻。版权所有，未经授权不得转载、摘编或以其他方式使用。"
    "如有更正意见请联系编辑部，责任编辑将尽快处理。",
}
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")


def is_chinese(text: str) -> bool:
    """Say whether most of a text is in Han characters."""
    return len(re.findall(r"[\u4e00-\u9fff]", text)) > len(text) / 3


def edit(text: str, share: float, chance: random.Random) -> str:
    """Replace a share of the words, one at a time."""
    pieces = list(text) if is_chinese(text) else re.split(r"(\s+)", text)
    words = [at for at, piece in enumerate(pieces) if piece.strip()]
    for at in chance.sample(words, round(share * len(words))):
        pieces[at] = "某" if is_chinese(text) else "edited"
    return "".join(pieces)


def cut(text: str, share: float) -> str:
    """Keep the beginning of a text."""
    if is_chinese(text):
        return text[: round(share * len(text))]
    words = text.split(" ")
    return " ".join(words[: round(share * len(words))])


def shorten(text: str, chance: random.Random) -> str:
    """Drop every third sentence or so."""
    sentences = [sentence for sentence in _SENTENCE.split(text) if sentence]
    kept = [sentence for sentence in sentences if chance.random() > 1 / 3]
    return " ".join(kept or sentences[:1])


def round_up(text: str, others: list[str]) -> str:
    """Put a text between others."""
    return "\n".join((others[0], text, *others[1:]))


def recalls(texts: list[str]) -> dict[str, dict[str, float]]:
    """Return the recall of each kind of altered copy, in English (and kin) and in Chinese."""
    chance = random.Random(5)
    kinds: dict[str, Callable[[str], str]] = {
        "boilerplate added": lambda t: t + BOILERPLATE["zh" if is_chinese(t) else "en"],
        "3 % edited": lambda t: edit(t, 0.03, chance),
        "10 % edited": lambda t: edit(t, 0.10, chance),
        "cut to 50 %": lambda t: cut(t, 0.5),
        "cut to 30 %": lambda t: cut(t, 0.3),
        "sentences dropped": lambda t: shorten(t, chance),
        "round-up": lambda t: round_up(t, chance.sample(texts, 3)),
    }
    found: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(Path(folder) / "copies.db", create=True)
        with archive.write() as db:
            ids = {text: copies.add_body(db, text) for text in texts}
        with archive.read() as db:
            for name, alter in kinds.items():
                wanted = {"copy", "contains"} if name == "round-up" else {"copy"}
                for text, body_id in ids.items():
                    kind = related(db, alter(text)).get(body_id)
                    language = "Chinese" if is_chinese(text) else "English"
                    found[name][language].append(kind in wanted)
        archive.close()
    return {
        name: {
            language: round(sum(hits) / len(hits), 4)
            for language, hits in sorted(languages.items())
        }
        for name, languages in found.items()
    }


def related(db: sqlite3.Connection, text: str) -> dict[int, str | None]:
    """Return what a text that comes in would be to those that are there."""
    words = tokens(text)
    near = copies.candidates(db, copies.sketch_text(text))
    kinds = {}
    for body_id in near:
        other = db.execute("SELECT text FROM body WHERE id = ?", (body_id,)).fetchone()["text"]
        kinds[body_id] = copies.compare(words, tokens(other)).kind
    return kinds


def false_alarms(path: Path, texts: list[str]) -> dict[str, float]:
    """Return the share of unrelated texts for which anything in an archive is called a copy."""
    newsroom = Newsroom(seed=99)
    unrelated = list(texts)
    while len(unrelated) < UNRELATED:
        number = len(unrelated)
        _, text = newsroom.text(2 * number if number % 5 else 10 * number + 4)
        unrelated.append(text + (BOILERPLATE["en"] if number % 10 < 3 else ""))
    with open_archive(path) as archive, archive.read() as db:
        stored = db.execute("SELECT count(*) FROM body").fetchone()[0]
        wrong = sum("copy" in related(db, text).values() for text in unrelated)
    return {"texts": stored, "unrelated": len(unrelated), "called copies": wrong / len(unrelated)}


def load(corpus: Path) -> list[str]:
    """Return the texts of the corpus that are long enough to be news."""
    texts = {}
    for file in sorted(corpus.glob("*/pages.jsonl")):
        for line in file.open(encoding="utf-8"):
            text = json.loads(line).get("text")
            if text and len(tokens(text)) >= LEAST_WORDS:
                texts[text] = None
    return list(texts)


def main() -> None:
    """Print the recall a kind, and the false alarms in an archive."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--archive", type=Path, help="An archive of generated texts.")
    options = parser.parse_args()
    texts = load(options.corpus)
    found = recalls(texts)
    values = [value for languages in found.values() for value in languages.values()]
    for name, languages in found.items():
        print(
            f"{name:>20}  " + "  ".join(f"{lang} {value:.3f}" for lang, value in languages.items())
        )
    print(
        f"{len(texts)} texts, mean recall {sum(values) / len(values):.4f}, least {min(values):.4f}"
    )
    if options.archive:
        print(json.dumps(false_alarms(options.archive, texts)))


if __name__ == "__main__":
    main()
