"""Is an article about a digital-economy event? A score, the decision and the evidence.

A field term and an event cue must meet in the title or the lead. What stands in the title counts in full,
in the lead half, in the body a fifth; each kind is capped a place, so that repeating a word gains nothing.
The name of a recurring event is evidence of both. Genre cues count against. An article in a language that
has no list of terms is not judged: it is kept, and marked for a person to look at.
"""

import math

from scraper.relevance.events import Mention
from scraper.relevance.finder import Word, words_of
from scraper.relevance.fold import HAN, KANA, fold
from scraper.relevance.topics import DECISIVE, Rules, Topics, load_topics
from storage.records import Article, Evidence, Relevance

__all__ = ["Topics", "judge", "load_topics"]

PLACES = {"title": 1.0, "lead": 0.5, "body": 0.2, "section": 0.2, "keywords": 0.2}
FRONT = ("title", "lead")

# Each kind counts at most so much a place, before the place's own factor.
CAPS = {"field": 1.0, "event": 1.0, "name": 1.5, "genre": 1.25}

# The name of a recurring event says what a text is about more surely than any term.
NAME_WEIGHT = 1.5

# What event cues must reach without the body, and what all must reach together.
LEAST = 0.5
PASS = 1.4

# Without a strong cue or a name ("minister", "plan", "launches") there must be many of the weak ones.
PASS_WEAK = 3.0

LEAD_CHARACTERS = 300
LEAD_CHARACTERS_HAN = 120

# Evidence in a long body needs no more text than this.
BODY_CHARACTERS = 3000


def judge(article: Article, topics: Topics) -> Relevance:
    """Return the judgement of an article.

    Args:
        article: what a page says.
        topics: the rules.
    """
    places = _places(article)
    language = topics.language_of(article.language, places["title"] + places["lead"])
    words = {place: words_of(text) for place, text in places.items()}
    mentions = topics.events.find(places, words, published=article.published_date)
    evidence = _evidence(places, words, topics.rules_for(language), mentions)
    score = max(0.0, round(sum(piece.weight for piece in evidence), 3))
    relevant = score >= _threshold(evidence, mentions)
    return Relevance(
        score=score,
        relevant=relevant,
        unknown=language is None and not relevant,
        evidence=tuple(sorted(evidence, key=lambda e: (-abs(e.weight), e.place, e.term))),
        events=tuple(mention.record() for mention in mentions),
        rules=topics.digest,
    )


def _threshold(evidence: list[Evidence], mentions: list[Mention]) -> float:
    """Return the score that is needed, or infinity where the two kinds do not meet in title and lead.

    Weak terms of the field need a strong one beside them. An event's name is both kinds, but that of a
    general event says nothing of the digital economy.
    """
    named = [mention.event for mention in mentions if mention.place in FRONT]
    front = [piece for piece in evidence if piece.place in FRONT]
    strong = {piece.kind for piece in front if piece.weight >= PLACES[piece.place]}
    has_field = "field" in strong or any(not event.general for event in named)
    cues = sum(piece.weight for piece in front if piece.kind == "event")
    if not has_field or not (named or cues >= LEAST):
        return math.inf
    return PASS if named or "event" in strong else PASS_WEAK


def _evidence(
    places: dict[str, str],
    words: dict[str, list[Word]],
    rules: Rules,
    mentions: list[Mention],
) -> list[Evidence]:
    front = [places[place] for place in FRONT]
    silent = {term for unless in rules.unless if unless.holds(front) for term in unless.terms}
    evidence: list[Evidence] = []
    for place, text in places.items():
        left = dict(CAPS)
        found: dict[tuple[str, str], float] = {
            (mention.term, "name"): NAME_WEIGHT for mention in mentions if mention.place == place
        }
        for hit in rules.finder.find(text, words[place]):
            if hit.term.text not in silent:
                for kind in hit.term.kinds:
                    found.setdefault((hit.term.text, kind), hit.term.weight)
        # The strongest first, whatever stands first: what a cap cuts off is the weakest.
        for (term, kind), weight in sorted(found.items(), key=lambda item: (-item[1], item[0])):
            counted = weight if weight == DECISIVE else min(weight, left[kind])
            if counted > 0:
                left[kind] -= min(counted, left[kind])
                sign = -1 if kind == "genre" else 1
                share = 1.0 if weight == DECISIVE and place in FRONT else PLACES[place]
                added = round(sign * counted * share, 3)
                evidence.append(Evidence(term=term, kind=kind, place=place, weight=added))
    return evidence


def _places(article: Article) -> dict[str, str]:
    text = fold(article.text[: 2 * BODY_CHARACTERS])
    is_dense = HAN.search(text[:200]) or KANA.search(text[:200])
    end = _end_of_sentence(text, LEAD_CHARACTERS_HAN if is_dense else LEAD_CHARACTERS)
    return {
        "title": fold(article.title),
        "lead": text[:end],
        "body": text[end : end + BODY_CHARACTERS],
        "section": fold(article.section or ""),
        "keywords": fold("; ".join(article.keywords)),
    }


def _end_of_sentence(text: str, at: int) -> int:
    ends = (text.find(mark, at) for mark in (". ", "。", "\n"))
    return min((end + 1 for end in ends if at <= end <= 2 * at), default=min(at, len(text)))
