"""An SMS that comes in: taken once, read by the first who understands it, answered briefly."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from core.dispatch.models import Dispatch
from core.dispatch.port import CarrierAway, Undeliverable
from core.dispatch.service import DELIVERING
from core.dispatch.tasks import deliver, forget_dispatches
from core.inbound import Incoming, Readers, can_be_answered, init_inbound, receive
from core.inbound.models import InboundSender, InboundSms
from core.inbound.port import EXTENSION
from core.inbound.tasks import forget_inbound
from core.jobs import Job
from core.work import VISITOR, Work, reading, transaction
from core.worker.jobs import run_next
from tests.service.core.phones import Phones, carried_by

PHONE = "+84912345678"
HELP = "Goc chua hieu."


@pytest.fixture
def read_by_two(migrated_app: Flask) -> Iterator[list[str]]:
    """Two readers: one understands what begins with "a", the other "a" and "b"."""
    asked: list[str] = []

    def first(_work: Work, incoming: Incoming) -> str | None:
        asked.append(f"first {incoming.words}")
        return "one" if incoming.words.startswith("a") else None

    def second(_work: Work, incoming: Incoming) -> str | None:
        asked.append(f"second {incoming.words}")
        return "two" if incoming.words[:1] in {"a", "b"} else None

    before = migrated_app.extensions[EXTENSION]
    init_inbound(migrated_app, Readers((first, second), HELP, is_open=False))
    yield asked
    migrated_app.extensions[EXTENSION] = before


def sent(work: Work) -> list[tuple[str, str | None]]:
    rows = work.session.scalars(select(Dispatch).order_by(Dispatch.id))
    return [(one.target, one.words) for one in rows]


def test_the_first_who_understands_answers_and_nobody_else_is_asked(
    work: Work, read_by_two: list[str]
) -> None:
    assert receive(work, Incoming("1", PHONE, "a")) == "one"
    assert receive(work, Incoming("2", PHONE, "b")) == "two"

    assert read_by_two == ["first a", "first b", "second b"]
    assert sent(work) == [(PHONE, "one"), (PHONE, "two")]
    [sender] = work.session.scalars(select(InboundSender))
    assert (sender.received_on, sender.taken, sender.helped) == (work.today, 2, 0)


def test_the_same_message_told_twice_has_one_effect(work: Work, read_by_two: list[str]) -> None:
    receive(work, Incoming("1", PHONE, "a"))

    assert receive(work, Incoming("1", PHONE, "a")) is None

    assert read_by_two == ["first a"]
    assert len(sent(work)) == 1


def test_what_nobody_understands_is_helped_three_times_a_day(
    work: Work, read_by_two: list[str]
) -> None:
    answers = [receive(work, Incoming(str(n), PHONE, "?")) for n in range(5)]
    other = receive(work, Incoming("other", "+84987654321", "?"))
    understood = receive(work, Incoming("a", PHONE, "a"))
    tomorrow = replace(work, now=work.now + timedelta(days=1))

    assert answers == [HELP, HELP, HELP, None, None]
    assert (other, understood) == (HELP, "one")
    assert receive(tomorrow, Incoming("tomorrow", PHONE, "?")) == HELP


def test_a_number_that_sends_like_a_machine_is_not_read_any_more(
    work: Work, read_by_two: list[str]
) -> None:
    answers = [receive(work, Incoming(str(n), PHONE, "a")) for n in range(31)]

    assert answers == ["one"] * 30 + [None]
    assert len(read_by_two) == 30


def test_an_answer_is_asked_for_only_where_one_can_come(
    migrated_app: Flask, read_by_two: list[str]
) -> None:
    with migrated_app.app_context():
        assert not can_be_answered()


def test_a_telephone_is_forgotten_with_its_day_and_a_key_after_a_week(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        for name, days in (("today", 0), ("yesterday", 1), ("week", 7), ("older", 8)):
            day = work.today - timedelta(days=days)
            work.session.add(InboundSms(key_hash=name, received_on=day))
            work.session.add(InboundSender(sender_hash=name, received_on=day, taken=1))

    forget_inbound()

    with reading() as session:
        keys = session.scalars(select(InboundSms.key_hash).order_by(InboundSms.key_hash))
        assert keys.all() == ["today", "week", "yesterday"]
        assert session.scalars(select(InboundSender.sender_hash)).all() == ["today"]


def test_an_answer_that_was_sent_goes_with_the_job_that_sent_it(
    app: Flask, read_by_two: list[str]
) -> None:
    phones = carried_by(app, Phones(CarrierAway("once")))
    with transaction(by=VISITOR) as work:
        receive(work, Incoming("P-1", PHONE, "a"))
    run_next({DELIVERING: deliver})
    with transaction(by=VISITOR) as work:
        assert len(work.session.scalars(select(Dispatch)).all()) == 1
        work.session.execute(update(Job).values(due_at=work.now))

    run_next({DELIVERING: deliver})

    assert [one.words for one in phones.taken] == ["one"]
    with reading() as session:
        assert session.scalars(select(Dispatch)).all() == []
        assert session.scalars(select(Job)).all() == []


def test_an_answer_its_carrier_refuses_for_good_is_nobodys_to_try_again(
    app: Flask, read_by_two: list[str]
) -> None:
    phones = carried_by(app, Phones(Undeliverable("no such telephone")))
    with transaction(by=VISITOR) as work:
        receive(work, Incoming("P-1", PHONE, "a"))

    run_next({DELIVERING: deliver})

    assert phones.taken == []
    with reading() as session:
        assert session.scalars(select(Dispatch)).all() == []
        assert session.scalars(select(Job)).all() == []


def test_an_answer_that_nobody_carried_is_deleted_with_its_day(
    app: Flask, read_by_two: list[str]
) -> None:
    with transaction(by=VISITOR) as work:
        receive(work, Incoming("P-1", PHONE, "a"))
        work.session.execute(update(Dispatch).values(until_at=work.now - timedelta(seconds=1)))

    forget_dispatches()

    with reading() as session:
        assert session.scalars(select(Dispatch)).all() == []
