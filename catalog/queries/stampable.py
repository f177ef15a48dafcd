"""Lots as whoever stamps them must know them. One statement each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from catalog.models import Lot, Pack, ProductText
from core.rows import rows

LOTS_OFFERED = 200  # In the list to choose from, the newest first: a cooperative's half year.


@dataclass(frozen=True)
class StampableLot:
    """A lot, what it is of in the maker's own words, and what its stamps will carry."""

    id: int
    public_id: str
    enterprise_id: int
    product_id: int
    code: str
    made_on: date
    best_before_on: date | None
    declared_units: int
    name: str
    pack_words: str | None
    gtin: str | None


@dataclass(frozen=True)
class CodedLot:
    """A lot by its name on public pages."""

    id: int
    public_id: str
    product_id: int
    code: str


def stampable_lots(session: Session, *, enterprise_id: int) -> list[StampableLot]:
    """An enterprise's newest lots."""
    own = _rows().where(Lot.enterprise_id == enterprise_id)
    newest = own.order_by(Lot.made_on.desc(), Lot.id.desc()).limit(LOTS_OFFERED)
    return [StampableLot(*row) for row in session.execute(newest)]


def stampable_lot(session: Session, public_id: str) -> StampableLot | None:
    """The lot the outside knows by this id."""
    row = session.execute(_rows().where(Lot.public_id == public_id)).one_or_none()
    return StampableLot(*row) if row else None


def stampable_lots_by_id(session: Session, ids: Collection[int]) -> dict[int, StampableLot]:
    """The lots with these ids."""
    found = session.execute(_rows().where(Lot.id.in_(ids)))
    return {row.id: StampableLot(*row) for row in found}


def stampable_lots_coded(session: Session, code: str) -> list[StampableLot]:
    """The lots of all enterprises with this code: two are enough to know it is not one's alone."""
    found = session.execute(_rows().where(Lot.code == code).limit(2))
    return [StampableLot(*row) for row in found]


def coded_lots_of_products(session: Session, product_ids: Collection[int]) -> list[CodedLot]:
    """The newest lots of products."""
    newest = rows(session, _CODED, product_ids=product_ids)
    return [CodedLot(row.id, row.public_id, row.product_id, row.code) for row in newest]


def _rows() -> Select[int, str, int, int, str, date, date | None, int, str, str | None, str | None]:
    return (
        select(
            Lot.id,
            Lot.public_id,
            Lot.enterprise_id,
            Lot.product_id,
            Lot.code,
            Lot.made_on,
            Lot.best_before_on,
            Lot.declared_units,
            ProductText.name,
            Pack.words,
            Pack.gtin,
        )
        .join(
            ProductText,
            and_(ProductText.product_id == Lot.product_id, ProductText.language == "vi"),
        )
        .outerjoin(Pack, Pack.id == Lot.pack_id)
    )


_CODED = (
    select(Lot.id, Lot.public_id, Lot.product_id, Lot.code)
    .where(Lot.product_id.in_(bindparam("product_ids", expanding=True)))
    .order_by(Lot.made_on.desc(), Lot.id.desc())
    .limit(LOTS_OFFERED)
)
