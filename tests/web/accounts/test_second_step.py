"""The second step on the way in, what is demanded of officers, and confirming again."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from accounts import passwords, service
from accounts.models import AccountChange, Factor, Person, SignIn, TrustedDevice
from accounts.sessions import SECOND_COOKIE
from core import clock
from core.dispatch.models import Dispatch
from core.guard import SESSION_COOKIE
from core.sealing import sealer
from core.work import COMMAND, reading, transaction
from tests.factors import code_at, give_app
from tests.makers import make_factor, make_officer, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

PASSWORD = passwords.hash_of("demo-goc")
TYPED, PHONE = "0912 345 678", "+84912345678"


@pytest.fixture
def ha(app: Flask) -> int:
    """Hà, who has a password and an authenticator app."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in=PHONE)
        person.password_hash = PASSWORD
        give_app(work, person)
        return person.id


@pytest.fixture
def officer(app: Flask) -> int:
    """An officer with a password and no factor."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in=PHONE, name="Thảo")
        person.password_hash = PASSWORD
        make_officer(work, person=person)
        return person.id


@pytest.fixture
def production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.config["SETTINGS"], mode="production")
    monkeypatch.setitem(app.config, "SETTINGS", settings)


def by_password(client: FlaskClient, **more: str) -> TestResponse:
    return client.post("/sign-in", data={"sign_in": TYPED, "password": "demo-goc", **more})


def by_code(client: FlaskClient) -> TestResponse:
    client.post("/sign-in/code", data={"sign_in": TYPED})
    return client.post("/code", data={"code": last_code()})


def last_code() -> str:
    with reading() as session:
        newest = select(Dispatch.words).order_by(Dispatch.id.desc())
        words = session.scalars(newest).first()
    found = re.search(r"\d{6}", words or "")
    assert found is not None
    return found[0]


def second(client: FlaskClient, code: str, **more: str) -> TestResponse:
    return client.post("/sign-in/second", data={"code": code, **more})


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def others(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


@pytest.mark.parametrize("first", [by_password, by_code])
def test_neither_password_nor_code_to_the_number_enters_without_the_app(
    client: FlaskClient, ha: int, first: Callable[[FlaskClient], TestResponse]
) -> None:
    answer = first(client)

    assert (answer.status_code, answer.location) == (303, "/sign-in/second")
    assert client.get_cookie(SESSION_COOKIE) is None
    assert not is_signed_in(client)
    entered = second(client, code_at(clock.now()))
    assert entered.status_code == 303
    assert is_signed_in(client)
    assert client.get_cookie(SECOND_COOKIE) is None


def test_where_one_was_going_is_kept_over_both_steps(client: FlaskClient, ha: int) -> None:
    answer = by_password(client, next="/account/devices")

    assert parse_qs(urlsplit(answer.location).query) == {"next": ["/account/devices"]}
    assert 'value="/account/devices"' in client.get(answer.location).text
    entered = second(client, code_at(clock.now()), next="/account/devices")
    assert entered.location == "/account/devices"


def test_a_form_sent_after_a_sign_in_ended_waits_over_both_steps(
    app: Flask, client: FlaskClient, ha: int
) -> None:
    asked = client.post("/account/password", data={"again": "typed before", "x": "y"})
    found = re.search(r'name="draft" value="([^"]+)"', asked.text)
    assert found is not None

    first = by_password(client, draft=found[1])
    assert first.status_code == 200
    assert f'name="draft" value="{found[1]}"' in first.text
    done = second(client, code_at(clock.now()), draft=found[1])

    assert "Phần bạn vừa gõ còn nguyên" in done.text
    assert 'value="typed before"' in done.text


def test_a_code_that_was_used_enters_nobody_else(app: Flask, client: FlaskClient, ha: int) -> None:
    code = code_at(clock.now())
    by_password(client)
    second(client, code)
    thief = others(app)
    by_password(thief)

    answer = second(thief, code)

    assert answer.status_code == 422
    assert "đã dùng rồi" in answer.text
    assert not is_signed_in(thief)


def test_five_wrong_codes_end_the_step_and_not_the_account(client: FlaskClient, ha: int) -> None:
    by_password(client)
    right = code_at(clock.now())
    wrong = f"{(int(right) + 1) % 10**6:06}"

    left = [second(client, wrong) for _ in range(5)]

    assert ["Còn 4 lần" in left[0].text, "Còn 1 lần" in left[3].text] == [True, True]
    assert "Lượt vào này đã hết" in left[4].text
    assert second(client, right).status_code == 422
    assert not is_signed_in(client)
    by_password(client)
    assert second(client, right).status_code == 303


def test_many_wrong_codes_on_one_account_are_held_up(client: FlaskClient, ha: int) -> None:
    for _ in range(2):
        by_password(client)
        for _ in range(5):
            second(client, "000000")
    by_password(client)

    answer = second(client, code_at(clock.now()))

    assert answer.status_code == 429
    assert "Thử sai hơi nhiều lần" in answer.text
    assert not is_signed_in(client)


def test_nothing_typed_is_asked_for_again_and_no_try_is_lost(client: FlaskClient, ha: int) -> None:
    by_password(client)

    answer = second(client, "")

    assert answer.status_code == 422
    assert "Xin gõ mã." in answer.text


def test_without_a_step_there_is_no_second_page(client: FlaskClient, ha: int) -> None:
    assert client.get("/sign-in/second").location == "/sign-in"
    answer = second(client, code_at(clock.now()))
    assert answer.status_code == 422
    assert not is_signed_in(client)


def test_a_browser_is_known_for_thirty_days_if_ticked_for_its_person_alone(
    app: Flask, client: FlaskClient, ha: int
) -> None:
    by_password(client)
    second(client, code_at(clock.now()), remember="yes")
    client.delete_cookie(SESSION_COOKIE)

    assert by_password(client).location == "/"
    assert is_signed_in(client)
    assert by_password(others(app)).location == "/sign-in/second"
    with transaction(by=COMMAND) as work:
        left = work.session.scalars(select(TrustedDevice)).one().expires_at - work.now
        assert timedelta(days=29, hours=23) < left <= timedelta(days=30)
        work.session.execute(update(TrustedDevice).values(expires_at=work.now))
    client.delete_cookie(SESSION_COOKIE)
    assert by_password(client).location == "/sign-in/second"


def test_a_browser_known_for_one_person_asks_another_for_the_second_thing(
    client: FlaskClient, ha: int
) -> None:
    with transaction(by=COMMAND) as work:
        other = make_person(work, sign_in="tu@goc.example", name="Tú")
        other.password_hash = PASSWORD
        make_factor(work, person=other)
    by_password(client)
    second(client, code_at(clock.now()), remember="yes")

    answer = client.post("/sign-in", data={"sign_in": "tu@goc.example", "password": "demo-goc"})

    assert answer.location == "/sign-in/second"


def test_unticked_the_browser_is_asked_again(client: FlaskClient, ha: int) -> None:
    by_password(client)
    second(client, code_at(clock.now()))

    assert by_password(client).location == "/sign-in/second"


def test_a_recovery_code_enters_once_and_is_told(app: Flask, client: FlaskClient, ha: int) -> None:
    with transaction(by=COMMAND) as work:
        [code, *_] = service.make_recovery_codes(work, person_id=ha, sealer=sealer())
    by_password(client)

    assert second(client, f"{code[:4]}-{code[4:8]} {code[8:]}").status_code == 303

    assert is_signed_in(client)
    with reading() as session:
        told = session.scalars(select(Dispatch.words).order_by(Dispatch.id.desc())).first()
    assert (told or "").startswith("Goc: vua co nguoi vao tai khoan cua ban bang mot ma du phong")
    by_password(client)
    assert second(client, code).status_code == 422


def test_a_password_reset_by_the_number_still_asks_for_the_app(
    client: FlaskClient, ha: int
) -> None:
    client.post("/password/forgotten", data={"sign_in": TYPED})
    client.post("/code", data={"code": last_code()})
    client.post("/password/forgotten/new", data={"password": "moi-tinh", "again": "moi-tinh"})

    answer = client.post("/sign-in", data={"sign_in": TYPED, "password": "moi-tinh"})

    assert answer.location == "/sign-in/second"
    assert not is_signed_in(client)


def test_in_production_a_code_alone_enters_no_office(
    client: FlaskClient, officer: int, production: None
) -> None:
    answer = by_code(client)

    assert answer.status_code == 403
    assert "Việc của bạn không vào bằng mã nhắn tới máy được" in answer.text
    assert client.get_cookie(SESSION_COOKIE) is None
    assert not is_signed_in(client)


def test_in_production_the_holders_password_opens_no_office_of_another_behind_the_phone(
    client: FlaskClient, ha: int, production: None
) -> None:
    pin = passwords.hash_of("2580")
    with transaction(by=COMMAND) as work:
        service.share_phone(work, phone=PHONE, person_id=ha, pin_hash=pin)
        tu_id = service.add_behind(work, phone=PHONE, name="Tú", pin_hash=pin)
        tu = work.session.get_one(Person, tu_id)
        make_officer(work, person=tu)
    by_password(client)

    answer = client.post("/sign-in/person", data={"person": tu.public_id, "pin": "2580"})

    assert answer.status_code == 403
    assert "Việc của bạn không vào bằng mã nhắn tới máy được" in answer.text
    assert not is_signed_in(client)


def test_in_production_a_code_sets_no_password_of_an_office(
    client: FlaskClient, officer: int, production: None
) -> None:
    client.post("/password/forgotten", data={"sign_in": TYPED})
    client.post("/code", data={"code": last_code()})

    answer = client.post(
        "/password/forgotten/new", data={"password": "moi-tinh", "again": "moi-tinh"}
    )

    assert answer.status_code == 403
    assert "xin người vận hành một đường dẫn mới" in answer.text
    with reading() as session:
        assert session.scalars(select(Person.password_hash)).one() == PASSWORD
        assert session.scalars(select(AccountChange)).all() == []


def test_in_production_an_officer_without_a_factor_does_nothing_before_one(
    client: FlaskClient, officer: int, production: None
) -> None:
    assert by_password(client).status_code == 303

    for path in ("/office", "/office/products", "/account", "/account/devices", "/help"):
        assert client.get(path).location == "/account/security", path
    assert "Đặt bước hai trước đã" in client.get("/account/security").text
    assert client.get("/account/security/app").status_code == 200


def test_in_production_an_officer_sets_up_an_app_and_goes_to_work(
    app: Flask, officer: int, production: None
) -> None:
    with transaction(by=COMMAND) as work:
        person = work.session.get_one(Person, officer)
        browser = SignedIn(app, make_sign_in(work, person=person))
        make_sign_in(work, person=person, key="elsewhere")
    text = browser.get("/account/security/app").text
    secret = re.search(r'class="serial">([A-Z2-7 ]+)<', text)
    sealed = re.search(r'name="secret" value="([^"]+)"', text)
    assert secret is not None
    assert sealed is not None
    assert secret[0] in browser.get("/account/security/app").text  # A reload changes nothing.
    code = code_at(clock.now(), secret=secret[1].replace(" ", ""))
    typed = {"name": "Máy của Thảo", "secret": sealed[1]}

    wrong = browser.post("/account/security/app", {**typed, "code": "000000"})
    assert wrong.status_code == 422
    assert secret[0] in wrong.text
    added = browser.post("/account/security/app", {**typed, "code": code})

    assert (added.status_code, added.location) == (303, "/account/security/codes")
    assert browser.get("/office").status_code == 200
    with reading() as session:
        living = session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all()
        assert len(living) == 1  # The device that never showed the app is out.
    codes = browser.post("/account/security/codes").text
    assert len(re.findall(r'class="serial">[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}<', codes)) == 10
    assert 'class="serial">' not in browser.get("/account/security/codes").text


def test_in_production_an_officer_keeps_the_last_factor(
    app: Flask, officer: int, production: None
) -> None:
    with transaction(by=COMMAND) as work:
        person = work.session.get_one(Person, officer)
        factor = make_factor(work, person=person).public_id
        browser = SignedIn(app, make_sign_in(work, person=person))
    path = f"/account/security/factors/{factor}/remove"

    assert "hãy thêm cách khác rồi mới bỏ cách này" in browser.get(path).text
    assert browser.post(path).status_code == 403

    with reading() as session:
        assert len(session.scalars(select(Factor)).all()) == 1


def test_in_the_demo_an_officer_is_offered_a_factor_and_not_held_up(
    client: FlaskClient, officer: int
) -> None:
    assert by_password(client).location == "/office"
    assert client.get("/office").status_code == 200


def long_ago(person_id: int) -> None:
    with transaction(by=COMMAND) as work:
        earlier = work.now - timedelta(minutes=15)
        work.session.execute(
            update(SignIn).where(SignIn.person_id == person_id).values(confirmed_at=earlier)
        )


def browser_of(app: Flask, person_id: int) -> SignedIn:
    with transaction(by=COMMAND) as work:
        person = work.session.get_one(Person, person_id)
        return SignedIn(app, make_sign_in(work, person=person))


def test_after_ten_minutes_adding_asks_for_the_app_again(app: Flask, ha: int) -> None:
    browser = browser_of(app, ha)
    assert browser.get("/account/security/app").status_code == 200
    long_ago(ha)

    asked = browser.get("/account/security/app")

    assert asked.location == "/account/confirm?next=%2Faccount%2Fsecurity%2Fapp"
    sent = {"next": "/account/security/app", "code": "000000"}
    assert browser.post("/account/confirm", sent).status_code == 422
    assert browser.get("/account/security/app").status_code == 303
    done = browser.post("/account/confirm", {**sent, "code": code_at(clock.now())})
    assert done.location == "/account/security/app"
    assert browser.get("/account/security/app").status_code == 200


def test_a_remembered_browser_confirms_nothing(client: FlaskClient, ha: int) -> None:
    by_password(client)
    second(client, code_at(clock.now()), remember="yes")
    by_password(client)

    assert client.get("/account/security/app").status_code == 303
    assert client.get("/account/security").status_code == 200


def test_a_code_to_the_number_adds_no_app_where_there_is_a_password(
    app: Flask, client: FlaskClient
) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in=PHONE)
        person.password_hash = PASSWORD
        owner = SignedIn(app, make_sign_in(work, person=person))
    by_code(client)

    asked = client.get("/account/security/app")

    assert is_signed_in(client)
    assert asked.location == "/account/confirm?next=%2Faccount%2Fsecurity%2Fapp"
    assert 'name="password"' in client.get(asked.location).text
    assert owner.get("/account").status_code == 200


def test_without_a_password_a_code_is_all_one_has_and_enough(
    client: FlaskClient, app: Flask
) -> None:
    with transaction(by=COMMAND) as work:
        make_person(work, sign_in=PHONE)
    by_code(client)

    assert client.get("/account/security/app").status_code == 200


def test_an_act_on_people_waits_for_the_operators_word_with_all_that_was_typed(
    app: Flask, officer: int
) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="an@goc.example", name="An")
        person.password_hash = PASSWORD
        make_officer(work, person=person, role="operator", province_code=None)
        operator = SignedIn(app, make_sign_in(work, person=person, key="an"))
    long_ago(person.id)
    typed = {"name": "Tú", "sign_in": "0913345678", "province": "4", "commune": ""}

    asked = operator.post("/office/people", typed)

    assert asked.status_code == 403
    draft = re.search(r'name="draft" value="([^"]+)"', asked.text)
    assert draft is not None
    with reading() as session:
        assert session.scalar(select(Person).where(Person.name == "Tú")) is None
    wrong = operator.post("/account/confirm", {"password": "wrong", "draft": draft[1]})
    assert wrong.status_code == 422
    done = operator.post("/account/confirm", {"password": "demo-goc", "draft": draft[1]})
    assert 'value="0913345678"' in done.text


def test_somebody_without_password_and_factor_signs_in_anew(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        browser = SignedIn(app, make_sign_in(work, person=make_person(work)))
    [id_] = ids()
    long_ago(id_)

    text = browser.get("/account/confirm?next=/account/security/app").text

    assert 'href="/sign-in/code?next=%2Faccount%2Fsecurity%2Fapp"' in text
    assert browser.post("/account/confirm", {"password": ""}).status_code == 422


def ids() -> list[int]:
    with reading() as session:
        return list(session.scalars(select(Person.id)))


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_confirming_leads_nowhere_else(app: Flask, ha: int, path: str) -> None:
    browser = browser_of(app, ha)

    done = browser.post("/account/confirm", {"next": path, "code": code_at(clock.now())})

    assert done.location == "/"


def test_the_operator_lets_lost_factors_end_and_stops_it(app: Flask, ha: int) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="an@goc.example", name="An")
        make_officer(work, person=person, role="operator", province_code=None)
        operator = SignedIn(app, make_sign_in(work, person=person, key="an"))
    unknown = operator.post(
        "/office/factors", {"sign_in": "an@goc.example", "known_by": "là tôi đây"}
    )
    assert unknown.status_code == 422
    assert "Không có ai đặt bước hai" in unknown.text

    asked = operator.post("/office/factors", {"sign_in": TYPED, "known_by": "gặp mặt"})

    assert asked.location == "/office/factors"
    text = operator.get("/office/factors").text
    change = re.search(r'name="change" value="([^"]+)"', text)
    assert change is not None
    assert "0912 345 678" in text
    assert operator.post("/office/factors/stop", {"change": "0000000000"}).status_code == 409
    assert operator.post("/office/factors/stop", {"change": change[1]}).status_code == 303
    assert "Không ai đang đợi" in operator.get("/office/factors").text


def test_the_owner_sees_on_every_page_that_their_factors_are_to_end(app: Flask, ha: int) -> None:
    browser = browser_of(app, ha)
    with transaction(by=COMMAND) as work:
        service.ask_end_of_factors(work, person_id=ha, known_by="x")

    assert "hoặc thêm hay bỏ bước hai của bạn" in browser.get("/account/security").text
    assert "Bước hai của bạn sẽ được bỏ lúc" in browser.get("/account").text


def test_remembered_browsers_are_forgotten_at_ones_wish(
    app: Flask, client: FlaskClient, ha: int
) -> None:
    by_password(client)
    second(client, code_at(clock.now()), remember="yes")
    browser = browser_of(app, ha)
    assert "1 máy được nhớ trong 30 ngày." in browser.get("/account/security").text

    browser.post("/account/security/devices/forget")

    assert "Không máy nào được nhớ" in browser.get("/account/security").text
    assert by_password(client).location == "/sign-in/second"


def test_the_page_of_factors_asks_little_of_the_database(app: Flask, ha: int) -> None:
    browser = browser_of(app, ha)

    with counted_statements() as asked:
        browser.get("/account/security")

    assert len(asked) == 7  # Who asks: three; then factors, codes, browsers, what waits.


def test_whoever_runs_the_machine_lets_an_operators_lost_factors_end(app: Flask, ha: int) -> None:
    run = app.test_cli_runner().invoke

    nobody = run(args=["people", "end-factors", "0987654321", "--known-by", "x"])
    done = run(args=["people", "end-factors", TYPED, "--known-by", "gặp mặt"])

    assert nobody.exit_code == 1
    assert done.exit_code == 0
    with reading() as session:
        change = session.scalars(select(AccountChange)).one()
        assert done.output == f"{change.due_at:%Y-%m-%dT%H:%MZ}\n"
        assert change.due_at - change.asked_at == timedelta(hours=24)
