"""Finding goods: one port, two engines that follow one change feed and give one answer."""

from catalog.search.feed import mark_changed
from catalog.search.port import FACETS, SIZE, Found, Mending, Notice, SearchRequest, Sort

__all__ = [
    "FACETS",
    "SIZE",
    "Found",
    "Mending",
    "Notice",
    "SearchRequest",
    "Sort",
    "mark_changed",
]
