"""People erased at the same moment: somebody who can decide is always left."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update

from accounts import service
from accounts.models import Erasure, Membership
from app.personal import HELD
from core.work import COMMAND, WORKER, reading, transaction
from tests.makers import make_enterprise, make_member, make_person
from tests.race.crowd import rush

PEOPLE = 6


def test_directors_erased_at_once_leave_one(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        people = [make_person(work, sign_in=f"{at}@goc.example") for at in range(PEOPLE)]
        for person in people:
            make_member(work, enterprise=enterprise, person=person)
        for person in people:
            service.ask_erasure(work, person_id=person.id)
        long_ago = work.now - timedelta(days=8)
        work.session.execute(
            update(Erasure).values(asked_at=long_ago, due_at=work.now - timedelta(days=1))
        )

    def erase(_at: int) -> bool:
        with transaction(by=WORKER) as work:
            return service.erase_next(work, HELD)

    for _ in range(2):  # Rows another holds are passed over: they are there the next time.
        _, refusals = rush(app, erase, people=PEOPLE)
        assert refusals == []

    with reading() as session:
        living = select(func.count()).select_from(Membership).where(Membership.ended_at.is_(None))
        outcomes = sorted(session.scalars(select(Erasure.outcome)), key=str)
        assert session.scalar(living) == 1
        assert outcomes == ["done"] * (PEOPLE - 1) + ["refused"]


def test_somebody_who_asks_sixteen_times_at_once_has_asked_once(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        person_id = make_person(work).id

    def ask(_at: int) -> bool:
        with transaction(by=COMMAND) as work:
            service.ask_erasure(work, person_id=person_id)
        return True

    answers, refusals = rush(app, ask)

    assert len(answers) == 1
    assert {type(one).__name__ for one in refusals} == {"ErasureWaits"}
