"""Activations that wait for a second member, as the maker's people see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from traceability.models import ActivationAsking, ActivationAskingRange, StampAct
from traceability.rules import AskingState


@dataclass(frozen=True)
class AskedRange:
    """Stamps of one batch, and the lot they are to be stuck on."""

    batch_id: int
    lot_id: int
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many stamps."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class AskingCard:
    """Who asks to report which stamps as stuck on, from what, and what came of it."""

    id: int
    public_id: str
    enterprise_id: int
    state: str
    asked_by_id: int
    consent_id: int | None
    program: str
    device: str
    asked_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    decided_by_id: int | None
    act: str | None  # The public id of what was done.
    ranges: tuple[AskedRange, ...] = ()

    @property
    def count(self) -> int:
        """How many stamps."""
        return sum(each.count for each in self.ranges)

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return self.state == AskingState.OPEN and self.expires_at > now


def asking_of(session: Session, public_id: str) -> AskingCard | None:
    """The asking the maker's pages know by this id. Two statements."""
    return next(iter(_cards(session, ActivationAsking.public_id == public_id)), None)


def askings_by_id(session: Session, ids: Collection[int]) -> dict[int, AskingCard]:
    """The askings with these ids, as far as they are still kept."""
    return {card.id: card for card in _cards(session, ActivationAsking.id.in_(ids))}


def askings_of(session: Session, enterprise_id: int, *, limit: int = 50) -> list[AskingCard]:
    """The askings of an enterprise, the newest first. Two statements."""
    return _cards(session, ActivationAsking.enterprise_id == enterprise_id, limit=limit)


def open_askings(
    session: Session, enterprise_ids: Sequence[int], *, now: datetime
) -> dict[int, int]:
    """By enterprise, how many askings wait for an answer. One statement."""
    rows = session.execute(
        select(ActivationAsking.enterprise_id, func.count())
        .where(ActivationAsking.enterprise_id.in_(enterprise_ids))
        .where(ActivationAsking.state == AskingState.OPEN, ActivationAsking.expires_at > now)
        .group_by(ActivationAsking.enterprise_id)
    )
    return {enterprise_id: count for enterprise_id, count in rows}  # noqa: C416  # A Row is no pair to mypy.


def _cards(session: Session, which: ColumnElement[bool], *, limit: int = 50) -> list[AskingCard]:
    rows = session.execute(
        select(
            ActivationAsking.id,
            ActivationAsking.public_id,
            ActivationAsking.enterprise_id,
            ActivationAsking.state,
            ActivationAsking.asked_by_id,
            ActivationAsking.consent_id,
            ActivationAsking.program,
            ActivationAsking.device,
            ActivationAsking.asked_at,
            ActivationAsking.expires_at,
            ActivationAsking.ended_at,
            ActivationAsking.decided_by_id,
            StampAct.public_id.label("act"),
        )
        .outerjoin(StampAct, StampAct.id == ActivationAsking.act_id)
        .where(which)
        .order_by(ActivationAsking.id.desc())
        .limit(limit)
    ).all()
    ranges = _ranges(session, [row.id for row in rows])
    return [AskingCard(**row._asdict(), ranges=tuple(ranges.get(row.id, ()))) for row in rows]


def _ranges(session: Session, ids: Collection[int]) -> dict[int, list[AskedRange]]:
    rows = session.execute(
        select(
            ActivationAskingRange.asking_id,
            ActivationAskingRange.batch_id,
            ActivationAskingRange.lot_id,
            ActivationAskingRange.first,
            ActivationAskingRange.last,
        )
        .where(ActivationAskingRange.asking_id.in_(ids))
        .order_by(ActivationAskingRange.batch_id, ActivationAskingRange.first)
    )
    found: dict[int, list[AskedRange]] = {}
    for asking_id, *rest in rows:
        found.setdefault(asking_id, []).append(AskedRange(*rest))
    return found
