"""Moves of verified enterprises: as their people see them, and as the officers of the new place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import Session

from accounts.models import Enterprise, PlaceChange
from accounts.queries.turns import move_lies_with, move_served, moves_to
from accounts.rules import Office
from accounts.turns import Turn, turn
from core.clock import day_of

_MOST_SHOWN = 50  # Who moves, moves once in years.


@dataclass(frozen=True)
class Move:
    """Where an enterprise is and where it wants to be."""

    id: int
    public_id: str
    enterprise_id: int
    name: str
    enterprise_state: str
    version: int  # The enterprise's.
    province_code: str
    commune_code: str
    hamlet: str | None
    place: str
    old_place: str
    state: str
    reason: str
    submitted_at: datetime
    ended_at: datetime | None

    @property
    def is_waiting(self) -> bool:
        """Whether an officer can decide now."""
        return self.state == "waiting" and self.enterprise_state == "verified"


def open_move(session: Session, enterprise_id: int) -> Move | None:
    """What an enterprise asks for, or was sent back; None: nothing. One statement."""
    mine = _moves().where(PlaceChange.enterprise_id == enterprise_id)
    row = session.execute(mine.where(PlaceChange.ended_at.is_(None))).one_or_none()
    return Move(*row) if row else None


def move(session: Session, public_id: str) -> Move | None:
    """The move of this id, waiting or ended."""
    row = session.execute(_moves().where(PlaceChange.public_id == public_id)).one_or_none()
    return Move(*row) if row else None


def waiting_moves(
    session: Session, offices: Collection[Office], *, now: datetime | None = None
) -> list[Move]:
    """What waits in these areas, the oldest first; with `now`, only what lies there by then."""
    waiting = _moves().where(PlaceChange.state == "waiting", Enterprise.state == "verified")
    with_offices = [
        moves_to(office) if now is None else move_lies_with(office, now) for office in offices
    ]
    oldest = waiting.where(or_(false(), *with_offices)).order_by(
        PlaceChange.submitted_at, PlaceChange.id
    )
    return [Move(*row) for row in session.execute(oldest.limit(_MOST_SHOWN))]


def turns_of_moves(session: Session, moves: Collection[Move], *, now: datetime) -> dict[int, Turn]:
    """With which office of the new place each lies. One statement."""
    serving = move_served(session, [one.id for one in moves], now=now)
    return {
        one.id: turn(day_of(one.submitted_at), today=day_of(now), served=serving[one.id])
        for one in moves
    }


def _moves() -> Select[*tuple[Any, ...]]:
    return select(  # In the order of the fields of Move.
        PlaceChange.id,
        PlaceChange.public_id,
        PlaceChange.enterprise_id,
        Enterprise.name,
        Enterprise.state,
        Enterprise.version,
        PlaceChange.province_code,
        PlaceChange.commune_code,
        PlaceChange.hamlet,
        PlaceChange.new_place,
        PlaceChange.old_place,
        PlaceChange.state,
        PlaceChange.reason,
        PlaceChange.submitted_at,
        PlaceChange.ended_at,
    ).join(Enterprise, Enterprise.id == PlaceChange.enterprise_id)
