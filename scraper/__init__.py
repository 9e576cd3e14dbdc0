"""Fetching pages and turning them into articles."""
