"""Products as a list shows them: four statements for any number of ids."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from accounts.queries import Maker, makers
from catalog.models import Product, ProductText
from catalog.queries.prices import Price, prices
from catalog.queries.ranks import NO_RANK, Rank, ranks
from core.rows import rows
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
    found = {row.id: row for row in rows(session, _BY_ID, ids=ids, language=language)}
    return _cards(session, [found[id_] for id_ in ids if id_ in found], today)


def product_by_slug_key(
    session: Session, slug_key: str, *, language: str, today: date
) -> ProductCard | None:
    """The published product whose slug ends with `slug_key`."""
    found = rows(session, _BY_SLUG_KEY, slug_key=slug_key, language=language).all()
    return next(iter(_cards(session, found, today)), None)


_VIETNAMESE, _WISHED = aliased(ProductText), aliased(ProductText)
_PRODUCTS = (
    select(
        Product.id,
        Product.public_id,
        Product.slug_key,
        Product.group,
        Product.kind,
        Product.source_url,
        Product.version,
        Product.enterprise_id,
        _VIETNAMESE.name.label("own_name"),
        func.coalesce(_WISHED.name, _VIETNAMESE.name).label("name"),
        func.coalesce(_WISHED.summary, _VIETNAMESE.summary).label("summary"),
        func.coalesce(_WISHED.story, _VIETNAMESE.story).label("story"),
    )
    .join(_VIETNAMESE, and_(_VIETNAMESE.product_id == Product.id, _VIETNAMESE.language == "vi"))
    .outerjoin(
        _WISHED,
        and_(_WISHED.product_id == Product.id, _WISHED.language == bindparam("language")),
    )
    .where(Product.state == "published")
)
_BY_ID = _PRODUCTS.where(Product.id.in_(bindparam("ids", expanding=True)))
_BY_SLUG_KEY = _PRODUCTS.where(Product.slug_key == bindparam("slug_key"))


def _cards(
    session: Session, found: Collection[Row[*tuple[Any, ...]]], today: date
) -> list[ProductCard]:
    if not found:
        return []
    ids = [row.id for row in found]
    by_id = makers(session, {row.enterprise_id for row in found})
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
        for row in found
        if by_id[row.enterprise_id].state != "suspended"
    ]
