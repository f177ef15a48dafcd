"""Lots as anybody may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from catalog.models import Lot, Pack
from core.rows import rows

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
    recalled_since: date | None
    version: int
    pack_words: str | None

    def is_past(self, today: date) -> bool:
        """Whether its date has passed: such goods are not sold, by the clock."""
        return self.best_before_on is not None and self.best_before_on < today


def lots_of(session: Session, product_id: int) -> list[PublicLot]:
    """The newest lots of a product. One statement."""
    return [PublicLot(*tuple(row)) for row in rows(session, _NEWEST, product_id=product_id)]


def lots(session: Session, ids: Collection[int]) -> dict[int, PublicLot]:
    """The lots with these ids. One statement."""
    return {row.id: PublicLot(*tuple(row)) for row in rows(session, _BY_ID, ids=ids)}


def lot_by_public_id(session: Session, public_id: str) -> PublicLot | None:
    """The lot the outside knows by this id."""
    row = rows(session, _BY_PUBLIC_ID, public_id=public_id).one_or_none()
    return PublicLot(*tuple(row)) if row else None


_LOTS = select(
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
    Lot.recalled_since,
    Lot.version,
    Pack.words,
).outerjoin(Pack, Pack.id == Lot.pack_id)
_BY_ID = _LOTS.where(Lot.id.in_(bindparam("ids", expanding=True)))
_BY_PUBLIC_ID = _LOTS.where(Lot.public_id == bindparam("public_id"))
_NEWEST = (
    _LOTS.where(Lot.product_id == bindparam("product_id"))
    .order_by(Lot.made_on.desc(), Lot.id.desc())
    .limit(LOTS_SHOWN)
)


def lot_codes(session: Session, ids: Collection[int]) -> dict[int, str]:
    """What the makers call these lots."""
    rows = session.execute(select(Lot.id, Lot.code).where(Lot.id.in_(ids)))
    return {row.id: row.code for row in rows}
