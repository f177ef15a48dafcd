"""A listing on its way: sent for checking, published or returned by an officer, withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from accounts.queries import makers
from catalog.errors import ProductIncomplete
from catalog.models import Pack, Product, ProductReview
from catalog.rules import Level, ProductState, missing_for_checking, words_are_open
from catalog.search import mark_changed
from catalog.service.changes import raise_version
from core.messages import send
from core.work import Work

OPEN_FOR_SENDING = tuple(state for state in ProductState if words_are_open(state))


@dataclass(frozen=True)
class Look:
    """An officer's look at a product as it stood on the screen."""

    product_id: int
    version: int
    level: Level
    looked_at: Collection[str] = ()


def submit_product(work: Work, *, product_id: int, version: int) -> None:
    """Send a product to the officers of its area.

    Raises:
        ProductIncomplete: something an officer needs is missing.
        Changed, ProductClosed: it is not as it was seen, or not with its maker.
    """
    enterprise_id = raise_version(
        work,
        product_id=product_id,
        version=version,
        act="submit_product",
        within=OPEN_FOR_SENDING,
        state=ProductState.SUBMITTED,
        submitted_at=work.now,
    ).enterprise_id
    packs = work.session.scalar(
        select(func.count()).select_from(Pack).where(Pack.product_id == product_id)
    )
    maker = makers(work.session, [enterprise_id])[enterprise_id]
    missing = missing_for_checking(packs=packs or 0, place_known=maker.province_code is not None)
    if missing:
        raise ProductIncomplete(f"product {product_id} lacks {missing}")


def withdraw_product(work: Work, *, product_id: int, version: int) -> ProductState:
    """Take a product back: from the officer's table (a draft again) or from the shop.

    Raises:
        Changed, ProductClosed: it is not as it was seen, or is with its maker already.
    """
    state = work.session.scalar(select(Product.state).where(Product.id == product_id))
    is_on_sale = state == ProductState.PUBLISHED
    onward = ProductState.WITHDRAWN if is_on_sale else ProductState.DRAFT
    raise_version(
        work,
        product_id=product_id,
        version=version,
        act="withdraw_product",
        within=(ProductState.PUBLISHED,) if is_on_sale else (ProductState.SUBMITTED,),
        state=onward,
    )
    if is_on_sale:
        mark_changed(work, [product_id])
    return onward


def publish_product(work: Work, *, look: Look) -> None:
    """Publish a product an officer compared; what was looked at stays with it.

    Raises:
        Changed: it is not what was on the officer's screen.
        ProductClosed: it waits no longer.
    """
    assert look.looked_at, "an officer names what was compared"
    product = raise_version(
        work,
        product_id=look.product_id,
        version=look.version,
        act="publish_product",
        within=(ProductState.SUBMITTED,),
        state=ProductState.PUBLISHED,
        published_at=work.now,
    )
    _keep_review(work, look, product.enterprise_id, outcome="published")
    mark_changed(work, [look.product_id])


def return_product(work: Work, *, look: Look, reason: str) -> None:
    """Send a product back to its maker with the reason.

    Raises:
        Changed, ProductClosed: as `publish_product`.
    """
    product = raise_version(
        work,
        product_id=look.product_id,
        version=look.version,
        act="return_product",
        within=(ProductState.SUBMITTED,),
        state=ProductState.RETURNED,
    )
    _keep_review(work, look, product.enterprise_id, outcome="returned", reason=reason)


def _keep_review(
    work: Work, look: Look, enterprise_id: int, *, outcome: str, reason: str = ""
) -> None:
    """Store what was seen and decided, and tell the maker."""
    assert work.by.person_id is not None, "only people look"
    work.session.add(
        ProductReview(
            product_id=look.product_id,
            enterprise_id=enterprise_id,
            officer_id=work.by.person_id,
            level=look.level,
            outcome=outcome,
            looked_at=sorted(look.looked_at),
            reason=reason,
            product_version=look.version,
            reviewed_at=work.now,
        )
    )
    send(
        work,
        enterprise_id=enterprise_id,
        kind=f"product_{outcome}",
        values={"product_id": look.product_id},
        once_key=f"product_{outcome}:{look.product_id}:{look.version}",
    )
