"""Products as a list shows them: three statements for any number of ids."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from accounts.queries import MAKER, Maker
from catalog.models import Product, ProductText, Recognition
from catalog.queries.photos import covers
from catalog.queries.prices import Price, prices
from catalog.queries.ranks import RECOGNITION, Rank, strongest
from catalog.rules import RecognitionFacts
from core.photos.queries import Picture
from core.rows import rows
from core.slugs import slug_of


@dataclass(frozen=True)
class ProductCard:
    """A published product: its words in the reader's language, Vietnamese where there are none."""

    id: int
    slug: str  # Of the Vietnamese name: one address in both languages.
    group: str
    version: int
    own_name: str  # The Vietnamese name; the cover is drawn from it.
    name: str
    maker: Maker
    rank: Rank
    prices: tuple[Price, ...]  # The cheapest first.
    cover: Picture | None = None  # The photo a list shows; without one the cover is drawn.

    @property
    def cover_seed(self) -> int:
        """What the drawing varies by."""
        return self.id

    @property
    def versions(self) -> tuple[object, ...]:
        """What is raised when something shown changes."""
        return (
            self.id,
            self.version,
            self.maker.version,
            *self.rank.version,
            *(number for price in self.prices for number in (price.pack_id, price.version)),
            self.cover,
        )


def product_cards(
    session: Session, ids: Sequence[int], *, language: str, today: date
) -> list[ProductCard]:
    """The published products among `ids`, in that order; those of makers who are away left out."""
    found = rows(session, _BY_ID, ids=ids, language=language).all()
    cards = {card.id: card for card in cards_of(session, found, today)}
    shown = covers(session, cards.keys()) if cards else {}
    cards |= {id_: replace(cards[id_], cover=cover) for id_, cover in shown.items()}
    return [cards[id_] for id_ in ids if id_ in cards]


def cards_of(
    session: Session, found: Sequence[Row[*tuple[Any, ...]]], today: date
) -> list[ProductCard]:
    """The cards of rows of `PRODUCTS`: one row for each recognition, or one where there is none."""
    if not found:
        return []
    firsts = {row.id: row for row in reversed(found)}
    recognised: dict[int, list[RecognitionFacts]] = defaultdict(list)
    for row in found:
        if row.stage is not None:
            recognised[row.id].append(RecognitionFacts(*row[: len(RECOGNITION)]))
    offered = prices(session, firsts.keys())
    cards = [
        ProductCard(
            id=row.id,
            slug=slug_of(row.own_name, row.slug_key),
            group=row.group,
            version=row.version,
            own_name=row.own_name,
            name=row.name,
            maker=Maker(*row[_MAKER_AT:_MAKER_END]),
            rank=strongest(recognised[row.id], today),
            prices=tuple(offered.get(row.id, ())),
        )
        for row in firsts.values()
    ]
    # Not in the statement: of `state <> $1` a prepared plan expects one maker in all, and reads
    # every maker's goods to find 24.
    return [card for card in cards if not card.maker.is_away]


VIETNAMESE, WISHED = aliased(ProductText), aliased(ProductText)
PRODUCTS = (
    select(
        *RECOGNITION,
        Product.id,
        Product.slug_key,
        Product.group,
        Product.version,
        VIETNAMESE.name.label("own_name"),
        func.coalesce(WISHED.name, VIETNAMESE.name).label("name"),
        *MAKER.c,
    )
    .select_from(Product)
    .join(MAKER, MAKER.c.id == Product.enterprise_id)
    .join(VIETNAMESE, and_(VIETNAMESE.product_id == Product.id, VIETNAMESE.language == "vi"))
    .outerjoin(
        WISHED, and_(WISHED.product_id == Product.id, WISHED.language == bindparam("language"))
    )
    .outerjoin(Recognition, Recognition.product_id == Product.id)
    .where(Product.state == "published")
)
_MAKER_END = len(PRODUCTS.selected_columns)
_MAKER_AT = _MAKER_END - len(MAKER.c)
_BY_ID = PRODUCTS.where(Product.id.in_(bindparam("ids", expanding=True)))
