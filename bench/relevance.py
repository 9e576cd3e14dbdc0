"""Judge labelled articles, and score the decisions beside two baselines.

    python bench/relevance.py --articles FILE [--decisions OUT] [--events]

FILE has one JSON object a line: id, domain, language, title, text, date, label (event, topic, other_event or
off), hard, text_kind. An article should pass if its label is `event`. Printed are precision, recall and F1 by
language, on hard cases and on verbatim and condensed texts, the share of right decisions with each domain
counted once, the share of each other label that passes, and the cost. OUT gets a line {id, score, relevant}
an article. --events prints the recurring events that were found, for a person to check.

The baselines: any field term of the shipped lists anywhere in the article; and TF-IDF over runs of one to
four characters with logistic regression, in five folds grouped by domain (needs scikit-learn, from the
dependency group `bench`).
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from scraper.relevance import judge, load_topics
from scraper.relevance.fold import fold
from storage.records import Article, Relevance

Row = dict[str, Any]

CUTS: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("all", lambda _: True),
    ("en", lambda row: row["language"] == "en"),
    ("zh", lambda row: row["language"] == "zh"),
    ("the rest", lambda row: row["language"] not in {"en", "zh"}),
    ("hard cases", lambda row: row["hard"]),
    ("verbatim", lambda row: row["text_kind"] == "verbatim"),
    ("condensed", lambda row: row["text_kind"] != "verbatim"),
)
NEAR_MISSES = ("topic", "other_event", "off")


def to_article(row: Row) -> Article:
    """Return a labelled article as the extraction would hand it over."""
    day = row.get("date") or ""
    return Article(
        title=row["title"],
        text=row["text"],
        language=row["language"],
        published_date=date.fromisoformat(day) if len(day) == len("YYYY-MM-DD") else None,
        extractor="labelled",
    )


def score(rows: Sequence[Row], passed: Sequence[bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the label `event`."""
    right = sum(p and row["label"] == "event" for row, p in zip(rows, passed, strict=True))
    precision = right / max(1, sum(passed))
    recall = right / max(1, sum(row["label"] == "event" for row in rows))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def score_by_domain(rows: Sequence[Row], passed: Sequence[bool]) -> float:
    """Return the share of right decisions, each domain counted once."""
    right: dict[str, list[bool]] = defaultdict(list)
    for row, p in zip(rows, passed, strict=True):
        right[row.get("domain") or row["id"]].append(p == (row["label"] == "event"))
    return sum(sum(one) / len(one) for one in right.values()) / max(1, len(right))


def print_table(name: str, rows: Sequence[Row], passed: Sequence[bool]) -> None:
    """Print how decisions fare on each cut of the articles, and what fools them."""
    print(f"\n{name}\n  {'':<12}{'n':>5}{'P':>8}{'R':>8}{'F1':>8}")
    languages = sorted({row["language"] for row in rows} - {"en", "zh"})
    cuts = [
        *CUTS,
        *((f"  {code}", lambda row, code=code: row["language"] == code) for code in languages),
    ]
    for label, wanted in cuts:
        chosen = [(row, p) for row, p in zip(rows, passed, strict=True) if wanted(row)]
        if chosen:
            p, r, f = score([row for row, _ in chosen], [passes for _, passes in chosen])
            print(f"  {label:<12}{len(chosen):>5}{p:>8.3f}{r:>8.3f}{f:>8.3f}")
    print(f"  right, each domain once: {score_by_domain(rows, passed):.3f}")
    for label in NEAR_MISSES:
        of_label = [p for row, p in zip(rows, passed, strict=True) if row["label"] == label]
        share = sum(of_label) / max(1, len(of_label))
        print(f"  {label} that pass: {sum(of_label)} of {len(of_label)} ({share:.3f})")


def by_keyword(rows: Sequence[Row]) -> list[bool]:
    """Return whether any field term of any language's list stands anywhere in each article."""
    topics = load_topics()
    passed = []
    for row in rows:
        text = fold(f"{row['title']}\n{row['text']}")
        rules = topics.rules_for(topics.language_of(row["language"], text))
        passed.append(any("field" in hit.term.kinds for hit in rules.finder.find(text)))
    return passed


def by_model(rows: Sequence[Row]) -> list[bool] | None:
    """Return what a learned model decides on domains that it has not seen; None without scikit-learn."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - may be missing
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - may be missing
        from sklearn.model_selection import GroupKFold, cross_val_predict  # noqa: PLC0415 - may be missing
        from sklearn.pipeline import make_pipeline  # noqa: PLC0415 - may be missing
    except ImportError:
        return None
    # One broadcaster gives a large part of the texts: its articles are groups of their own.
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row.get("domain") or row["id"]] += 1
    groups = [
        row["id"] if counts[domain] > len(rows) / 10 else domain
        for row in rows
        for domain in (row.get("domain") or row["id"],)
    ]
    model = make_pipeline(
        TfidfVectorizer(
            analyzer="char", ngram_range=(1, 4), sublinear_tf=True, max_features=200_000
        ),
        LogisticRegression(C=10, max_iter=1000, class_weight="balanced"),
    )
    texts = [f"{row['title']}\n{row['text']}" for row in rows]
    wanted = [row["label"] == "event" for row in rows]
    found = cross_val_predict(model, texts, wanted, groups=groups, cv=GroupKFold(5))
    return [bool(one) for one in found]


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--decisions", type=Path)
    parser.add_argument("--events", action="store_true")
    args = parser.parse_args()
    rows: list[Row] = [json.loads(line) for line in args.articles.read_text("utf-8").splitlines()]
    articles = [to_article(row) for row in rows]
    topics = load_topics()
    for language in {article.language for article in articles}:
        topics.rules_for(topics.language_of(language, ""))
    began = time.process_time()
    judged: list[Relevance] = [judge(article, topics) for article in articles]
    milliseconds = (time.process_time() - began) / max(1, len(rows)) * 1000
    passed = [relevance.relevant for relevance in judged]
    if args.decisions:
        with args.decisions.open("w", encoding="utf-8") as file:
            for row, relevance in zip(rows, judged, strict=True):
                line = {"id": row["id"], "score": relevance.score, "relevant": relevance.relevant}
                file.write(json.dumps(line) + "\n")
    print(f"rules {topics.digest}: {milliseconds:.2f} ms CPU an article")
    print(f"not judged for want of a list: {sum(relevance.unknown for relevance in judged)}")
    print_table("the rules", rows, passed)
    print_table("baseline: any field term anywhere", rows, by_keyword(rows))
    model = by_model(rows)
    if model is None:
        print("\nno learned baseline: scikit-learn is not installed")
    else:
        print_table("baseline: TF-IDF and logistic regression, unseen domains", rows, model)
    if args.events:
        for row, relevance in zip(rows, judged, strict=True):
            found = ", ".join(
                f"{m.event}:{m.edition or '?'} ({m.edition_from}, {m.place})"
                for m in relevance.events
            )
            if found:
                print(f"{row['language']} {row['label']} | {row['title'][:80]} | {found}")


if __name__ == "__main__":
    main()
