"""Who hears that a lot is called back: shops that hold it, its maker, the officers of its area."""

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Enterprise
from accounts.rules import Role
from accounts.service import appoint
from app.reactions import REACTIONS
from catalog.models import Lot
from core.dispatch.models import Dispatch
from core.messages import Message
from core.work import COMMAND, Work, reading, transaction
from core.worker.events import deliver_next
from tests.dealers import confirm, make_dealer, make_delivery
from tests.makers import lot_of, make_batch, make_enterprise, make_person
from traceability import service
from traceability.models import Dealer, LotRecall, StampBatch
from traceability.queries import dealers
from traceability.rules import Side
from traceability.rules.entries import MAKER, officer_of
from traceability.rules.recalls import Advice, LiftReason, RecallReason
from traceability.service import Judge, Lift, RecallNotice

OURS, PROVINCE = Judge(Side.MAKER, MAKER), Judge(Side.OFFICE, officer_of("48", None))
MOULD = RecallNotice(RecallReason.SPOILED, Advice.KEEP)
ORDERED = RecallNotice(RecallReason.RESIDUE, Advice.KEEP, authority="Sở Y tế Đà Nẵng")


@pytest.fixture
def lot(app: Flask) -> int:
    """A lot of which one shop holds stamps, another of the same list none."""
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work, name="Mẫu – Lò rèn")
        maker.province_code, maker.commune_code = "48", "20242"
        batch = make_batch(work, enterprise=maker, count=10)
        holds = make_dealer(work, enterprise=maker)
        confirm(work, make_delivery(work, batch=batch, dealer=holds))
        make_dealer(work, enterprise=maker, name="Cửa hàng khác")
        _appoint(work, "0905111222", "20242")
        _appoint(work, "da-nang@goc.example", "48")
        _appoint(work, "0905333444", "20257")
        lot_id = batch.lot_id
    assert lot_id is not None
    return lot_id


def _appoint(work: Work, sign_in: str, area: str) -> None:
    person = make_person(work, sign_in=sign_in.replace("0905", "+84905"))
    appoint(work, person_id=person.id, role=Role.OFFICER, area=area)


def call_back(lot_id: int, judge: Judge, notice: RecallNotice) -> None:
    with transaction(by=COMMAND) as work:
        version = work.session.get_one(Lot, lot_id).version
        service.recall_lot(work, lot_id=lot_id, version=version, judge=judge, notice=notice)
    hear()


def lift(judge: Judge) -> None:
    with transaction(by=COMMAND) as work:
        recall = work.session.scalars(select(LotRecall)).one()
        why = Lift(LiftReason.DONE, "Đã thu đủ.")
        service.lift_recall(work, recall_id=recall.id, judge=judge, lift=why)
    hear()


def hear() -> None:
    while deliver_next(REACTIONS):
        pass


def letters() -> list[tuple[str, str]]:
    with reading() as session:
        rows = session.execute(
            select(Dispatch.target, Dispatch.words)
            .where(Dispatch.once_key.startswith("recall:"))
            .order_by(Dispatch.id)
        )
        return [(target, words or "") for target, words in rows]


def messages() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Message.kind).order_by(Message.id)))


def test_what_a_maker_calls_back_its_shops_and_the_officers_of_its_place_hear(lot: int) -> None:
    before = messages()
    call_back(lot, OURS, MOULD)

    told = dict(letters())
    assert len(told) == 3
    dealer, officer, mail = told.values()
    assert dealer.startswith("Goc: Mau - Lo ren thu hoi lo ")
    assert "Xin ngung ban, de rieng hang" in dealer
    assert "/lots/" in dealer
    assert "/office/" not in dealer
    assert officer.startswith("Goc: Mau - Lo ren thu hoi lo ")
    assert "o noi ban phu trach" in officer
    assert set(told) >= {"+84905111222", "da-nang@goc.example"}
    assert "Gốc: Mẫu – Lò rèn thu hồi lô " in mail
    assert "recalls lot" in mail
    assert messages() == before


def test_what_an_office_calls_back_and_lifts_its_maker_hears_and_no_officer(lot: int) -> None:
    before = messages()
    call_back(lot, PROVINCE, ORDERED)
    lift(PROVINCE)

    assert messages()[len(before) :] == ["recalled_by_office", "lifted_by_office"]
    begun, over = [words for _, words in letters()]
    assert begun.startswith("Goc: So Y te Da Nang thu hoi lo ")
    assert "da thoi bi thu hoi" in over


def test_calling_back_and_forth_sends_a_shop_six_messages_a_day_at_most(lot: int) -> None:
    for _ in range(4):
        with transaction(by=COMMAND) as work:
            version = work.session.get_one(Lot, lot).version
            recall = service.recall_lot(
                work, lot_id=lot, version=version, judge=PROVINCE, notice=ORDERED
            )
            why = Lift(LiftReason.MISTAKEN, "Nhầm.")
            service.lift_recall(work, recall_id=recall.id, judge=PROVINCE, lift=why)
    hear()

    assert len(letters()) == 6


def test_a_shop_hears_of_each_lot_it_holds_when_many_are_called_back_on_one_day(lot: int) -> None:
    with transaction(by=COMMAND) as work:
        batch = work.session.scalars(select(StampBatch).where(StampBatch.lot_id == lot)).one()
        maker = work.session.get_one(Enterprise, batch.enterprise_id)
        holds = work.session.scalars(select(Dealer).where(Dealer.name == "Tạp hóa Lan")).one()
        more = [make_batch(work, enterprise=maker, count=5) for _ in range(6)]
        for one in more:
            make_delivery(work, batch=one, dealer=holds)

    for lot_id in (lot, *map(lot_of, more)):
        call_back(lot_id, PROVINCE, ORDERED)

    assert len(letters()) == 7


def test_a_maker_who_calls_back_and_forth_sends_an_officer_six_messages_a_day_at_most(
    lot: int,
) -> None:
    for _ in range(7):
        with transaction(by=COMMAND) as work:
            version = work.session.get_one(Lot, lot).version
            recall = service.recall_lot(work, lot_id=lot, version=version, judge=OURS, notice=MOULD)
            why = Lift(LiftReason.MISTAKEN, "Nhầm.")
            service.lift_recall(work, recall_id=recall.id, judge=OURS, lift=why)
    hear()

    targets = [target for target, _ in letters()]
    assert targets.count("+84905111222") == 6
    assert targets.count("da-nang@goc.example") == 6


def test_all_shops_that_hold_a_lot_hear_of_it_not_those_of_one_page_alone(
    lot: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(by=COMMAND) as work:
        batch = work.session.scalars(select(StampBatch).where(StampBatch.lot_id == lot)).one()
        maker = work.session.get_one(Enterprise, batch.enterprise_id)
        other = make_dealer(work, enterprise=maker, name="Xa hơn trong danh sách")
        make_delivery(work, batch=batch, dealer=other, first=6, last=10)
    monkeypatch.setattr(dealers, "MOST_SHOWN", 1)

    call_back(lot, PROVINCE, ORDERED)

    assert len(letters()) == 2


def test_an_event_heard_twice_sends_nothing_twice(lot: int) -> None:
    call_back(lot, OURS, MOULD)
    sent = letters()
    hear()

    assert letters() == sent


def test_of_a_practice_nobody_hears(lot: int) -> None:
    with transaction(by=COMMAND) as work:
        maker = work.session.get_one(Enterprise, work.session.get_one(Lot, lot).enterprise_id)
        maker.state = "practice"
    call_back(lot, OURS, MOULD)

    assert letters() == []
