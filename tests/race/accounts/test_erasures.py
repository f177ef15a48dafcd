"""People erased at the same moment: somebody who can decide is always left."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update

from accounts import service
from accounts.models import Enterprise, Erasure, Membership
from accounts.rules import Role
from app.personal import HELD
from core.work import COMMAND, WORKER, By, reading, transaction
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


def test_a_household_is_joined_or_closes_and_never_both(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise, ha = make_enterprise(work), make_person(work)
        make_member(work, enterprise=enterprise, person=ha)
        service.ask_erasure(work, person_id=ha.id, closing=[enterprise.public_id])
        long_ago = work.now - timedelta(days=8)
        work.session.execute(
            update(Erasure).values(asked_at=long_ago, due_at=work.now - timedelta(days=1))
        )
        by_ha = replace(work, by=By("person", ha.id, enterprise.id))
        joining = [
            (
                make_person(work, sign_in=f"{at}@goc.example").id,
                service.invite_member(
                    by_ha, enterprise_id=enterprise.id, role=Role.SELLER, name=str(at)
                ).public_id,
            )
            for at in range(PEOPLE)
        ]

    def join_or_erase(at: int) -> bool:
        if at == PEOPLE // 2:
            with transaction(by=WORKER) as work:
                return service.erase_next(work, HELD)
        person_id, public_id = joining[at]
        with transaction(by=By("person", person_id)) as work:
            service.accept_invitation(work, public_id=public_id)
        return True

    answers, refusals = rush(app, join_or_erase, people=PEOPLE)

    assert {type(one).__name__ for one in refusals} <= {"InvitationClosed"}
    joined = len(answers) - 1
    with reading() as session:
        living = select(func.count()).select_from(Membership).where(Membership.ended_at.is_(None))
        state = session.scalars(select(Enterprise.state)).one()
        outcome = session.scalars(select(Erasure.outcome)).one()
        found = (state, outcome, session.scalar(living))
    assert found == (("verified", "refused", 1 + joined) if joined else ("closed", "done", 0))
