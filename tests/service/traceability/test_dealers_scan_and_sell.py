from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.hashing import hash_of_secret
from core.work import Work
from tests.dealers import confirm, make_dealer, make_delivery
from tests.makers import make_batch, make_enterprise
from traceability import queries, service
from traceability.dealer_errors import NotYourStamps, SaleTooOld, SoldBefore, StampNotForSale
from traceability.models import Dealer, StampBatch
from traceability.queries import StampRow
from traceability.rules import Notice, Uncounted, Verdict, Visit, VoidReason
from traceability.service import Check, Visitor

BROWSER = "A" * 26


class Shop:
    """Two stamps stuck on; the first is with a shop, the second with nobody."""

    def __init__(self, work: Work) -> None:
        self.maker = make_enterprise(work)
        self.batch: StampBatch = make_batch(work, enterprise=self.maker, count=2)
        service.activate_stamps(work, batch_id=self.batch.id, first=1, last=2)
        self.lan: Dealer = make_dealer(work, enterprise=self.maker)
        self.delivery = make_delivery(work, batch=self.batch, dealer=self.lan, first=1, last=1)
        confirm(work, self.delivery, is_shown=True, browser=BROWSER)
        serials = queries.serials_at(work.session, self.batch.id, [1, 2])
        self.held, self.loose = serials[1], serials[2]
        self.as_lan = frozenset({self.lan.id})

    def scan(self, work: Work, *, by_shop: bool) -> Check:
        dealer_ids = {self.maker.id: self.lan.id} if by_shop else {}
        kind = "shop" if by_shop else "buyer"
        visitor = Visitor(
            Visit.PERSON, f"{kind}'s device", f"{kind}'s network", dealer_ids=dealer_ids
        )
        return service.record_check(work, serial=self.held, visitor=visitor)


@pytest.fixture
def shop(work: Work) -> Shop:
    return Shop(work)


def row(work: Work, serial: int) -> StampRow:
    found = queries.stamp_row(work.session, serial)
    assert found is not None
    return found


def test_a_shops_browser_is_known_for_its_maker_alone(work: Work, shop: Shop) -> None:
    make_dealer(work, enterprise=make_enterprise(work, name="Mẫu – Hợp tác xã chè"))

    known = queries.dealings(work.session, browser=hash_of_secret(BROWSER), person_id=None)
    unknown = queries.dealings(work.session, browser=hash_of_secret("B" * 26), person_id=None)

    assert (known, unknown) == ({shop.lan.id: shop.maker.id}, {})


def test_one_browser_sells_for_two_shops_of_a_maker(work: Work, shop: Shop) -> None:
    second = make_dealer(work, enterprise=shop.maker, name="Lan, chợ Cồn")
    delivery = make_delivery(work, batch=shop.batch, dealer=second, first=2, last=2)
    confirm(work, delivery, browser=BROWSER)

    known = queries.dealings(work.session, browser=hash_of_secret(BROWSER), person_id=None)
    for serial in (shop.held, shop.loose):
        service.record_sale(work, serial=serial, dealer_ids=frozenset(known))

    assert known == {shop.lan.id: shop.maker.id, second.id: shop.maker.id}
    assert queries.sold_counts(work.session, [shop.batch.id]) == {shop.batch.id: 2}


def test_a_shop_scans_all_day_and_the_buyer_is_still_first(work: Work, shop: Shop) -> None:
    scans = [
        shop.scan(replace(work, now=work.now + timedelta(hours=hours)), by_shop=True)
        for hours in (0, 1, 3)
    ]
    later = replace(work, now=work.now + timedelta(hours=4))
    bought = shop.scan(later, by_shop=False)

    said = service.read_check(work.session, bought, language="vi").judgement
    assert [one.uncounted for one in scans] == [Uncounted.DEALER] * 3
    assert (bought.uncounted, said.verdict) == (None, Verdict.FIRST_CHECK)
    assert said.notices == (Notice.SELLER_SCANS,)
    assert (row(work, shop.held).seller_scans, row(work, shop.held).checks) == (2, 1)


def test_the_shop_is_named_while_it_agrees(work: Work, shop: Shop) -> None:
    named = row(work, shop.held)
    service.show_dealers(work, dealer_ids=shop.as_lan, is_shown=False)
    silent = row(work, shop.held)

    assert (named.dealer_name, named.dealer_commune) == ("Tạp hóa Lan", "20242")
    assert (silent.dealer_name, silent.delivered_at) == (None, work.now)
    assert row(work, shop.loose).delivered_at is None


def test_a_stamp_is_with_the_shop_that_holds_its_place_in_the_batch(work: Work) -> None:
    maker = make_enterprise(work)
    batch = make_batch(work, enterprise=maker, count=12)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=12)
    had, lan, mai = (
        make_dealer(work, enterprise=maker, name=name) for name in ("Bà Tư", "Lan", "Mai")
    )
    returned = make_delivery(work, batch=batch, dealer=had, first=2, last=3)
    confirm(work, returned, is_shown=True)
    service.take_back(work, delivery_id=returned.id)
    for dealer, first, last in ((lan, 2, 8), (mai, 10, 11)):
        delivery = make_delivery(work, batch=batch, dealer=dealer, first=first, last=last)
        confirm(work, delivery, is_shown=True)

    serials = queries.serials_at(work.session, batch.id, range(1, 13))
    named = [row(work, serials[ordinal]).dealer_name for ordinal in range(1, 13)]

    assert named == [None, *["Lan"] * 7, None, "Mai", "Mai", None]


def test_a_shop_off_the_list_is_named_no_longer_though_it_scanned(work: Work, shop: Shop) -> None:
    shop.scan(work, by_shop=True)
    named = row(work, shop.held).scanned_by
    service.remove_dealer(work, dealer_id=shop.lan.id)
    silent = row(work, shop.held)

    assert named == "Tạp hóa Lan"
    assert (silent.scanned_by, silent.dealer_name, silent.seller_scans) == (None, None, 1)


def test_a_sale_is_told_and_can_be_taken_back_for_a_day(work: Work, shop: Shop) -> None:
    service.record_sale(work, serial=shop.held, dealer_ids=shop.as_lan)
    service.record_sale(work, serial=shop.held, dealer_ids=shop.as_lan)
    sold = row(work, shop.held).sold_at
    service.undo_sale(work, serial=shop.held, dealer_ids=shop.as_lan)
    taken_back = row(work, shop.held).sold_at
    service.record_sale(work, serial=shop.held, dealer_ids=shop.as_lan)

    with pytest.raises(SaleTooOld):
        service.undo_sale(
            replace(work, now=work.now + timedelta(days=1)),
            serial=shop.held,
            dealer_ids=shop.as_lan,
        )

    assert (sold, taken_back) == (work.now, None)
    assert queries.sold_counts(work.session, [shop.batch.id]) == {shop.batch.id: 1}


def test_a_shop_sells_what_it_holds_and_nothing_else(work: Work, shop: Shop) -> None:
    with pytest.raises(NotYourStamps):
        service.record_sale(work, serial=shop.loose, dealer_ids=shop.as_lan)
    with pytest.raises(NotYourStamps):
        service.record_sale(work, serial=shop.held, dealer_ids=frozenset())

    assert queries.sold_counts(work.session, [shop.batch.id]) == {}


def test_what_another_shop_sold_before_is_said(work: Work, shop: Shop) -> None:
    service.record_sale(work, serial=shop.held, dealer_ids=shop.as_lan)
    service.take_back(work, delivery_id=shop.delivery.id)
    mai = make_dealer(work, enterprise=shop.maker, name="Mai")
    confirm(work, make_delivery(work, batch=shop.batch, dealer=mai, first=1, last=1))

    with pytest.raises(SoldBefore):
        service.record_sale(work, serial=shop.held, dealer_ids=frozenset({mai.id}))

    assert queries.sales_of(work.session, [mai.id], limit=5) == []


def test_a_cancelled_stamp_is_not_sold(work: Work, shop: Shop) -> None:
    service.void_stamps(work, batch_id=shop.batch.id, first=1, last=1, reason=VoidReason.RETURNED)

    with pytest.raises(StampNotForSale):
        service.record_sale(work, serial=shop.held, dealer_ids=shop.as_lan)

    assert queries.sold_counts(work.session, [shop.batch.id]) == {}
