"""Applies to a crawl what its plan says; the rest stands in scraper.crawling.settings."""

from typing import TYPE_CHECKING

from scraper.crawling.plan import CrawlPlan, require_contact

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class WireroomAddon:
    """Sets what depends on the user's configuration, at the add-on's own priority."""

    def update_settings(self, settings: "BaseSettings") -> None:
        """Take the User-Agent, the networks and the limits from the plan.

        Raises:
            ConfigError: when public hosts are to be crawled and no contact is set.
        """
        plan = CrawlPlan.from_settings(settings)
        require_contact(plan)
        config = plan.config
        for name, value in {
            "WIREROOM_PLAN": plan,
            "USER_AGENT": config.user_agent(),
            "DOWNLOAD_TIMEOUT": config.request_timeout,
            "CLOSESPIDER_TIMEOUT": 0 if plan.url else config.crawl_minutes * 60,
        }.items():
            settings.set(name, value, priority="addon")
