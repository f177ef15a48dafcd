"""Changing a product: its version is raised first, by one conditional UPDATE."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from catalog.errors import ProductClosed
from catalog.models import Product
from catalog.rules import FINDABLE, ProductState
from catalog.search import mark_changed
from core.errors import AppError, Changed, NotFound
from core.work import Work


def raise_version(
    work: Work,
    *,
    product_id: int,
    version: int,
    within: Collection[ProductState],
    **values: Any,
) -> None:
    """Take a product that is still as it was seen: its row stays locked until the commit.

    Whoever changes words, packs or prices does this first, so `version` covers all a page shows,
    and of two who saw the same version one is refused.

    Raises:
        Changed: the product changed since.
        ProductClosed: its state is not one of `within`.
        NotFound: there is no such product.
    """
    taken = work.session.execute(
        update(Product)
        .where(Product.id == product_id, Product.version == version, Product.state.in_(within))
        .values(version=Product.version + 1, **values)
        .returning(Product.id)
    ).one_or_none()
    if taken is None:
        raise _refusal(work, product_id, version)


def _refusal(work: Work, product_id: int, version: int) -> AppError:
    found = work.session.execute(
        select(Product.state, Product.version).where(Product.id == product_id)
    ).one_or_none()
    if found is None:
        return NotFound(f"no product {product_id}")
    if found.version != version:
        return Changed(f"product {product_id} is at {found.version}, the page was at {version}")
    return ProductClosed(f"product {product_id} is {found.state}")


def mark_if_findable(work: Work, product_id: int) -> None:
    """Tell search of a change of something that buyers find."""
    state = work.session.scalar(select(Product.state).where(Product.id == product_id))
    if state in FINDABLE:
        mark_changed(work, [product_id])


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
