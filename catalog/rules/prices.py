"""Which prices are so far from what goods cost that they are asked about once. Pure.

A slip of the finger is a thousand times off: a "k" or three zeros too many or too few, gram for
kilogram. What no honest price reaches is asked about; so is what lies far from the group's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from core.money import unit_price_vnd

# đồng a kilogram, litre or piece. Saffron and wild ginseng lie above: their makers say so once.
# A box of 500 toothpicks costs some đồng a piece.
_ORDINARY: Mapping[str, tuple[int, int]] = {
    "g": (1_000, 50_000_000),
    "ml": (1_000, 50_000_000),
    "piece": (10, 500_000_000),
}
# Times the group's median. A bead and a lacquer painting are pieces of one group.
_FAR: Mapping[str, int] = {"g": 20, "ml": 20, "piece": 1_000}
MEDIAN_OF_AT_LEAST = 10  # Offers: fewer say little about what is usual.
_SLIP = 1_000
_LEAST_PRICE_VND, _LEAST_CONTENT = 1_000, 10  # Of what is sold: nobody meant a pack of 1 g.


@dataclass(frozen=True)
class PackPrice:
    """A price for a content in base units."""

    content: int
    base_unit: str
    price_vnd: int

    @property
    def rate_vnd(self) -> int:
        """đồng a kilogram, litre or piece."""
        return unit_price_vnd(self.price_vnd, self.content, self.base_unit)


@dataclass(frozen=True)
class PriceSlip:
    """A price that is asked about, and what was meant if a slip of the finger explains it."""

    typed: PackPrice
    meant: PackPrice | None


def price_slip(typed: PackPrice, *, usual_vnd: int | None) -> PriceSlip | None:
    """What to ask about a price; None where it is ordinary.

    `usual_vnd` is the median of the group's offers a kilogram, litre or piece, where enough stand.
    """
    if _is_ordinary(typed, usual_vnd):
        return None
    readings = _readings(typed, is_dear=typed.rate_vnd > _middle(typed.base_unit, usual_vnd))
    meant = next((each for each in readings if _is_ordinary(each, usual_vnd)), None)
    return PriceSlip(typed, meant)


def _is_ordinary(asked: PackPrice, usual_vnd: int | None) -> bool:
    least, most = _ORDINARY[asked.base_unit]
    if not least <= asked.rate_vnd <= most:
        return False
    far = _FAR[asked.base_unit]
    return usual_vnd is None or usual_vnd <= asked.rate_vnd * far <= usual_vnd * far * far


def _middle(base_unit: str, usual_vnd: int | None) -> int:
    least, most = _ORDINARY[base_unit]
    return (least + most) // 2 if usual_vnd is None else usual_vnd


def _readings(typed: PackPrice, *, is_dear: bool) -> list[PackPrice]:
    """What a slip may have stood for, the likelier first."""
    content, unit, price_vnd = typed.content, typed.base_unit, typed.price_vnd
    is_measured = unit != "piece"
    found: list[PackPrice] = []
    if is_dear:
        if price_vnd % _SLIP == 0 and price_vnd // _SLIP >= _LEAST_PRICE_VND:
            found.append(PackPrice(content, unit, price_vnd // _SLIP))
        if is_measured:
            found.append(PackPrice(content * _SLIP, unit, price_vnd))
        return found
    if is_measured and content % _SLIP == 0 and content // _SLIP >= _LEAST_CONTENT:
        found.append(PackPrice(content // _SLIP, unit, price_vnd))
    return [*found, PackPrice(content, unit, price_vnd * _SLIP)]
