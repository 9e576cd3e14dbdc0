"""Importing this module loads and warms all that a worker needs; the fork server does it once."""

from scraper import ingest

ingest.warm_up()
