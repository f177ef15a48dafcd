"""Decisions of the catalog. Pure."""

from catalog.rules.claims import Claim, claim_in
from catalog.rules.groups import EATEN, SERVICES, Group
from catalog.rules.listing import (
    FINDABLE,
    ON_SALE,
    LotFault,
    Missing,
    ProductState,
    identity_is_open,
    lot_fault,
    made_kinds,
    missing_for_checking,
    packs_are_open,
    prices_are_open,
    words_are_open,
)
from catalog.rules.listing_steps import (
    UNNAMED,
    ListingStep,
    is_first_told,
    step_to_show,
    story_of,
)
from catalog.rules.prices import MEDIAN_OF_AT_LEAST, PackPrice, PriceSlip, price_slip
from catalog.rules.scores import ClaimFault, claim_fault, stars_of_score
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
    "EATEN",
    "FINDABLE",
    "MEDIAN_OF_AT_LEAST",
    "ON_SALE",
    "SERVICES",
    "UNNAMED",
    "YEAR_ONLY_LAPSES_AFTER",
    "Claim",
    "ClaimFault",
    "Group",
    "ListingStep",
    "LotFault",
    "Missing",
    "PackPrice",
    "PriceSlip",
    "ProductState",
    "RecognitionFacts",
    "Standing",
    "best_standing",
    "claim_fault",
    "claim_in",
    "identity_is_open",
    "is_first_told",
    "last_day",
    "lot_fault",
    "made_kinds",
    "missing_for_checking",
    "packs_are_open",
    "price_slip",
    "prices_are_open",
    "standing_of",
    "stars_of_score",
    "step_to_show",
    "story_of",
    "valid_until",
    "words_are_open",
]
