"""What was sold of batches, as their pictures need it."""

from collections.abc import Collection

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from traceability.models import Stamp, StampSale
from traceability.rules import COLUMNS


def sold_pieces(session: Session, batch_id: int, *, count: int) -> list[tuple[int, int, int]]:
    """Where the stamps lie that dealers recorded as sold, and how many they are.

    First, last and number of each of a picture's columns that has some, so a batch of a million
    gives no more rows than one of a thousand. `count` is the batch's.
    """
    column = (Stamp.ordinal - 1) * COLUMNS // count
    found = session.execute(
        select(func.min(Stamp.ordinal), func.max(Stamp.ordinal), func.count())
        .join(StampSale, StampSale.serial == Stamp.serial)
        .where(StampSale.batch_id == batch_id)
        .group_by(column)
        .order_by(literal_column("1"))
    )
    return [(first, last, number) for first, last, number in found]


def sold_counts(session: Session, batch_ids: Collection[int]) -> dict[int, int]:
    """By batch, how many of its stamps dealers recorded as sold; one without is not in it."""
    found = session.execute(
        select(StampSale.batch_id, func.count())
        .where(StampSale.batch_id.in_(batch_ids))
        .group_by(StampSale.batch_id)
    )
    return {batch_id: number for batch_id, number in found}  # noqa: C416  # No pair to mypy.
