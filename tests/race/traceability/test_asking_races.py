"""Activations that wait for a second member, answered and asked for by many at once."""

from flask import Flask
from sqlalchemy import func, select

from core.work import COMMAND, By, Work, reading, transaction
from tests.askings import make_activation_asking
from tests.makers import make_batch, make_enterprise, make_member, make_person
from tests.race.crowd import rush
from traceability import service
from traceability.asking_errors import ActivationAskedBefore, AskingOver
from traceability.models import ActivationAsking, ActivationAskingRange, StampAct
from traceability.service import AskedWith


class Waiting:
    """An asking of five stamps that waits."""

    def __init__(self) -> None:
        with transaction(by=COMMAND) as work:
            self.enterprise = make_enterprise(work)
            self.asker = make_person(work)
            make_member(work, enterprise=self.enterprise, person=self.asker, role="warehouse")
            self.batch = make_batch(work, enterprise=self.enterprise)
            asking = make_activation_asking(
                work, enterprise=self.enterprise, asker=self.asker, batch=self.batch
            )
            self.id = asking.id
        self.by = By("person", self.asker.id, self.enterprise.id)


def activations() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(StampAct)) or 0


def state_of(asking_id: int) -> str:
    with reading() as session:
        return session.get_one(ActivationAsking, asking_id).state


def test_of_eight_who_agree_at_once_one_does_it(app: Flask) -> None:
    waiting = Waiting()

    def agree(_: int) -> None:
        with transaction(by=waiting.by) as work:
            service.confirm_activation(work, asking_id=waiting.id)

    answers, refusals = rush(app, agree, people=8)

    assert (len(answers), activations()) == (1, 1)
    assert [type(each) for each in refusals] == [AskingOver] * 7


def test_agreeing_while_it_is_taken_back_is_one_of_both(app: Flask) -> None:
    waiting = Waiting()

    def act(person: int) -> str:
        with transaction(by=waiting.by) as work:
            if person % 2:
                service.confirm_activation(work, asking_id=waiting.id)
                return "confirmed"
            service.withdraw_activation(work, asking_id=waiting.id)
            return "withdrawn"

    answers, refusals = rush(app, act, people=8)

    assert answers == [state_of(waiting.id)]
    assert [type(each) for each in refusals] == [AskingOver] * 7
    assert activations() == (answers == ["confirmed"])


def test_overlapping_askings_of_many_at_once_are_one(app: Flask) -> None:
    waiting = Waiting()
    with transaction(by=waiting.by) as work:
        service.withdraw_activation(work, asking_id=waiting.id)

    def ask(person: int) -> int:
        def stick(work: Work) -> StampAct:
            return service.activate_stamps(
                work, batch_id=waiting.batch.id, first=1, last=person + 1
            )

        with transaction(by=waiting.by) as work:
            return service.ask_activation(
                work, stick, binds=False, asked_with=AskedWith("Android")
            ).id

    answers, refusals = rush(app, ask, people=8)

    assert len(answers) == 1
    assert [type(each) for each in refusals] == [ActivationAskedBefore] * 7
    with reading() as session:
        open_ranges = select(func.count()).where(ActivationAskingRange.is_open)
        assert session.scalar(open_ranges) == 1
    assert activations() == 0
