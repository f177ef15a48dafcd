import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from accounts import passwords
from accounts.hashing import hash_of_secret
from accounts.models import Membership, Person, SignIn
from core.guard import SESSION_COOKIE
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_officer, make_person
from tests.web.signed_in import SignedIn

RIGHT = "demo-goc"
HASH = passwords.hash_of(RIGHT)


@pytest.fixture(autouse=True)
def _fresh_counters(app: Flask) -> None:
    app.extensions["misses"] = type(app.extensions["misses"])()


@pytest.fixture
def director(app: Flask) -> str:
    """Hà, director of a smithy; gives the enterprise's public id."""
    with transaction(by=COMMAND) as work:
        person = make_person(work)
        person.password_hash = HASH
        enterprise = make_enterprise(work)
        make_member(work, enterprise=enterprise, person=person)
        return enterprise.public_id


def _sign_in(client: FlaskClient, password: str = RIGHT) -> TestResponse:
    return client.post("/sign-in", data={"sign_in": "ha@goc.example", "password": password})


def test_signing_in_leads_home_with_a_key_the_script_cannot_read(
    director: str, client: FlaskClient
) -> None:
    answer = client.post("/sign-in", data={"sign_in": " HA@goc.example ", "password": "demo-goc"})

    assert answer.status_code == 303
    assert answer.location == "/manage"
    cookie = answer.headers["Set-Cookie"]
    assert re.match(r"goc=[0-9A-Z]{26}; Secure; HttpOnly; Max-Age=7776000;", _ordered(cookie))
    assert "SameSite=Lax" in cookie
    home = client.get("/manage")
    assert home.status_code == 200
    assert "Mẫu – Lò rèn Hà" in home.text
    assert "Set-Cookie" not in home.headers
    assert home.headers["Cache-Control"] == "no-store"


def _ordered(cookie: str) -> str:
    parts = cookie.split("; ")
    age = next(part for part in parts if part.startswith("Max-Age"))
    flags = [flag for flag in ("Secure", "HttpOnly") if flag in parts]
    return "; ".join([parts[0], *flags, age]) + ";"


def test_the_database_never_knows_the_key(director: str, client: FlaskClient) -> None:
    _sign_in(client)

    cookie = client.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    with reading() as session:
        assert session.scalars(select(SignIn.key_hash)).all() == [hash_of_secret(cookie.value)]


@pytest.mark.parametrize(
    ("sign_in", "password"),
    [
        ("ha@goc.example", "wrong"),
        ("nobody@goc.example", "demo-goc"),
        ("not a name", "demo-goc"),
        ("paper@goc.example", "demo-goc"),
    ],
)
def test_unknown_and_wrong_answer_alike_and_keep_what_was_typed(
    director: str, client: FlaskClient, sign_in: str, password: str
) -> None:
    with transaction(by=COMMAND) as work:
        make_person(work, sign_in="paper@goc.example", name="Không mật khẩu")

    answer = client.post("/sign-in", data={"sign_in": sign_in, "password": password})

    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin xem lại." in answer.text
    assert f'value="{sign_in}"' in answer.text
    assert password not in answer.text.replace('value="demo-goc"', "")
    assert "Set-Cookie" not in answer.headers


def test_a_hash_is_compared_even_for_people_who_do_not_exist(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str | None] = []

    def is_right(_password: str, stored: str | None) -> bool:
        compared.append(stored)
        return False

    monkeypatch.setattr(passwords, "is_right", is_right)

    client.post("/sign-in", data={"sign_in": "nobody@goc.example", "password": "x"})

    assert compared == [None]


def test_an_empty_form_says_what_is_missing(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"sign_in": "ha@goc.example"})

    assert answer.status_code == 422
    assert '<a href="#password">Xin điền ô này.</a>' in answer.text


def test_a_new_sign_in_has_a_new_key_and_the_old_one_is_dead(
    director: str, app: Flask, client: FlaskClient
) -> None:
    _sign_in(client)
    first = client.get_cookie(SESSION_COOKIE)
    assert first is not None

    _sign_in(client)

    second = client.get_cookie(SESSION_COOKIE)
    assert second is not None
    assert second.value != first.value
    assert SignedIn(app, first.value).get("/manage").status_code == 303
    assert SignedIn(app, second.value).get("/manage").status_code == 200


def test_a_cookie_kept_from_before_sign_out_opens_nothing(director: str, app: Flask) -> None:
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    _sign_in(client)
    cookie = client.get_cookie(SESSION_COOKIE)
    assert cookie is not None

    answer = SignedIn(app, cookie.value).post("/sign-out")

    assert answer.status_code == 303
    assert answer.location == "/"
    assert "goc=;" in answer.headers["Set-Cookie"]
    assert SignedIn(app, cookie.value).get("/manage").location.startswith("/sign-in?next=")


def test_signing_out_needs_the_token_of_the_form(director: str, app: Flask) -> None:
    browser = _browser(app)

    answer = browser.post("/sign-out", {"csrf_token": "wrong"})

    assert answer.status_code == 400
    assert browser.get("/manage").status_code == 200


def test_a_page_that_needs_a_sign_in_is_where_one_arrives_afterwards(
    director: str, client: FlaskClient
) -> None:
    asked = client.get("/manage?tab=1")
    assert asked.status_code == 303
    assert asked.location == "/sign-in?next=%2Fmanage%3Ftab%3D1"
    assert 'name="next" value="/manage?tab=1"' in client.get(asked.location).text

    answer = client.post(
        "/sign-in",
        data={"sign_in": "ha@goc.example", "password": "demo-goc", "next": "/manage?tab=1"},
    )

    assert answer.location == "/manage?tab=1"


@pytest.mark.parametrize(
    "evil", ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example"]
)
def test_nobody_is_sent_to_another_site(director: str, client: FlaskClient, evil: str) -> None:
    answer = client.post(
        "/sign-in", data={"sign_in": "ha@goc.example", "password": "demo-goc", "next": evil}
    )

    assert answer.location == "/"


def test_officers_arrive_at_the_office_and_buyers_at_the_shop(
    app: Flask, client: FlaskClient
) -> None:
    with transaction(by=COMMAND) as work:
        lan = make_person(work, sign_in="lan@goc.example", name="Lan")
        mai = make_person(work, sign_in="mai@goc.example", name="Mai")
        lan.password_hash = mai.password_hash = HASH
        make_officer(work, person=lan)

    lans, mais = (
        client.post("/sign-in", data={"sign_in": name, "password": "demo-goc"})
        for name in ("lan@goc.example", "mai@goc.example")
    )

    assert lans.location == "/office"
    assert mais.location == "/"


def test_a_form_of_another_site_signs_nobody_in(director: str, app: Flask) -> None:
    client = app.test_client()

    answer = client.post(
        "/sign-in",
        data={"sign_in": "ha@goc.example", "password": "demo-goc"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_a_sign_in_ends_by_the_clock(director: str, app: Flask) -> None:
    browser = _browser(app)
    assert browser.get("/manage").status_code == 200

    with transaction(by=COMMAND) as work:
        work.session.execute(update(SignIn).values(expires_at=work.now - timedelta(seconds=1)))

    assert browser.get("/manage").status_code == 303


def test_a_membership_that_ended_opens_nothing(director: str, app: Flask) -> None:
    browser = _browser(app)

    with transaction(by=COMMAND) as work:
        work.session.execute(update(Membership).values(ended_at=work.now))

    assert browser.get("/manage").status_code == 403


def test_wrong_tries_on_one_account_are_slowed_and_say_for_how_long(
    director: str, client: FlaskClient
) -> None:
    answers = [_sign_in(client, "wrong").status_code for _ in range(6)]

    assert answers == [422, 422, 422, 422, 422, 429]
    blocked = client.post("/sign-in", data={"sign_in": "ha@goc.example", "password": "demo-goc"})
    assert blocked.status_code == 429
    assert "Thử sai hơi nhiều lần. Xin đợi 1 phút rồi thử lại." in blocked.text
    assert 'value="ha@goc.example"' in blocked.text
    assert "Set-Cookie" not in blocked.headers


def test_right_sign_ins_are_never_counted(director: str, client: FlaskClient) -> None:
    for _ in range(21):
        assert _sign_in(client).status_code == 303


def _try_from(client: FlaskClient, address: str, password: str) -> int:
    return client.post(
        "/sign-in",
        data={"sign_in": "ha@goc.example", "password": password},
        environ_overrides={"REMOTE_ADDR": address},
    ).status_code


def test_wrong_tries_from_one_address_do_not_keep_the_owner_out_elsewhere(
    director: str, client: FlaskClient
) -> None:
    tried = [_try_from(client, "203.0.113.9", "wrong") for _ in range(100)]

    assert tried == [422] * 5 + [429] * 95
    assert _try_from(client, "198.51.100.7", RIGHT) == 303
    assert _try_from(client, "203.0.113.9", RIGHT) == 429


def test_wrong_tries_from_many_addresses_are_slowed_together(
    director: str, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "is_right", lambda _password, _stored: False)

    tried = [_try_from(client, f"203.0.113.{number}", "wrong") for number in range(101)]

    assert tried == [422] * 100 + [429]


def test_an_owner_who_comes_and_goes_does_not_wipe_the_count_of_others(
    director: str, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "is_right", lambda password, _stored: password == RIGHT)
    for number in range(99):
        _try_from(client, f"203.0.113.{number}", "wrong")

    assert _try_from(client, "198.51.100.7", RIGHT) == 303
    assert _try_from(client, "203.0.113.100", "wrong") == 422
    assert _try_from(client, "203.0.113.101", "wrong") == 429


def test_an_own_account_does_not_wipe_the_misses_of_an_address(
    director: str, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "is_right", lambda password, _stored: password == RIGHT)
    form = {"password": "wrong"}
    for number in range(19):
        client.post("/sign-in", data={**form, "sign_in": f"a{number}@goc.example"})
    assert _sign_in(client).status_code == 303

    answers = [
        client.post("/sign-in", data={**form, "sign_in": f"b{number}@goc.example"}).status_code
        for number in range(2)
    ]

    assert answers == [422, 429]


def test_one_try_on_each_of_many_accounts_is_slowed_by_address(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "is_right", lambda _password, _stored: False)

    answers = [
        client.post(
            "/sign-in", data={"sign_in": f"a{number}@goc.example", "password": "x"}
        ).status_code
        for number in range(21)
    ]

    assert answers == [422] * 20 + [429]
    elsewhere = client.post(
        "/sign-in",
        data={"sign_in": "b@goc.example", "password": "x"},
        environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
    )
    assert elsewhere.status_code == 422


def test_the_demo_shows_its_people_to_tap_and_nobody_else(
    director: str, client: FlaskClient
) -> None:
    with transaction(by=COMMAND) as work:
        real = make_person(work, sign_in="real@thuc.vn", name="Người thật")
        real.password_hash = HASH

    text = client.get("/sign-in").text

    assert 'name="sign_in" value="ha@goc.example"' in text
    assert "người đứng đầu · Mẫu – Lò rèn Hà" in text
    assert "Người thật" not in text


def test_a_public_page_sets_no_cookie_and_asks_nothing_of_accounts(
    director: str, app: Flask
) -> None:
    browser = _browser(app)

    answer = browser.get("/")

    assert "Set-Cookie" not in answer.headers
    assert "csrf_token" not in answer.text


def _browser(app: Flask) -> SignedIn:
    with transaction(by=COMMAND) as work:
        person = work.session.scalars(select(Person)).one()
        membership = work.session.scalars(select(Membership)).one()
        key = "K" * 26
        work.session.add(
            SignIn(
                key_hash=hash_of_secret(key),
                person_id=person.id,
                enterprise_id=membership.enterprise_id,
                created_at=work.now,
                expires_at=work.now + timedelta(days=1),
            )
        )
    return SignedIn(app, key)


@pytest.mark.parametrize("belongs", [True, False], ids=["a member", "a buyer"])
def test_only_whoever_belongs_to_an_enterprise_gets_a_browsers_mark(
    app: Flask, client: FlaskClient, *, belongs: bool
) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="lan-mua@goc.example")
        person.password_hash = HASH
        if belongs:
            make_member(work, enterprise=make_enterprise(work), person=person)

    said = {"sign_in": "lan-mua@goc.example", "password": RIGHT}
    answer = client.post("/sign-in", data=said)

    assert answer.status_code == 303
    assert (client.get_cookie("goc_browser") is not None) is belongs
