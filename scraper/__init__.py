"""Fetching pages and turning them into articles."""

__version__ = "0.1.0"

# The name that robots.txt and pages may address.
PRODUCT_TOKEN = "Wireroom"  # noqa: S105 - a name, not a secret
