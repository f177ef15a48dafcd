"""A token stands on a membership: it opens no more than its person may do there today."""

import pytest
from sqlalchemy import select, update

from accounts import queries, service
from accounts.errors import NotAMember
from accounts.hashing import hash_of_secret
from accounts.models import ApiToken, Enterprise, Membership, Person
from accounts.queries import Bearer
from accounts.rules import Act, Decision, Role, decide
from accounts.service import NewToken
from accounts.token_scopes import TokenScope
from core.work import By, Work
from tests.makers import make_consent, make_enterprise, make_member, make_person

NEW = NewToken("phần mềm", [TokenScope.READ_PRODUCTS, TokenScope.WRITE_PRODUCTS], days=30)


@pytest.fixture
def forge(work: Work) -> Enterprise:
    return make_enterprise(work)


@pytest.fixture
def seller(work: Work, forge: Enterprise) -> Person:
    person = make_person(work, sign_in="lan@goc.example", name="Lan")
    make_member(work, enterprise=forge, person=person, role=Role.SELLER)
    work.by = By("person", person.id, forge.id)
    return person


def make(work: Work, enterprise: Enterprise) -> str:
    return service.make_token(work, enterprise_id=enterprise.id, new=NEW)


def bearer(work: Work, secret: str) -> Bearer | None:
    return queries.bearer(work.session, token_hash=hash_of_secret(secret), now=work.now)


def test_a_token_works_while_its_person_belongs_there(
    work: Work, forge: Enterprise, seller: Person
) -> None:
    found = bearer(work, make(work, forge))

    assert found is not None
    assert found.who.person_id == seller.id
    assert decide(found.who, Act.EDIT_PRODUCT) is Decision.ALLOWED


def test_none_is_made_for_a_former_member_and_none_of_theirs_works(
    work: Work, forge: Enterprise, seller: Person
) -> None:
    secret = make(work, forge)
    service.remove_member(work, enterprise_id=forge.id, person_id=seller.id)

    with pytest.raises(NotAMember):
        make(work, forge)

    assert bearer(work, secret) is None
    ended = work.session.scalars(select(ApiToken.ended_at)).all()
    assert ended == [work.now]


def test_a_membership_that_ended_in_another_way_opens_nothing_either(
    work: Work, forge: Enterprise, seller: Person
) -> None:
    secret = make(work, forge)
    work.session.execute(update(Membership).values(ended_at=work.now))

    assert work.session.scalars(select(ApiToken.ended_at)).all() == [None]
    assert bearer(work, secret) is None


def test_a_token_writes_no_more_than_its_persons_role_of_today(
    work: Work, forge: Enterprise, seller: Person
) -> None:
    secret = make(work, forge)
    service.change_role(work, enterprise_id=forge.id, person_id=seller.id, role=Role.GROWER)

    found = bearer(work, secret)

    assert found is not None
    assert TokenScope.WRITE_PRODUCTS in found.scopes
    assert decide(found.who, Act.EDIT_PRODUCT) is Decision.NOT_ALLOWED


def test_none_is_made_for_an_enterprise_one_only_helps(work: Work, seller: Person) -> None:
    helped = make_enterprise(work, name="Mẫu – HTX khác")
    make_consent(work, enterprise=helped, helper=seller)

    with pytest.raises(NotAMember):
        make(work, helped)

    assert work.session.scalars(select(ApiToken)).all() == []
