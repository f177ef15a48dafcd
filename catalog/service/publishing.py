"""A listing on its way: sent for checking, published or returned by an officer, withdrawn."""

from sqlalchemy import func, select

from accounts.queries import makers
from accounts.service import NamedObject, ask_about_name, note_step, settle_names
from catalog.errors import ProductIncomplete, SellerUnverified
from catalog.models import Pack, Product
from catalog.practice_errors import NotPractice
from catalog.rules import FINDABLE, ON_SALE, ProductState, missing_for_checking, words_are_open
from catalog.search import mark_changed
from catalog.service.changes import raise_version
from catalog.service.proposing import end_open_change, open_change_of
from catalog.service.reviews import Look, keep_review
from catalog.service.revisions import words_fields
from core.work import Work

OPEN_FOR_SENDING = tuple(state for state in ProductState if words_are_open(state))


def raise_judged_version(work: Work, product_id: int) -> None:
    """Have whoever is about to decide about goods, or a change of them, look again.

    More is known about them: the owner of a name they bear has answered.
    """
    product = work.session.get(Product, product_id, with_for_update=True, populate_existing=True)
    if product is not None and product.state == ProductState.SUBMITTED:
        product.version += 1
    change = open_change_of(work, product_id)
    if change is not None and change.state == "waiting":
        change.version += 1
    work.session.flush()


def submit_product(work: Work, *, product_id: int, version: int) -> None:
    """Send a product to the officers of its area.

    Raises:
        ProductIncomplete: something an officer needs is missing.
        Changed, ProductClosed: it is not as it was seen, or not with its maker.
    """
    reached = work.session.scalar(select(Product.listing_step).where(Product.id == product_id))
    product = raise_version(
        work,
        product_id=product_id,
        version=version,
        act="submit_product",
        within=OPEN_FOR_SENDING,
        state=ProductState.SUBMITTED,
        submitted_at=work.now,
        listing_step=None,
    )
    enterprise_id = product.enterprise_id
    packs = work.session.scalar(
        select(func.count()).select_from(Pack).where(Pack.product_id == product_id)
    )
    maker = makers(work.session, [enterprise_id])[enterprise_id]
    missing = missing_for_checking(
        packs=packs or 0,
        place_known=maker.place_is_known,
        seller_sent=maker.was_sent,
        listing_step=reached,
    )
    if missing:
        raise ProductIncomplete(f"product {product_id} lacks {missing}")
    if not maker.is_practice:  # Nobody is bothered with what only a learner sees.
        named = NamedObject("product", product_id, enterprise_id)
        ask_about_name(work, of=named, name=words_fields(work, product)["name"])


def withdraw_product(work: Work, *, product_id: int, version: int) -> ProductState:
    """Take a product back: from the officer's table (a draft again) or from the shop.

    A change of it that waits ends with it: its words are the maker's again.

    Raises:
        Changed, ProductClosed: it is not as it was seen, or is with its maker already.
    """
    state = work.session.scalar(select(Product.state).where(Product.id == product_id))
    is_on_sale = state in ON_SALE
    onward = ProductState.WITHDRAWN if is_on_sale else ProductState.DRAFT
    product = raise_version(
        work,
        product_id=product_id,
        version=version,
        act="withdraw_product",
        within=tuple(ON_SALE) if is_on_sale else (ProductState.SUBMITTED,),
        state=onward,
    )
    named = NamedObject("product", product_id, product.enterprise_id)
    settle_names(work, of=named, outcome="withdrawn")
    if is_on_sale:
        end_open_change(work, product_id)
    if state in FINDABLE:
        mark_changed(work, [product_id])
    return onward


def publish_product(work: Work, *, look: Look) -> None:
    """Publish a product an officer compared; what was looked at stays with it.

    Raises:
        Changed: it is not what was on the officer's screen.
        ProductClosed: it waits no longer.
        SellerUnverified: who sells was not looked at yet.
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
    if makers(work.session, [product.enterprise_id])[product.enterprise_id].state != "verified":
        raise SellerUnverified(f"enterprise {product.enterprise_id} is not verified")
    keep_review(work, look, product, outcome="published")
    mark_changed(work, [look.product_id])


def publish_practice(work: Work, *, product_id: int, version: int) -> None:
    """Let a learner play the officer: their listing counts as on sale, for them alone.

    Raises:
        Changed, ProductClosed: as `publish_product`.
        NotPractice: the enterprise is a real one, whose listings officers look at.
    """
    product = raise_version(
        work,
        product_id=product_id,
        version=version,
        act="publish_practice",
        within=(ProductState.SUBMITTED,),
        state=ProductState.PRACTICE,
        published_at=work.now,
    )
    if not makers(work.session, [product.enterprise_id])[product.enterprise_id].is_practice:
        raise NotPractice(f"enterprise {product.enterprise_id} is a real one")
    note_step(work, enterprise_id=product.enterprise_id, step="listed")


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
    keep_review(work, look, product, outcome="returned", reason=reason)
