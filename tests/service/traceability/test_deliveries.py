from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.errors import NotACommune
from accounts.models import Enterprise
from core.audit import AuditEntry
from core.errors import NotFound
from core.messages import Message
from core.work import Work
from tests.dealers import HAI_CHAU, confirm, make_dealer, make_delivery
from tests.makers import make_batch, make_enterprise
from traceability import queries, service
from traceability.dealer_errors import (
    DealerGone,
    DealerListed,
    DeliveryClosed,
    NotADealersPhone,
    StampsWithDealer,
)
from traceability.errors import RangeNotPossible
from traceability.models import DealerBrowser, StampBatch, StampDelivery
from traceability.rules import DeliveryState, VoidReason
from traceability.service import Answer, NewDealer


@pytest.fixture
def maker(work: Work) -> Enterprise:
    return make_enterprise(work)


@pytest.fixture
def batch(work: Work, maker: Enterprise) -> StampBatch:
    return make_batch(work, enterprise=maker, count=10)


def test_a_number_stands_once_on_a_list_and_on_another_makers_too(
    work: Work, maker: Enterprise
) -> None:
    told = NewDealer("Tạp hóa Lan", "0912 345 678", HAI_CHAU)
    first = service.add_dealer(work, enterprise_id=maker.id, told=told)

    with pytest.raises(DealerListed):
        service.add_dealer(work, enterprise_id=maker.id, told=told)
    other = make_enterprise(work, name="Mẫu – Hợp tác xã chè")
    service.add_dealer(work, enterprise_id=other.id, told=told)

    assert first.phone == "+84912345678"
    assert [one.id for one in queries.dealers_of(work.session, maker.id)] == [first.id]


@pytest.mark.parametrize("phone", ["lan@goc.example", "024 3826 1234", "12"])
def test_who_cannot_be_sent_a_message_is_no_dealer(
    work: Work, maker: Enterprise, phone: str
) -> None:
    with pytest.raises(NotADealersPhone):
        service.add_dealer(work, enterprise_id=maker.id, told=NewDealer("Lan", phone, HAI_CHAU))

    assert queries.dealers_of(work.session, maker.id) == []


def test_a_dealer_is_in_a_commune_of_today(work: Work, maker: Enterprise) -> None:
    with pytest.raises(NotACommune):
        service.add_dealer(work, enterprise_id=maker.id, told=NewDealer("Lan", "0912 345 678", "1"))


def test_stamps_are_with_one_dealer_at_a_time(
    work: Work, maker: Enterprise, batch: StampBatch
) -> None:
    lan, mai = (make_dealer(work, enterprise=maker, name=name) for name in ("Lan", "Mai"))
    held = make_delivery(work, batch=batch, dealer=lan, first=2, last=6)

    with pytest.raises(StampsWithDealer) as refusal:
        make_delivery(work, batch=batch, dealer=mai, first=6, last=9)
    service.take_back(work, delivery_id=held.id)
    now_with = make_delivery(work, batch=batch, dealer=mai, first=6, last=9)

    assert refusal.value.values == {"first": 2, "last": 6, "dealer": "Lan"}
    living = queries.deliveries_of_batch(work.session, batch.id)
    assert [(one.dealer_name, one.first, one.last) for one in living] == [("Mai", 6, 9)]
    assert living[0].id == now_with.id


def test_cancelled_stamps_go_to_nobody(work: Work, maker: Enterprise, batch: StampBatch) -> None:
    lan = make_dealer(work, enterprise=maker)
    service.void_stamps(work, batch_id=batch.id, first=3, last=3, reason=VoidReason.SPOILED)

    with pytest.raises(RangeNotPossible):
        make_delivery(work, batch=batch, dealer=lan)

    assert queries.deliveries_of_batch(work.session, batch.id) == []


def test_another_makers_dealer_is_not_found(work: Work, batch: StampBatch) -> None:
    others = make_dealer(work, enterprise=make_enterprise(work, name="Mẫu – Hợp tác xã chè"))

    with pytest.raises(NotFound):
        make_delivery(work, batch=batch, dealer=others)


def test_a_dealer_answers_once(work: Work, maker: Enterprise, batch: StampBatch) -> None:
    delivery = make_delivery(work, batch=batch, dealer=make_dealer(work, enterprise=maker))
    confirm(work, delivery, is_shown=True)

    with pytest.raises(DeliveryClosed):
        service.answer_delivery(work, public_id=delivery.public_id, answer=Answer(has_them=False))

    [card] = queries.deliveries_of_batch(work.session, batch.id)
    assert (card.state, card.answered_at) == (DeliveryState.CONFIRMED, work.now)
    [message] = work.session.scalars(select(Message))
    assert (message.kind, message.values) == ("delivery_answered", {"delivery": delivery.id})


def test_the_same_answer_within_a_day_is_the_same_answer_and_told_once(
    work: Work, maker: Enterprise, batch: StampBatch
) -> None:
    dealer = make_dealer(work, enterprise=maker, name="Lan")
    held = make_delivery(work, batch=batch, dealer=dealer, first=1, last=3)
    yes = Answer(has_them=True, browser="lost", is_shown=True)
    service.answer_delivery(work, public_id=held.public_id, answer=yes)

    again = service.answer_delivery(
        work, public_id=held.public_id, answer=replace(yes, browser="kept")
    )
    with pytest.raises(DeliveryClosed):
        service.answer_delivery(work, public_id=held.public_id, answer=Answer(has_them=False))
    tomorrow = replace(work, now=work.now + timedelta(days=1))
    with pytest.raises(DeliveryClosed):
        service.answer_delivery(tomorrow, public_id=held.public_id, answer=yes)

    assert again.id == held.id
    assert len(work.session.scalars(select(Message)).all()) == 1
    acts = select(AuditEntry.act).where(AuditEntry.act.in_(["confirm_delivery", "show_dealer"]))
    assert sorted(work.session.scalars(acts)) == ["confirm_delivery", "show_dealer"]
    browsers = select(DealerBrowser.dealer_id)
    assert work.session.scalars(browsers).all() == [dealer.id, dealer.id]


def test_that_a_shop_is_named_or_no_longer_stands_in_the_audit_once_each(
    work: Work, maker: Enterprise, batch: StampBatch
) -> None:
    dealer = make_dealer(work, enterprise=maker, name="Lan")
    for is_shown in (True, True, False):
        service.show_dealers(work, dealer_ids=frozenset({dealer.id}), is_shown=is_shown)

    acts = select(AuditEntry.act).where(AuditEntry.object_kind == "dealer")
    told = work.session.scalars(acts).all()
    assert sorted(act for act in told if act != "add_dealer") == ["hide_dealer", "show_dealer"]


def test_a_no_gives_the_stamps_back(work: Work, maker: Enterprise, batch: StampBatch) -> None:
    lan = make_dealer(work, enterprise=maker)
    delivery = make_delivery(work, batch=batch, dealer=lan)

    said = Answer(has_them=False, browser="A" * 26)
    service.answer_delivery(work, public_id=delivery.public_id, answer=said)

    assert queries.deliveries_of_batch(work.session, batch.id) == []
    assert work.session.get_one(StampDelivery, delivery.id).state == DeliveryState.REFUSED
    assert not queries.shown_dealers(work.session, [lan.id])


def test_who_is_off_the_list_keeps_neither_number_nor_stamps(
    work: Work, maker: Enterprise, batch: StampBatch
) -> None:
    lan = make_dealer(work, enterprise=maker)
    confirm(work, make_delivery(work, batch=batch, dealer=lan))

    service.remove_dealer(work, dealer_id=lan.id)
    service.remove_dealer(work, dealer_id=lan.id)

    assert queries.dealers_of(work.session, maker.id) == []
    assert queries.deliveries_of_batch(work.session, batch.id) == []
    card = queries.dealer_of(work.session, lan.public_id)
    assert card is not None
    assert (card.phone, card.ended_at) == ("", work.now)
    with pytest.raises(DealerGone):
        make_delivery(work, batch=batch, dealer=lan)
