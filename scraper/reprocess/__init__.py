"""Doing it again without a network: importing files, reading captures anew, judging anew.

    file or capture -> ingest.ingest_page, in a worker -> articles.record

Work goes through the pool in a window of a few pages, and is recorded in the order of the file: the same
input gives the same archive, in bounded memory, and an import that broke off goes on where it was.
"""

from scraper.reprocess.again import Reextraction, Rescoring, reextract, rescore, win_back
from scraper.reprocess.files import FileImported, ImportRefused, import_file

__all__ = [
    "FileImported",
    "ImportRefused",
    "Reextraction",
    "Rescoring",
    "import_file",
    "reextract",
    "rescore",
    "win_back",
]
