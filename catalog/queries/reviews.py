"""What officers looked at before: the last look at a product, and how many answers came in time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import case, false, func, or_, select
from sqlalchemy.orm import Session

from accounts.queries import enterprise_ids_in
from accounts.rules import Office
from catalog.models import ProductReview


@dataclass(frozen=True)
class LastLook:
    """The newest decision about a product, with the words it was about."""

    outcome: str
    reason: str
    reviewed_at: datetime
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rate:
    """How many of all answers came within the days promised."""

    on_time: int
    all: int


def last_looks(session: Session, product_ids: Sequence[int]) -> dict[int, LastLook]:
    """The last look at each of the products that was looked at. One statement."""
    newest = (
        select(func.max(ProductReview.id))
        .where(ProductReview.product_id.in_(product_ids))
        .group_by(ProductReview.product_id)
    )
    rows = session.scalars(select(ProductReview).where(ProductReview.id.in_(newest)))
    return {
        row.product_id: LastLook(row.outcome, row.reason, row.reviewed_at, row.said) for row in rows
    }


def product_rate(session: Session, offices: Collection[Office], *, since: datetime) -> Rate:
    """Of the listings of these areas decided since a moment: how many in time."""
    row = session.execute(
        select(func.count(case((ProductReview.on_time.is_(True), 1))), func.count()).where(
            ProductReview.reviewed_at >= since,
            ProductReview.on_time.is_not(None),
            or_(
                false(),
                *(ProductReview.enterprise_id.in_(enterprise_ids_in(each)) for each in offices),
            ),
        )
    ).one()
    return Rate(row[0], row[1])
