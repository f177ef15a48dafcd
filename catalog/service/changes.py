"""Changing a product: its version is raised first, by one conditional UPDATE."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from catalog.errors import ProductChanged, ProductClosed
from catalog.models import Product
from catalog.rules import FINDABLE, ProductState
from catalog.search import mark_changed
from core import audit
from core.errors import AppError, NotFound
from core.work import Work


def raise_version(
    work: Work,
    *,
    product_id: int,
    version: int,
    act: str,
    within: Collection[ProductState],
    **values: Any,
) -> Product:
    """Take a product that is still as it was seen: its row stays locked until the commit.

    Whoever changes words, packs or prices does this first, so `version` covers all a page shows,
    and of two who saw the same version one is refused. Gives the row as it now is, and records
    who acts.

    Raises:
        ProductChanged: the product changed since.
        ProductClosed: its state is not one of `within`.
        NotFound: there is no such product.
    """
    taken = work.session.scalars(
        update(Product)
        .where(Product.id == product_id, Product.version == version, Product.state.in_(within))
        .values(version=Product.version + 1, **values)
        .returning(Product),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if taken is None:
        raise _refusal(work, product_id, version)
    record_of_product(work, taken, act=act, version=version)
    return taken


def record_of_product(work: Work, product: Product, *, act: str, version: int) -> None:
    """Record who acts on a product; `version` is what they saw."""
    audit.record(
        work,
        act=act,
        object_kind="product",
        object_id=product.id,
        enterprise_id=product.enterprise_id,
        version=version,
    )


def _refusal(work: Work, product_id: int, version: int) -> AppError:
    found = work.session.execute(
        select(Product.state, Product.version).where(Product.id == product_id)
    ).one_or_none()
    if found is None:
        return NotFound(f"no product {product_id}")
    if found.version != version:
        return ProductChanged(f"it is at {found.version}, the page was at {version}")
    return ProductClosed(f"product {product_id} is {found.state}")


def mark_if_findable(work: Work, product: Product) -> None:
    """Tell search of a change of something that buyers find."""
    if product.state in FINDABLE:
        mark_changed(work, [product.id])


@contextmanager
def refusing_twins(work: Work, refusal: Callable[[], AppError]) -> Iterator[None]:
    """Turn a row with the same unique value into a refusal; the transaction lives on.

    `refusal` is asked afterwards: only then is a rival's row seen, and which value it holds.
    """
    try:
        with work.session.begin_nested():
            yield
    except IntegrityError as error:
        raise refusal() from error
