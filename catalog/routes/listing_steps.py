"""What the screens of a listing share: which may be shown, and the way on and back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, request

from accounts.web import REQUEST_ID, answer_once, own
from catalog import queries, service
from catalog.queries import ManagedProduct
from catalog.rules import UNNAMED, ListingStep, step_to_show
from core.guard import SAFE_METHODS
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading

View = Callable[[ManagedProduct], Response]


def step_url(public_id: str, step: ListingStep) -> str:
    """The address of a screen of a product's listing."""
    return f"/manage/products/{public_id}/listing/{step.word}"


def screen(step: ListingStep) -> Callable[[View], Callable[[str], Response]]:
    """Give a view the product whose screen is asked for, where its maker may be there now.

    A product that is not with its maker shows its own page, one whose earlier screens wait the
    first of them.
    """

    def wrapped(view: View) -> Callable[[str], Response]:
        @wraps(view)
        def shown(public_id: str) -> Response:
            with reading() as session:
                product = own(queries.managed_product(session, public_id))
            if not product.words_are_open and request.method in SAFE_METHODS:
                return see_other(f"/manage/products/{product.public_id}")
            if step_to_show(step, product.listing_step) is not step:
                return see_other(f"/manage/products/{product.public_id}/listing")
            return view(product)

        return shown

    return wrapped


def onward(product: ManagedProduct, step: ListingStep) -> str:
    """Where a screen that was kept leads; the next page tells the browser which form it was."""
    return told_kept(step_url(product.public_id, step.next))


def told_kept(url: str) -> str:
    """The address of a page that lets the browser forget what it held of the form just sent."""
    return f"{url}?kept={request.form.get('request_id', '')}"


def go_on(product: ManagedProduct, step: ListingStep, effect: Callable[[Work], None]) -> Response:
    """Do what a screen asks for, once, and lead to the next."""

    def passing(work: Work) -> str:
        effect(work)
        service.pass_step(work, product_id=product.id, step=step)
        return onward(product, step)

    return answer_once(passing)


def now(product: ManagedProduct) -> ManagedProduct:
    """The product as it is after somebody changed it."""
    with reading() as session:
        return queries.managed_products(session, [product.id])[0]


def step_page(
    step: ListingStep, product: ManagedProduct, *, status: int = 200, **shown: Any
) -> Response:
    """Draw a screen."""
    return page(
        f"catalog/manage/listing/{step.word}.html",
        status=status,
        step=step,
        steps=len(ListingStep),
        product=product,
        product_name="" if product.name == UNNAMED else product.name,
        back=step_url(product.public_id, step.before) if step.before else "",
        kept=kept_form(),
        **shown,
    )


def kept_form() -> str:
    """The request of the form this page comes after: the browser may forget what it held of it."""
    named = request.args.get("kept", "")
    return named if REQUEST_ID.fullmatch(named) else ""
