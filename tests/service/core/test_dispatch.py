import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from core.dispatch import Letter, has_carrier, send_out, sent_under
from core.dispatch.adapters.demo import FileCarrier
from core.dispatch.models import Dispatch
from core.dispatch.port import CarrierAway, Outgoing, Undeliverable
from core.dispatch.service import DELIVERING
from core.dispatch.tasks import deliver, forget_dispatches
from core.jobs import Job
from core.work import VISITOR, reading, transaction
from core.worker.jobs import run_next
from tests.service.core.clock import Clock
from tests.service.core.phones import Phones, carried_by
from tests.statements import counted_statements

PHONE = "+84912345678"


def send(words: str = "Mã của bạn là 123456", *, once_key: str = "K") -> bool:
    with transaction(by=VISITOR) as work:
        return send_out(work, Letter(PHONE, words), once_key=once_key)


def work_off() -> None:
    while run_next({DELIVERING: deliver}):
        pass


def only_message() -> Dispatch:
    with reading() as session:
        return session.scalars(select(Dispatch)).one()


def test_a_message_goes_out_once_without_diacritics_and_its_words_are_forgotten(app: Flask) -> None:
    phones = carried_by(app, Phones())

    assert send()
    work_off()

    assert phones.taken == [Outgoing("K", PHONE, "Ma cua ban la 123456")]
    assert only_message().state == "sent"
    assert only_message().words is None


def test_the_same_cause_again_sends_nothing_more(app: Flask) -> None:
    phones = carried_by(app, Phones())

    assert send()
    assert not send("Lời khác")
    work_off()

    assert [one.words for one in phones.taken] == ["Ma cua ban la 123456"]


def test_messages_are_counted_by_how_their_keys_begin_whatever_order_a_database_sorts_in(
    app: Flask,
) -> None:
    carried_by(app, Phones())
    for key in ("told_a:1", "told_a:zz:9", "told_a", "told_a;1", "told_ab:1", "toldXa:1"):
        send(once_key=key)

    with reading() as session, counted_statements() as statements:
        assert sent_under(session, "told_a") == 2

    [asked] = statements
    assert "BETWEEN" not in asked


def test_nothing_is_sent_of_a_transaction_that_failed(app: Flask) -> None:
    phones = carried_by(app, Phones())

    def fail() -> None:
        with transaction(by=VISITOR) as work:
            send_out(work, Letter(PHONE, "Mã"), once_key="K")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    work_off()

    assert phones.taken == []


def test_a_provider_that_is_away_is_asked_again_by_the_same_key(app: Flask, clock: Clock) -> None:
    phones = carried_by(app, Phones(CarrierAway("down"), CarrierAway("down")))

    send()
    for seconds in (0, 2, 11):
        clock.move(seconds)
        work_off()

    assert [one.key for one in phones.taken] == ["K"]
    assert only_message().state == "sent"


def test_a_provider_that_is_away_for_hours_loses_nothing(app: Flask, clock: Clock) -> None:
    phones = carried_by(app, Phones(*[CarrierAway("down")] * 200))

    send()
    for _ in range(202):
        work_off()
        clock.move(60)

    assert [one.key for one in phones.taken] == ["K"]
    assert only_message().state == "sent"


def test_a_number_refused_for_good_is_tried_once_and_shown_to_the_operator(app: Flask) -> None:
    phones = carried_by(app, Phones(Undeliverable("no such number")))

    send()
    work_off()

    assert phones.taken == []
    with reading() as session:
        assert session.scalars(select(Job.state)).one() == "failed"


def test_what_is_of_no_use_any_more_is_not_sent_and_its_words_go(app: Flask, clock: Clock) -> None:
    phones = carried_by(app, Phones())
    send()

    clock.move(24 * 3600)
    work_off()

    assert phones.taken == []
    assert only_message().state == "given_up"
    assert only_message().words is None


def test_words_never_delivered_are_blanked_by_the_timetable(app: Flask, clock: Clock) -> None:
    carried_by(app, Phones())
    send()
    clock.move(24 * 3600)

    forget_dispatches()

    assert only_message().words is None
    assert only_message().state == "given_up"


def test_a_message_is_forgotten_a_month_after_its_use(app: Flask, clock: Clock) -> None:
    carried_by(app, Phones())
    send()
    clock.move(31 * 24 * 3600)
    forget_dispatches()
    assert only_message().state == "given_up"  # A day of use, then thirty of keeping.

    clock.move(1)
    forget_dispatches()

    with reading() as session:
        assert session.scalars(select(Dispatch)).all() == []


def test_without_a_mail_server_no_mail_can_be_sent(app: Flask) -> None:
    carried_by(app, Phones())

    assert has_carrier(PHONE)
    assert not has_carrier("ha@goc.example")


def test_the_demo_writes_a_line_a_message_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "messages.jsonl"

    FileCarrier(path).deliver(Outgoing("K", PHONE, "Ma 1"))
    FileCarrier(path).deliver(Outgoing("L", "ha@goc.example", "Mã 2", "Gốc"))

    assert [json.loads(line) for line in path.read_text().splitlines()] == [
        {"to": PHONE, "subject": "", "words": "Ma 1"},
        {"to": "ha@goc.example", "subject": "Gốc", "words": "Mã 2"},
    ]
    assert path.stat().st_mode & 0o777 == 0o600
