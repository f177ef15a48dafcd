"""What the catalog asks about a price before it keeps it; confirmed once, it is kept."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.errors import Beside
from catalog.rules import PackPrice
from core import display
from core.errors import sentence
from core.language import current_language


@dataclass(frozen=True)
class _Shown:
    """A value that is written as its reader writes it, when the sentence is shown."""

    drawn: Callable[[str], str]

    def __str__(self) -> str:
        return self.drawn(current_language())


class PriceFar(Beside):
    """The price lies far from what such goods cost, and no slip of the finger explains it."""

    field = "price_confirmed"
    sentence = sentence(
        "Giá này tính ra %(rate)s, khác xa mức thường thấy. "
        "Có đúng %(price)s cho %(content)s không?"
    )

    def __init__(self, typed: PackPrice) -> None:
        super().__init__(f"{typed.rate_vnd} a unit", **_values(typed))


class PriceSlipped(Beside):
    """The price looks like a slip of the finger: both readings are shown."""

    field = "price_confirmed"
    sentence = sentence(
        "Giá này tính ra %(rate)s. Có đúng %(price)s cho %(content)s không, "
        "hay là %(meant_price)s cho %(meant_content)s (%(meant_rate)s)?"
    )

    def __init__(self, typed: PackPrice, meant: PackPrice) -> None:
        super().__init__(
            f"{typed.rate_vnd} a unit", **_values(typed), **_values(meant, called="meant_")
        )


def _values(price: PackPrice, *, called: str = "") -> dict[str, object]:
    content, unit, price_vnd = price.content, price.base_unit, price.price_vnd
    return {
        f"{called}rate": _Shown(
            lambda locale: display.unit_price(price_vnd, content, unit, locale)
        ),
        f"{called}price": _Shown(lambda locale: display.vnd(price_vnd, locale)),
        f"{called}content": _Shown(lambda locale: display.measure(content, unit, locale)),
    }
