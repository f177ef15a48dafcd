"""For whom somebody may act, as the database tells at this very moment."""

from datetime import timedelta

import pytest

from accounts import queries, service
from accounts.hashing import hash_of_secret
from accounts.rules import Role, Scope
from core.errors import NotFound
from core.work import By, Work
from tests.makers import make_consent, make_enterprise, make_member, make_person, make_sign_in


def test_one_acts_where_one_belongs_first_and_then_where_one_helps(work: Work) -> None:
    helped, own = make_enterprise(work, name="Mẫu – a"), make_enterprise(work, name="Mẫu – b")
    person = make_person(work)
    consent = make_consent(work, enterprise=helped, helper=person, scopes=[Scope.LOTS])
    make_member(work, enterprise=own, person=person, role="seller")

    found = queries.memberships(work.session, person.id, now=work.now)

    assert [(one.enterprise_id, one.role, one.consent_id, one.scopes) for one in found] == [
        (own.id, Role.SELLER, None, frozenset()),
        (helped.id, Role.HELPER, consent.id, frozenset({Scope.LOTS})),
    ]


def test_a_consent_that_has_ended_lets_nobody_act(work: Work) -> None:
    person = make_person(work)
    consent = make_consent(work, enterprise=make_enterprise(work), helper=person)
    consent.ended_at = work.now
    work.session.flush()

    assert queries.memberships(work.session, person.id, now=work.now) == ()


def test_a_consent_is_over_at_the_moment_it_names(work: Work) -> None:
    person = make_person(work)
    consent = make_consent(work, enterprise=make_enterprise(work), helper=person)
    just_before = consent.until_at - timedelta(microseconds=1)

    assert len(queries.memberships(work.session, person.id, now=just_before)) == 1
    assert queries.memberships(work.session, person.id, now=consent.until_at) == ()


def test_a_suspended_enterprise_is_known_as_such(work: Work) -> None:
    enterprise, person = make_enterprise(work), make_person(work)
    make_member(work, enterprise=enterprise, person=person)
    enterprise.state, enterprise.suspended_at = "suspended", work.now
    work.session.flush()

    (one,) = queries.memberships(work.session, person.id, now=work.now)
    assert one.is_suspended


def test_a_helper_switches_to_whom_they_help_and_to_nobody_else(work: Work) -> None:
    helped, other = make_enterprise(work), make_enterprise(work, name="Mẫu – khác")
    person = make_person(work)
    make_consent(work, enterprise=helped, helper=person)
    key = hash_of_secret(make_sign_in(work, person=person))
    work.by = By("person", person.id)

    with pytest.raises(NotFound):
        service.switch_enterprise(work, key_hash=key, enterprise=other.public_id)
    service.switch_enterprise(work, key_hash=key, enterprise=helped.public_id)

    who = queries.who_signed_in(work.session, key_hash=key, now=work.now)
    assert who is not None
    assert who.enterprise_id == helped.id
