"""Looking at an archived article again: when, and what an answer makes of it.

    answer                                     what becomes of the appearance
    the same to a reader                       nothing; looked at again by its age
    something a reader sees has changed        a version
    quite another thing, or cut off            nothing; a version only when it is still there a week later
    404, 410, soft 404, leads elsewhere        nothing at first; `gone` when one half a day later says so too
    a challenge, an error, no answer           nothing; asked again, with a growing wait

Nothing that an answer can say removes anything.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from storage import frontier
from storage.records import Article, Outcome, Recorded, State, key_of, utc_moment, utc_text
from storage.versions import Version, content_hash, is_unlike

# Kinds of an outcome that say, when they come twice, that an article is gone.
GONE_KINDS = frozenset({"404", "410", "soft 404", "redirected"})

# Between the first sign and the second, as the next look is planned.
CONFIRM_AFTER = timedelta(days=1)

# A sign sooner than that after the first says nothing new, whoever asked: a night's work on a site, or a bad
# release of it, is over by then. Half of the planned wait, so that the planned look always counts.
GONE_AFTER = timedelta(hours=12)

# A notice of maintenance may stand for days.
BELIEVE_AFTER = timedelta(days=7)


def next_recheck(
    article: Article, *, first_seen: datetime, now: datetime, ages: Sequence[timedelta]
) -> datetime | None:
    """Return when an article is to be looked at again; None when it is past the last age.

    Its age counts from its publication where that is known and earlier than the first sight of it: what is
    old when it is met is not looked at as if it were fresh.

    Args:
        article: its last reading.
        first_seen: when it was first read.
        now: later than this.
        ages: at which it is looked at, in their order.
    """
    born = first_seen
    if article.published_at is not None:
        born = min(born, article.published_at)
    elif article.published_date is not None:
        end_of_day = datetime.combine(article.published_date, time.max, tzinfo=UTC)
        born = min(born, end_of_day)
    return next((born + age for age in ages if born + age > now), None)


def must_be_confirmed(
    db: sqlite3.Connection, before: Version, article: Article, *, url: str, at: datetime
) -> str | None:
    """Return why a reading is not believed yet, or None when it may become a version.

    A page that was cut off, or that says quite another thing under another title (a notice of maintenance,
    the page of another article), is believed when it is still there a week later.

    Args:
        db: a connection.
        before: the current version.
        article: the reading.
        url: the canonical URL of the appearance.
        at: when it was read.
    """
    is_cut_off = (
        before.is_whole and "ending" in article.provenance and len(article.text) < len(before.text)
    )
    if is_cut_off:
        reason = "the page broke off"
    elif is_unlike(before, article):
        reason = f"it says quite another thing under the title {article.title!r}"
    else:
        return None
    row = db.execute("SELECT held_hash, held_at FROM outcome WHERE url = ?", (url,)).fetchone()
    is_same = row is not None and row["held_hash"] == content_hash(article)
    if is_same and at - utc_moment(row["held_at"]) >= BELIEVE_AFTER:
        return None
    return reason


def hold(
    db: sqlite3.Connection, url: str, outcome: Outcome, article: Article, reason: str
) -> Recorded:
    """Remember a reading that is not believed yet; the page is looked at again soon."""
    row = db.execute("SELECT state FROM outcome WHERE url = ?", (url,)).fetchone()
    _note(
        db,
        url,
        outcome,
        # What is gone is not back for another page under its URL.
        state=State(row["state"]),
        kind="not confirmed",
        reason=f"{reason}; kept as it was until that has been so for a week",
        due=outcome.at + CONFIRM_AFTER,
    )
    db.execute(
        "UPDATE outcome SET held_at = CASE WHEN held_hash = ?1 THEN held_at ELSE ?2 END, held_hash = ?1"
        " WHERE url = ?3",
        (content_hash(article), utc_text(outcome.at), url),
    )
    return Recorded(result="unchanged", key=key_of(url))


def note_failure(db: sqlite3.Connection, url: str, outcome: Outcome) -> Recorded:
    """Write that a look at an archived article brought no reading of it.

    Args:
        db: the writing connection.
        url: the canonical URL of the appearance.
        outcome: what came instead.

    Returns:
        `gone` when it was confirmed that it is gone, else `rejected`.
    """
    row = db.execute(
        "SELECT state, kind, tries, held_at FROM outcome WHERE url = ?", (url,)
    ).fetchone()
    reason = outcome.reason or outcome.kind or outcome.state
    if outcome.kind in GONE_KINDS:
        return _note_missing(db, url, outcome, row, reason)
    tries = row["tries"] + 1
    if outcome.state is State.REFUSED:
        wait = frontier.refused_for(outcome)
    else:
        wait = frontier.backoff(tries) if tries < frontier.MOST_TRIES else frontier.GONE_RETRY
    _note(
        db,
        url,
        outcome,
        state=State(row["state"]),
        kind=row["kind"],
        reason=f"the last look brought nothing: {reason}",
        due=outcome.at + max(wait, timedelta(seconds=outcome.retry_after or 0)),
        tries=tries,
    )
    return Recorded(result="rejected", key=key_of(url))


def _note_missing(
    db: sqlite3.Connection, url: str, outcome: Outcome, row: sqlite3.Row, reason: str
) -> Recorded:
    """Write that an archived article was not there: perhaps gone at first, gone when that has lasted."""
    was_gone = row["state"] == State.GONE
    is_first = row["kind"] != "perhaps gone" or row["held_at"] is None
    first = outcome.at if is_first else utc_moment(row["held_at"])
    if not was_gone and outcome.at - first < GONE_AFTER:
        _note(
            db,
            url,
            outcome,
            kind="perhaps gone",
            reason=f"{reason}; it counts as gone when a look half a day after the first says the same",
            due=first + CONFIRM_AFTER,
        )
        db.execute(
            "UPDATE outcome SET held_hash = NULL, held_at = ? WHERE url = ?", (utc_text(first), url)
        )
        return Recorded(result="rejected", key=key_of(url))
    _note(
        db,
        url,
        outcome,
        state=State.GONE,
        kind=outcome.kind,
        reason=reason,
        due=outcome.at + frontier.GONE_RETRY,
    )
    db.execute("UPDATE outcome SET held_hash = NULL, held_at = NULL WHERE url = ?", (url,))
    if not was_gone:
        db.execute("UPDATE appearance SET gone_at = ? WHERE url = ?", (utc_text(outcome.at), url))
    return Recorded(result="rejected" if was_gone else "gone", key=key_of(url))


def note_success(
    db: sqlite3.Connection, url: str, outcome: Outcome, *, ages: Sequence[timedelta]
) -> None:
    """Write that an archived article was read, and when it is to be looked at again."""
    row = db.execute("SELECT first_seen_at FROM appearance WHERE url = ?", (url,)).fetchone()
    db.execute(
        "UPDATE appearance SET checked_at = max(checked_at, ?), gone_at = NULL WHERE url = ?",
        (utc_text(outcome.at), url),
    )
    due = None
    if outcome.article is not None:
        due = next_recheck(
            outcome.article,
            first_seen=utc_moment(row["first_seen_at"]),
            now=outcome.at,
            ages=ages,
        )
    db.execute(
        "UPDATE outcome SET due_at = ?, held_hash = NULL, held_at = NULL WHERE url = ?",
        (utc_text(due) if due else None, url),
    )


def _note(
    db: sqlite3.Connection,
    url: str,
    outcome: Outcome,
    *,
    kind: str | None,
    reason: str,
    due: datetime,
    state: State = State.ARCHIVED,
    tries: int = 0,
) -> None:
    db.execute(
        "UPDATE outcome SET state = ?, kind = ?, reason = ?, tries = ?, tried_at = ?, due_at = ?,"
        " crawl_id = ? WHERE url = ?",
        (
            state,
            kind,
            reason,
            tries,
            utc_text(outcome.at),
            utc_text(due),
            outcome.crawl_id,
            url,
        ),
    )
