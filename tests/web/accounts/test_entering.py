"""Signing up, in by code, and as one of several behind a phone."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from accounts import passwords, queries, service
from accounts.codes import Purpose
from accounts.models import Person, Proof, SignIn
from core.dispatch import Carriers, init_dispatch
from core.dispatch.models import Dispatch
from core.guard import SESSION_COOKIE
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_person

TYPED, PHONE = "0912 345 678", "+84912345678"
PIN = passwords.hash_of("2580")
PASSWORD = passwords.hash_of("demo-goc")


def last_code() -> str:
    with reading() as session:
        words = session.scalars(select(Dispatch.words).order_by(Dispatch.id.desc())).first()
    found = re.search(r"\d{6}", words or "")
    assert found is not None
    return found[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def ask(client: FlaskClient, path: str = "/sign-up", sign_in: str = TYPED) -> TestResponse:
    return client.post(path, data={"sign_in": sign_in})


def prove(client: FlaskClient, path: str = "/sign-up", sign_in: str = TYPED) -> TestResponse:
    ask(client, path, sign_in)
    return client.post("/code", data={"code": last_code()})


def names() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Person.name).order_by(Person.id)))


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_a_new_number_becomes_an_account_by_its_code_and_a_name(client: FlaskClient) -> None:
    asked = ask(client)
    assert (asked.status_code, asked.location) == (303, "/code")
    assert "0912 345 678" in client.get("/code").text
    proved = client.post("/code", data={"code": last_code()})
    assert (proved.status_code, proved.location) == (303, "/sign-up/name")

    opened = client.post("/sign-up/name", data={"name": "Vàng Thị Mỷ", "role": "operator"})

    assert (opened.status_code, opened.location) == (303, "/enterprises/new")
    assert is_signed_in(client)
    with reading() as session:
        [person] = session.scalars(select(Person))
        assert (person.name, person.sign_in, person.password_hash) == ("Vàng Thị Mỷ", PHONE, None)


def test_the_cookie_of_a_code_is_no_key_and_is_gone_after_it(client: FlaskClient) -> None:
    prove(client)
    assert client.get_cookie(SESSION_COOKIE) is None
    assert not is_signed_in(client)

    opened = client.post("/sign-up/name", data={"name": "Mỷ"})

    cookies = opened.headers.getlist("Set-Cookie")
    assert any(one.startswith("goc_proof=;") for one in cookies)
    assert client.post("/sign-up/name", data={"name": "Khác"}).location == "/sign-up"
    assert names() == ["Mỷ"]


def test_a_known_number_signs_in_by_its_code(app: Flask, client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in=PHONE)
        make_member(work, enterprise=make_enterprise(work), person=person)

    proved = prove(client, "/sign-in/code", "0912.345.678")

    assert (proved.status_code, proved.location) == (303, "/manage")
    assert is_signed_in(client)
    assert names() == ["Hà"]


def test_known_and_unknown_numbers_are_answered_alike_until_the_code(
    app: Flask, client: FlaskClient
) -> None:
    with transaction(by=COMMAND) as work:
        make_person(work, sign_in=PHONE)

    pages = []
    for typed in (TYPED, "0987 654 321"):
        asked = ask(client, "/sign-in/code", typed)
        page = client.get("/code").text.replace(typed, "#")
        pages.append((asked.status_code, asked.location, page))

    assert pages[0] == pages[1]


def test_asking_takes_the_same_statements_for_known_and_unknown(
    app: Flask, client: FlaskClient, statements: Callable[[], list[str]]
) -> None:
    with transaction(by=COMMAND) as work:
        make_person(work, sign_in=PHONE)
    counts = []
    for typed in (TYPED, "0987 654 321"):
        before = len(statements())
        ask(client, "/sign-in/code", typed)
        counts.append(statements()[before:])

    assert counts[0] == counts[1]
    assert len(counts[0]) <= 8


def test_the_wish_is_carried_through_every_step(client: FlaskClient) -> None:
    asked = client.post("/sign-up", data={"sign_in": TYPED, "next": "/invitations/AB?x=1"})
    assert asked.location == "/code?next=%2Finvitations%2FAB%3Fx%3D1"
    assert 'value="/invitations/AB?x=1"' in client.get(asked.location).text
    proved = client.post("/code", data={"code": last_code(), "next": "/invitations/AB?x=1"})
    assert proved.location == "/sign-up/name?next=%2Finvitations%2FAB%3Fx%3D1"

    opened = client.post("/sign-up/name", data={"name": "Mỷ", "next": "/invitations/AB?x=1"})

    assert opened.location == "/invitations/AB?x=1"


@pytest.mark.parametrize("wish", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_no_wish_leads_off_our_host(client: FlaskClient, wish: str) -> None:
    prove(client)

    opened = client.post("/sign-up/name", data={"name": "Mỷ", "next": wish})

    assert opened.location == "/"


def test_a_wrong_code_says_how_many_tries_are_left_and_the_fifth_locks_it(
    client: FlaskClient,
) -> None:
    ask(client)
    code = last_code()

    said = [client.post("/code", data={"code": wrong(code)}) for _ in range(5)]

    assert [one.status_code for one in said] == [422] * 5
    assert "Mã chưa đúng. Còn 4 lần thử." in said[0].text
    assert "Mã này không dùng được nữa. Xin nhận mã mới." in said[4].text
    assert client.post("/code", data={"code": code}).status_code == 422
    assert not is_signed_in(client)
    client.post("/code/again")
    assert client.post("/code", data={"code": last_code()}).location == "/sign-up/name"


def test_another_browser_cannot_use_the_code(app: Flask, client: FlaskClient) -> None:
    ask(client)
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"

    assert other.post("/code", data={"code": last_code()}).location == "/sign-in/code"
    assert other.get("/code").location == "/sign-in/code"
    assert other.get("/sign-up/name").location == "/sign-up"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Xin điền ô này."),
        ("hà", "hà không phải là thư điện tử hay số điện thoại."),
        ("024 3825 1234", "Số này không nhận được tin nhắn."),
    ],
)
def test_where_no_code_can_go_none_is_sent(client: FlaskClient, typed: str, said: str) -> None:
    answer = ask(client, sign_in=typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed}"' in answer.text
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Proof)) == 0


def test_without_a_carrier_it_says_so(app: Flask, client: FlaskClient) -> None:
    init_dispatch(app, Carriers(sms=None, mail=None))

    answer = ask(client)

    assert answer.status_code == 503
    assert "Ở đây chưa gửi được mã." in answer.text


def test_the_sixth_code_in_an_hour_is_refused_with_a_sentence(client: FlaskClient) -> None:
    for _ in range(5):
        assert ask(client).status_code == 303

    answer = ask(client)

    assert answer.status_code == 429
    assert "Đã gửi nhiều mã tới đây rồi. Xin đợi 1 giờ" in answer.text


def test_one_address_asks_for_thirty_numbers_unless_they_are_proved(client: FlaskClient) -> None:
    for number in range(30):
        assert ask(client, sign_in=f"09123456{number:02}").status_code == 303
    assert ask(client, sign_in="0987 654 321").status_code == 429

    client.post("/code", data={"code": last_code()})

    assert ask(client, sign_in="0987 654 321").status_code == 303


def test_a_look_at_a_page_signs_nobody_in(app: Flask, client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        make_person(work, sign_in=PHONE)
        token = service.proved_otherwise(work, purpose=Purpose.ENTER, target=PHONE)
    client.set_cookie("goc_proof", token)

    assert client.get("/code").location == "/sign-in/person"
    assert client.get("/sign-in/person").status_code == 200
    with reading() as session:
        assert session.scalars(select(SignIn)).all() == []


@pytest.fixture
def household(app: Flask) -> dict[str, str]:
    """Hà holds the number, Tú shares it: public ids by name."""
    with transaction(by=COMMAND) as work:
        holder = make_person(work, sign_in=PHONE)
        holder.password_hash = PASSWORD
        service.share_phone(work, phone=PHONE, person_id=holder.id, pin_hash=PIN)
        service.add_behind(work, phone=PHONE, name="Tú", pin_hash=PIN)
    with reading() as session:
        return {one.name: one.public_id for one in queries.people_behind(session, PHONE)}


def test_several_behind_a_phone_are_asked_who_it_is(
    household: dict[str, str], client: FlaskClient
) -> None:
    assert prove(client, "/sign-in/code").location == "/sign-in/person"
    assert client.get("/sign-in/person").text.count('type="radio"') == 2

    entered = client.post("/sign-in/person", data={"person": household["Tú"], "pin": "2580"})

    assert entered.status_code == 303
    assert "Tài khoản của Tú" in client.get("/account").text


def test_the_password_alone_does_not_say_who_of_them_it_is(
    household: dict[str, str], client: FlaskClient
) -> None:
    answer = client.post("/sign-in", data={"sign_in": TYPED, "password": "demo-goc"})

    assert (answer.status_code, answer.location) == (303, "/sign-in/person")
    assert not is_signed_in(client)
    client.post("/sign-in/person", data={"person": household["Hà"], "pin": "2580"})
    assert "Tài khoản của Hà" in client.get("/account").text


def test_a_wrong_pin_enters_nobody_and_five_make_it_rest(
    household: dict[str, str], client: FlaskClient
) -> None:
    prove(client, "/sign-in/code")
    form = {"person": household["Tú"], "pin": "0000"}

    said = [client.post("/sign-in/person", data=form) for _ in range(6)]

    assert [one.status_code for one in said] == [422] * 5 + [429]
    assert "Mã PIN chưa đúng. Xin gõ lại." in said[0].text
    assert "Xin thử lại sau 15 phút." in said[5].text
    assert "0000" not in said[0].text
    assert not is_signed_in(client)
    other = client.post("/sign-in/person", data={"person": household["Hà"], "pin": "2580"})
    assert other.status_code == 303


def test_somebody_not_behind_the_phone_cannot_be_chosen(
    household: dict[str, str], client: FlaskClient
) -> None:
    with transaction(by=COMMAND) as work:
        stranger = make_person(work, sign_in="mai@goc.example", name="Mai").public_id
    prove(client, "/sign-in/code")

    answer = client.post("/sign-in/person", data={"person": stranger, "pin": "2580"})

    assert answer.status_code == 404
    assert not is_signed_in(client)


def test_a_forgotten_password_is_set_by_code_and_pin(
    household: dict[str, str], client: FlaskClient
) -> None:
    assert prove(client, "/password/forgotten").location == "/password/forgotten/new"
    new = {"password": "mot hai ba bon", "again": "mot hai ba bon"}
    refused = client.post("/password/forgotten/new", data={**new, "pin": "1111"})
    assert refused.status_code == 422

    answer = client.post("/password/forgotten/new", data={**new, "pin": "2580"})

    assert answer.status_code == 200
    assert "Đã đặt mật khẩu" in answer.text
    signed = client.post("/sign-in", data={"sign_in": TYPED, "password": "mot hai ba bon"})
    assert signed.location == "/sign-in/person"


def test_a_number_without_account_is_told_so_only_after_its_code(client: FlaskClient) -> None:
    prove(client, "/password/forgotten")

    page = client.get("/password/forgotten/new")

    assert "Số này chưa có tài khoản" in page.text


def test_an_address_of_mail_gets_its_code_by_mail(client: FlaskClient) -> None:
    ask(client, sign_in="My@Goc.Example")

    with reading() as session:
        [mail] = session.scalars(select(Dispatch))
        assert (mail.channel, mail.target) == ("mail", "my@goc.example")
        assert (mail.words or "").endswith("Khong doc so nay cho ai, ke ca can bo.")
    assert "Đã gửi thư có mã sáu số" in client.get("/code").text
