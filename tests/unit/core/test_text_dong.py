import pytest

from core.text.dong import dong
from core.text.refusal import Unreadable


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("150k", 150_000),
        ("150 K", 150_000),
        ("150.000 đ", 150_000),
        ("150.000đ", 150_000),
        ("150,000", 150_000),
        ("150 000", 150_000),
        ("150\u00a0000\u202f₫", 150_000),
        ("₫150,000", 150_000),
        ("１５０．０００", 150_000),
        ("1.500.000 VNĐ", 1_500_000),
        ("150000", 150_000),
        ("500 đ", 500),
        ("1,000.00", 1_000),
        ("0", 0),
        ("1000", 1_000),
        ("1tr2", 1_200_000),
        ("1tr25", 1_250_000),
        ("1tr05", 1_050_000),
        ("1 triệu 2", 1_200_000),
        ("1tr200k", 1_200_000),
        ("2 tỷ", 2_000_000_000),
        ("1,5 triệu", 1_500_000),
        ("1.5tr", 1_500_000),
        ("1,5k", 1_500),
        ("35 nghìn", 35_000),
        ("35 ngàn đồng", 35_000),
        ("150kđ", 150_000),
        ("150k200", 150_200),
    ],
)
def test_a_price_is_understood(typed: str, expected: int) -> None:
    assert dong(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code", "readings"),
    [
        ("1.5", "dong_ambiguous", (1_500, 1_500_000)),
        ("1,5 đ", "dong_ambiguous", (1_500, 1_500_000)),
        ("150", "dong_ambiguous", (150, 150_000, 150_000_000)),
        ("1", "dong_ambiguous", (1, 1_000, 1_000_000)),
        ("0,5", "dong_ambiguous", (500, 500_000)),
        ("999", "dong_ambiguous", (999, 999_000, 999_000_000)),
        ("1.500k", "dong_ambiguous", (1_500, 1_500_000)),
        ("1,2345k", "dong_fraction", None),
        ("150.000,5 đ", "dong_fraction", None),
        ("-150k", "dong_negative", None),
        ("1,5tr2", "dong_unreadable", None),
        ("150k200 k", "dong_unreadable", None),
        ("15.00.000", "dong_unreadable", None),
        ("1.5.2tr", "dong_unreadable", None),
        ("150 usd", "dong_unreadable", None),
        ("đ", "dong_unreadable", None),
        ("một trăm", "dong_unreadable", None),
        ("1e6", "dong_unreadable", None),
        ("٣٠٠٠", "dong_unreadable", None),
        (" \u200b", "empty", None),
        ("1" * 61, "too_long", None),
    ],
)
def test_what_is_unclear_is_asked_about(typed: str, code: str, readings: object) -> None:
    with pytest.raises(Unreadable) as refused:
        dong(typed)

    assert refused.value.code == code
    assert refused.value.values.get("readings") == readings
