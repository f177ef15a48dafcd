import pytest

from accounts.registering import (
    Kind,
    Missing,
    NumberFault,
    compact_number,
    missing_to_submit,
    number_fault,
    words_are_open,
)


@pytest.mark.parametrize(
    ("kind", "typed", "fault"),
    [
        (Kind.HOUSEHOLD, "", None),
        (Kind.HOUSEHOLD, "anything", None),  # It needs none, and none is asked about.
        (Kind.HOUSEHOLD_BUSINESS, "001 089 012 345", None),
        (Kind.HOUSEHOLD_BUSINESS, "101089012345", NumberFault.PERSONAL_SHAPE),
        (Kind.HOUSEHOLD_BUSINESS, "00108901234", NumberFault.PERSONAL_SHAPE),
        (Kind.HOUSEHOLD_BUSINESS, "٠٠١٠٨٩٠١٢٣٤٥", NumberFault.PERSONAL_SHAPE),
        (Kind.COMPANY, "0100233488", None),
        (Kind.COOPERATIVE, "0314409058-002", None),
        (Kind.COMPANY, "0100233489", NumberFault.TAX_CHECK),
        (Kind.COMPANY, "010023348", NumberFault.TAX_SHAPE),
        (Kind.COMPANY, "001089012345", NumberFault.TAX_SHAPE),
        (Kind.GROUP, "", None),
        (Kind.GROUP, "1", NumberFault.TAX_SHAPE),
    ],
)
def test_a_number_is_judged_by_the_kind_of_enterprise(
    kind: Kind, typed: str, fault: NumberFault | None
) -> None:
    assert number_fault(kind, compact_number(typed)) is fault


@pytest.mark.parametrize(
    ("kind", "number", "commune", "missing"),
    [
        (Kind.HOUSEHOLD, None, "01576", []),
        (Kind.HOUSEHOLD, None, None, [Missing.PLACE]),
        (Kind.GROUP, None, "01576", []),
        (Kind.HOUSEHOLD_BUSINESS, None, None, [Missing.NUMBER, Missing.PLACE]),
        (Kind.COOPERATIVE, "", "01576", [Missing.NUMBER]),
        (Kind.COMPANY, "0100233488", "01576", []),
    ],
)
def test_what_is_missing_is_what_an_officer_would_miss(
    kind: Kind, number: str | None, commune: str | None, missing: list[Missing]
) -> None:
    assert missing_to_submit(kind=kind, number=number, commune=commune) == missing


def test_words_are_open_while_they_are_with_the_maker() -> None:
    states = ("draft", "submitted", "returned", "verified", "suspended")

    assert [state for state in states if words_are_open(state)] == ["draft", "returned"]
