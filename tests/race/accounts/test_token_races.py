"""A token made while its person is taken out: none lives on, whoever was first."""

from flask import Flask
from sqlalchemy import select

from accounts import queries, service
from accounts.errors import NotAMember
from accounts.hashing import hash_of_secret
from accounts.models import ApiToken
from accounts.rules import Role
from accounts.service import NewToken
from accounts.token_scopes import TokenScope
from core import clock
from core.work import COMMAND, By, reading, transaction
from tests.makers import make_enterprise, make_member, make_person
from tests.race.crowd import rush

NEW = NewToken("phần mềm", [TokenScope.WRITE_PRODUCTS], days=30)


def test_no_token_outlives_the_membership_it_was_made_in(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        seller = make_person(work, sign_in="lan@goc.example")
        make_member(work, enterprise=enterprise, person=seller, role=Role.SELLER)

    def act(at: int) -> str:
        if at == 5:  # In the middle of the crowd.
            with transaction(by=COMMAND) as work:
                service.remove_member(work, enterprise_id=enterprise.id, person_id=seller.id)
            return ""
        with transaction(by=By("person", seller.id, enterprise.id)) as work:
            return service.make_token(work, enterprise_id=enterprise.id, new=NEW)

    secrets, refusals = rush(app, act, people=12)

    made = [secret for secret in secrets if secret]
    assert {type(refusal) for refusal in refusals} <= {NotAMember}
    assert len(made) + len(refusals) == 11
    with reading() as session:
        living = select(ApiToken.id).where(ApiToken.ended_at.is_(None))
        assert session.scalars(living).all() == []
        assert len(session.scalars(select(ApiToken.id)).all()) == len(made)
        for secret in made:
            token_hash = hash_of_secret(secret)
            assert queries.bearer(session, token_hash=token_hash, now=clock.now()) is None
