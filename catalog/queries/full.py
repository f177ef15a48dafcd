"""A product as its own page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from catalog.models import Product, ProductReview
from catalog.queries.cards import PRODUCTS, VIETNAMESE, WISHED, ProductCard, cards_of
from catalog.queries.papers import Review
from core.rows import rows


@dataclass(frozen=True)
class FullProduct:
    """A product's card with its longer words, its source and what an officer looked at."""

    card: ProductCard
    summary: str
    story: str
    source_url: str | None
    review: Review | None


def product_by_slug_key(
    session: Session, slug_key: str, *, language: str, today: date
) -> FullProduct | None:
    """The published product whose slug ends with `slug_key`. Two statements."""
    found = rows(session, _BY_SLUG_KEY, slug_key=slug_key, language=language).all()
    for card in cards_of(session, found, today):
        row = found[0]
        return FullProduct(
            card=card,
            summary=row.summary,
            story=row.story,
            source_url=row.source_url,
            review=_review(row) if row.level is not None else None,
        )
    return None


def _review(row: Row[*tuple[Any, ...]]) -> Review:
    return Review(row.level, tuple(row.looked_at), row.reviewed_at)


_LAST_REVIEW = (
    select(ProductReview.id)
    .where(ProductReview.product_id == Product.id, ProductReview.outcome == "published")
    .order_by(ProductReview.reviewed_at.desc(), ProductReview.id.desc())
    .limit(1)
    .correlate(Product)
    .scalar_subquery()
)
_BY_SLUG_KEY = (
    PRODUCTS.add_columns(
        Product.source_url,
        func.coalesce(WISHED.summary, VIETNAMESE.summary).label("summary"),
        func.coalesce(WISHED.story, VIETNAMESE.story).label("story"),
        ProductReview.level,
        ProductReview.looked_at,
        ProductReview.reviewed_at,
    )
    .outerjoin(ProductReview, ProductReview.id == _LAST_REVIEW)
    .where(Product.slug_key == bindparam("slug_key"))
)
