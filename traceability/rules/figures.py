"""What is published of all stamps together, month by month."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from traceability.rules.verdicts import Case, Checks, Grade, Judgement

# Of fewer checks, reports or cases in a month somebody could tell whose goods they were of.
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
CASE_FIGURES: Final = ("cases_new", "cases_fake", "cases_genuine", "cases_unclear")
LOT_FIGURES: Final = ("lots_recalled",)  # Each recall is in the public log by itself.
# New ones last: programs read the columns.
FIGURES: Final = STAMP_FIGURES + PEOPLE_FIGURES + CASE_FIGURES + LOT_FIGURES


class Hidden(Enum):
    """Why a figure is not told."""

    SMALL = "small"  # One to four checks, reports or cases: said as "under 5".
    NOT_COUNTED = "not_counted"  # The month was over before this was counted.


def told(figures: Mapping[str, int]) -> dict[str, int | Hidden]:
    """Give what may be told, in order, or why not.

    No sum of the others is told: what is hidden could be worked out from it.
    """
    return {name: _told(name, figures.get(name)) for name in FIGURES}


def check_figure(checks: Checks, judgement: Judgement) -> str:
    """Give the figure a counted check belongs to: by what the page said of its number.

    What stood beside it (goods past their date, a seller suspended) is about the goods.
    """
    if judgement.case is Case.MANY or judgement.grade is Grade.ATTENTIVE:
        return "checks_attentive"
    return "checks_again" if checks.earlier else "checks_first"


def _told(name: str, count: int | None) -> int | Hidden:
    if count is None:  # Of checks of one grade there may have been none; others came later.
        return Hidden.NOT_COUNTED if name in CASE_FIGURES + LOT_FIGURES else 0
    is_small = name in PEOPLE_FIGURES + CASE_FIGURES and 0 < count < FEWEST_SHOWN
    return Hidden.SMALL if is_small else count
