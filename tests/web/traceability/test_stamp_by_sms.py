"""A stamp's number sent by SMS: answered as its page would, counted, and nobody known again."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from accounts.models import Enterprise
from catalog.models import Lot
from core.dispatch.models import Dispatch
from core.inbound import Incoming, receive
from core.work import COMMAND, reading, transaction
from tests.dealers import confirm, make_dealer, make_delivery
from tests.makers import make_batch, make_member, make_person
from traceability import service
from traceability.models import Stamp, StampBatch, StampCheck, StampDelivery
from traceability.rules import Side, grouped, serial_text
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, RecallReason, Remedy

PHONE, OTHER = "+84912345678", "+84987654321"


@pytest.fixture
def serial(app: Flask) -> str:
    """The number of an active stamp, of letters and digits as nearly all are."""
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=4)
        assert batch.lot_id is not None
        service.activate_lot(work, lot_id=batch.lot_id)
        texts = map(serial_text, work.session.scalars(select(Stamp.serial)))
        return next(text for text in texts if not (text.isalpha() or text.isdigit()))


def sent(words: str, *, sender: str = PHONE, key: str = "") -> str | None:
    with transaction(by=COMMAND) as work:
        return receive(work, Incoming(key or work.new_token(), sender, words))


def counted() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(StampCheck)) or 0


def test_the_first_is_told_so_the_next_telephone_is_told_of_it(serial: str) -> None:
    first, again, other = sent(serial), sent(serial), sent(serial, sender=OTHER)

    assert first is not None
    assert other is not None
    assert first.startswith("Tem co trong so, lan kiem dau tien. ")
    assert again == first  # The same telephone: not counted again.
    assert other.startswith("Tem co trong so, da kiem 1 luot truoc ban: ")
    assert counted() == 2


@pytest.mark.parametrize(
    "form",
    [
        "{g}",
        "GOC {g}",
        "tem: {s}",
        "{l}",
        "  {d} ",
        "kiem tem {g}",
        "so {g}",
        "Số tem {g}",
        "ma {s}",
        "xin kiem tem {g}",
        "{s} la gi",
    ],
)
def test_a_number_is_understood_as_people_write_it(serial: str, form: str) -> None:
    spaced = grouped(serial)
    words = form.format(g=spaced, s=serial, l=serial.lower(), d=spaced.replace(" ", "-"))

    answer = sent(words)

    assert answer is not None
    assert answer.startswith("Tem co trong so, ")


@pytest.mark.parametrize("number", ["7TEM Q9T2 XB40C", "7K3M QTEM XB402"])
def test_a_number_keeps_its_letters_that_read_like_a_word(serial: str, number: str) -> None:
    assert str(sent(number)).startswith(f"Khong co so tem nay trong so: {number} ")


def test_a_recalled_lot_is_told_with_what_the_recall_advises_and_whom_to_call(serial: str) -> None:
    with transaction(by=COMMAND) as work:
        lot = work.session.scalars(select(Lot)).one()
        notice = service.RecallNotice(
            RecallReason.SPOILED, Advice.THROW_AWAY, remedy=Remedy.REFUND, phone=OTHER
        )
        judge = service.Judge(Side.MAKER, MAKER)
        service.recall_lot(work, lot_id=lot.id, version=lot.version, judge=judge, notice=notice)

    answer = sent(serial)

    assert answer is not None
    assert ", bo di; goi " in answer
    assert "giu ca vo" not in answer


def test_no_telephones_number_stands_in_a_check(serial: str) -> None:
    sent(serial)

    with reading() as session:
        (check,) = session.scalars(select(StampCheck)).all()
    assert len(check.device_hash or "") == 24
    assert "912345678" not in f"{check.device_hash}{check.found}"


def test_a_member_of_the_maker_uses_no_first_check_up(serial: str) -> None:
    with transaction(by=COMMAND) as work:
        maker = work.session.scalars(select(Enterprise)).first()
        assert maker is not None
        make_member(work, enterprise=maker, person=make_person(work, sign_in=PHONE))

    sent(serial)

    assert counted() == 0


def test_a_dealer_of_the_maker_uses_no_first_check_up_once_they_confirmed(serial: str) -> None:
    with transaction(by=COMMAND) as work:
        batch = work.session.scalars(select(StampBatch)).one()
        maker = work.session.get_one(Enterprise, batch.enterprise_id)
        dealer = make_dealer(work, enterprise=maker)
        delivery = make_delivery(work, batch=batch, dealer=dealer, first=1, last=1)
        phone, delivery_id = dealer.phone, delivery.id

    with transaction(by=COMMAND) as work:
        confirm(work, work.session.get_one(StampDelivery, delivery_id))
    sent(serial, sender=phone)

    assert counted() == 0
    assert str(sent(serial)).startswith("Tem co trong so, lan kiem dau tien. ")


def test_a_number_on_a_list_that_confirmed_nothing_is_a_buyers(serial: str) -> None:
    with transaction(by=COMMAND) as work:
        batch = work.session.scalars(select(StampBatch)).one()
        maker = work.session.get_one(Enterprise, batch.enterprise_id)
        phone = make_dealer(work, enterprise=maker).phone

    sent(serial, sender=phone)

    assert counted() == 1


def test_a_wrong_letter_an_unknown_number_and_two_at_once_are_told_apart(serial: str) -> None:
    wrong = serial[:-1] + ("0" if serial[-1] != "0" else "1")

    assert sent(wrong) == (
        "So tem nay thieu hoac nham chu. So tem co 13 chu va so, viet 4-4-5. Xin xem lai."
    )
    unknown = sent("7K3M Q9T2 XB40G")
    assert unknown is not None
    assert unknown.startswith("Khong co so tem nay trong so: 7K3M Q9T2 XB40G ")
    assert sent(f"{serial}, 7K3MQ9T2XB40G") == (
        "Moi tin chi hoi mot so tem, 13 chu va so. Xin nhan tung so mot."
    )
    assert counted() == 0


def test_misses_of_a_telephone_are_limited_and_its_hits_are_not(serial: str) -> None:
    answers = [sent("7K3M Q9T2 XB40G") for _ in range(8)]

    assert answers[:6] == [answers[0]] * 6
    assert (
        answers[6:] == ["Ban da hoi nhieu so khong co trong so. Xin doi mot gio roi nhan lai."] * 2
    )
    assert str(sent(serial)).startswith("Tem co trong so, lan kiem dau tien. ")
    assert str(sent("7K3MQ9T2XB40G", sender=OTHER)).startswith("Khong co so tem nay")


@pytest.mark.parametrize("words", ["xin chao cac ban", "0912 345 678", "cam on", "47", "THOI"])
def test_what_is_no_number_of_a_stamp_is_not_for_us(serial: str, words: str) -> None:
    answer = sent(words)

    assert answer is not None
    assert answer.startswith("Goc chua hieu tin nay. Kiem tem: ")
    assert counted() == 0


def test_on_the_demos_page_any_telephone_asks(serial: str, client: FlaskClient) -> None:
    form = {"key": "K1", "sender": "0912 345 678", "text": grouped(serial)}

    client.post("/demo/messages", data=form)
    client.post("/demo/messages", data=form)
    client.post("/demo/messages", data={**form, "key": "K2", "sender": "nobody"})

    with reading() as session:
        words = session.scalars(select(Dispatch.words)).all()
    assert len(words) == 1
    assert str(words[0]).startswith("Tem co trong so, lan kiem dau tien. ")


def test_the_number_to_send_to_is_said_where_there_is_one(app: Flask, client: FlaskClient) -> None:
    before = app.config["SETTINGS"]
    assert "Nhắn số tem tới" not in client.get("/scan").text
    app.config["SETTINGS"] = replace(before, sms_number="8055")
    try:
        assert "Không có mạng? Nhắn số tem tới 8055" in client.get("/scan").text
    finally:
        app.config["SETTINGS"] = before
