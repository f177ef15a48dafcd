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
    """One day's occasions and checks of a stamp."""

    day: date
    occasions: int
    checks: int


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
    """The last days on which a stamp was checked, the earliest first.

    All checks of one network within two hours are one occasion, and so begin at one moment.
    """
    rows = session.execute(
        select(StampCheck.day, func.count(StampCheck.occasion_at.distinct()), func.count())
        .where(StampCheck.serial == serial)
        .group_by(StampCheck.day)
        .order_by(StampCheck.day.desc())
        .limit(MOST_DAYS)
    )
    return [CheckedDay(*row) for row in rows][::-1]
