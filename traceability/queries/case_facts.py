"""What stands beside a case: the stamp's own history, and its checks by day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from traceability.models import StampAct, StampCheck
from traceability.queries.ranges import ActCard
from traceability.queries.stamps import StampRow

MOST_DAYS = 60


@dataclass(frozen=True)
class CheckedDay:
    """How many occasions of a stamp began on one day."""

    day: date
    occasions: int


def acts_on_stamp(session: Session, stamp: StampRow) -> list[ActCard]:
    """What was done with one stamp since it was issued, the earliest first."""
    undoing = aliased(StampAct)
    rows = session.execute(
        select(StampAct, undoing.id)
        .outerjoin(undoing, undoing.undoes_id == StampAct.id)
        .where(StampAct.batch_id == stamp.batch_id)
        .where(StampAct.first <= stamp.ordinal, StampAct.last >= stamp.ordinal)
        .order_by(StampAct.id)
    )
    return [
        ActCard(
            id=act.id,
            public_id=act.public_id,
            batch_id=act.batch_id,
            enterprise_id=act.enterprise_id,
            act=act.act,
            first=act.first,
            last=act.last,
            lot_id=act.lot_id,
            from_lot_id=act.from_lot_id,
            reason=act.reason,
            at=act.at,
            by_person_id=act.by_person_id,
            is_undone=undone is not None,
        )
        for act, undone in rows
    ]


def checks_of_stamp(session: Session, serial: int) -> list[CheckedDay]:
    """The last days on which an occasion of a stamp began, the earliest first.

    Its first check begins an occasion: one that lasts beyond midnight is of the day it began.
    """
    rows = session.execute(
        select(StampCheck.day, func.count())
        .where(StampCheck.serial == serial, StampCheck.at == StampCheck.occasion_at)
        .group_by(StampCheck.day)
        .order_by(StampCheck.day.desc())
        .limit(MOST_DAYS)
    )
    return [CheckedDay(*row) for row in rows][::-1]
