"""What happened to the stamps of lots, for everybody to read: no numbers of stamps, no names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from core.clock import day_of
from traceability.models import StampAct, StampBatch

STEPS_SHOWN = 20


@dataclass(frozen=True)
class Step:
    """On one day `count` stamps were issued, stuck on, cancelled, or changed their lot."""

    what: str  # issue | activate | void | bind (from a roll) | move (from another lot) | leave
    on: date
    count: int


def story_of_lots(session: Session, lot_ids: Collection[int]) -> dict[int, list[Step]]:
    """The latest steps of each lot, the earliest first; what was undone is left out."""
    undoing = aliased(StampAct)
    issued = select(
        StampBatch.lot_id.label("lot_id"),
        literal("issue").label("what"),
        StampBatch.issued_at.label("at"),
        StampBatch.count.label("count"),
    ).where(StampBatch.lot_id.in_(lot_ids), StampBatch.state == "issued")
    stamps = StampAct.last - StampAct.first + 1
    # What a case says of stamps stands on their own pages.
    stands = and_(undoing.id.is_(None), StampAct.act.not_in(("undo", "doubt", "lift")))
    done = (
        select(StampAct.lot_id, StampAct.act, StampAct.at, stamps)
        .outerjoin(undoing, undoing.undoes_id == StampAct.id)
        .where(StampAct.lot_id.in_(lot_ids), stands)
    )
    left = (
        select(StampAct.from_lot_id, literal("leave"), StampAct.at, stamps)
        .outerjoin(undoing, undoing.undoes_id == StampAct.id)
        .where(StampAct.from_lot_id.in_(lot_ids), stands)
    )
    rows = session.execute(union_all(issued, done, left).order_by("at"))
    steps: dict[int, dict[tuple[str, date], int]] = {lot_id: {} for lot_id in lot_ids}
    for lot_id, what, at, count in rows:
        assert lot_id is not None, "an IN finds no NULL"
        _add(steps[lot_id], what, at, count)
    return {
        lot_id: [Step(what, on, count) for (what, on), count in of_lot.items()][-STEPS_SHOWN:]
        for lot_id, of_lot in steps.items()
    }


def _add(steps: dict[tuple[str, date], int], what: str, at: datetime, count: int) -> None:
    """Acts of one day are one step: a maker sticks sheet after sheet."""
    key = (what, day_of(at))
    steps[key] = steps.get(key, 0) + count
