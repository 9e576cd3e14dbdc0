"""What one crawl is to do."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scraper.config import Config, load_config
from scraper.crawling.addresses import address_allowed, parse_networks
from scraper.errors import ConfigError
from scraper.sources import Source

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """What one crawl is to do, and where it is kept."""

    archive: Path
    """The archive's file; made when it does not exist."""
    config: Config
    """The settings."""
    sources: tuple[Source, ...]
    """The sources whose lists and waiting links are due; for a fetch by hand, its one source."""
    limit: int | None = None
    """At most so many article pages a source; None means the setting `max_pages`."""
    url: str | None = None
    """The one canonical URL of a fetch by hand; None for a crawl of sources."""
    save: bool = True
    """Whether outcomes are recorded; a fetch by hand may only look."""
    markdown: bool = False
    """Whether the Markdown form of a fetched article is wanted."""
    since: date | None = None
    """Go back to this day, beside what is published now; None means no further than the sources' lists do."""
    only_due: bool = False
    """Leave out the lists that asked for no request yet."""
    survey: bool = False
    """Only look at the lists of the sources, or find those of a source that names none; nothing is kept."""

    @classmethod
    def from_settings(cls, settings: "BaseSettings") -> Self:
        """Return the plan that Scrapy's settings hold, or that of a bare `scrapy crawl`.

        Without a plan of ours, the archive, the configuration and the chosen sources are found as
        the command `wireroom` finds them: `$WIREROOM_ARCHIVE`, `$WIREROOM_CONFIG`, this folder.

        Raises:
            ConfigError: when the configuration cannot be used.
        """
        plan = settings.get("WIREROOM_PLAN")
        if isinstance(plan, cls):
            return plan
        archive = Path(os.environ.get("WIREROOM_ARCHIVE", "wireroom.db"))
        given = os.environ.get("WIREROOM_CONFIG")
        config = load_config(Path(given) if given else None, archive=archive)
        return cls(archive=archive, config=config, sources=config.sources)


def require_contact(plan: CrawlPlan) -> None:
    """Check that a crawl of public hosts says who crawls.

    Raises:
        ConfigError: when a host is not known to be in the allowed networks and no contact is set.
    """
    if plan.config.contact is not None:
        return
    networks = parse_networks(plan.config.allow_networks)
    urls = [plan.url] if plan.url else [r.url for s in plan.sources for r in s.list_pages()]
    for url in urls:
        host = urlsplit(url).hostname or url
        named = not host.replace(".", "").isdigit() and ":" not in host
        # A name is looked up when it is connected to, and then only the open networks pass.
        if not networks or not (named or address_allowed(host, networks, public=False)):
            raise ConfigError(
                f"{host} is not fetched before a contact is set: its owner must be able to reach "
                'whoever crawls it. Write contact = "you@example.org" into wireroom.toml '
                "(`wireroom init` makes one)"
            )
