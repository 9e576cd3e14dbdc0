"""Fetching pages and turning them into articles."""

__version__ = "0.1.0"
