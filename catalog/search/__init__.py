"""Finding goods: one port, two engines that follow one change feed and give one answer."""

from catalog.search.engines import find, init_search
from catalog.search.feed import mark_changed
from catalog.search.following import behind, catch_up
from catalog.search.port import FACETS, SIZE, Found, Mending, Notice, SearchRequest, Sort

__all__ = [
    "FACETS",
    "SIZE",
    "Found",
    "Mending",
    "Notice",
    "SearchRequest",
    "Sort",
    "behind",
    "catch_up",
    "find",
    "init_search",
    "mark_changed",
]
