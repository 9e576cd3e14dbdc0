"""The same text in other outlets: facts about pairs of texts, found by sketches, checked exactly.

A text's shingles are its runs of four words (a character of a script without spaces being a word). Its
sketch is the few whose hashes are small (FracMinHash: Irber et al., 2022, "Lightweight compositional
analysis of metagenomes with FracMinHash"), and at least the twelve smallest, so that short texts have
one too. Two texts whose sketches share a hash are compared exactly: how many words of each stand in a
run of four that the other has. Measuring words, not shingles, keeps a copy in which every tenth word was
edited above the threshold.

Overlaps are symmetric and depend on the two texts alone, so any order of arrival gives the same facts.
"""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from xxhash import xxh3_64_intdigest

from storage.segmentation import tokens

OverlapKind = Literal["copy", "contains", "shares"]

SHINGLE_WORDS = 4

# One shingle in so many is in the sketch.
SKETCH_STEP = 32
SKETCH_LEAST = 12

# A copy: most of the shorter text, and enough of the longer that it is no round-up ...
COPY_OF_SHORTER = 0.7
COPY_OF_LONGER = 0.45
# ... or a plain cut of it: all of the shorter, and it is how the longer begins.
CUT_OF_SHORTER = 0.9
CUT_STARTS_WITHIN_WORDS = 12

CONTAINS_OF_SHORTER = 0.8
SHARES_OF_SHORTER = 0.3

# A shingle that stands in so many texts retrieves nothing: "Follow us on ..." is no sign of a copy. In
# small archives nothing is that common.
COMMON_SHARE = 0.005
COMMON_LEAST = 200

# One shared shingle is a sign of a copy when so few texts have it; of others it takes two.
TELLING = 10

# Of a copy in which every tenth word was edited, two thirds of the shingles are left; with less than this
# share of the smaller sketch in common, two texts have stock phrases in common.
LIKELY_SHARE = 0.15

# The candidates that share most of the sketch are compared.
MOST_CANDIDATES = 50

_LARGEST_HASH = 1 << 63


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts have in common."""

    of_shorter: float
    """The share of the shorter text's words that stand in a run of four of the longer."""
    of_longer: float
    """The share of the longer text's words that stand in a run of four of the shorter."""
    kind: OverlapKind | None
    """What that makes of them; None is too little to keep."""


def add_body(db: sqlite3.Connection, text: str) -> int:
    """Store a text, and the facts about it and the texts that are there.

    Args:
        db: the writing connection.
        text: the text of a version.

    Returns:
        The id of its row; that of the same text if it is there already.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = db.execute("SELECT id FROM body WHERE hash = ?", (digest,)).fetchone()
    if known is not None:
        return int(known["id"])
    words = tokens(text)
    hashes = shingle_hashes(words)
    inserted = db.execute(
        "INSERT INTO body (hash, text, shingles) VALUES (?, ?, ?)", (digest, text, len(hashes))
    )
    body_id = int(inserted.lastrowid or 0)
    chosen = sketch(hashes)
    for other_id in candidates(db, chosen):
        _compare_and_keep(db, body_id, words, other_id)
    db.executemany(
        "INSERT INTO sketch (hash, body_id) VALUES (?, ?)", ((value, body_id) for value in chosen)
    )
    return body_id


def copies_of(db: sqlite3.Connection, body_id: int) -> list[int]:
    """Return the ids of the texts that are copies of a text, in order."""
    rows = db.execute(
        "SELECT other_id FROM overlap WHERE body_id = ? AND kind = 'copy' ORDER BY other_id",
        (body_id,),
    )
    return [row["other_id"] for row in rows]


def remove_unused(db: sqlite3.Connection, body_id: int) -> None:
    """Remove a text that no version has any more, and the facts about it."""
    if db.execute("SELECT 1 FROM version WHERE body_id = ?", (body_id,)).fetchone():
        return
    text = db.execute("SELECT text FROM body WHERE id = ?", (body_id,)).fetchone()["text"]
    # Rows are found by hash: a second index, by text, would double what a text costs.
    db.executemany(
        "DELETE FROM sketch WHERE hash = ? AND body_id = ?",
        ((value, body_id) for value in sketch_text(text)),
    )
    db.execute("DELETE FROM overlap WHERE ?1 IN (body_id, other_id)", (body_id,))
    db.execute("DELETE FROM body WHERE id = ?", (body_id,))


def shingle_hashes(words: Sequence[str]) -> frozenset[int]:
    """Return the 63-bit hashes of a text's distinct shingles; a shorter text is one shingle."""
    if not words:
        return frozenset()
    shifted = (words[at:] for at in range(min(SHINGLE_WORDS, len(words))))
    return frozenset(
        [xxh3_64_intdigest(" ".join(run).encode()) >> 1 for run in zip(*shifted, strict=False)]
    )


def sketch(hashes: Collection[int]) -> list[int]:
    """Return the hashes that stand for a text, the smallest first."""
    small = [value for value in hashes if value < _LARGEST_HASH // SKETCH_STEP]
    # Only a short text needs all of its hashes in order.
    return sorted(small) if len(small) >= SKETCH_LEAST else sorted(hashes)[:SKETCH_LEAST]


def sketch_text(text: str) -> list[int]:
    """Return the hashes that stand for a text."""
    return sketch(shingle_hashes(tokens(text)))


def compare(words: Sequence[str], others: Sequence[str]) -> Overlap:
    """Return what two texts have in common; the order of the two does not matter.

    Args:
        words: the words of one.
        others: the words of the other.
    """
    shorter, longer = sorted((words, others), key=lambda text: (len(text), text))
    if not shorter:
        return Overlap(0.0, 0.0, None)
    of_shorter, _ = _covered(shorter, longer)
    of_longer, first = _covered(longer, shorter)
    return Overlap(of_shorter, of_longer, _kind(of_shorter, of_longer, first))


def compare_texts(text: str, other: str) -> Overlap:
    """Return what two texts have in common."""
    return compare(tokens(text), tokens(other))


def _kind(of_shorter: float, of_longer: float, first: int) -> OverlapKind | None:
    if of_shorter >= COPY_OF_SHORTER and of_longer >= COPY_OF_LONGER:
        return "copy"
    if of_shorter >= CUT_OF_SHORTER and first <= CUT_STARTS_WITHIN_WORDS:
        return "copy"
    if of_shorter >= CONTAINS_OF_SHORTER:
        return "contains"
    return "shares" if of_shorter >= SHARES_OF_SHORTER else None


def _covered(words: Sequence[str], others: Sequence[str]) -> tuple[float, int]:
    """Return the share of the words in a common run, and where the first such run begins."""
    size = min(SHINGLE_WORDS, len(words), len(others))
    known = {tuple(others[at : at + size]) for at in range(len(others) - size + 1)}
    covered, reach, first = 0, 0, len(words)
    for at in range(len(words) - size + 1):
        if tuple(words[at : at + size]) in known:
            first = min(first, at)
            covered += at + size - max(at, reach)
            reach = at + size
    return covered / len(words), first


def candidates(db: sqlite3.Connection, chosen: Sequence[int]) -> list[int]:
    """Return the ids of the texts that may be copies of the one with a sketch, the likeliest first."""
    # The highest id is found at once, the number of rows is counted one by one.
    texts = db.execute("SELECT coalesce(max(id), 0) AS number FROM body").fetchone()["number"]
    common = max(COMMON_LEAST, int(texts * COMMON_SHARE))
    frequencies = {
        row["hash"]: row["number"]
        for row in db.execute(
            "SELECT s.hash, count(*) AS number FROM json_each(?) j JOIN sketch s ON s.hash = j.value"
            " GROUP BY s.hash",
            (json.dumps(chosen),),
        )
    }
    rare = [value for value, number in frequencies.items() if number <= common]
    # A text that is printed everywhere has no rare shingle: any one of its copies will do, because
    # copies group as connected components.
    rarest = sorted(frequencies, key=lambda value: (frequencies[value], value))[:1]
    telling = [value for value in rare if frequencies[value] <= TELLING] or rarest
    rows = db.execute(
        "SELECT body_id, count(*) AS shared FROM sketch WHERE hash IN (SELECT value FROM json_each(?1))"
        " GROUP BY body_id HAVING count(*) > 1 OR max(hash IN (SELECT value FROM json_each(?2)))"
        " ORDER BY count(*) DESC, body_id LIMIT ?3",
        (json.dumps(rare or rarest), json.dumps(telling), MOST_CANDIDATES),
    )
    shared = {row["body_id"]: row["shared"] for row in rows}
    sizes = db.execute(
        "SELECT id, shingles FROM body WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(shared)),),
    )
    # Only the hashes below the limit are sure to be in the other sketch too.
    own = sum(value < _LARGEST_HASH // SKETCH_STEP for value in chosen)
    possible = {row["id"]: min(own, row["shingles"] / SKETCH_STEP) for row in sizes}
    return [
        body_id
        for body_id, number in shared.items()
        if number >= LIKELY_SHARE * possible.get(body_id, 0.0)
    ]


def _compare_and_keep(
    db: sqlite3.Connection, body_id: int, words: Sequence[str], other_id: int
) -> None:
    other = db.execute("SELECT text FROM body WHERE id = ?", (other_id,)).fetchone()["text"]
    overlap = compare(words, tokens(other))
    if overlap.kind is None:
        return
    facts = (round(overlap.of_shorter, 4), round(overlap.of_longer, 4), overlap.kind)
    db.executemany(
        "INSERT INTO overlap (body_id, other_id, of_shorter, of_longer, kind) VALUES (?, ?, ?, ?, ?)",
        ((body_id, other_id, *facts), (other_id, body_id, *facts)),
    )
