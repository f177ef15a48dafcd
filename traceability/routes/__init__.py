"""Entry points of traceability."""
