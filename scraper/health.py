"""What the archive's health is asked for: the sources of the settings, as storage knows them."""

from scraper.sources import Source
from storage.health import Watched


def watch(source: Source) -> Watched:
    """Return a source as one whose health is asked for."""
    lists = tuple(listing.url for listing in source.list_pages())
    return Watched(source=source.name, lists=lists or (source.home,))
