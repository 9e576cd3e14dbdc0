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

# robots.txt by our own middleware: see scraper.crawling.robots.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Wireroom"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scraper.crawling.robots.RobotsMiddleware": 100,
    # After robots.txt: what it forbids takes no share of the host's.
    "scraper.crawling.limits.LimitsMiddleware": 110,
    # Our own, with bounds and with a kind for each way to fail.
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scraper.crawling.encodings.EncodingMiddleware": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scraper.crawling.redirects.RedirectMiddleware": 600,
    # Sources name their own hosts, and redirects are judged by the source they belong to.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    # The archive's outcomes decide what is asked again, and when.
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
}
# The frontier in the archive knows what was asked for; a filter in memory would know it again.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# An answer of any status becomes an outcome.
HTTPERROR_ALLOW_ALL = True
# Our own depth stands in the requests; a long chain of pages must not change an order.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}

# Many hosts at once, one request a host at a time; the pace between two stands in the handler.
CONCURRENT_REQUESTS = 64
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0
DOWNLOAD_DELAY_JITTER = 0
# Spiders yield nothing but requests, which are only queued: Scrapy would start a hundred tasks an answer.
CONCURRENT_ITEMS = 1

# The session counts; Scrapy's own counts and logs would say it twice.
EXTENSIONS = {
    "scraper.crawling.session.CrawlSession": 0,
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.logcount.LogCount": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
}
STATS_DUMP = False
# The command says what is shown; a bare `scrapy crawl` shows nothing but its summary either.
LOG_INSTALL_ROOT_HANDLER = False
