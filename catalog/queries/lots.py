"""Lots as anybody may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalog.models import Lot, Pack

LOTS_SHOWN = 12  # On a product's page, the newest first; a smith makes one a month.


@dataclass(frozen=True)
class PublicLot:
    """A lot with its dates."""

    id: int
    public_id: str
    product_id: int
    enterprise_id: int
    code: str
    made_kind: str
    made_on: date
    best_before_on: date | None
    declared_units: int
    on_hold_since: date | None
    version: int
    pack_words: str | None

    def is_past(self, today: date) -> bool:
        """Whether its date has passed: such goods are not sold, by the clock."""
        return self.best_before_on is not None and self.best_before_on < today


def lots_of(session: Session, product_id: int) -> list[PublicLot]:
    """The newest lots of a product. One statement."""
    newest = _rows().where(Lot.product_id == product_id).order_by(Lot.made_on.desc(), Lot.id.desc())
    return [PublicLot(*row) for row in session.execute(newest.limit(LOTS_SHOWN))]


def lots(session: Session, ids: Collection[int]) -> dict[int, PublicLot]:
    """The lots with these ids. One statement."""
    rows = session.execute(_rows().where(Lot.id.in_(ids)))
    return {row.id: PublicLot(*row) for row in rows}


def lot_by_public_id(session: Session, public_id: str) -> PublicLot | None:
    """The lot the outside knows by this id."""
    row = session.execute(_rows().where(Lot.public_id == public_id)).one_or_none()
    return PublicLot(*row) if row else None


def _rows() -> Select[
    int, str, int, int, str, str, date, date | None, int, date | None, int, str | None
]:
    return select(
        Lot.id,
        Lot.public_id,
        Lot.product_id,
        Lot.enterprise_id,
        Lot.code,
        Lot.made_kind,
        Lot.made_on,
        Lot.best_before_on,
        Lot.declared_units,
        Lot.on_hold_since,
        Lot.version,
        Pack.words,
    ).outerjoin(Pack, Pack.id == Lot.pack_id)
