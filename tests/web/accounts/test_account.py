import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from accounts import passwords, queries, service
from accounts.devices import device_of
from accounts.hashing import hash_of_secret
from accounts.models import Person, SignIn
from accounts.tasks import apply_changes
from core import clock
from core.dispatch.models import Dispatch
from core.work import COMMAND, reading, transaction
from tests.makers import make_person, make_sign_in
from tests.web.accounts.test_entering import PASSWORD, PHONE, last_code
from tests.web.signed_in import SignedIn


@pytest.fixture
def person_id(app: Flask) -> int:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in=PHONE)
        person.password_hash = PASSWORD
        make_sign_in(work, person=person, key="here")
        make_sign_in(work, person=person, key="there")
        return person.id


@pytest.fixture
def browser(app: Flask, person_id: int) -> SignedIn:
    return SignedIn(app, "here")


def living() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(SignIn.key_hash).where(SignIn.ended_at.is_(None))))


def sign_in_name(person_id: int) -> str | None:
    with reading() as session:
        return session.get_one(Person, person_id).sign_in


def test_the_account_says_what_there_is(browser: SignedIn) -> None:
    page = browser.get("/account")

    assert page.status_code == 200
    assert "0912 345 678" in page.text
    for path in ("number", "phone", "password", "devices"):
        assert f'href="/account/{path}"' in page.text


def test_a_device_is_signed_out_from_another(browser: SignedIn) -> None:
    page = browser.get("/account/devices").text
    assert page.count('name="device"') == 1
    device = hash_of_secret("there")[:20]

    answer = browser.post("/account/devices/out", {"device": device})

    assert answer.status_code == 303
    assert living() == [hash_of_secret("here")]


def test_everywhere_else_is_signed_out_at_once(app: Flask, browser: SignedIn) -> None:
    browser.post("/account/devices/out-everywhere")

    assert living() == [hash_of_secret("here")]
    assert SignedIn(app, "there").get("/account").status_code == 303


def test_nobody_signs_out_a_device_of_somebody_else(app: Flask, browser: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        stranger = make_person(work, sign_in="mai@goc.example", name="Mai")
        make_sign_in(work, person=stranger, key="hers")

    browser.post("/account/devices/out", {"device": hash_of_secret("hers")[:20]})
    browser.post("/account/devices/out", {"device": "%"})

    assert len(living()) == 3


def test_a_password_is_changed_by_the_old_one(browser: SignedIn, person_id: int) -> None:
    new = {"password": "mot hai ba bon", "again": "mot hai ba bon"}
    wrong = browser.post("/account/password", {**new, "current": "khong phai"})
    assert wrong.status_code == 422
    assert "Mật khẩu cũ chưa đúng." in wrong.text

    browser.post("/account/password", {**new, "current": "demo-goc"})

    with reading() as session:
        stored = queries.password_hash_of(session, person_id)
    assert passwords.is_right("mot hai ba bon", stored)
    assert living() == [hash_of_secret("here")]


def test_the_old_password_is_not_guessed_here(browser: SignedIn, person_id: int) -> None:
    typed = {"password": "mot hai ba bon", "again": "mot hai ba bon"}
    for guess in range(10):
        wrong = browser.post("/account/password", {**typed, "current": f"khong phai {guess}"})
        assert wrong.status_code == 422

    answer = browser.post("/account/password", {**typed, "current": "demo-goc"})

    assert answer.status_code == 429
    assert "Thử sai hơi nhiều lần." in answer.text
    with reading() as session:
        assert queries.password_hash_of(session, person_id) == PASSWORD


def test_without_the_old_one_it_waits_and_every_device_can_stop_it(
    app: Flask, browser: SignedIn, person_id: int
) -> None:
    browser.post("/account/password", {"password": "mot hai ba bon", "again": "mot hai ba bon"})
    assert len(living()) == 2
    other = SignedIn(app, "there")
    page = other.get("/account").text
    assert "Có thay đổi đang chờ" in page
    with reading() as session:
        [change] = queries.waiting_changes(session, person_id)

    other.post("/account/changes/stop", {"change": change.public_id})

    assert "Có thay đổi đang chờ" not in other.get("/account").text
    apply_changes()
    with reading() as session:
        assert queries.password_hash_of(session, person_id) == PASSWORD


def test_a_phone_is_shared_with_a_pin_for_each(browser: SignedIn, person_id: int) -> None:
    without = browser.post("/account/phone", {"name": "Tú", "pin": "2580"})
    assert without.status_code == 422
    assert "Xin đặt cả mã PIN cho chính bạn." in without.text
    easy = browser.post("/account/phone", {"name": "Tú", "pin": "1234", "own_pin": "1379"})
    assert "Mã này ai cũng đoán được." in easy.text

    browser.post("/account/phone", {"name": "Tú", "pin": "2580", "own_pin": "1379"})

    page = browser.get("/account/phone").text
    assert "Tú" in page
    assert 'name="own_pin"' not in page
    with reading() as session:
        assert [one.has_pin for one in queries.people_behind(session, PHONE)] == [True, True]


def test_an_address_is_called_an_address_and_a_number_a_number(
    app: Flask, browser: SignedIn
) -> None:
    with transaction(by=COMMAND) as work:
        make_sign_in(work, person=make_person(work, sign_in="lan@goc.example"), key="lan")

    by_mail = SignedIn(app, "lan").get("/account/phone").text

    assert "Người dùng chung địa chỉ lan@goc.example" in by_mail
    assert "Người dùng chung số" in browser.get("/account/phone").text


def test_what_only_script_can_do_says_so_without_it(browser: SignedIn) -> None:
    page = browser.get("/account/security").text

    assert '<a class="btn quiet needs-script" href="/account/security/passkey">' in page
    assert "<noscript><p" in page
    assert "chỉ thêm được khi trình duyệt bật JavaScript" in page


def test_the_holder_sets_a_forgotten_pin_and_takes_people_off(
    browser: SignedIn, person_id: int
) -> None:
    browser.post("/account/phone", {"name": "Tú", "pin": "2580", "own_pin": "1379"})
    with reading() as session:
        tu = queries.people_behind(session, PHONE)[1].public_id
        ha = queries.people_behind(session, PHONE)[0].public_id
    assert browser.post("/account/phone/pin", {"person": tu, "pin": "8520"}).status_code == 303

    assert browser.post("/account/phone/off", {"person": ha}).status_code == 404
    assert browser.post("/account/phone/off", {"person": tu}).status_code == 303

    with reading() as session:
        assert [one.name for one in queries.people_behind(session, PHONE)] == ["Hà"]


def test_whoever_shares_anothers_phone_does_not_manage_it(app: Flask, person_id: int) -> None:
    with transaction(by=COMMAND) as work:
        tu = service.add_behind(work, phone=PHONE, name="Tú", pin_hash="x")
        make_sign_in(work, person=work.session.get_one(Person, tu), key="tu")

    page = SignedIn(app, "tu").get("/account/phone")

    assert page.status_code == 403
    assert "Bạn dùng chung máy của người khác" in page.text


def test_a_number_moves_at_once_by_both_codes(browser: SignedIn, person_id: int) -> None:
    browser.post("/account/number", {"sign_in": "0987 654 321", "old": "here"})
    page = browser.get("/account/number/codes").text
    assert "0987 654 321" in page
    assert 'name="old_code"' in page
    old_code = last_code()
    new_code = _code_of("+84987654321")

    wrong = browser.post("/account/number/codes", {"code": new_code, "old_code": "1"})
    assert wrong.status_code == 422
    assert sign_in_name(person_id) == PHONE
    browser.post("/account/number/codes", {"code": new_code, "old_code": old_code})

    assert sign_in_name(person_id) == "+84987654321"


def test_a_lost_number_moves_after_three_days(
    browser: SignedIn, person_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post("/account/number", {"sign_in": "0987 654 321", "old": "lost"})
    browser.post("/account/number/codes", {"code": last_code()})
    assert sign_in_name(person_id) == PHONE
    assert "Tài khoản chuyển sang 0987 654 321" in browser.get("/account").text
    later = clock.now() + timedelta(hours=72)
    monkeypatch.setattr(clock, "now", lambda: later)

    apply_changes()

    assert sign_in_name(person_id) == "+84987654321"


def _code_of(target: str) -> str:
    with reading() as session:
        words = session.scalars(select(Dispatch.words).where(Dispatch.target == target)).one()
    found = re.search(r"\d{6}", words or "")
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 14; SM-A155F) Chrome/142.0 Mobile Safari/537.36",
         "Android, Chrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
         "iPhone, Safari"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Windows, Edge"),
        ("", ""),
        ("curl/8", ""),
    ],
)  # fmt: skip
def test_a_device_is_called_by_machine_and_browser(agent: str, words: str) -> None:
    assert device_of(agent) == words
