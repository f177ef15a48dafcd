"""Illustrative prices of the demo: a pack and a price that make sense for the kind of goods.

Nobody published these prices; every page that shows one says so. They depend on the name alone,
so that a fresh demo looks like the last one.
"""

import re
import zlib
from dataclasses import dataclass

from app.demo.price_table import BY_GROUP, BY_WORDS, Range
from catalog.service import PackRow
from core.text.fold import normal

# Shops round as people count: the dearer, the coarser.
ROUND_TO = ((20_000, 500), (50_000, 1_000), (500_000, 5_000), (10**12, 50_000))


@dataclass(frozen=True)
class _Rule:
    group: str | None
    words: re.Pattern[str]
    measure: Range


_RULES = tuple(
    _Rule(group, re.compile(rf"\b(?:{words})\b"), measure) for group, words, measure in BY_WORDS
)


def illustrative_pack(name: str, group: str) -> PackRow:
    """The pack and price a product of this name might have."""
    said = normal(name)
    measure = next(
        (
            rule.measure
            for rule in _RULES
            if rule.group in {None, group} and rule.words.search(said)
        ),
        BY_GROUP[group],
    )
    return PackRow(
        content=measure.content,
        base_unit=measure.base_unit,
        words=measure.words,
        price_vnd=_price_vnd(said, measure),
        is_illustrative=True,
        by_weight=measure.words == "kg",
    )


def _price_vnd(said: str, measure: Range) -> int:
    # CRC-32 is the same on every machine and in every version; nothing is drawn.
    share = zlib.crc32(said.encode()) % 1_000
    price = measure.from_vnd + (measure.to_vnd - measure.from_vnd) * share // 1_000
    step = next(step for limit, step in ROUND_TO if price < limit)
    return max(step, price // step * step)
