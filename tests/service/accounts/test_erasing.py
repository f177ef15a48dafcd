"""Erasing: a week to stop it, what is gone, what the law keeps, and nobody left without a head."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.errors import ErasureWaits, NothingWaits, StillDirects
from accounts.models import (
    AccountChange,
    Consent,
    Enterprise,
    Erasure,
    Membership,
    Person,
    PurposeConsent,
    SignIn,
)
from accounts.purposes import Purpose
from app.personal import HELD
from core.audit import AuditEntry
from core.database import Base
from core.dispatch.models import Dispatch
from core.errors import NotFound
from core.personal import holdings
from core.work import By, Work
from tests.makers import (
    make_asking,
    make_consent,
    make_enterprise,
    make_member,
    make_officer,
    make_paper_change,
    make_person,
    make_sign_in,
)
from tests.pictures import make_photo
from traceability.service import report

WEEK = timedelta(days=7)


def in_a_week(work: Work) -> Work:
    return replace(work, now=work.now + WEEK)


def test_nothing_is_erased_within_the_week_and_everything_after_it(work: Work) -> None:
    ha = make_person(work, sign_in="+84912345678")
    ha.password_hash = "x"
    make_sign_in(work, person=ha)
    service.ask_erasure(work, person_id=ha.id)

    assert not service.erase_next(replace(work, now=work.now + WEEK - timedelta(seconds=1)), HELD)
    assert queries.waiting_erasure(work.session, ha.id) == work.now + WEEK
    assert service.erase_next(in_a_week(work), HELD)
    assert not service.erase_next(in_a_week(work), HELD)

    work.session.expire_all()
    erased = work.session.get_one(Person, ha.id)
    assert (erased.name, erased.sign_in, erased.password_hash) == ("—", None, None)
    assert work.session.scalars(select(SignIn)).all() == []
    assert _acts(work) == ["ask_erasure", "erase_person"]


@pytest.mark.parametrize(
    ("number", "typed", "anothers"),
    [
        ("+84912345678", " 0912.345 678", "0912 345 679"),
        ("+84912345678", "(+84) 912-345-678", "10912345678"),
        ("+84394567890", "0169 456 7890", "0394 567 891"),
        ("h.a@goc.example", " H.A@Goc.example ", "ha@goc.example"),
    ],
)
def test_a_number_left_with_a_report_is_ones_own_however_it_was_typed(
    work: Work, number: str, typed: str, anothers: str
) -> None:
    ha = make_person(work, sign_in=number)
    mine, other = (
        report(work, serial=1, text="Tem bong", contact=contact) for contact in (typed, anothers)
    )
    told = holdings(work.session, HELD, queries.subject_of(work.session, ha.id))
    [reports] = [each for each in told if each.table == "stamp_report"]
    assert [row["contact"] for row in reports.rows] == [typed]
    service.ask_erasure(work, person_id=ha.id)

    assert service.erase_next(in_a_week(work), HELD)

    work.session.expire_all()
    assert (mine.contact, other.contact) == ("", anothers)
    assert mine.text == "Tem bong"


def test_its_number_is_told_when_it_is_asked_for_and_when_it_is_done(work: Work) -> None:
    ha = make_person(work, sign_in="+84912345678")
    service.ask_erasure(work, person_id=ha.id)
    asked = work.session.scalars(select(Dispatch)).one()
    assert "7 ngay nua se xoa" in (asked.words or "")

    service.erase_next(in_a_week(work), HELD)

    done = work.session.scalars(select(Dispatch)).one()
    assert "da duoc xoa" in (done.words or "")


def test_it_is_stopped_and_the_account_stays_as_it_was(work: Work) -> None:
    ha = make_person(work)
    service.ask_erasure(work, person_id=ha.id)
    service.stop_erasure(work, person_id=ha.id)

    assert not service.erase_next(in_a_week(work), HELD)
    assert ha.name == "Hà"
    with pytest.raises(NothingWaits):
        service.stop_erasure(work, person_id=ha.id)


def test_it_is_asked_for_once(work: Work) -> None:
    ha = make_person(work)
    service.ask_erasure(work, person_id=ha.id)

    with pytest.raises(ErasureWaits):
        service.ask_erasure(work, person_id=ha.id)


def test_the_only_director_hands_over_first(work: Work) -> None:
    ha, enterprise = make_person(work), make_enterprise(work)
    make_member(work, enterprise=enterprise, person=ha)
    on_paper = make_person(work, sign_in="x@goc.example", name="Mùi")
    on_paper.sign_in = None
    make_member(work, enterprise=enterprise, person=on_paper)
    mai = make_person(work, sign_in="mai@goc.example")
    member = make_member(work, enterprise=enterprise, person=mai, role="seller")
    with pytest.raises(StillDirects) as refusal:
        service.ask_erasure(work, person_id=ha.id, closing=[enterprise.public_id])
    assert refusal.value.values == {"enterprises": enterprise.name}
    assert work.session.scalars(select(Erasure)).all() == []

    member.role = "director"
    service.ask_erasure(work, person_id=ha.id)
    service.erase_next(in_a_week(work), HELD)

    work.session.expire_all()
    assert {one.person_id for one in _living(work)} == {on_paper.id, mai.id}
    assert work.session.get_one(Enterprise, enterprise.id).name == "Mẫu – Lò rèn Hà"


def test_whoever_became_the_only_director_meanwhile_is_not_erased(work: Work) -> None:
    ha = make_person(work, sign_in="+84912345678")
    mai = make_person(work, sign_in="mai@goc.example", name="Mai")
    enterprise = make_enterprise(work)
    for person in (ha, mai):
        make_member(work, enterprise=enterprise, person=person)
    service.ask_erasure(work, person_id=ha.id)
    service.remove_member(work, enterprise_id=enterprise.id, person_id=mai.id)

    assert service.erase_next(in_a_week(work), HELD)

    work.session.expire_all()
    assert ha.sign_in == "+84912345678"
    assert [one.person_id for one in _living(work)] == [ha.id]
    assert work.session.scalars(select(Erasure.outcome)).one() == "refused"


def test_the_paper_of_a_hand_over_goes_with_whom_it_was_about(work: Work) -> None:
    ha, enterprise = make_person(work), make_enterprise(work)
    paper = make_photo(work, enterprise_id=None, kind="paper")
    kept = make_photo(work, enterprise_id=None, kind="paper")
    make_paper_change(work, enterprise=enterprise, director=ha, paper_id=paper.id)
    service.ask_erasure(work, person_id=ha.id)

    service.erase_next(in_a_week(work), HELD)

    work.session.expire_all()
    assert work.session.scalars(select(AccountChange)).all() == []
    assert paper.removed_at is not None
    assert kept.removed_at is None


def test_a_draft_nobody_saw_is_emptied_with_its_founder(work: Work) -> None:
    ha, draft = make_person(work), make_enterprise(work)
    draft.state, draft.number, draft.phone = "draft", "001202000123", "+84912345678"
    make_member(work, enterprise=draft, person=ha)
    service.ask_erasure(work, person_id=ha.id)

    service.erase_next(in_a_week(work), HELD)

    work.session.expire_all()
    emptied = work.session.get_one(Enterprise, draft.id)
    assert (emptied.name, emptied.number, emptied.phone) == ("—", None, None)
    assert _living(work) == []


def test_offices_and_helping_end_and_the_consent_stays_as_proof(work: Work) -> None:
    minh, enterprise = make_person(work), make_enterprise(work)
    make_officer(work, person=minh)
    consent = make_consent(work, enterprise=enterprise, helper=minh)
    asking = make_asking(work, enterprise=enterprise, helper=minh)
    service.ask_erasure(work, person_id=minh.id)

    service.erase_next(in_a_week(work), HELD)

    work.session.expire_all()
    assert work.session.get_one(Consent, consent.id).ended_at == work.now + WEEK
    assert asking.asked_of == "—"
    assert "end_consent" in _acts(work)


def test_nothing_that_says_who_it_was_is_left_and_nobody_else_is_touched(work: Work) -> None:
    ha = make_person(work, sign_in="+84912345678", name="Hoàng Thị Hà")
    mai = make_person(work, sign_in="mai@goc.example", name="Mai")
    enterprise = make_enterprise(work)
    for person in (ha, mai):
        make_member(work, enterprise=enterprise, person=person)
        make_sign_in(work, person=person, key=person.name)
    service.agree(work, person_id=ha.id, purpose=Purpose.ACCOUNT)
    before = list(holdings(work.session, HELD, queries.subject_of(work.session, mai.id)))
    service.ask_erasure(work, person_id=ha.id)

    service.erase_next(in_a_week(work), HELD)

    work.session.expire_all()
    assert list(holdings(work.session, HELD, queries.subject_of(work.session, mai.id))) == before
    told = work.session.scalars(select(Dispatch)).one()
    work.session.delete(told)  # The last message, that it is done: gone after 30 days.
    work.session.flush()
    everything = _everything(work)
    assert "Hoàng Thị Hà" not in everything
    assert "+84912345678" not in everything


def test_agreeing_and_withdrawing_leave_a_row_each_time(work: Work) -> None:
    ha = make_person(work)
    service.agree(work, person_id=ha.id, purpose=Purpose.SHOW_PHONE)
    service.agree(work, person_id=ha.id, purpose=Purpose.SHOW_PHONE)
    service.withdraw(work, person_id=ha.id, purpose=Purpose.SHOW_PHONE)
    assert queries.purposes_of(work.session, ha.id) == {}
    service.agree(work, person_id=ha.id, purpose=Purpose.SHOW_PHONE)

    rows = work.session.scalars(select(PurposeConsent).order_by(PurposeConsent.id)).all()
    assert [(one.version, one.withdrawn_at is None) for one in rows] == [(1, False), (1, True)]
    assert queries.purposes_of(work.session, ha.id).keys() == {Purpose.SHOW_PHONE}


def test_what_the_account_needs_is_not_withdrawn_alone(work: Work) -> None:
    ha = make_person(work)
    service.agree(work, person_id=ha.id, purpose=Purpose.ACCOUNT)

    with pytest.raises(NotFound):
        service.withdraw(work, person_id=ha.id, purpose=Purpose.ACCOUNT)

    assert set(queries.purposes_of(work.session, ha.id)) == {Purpose.ACCOUNT}


def test_a_number_is_hidden_where_its_showing_is_withdrawn(work: Work) -> None:
    ha, enterprise = make_person(work), make_enterprise(work)
    make_member(work, enterprise=enterprise, person=ha)
    work.by = By("person", ha.id, enterprise.id)
    service.tell_phone(
        work, enterprise_id=enterprise.id, version=1, phone="+84912345678", shown=True
    )
    assert Purpose.SHOW_PHONE in queries.purposes_of(work.session, ha.id)

    service.withdraw(work, person_id=ha.id, purpose=Purpose.SHOW_PHONE)

    work.session.expire_all()
    assert (enterprise.phone, enterprise.phone_shown) == ("+84912345678", False)
    assert enterprise.version == 3


def _acts(work: Work) -> list[str]:
    entries = select(AuditEntry.act).order_by(AuditEntry.at, AuditEntry.act)
    return list(work.session.scalars(entries))


def _living(work: Work) -> list[Membership]:
    return list(work.session.scalars(select(Membership).where(Membership.ended_at.is_(None))))


def _everything(work: Work) -> str:
    return "\n".join(
        repr(row)
        for table in Base.metadata.sorted_tables
        for row in work.session.execute(table.select()).all()
    )
