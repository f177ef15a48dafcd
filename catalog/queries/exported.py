"""An enterprise's goods and lots as lines of a sheet: what is exported can be imported again."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.queries import names_and_roles
from catalog.models import Lot, Offer, Pack, Product, ProductText
from catalog.sheets import Cell
from catalog.sheets.people import ROLE_CELLS

_AT_ONCE = 500  # A cursor kept open would need a transaction of its own.


def line_count(session: Session, kind: str, enterprise_id: int) -> int:
    """How many lines a sheet of this kind would have. One statement."""
    if kind == "members":
        return len(names_and_roles(session, enterprise_id))
    if kind == "lots":
        counted = select(func.count()).select_from(Lot).where(Lot.enterprise_id == enterprise_id)
    else:
        counted = (
            select(func.count())
            .select_from(Product)
            .outerjoin(Pack, Pack.product_id == Product.id)
            .where(Product.enterprise_id == enterprise_id)
        )
    return session.scalar(counted) or 0


def product_cells(session: Session, enterprise_id: int) -> Iterator[dict[str, Cell]]:
    """Each product with each of its packs, by the names of the sheet's columns."""
    for ids in _ids_of(session, Product, enterprise_id):
        yield from _product_cells(session, ids)


def _product_cells(session: Session, ids: Sequence[int]) -> Iterator[dict[str, Cell]]:
    rows = session.execute(
        select(Product.group, ProductText.name, ProductText.summary, Pack, Offer.price_vnd)
        .join(ProductText, ProductText.product_id == Product.id)
        .outerjoin(Pack, Pack.product_id == Product.id)
        .outerjoin(Offer, (Offer.pack_id == Pack.id) & (Offer.seller_id == Pack.enterprise_id))
        .where(Product.id.in_(ids), ProductText.language == "vi")
        .order_by(Product.id, Pack.id)
    )
    for group, name, summary, pack, price_vnd in rows:
        cells: dict[str, Cell] = {"name": name, "group": group, "summary": summary}
        if pack is not None:
            unit = "cái" if pack.base_unit == "piece" else pack.base_unit
            cells |= {
                "pack_content": pack.content,
                "pack_unit": unit,
                "pack_words": pack.words,
                "price_vnd": price_vnd,
                "gtin": pack.gtin,
                "size_words": pack.size_words,
                "weight_g": pack.weight_g,
            }
        yield cells


def lot_cells(session: Session, enterprise_id: int) -> Iterator[dict[str, Cell]]:
    """Each lot, by the names of the sheet's columns."""
    for ids in _ids_of(session, Lot, enterprise_id):
        yield from _lot_cells(session, ids)


def _lot_cells(session: Session, ids: Sequence[int]) -> Iterator[dict[str, Cell]]:
    rows = session.execute(
        select(Lot, ProductText.name, Pack.words)
        .join(ProductText, ProductText.product_id == Lot.product_id)
        .outerjoin(Pack, Pack.id == Lot.pack_id)
        .where(Lot.id.in_(ids), ProductText.language == "vi")
        .order_by(Lot.id)
    )
    for lot, name, pack_words in rows:
        yield {
            "product": name,
            "pack": pack_words,
            "code": lot.code,
            "made_on": lot.made_on,
            "best_before_on": lot.best_before_on,
            "declared_units": lot.declared_units,
            "made_kind": lot.made_kind,
        }


def member_cells(session: Session, enterprise_id: int) -> Iterator[dict[str, Cell]]:
    """Everybody who belongs there, by the names of the sheet's columns."""
    for _, name, role in names_and_roles(session, enterprise_id):
        yield {"name": name, "role": ROLE_CELLS[role]}


def _ids_of(
    session: Session, table: type[Product] | type[Lot], enterprise_id: int
) -> Iterator[Sequence[int]]:
    """The ids of what an enterprise has, some at a time, the oldest first."""
    mine = select(table.id).where(table.enterprise_id == enterprise_id)
    ids: Sequence[int] = session.scalars(mine.order_by(table.id).limit(_AT_ONCE)).all()
    while ids:
        yield ids
        ids = session.scalars(
            mine.where(table.id > ids[-1]).order_by(table.id).limit(_AT_ONCE)
        ).all()
