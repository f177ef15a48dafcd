"""Sums of whole đồng. No float ever holds money."""

# What a unit price speaks of: a kilogram, a litre, a piece.
PER_UNIT = {"g": 1_000, "ml": 1_000, "piece": 1}


def unit_price_vnd(price_vnd: int, content: int, base_unit: str) -> int:
    """Give đồng per kilogram, litre or piece, half rounded up; `content` is in base units."""
    assert content > 0, content
    return (2 * price_vnd * PER_UNIT[base_unit] + content) // (2 * content)
