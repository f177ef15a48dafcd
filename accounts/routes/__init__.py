"""Entry points of accounts."""
