"""Whether elements are what GS1 allows: each value for itself, then all of them together."""

from collections.abc import Sequence
from typing import Final

from core.gs1 import errors
from core.gs1.character_sets import is_written_in
from core.gs1.check_digits import GTIN_LENGTHS, is_digits
from core.gs1.component_checks import CHECKS
from core.gs1.identifiers import (
    APPLICATION_IDENTIFIERS,
    ApplicationIdentifier,
    Component,
    Element,
)

_GTIN: Final = "01"
_SIGNATURE: Final = "8030"
# Keys whose serial is the optional end of their value (General Specifications, 3.9.14).
_SERIAL_INSIDE: Final = ("253", "255", "8003")


def known(identifier: str) -> ApplicationIdentifier:
    """Give an identifier's row of the table.

    Raises:
        UnknownIdentifier: there is none.
    """
    row = APPLICATION_IDENTIFIERS.get(identifier)
    if row is None:
        raise errors.UnknownIdentifier(identifier)
    return row


def require_value(element: Element) -> None:
    """Check a value against its identifier: length, characters, and what its components mean.

    Raises:
        MalformedValue: see its subclasses.
    """
    row = known(element.identifier)
    _require_length(row, element.value)
    start = 0
    for component in row.components:
        part = element.value[start : start + component.longest]
        start += len(part)
        if part or not component.optional:
            _require_component(row.identifier, component, part)


def require_together(elements: Sequence[Element]) -> None:
    """Check what identifiers say of each other; the same one twice must say the same.

    Raises:
        MalformedElements: see its subclasses.
    """
    values: dict[str, str] = {}
    for identifier, value in elements:
        if values.setdefault(identifier, value) != value:
            raise errors.ContradictingRepetition(identifier)
    for identifier in values:
        others = values.keys() - {identifier}
        row = known(identifier)
        if any(_is_there(pattern, others) for pattern in row.excluded):
            raise errors.ForbiddenPair(identifier)
        if row.required and not any(_all_there(group, others) for group in row.required):
            raise errors.RequiredMissing(identifier)
    if _SIGNATURE in values:
        _require_serial(values)


def padded(element: Element) -> Element:
    """Give the element with a GTIN-8, -12 or -13 of AI 01 filled up to 14 digits."""
    identifier, value = element
    if identifier == _GTIN and is_digits(value) and len(value) in GTIN_LENGTHS:
        return Element(identifier, value.zfill(14))
    return element


def _require_length(row: ApplicationIdentifier, value: str) -> None:
    if not value:
        raise errors.EmptyValue(row.identifier)
    if len(value) < row.shortest:
        raise errors.TooShort(row.identifier)
    if len(value) > row.longest:
        raise errors.TooLong(row.identifier)


def _require_component(identifier: str, component: Component, part: str) -> None:
    if not is_written_in(part, component.character_set):
        raise errors.ForeignCharacter(identifier)
    if len(part) < component.shortest:
        raise errors.TooShort(identifier)
    for name in component.checks:
        check = CHECKS[name]
        if not check.holds(part):
            raise check.refusal(identifier)


def _all_there(group: tuple[str, ...], identifiers: set[str]) -> bool:
    return all(_is_there(pattern, identifiers) for pattern in group)


def _is_there(pattern: str, identifiers: set[str]) -> bool:
    """In a pattern of the table "n" at the end stands for any digit: 310n, 31nn."""
    if not pattern.endswith("n"):
        return pattern in identifiers
    begin = pattern.rstrip("n")
    return any(
        len(identifier) == len(pattern) and identifier.startswith(begin)
        for identifier in identifiers
    )


def _require_serial(values: dict[str, str]) -> None:
    for identifier in _SERIAL_INSIDE:
        if len(values.get(identifier, "")) == known(identifier).shortest:
            raise errors.SignatureWithoutSerial(identifier)
