import pytest

from core.money import unit_price_vnd


@pytest.mark.parametrize(
    ("price_vnd", "content", "base_unit", "expected"),
    [
        (150_000, 200, "g", 750_000),
        (35_000, 500, "ml", 70_000),
        (120_000, 12, "piece", 10_000),
        (100_000, 3, "piece", 33_333),
        (100_000, 7, "piece", 14_286),
        (1, 2, "piece", 1),
        (10**12, 1, "g", 10**15),
        (0, 5, "g", 0),
    ],
)
def test_a_unit_price_is_whole_and_rounds_half_up(
    price_vnd: int, content: int, base_unit: str, expected: int
) -> None:
    assert unit_price_vnd(price_vnd, content, base_unit) == expected
