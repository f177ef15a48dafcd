"""Members changed at the same moment: one director is always left, one invitation lets one in."""

from flask import Flask

from accounts import queries, service
from accounts.errors import InvitationClosed, LastDirector
from accounts.rules import Role
from core.errors import NotAllowed
from core.work import COMMAND, By, reading, transaction
from tests.makers import make_enterprise, make_member, make_person
from tests.race.crowd import rush


def test_directors_who_remove_each_other_at_once_leave_one(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise_id = make_enterprise(work).id
        people = [make_person(work, sign_in=f"{at}@goc.example") for at in range(16)]
        enterprise = make_enterprise(work, name="Mẫu – HTX")
        for person in people:
            make_member(work, enterprise=enterprise, person=person)

    def remove(at: int) -> bool:
        one, other = people[at], people[(at + 1) % 16]
        with transaction(by=By("person", one.id, enterprise.id)) as work:
            service.remove_member(work, enterprise_id=enterprise.id, person_id=other.id)
        return True

    answers, refusals = rush(app, remove)

    assert len(answers) == 15
    assert [type(refusal) for refusal in refusals] == [LastDirector]
    with reading() as session:
        assert len(queries.members(session, enterprise.id)) == 1
        assert queries.members(session, enterprise_id) == []


def test_a_director_who_hands_over_to_many_at_once_has_one_heir(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        director = make_person(work)
        make_member(work, enterprise=enterprise, person=director)
        heirs = [make_person(work, sign_in=f"{at}@goc.example").id for at in range(8)]
        for heir in heirs:
            service.add_member(work, enterprise_id=enterprise.id, person_id=heir, role=Role.SELLER)

    def hand_over(at: int) -> int:
        with transaction(by=By("person", director.id, enterprise.id)) as work:
            service.hand_over(
                work, enterprise_id=enterprise.id, to_person_id=heirs[at], own_role=Role.SELLER
            )
        return heirs[at]

    answers, refusals = rush(app, hand_over, people=8)

    assert len(answers) == 1
    assert [type(refusal) for refusal in refusals] == [NotAllowed] * 7
    with reading() as session:
        members = queries.members(session, enterprise.id)
        assert [one.person_id for one in members if one.role == Role.DIRECTOR] == answers


def test_an_invitation_opened_by_sixteen_at_once_lets_one_in(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        lan = make_person(work, sign_in="lan@goc.example")
        people = [make_person(work, sign_in=f"{at}@goc.example") for at in range(16)]
        work.by = By("person", lan.id, enterprise.id)
        invitation = service.invite_member(
            work, enterprise_id=enterprise.id, role=Role.SELLER, name="Mai"
        ).public_id

    def accept(at: int) -> int:
        with transaction(by=By("person", people[at].id)) as work:
            return service.accept_invitation(work, public_id=invitation)

    answers, refusals = rush(app, accept)

    assert answers == [enterprise.id]
    assert [type(refusal) for refusal in refusals] == [InvitationClosed] * 15
    with reading() as session:
        assert len(queries.members(session, enterprise.id)) == 1
