"""Is an article about a digital-economy event? A score, the decision and the evidence.

A field term and an event cue must meet in the title or the lead. What stands in the title counts in full,
in the lead half, in the body a fifth; each kind is capped a place, so that repeating a word gains nothing.
The name of a recurring event is evidence of both. Genre cues count against.
"""

import re
import unicodedata

from scraper.relevance.topics import Topics, load_topics
from storage.records import Article, Evidence, Relevance

__all__ = ["Topics", "judge", "load_topics"]

PLACES = {"title": 1.0, "lead": 0.5, "body": 0.2}

# Each kind counts at most so much a place, before the place's own factor.
CAP = 1.0
GENRE_CAP = 1.5

# What each of the two kinds must reach on its own, without the body, and what both must reach together.
LEAST = 0.5
PASS = 1.4

LEAD_CHARACTERS = 300
LEAD_CHARACTERS_HAN = 120

# Evidence in a long body needs no more text than this.
BODY_CHARACTERS = 6000

_HAN = re.compile(r"[\u3400-\u9fff]")


def judge(article: Article, topics: Topics) -> Relevance:
    """Return the judgement of an article.

    Args:
        article: what a page says.
        topics: the rules.
    """
    places = _places(article)
    evidence: list[Evidence] = []
    totals: dict[str, float] = {"field": 0.0, "event": 0.0, "genre": 0.0, "name": 0.0}
    in_front = dict(totals)
    for place, text in places.items():
        for kind, finder in topics.finders.items():
            cap = GENRE_CAP if kind == "genre" else CAP if kind != "name" else 1.5
            left = cap
            for term in finder.find(text):
                weight = min(term.weight, left)
                if weight <= 0:
                    break
                left -= weight
                added = round(weight * PLACES[place], 3)
                sign = -1 if kind == "genre" else 1
                evidence.append(
                    Evidence(term=term.text, kind=kind, place=place, weight=sign * added)
                )
                totals[kind] += added
                if place != "body":
                    in_front[kind] += added
    score = max(0.0, totals["field"] + totals["event"] + totals["name"] - totals["genre"])
    meet = all(in_front[kind] + in_front["name"] >= LEAST for kind in ("field", "event"))
    return Relevance(
        score=round(score, 3),
        relevant=meet and score >= PASS,
        evidence=tuple(sorted(evidence, key=lambda e: (-abs(e.weight), e.place, e.term))),
        rules=topics.digest,
    )


def _places(article: Article) -> dict[str, str]:
    text = _prepare(article.text)
    cut = LEAD_CHARACTERS_HAN if _HAN.search(text[:200]) else LEAD_CHARACTERS
    end = _end_of_sentence(text, cut)
    return {
        "title": _prepare(article.title),
        "lead": text[:end],
        "body": text[end : end + BODY_CHARACTERS],
    }


def _end_of_sentence(text: str, at: int) -> int:
    ends = (text.find(mark, at) for mark in (". ", "。", "\n"))
    return min((end + 1 for end in ends if at <= end <= 2 * at), default=min(at, len(text)))


def _prepare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    if _HAN.search(folded):
        from zhconv import convert  # noqa: PLC0415 - its tables are needed for Chinese alone

        folded = convert(folded, "zh-hans")
    return folded
