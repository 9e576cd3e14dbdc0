"""What can go wrong while scraping.

    ScraperError
    ├── ConfigError        a setting, a source or a topic that cannot be used (also a ValueError)
    ├── UrlRefused         a URL that is never requested (also a ValueError)
    ├── FetchError         a page that could not be fetched
    └── CrawlFailed        a crawl that could not do its work

What happens to a single page in a crawl is no exception but an `Outcome` with its kind.
"""


class ScraperError(Exception):
    """Something about fetching or reading; the message names the subject and the way out."""


class ConfigError(ScraperError, ValueError):
    """A setting, a source record or a topic list that cannot be used."""


class UrlRefused(ScraperError, ValueError):
    """A URL that is never requested: another scheme, no host, too long, malformed."""


class FetchError(ScraperError):
    """A page that could not be fetched; the message says why."""


class CrawlFailed(ScraperError):
    """A crawl that could not do its work, as against pages that failed in it."""
