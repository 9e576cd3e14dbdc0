"""Every Scrapy setting that differs from Scrapy's default, with its reason.

Scrapy reads this module in a checkout (`scrapy list`, `scrapy crawl news`), and `wireroom crawl`
gives it the same.
"""

BOT_NAME = "wireroom"
SPIDER_MODULES = ["spiders"]
ADDONS = {"scraper.crawling.addon.WireroomAddon": 0}

# Listeners that execute code: no port is open during a crawl.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Only http and https, both through the pace; a feed may name file:, ftp: or s3: URLs.
DOWNLOAD_HANDLERS = {
    "http": "scraper.crawling.pace.PacedDownloadHandler",
    "https": "scraper.crawling.pace.PacedDownloadHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
# Addresses are checked where they are resolved.
TWISTED_DNS_RESOLVER = "scraper.crawling.guard.GuardedResolver"
DNS_TIMEOUT = 15

# Bounds of one response; see scraper.crawling.limits for sitemaps and robots.txt. The timeout covers
# all of it, from the connection to the last byte.
DOWNLOAD_MAXSIZE = 16 << 20
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
REDIRECT_MAX_TIMES = 5
# A news page that reloads itself is no redirect.
METAREFRESH_ENABLED = False

# What would make us someone, send us elsewhere, or tell where we come from.
COOKIES_ENABLED = False
REFERER_ENABLED = False
HTTPPROXY_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True

# These parts of Scrapy and no others, whatever a later version adds to its own lists; what is not named is
# not even imported. Left out for a reason: its robots.txt, compression and redirects (there are our own),
# offsite (sources name their own hosts, and redirects are judged by the source they belong to) and retry
# (the archive's outcomes decide what is asked again, and when).
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Wireroom"
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "scraper.crawling.robots.RobotsMiddleware": 100,
    # After robots.txt: what it forbids takes no share of the host's.
    "scraper.crawling.limits.LimitsMiddleware": 110,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    # With bounds, and with a kind for each way to fail.
    "scraper.crawling.encodings.EncodingMiddleware": 590,
    "scraper.crawling.redirects.RedirectMiddleware": 600,
}
# The frontier in the archive knows what was asked for; a filter in memory would know it again.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# An answer of any status becomes an outcome, and our own depth stands in the requests: a long chain of pages
# must not change an order.
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": 25,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": 800,
}

# Many hosts at once, one request a host at a time; the pace between two stands in the handler.
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0
DOWNLOAD_DELAY_JITTER = 0
# Spiders yield nothing but requests, which are only queued: Scrapy would start a hundred tasks an answer.
CONCURRENT_ITEMS = 1

# The session counts; Scrapy's own counts and logs would say it twice.
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "scraper.crawling.session.CrawlSession": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
}
STATS_DUMP = False
# The command says what is shown; a bare `scrapy crawl` shows nothing but its summary either.
LOG_INSTALL_ROOT_HANDLER = False
