"""Two officers act on the same makers at once: one reminder a week, one caretaker."""

from flask import Flask
from sqlalchemy import func, select

from accounts import queries, service
from accounts.models import Caretaker, GroupAct
from accounts.queries import CaredMaker
from core.messages import Message
from core.work import COMMAND, By, reading, transaction
from tests.makers import make_enterprise, make_member, make_officer, make_person
from tests.race.crowd import rush

MAKERS = 5
OFFICERS = 6


def _area(app: Flask) -> tuple[list[int], list[CaredMaker]]:
    """Six officers of Cao Bằng and its five makers, each with a person who reads."""
    with app.app_context(), transaction(by=COMMAND) as work:
        people = []
        for number in range(OFFICERS):
            person = make_person(work, sign_in=f"officer{number}@goc.example", name=f"Số {number}")
            make_officer(work, person=person)
            people.append(person.id)
        for number in range(MAKERS):
            reader = make_person(work, sign_in=f"maker{number}@goc.example")
            make_member(work, enterprise=make_enterprise(work, name=f"{number}"), person=reader)
        offices = [
            each
            for id_ in people[:1]
            for each in queries.offices(work.session, id_, today=work.today)
        ]
        return people, queries.cared_makers(work.session, queries.makers_in(offices))


def test_many_officers_remind_at_once_and_each_maker_is_told_once(app: Flask) -> None:
    people, makers = _area(app)

    def remind(number: int) -> str:
        in_some_order = makers[number % MAKERS :] + makers[: number % MAKERS]
        with transaction(by=By("person", people[number])) as work:
            return service.remind_makers(work, makers=in_some_order, words="Xin xem lại tem.")

    answers, refusals = rush(app, remind, people=OFFICERS)

    assert (len(answers), refusals) == (OFFICERS, [])
    with reading() as session:
        told = session.scalars(select(Message.enterprise_id)).all()
        went = [id_ for one in session.scalars(select(GroupAct)) for id_ in one.went]
    assert sorted(told) == sorted(went) == [maker.id for maker in sorted(makers, key=_id)]


def test_many_hand_over_the_same_makers_and_each_has_one_caretaker(app: Flask) -> None:
    people, makers = _area(app)
    ids = [maker.id for maker in makers]

    def hand_over(number: int) -> str:
        with transaction(by=By("person", people[0])) as work:
            return service.hand_over_makers(
                work, makers=makers, to=people[number], theirs=ids, note=""
            )

    answers, refusals = rush(app, hand_over, people=OFFICERS)

    assert (len(answers), refusals) == (OFFICERS, [])
    with reading() as session:
        still = select(func.count()).where(Caretaker.ended_at.is_(None))
        assert session.scalar(still) == MAKERS
        assert session.scalar(select(func.count()).select_from(Caretaker)) == MAKERS * OFFICERS


def _id(maker: CaredMaker) -> int:
    return maker.id
