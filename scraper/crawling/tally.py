"""What a crawl counts for one source."""

from collections import Counter
from dataclasses import dataclass, field
from time import monotonic

from storage.records import Outcome, Recorded, State
from storage.reports import SourceSummary


@dataclass(slots=True)
class Tally:
    """The counts that the live table shows and the archive keeps."""

    source: str
    listed: int = 0
    unchanged_lists: int = 0
    discovered: int = 0
    met: int = 0
    asked: int = 0
    asked_back: int = 0
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
