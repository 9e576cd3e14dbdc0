"""One crawl: the wiring of Scrapy, and the guards at its connections."""
