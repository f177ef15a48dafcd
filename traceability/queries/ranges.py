"""One batch from inside: ranges, stamps by number, what was done to it and printed of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, true
from sqlalchemy.orm import Session

from traceability.models import LabelPrint, Stamp, StampAct, StampRange, StampTally

UNDOABLE = ("activate", "bind", "move")
_IN_ONE_GO = ("activate", "bind")  # Whoever sticks a roll on a lot does both.


@dataclass(frozen=True)
class RangeCard:
    """Stamps that share a state, since when and why. Both ends belong to it."""

    first: int
    last: int
    state: str
    from_at: datetime
    reason: str | None
    lot_id: int | None

    @property
    def count(self) -> int:
        """How many stamps."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class ActCard:
    """What was done to a range of a batch, and whether that was taken back."""

    id: int
    public_id: str
    batch_id: int
    enterprise_id: int
    act: str
    first: int
    last: int
    lot_id: int | None
    from_lot_id: int | None
    reason: str | None
    at: datetime
    by_person_id: int | None
    is_undone: bool

    @property
    def count(self) -> int:
        """How many stamps."""
        return self.last - self.first + 1


def lot_ids_within(session: Session, batch_id: int, first: int, last: int) -> list[int]:
    """The lots of some stamps of a batch, in the order of their first stamps."""
    found = session.scalars(
        select(StampRange.lot_id)
        .where(StampRange.batch_id == batch_id, StampRange.lot_id.is_not(None))
        .where(StampRange.first <= last, StampRange.last >= first)
        .order_by(StampRange.first)
    )
    return list(dict.fromkeys(lot_id for lot_id in found if lot_id is not None))


def ranges_of(session: Session, batch_id: int) -> list[RangeCard]:
    """A batch's ranges, ascending."""
    rows = session.execute(
        select(
            StampRange.first,
            StampRange.last,
            StampRange.state,
            StampRange.from_at,
            StampRange.reason,
            StampRange.lot_id,
        )
        .where(StampRange.batch_id == batch_id)
        .order_by(StampRange.first)
    )
    return [RangeCard(*row) for row in rows]


def serials_at(session: Session, batch_id: int, ordinals: Collection[int]) -> dict[int, int]:
    """The serials of some ordinals of a batch."""
    rows = session.execute(
        select(Stamp.ordinal, Stamp.serial).where(
            Stamp.batch_id == batch_id, Stamp.ordinal.in_(ordinals)
        )
    )
    return {ordinal: serial for ordinal, serial in rows}  # noqa: C416  # A Row is no pair to mypy.


def serials_to_print(session: Session, batch_id: int, *, first: int, last: int) -> list[int]:
    """The serials of ordinals `first` to `last` that are not cancelled, in their order."""
    rows = session.scalars(
        select(Stamp.serial)
        .join(
            StampRange,
            and_(
                StampRange.batch_id == Stamp.batch_id,
                StampRange.first <= Stamp.ordinal,
                StampRange.last >= Stamp.ordinal,
            ),
        )
        .where(Stamp.batch_id == batch_id, Stamp.ordinal.between(first, last))
        .where(StampRange.state != "void")
        .order_by(Stamp.ordinal)
    )
    return list(rows)


def acts_of(session: Session, batch_id: int, *, limit: int = 50) -> list[ActCard]:
    """What was done to a batch, the latest first."""
    latest = StampAct.id.desc()
    return _acts(session, StampAct.batch_id == batch_id, order=latest, limit=limit)


def act_of(session: Session, public_id: str) -> ActCard | None:
    """The act the outside knows by this id."""
    found = _acts(session, StampAct.public_id == public_id, order=StampAct.id.asc(), limit=1)
    return next(iter(found), None)


def acts_together(session: Session, act: ActCard) -> list[ActCard]:
    """All acts of the one report that `act` is a part of, the earliest first.

    Of a lot over several batches, or of a batch over several lots; binding to a lot and reporting
    as stuck on are one report where they were done in one go.
    """
    kinds = _IN_ONE_GO if act.act in _IN_ONE_GO else (act.act,)
    same = and_(
        StampAct.enterprise_id == act.enterprise_id,
        StampAct.at == act.at,
        StampAct.act.in_(kinds),
        StampAct.by_person_id.is_not_distinct_from(act.by_person_id),
        or_(StampAct.batch_id == act.batch_id, StampAct.lot_id.is_not_distinct_from(act.lot_id)),
    )
    return _acts(session, same, order=StampAct.id.asc(), limit=1_000)


def is_checked(session: Session, batch_id: int, first: int, last: int) -> bool:
    """Whether somebody has checked one of these stamps."""
    return bool(
        session.scalar(
            select(
                exists()
                .where(Stamp.batch_id == batch_id, Stamp.ordinal.between(first, last))
                .where(StampTally.serial == Stamp.serial)
            )
        )
    )


def can_undo(session: Session, act: ActCard) -> bool:
    """Whether an act still stands as it was made, and may be taken back.

    A binding or a move: all its stamps are printed ones of that lot. An activation: nobody has
    checked one of its stamps.
    """
    if act.act not in UNDOABLE or act.is_undone:
        return False
    if act.act == "activate":
        as_left = and_(StampRange.state == "active", StampRange.from_at == act.at)
    else:
        as_left = and_(StampRange.state == "printed", StampRange.lot_id == act.lot_id)
    changed = session.scalar(
        select(
            exists()
            .where(StampRange.batch_id == act.batch_id)
            .where(StampRange.first <= act.last, StampRange.last >= act.first)
            .where(func.coalesce(~as_left, true()))
        )
    )
    return not changed and not is_checked(session, act.batch_id, act.first, act.last)


def can_undo_all(session: Session, together: Sequence[ActCard]) -> bool:
    """Whether one report may be taken back; what was bound and stuck on at once goes together."""
    stuck = [act for act in together if act.act == "activate"]
    return bool(together) and all(can_undo(session, act) for act in stuck or together)


def label_prints_of(session: Session, batch_id: int, *, limit: int = 100) -> list[LabelPrint]:
    """The sheets asked for, the latest request first, each request from its first label."""
    rows = session.scalars(
        select(LabelPrint)
        .where(LabelPrint.batch_id == batch_id)
        .order_by(LabelPrint.asked_at.desc(), LabelPrint.first)
        .limit(limit)
    )
    return list(rows)


def label_print_of(session: Session, public_id: str) -> LabelPrint | None:
    """The sheets the outside knows by this id."""
    return session.scalars(
        select(LabelPrint).where(LabelPrint.public_id == public_id)
    ).one_or_none()


def label_prints_by_id(session: Session, ids: Collection[int]) -> list[LabelPrint]:
    """The sheets with these ids, ascending."""
    rows = select(LabelPrint).where(LabelPrint.id.in_(ids)).order_by(LabelPrint.id)
    return list(session.scalars(rows))


def _acts(
    session: Session, which: ColumnElement[bool], *, order: ColumnElement[int], limit: int
) -> list[ActCard]:
    undone = set(
        session.scalars(
            select(StampAct.undoes_id).where(
                StampAct.undoes_id.in_(select(StampAct.id).where(which))
            )
        )
    )
    rows = session.scalars(select(StampAct).where(which).order_by(order).limit(limit))
    return [
        ActCard(
            id=row.id,
            public_id=row.public_id,
            batch_id=row.batch_id,
            enterprise_id=row.enterprise_id,
            act=row.act,
            first=row.first,
            last=row.last,
            lot_id=row.lot_id,
            from_lot_id=row.from_lot_id,
            reason=row.reason,
            at=row.at,
            by_person_id=row.by_person_id,
            is_undone=row.id in undone,
        )
        for row in rows
    ]
