"""Lots as whoever stamps them must know them. One statement each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from catalog.models import Lot, Pack, Product, ProductText
from catalog.rules import ON_SALE
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
    recalled_since: date | None  # While it is, it bears no more stamps.


@dataclass(frozen=True)
class StampableGoods:
    """What a roll can be made for: a product, in the pack that a GTIN names where it has one."""

    public_id: str  # Of the pack with a GTIN, else of the product: what a form sends.
    product_id: int
    enterprise_id: int
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
    """An enterprise's newest lots; recalled ones are among them, for the stamps they have."""
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


def stampable_goods(session: Session, *, enterprise_id: int) -> list[StampableGoods]:
    """An enterprise's goods on sale, the newest first: each pack with a GTIN, else the product."""
    found = session.execute(
        select(
            Pack.public_id,
            Product.public_id,
            Product.id,
            Product.enterprise_id,
            ProductText.name,
            Pack.words,
            Pack.gtin,
        )
        .select_from(Product)
        .join(ProductText, and_(ProductText.product_id == Product.id, ProductText.language == "vi"))
        .outerjoin(Pack, and_(Pack.product_id == Product.id, Pack.gtin.is_not(None)))
        .where(Product.enterprise_id == enterprise_id, Product.kind == "goods")
        .where(Product.state.in_(ON_SALE))
        .order_by(Product.id.desc(), Pack.id)
    )
    return [StampableGoods(row[0] or row[1], *row[2:]) for row in found]


def lots_for_stamps(session: Session, *, product_id: int, gtin: str | None) -> list[StampableLot]:
    """The newest lots whose goods stamps of a product were printed for: GTIN and all."""
    fitting = _rows().where(Lot.product_id == product_id, Lot.recalled_since.is_(None))
    if gtin is not None:
        fitting = fitting.where(Pack.gtin == gtin)
    newest = fitting.order_by(Lot.made_on.desc(), Lot.id.desc()).limit(LOTS_OFFERED)
    return [StampableLot(*row) for row in session.execute(newest)]


def product_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The names of products in their makers' own words."""
    found = session.execute(
        select(ProductText.product_id, ProductText.name).where(
            ProductText.product_id.in_(ids), ProductText.language == "vi"
        )
    )
    return {product_id: name for product_id, name in found}  # noqa: C416  # A Row is no pair.


def coded_lots_of_products(session: Session, product_ids: Collection[int]) -> list[CodedLot]:
    """The newest lots of products."""
    newest = rows(session, _CODED, product_ids=product_ids)
    return [CodedLot(row.id, row.public_id, row.product_id, row.code) for row in newest]


def _rows() -> Select[
    int, str, int, int, str, date, date | None, int, str, str | None, str | None, date | None
]:
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
            Lot.recalled_since,
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
