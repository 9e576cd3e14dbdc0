"""How a reading of a page is held against the truth: texts by shingles, metadata after normalising.

Texts are compared by 4-token shingles as multisets (article-extraction-benchmark's measure), a
character of a script without spaces being a token. A title repeated at the top of a text counts
neither for nor against. Titles are compared by their letters and digits, authors as sets of names,
dates by day.
"""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

_WIDE = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
)
TOKEN = re.compile(rf"[{_WIDE}]|[^\W{_WIDE}]+")
# "A, B and C" is three names; "王建宏 张文攀" two.
_SEVERAL = re.compile(
    r"[,;&、，/]|\s(?:and|und|et|y|og|och)\s|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"
)
_RESAMPLES = 2000


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the 4-token shingles of a text; a shorter text is one."""
    tokens = TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + 4]) for at in range(max(1, len(tokens) - 3)))


def normal(text: str | None) -> str:
    """Return the letters and digits of a text, folded."""
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return "".join(c for c in folded if c.isalnum())


def names(authors: Iterable[str] | None) -> set[str]:
    """Return names as they are compared; a string may list several."""
    return {normal(name) for author in authors or () for name in _SEVERAL.split(author)} - {""}


def without_title(text: str, *titles: str | None) -> str:
    """Return a text without its title at the top."""
    first, _, rest = text.strip().partition("\n")
    return rest if normal(first) and normal(first) in map(normal, titles) else text


def compare(found: str, true: str) -> tuple[float, float]:
    """Return the precision and the recall of a text; no text has neither."""
    have, want = shingles(found), shingles(true)
    shared = sum((have & want).values())
    precision = shared / sum(have.values()) if found.strip() else 0.0
    return precision, shared / sum(want.values())


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def average(pages: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return precision and recall, averaged over pages, and the F1 of the two averages."""
    precision, recall = fmean(p for p, _ in pages), fmean(r for _, r in pages)
    return precision, recall, f1(precision, recall)


def bootstrap(differences: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean of paired differences and its 95 % interval, resampled with a fixed seed."""
    chance = random.Random(1)
    means = sorted(
        fmean(chance.choices(differences, k=len(differences))) for _ in range(_RESAMPLES)
    )
    return fmean(differences), means[_RESAMPLES // 40], means[-_RESAMPLES // 40 - 1]
