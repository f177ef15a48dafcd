"""Recalls of lots: the open one of a lot, all of it, and those of makers and areas."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import enterprise_ids_in
from accounts.rules import Office
from traceability.models import LotRecall

SHOWN_AT_ONCE = 100  # More at once in one area would be a catastrophe with pages of its own.


def open_recall(session: Session, lot_id: int) -> LotRecall | None:
    """The recall of a lot that nobody has lifted. One statement."""
    return session.scalars(
        select(LotRecall).where(LotRecall.lot_id == lot_id, LotRecall.lifted_at.is_(None))
    ).one_or_none()


def recalls_by_id(session: Session, ids: Collection[int]) -> dict[int, LotRecall]:
    """The recalls with these ids. One statement."""
    rows = session.scalars(select(LotRecall).where(LotRecall.id.in_(ids)))
    return {recall.id: recall for recall in rows}


def recalls_of_lots(session: Session, lot_ids: Collection[int]) -> dict[int, list[LotRecall]]:
    """Every recall of these lots, lifted ones too, the latest first. One statement."""
    found: dict[int, list[LotRecall]] = {}
    for recall in session.scalars(
        select(LotRecall).where(LotRecall.lot_id.in_(lot_ids)).order_by(LotRecall.id.desc())
    ):
        found.setdefault(recall.lot_id, []).append(recall)
    return found


def open_recalls_to(session: Session, enterprise_ids: Collection[int]) -> list[LotRecall]:
    """Open recalls of these enterprises' lots, the latest first. One statement."""
    return list(
        session.scalars(
            select(LotRecall)
            .where(LotRecall.enterprise_id.in_(enterprise_ids), LotRecall.lifted_at.is_(None))
            .order_by(LotRecall.id.desc())
            .limit(SHOWN_AT_ONCE)
        )
    )


def recalls_within(session: Session, offices: Collection[Office]) -> list[LotRecall]:
    """Recalls of these areas: open ones first, then those lifted, the latest first."""
    found: dict[int, LotRecall] = {}
    for office in offices:
        within = LotRecall.enterprise_id.in_(enterprise_ids_in(office))
        first = (LotRecall.lifted_at.is_not(None), LotRecall.id.desc())
        newest = select(LotRecall).where(within).order_by(*first).limit(SHOWN_AT_ONCE)
        found |= {recall.id: recall for recall in session.scalars(newest)}
    return sorted(found.values(), key=lambda one: (one.lifted_at is not None, -one.id))


def open_recalls_within(session: Session, office: Office) -> list[LotRecall]:
    """Open recalls of one area, the latest first. One statement."""
    within = LotRecall.enterprise_id.in_(enterprise_ids_in(office))
    return list(
        session.scalars(
            select(LotRecall)
            .where(within, LotRecall.lifted_at.is_(None))
            .order_by(LotRecall.id.desc())
            .limit(SHOWN_AT_ONCE)
        )
    )
