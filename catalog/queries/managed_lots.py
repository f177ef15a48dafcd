"""Lots as their makers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from catalog.models import Lot, Pack, Product, ProductText

LOTS_A_PAGE = 50


@dataclass(frozen=True)
class ManagedLot:
    """A lot with the names of its product and pack."""

    id: int
    public_id: str
    enterprise_id: int
    product_id: int
    product_public_id: str
    group: str
    product_name: str
    pack_id: int | None
    pack_public_id: str | None
    pack_words: str | None
    code: str
    uri_code: str
    made_kind: str
    made_on: date
    best_before_on: date | None
    declared_units: int
    on_hold_since: date | None
    recalled_since: date | None
    sealed_at: datetime | None
    version: int

    def is_past(self, today: date) -> bool:
        """Whether its date has passed."""
        return self.best_before_on is not None and self.best_before_on < today


def managed_lot(session: Session, public_id: str) -> ManagedLot | None:
    """The lot the outside knows by this id. One statement."""
    row = session.execute(_rows().where(Lot.public_id == public_id)).one_or_none()
    return ManagedLot(**row._asdict()) if row else None


def managed_lots_by_id(session: Session, ids: Sequence[int]) -> list[ManagedLot]:
    """The lots with these ids, in their order. One statement."""
    rows = session.execute(_rows().where(Lot.id.in_(ids)))
    found = {row.id: ManagedLot(**row._asdict()) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def lot_count(session: Session, enterprise_id: int) -> int:
    """How many lots an enterprise has declared."""
    counted = select(func.count()).select_from(Lot).where(Lot.enterprise_id == enterprise_id)
    return session.scalar(counted) or 0


def managed_lots(session: Session, *, enterprise_id: int, after: int = 0) -> list[ManagedLot]:
    """An enterprise's lots, the newest first, a page at a time. One statement."""
    rows = session.execute(
        _rows()
        .where(Lot.enterprise_id == enterprise_id)
        .order_by(Lot.made_on.desc(), Lot.id.desc())
        .limit(LOTS_A_PAGE)
        .offset(after)
    )
    return [ManagedLot(**row._asdict()) for row in rows]


def lots_of_product(session: Session, product_id: int) -> int:
    """How many lots a product has."""
    counted = select(func.count()).select_from(Lot).where(Lot.product_id == product_id)
    return session.scalar(counted) or 0


def lot_ids_of_product(product_id: int) -> Select[int]:
    """The ids of a product's lots, for another statement to ask within."""
    return select(Lot.id).where(Lot.product_id == product_id)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Lot.id,
            Lot.public_id,
            Lot.enterprise_id,
            Lot.product_id,
            Product.public_id.label("product_public_id"),
            Product.group,
            ProductText.name.label("product_name"),
            Lot.pack_id,
            Pack.public_id.label("pack_public_id"),
            Pack.words.label("pack_words"),
            Lot.code,
            Lot.uri_code,
            Lot.made_kind,
            Lot.made_on,
            Lot.best_before_on,
            Lot.declared_units,
            Lot.on_hold_since,
            Lot.recalled_since,
            Lot.sealed_at,
            Lot.version,
        )
        .join(Product, Product.id == Lot.product_id)
        .join(ProductText, and_(ProductText.product_id == Product.id, ProductText.language == "vi"))
        .outerjoin(Pack, Pack.id == Lot.pack_id)
    )
