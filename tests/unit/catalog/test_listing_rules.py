from datetime import date

import pytest

from catalog.rules import (
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

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("state", "words", "prices"),
    [
        ("draft", True, True),
        ("submitted", False, False),
        ("published", False, True),
        ("returned", True, True),
        ("withdrawn", True, True),
    ],
)
def test_words_and_packs_are_the_makers_until_sent_prices_but_while_an_officer_looks(
    *, state: str, words: bool, prices: bool
) -> None:
    assert words_are_open(ProductState(state)) is words
    assert packs_are_open(ProductState(state)) is words
    assert prices_are_open(ProductState(state)) is prices


def test_a_name_that_was_once_published_never_changes() -> None:
    assert identity_is_open(ProductState.RETURNED, was_published=False)
    assert not identity_is_open(ProductState.WITHDRAWN, was_published=True)
    assert not identity_is_open(ProductState.SUBMITTED, was_published=False)


def test_what_is_missing_comes_in_the_order_of_doing_it() -> None:
    assert missing_for_checking(packs=0, place_known=False) == (Missing.PACK, Missing.PLACE)
    assert missing_for_checking(packs=1, place_known=False) == (Missing.PLACE,)
    assert missing_for_checking(packs=1, place_known=True) == ()


@pytest.mark.parametrize(
    ("made_on", "best_before_on", "fault"),
    [
        (date(2026, 11, 21), None, None),
        (date(2026, 11, 22), None, LotFault.MADE_IN_FUTURE),
        (date(2016, 11, 21), None, None),
        (date(2016, 11, 20), None, LotFault.MADE_TOO_LONG_AGO),
        (date(2026, 11, 1), date(2026, 11, 1), None),
        (date(2026, 11, 1), date(2026, 10, 31), LotFault.ENDS_BEFORE_MADE),
        (date(2026, 11, 1), date(2056, 11, 21), None),
        (date(2026, 11, 1), date(2056, 11, 22), LotFault.ENDS_TOO_LATE),
    ],
)
def test_a_lot_has_days_that_can_be_true(
    made_on: date, best_before_on: date | None, fault: LotFault | None
) -> None:
    assert lot_fault(made_on, best_before_on, today=TODAY) == fault


def test_a_leap_day_has_bounds_too() -> None:
    assert lot_fault(date(2018, 2, 28), None, today=date(2028, 2, 29)) is None
    assert lot_fault(date(2018, 2, 27), None, today=date(2028, 2, 29)) == LotFault.MADE_TOO_LONG_AGO


def test_a_lots_first_day_is_named_as_its_group_does() -> None:
    assert made_kinds("thuc_pham")[0] == "packed"
    assert made_kinds("thu_cong_my_nghe") == ("made",)
    assert made_kinds("du_lich") == ()
