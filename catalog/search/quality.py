"""The static quality number of the ranking: how much of a product's page is filled in. Pure.

It speaks of the page, never of the goods, and of facts alone: nobody sets it by hand, and every
point can be earned by whoever lists the product. `/pages/ranking` is drawn from POINTS.
"""

from dataclasses import dataclass, fields

from core.errors import sentence


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Which parts of a product's page are there."""

    picture: bool
    story: bool
    price: bool
    lots: bool
    summary: bool
    commune: bool
    source: bool
    english: bool


# Points for each part and its words on the ranking page. A buyer decides by picture, story, price
# and a lot to check, so these weigh most.
POINTS: dict[str, tuple[int, str]] = {
    "picture": (20, sentence("Có ảnh")),
    "story": (20, sentence("Có câu chuyện sản phẩm")),
    "price": (20, sentence("Có giá và quy cách")),
    "lots": (15, sentence("Có lô hàng đã khai")),
    "summary": (10, sentence("Có lời giới thiệu ngắn")),
    "commune": (5, sentence("Ghi rõ xã, phường nơi làm")),
    "source": (5, sentence("Có nguồn để đối chiếu")),
    "english": (5, sentence("Có tên tiếng Anh")),
}


def quality_of(filled: Filled) -> int:
    """Give the number, 0 to 100."""
    return sum(POINTS[each.name][0] for each in fields(filled) if getattr(filled, each.name))
