"""E-identities linked and answered by several at once."""

from flask import Flask
from sqlalchemy import select

from accounts import service
from accounts.identities import Asking
from accounts.identity_errors import IdentityKnown, IdentityOver
from accounts.models import LinkedIdentity
from core import clock
from core.work import VISITOR, reading, transaction
from tests.makers import make_person
from tests.race.crowd import rush

ISSUER = "https://id.example"


def test_an_identity_linked_to_many_accounts_at_once_belongs_to_one(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        people = [make_person(work, sign_in=f"{at}@goc.example").id for at in range(8)]

    def attempt(number: int) -> None:
        with transaction(by=VISITOR) as work:
            service.link_identity(work, person_id=people[number], issuer=ISSUER, subject_hash="one")

    done, refusals = rush(app, attempt, people=8)

    assert len(done) == 1
    assert [type(one) for one in refusals] == [IdentityKnown] * 7
    with reading() as session:
        assert len(session.scalars(select(LinkedIdentity)).all()) == 1


def test_an_account_that_links_many_identities_at_once_has_one(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        person_id = make_person(work).id

    def attempt(number: int) -> None:
        with transaction(by=VISITOR) as work:
            service.link_identity(
                work, person_id=person_id, issuer=ISSUER, subject_hash=str(number)
            )

    done, refusals = rush(app, attempt, people=8)

    assert len(done) == 1
    assert [type(one) for one in refusals] == [IdentityKnown] * 7


def test_an_answer_that_comes_many_times_at_once_is_taken_once(app: Flask) -> None:
    until = int(clock.now().timestamp()) + 900
    asking = Asking("state", "nonce", "verifier", 0, "", until)

    def attempt(_number: int) -> None:
        with transaction(by=VISITOR) as work:
            service.take_asking(work, asking)

    done, refusals = rush(app, attempt, people=8)

    assert len(done) == 1
    assert [type(one) for one in refusals] == [IdentityOver] * 7
