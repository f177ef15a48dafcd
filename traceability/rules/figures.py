"""What is published of all stamps together, month by month."""

from collections.abc import Mapping
from typing import Final

from traceability.rules.verdicts import Case, Checks, Grade, Judgement

# Of fewer checks or reports in a month somebody could tell whose goods they were of.
FEWEST_SHOWN: Final = 5
# In the order of the table. Stamps are counted as they are: the public log tells them by batch.
STAMP_FIGURES: Final = ("stamps_issued", "stamps_active", "stamps_void")
PEOPLE_FIGURES: Final = (
    "checks_first",
    "checks_again",
    "checks_attentive",
    "reports_new",
    "reports_closed",
)
FIGURES: Final = STAMP_FIGURES + PEOPLE_FIGURES


def told(figures: Mapping[str, int]) -> dict[str, int | None]:
    """Give what may be told, in order; None: one to four checks or reports, said as "under 5".

    No sum of the others is told: what is hidden could be worked out from it.
    """
    return {name: _told(name, figures.get(name, 0)) for name in FIGURES}


def check_figure(checks: Checks, judgement: Judgement) -> str:
    """Give the figure a counted check belongs to: by what the page said of its number.

    What stood beside it (goods past their date, a seller suspended) is about the goods.
    """
    if judgement.case is Case.MANY or judgement.grade is Grade.ATTENTIVE:
        return "checks_attentive"
    return "checks_again" if checks.earlier else "checks_first"


def _told(name: str, count: int) -> int | None:
    is_small = name in PEOPLE_FIGURES and 0 < count < FEWEST_SHOWN
    return None if is_small else count
