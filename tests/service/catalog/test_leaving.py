"""Goods of a maker that closed: out of the shop, the search and the officers' queue."""

from sqlalchemy import select

from accounts.events import EnterpriseStandingChanged
from accounts.models import Enterprise
from accounts.rules import Office, Role
from catalog import queries
from catalog.models import Offer, Product
from catalog.reactions import find_goods_anew
from catalog.search.feed import BEGINNING, changes_after, sequence
from core.outbox import Happening, OutboxEvent, announce
from core.work import Work
from tests.makers import make_change, make_enterprise, make_pack, make_product

OFFICE = Office(1, Role.OFFICER, "4")


def hear(work: Work, enterprise: Enterprise, state: str) -> None:
    """Let the enterprise come to this state, and the catalog hear of it."""
    enterprise.state = state
    enterprise.suspended_at = work.now if state == "suspended" else None
    announce(work, EnterpriseStandingChanged(enterprise_id=enterprise.id))
    work.session.flush()
    event = work.session.scalars(select(OutboxEvent).order_by(OutboxEvent.id.desc())).first()
    assert event is not None
    find_goods_anew(work, Happening.of(event))
    work.session.expire_all()


def test_what_is_sold_or_lies_with_officers_is_withdrawn_and_the_rest_stays(work: Work) -> None:
    maker = make_enterprise(work)
    states = ("published", "submitted", "draft", "returned")
    goods = [make_product(work, enterprise=maker, name=one, state=one) for one in states]
    change = make_change(work, product=goods[0])
    neighbours = make_product(work, enterprise=make_enterprise(work, name="Mẫu – Khác"))
    theirs = make_change(work, product=neighbours)
    assert queries.waiting_count(work.session, [OFFICE]) == 3

    hear(work, maker, "closed")

    assert [one.state for one in goods] == ["withdrawn", "draft", "draft", "returned"]
    assert [one.version for one in goods] == [2, 2, 1, 1]
    assert (change.state, change.ended_at, change.version) == ("withdrawn", work.now, 2)
    assert (neighbours.state, neighbours.version, theirs.state) == ("published", 1, "waiting")
    assert queries.waiting_count(work.session, [OFFICE]) == 1
    assert [one.id for one in queries.listed_makers(work.session)] == [neighbours.enterprise_id]


def test_search_forgets_its_goods_and_nobody_elses(work: Work) -> None:
    maker = make_enterprise(work)
    product = make_product(work, enterprise=maker)
    neighbours = make_product(work, enterprise=make_enterprise(work, name="Mẫu – Khác"))

    hear(work, maker, "closed")
    sequence(work)

    changes = changes_after(work.session, BEGINNING)
    assert changes is not None
    assert (changes.documents, changes.removed) == ([], [product.id])
    assert neighbours.state == "published"


def test_even_before_the_catalog_heard_nothing_of_it_is_shown(work: Work) -> None:
    product = make_product(work)
    maker = work.session.get_one(Enterprise, product.enterprise_id)
    maker.state = "closed"
    work.session.flush()

    assert queries.product_cards(work.session, [product.id], language="vi", today=work.today) == []
    assert queries.listed_makers(work.session) == []


def test_its_prices_leave_anothers_goods_too(work: Work) -> None:
    dealer = make_enterprise(work, name="Mẫu – Cửa hàng")
    product = make_product(work)
    pack = make_pack(work, product=product)
    own = work.session.scalars(select(Offer)).one()
    dealers = Offer(public_id="D" * 10, seller_id=dealer.id, pack_id=pack.id, price_vnd=300_000)
    work.session.add(dealers)
    work.session.flush()

    hear(work, dealer, "closed")
    sequence(work)

    assert (own.state, own.version, dealers.state, dealers.version) == ("on", 1, "off", 2)
    changes = changes_after(work.session, BEGINNING)
    assert changes is not None
    assert [(one.product_id, one.price_vnd) for one in changes.documents] == [(product.id, 250_000)]


def test_hearing_of_it_twice_changes_nothing_more(work: Work) -> None:
    product = make_product(work)
    maker = work.session.get_one(Enterprise, product.enterprise_id)
    hear(work, maker, "closed")

    hear(work, maker, "closed")

    assert (product.state, product.version) == ("withdrawn", 2)


def test_a_suspended_makers_goods_stay_as_they_were(work: Work) -> None:
    product = make_product(work)
    maker = work.session.get_one(Enterprise, product.enterprise_id)

    hear(work, maker, "suspended")

    assert work.session.scalars(select(Product.state)).all() == ["published"]
    assert product.version == 1
