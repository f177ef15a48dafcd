"""Months of all stamps, kept for everybody when they are over."""

from collections.abc import Mapping

from sqlalchemy import delete

from core.database import insert_new
from core.figures import Span, month_of
from core.work import Work
from traceability.models import StampMonth


def keep_month(work: Work, span: Span, figures: Mapping[str, int]) -> bool:
    """Keep a month as it was counted; say whether nobody had kept it."""
    row = {"first_on": span.first_on, "figures": dict(figures), "counted_at": work.now}
    return insert_new(work.session, StampMonth, row)


def forget_unfinished_months(work: Work) -> None:
    """Delete months that are not over: they were kept while the clock was wrong."""
    present = month_of(work.today).first_on
    work.session.execute(delete(StampMonth).where(StampMonth.first_on >= present))
