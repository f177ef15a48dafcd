"""Ranking as data: both engines and the page `/pages/ranking` read this one table. Pure.

A document's fit is the weight of the best way in which it matches, times MATCH_STEP, plus IN_NAME
when all words stand in the product's own name, plus IN_FORCE while stars of a dated decision are in
force. Equal fits are ordered by the static quality number (`quality.py`), then by id. Nobody can
pay for a place.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import sentence

MATCH_STEP = 4  # More than IN_NAME and IN_FORCE together: no document leaves its tier.
IN_NAME = 2
IN_FORCE = 1


class Match(StrEnum):
    """How a document matches the words of a question."""

    PHRASE = "phrase"
    FOLDED_PHRASE = "folded_phrase"
    WORDS = "words"
    FOLDED = "folded"
    JOINED = "joined"
    PREFIX = "prefix"
    MENDED = "mended"


@dataclass(frozen=True)
class Tier:
    """One way of matching: what outweighs what, and the sentence that says so."""

    match: Match
    weight: int
    sentence: str


TIERS = (
    Tier(Match.PHRASE, 7, sentence("Có đúng cụm từ bạn gõ, đủ dấu, đúng thứ tự")),
    Tier(Match.FOLDED_PHRASE, 6, sentence("Gõ không dấu: có đúng cụm từ ấy, đúng thứ tự")),
    Tier(Match.WORDS, 5, sentence("Có đủ các từ bạn gõ, đúng dấu")),
    Tier(Match.FOLDED, 4, sentence("Có đủ các từ bạn gõ, không kể dấu")),
    Tier(
        Match.JOINED,
        3,
        sentence("Có đủ các từ viết liền, viết tắt hoặc viết cách khác (caphe, HTX, mỳ/mì)"),
    ),
    Tier(Match.PREFIX, 2, sentence("Có từ bắt đầu bằng từ cuối bạn gõ")),
    Tier(Match.MENDED, 1, sentence("Có các từ gần giống, khi không ở đâu có từ bạn gõ")),
)

# After the tier, in this order, on the ranking page.
THEN = (
    sentence("Các từ nằm ngay trong tên sản phẩm"),
    sentence("Hạng OCOP đang có hiệu lực, theo quyết định có ngày"),
    sentence("Trang sản phẩm đầy đủ hơn: có ảnh, câu chuyện, giá, quy cách, lô hàng, nơi làm"),
    sentence("Sản phẩm đăng trước"),
)
WEIGHTS = {tier.match: tier.weight for tier in TIERS}
