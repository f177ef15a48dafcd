"""A verified seller moves: what is published stays until the officers of the new place looked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.errors import (
    EnterpriseClosed,
    EnterpriseDecided,
    NoMoveWaits,
    NotACommune,
    PlaceUnchanged,
)
from accounts.models import Enterprise, EnterpriseReview, PlaceChange
from accounts.queries import Move
from accounts.rules import Office, Role
from accounts.service import EnterpriseLook
from accounts.turns import Level
from core.audit import AuditEntry
from core.errors import Changed
from core.messages import Message
from core.outbox import OutboxEvent
from core.work import By, Work
from tests.makers import make_enterprise, make_member, make_officer, make_person

HOAN_KIEM, CUA_NAM = "00070", "00073"  # Of Hà Nội; the enterprise is of Cao Bằng.
OLD, NEW = "xã Phúc Sen, Cao Bằng", "Tổ 3, Phường Hoàn Kiếm, Hà Nội"
THERE = Office(1, Role.OFFICER, "1", HOAN_KIEM)
HERE = Office(2, Role.OFFICER, "4")


@pytest.fixture
def forge(work: Work) -> Enterprise:
    enterprise, ha = make_enterprise(work), make_person(work)
    make_member(work, enterprise=enterprise, person=ha)
    work.by = By("person", ha.id, enterprise.id)
    return enterprise


def propose(work: Work, forge: Enterprise, commune: str = HOAN_KIEM, version: int = 1) -> None:
    service.propose_place(
        work, enterprise_id=forge.id, version=version, commune_code=commune, hamlet="Tổ 3"
    )


def asked(work: Work, forge: Enterprise) -> Move:
    work.session.flush()
    found = queries.open_move(work.session, forge.id)
    assert found is not None
    return found


def look(work: Work, forge: Enterprise, version: int = 2) -> EnterpriseLook:
    work.by = By("person", make_person(work, sign_in="lan@goc.example", name="Lan").id)
    return EnterpriseLook(forge.id, version, Level.COMMUNE, ["place"])


def place(work: Work, forge: Enterprise) -> tuple[str, str | None, str | None]:
    work.session.refresh(forge)
    return forge.place_published, forge.province_code, forge.commune_code


def acts(work: Work) -> list[str]:
    return list(work.session.scalars(select(AuditEntry.act).order_by(AuditEntry.at)))


def test_it_waits_beside_what_is_published(work: Work, forge: Enterprise) -> None:
    propose(work, forge)

    move = asked(work, forge)
    assert (move.old_place, move.place, move.state) == (OLD, NEW, "waiting")
    assert place(work, forge) == (OLD, "4", None)
    assert forge.state == "verified"
    assert acts(work) == ["propose_place"]


def test_it_lies_with_the_officers_of_the_new_place_alone(work: Work, forge: Enterprise) -> None:
    officer = make_person(work, sign_in="lan@goc.example", name="Lan")
    make_officer(work, person=officer, province_code="1", commune_code=HOAN_KIEM)
    propose(work, forge)

    [there] = queries.waiting_moves(work.session, [THERE], now=work.now)

    assert there.name == forge.name
    assert queries.waiting_moves(work.session, [HERE], now=work.now) == []
    assert queries.waiting_moves(work.session, [HERE]) == []
    assert queries.waiting_moves(work.session, []) == []
    turn = queries.turns_of_moves(work.session, [there], now=work.now)[there.id]
    assert (turn.level, turn.is_late) == (Level.COMMUNE, False)
    assert queries.waiting_enterprises(work.session, [THERE], limit=5) == []


def test_without_an_officer_there_it_goes_up_and_is_late_at_last(
    work: Work, forge: Enterprise
) -> None:
    officer = make_person(work, sign_in="lan@goc.example", name="Lan")
    make_officer(work, person=officer, province_code="1")
    propose(work, forge)
    province, country = Office(3, Role.OFFICER, "1"), Office(4, Role.OPERATOR)

    assert queries.waiting_moves(work.session, [THERE], now=work.now) == []
    assert len(queries.waiting_moves(work.session, [province], now=work.now)) == 1
    later = work.now + timedelta(days=30)
    assert queries.waiting_moves(work.session, [province], now=later) == []
    [move] = queries.waiting_moves(work.session, [country], now=later)
    turn = queries.turns_of_moves(work.session, [move], now=later)[move.id]
    assert (turn.level, turn.is_late) == (Level.COUNTRY, True)


def test_an_officer_who_belongs_to_it_does_not_count(work: Work, forge: Enterprise) -> None:
    officer = make_person(work, sign_in="lan@goc.example", name="Lan")
    make_officer(work, person=officer, province_code="1", commune_code=HOAN_KIEM)
    make_member(work, enterprise=forge, person=officer, role=Role.GROWER)
    propose(work, forge)

    assert queries.waiting_moves(work.session, [THERE], now=work.now) == []
    move = asked(work, forge)
    turn = queries.turns_of_moves(work.session, [move], now=work.now)[move.id]
    assert turn.level is Level.COUNTRY


def test_published_the_new_place_stands_and_the_maker_is_told(
    work: Work, forge: Enterprise
) -> None:
    propose(work, forge)

    service.move_enterprise(work, look=look(work, forge))

    assert place(work, forge) == (NEW, "1", HOAN_KIEM)
    assert queries.open_move(work.session, forge.id) is None
    review = work.session.scalars(select(EnterpriseReview)).one()
    assert (review.outcome, review.on_time, review.looked_at) == ("moved", True, ["place"])
    assert acts(work) == ["propose_place", "enterprise_moved"]
    assert [one.kind for one in work.session.scalars(select(Message))] == ["place_moved"]
    events = work.session.scalars(select(OutboxEvent.name)).all()
    assert events == ["EnterpriseStandingChanged"]


def test_returned_it_says_why_and_is_sent_again(work: Work, forge: Enterprise) -> None:
    propose(work, forge)
    maker = work.by

    service.return_move(work, look=look(work, forge), reason="Chưa rõ số nhà.")

    move = asked(work, forge)
    assert (move.state, move.reason) == ("returned", "Chưa rõ số nhà.")
    assert place(work, forge) == (OLD, "4", None)
    assert [one.kind for one in work.session.scalars(select(Message))] == ["place_returned"]
    work.by = maker
    propose(work, forge, CUA_NAM, version=3)
    again = asked(work, forge)
    assert (again.public_id, again.state, again.reason) == (move.public_id, "waiting", "")
    assert again.commune_code == CUA_NAM


def test_a_returned_move_waits_for_nobody_until_it_is_sent_again(
    work: Work, forge: Enterprise
) -> None:
    propose(work, forge)
    seen = look(work, forge)
    service.return_move(work, look=seen, reason="Chưa rõ số nhà.")
    again = replace(seen, version=3)

    with pytest.raises(NoMoveWaits):
        service.move_enterprise(work, look=again)

    with pytest.raises(NoMoveWaits):
        service.return_move(work, look=replace(seen, version=4), reason="Vẫn chưa rõ.")
    assert place(work, forge) == (OLD, "4", None)
    assert asked(work, forge).reason == "Chưa rõ số nhà."


def test_an_officer_who_saw_an_older_asking_decides_nothing(work: Work, forge: Enterprise) -> None:
    propose(work, forge)
    propose(work, forge, CUA_NAM, version=2)

    with pytest.raises(EnterpriseDecided):
        service.move_enterprise(work, look=look(work, forge, version=2))

    assert place(work, forge) == (OLD, "4", None)
    assert asked(work, forge).commune_code == CUA_NAM


def test_withdrawn_nothing_is_left_to_decide(work: Work, forge: Enterprise) -> None:
    propose(work, forge)

    service.withdraw_place(work, enterprise_id=forge.id, version=2)

    assert queries.open_move(work.session, forge.id) is None
    assert acts(work) == ["propose_place", "withdraw_place"]
    with pytest.raises(NoMoveWaits):
        service.move_enterprise(work, look=look(work, forge, version=3))
    assert place(work, forge) == (OLD, "4", None)


def test_nothing_is_withdrawn_where_nothing_waits(work: Work, forge: Enterprise) -> None:
    with pytest.raises(NoMoveWaits):
        service.withdraw_place(work, enterprise_id=forge.id, version=1)


def test_what_is_no_move_is_refused(work: Work, forge: Enterprise) -> None:
    forge.commune_code, forge.hamlet = HOAN_KIEM, "Tổ 3"
    work.session.flush()
    savepoint = work.session.begin_nested()
    with pytest.raises(PlaceUnchanged):
        propose(work, forge)
    savepoint.rollback()
    with pytest.raises(NotACommune):
        propose(work, forge, "99999")
    with pytest.raises(Changed):
        propose(work, forge, CUA_NAM, version=7)

    assert work.session.scalars(select(PlaceChange)).all() == []


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "practice"])
def test_only_a_verified_seller_moves(work: Work, forge: Enterprise, state: str) -> None:
    forge.state = state
    work.session.flush()

    with pytest.raises(EnterpriseClosed):
        propose(work, forge)


def test_of_a_suspended_seller_nothing_is_decided(work: Work, forge: Enterprise) -> None:
    propose(work, forge)
    forge.state, forge.suspended_at = "suspended", work.now
    work.session.flush()

    with pytest.raises(EnterpriseDecided):
        service.move_enterprise(work, look=look(work, forge))

    assert queries.waiting_moves(work.session, [THERE]) == []
