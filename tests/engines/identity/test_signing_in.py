"""An e-identity of a real provider: linked, signing in, refused, unlinked."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from accounts.models import LinkedIdentity, SignIn
from accounts.sessions import IDENTITY_COOKIE, SECOND_COOKIE
from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.guard import SESSION_COOKIE
from core.work import COMMAND, reading, transaction
from tests.engines.identity.conftest import NAME
from tests.factors import give_app
from tests.makers import (
    make_enterprise,
    make_member,
    make_person,
    make_product,
    make_sign_in,
)
from tests.servers.oidc import Provider, said, with_other
from tests.web.signed_in import SignedIn

SUBJECT = "001099000001"


@pytest.fixture
def ha(connected: Flask) -> SignedIn:
    """The browser of Hà, signed in."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="+84912345678", name="Hà")
        return SignedIn(connected, make_sign_in(work, person=person))


@pytest.fixture
def visitor(connected: Flask) -> FlaskClient:
    """A browser nobody is signed in with."""
    client = connected.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def at_provider(client: FlaskClient, *, next_path: str = "") -> str:
    answer = client.get("/identity/begin", query_string={"next": next_path})
    assert answer.status_code == 303
    return answer.location


def come_back(client: FlaskClient, address: str) -> TestResponse:
    return client.get("/identity/callback", query_string=said(address))


def link(provider: Provider, browser: SignedIn, subject: str = SUBJECT) -> TestResponse:
    come_back(browser.client, provider.agree(at_provider(browser.client), subject))
    return browser.post("/account/identity/link")


def links() -> int:
    with reading() as session:
        return session.scalars(select(func.count()).select_from(LinkedIdentity)).one()


def sign_ins() -> int:
    with reading() as session:
        return session.scalars(select(func.count()).select_from(SignIn)).one()


def acts() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.at)))


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_provider_is_asked_with_state_nonce_and_a_hashed_verifier(
    visitor: FlaskClient, provider: Provider
) -> None:
    address = at_provider(visitor)

    asked = said(address)
    assert address.startswith(f"{provider.issuer}/oauth2/authorize?")
    assert asked["response_type"] == "code"
    assert asked["redirect_uri"] == "https://goc.example/identity/callback"
    assert asked["scope"] == "openid profile"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert asked["state"] != asked["nonce"]
    cookie = visitor.get_cookie(IDENTITY_COOKIE)
    assert cookie is not None
    assert asked["state"] not in cookie.value
    assert cookie.http_only


def test_somebody_signed_in_sees_who_it_is_and_links_it_by_a_form(
    ha: SignedIn, provider: Provider
) -> None:
    provider.name(SUBJECT, "Nguyễn Thị Hà")

    back = come_back(ha.client, provider.agree(at_provider(ha.client), SUBJECT))
    page = ha.get(back.location)

    assert back.location == "/account/identity"
    assert f"{NAME} xác nhận đây là Nguyễn Thị Hà." in page.text
    assert links() == 0
    assert ha.post("/account/identity/link").location == "/account/identity"
    assert "Bỏ danh tính này" in ha.get("/account/identity").text
    assert ha.client.get_cookie(IDENTITY_COOKIE) is None
    assert acts() == ["link_identity"]
    with reading() as session:
        kept = session.scalars(select(LinkedIdentity)).one()
        told = session.scalars(select(Dispatch.words)).all()
    assert (kept.issuer, len(kept.subject_hash)) == (provider.issuer, 64)
    assert len(told) == 1
    assert "vua gan mot danh tinh dien tu" in (told[0] or "")


def test_a_linked_identity_signs_in_and_goes_where_its_person_was_going(
    ha: SignedIn, visitor: FlaskClient, provider: Provider
) -> None:
    link(provider, ha)

    back = come_back(
        visitor, provider.agree(at_provider(visitor, next_path="/account/devices"), SUBJECT)
    )

    assert (back.status_code, back.location) == (303, "/account/devices")
    assert is_signed_in(visitor)
    assert visitor.get_cookie(IDENTITY_COOKIE) is None


def test_whoever_has_a_second_factor_shows_it_after_the_identity(
    connected: Flask, visitor: FlaskClient, provider: Provider
) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="+84912345678")
        browser = SignedIn(connected, make_sign_in(work, person=person))
    link(provider, browser)
    with transaction(by=COMMAND) as work:
        give_app(work, person)

    back = come_back(visitor, provider.agree(at_provider(visitor, next_path="/account"), SUBJECT))

    assert back.location == "/sign-in/second?next=%2Faccount"
    assert visitor.get_cookie(SECOND_COOKIE) is not None
    assert visitor.get_cookie(SESSION_COOKIE) is None


def test_an_identity_nobody_has_leads_to_signing_up_by_a_code_and_is_linked_then(
    visitor: FlaskClient, provider: Provider
) -> None:
    back = come_back(visitor, provider.agree(at_provider(visitor), "new"))
    assert 'href="/sign-up?next=/account/identity"' in back.text
    assert sign_ins() == 0

    wish = {"next": "/account/identity"}
    visitor.post("/sign-up", data={"sign_in": "0912 345 678", **wish})
    with reading() as session:
        words = session.scalars(select(Dispatch.words).order_by(Dispatch.id.desc())).first() or ""
    code = re.search(r"\d{6}", words)
    assert code is not None
    visitor.post("/code", data={"code": code[0], **wish})
    opened = visitor.post("/sign-up/name", data={"name": "Hà", **wish})

    assert opened.location == "/account/identity"
    page = visitor.get("/account/identity").text
    assert "Đúng là tôi, gắn vào" in page
    assert links() == 0
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    visitor.post("/account/identity/link", data={"csrf_token": token[1], "request_id": "1"})
    assert links() == 1


def test_an_identity_of_one_account_is_not_linked_to_another(
    connected: Flask, ha: SignedIn, provider: Provider
) -> None:
    link(provider, ha)
    with transaction(by=COMMAND) as work:
        key = make_sign_in(work, person=make_person(work, sign_in="b@goc.example"), key="other")
    answer = link(provider, SignedIn(connected, key))

    assert answer.status_code == 409
    assert "Danh tính này đã gắn với một tài khoản" in answer.text
    assert links() == 1


def test_an_unlinked_identity_opens_nothing(
    ha: SignedIn, visitor: FlaskClient, provider: Provider
) -> None:
    link(provider, ha)
    assert ha.post("/account/identity/unlink").location == "/account/identity"
    assert acts() == ["link_identity", "unlink_identity"]

    back = come_back(visitor, provider.agree(at_provider(visitor), SUBJECT))

    assert "Danh tính này chưa gắn với tài khoản nào" in back.text
    assert not is_signed_in(visitor)


def test_a_no_at_the_provider_is_a_sentence_and_changes_nothing(
    ha: SignedIn, provider: Provider
) -> None:
    back = come_back(ha.client, provider.deny(at_provider(ha.client)) + "&state=x")
    assert back.status_code == 422

    address = at_provider(ha.client)
    denied = with_other(provider.deny(address) + "&state=x", "state", said(address)["state"])
    back = come_back(ha.client, denied)

    assert back.status_code == 422
    assert f"Bạn chưa xác nhận ở {NAME} nên chưa có gì thay đổi." in back.text
    assert 'href="/account/identity"' in back.text
    assert links() == 0


@pytest.mark.parametrize("spoilt", ["state", "code"])
def test_another_state_or_code_is_refused(
    spoilt: str, ha: SignedIn, visitor: FlaskClient, provider: Provider
) -> None:
    link(provider, ha)
    before = sign_ins()
    address = with_other(provider.agree(at_provider(visitor), SUBJECT), spoilt, "other")

    back = come_back(visitor, address)

    assert back.status_code == (422 if spoilt == "state" else 403)
    assert sign_ins() == before


def test_an_answer_to_a_nonce_we_did_not_send_is_refused(
    ha: SignedIn, visitor: FlaskClient, provider: Provider
) -> None:
    link(provider, ha)
    before = sign_ins()

    asked = with_other(at_provider(visitor), "nonce", "other")
    back = come_back(visitor, provider.agree(asked, SUBJECT))

    assert back.status_code == 403
    assert f"Câu trả lời của {NAME} không đúng nên chưa dùng được." in back.text
    assert sign_ins() == before


def test_an_answer_is_taken_once_even_where_the_browser_kept_the_cookie(
    ha: SignedIn, visitor: FlaskClient, provider: Provider
) -> None:
    link(provider, ha)
    address = provider.agree(at_provider(visitor), SUBJECT)
    cookie = visitor.get_cookie(IDENTITY_COOKIE)
    assert cookie is not None
    assert come_back(visitor, address).status_code == 303
    before = sign_ins()

    visitor.set_cookie(IDENTITY_COOKIE, cookie.value)
    back = come_back(visitor, address)

    assert back.status_code == 422
    assert sign_ins() == before


def test_an_answer_to_one_browser_opens_nothing_in_another(
    ha: SignedIn, visitor: FlaskClient, provider: Provider
) -> None:
    link(provider, ha)
    elsewhere = visitor.application.test_client()
    address = provider.agree(at_provider(visitor), SUBJECT)

    assert come_back(elsewhere, address).status_code == 422
    assert not is_signed_in(elsewhere)


def test_an_answer_that_says_another_provider_sent_it_is_refused(
    visitor: FlaskClient, provider: Provider
) -> None:
    address = provider.agree(at_provider(visitor), SUBJECT)

    assert come_back(visitor, f"{address}&iss=https://id.example").status_code == 403


def test_an_answer_for_one_person_is_not_shown_to_whoever_signed_in_meanwhile(
    connected: Flask, ha: SignedIn, provider: Provider
) -> None:
    address = provider.agree(at_provider(ha.client), SUBJECT)
    with transaction(by=COMMAND) as work:
        key = make_sign_in(work, person=make_person(work, sign_in="b@goc.example"), key="other")
    ha.client.set_cookie(SESSION_COOKIE, key)

    assert come_back(ha.client, address).status_code == 422
    assert "Đúng là tôi" not in SignedIn(connected, key).get("/account/identity").text


def test_a_maker_whose_director_is_linked_says_so_and_one_who_is_not_does_not(
    connected: Flask, visitor: FlaskClient, provider: Provider
) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        make_product(work, enterprise=enterprise)
        person = make_person(work, sign_in="+84912345678")
        make_member(work, enterprise=enterprise, person=person, role="director")
        browser = SignedIn(connected, make_sign_in(work, person=person))
        path = f"/producers/x-{enterprise.slug_key}"
    before = visitor.get(path, follow_redirects=True)

    link(provider, browser)
    after = visitor.get(path, follow_redirects=True)

    words = "bằng danh tính điện tử của người đứng đầu"
    assert before.status_code == after.status_code == 200
    assert words not in before.text
    assert words in after.text
    assert before.headers["ETag"] != after.headers["ETag"]
