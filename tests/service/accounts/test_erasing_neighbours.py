"""Erasing one person touches no other: their week, their number, their enterprise, their papers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.models import AccountChange, BankAccount, Enterprise, Membership, Person
from app.personal import HELD
from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.work import Work
from tests.makers import make_enterprise, make_member, make_paper_change, make_person
from tests.pictures import make_photo

WEEK = timedelta(days=7)
PHONE = "+84912345678"


@pytest.fixture
def mai(work: Work) -> Person:
    """Somebody else, who was here first."""
    return make_person(work, sign_in="+84901234567", name="Mai")


@pytest.fixture
def ha(work: Work, mai: Person) -> Person:
    return make_person(work, sign_in=PHONE)


def erase(work: Work, person: Person) -> None:
    service.ask_erasure(work, person_id=person.id)
    assert service.erase_next(replace(work, now=work.now + WEEK), HELD)
    work.session.expire_all()


def make_draft(work: Work, name: str) -> Enterprise:
    """A draft that has told where its money goes."""
    draft = make_enterprise(work, name=name)
    draft.state = "draft"
    account = BankAccount(
        enterprise_id=draft.id, bank="VCB", number="001", holder=name, updated_at=work.now
    )
    work.session.add(account)
    work.session.flush()
    return draft


def living(work: Work) -> list[tuple[int, int]]:
    rows = work.session.execute(
        select(Membership.enterprise_id, Membership.person_id)
        .where(Membership.ended_at.is_(None))
        .order_by(Membership.id)
    )
    return [(enterprise_id, person_id) for enterprise_id, person_id in rows]


def acts(work: Work) -> list[tuple[str, int | None]]:
    """What was written down, and about which enterprise."""
    rows = work.session.execute(select(AuditEntry.act, AuditEntry.enterprise_id))
    return sorted(((act, id_) for act, id_ in rows), key=lambda one: one[0])


def test_each_has_a_week_of_their_own_and_is_told_at_their_own_number(
    work: Work, ha: Person, mai: Person
) -> None:
    first = service.ask_erasure(work, person_id=mai.id)

    second = service.ask_erasure(work, person_id=ha.id)

    assert (first.person_id, second.person_id) == (mai.id, ha.id)
    told = work.session.scalars(select(Dispatch.target).order_by(Dispatch.id)).all()
    assert told == ["+84901234567", PHONE]


def test_stopping_ones_own_is_on_record_and_leaves_the_others_waiting(
    work: Work, ha: Person, mai: Person
) -> None:
    for person in (mai, ha):
        service.ask_erasure(work, person_id=person.id)

    service.stop_erasure(work, person_id=ha.id)

    assert queries.waiting_erasure(work.session, ha.id) is None
    assert queries.waiting_erasure(work.session, mai.id) == work.now + WEEK
    assert [act for act, _ in acts(work)] == ["ask_erasure", "ask_erasure", "stop_erasure"]


def test_the_last_word_goes_to_the_number_that_was_erased(
    work: Work, ha: Person, mai: Person
) -> None:
    erase(work, ha)

    [done] = work.session.scalars(select(Dispatch))
    assert (done.target, (done.words or "")[:31]) == (PHONE, "Goc: tai khoan cua ban da duoc ")
    assert mai.sign_in == "+84901234567"


def test_a_number_that_takes_no_sms_is_sent_none(work: Work) -> None:
    landline = make_person(work, sign_in="+842438252525")

    erase(work, landline)

    assert work.session.scalars(select(Dispatch)).all() == []
    assert landline.sign_in is None


def test_a_draft_is_emptied_and_the_neighbours_keep_theirs(
    work: Work, ha: Person, mai: Person
) -> None:
    own, theirs = make_draft(work, "Mẫu – Nháp Hà"), make_draft(work, "Mẫu – Nháp Mai")
    sold = make_enterprise(work)
    for enterprise, person in ((own, ha), (theirs, mai), (sold, mai)):
        make_member(work, enterprise=enterprise, person=person)
    make_member(work, enterprise=own, person=mai, role="seller")
    make_member(work, enterprise=sold, person=ha, role="seller")

    erase(work, ha)

    assert (own.name, own.version) == ("—", 2)
    assert (theirs.name, theirs.version) == ("Mẫu – Nháp Mai", 1)
    assert (sold.name, sold.version) == ("Mẫu – Lò rèn Hà", 1)
    accounts = work.session.scalars(select(BankAccount.enterprise_id)).all()
    assert accounts == [theirs.id]
    assert living(work) == [(theirs.id, mai.id), (sold.id, mai.id), (own.id, mai.id)]
    assert acts(work) == [
        ("ask_erasure", None),
        ("erase_person", None),
        ("remove_member", sold.id),
    ]


def test_the_paper_about_another_director_stays(work: Work, ha: Person, mai: Person) -> None:
    enterprise = make_enterprise(work)
    papers = [make_photo(work, enterprise_id=None, kind="paper") for _ in range(2)]
    for director, paper in zip((ha, mai), papers, strict=True):
        make_paper_change(work, enterprise=enterprise, director=director, paper_id=paper.id)

    erase(work, ha)

    assert [paper.removed_at for paper in papers] == [work.now + WEEK, None]
    assert work.session.scalars(select(AccountChange.person_id)).all() == [mai.id]
