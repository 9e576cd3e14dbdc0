"""Importing this module loads and warms all that a worker needs; the fork server does it once."""

import gc

from scraper import ingest

ingest.warm_up()
# None of it goes away: to look it through costs every worker time, and a copy of the memory that they share.
gc.collect()
gc.freeze()
