"""What the catalog does when something happens below it."""

from sqlalchemy import select

from catalog.models import Product
from catalog.rules import FINDABLE
from catalog.search import mark_changed
from core.outbox import Happening
from core.work import Work


def find_goods_anew(work: Work, happening: Happening) -> None:
    """An enterprise was suspended or may sell again: its goods leave the search, or come back."""
    goods = select(Product.id).where(
        Product.enterprise_id == happening.fields["enterprise_id"], Product.state.in_(FINDABLE)
    )
    mark_changed(work, work.session.scalars(goods).all())
