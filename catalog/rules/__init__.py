"""Decisions of the catalog. Pure."""

from catalog.rules.listing import (
    FINDABLE,
    LOT_STATE,
    Level,
    LotFault,
    Missing,
    ProductState,
    identity_is_open,
    lot_fault,
    made_kinds,
    missing_for_checking,
    parts_are_open,
    words_are_open,
)
from catalog.rules.standing import (
    YEAR_ONLY_LAPSES_AFTER,
    RecognitionFacts,
    Standing,
    best_standing,
    last_day,
    standing_of,
    valid_until,
)

__all__ = [
    "FINDABLE",
    "LOT_STATE",
    "YEAR_ONLY_LAPSES_AFTER",
    "Level",
    "LotFault",
    "Missing",
    "ProductState",
    "RecognitionFacts",
    "Standing",
    "best_standing",
    "identity_is_open",
    "last_day",
    "lot_fault",
    "made_kinds",
    "missing_for_checking",
    "parts_are_open",
    "standing_of",
    "valid_until",
    "words_are_open",
]
