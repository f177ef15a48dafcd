"""Products as their makers and officers see them, in every state."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, false, func, or_, select, union
from sqlalchemy.orm import Session

from accounts.queries import enterprise_ids_in, is_asked_about, lies_with
from accounts.rules import Office
from catalog.models import Lot, Offer, Pack, Product, ProductChange, ProductReview, ProductText
from catalog.rules import (
    ON_SALE,
    ListingStep,
    ProductState,
    identity_is_open,
    packs_are_open,
    prices_are_open,
    words_are_open,
)
from core.text.fold import fold

PRODUCTS_A_PAGE = 50
UNFINISHED_SHOWN = 20  # A home shows three things at a time.


@dataclass(frozen=True)
class ManagedPack:
    """A pack with the maker's own price; None where the maker has not set one."""

    id: int
    public_id: str
    product_id: int
    enterprise_id: int
    content: int
    base_unit: str
    words: str
    gtin: str | None
    size_words: str | None
    weight_g: int | None
    price_vnd: int | None
    is_illustrative: bool
    by_weight: bool = False


@dataclass(frozen=True)
class ManagedProduct:
    """A product with its Vietnamese words."""

    id: int
    public_id: str
    slug_key: str
    enterprise_id: int
    kind: str
    group: str
    state: ProductState
    version: int
    submitted_at: datetime | None
    published_at: datetime | None
    name: str
    summary: str
    change_public_id: str | None = None  # Of the change that waits for an officer, or came back.
    change_state: str | None = None
    change_sent_at: datetime | None = None
    story: str = ""
    listing_step: int | None = None
    is_name_asked_about: bool = False  # It holds a protected name, and nobody decided yet.
    packs: tuple[ManagedPack, ...] = ()

    @property
    def said(self) -> dict[str, str]:
        """What is said of it now: the fields a change of goods on sale speaks of."""
        return {
            "name": self.name,
            "group": self.group,
            "summary": self.summary,
            "story": self.story,
        }

    @property
    def sent_at(self) -> datetime | None:
        """When it was last sent to the officers; of goods on sale, when their change was."""
        return self.change_sent_at or self.submitted_at

    @property
    def words_are_open(self) -> bool:
        """Whether the maker may change what is said of it."""
        return words_are_open(self.state)

    @property
    def identity_is_open(self) -> bool:
        """Whether name and group may change."""
        return identity_is_open(self.state, was_published=self.published_at is not None)

    @property
    def packs_are_open(self) -> bool:
        """Whether packs may be added and what they say may change."""
        return packs_are_open(self.state)

    @property
    def prices_are_open(self) -> bool:
        """Whether prices may change."""
        return prices_are_open(self.state)


@dataclass(frozen=True)
class Returned:
    """Why an officer sent a listing back."""

    reason: str
    reviewed_at: datetime


def managed_product(session: Session, public_id: str) -> ManagedProduct | None:
    """The product the outside knows by this id, in any state. Two statements."""
    found = session.scalar(select(Product.id).where(Product.public_id == public_id))
    return None if found is None else next(iter(managed_products(session, [found])), None)


def managed_products(session: Session, ids: Sequence[int]) -> list[ManagedProduct]:
    """The products with these ids, in their order. Two statements; none where there are no ids."""
    if not ids:
        return []
    packs = _packs(session, ids)
    rows = session.execute(_rows().where(Product.id.in_(ids)))
    found = {row.id: _product(row, packs[row.id]) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def managed_pack(session: Session, public_id: str) -> ManagedPack | None:
    """The pack the outside knows by this id."""
    rows = session.execute(_pack_rows().where(Pack.public_id == public_id)).all()
    return ManagedPack(**rows[0]._asdict()) if rows else None


def product_ids_named(session: Session, *, enterprise_id: int, words: str) -> list[int]:
    """An enterprise's products whose name holds all the words, diacritics or not.

    What was returned stands first, then the newest. The names of one enterprise are few enough to
    be folded here.
    """
    rows = session.execute(
        select(Product.id, ProductText.name)
        .join(ProductText, and_(ProductText.product_id == Product.id, ProductText.language == "vi"))
        .where(Product.enterprise_id == enterprise_id)
        .order_by(
            case((Product.state == ProductState.RETURNED, 0), else_=1),
            Product.created_at.desc(),
            Product.id.desc(),
        )
    )
    wanted = fold(words).split()
    return [id_ for id_, name in rows if all(word in fold(name) for word in wanted)]


def goods_for_lots(session: Session, enterprise_id: int) -> list[ManagedProduct]:
    """The products a lot can be declared of, the newest first."""
    ids = session.scalars(
        select(Product.id)
        .where(
            Product.enterprise_id == enterprise_id,
            Product.state.in_(ON_SALE),
            Product.kind == "goods",
        )
        .order_by(Product.id.desc())
    ).all()
    return managed_products(session, ids)


def unfinished_listings(
    session: Session, enterprise_id: int, *, limit: int
) -> list[ManagedProduct]:
    """Drafts whose maker has not come to the last screen, the newest first. Three statements."""
    ids = session.scalars(
        select(Product.id)
        .where(Product.enterprise_id == enterprise_id)
        .where(Product.state == ProductState.DRAFT, Product.listing_step < ListingStep.LOOK)
        .order_by(Product.id.desc())
        .limit(limit)
    ).all()
    return managed_products(session, ids)


def unfinished_products(session: Session, enterprise_ids: Sequence[int]) -> list[ManagedProduct]:
    """What came back (a change too), what was never sent, goods without a lot; the newest first."""
    has_lot = select(Lot.id).where(Lot.product_id == Product.id).exists()
    ids = session.scalars(
        select(Product.id)
        .where(Product.enterprise_id.in_(enterprise_ids))
        .where(
            or_(
                Product.state.in_((ProductState.RETURNED, ProductState.DRAFT)),
                and_(Product.state.in_(ON_SALE), Product.kind == "goods", ~has_lot),
                select(ProductChange.id)
                .where(ProductChange.product_id == Product.id, ProductChange.state == "returned")
                .exists(),
            )
        )
        .order_by(Product.id.desc())
        .limit(UNFINISHED_SHOWN)
    ).all()
    return managed_products(session, ids)


def enterprises_with_goods(session: Session, enterprise_ids: Sequence[int]) -> set[int]:
    """Those of the enterprises that made a product, in whatever state, or sell another's."""
    made = select(Product.enterprise_id).where(Product.enterprise_id.in_(enterprise_ids))
    sold = select(Offer.seller_id).where(Offer.seller_id.in_(enterprise_ids))
    return set(session.scalars(union(made, sold)))


def last_return(session: Session, product_id: int) -> Returned | None:
    """Why the product was last sent back. One statement."""
    row = session.execute(
        select(ProductReview.reason, ProductReview.reviewed_at)
        .where(ProductReview.product_id == product_id, ProductReview.outcome == "returned")
        .order_by(ProductReview.reviewed_at.desc(), ProductReview.id.desc())
        .limit(1)
    ).one_or_none()
    return Returned(row.reason, row.reviewed_at) if row else None


def waiting_count(
    session: Session, offices: Collection[Office], *, now: datetime | None = None
) -> int:
    """How many products wait in these areas; with `now`, only those that lie there by then."""
    waiting = _waiting(offices, now).with_only_columns(func.count(), maintain_column_froms=True)
    return session.scalar(waiting) or 0


def waiting_products(
    session: Session,
    offices: Collection[Office],
    *,
    limit: int,
    after: int = 0,
    now: datetime | None = None,
) -> list[ManagedProduct]:
    """What waits, as `waiting_count` counts it, the oldest first. Three statements."""
    oldest = _waiting(offices, now).order_by(_SENT_AT, Product.id)
    ids = session.scalars(oldest.limit(limit).offset(after)).all()
    return managed_products(session, ids)


def _waiting(offices: Collection[Office], now: datetime | None) -> Select[int]:
    waiting = (
        select(Product.id)
        .outerjoin(ProductChange, and_(_OPEN_CHANGE, ProductChange.state == "waiting"))
        .where(
            or_(
                Product.state == ProductState.SUBMITTED,
                and_(Product.state == ProductState.PUBLISHED, ProductChange.id.is_not(None)),
            ),
            or_(false(), *(Product.enterprise_id.in_(enterprise_ids_in(each)) for each in offices)),
        )
    )
    if now is None:
        return waiting
    return waiting.where(
        lies_with(offices, enterprise_id=Product.enterprise_id, sent_at=_SENT_AT, now=now)
    )


_OPEN_CHANGE = and_(ProductChange.product_id == Product.id, ProductChange.ended_at.is_(None))
_SENT_AT = func.coalesce(ProductChange.submitted_at, Product.submitted_at, Product.created_at)


def _rows() -> Select[*tuple[Any, ...]]:
    found = select(
        Product.id,
        Product.public_id,
        Product.slug_key,
        Product.enterprise_id,
        Product.kind,
        Product.group,
        Product.state,
        Product.version,
        Product.submitted_at,
        Product.published_at,
        ProductText.name,
        ProductText.summary,
        ProductText.story,
        Product.listing_step,
        ProductChange.public_id.label("change_public_id"),
        ProductChange.state.label("change_state"),
        ProductChange.submitted_at.label("change_sent_at"),
        is_asked_about("product", Product.id).label("is_name_asked_about"),
    )
    return found.join(
        ProductText, and_(ProductText.product_id == Product.id, ProductText.language == "vi")
    ).outerjoin(ProductChange, _OPEN_CHANGE)


def _product(row: Row[*tuple[Any, ...]], packs: Sequence[ManagedPack]) -> ManagedProduct:
    fields = row._asdict()
    state = ProductState(fields.pop("state"))
    return ManagedProduct(**fields, state=state, packs=tuple(packs))


def _packs(session: Session, ids: Sequence[int]) -> dict[int, list[ManagedPack]]:
    found: dict[int, list[ManagedPack]] = defaultdict(list)
    for row in session.execute(_pack_rows().where(Pack.product_id.in_(ids)).order_by(Pack.id)):
        pack = ManagedPack(**row._asdict())
        found[pack.product_id].append(pack)
    return found


def _pack_rows() -> Select[*tuple[Any, ...]]:
    return select(
        Pack.id,
        Pack.public_id,
        Pack.product_id,
        Pack.enterprise_id,
        Pack.content,
        Pack.base_unit,
        Pack.words,
        Pack.gtin,
        Pack.size_words,
        Pack.weight_g,
        Pack.by_weight,
        Offer.price_vnd,
        func.coalesce(Offer.is_illustrative, False).label("is_illustrative"),
    ).outerjoin(Offer, and_(Offer.pack_id == Pack.id, Offer.seller_id == Pack.enterprise_id))
