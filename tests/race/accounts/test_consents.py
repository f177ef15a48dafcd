"""Askings answered by many hands at once, and a consent that ends while its helper writes."""

from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from accounts import service
from accounts.errors import AskingClosed, ConsentOver, InvitationClosed
from accounts.models import Consent, ConsentAsking
from core.audit import AuditEntry, record
from core.dispatch.models import Dispatch
from core.inbound import Incoming, receive
from core.work import COMMAND, VISITOR, By, reading, transaction
from tests.makers import (
    make_asking,
    make_consent,
    make_enterprise,
    make_member,
    make_person,
    make_team,
    make_team_member,
)
from tests.pictures import make_photo
from tests.race.crowd import rush


def test_two_answers_at_once_are_one(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise, ha = make_enterprise(work), make_person(work)
        make_member(work, enterprise=enterprise, person=ha)
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        asking = make_asking(work, enterprise=enterprise, helper=helper)
    by = By("person", ha.id, enterprise_id=enterprise.id)

    def answer(number: int) -> str:
        with transaction(by=by) as work:
            pair = "47" if number % 2 else None
            return service.answer_asking(work, public_id=asking.public_id, pair=pair)

    answers, refusals = rush(app, answer, people=8)

    assert len(answers) == 1
    assert {type(one) for one in refusals} == {AskingClosed}
    assert len(refusals) == 7
    with reading() as session:
        given = session.scalars(select(Consent)).all()
    assert len(given) == (1 if answers == ["given"] else 0)


def test_two_askings_answered_at_once_leave_one_living_consent(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise, ha = make_enterprise(work), make_person(work)
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        askings = [make_asking(work, enterprise=enterprise, helper=helper) for _ in range(4)]
    by = By("person", ha.id, enterprise_id=enterprise.id)

    def answer(number: int) -> str:
        with transaction(by=by) as work:
            public_id = askings[number].public_id
            return service.answer_asking(work, public_id=public_id, pair="47")

    answers, refusals = rush(app, answer, people=4)

    assert (answers, refusals) == (["given"] * 4, [])
    with reading() as session:
        living = session.scalars(select(Consent.ended_at.is_(None))).all()
    assert sorted(living) == [False, False, False, True]


def test_a_consent_ended_while_its_helper_writes_ends_after_the_write(app: Flask) -> None:
    """The write holds the consent: whoever ends it waits, so nothing is written afterwards."""
    with transaction(by=COMMAND) as work:
        enterprise, ha = make_enterprise(work), make_person(work)
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        consent = make_consent(work, enterprise=enterprise, helper=helper)
    helping = By("person", helper.id, enterprise_id=enterprise.id, consent_id=consent.id)
    holds, ending = Event(), Event()

    def end() -> None:
        with app.app_context():
            assert holds.wait(10)
            ending.set()
            with transaction(by=By("person", ha.id, enterprise_id=enterprise.id)) as work:
                service.end_consent(work, public_id=consent.public_id)

    ender = Thread(target=end)
    ender.start()
    with transaction(by=helping) as work:
        service.hold_consent(work)
        holds.set()
        assert ending.wait(10)
        record(work, act="trial", object_kind="trial", object_id=1, enterprise_id=enterprise.id)
    ender.join()

    with reading() as session:
        acts = set(session.scalars(select(AuditEntry.act)))
        assert session.get_one(Consent, consent.id).ended_at is not None
    assert acts == {"trial", "end_consent"}
    with pytest.raises(ConsentOver), transaction(by=helping) as work:
        service.hold_consent(work)


def test_one_sms_handed_over_many_times_at_once_is_one_answer(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise, ha = make_enterprise(work), make_person(work, sign_in="+84912345678")
        make_member(work, enterprise=enterprise, person=ha)
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        make_asking(work, enterprise=enterprise, helper=helper, sent_to=ha)

    def take(_number: int) -> str | None:
        with transaction(by=VISITOR) as work:
            return receive(work, Incoming("P-1", "+84912345678", "47"))

    answers, refusals = rush(app, take, people=8)

    assert refusals == []
    assert sorted(one is None for one in answers) == [False] + [True] * 7
    with reading() as session:
        assert len(session.scalars(select(Consent)).all()) == 1
        assert len(session.scalars(select(Dispatch)).all()) == 1


def test_an_answer_by_sms_and_one_on_the_page_at_once_are_one(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise, ha = make_enterprise(work), make_person(work, sign_in="+84912345678")
        make_member(work, enterprise=enterprise, person=ha)
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        asking = make_asking(work, enterprise=enterprise, helper=helper, sent_to=ha)
    by = By("person", ha.id, enterprise_id=enterprise.id)

    def answer(number: int) -> str | None:
        if number % 2:
            with transaction(by=VISITOR) as work:
                return receive(work, Incoming(f"P-{number}", "+84912345678", "47"))
        with transaction(by=by) as work:
            return service.answer_asking(work, public_id=asking.public_id, pair=None)

    rush(app, answer, people=8)

    with reading() as session:
        states = session.scalars(select(ConsentAsking.state)).all()
        consents = session.scalars(select(Consent)).all()
    assert (states, len(consents)) in [(["given"], 1), (["not_me"], 0)]


def test_a_paper_two_officers_see_at_once_is_one_consent(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise, helper = make_enterprise(work), make_person(work, name="Minh")
        asking = make_asking(work, enterprise=enterprise, helper=helper)
        asking.printed_at = work.now
        officers = [
            make_person(work, sign_in=f"officer{n}@goc.example", name="Lan").id for n in range(4)
        ]
        papers = [make_photo(work, enterprise_id=enterprise.id, kind="paper").id for _ in officers]

    def confirm(number: int) -> None:
        with transaction(by=By("person", officers[number])) as work:
            public_id, paper_id = asking.public_id, papers[number]
            service.witness_asking(work, public_id=public_id, paper_id=paper_id, site="")

    answers, refusals = rush(app, confirm, people=4)

    assert (len(answers), [type(one) for one in refusals]) == (1, [AskingClosed] * 3)
    with reading() as session:
        assert len(session.scalars(select(Consent)).all()) == 1


def test_a_member_removed_from_a_team_while_writing_is_out_after_the_write(app: Flask) -> None:
    """The write holds the membership: whoever removes it waits, so nothing is written after."""
    with transaction(by=COMMAND) as work:
        enterprise, officer = make_enterprise(work), make_person(work)
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        team = make_team(work, opener=officer)
        member = make_team_member(work, team=team, person=helper)
        consent = make_consent(work, enterprise=enterprise, helper=helper)
        consent.team_id = team.id
    helping = By("person", helper.id, enterprise_id=enterprise.id, consent_id=consent.id)
    holds, removing = Event(), Event()

    def remove() -> None:
        with app.app_context():
            assert holds.wait(10)
            removing.set()
            with transaction(by=By("person", officer.id)) as work:
                service.remove_from_team(work, public_id=member.public_id)

    remover = Thread(target=remove)
    remover.start()
    with transaction(by=helping) as work:
        service.hold_consent(work)
        holds.set()
        assert removing.wait(10)
        record(work, act="trial", object_kind="trial", object_id=1, enterprise_id=enterprise.id)
    remover.join()

    with reading() as session:
        acts = set(session.scalars(select(AuditEntry.act)))
    assert acts == {"trial", "remove_from_team"}
    with pytest.raises(ConsentOver), transaction(by=helping) as work:
        service.hold_consent(work)


def test_one_link_into_a_team_opened_by_many_at_once_lets_one_in(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        officer = make_person(work)
        team = make_team(work, opener=officer)
        people = [make_person(work, sign_in=f"m{n}@goc.example").id for n in range(4)]
    with transaction(by=By("person", officer.id)) as work:
        asked = service.ask_into_team(work, team_id=team.id, name="chị Mai", sign_in=None)

    def join(number: int) -> None:
        with transaction(by=By("person", people[number])) as work:
            service.join_team(work, public_id=asked)

    answers, refusals = rush(app, join, people=4)

    assert (len(answers), [type(one) for one in refusals]) == (1, [InvitationClosed] * 3)
