"""What the catalog does when something happens below it."""

from sqlalchemy import select

from accounts.queries import makers
from catalog import service
from catalog.models import Product
from catalog.rules import FINDABLE
from catalog.search import mark_changed
from core.outbox import Happening
from core.work import Work


def find_goods_anew(work: Work, happening: Happening) -> None:
    """A maker's goods leave the search, or come back; of one that closed they leave the shop."""
    enterprise_id = happening.fields["enterprise_id"]
    goods = select(Product.id).where(
        Product.enterprise_id == enterprise_id, Product.state.in_(FINDABLE)
    )
    mark_changed(work, work.session.scalars(goods).all())
    if makers(work.session, [enterprise_id])[enterprise_id].is_closed:
        service.take_goods_back(work, enterprise_id=enterprise_id)
