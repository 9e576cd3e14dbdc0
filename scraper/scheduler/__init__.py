"""The scheduler: keeps every chosen source crawled, until it is stopped.

agenda (when each source is due) --- service (what is due, into one crawl) --- child (a crawl)
                                        |
                                        problems (who is ill now, told to the operator)
"""

from scraper.scheduler.service import Scheduler

__all__ = ["Scheduler"]
