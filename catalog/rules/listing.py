"""What may be changed in which state, what a listing still lacks, which days a lot may have. Pure.

Source: law 122/2025/QH15 on e-commerce: a seller's listing is checked before it is displayed, so
what was checked is not changed behind the officer's back.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from catalog.rules.groups import Group
from catalog.rules.listing_steps import ListingStep, is_first_told

LOT_YEARS_BACK = 10  # Nothing a village keeps was made earlier; more is a slip of the finger.
BEST_BEFORE_YEARS = 30


class ProductState(StrEnum):
    """The life of a listing."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    PRACTICE = "practice"  # As if on sale, in an enterprise that is only a learner's practice.


_WITH_THE_MAKER = frozenset({ProductState.DRAFT, ProductState.RETURNED, ProductState.WITHDRAWN})
FINDABLE = frozenset({ProductState.PUBLISHED})  # What search may show.
# A stamp shows the product's words: they must be checked before there is a lot. A practice's
# stamps speak to nobody.
ON_SALE = frozenset({ProductState.PUBLISHED, ProductState.PRACTICE})


def words_are_open(state: ProductState) -> bool:
    """Whether the maker may change what is said of the product."""
    return state in _WITH_THE_MAKER


def identity_is_open(state: ProductState, *, was_published: bool) -> bool:
    """Whether name and group may change: never after buyers, lots and stamps knew them."""
    return words_are_open(state) and not was_published


def packs_are_open(state: ProductState) -> bool:
    """Whether packs may be added and what they say may change: not once an officer saw them."""
    return words_are_open(state)


def prices_are_open(state: ProductState) -> bool:
    """Whether prices may change: always but while an officer looks."""
    return state is not ProductState.SUBMITTED


class Missing(StrEnum):
    """What a listing lacks before it can be checked."""

    NAME = "name"
    GROUP = "group"
    PACK = "pack"
    PLACE = "place"
    SELLER = "seller"


def missing_for_checking(
    *, packs: int, place_known: bool, seller_sent: bool = True, listing_step: int | None = None
) -> tuple[Missing, ...]:
    """What must still be filled in, in the order in which a maker would do it."""
    lacks = {
        Missing.NAME: is_first_told(ListingStep.NAME, listing_step),
        Missing.GROUP: is_first_told(ListingStep.GROUP, listing_step),
        Missing.PACK: packs == 0,
        Missing.PLACE: not place_known,
        Missing.SELLER: not seller_sent,
    }
    return tuple(missing for missing, is_lacking in lacks.items() if is_lacking)


# What is done on a lot's first day, the usual one of the group first. Services have no lots.
_MADE_KINDS: Mapping[str, tuple[str, ...]] = {
    Group.FOOD: ("packed", "made", "harvested", "caught"),
    Group.DRINKS: ("packed", "made"),
    Group.HERBS: ("harvested", "packed", "made"),
    Group.CRAFTS: ("made",),
    Group.ORNAMENTALS: ("harvested", "packed"),
    Group.TOURISM: (),
}


def made_kinds(group: str) -> tuple[str, ...]:
    """How the first day of a lot of this group is named, the usual way first."""
    return _MADE_KINDS[group]


class LotFault(StrEnum):
    """Why a lot cannot have these days."""

    MADE_IN_FUTURE = "made_in_future"
    MADE_TOO_LONG_AGO = "made_too_long_ago"
    ENDS_BEFORE_MADE = "ends_before_made"
    ENDS_TOO_LATE = "ends_too_late"


def lot_fault(made_on: date, best_before_on: date | None, *, today: date) -> LotFault | None:
    """What is wrong with a lot's days; None when they can be true."""
    if made_on > today:
        return LotFault.MADE_IN_FUTURE
    if made_on < _years_from(today, -LOT_YEARS_BACK):
        return LotFault.MADE_TOO_LONG_AGO
    if best_before_on is None:
        return None
    if best_before_on < made_on:
        return LotFault.ENDS_BEFORE_MADE
    is_too_late = best_before_on > _years_from(today, BEST_BEFORE_YEARS)
    return LotFault.ENDS_TOO_LATE if is_too_late else None


def _years_from(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):  # The anniversary may not exist.
        day = day.replace(day=28)
    return day.replace(year=day.year + years)
