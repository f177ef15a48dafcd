import pytest

from catalog.rules import PackPrice, price_slip


@pytest.mark.parametrize(
    ("content", "unit", "price_vnd"),
    [
        (1_000, "g", 1_000),
        (1_000, "g", 50_000_000),
        (200, "g", 120_000),
        (500, "ml", 45_000),
        (500, "piece", 10_000),
        (1, "piece", 500_000_000),
    ],
)
def test_an_ordinary_price_is_not_asked_about(content: int, unit: str, price_vnd: int) -> None:
    assert price_slip(PackPrice(content, unit, price_vnd), usual_vnd=None) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # Three zeros too many.
        (PackPrice(200, "g", 120_000_000), PackPrice(200, "g", 120_000)),
        # A kilogram typed as one gram; 85 đồng is no price.
        (PackPrice(1, "g", 85_000), PackPrice(1_000, "g", 85_000)),
        # 200 g typed as 200 kg.
        (PackPrice(200_000, "g", 120_000), PackPrice(200, "g", 120_000)),
        # A "k" forgotten.
        (PackPrice(1_000, "g", 900), PackPrice(1_000, "g", 900_000)),
        (PackPrice(500_000, "ml", 45_000), PackPrice(500, "ml", 45_000)),
        (PackPrice(1, "piece", 500_001_000), PackPrice(1, "piece", 500_001)),
        (PackPrice(1, "piece", 9), PackPrice(1, "piece", 9_000)),
        # No thousand explains it.
        (PackPrice(1_000_000, "g", 1), None),
    ],
)
def test_a_price_no_goods_have_is_asked_about_with_what_was_meant(
    typed: PackPrice, meant: PackPrice | None
) -> None:
    slip = price_slip(typed, usual_vnd=None)

    assert slip is not None
    assert (slip.typed, slip.meant) == (typed, meant)


@pytest.mark.parametrize(
    ("unit", "content", "ordinary", "odd"),
    [
        ("g", 1_000, 4_000_000, 4_000_001),
        ("g", 1_000, 10_000, 9_999),
        ("ml", 1_000, 4_000_000, 4_000_001),
        ("ml", 1_000, 10_000, 9_999),
        ("piece", 1, 200_000_000, 200_000_001),
        ("piece", 1, 200, 199),
    ],
)
def test_a_price_far_from_the_groups_own_is_asked_about(
    unit: str, content: int, ordinary: int, odd: int
) -> None:
    assert price_slip(PackPrice(content, unit, ordinary), usual_vnd=200_000) is None
    assert price_slip(PackPrice(content, unit, odd), usual_vnd=200_000) is not None


def test_what_was_meant_lies_near_what_is_usual() -> None:
    # 30.000 ₫ for 1 kg where tea costs 4 million: the other reading is thirty million.
    slip = price_slip(PackPrice(1_000, "g", 30_000), usual_vnd=4_000_000)

    assert slip is not None
    assert slip.meant == PackPrice(1_000, "g", 30_000_000)
