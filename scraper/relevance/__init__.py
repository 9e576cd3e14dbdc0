"""Is an article about a digital-economy event? A score, the decision and the evidence."""

from pathlib import Path

from storage.records import Article, Relevance


class Topics:
    """The rules (to be filled in)."""

    digest: str = "none"


def load_topics(path: Path | None = None) -> Topics:
    """Return the shipped rules, with the user's own file added."""
    del path
    return Topics()


def judge(article: Article, topics: Topics) -> Relevance:
    """Return the judgement of an article."""
    del article
    return Relevance(score=0.0, relevant=False, evidence=(), rules=topics.digest)
