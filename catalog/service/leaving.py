"""Goods whose maker closed leave the shop for good, and the officers' tables with it."""

from sqlalchemy import case, select, update

from catalog.models import Offer, Pack, Product, ProductChange
from catalog.rules import ProductState
from catalog.search import mark_changed
from core.work import Work


def take_goods_back(work: Work, *, enterprise_id: int) -> None:
    """Withdraw what an enterprise sells or has sent for checking; a second time changes nothing."""
    taken = work.session.scalars(
        update(Product)
        .where(Product.enterprise_id == enterprise_id)
        .where(Product.state.in_((ProductState.PUBLISHED, ProductState.SUBMITTED)))
        .values(
            state=case(
                (Product.state == ProductState.SUBMITTED, ProductState.DRAFT),
                else_=ProductState.WITHDRAWN,
            ),
            version=Product.version + 1,
        )
        .returning(Product.id),
        execution_options={"synchronize_session": False},
    ).all()
    work.session.execute(
        update(ProductChange)
        .where(ProductChange.enterprise_id == enterprise_id, ProductChange.ended_at.is_(None))
        .values(state="withdrawn", ended_at=work.now, version=ProductChange.version + 1),
        execution_options={"synchronize_session": False},
    )
    mark_changed(work, {*taken, *_withdraw_offers(work, enterprise_id)})


def _withdraw_offers(work: Work, enterprise_id: int) -> set[int]:
    """Take its prices from all goods, another's too; gives whose prices changed."""
    offered = (Offer.seller_id == enterprise_id, Offer.state == "on")
    products = select(Pack.product_id).join(Offer, Offer.pack_id == Pack.id).where(*offered)
    found = set(work.session.scalars(products))
    work.session.execute(
        update(Offer).where(*offered).values(state="off", version=Offer.version + 1),
        execution_options={"synchronize_session": False},
    )
    return found
