"""Bursts as their maker reads them."""

from collections.abc import Collection

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from traceability.models import StampAlarm, StampBurst, StampCheck
from traceability.tokens import day_of_token

MOST_SHOWN = 50


def burst_of(session: Session, public_id: str) -> StampBurst | None:
    """The burst the outside knows by this id."""
    return session.scalars(
        select(StampBurst).where(StampBurst.public_id == public_id)
    ).one_or_none()


def bursts_of(session: Session, *, enterprise_id: int) -> list[StampBurst]:
    """An enterprise's bursts: those that wait for an answer first, then the latest."""
    found = session.scalars(
        select(StampBurst)
        .where(StampBurst.enterprise_id == enterprise_id)
        .order_by(StampBurst.answer.is_not(None), StampBurst.began_at.desc(), StampBurst.id.desc())
        .limit(MOST_SHOWN)
    )
    return list(found)


def waiting_for_makers(
    session: Session, enterprise_ids: Collection[int]
) -> list[tuple[int, str, int]]:
    """Enterprise, what waits for its answer (alarms or bursts), how many. One statement."""
    alarms, bursts = (
        select(table.enterprise_id, literal(kind).label("kind"), func.count().label("waiting"))
        .where(table.enterprise_id.in_(enterprise_ids), table.answer.is_(None))
        .group_by(table.enterprise_id)
        for table, kind in ((StampAlarm, "alarms"), (StampBurst, "bursts"))
    )
    found = session.execute(union_all(alarms, bursts)).all()
    return sorted((maker_id, kind, count) for maker_id, kind, count in found)


def serial_checked(session: Session, token: str) -> int | None:
    """Of which stamp a check was."""
    return session.scalar(
        select(StampCheck.serial).where(
            StampCheck.day == day_of_token(token), StampCheck.token == token
        )
    )
