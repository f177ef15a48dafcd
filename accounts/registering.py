"""What an enterprise must tell before an officer looks at it. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from stdnum.vn import mst

PERSONAL_DIGITS = 12  # Since 1 July 2025 people's tax code too; it has no check digit.


class Kind(StrEnum):
    """What somebody sells as."""

    HOUSEHOLD = "household"  # Farming household or maker: no registration is needed.
    HOUSEHOLD_BUSINESS = "household_business"
    GROUP = "group"
    COOPERATIVE = "cooperative"
    COMPANY = "company"


class NumberKind(StrEnum):
    """Which number a kind of enterprise has."""

    NONE = "none"
    PERSONAL = "personal"  # Twelve digits: a household business goes by its holder's number.
    TAX = "tax"  # Ten or thirteen digits, with a check digit.
    TAX_IF_ANY = "tax_if_any"  # A cooperative group may have one and need not.


NUMBERS: Mapping[Kind, NumberKind] = {
    Kind.HOUSEHOLD: NumberKind.NONE,
    Kind.HOUSEHOLD_BUSINESS: NumberKind.PERSONAL,
    Kind.GROUP: NumberKind.TAX_IF_ANY,
    Kind.COOPERATIVE: NumberKind.TAX,
    Kind.COMPANY: NumberKind.TAX,
}


class NumberFault(StrEnum):
    """What is wrong with a typed number."""

    PERSONAL_SHAPE = "personal_shape"
    TAX_SHAPE = "tax_shape"
    TAX_CHECK = "tax_check"


class Missing(StrEnum):
    """What must still be told, in the order of the page."""

    NUMBER = "number"
    PLACE = "place"


def compact_number(typed: str) -> str:
    """A number as it is stored: "0100 233 488", "0314409058-002" without what parts it."""
    return "".join(letter for letter in typed if letter not in " .-\u00a0\u2011")


def number_fault(kind: Kind, number: str) -> NumberFault | None:
    """What is wrong with a compact number; None for a right one, and for none at all."""
    wanted = NUMBERS[kind]
    if not number or wanted is NumberKind.NONE:
        return None
    is_digits = number.isascii() and number.isdigit()
    if wanted is NumberKind.PERSONAL:
        fits = is_digits and len(number) == PERSONAL_DIGITS and number[0] == "0"
        return None if fits else NumberFault.PERSONAL_SHAPE
    if not is_digits or len(number) not in {10, 13}:
        return NumberFault.TAX_SHAPE
    return None if mst.is_valid(number) else NumberFault.TAX_CHECK


def missing_to_submit(*, kind: Kind, number: str | None, commune: str | None) -> list[Missing]:
    """What an officer cannot do without."""
    needs_number = NUMBERS[kind] in {NumberKind.PERSONAL, NumberKind.TAX}
    lacks = {Missing.NUMBER: needs_number and not number, Missing.PLACE: commune is None}
    return [one for one, is_lacking in lacks.items() if is_lacking]


def words_are_open(state: str) -> bool:
    """Whether name, kind, number and place may be changed: once sent, an officer looks at them."""
    return state in {"draft", "returned"}
