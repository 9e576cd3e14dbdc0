"""The archive: one SQLite file, and the raw responses beside it. Knows nothing of the web."""
