"""Products as a list shows them: four statements for any number of ids."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from accounts.queries import Maker, makers
from catalog.models import Product, ProductText
from catalog.queries.prices import Price, prices
from catalog.queries.ranks import NO_RANK, Rank, ranks
from core.slugs import slug_of


@dataclass(frozen=True)
class ProductCard:
    """A published product: its words in the reader's language, Vietnamese where there are none."""

    id: int
    public_id: str
    slug: str  # Of the Vietnamese name: one address in both languages.
    group: str
    kind: str
    source_url: str | None
    version: int
    own_name: str  # The Vietnamese name; the cover is drawn from it.
    name: str
    summary: str
    story: str
    maker: Maker
    rank: Rank
    prices: tuple[Price, ...]  # The cheapest first.

    @property
    def cover_seed(self) -> int:
        """What the drawing varies by."""
        return self.id

    @property
    def versions(self) -> tuple[int, ...]:
        """What is raised when something shown changes."""
        return (
            self.id,
            self.version,
            self.maker.version,
            *(number for price in self.prices for number in (price.pack_id, price.version)),
        )


def product_cards(
    session: Session, ids: Sequence[int], *, language: str, today: date
) -> list[ProductCard]:
    """The published products among `ids`, in that order. A suspended maker's are left out."""
    rows = {row.id: row for row in session.execute(_rows(language).where(Product.id.in_(ids)))}
    return _cards(session, [rows[id_] for id_ in ids if id_ in rows], today)


def product_by_slug_key(
    session: Session, slug_key: str, *, language: str, today: date
) -> ProductCard | None:
    """The published product whose slug ends with `slug_key`."""
    rows = session.execute(_rows(language).where(Product.slug_key == slug_key)).all()
    return next(iter(_cards(session, rows, today)), None)


def _rows(language: str) -> Select[*tuple[Any, ...]]:
    wished, vietnamese = aliased(ProductText), aliased(ProductText)
    return (
        select(
            Product.id,
            Product.public_id,
            Product.slug_key,
            Product.group,
            Product.kind,
            Product.source_url,
            Product.version,
            Product.enterprise_id,
            vietnamese.name.label("own_name"),
            func.coalesce(wished.name, vietnamese.name).label("name"),
            func.coalesce(wished.summary, vietnamese.summary).label("summary"),
            func.coalesce(wished.story, vietnamese.story).label("story"),
        )
        .join(vietnamese, and_(vietnamese.product_id == Product.id, vietnamese.language == "vi"))
        .outerjoin(wished, and_(wished.product_id == Product.id, wished.language == language))
        .where(Product.state == "published")
    )


def _cards(
    session: Session, rows: Collection[Row[*tuple[Any, ...]]], today: date
) -> list[ProductCard]:
    if not rows:
        return []
    ids = [row.id for row in rows]
    by_id = makers(session, {row.enterprise_id for row in rows})
    offered = prices(session, ids)
    recognised = ranks(session, ids, today=today)
    return [
        ProductCard(
            id=row.id,
            public_id=row.public_id,
            slug=slug_of(row.own_name, row.slug_key),
            group=row.group,
            kind=row.kind,
            source_url=row.source_url,
            version=row.version,
            own_name=row.own_name,
            name=row.name,
            summary=row.summary,
            story=row.story,
            maker=by_id[row.enterprise_id],
            rank=recognised.get(row.id, NO_RANK),
            prices=tuple(offered.get(row.id, ())),
        )
        for row in rows
        if by_id[row.enterprise_id].state != "suspended"
    ]
