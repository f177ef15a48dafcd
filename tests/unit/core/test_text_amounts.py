import pytest

from core.text.amounts import amount
from core.text.numbers import count
from core.text.refusal import Unreadable


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1,5 kg", (1_500, "g")),
        ("1.5kg", (1_500, "g")),
        ("0,500 kg", (500, "g")),
        ("200g", (200, "g")),
        ("200\u2009g", (200, "g")),
        ("1.500 g", (1_500, "g")),
        ("1.500,5 kg", (1_500_500, "g")),
        ("2 lạng", (200, "g")),
        ("2 lang", (200, "g")),
        ("1 tạ", (100_000, "g")),
        ("2 cân", (2_000, "g")),
        ("1,2 tấn", (1_200_000, "g")),
        ("500 ml", (500, "ml")),
        ("0,75 l", (750, "ml")),
        ("1 LÍT", (1_000, "ml")),
        ("5 cl", (50, "ml")),
        ("12 cái", (12, "piece")),
        ("12 cai", (12, "piece")),
        ("1.000 quả", (1_000, "piece")),
        ("５ ｋｇ", (5_000, "g")),
    ],
)
def test_an_amount_is_in_whole_base_units(typed: str, expected: tuple[int, str]) -> None:
    assert amount(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,5", "amount_unit_missing"),
        ("1,5 g", "amount_fraction"),
        ("0,0005 kg", "amount_fraction"),
        ("1,5 cái", "amount_fraction"),
        ("1.500 kg", "amount_ambiguous"),
        ("1,234 l", "amount_ambiguous"),
        ("1 tá", "amount_unit_unknown"),
        ("1 ta", "amount_unit_unknown"),
        ("2 can", "amount_unit_unknown"),
        ("1 chục", "amount_unit_unknown"),
        ("-2 kg", "amount_negative"),
        ("1.5.2 kg", "amount_unreadable"),
        ("2 x 100 g", "amount_unreadable"),
        ("kg", "amount_unreadable"),
        ("", "empty"),
    ],
)
def test_an_unclear_amount_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        amount(typed)

    assert refused.value.code == code


def test_the_readings_of_an_ambiguous_amount_are_told() -> None:
    with pytest.raises(Unreadable) as refused:
        amount("1.500 kg")

    assert refused.value.values == {
        "text": "1.500 kg",
        "readings": (1_500, 1_500_000),
        "base_unit": "g",
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("640", 640), ("1.000", 1_000), ("1,000", 1_000), ("1 000 000", 1_000_000), ("0", 0)],
)
def test_a_count_is_understood(typed: str, expected: int) -> None:
    assert count(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-1", "count_negative"),
        ("−1", "count_negative"),
        ("1.5", "count_fraction"),
        ("1.500,5", "count_fraction"),
        ("1.00.0", "count_unreadable"),
        ("abc", "count_unreadable"),
        ("10^3", "count_unreadable"),
    ],
)
def test_an_unclear_count_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        count(typed)

    assert refused.value.code == code
