"""The seller's home says to each role what is theirs, and leaves the director's messages alone."""

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Enterprise
from core.messages import Message
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_name_case, make_person, make_sign_in
from tests.web.signed_in import SignedIn

BANK, OWN, ACTS = (
    f'<a class="btn quiet" href="/manage/{page}"'
    for page in ("enterprise/bank", "enterprise", "acts")
)


@pytest.fixture
def owner_id(app: Flask) -> int:
    """A village's group, told that somebody wants to use its protected name."""
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work, name="Mẫu – Làng rèn")
        make_name_case(work, owner=enterprise)
        return enterprise.id


def _member(app: Flask, owner_id: int, role: str) -> SignedIn:
    with transaction(by=COMMAND) as work:
        enterprise = work.session.get_one(Enterprise, owner_id)
        person = make_person(work, sign_in=f"{role}@goc.example")
        make_member(work, enterprise=enterprise, person=person, role=role)
        key = make_sign_in(work, person=person, enterprise=enterprise, key=role)
        return SignedIn(app, key, for_enterprise=enterprise.public_id)


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("director", [True, True, True]),
        ("accountant", [True, True, True]),
        ("seller", [False, False, True]),
        ("grower", [False, False, False]),
    ],
)
def test_the_home_leads_each_role_to_what_it_may_change(
    app: Flask, owner_id: int, role: str, shown: list[bool]
) -> None:
    text = _member(app, owner_id, role).get("/manage").text

    assert [each in text for each in (BANK, OWN, ACTS)] == shown


def test_what_the_director_is_asked_nobody_else_reads_or_puts_away(
    app: Flask, owner_id: int
) -> None:
    director, grower = (_member(app, owner_id, role) for role in ("director", "grower"))
    with reading() as session:
        asked = session.scalars(select(Message.id)).one()
    assert 'href="/manage/names"' in director.get("/manage").text
    assert 'href="/manage/names"' not in grower.get("/manage").text

    grower.post("/manage/messages/seen", {"up_to": str(asked)})
    assert 'href="/manage/names"' in director.get("/manage").text

    director.post("/manage/messages/seen", {"up_to": str(asked)})
    assert 'href="/manage/names"' not in director.get("/manage").text
