"""What a score of the OCOP council can mean in stars, and which claim cannot be. Pure.

Source: decisions 148/QĐ-TTg (2023) and 1489/QĐ-TTg (2025): 5 stars from 90 points, 4 from 70,
3 from 50, 2 from 30. A score alone is not enough, so fewer stars than the band are possible.
"""

from datetime import date
from enum import StrEnum

BANDS = ((9000, 5), (7000, 4), (5000, 3), (3000, 2))  # Hundredths of a point, stars.
PROGRAMME_BEGAN_ON = date(2018, 5, 7)  # Decision 490/QĐ-TTg.


class ClaimFault(StrEnum):
    """Why a recognition cannot be as it was typed."""

    SCORE_TOO_LOW = "score_too_low"
    DECIDED_IN_FUTURE = "decided_in_future"
    DECIDED_TOO_EARLY = "decided_too_early"


def stars_of_score(score_hundredths: int) -> int:
    """The most stars a score allows."""
    return next((stars for least, stars in BANDS if score_hundredths >= least), 1)


def claim_fault(
    *, stars: int, score_hundredths: int | None, decided_on: date, today: date
) -> ClaimFault | None:
    """What is wrong with a claim; None where it can be so."""
    if decided_on > today:
        return ClaimFault.DECIDED_IN_FUTURE
    if decided_on < PROGRAMME_BEGAN_ON:
        return ClaimFault.DECIDED_TOO_EARLY
    if score_hundredths is not None and stars > stars_of_score(score_hundredths):
        return ClaimFault.SCORE_TOO_LOW
    return None
