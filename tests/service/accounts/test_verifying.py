from dataclasses import replace

import pytest
from sqlalchemy import func, select

from accounts import queries, service
from accounts.errors import EnterpriseDecided
from accounts.models import Enterprise, EnterpriseReview
from accounts.rules import Office, Role
from accounts.service import EnterpriseLook
from accounts.turns import Level
from catalog.models import SearchPending
from catalog.reactions import find_goods_anew
from core.audit import AuditEntry
from core.messages import Message
from core.outbox import Happening, OutboxEvent
from core.work import By, Work
from tests.makers import make_enterprise, make_officer, make_person, make_product

OFFICE = Office(1, Role.OFFICER, "4")


@pytest.fixture
def waiting(work: Work) -> Enterprise:
    enterprise = make_enterprise(work)
    enterprise.state, enterprise.submitted_at = "submitted", work.now
    make_officer(work, person=make_person(work, sign_in="lan@goc.example"))
    return enterprise


def officer(work: Work) -> Work:
    return replace(work, by=By("person", make_person(work).id))


def look(enterprise: Enterprise, version: int = 1) -> EnterpriseLook:
    return EnterpriseLook(enterprise.id, version, Level.PROVINCE, ("seller", "place"))


def outcomes(work: Work) -> list[str]:
    return list(work.session.scalars(select(EnterpriseReview.outcome).order_by("id")))


def test_what_was_compared_stays_with_the_verification(work: Work, waiting: Enterprise) -> None:
    assert queries.waiting_enterprise_count(work.session, [OFFICE], now=work.now) == 1
    work = officer(work)

    service.verify_enterprise(work, look=look(waiting))

    work.session.refresh(waiting)
    assert (waiting.state, waiting.version) == ("verified", 2)
    found = queries.last_verification(work.session, waiting.id)
    assert found is not None
    assert (found.level, found.looked_at, found.as_deputy) == (
        "province",
        ("place", "seller"),
        False,
    )
    review = work.session.scalars(select(EnterpriseReview)).one()
    assert (review.on_time, review.officer_id) == (True, work.by.person_id)
    assert work.session.scalars(select(AuditEntry.act)).all() == ["enterprise_verified"]
    assert queries.waiting_enterprises(work.session, [OFFICE], limit=5, now=work.now) == []
    told = work.session.scalars(select(Message)).one()
    assert (told.kind, told.enterprise_id) == ("enterprise_verified", waiting.id)


def test_what_is_not_as_it_was_seen_is_not_decided(work: Work, waiting: Enterprise) -> None:
    work = officer(work)
    for decide in (service.verify_enterprise, service.resume_enterprise):
        with pytest.raises(EnterpriseDecided):
            decide(work, look=look(waiting, version=7))
    with pytest.raises(EnterpriseDecided):  # It waits; only who sells is suspended.
        service.suspend_enterprise(work, look=look(waiting), reason="Hàng giả.")

    work.session.refresh(waiting)
    assert (waiting.state, waiting.version) == ("submitted", 1)
    assert work.session.scalar(select(func.count()).select_from(EnterpriseReview)) == 0


def test_a_returned_enterprise_reads_why(work: Work, waiting: Enterprise) -> None:
    work = officer(work)

    service.return_enterprise(work, look=look(waiting), reason="Tên chưa đúng với giấy tờ.")

    work.session.refresh(waiting)
    assert waiting.state == "returned"
    [decision] = queries.decisions(work.session, waiting.id)
    assert decision.reason == "Tên chưa đúng với giấy tờ."
    assert queries.last_verification(work.session, waiting.id) is None


def test_a_suspension_ends_and_search_hears_of_both(work: Work, waiting: Enterprise) -> None:
    product = make_product(work, enterprise=waiting)
    work = officer(work)
    service.verify_enterprise(work, look=look(waiting))

    service.suspend_enterprise(work, look=look(waiting, 2), reason="Hàng giả.")
    work.session.refresh(waiting)
    assert (waiting.state, waiting.suspended_at) == ("suspended", work.now)
    service.resume_enterprise(work, look=look(waiting, 3))

    work.session.refresh(waiting)
    assert (waiting.state, waiting.suspended_at, waiting.version) == ("verified", None, 4)
    assert outcomes(work) == ["verified", "suspended", "resumed"]
    events = work.session.scalars(select(OutboxEvent)).all()
    assert [event.name for event in events] == ["EnterpriseStandingChanged"] * 2
    find_goods_anew(work, Happening.of(events[0]))
    assert work.session.scalars(select(SearchPending.product_id)).all() == [product.id]
