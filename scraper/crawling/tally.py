"""What a crawl counts for one source."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

from storage.records import Outcome, Recorded, State
from storage.reports import SourceSummary

# An index may name five hundred sitemaps, and each of those is an index if a trap wants it.
MAX_LISTS = 1000

# Twice what one sitemap may name: the rest is new to the next crawl.
MAX_NEW_LINKS = 100_000


@dataclass(slots=True)
class Tally:
    """The counts that the live table shows and the archive keeps."""

    source: str
    listed: int = 0
    unchanged_lists: int = 0
    discovered: int = 0
    met: int = 0
    asked_lists: set[str] = field(default_factory=set)
    asked: int = 0
    asked_back: int = 0
    met_back: int = 0
    fetched: int = 0
    new: int = 0
    versions: int = 0
    unchanged: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    bytes: int = 0
    started: float = field(default_factory=monotonic)
    seconds: float = 0.0

    def count(self, outcome: Outcome, recorded: Recorded | None) -> None:
        """Count one outcome."""
        self.seconds = monotonic() - self.started
        kind = outcome.kind or outcome.state
        if outcome.state in {State.FAILED, State.GONE}:
            self.failed[kind] += 1
            return
        if outcome.state is State.REFUSED:
            self.rejected[kind] += 1
            return
        self.fetched += 1
        match recorded.result if recorded else "rejected":
            case "new":
                self.new += 1
            case "version":
                self.versions += 1
            case "unchanged":
                self.unchanged += 1
            case _:
                self.rejected[kind] += 1

    def count_list(self, links: int, problems: Iterable[str]) -> None:
        """Count a list page that answered: the articles that it names, and what was wrong with it."""
        self.listed += 1
        self.discovered += links
        self.problems.extend(problems)

    def take_page(self, most: int) -> bool:
        """Count one more request for an article page, unless there were `most` already."""
        if self.asked >= most:
            return False
        self.asked += 1
        return True

    def take_list(self, url: str) -> bool:
        """Count a list page that others lead to; False when it is known, or MAX_LISTS were asked for."""
        if url in self.asked_lists:
            return False
        if len(self.asked_lists) >= MAX_LISTS:
            self._note(f"more than {MAX_LISTS:,} list pages; the others are not read in this crawl")
            return False
        self.asked_lists.add(url)
        return True

    def has_room(self) -> bool:
        """Say whether more new links are met in this crawl."""
        if self.met + self.met_back < MAX_NEW_LINKS:
            return True
        self._note(f"more than {MAX_NEW_LINKS:,} new links; the others are left to the next crawl")
        return False

    def _note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def summary(self) -> SourceSummary:
        """Return the counts as the archive keeps them."""
        return SourceSummary(
            source=self.source,
            listed=self.listed,
            unchanged_lists=self.unchanged_lists,
            discovered=self.discovered,
            met=self.met,
            fetched=self.fetched,
            new=self.new,
            versions=self.versions,
            unchanged=self.unchanged,
            rejected=dict(sorted(self.rejected.items())),
            failed=dict(sorted(self.failed.items())),
            problems=tuple(self.problems),
            bytes=self.bytes,
            seconds=round(self.seconds, 3),
        )
