"""What a maker's own words beside a price may not claim. Pure.

Sources: "Never" of docs/verdicts.md (nobody can promise it, so no page of ours says it); stars and
OCOP are shown from a recognition alone, with decision and date; a telephone number in a name of a
pack leads buyers away from what is recorded.
"""

import re
from enum import StrEnum

from core.text.fold import fold, normal


class Claim(StrEnum):
    """What words claim that nobody looked at."""

    TELEPHONE = "telephone"
    STARS = "stars"
    PROMISE = "promise"


TELEPHONE_DIGITS = 8  # The shortest number one can call across the country is longer.
_TELEPHONE = re.compile(rf"(?:\d[\s.,()+/-]*){{{TELEPHONE_DIGITS}}}")
# "sao" alone is how tea is roasted ("sao tay", "sao 3 lần"): a number before it makes it stars.
_STARS = re.compile(
    r"\b(?:\d|một|hai|ba|bốn|năm)\s*-?\s*(?:sao|stars?)\b|[★⭐☆🌟]|\bo[\W_]*c[\W_]*o[\W_]*p\b"
)
_WHOLE = re.compile(r"\b100\s*%")
_PROMISES = frozenset(
    tuple(written(phrase).split())
    for written in (normal, fold)
    for phrase in (
        *("chính hãng", "hàng thật", "hàng giả", "đảm bảo", "bảo đảm", "cam kết", "đáng ngờ"),
        *("genuine", "authentic", "guaranteed"),
    )
)


def claim_in(words: str) -> Claim | None:
    """What the words claim; None when they only say what is in the pack."""
    plain = normal(words)
    if _TELEPHONE.search(plain):
        return Claim.TELEPHONE
    if _STARS.search(plain):
        return Claim.STARS
    return Claim.PROMISE if _WHOLE.search(plain) or _promises(plain) else None


def _promises(plain: str) -> bool:
    """With all marks, or typed without any: "hàng gia vị" (spices) is not "hàng giả"."""
    said = re.findall(r"[^\W_]+", plain)
    return any(
        tuple(said[at : at + len(phrase)]) == phrase
        for phrase in _PROMISES
        for at in range(len(said))
    )
