"""What a source's lists serve now, and what to do about it."""

from dataclasses import dataclass
from datetime import date

from scraper.discovery.links import FROZEN_DAYS, ListPage
from scraper.sources import ListPurpose

# Weekday-only sources look dead on a Monday; a list of announcements may be silent for weeks.
SILENT_DAYS = 45

# Of the entries of a good feed most are articles.
FEW_ARTICLES = 0.2

FINE = "fine"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSurvey:
    """What one list page served."""

    source: str
    """The source's name."""
    url: str
    """The canonical URL that was asked for."""
    purpose: ListPurpose
    """What it was asked for as."""
    answer: str
    """`200`, another status, or why there was no answer: `robots`, `dns`, `timeout`, ..."""
    reason: str | None = None
    """Why there was no list, in a sentence."""
    charset: str | None = None
    """The charset in which it was sent, as its header says."""
    page: ListPage | None = None
    """What was read; None when nothing was."""
    title: str | None = None
    """What the home page calls it, where that led to it."""

    @property
    def articles(self) -> int:
        """How many of its links are articles by the source's rules."""
        return len(self.page.links) if self.page else 0

    def is_frozen(self, today: date) -> bool:
        """Say whether nothing new has stood in it for long."""
        newest = self.page.newest if self.page else None
        return newest is not None and (today - newest).days > FROZEN_DAYS

    def is_good(self, today: date) -> bool:
        """Say whether it is worth asking again."""
        return self.articles > 0 and not self.is_frozen(today)


def advise(survey: ListSurvey, *, today: date) -> str:
    """Return one line of advice on a list, `FINE` when it needs none.

    Args:
        survey: what it served.
        today: to tell what is old.
    """
    page = survey.page
    if page is None:
        return _advise_unanswered(survey)
    if survey.purpose == "feed" and survey.is_frozen(today):
        return f"frozen since {page.newest}: remove it, and name a section or a sitemap"
    if survey.purpose == "sitemap" and not page.links and (page.further or page.listed == 0):
        # An index, or the news sitemap of a quiet day.
        return FINE
    if page.listed == 0:
        return "it lists nothing: remove it"
    if not page.links:
        return "none of its links is an article: look at `include`, or at `selectors.links`"
    if page.newest and (today - page.newest).days > SILENT_DAYS:
        return f"silent since {page.newest}: look whether the portal has another list"
    if survey.purpose == "feed" and survey.articles < FEW_ARTICLES * page.listed:
        return "few of its entries are articles by the rules: look at `include` and `exclude`"
    return FINE


def _advise_unanswered(survey: ListSurvey) -> str:
    match survey.answer:
        case "robots":
            return "robots.txt forbids it: remove it"
        case "404" | "410":
            return "gone: remove it, or find its new address with `wireroom sources add`"
        case "403" | "401":
            return "refused: the portal may want no robots; ask it, or name another list"
        case "address":
            return "no public address: --allow-network opens more"
        case _:
            return f"no answer now ({survey.reason or survey.answer}): try again later"
