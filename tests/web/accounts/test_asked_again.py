"""What touches people, factors or tokens asks again who it is: each such route, on each sending."""

import inspect

import pytest
from flask import Flask
from sqlalchemy import select, update

from accounts import confirming
from accounts.models import (
    AccountChange,
    ApiToken,
    Enterprise,
    Factor,
    Person,
    RecoveryCode,
    SignIn,
)
from accounts.second_rules import CONFIRMED_FOR
from app import create_app
from app.settings import Settings
from core.audit import AuditEntry
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_enterprise,
    make_factor,
    make_member,
    make_officer,
    make_person,
    make_sign_in,
)
from tests.web.signed_in import SignedIn

PLAIN = create_app(Settings(secret_key="only for the route table"))
SOMETHING = "7K3MQ9T2XB"
# None of these may stop asking; a new route that asks is tried below without a line here.
MUST_ASK = {
    ("GET", "/account/number"),
    ("POST", "/account/number"),
    ("GET", "/account/privacy/erase"),
    ("POST", "/account/privacy/erase"),
    ("GET", "/account/security/app"),
    ("POST", "/account/security/app"),
    ("GET", "/account/security/passkey"),
    ("POST", "/account/security/passkey"),
    ("GET", "/account/security/codes"),
    ("POST", "/account/security/codes"),
    ("GET", f"/account/security/factors/{SOMETHING}/remove"),
    ("POST", f"/account/security/factors/{SOMETHING}/remove"),
    ("POST", "/account/identity/link"),
    ("POST", "/account/identity/unlink"),
    ("POST", "/account/tokens"),
    ("GET", f"/office/enterprises/{SOMETHING}/director"),
    ("POST", f"/office/enterprises/{SOMETHING}/director"),
    ("POST", "/office/factors"),
    ("POST", "/office/people"),
    ("POST", f"/office/people/{SOMETHING}/end"),
    ("POST", f"/office/people/{SOMETHING}/deputy"),
}


def asks_again(view: object) -> bool:
    """Whether one of the guards around a view is the one that asks again."""
    while view is not None:
        if inspect.getsourcefile(view) == confirming.__file__:  # type: ignore[arg-type]  # A view.
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def asking() -> set[tuple[str, str]]:
    """Each method and address that asks: before anything named in the address is looked for."""
    return {
        (method, rule.build(dict.fromkeys(rule.arguments, SOMETHING))[1])  # type: ignore[index]  # Never None for its own arguments.
        for rule in PLAIN.url_map.iter_rules()
        if asks_again(PLAIN.view_functions[rule.endpoint])
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


@pytest.fixture
def operator(app: Flask) -> SignedIn:
    """An operator and director with a factor, who showed it fifteen minutes ago."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="an@goc.example", name="An")
        make_officer(work, person=person, role="operator", province_code=None)
        make_factor(work, person=person)
        smithy = make_enterprise(work)
        make_member(work, enterprise=smithy, person=person)
        browser = SignedIn(app, make_sign_in(work, person=person, enterprise=smithy))
        work.session.execute(update(SignIn).values(confirmed_at=work.now - CONFIRMED_FOR))
    return browser


def test_what_must_ask_again_does() -> None:
    assert MUST_ASK - asking() == set()


@pytest.mark.parametrize(("method", "path"), sorted(asking() | MUST_ASK))
def test_whoever_showed_it_long_ago_shows_it_again_before_anything_is_done(
    operator: SignedIn, method: str, path: str
) -> None:
    if method == "GET":
        answer = operator.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/account/confirm?next=")
    else:
        with reading() as session:
            acting = session.scalars(select(Enterprise.public_id)).one()
        filled = {"name": "Máy", "sign_in": "an@goc.example", "for_enterprise": acting}
        answer = operator.post(path, filled)
        assert answer.status_code == 403
        assert 'action="/account/confirm"' in answer.text

    with reading() as session:
        assert len(session.scalars(select(Factor)).all()) == 1
        assert len(session.scalars(select(Person)).all()) == 1
        for written in (AccountChange, ApiToken, AuditEntry, RecoveryCode):
            assert session.scalars(select(written)).all() == [], written
