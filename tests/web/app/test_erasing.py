"""`/account/privacy/erase`: what goes and what stays is said first; a week to change one's mind."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Erasure, Person
from accounts.purposes import TEXTS, Purpose
from accounts.service import agree
from accounts.service.erasing import ERASURE_WAITS
from app.erasing import erase_due
from app.personal import HELD
from core import clock
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_person, make_sign_in
from tests.web.signed_in import SignedIn

ERASE = "/account/privacy/erase"


@pytest.fixture
def person_id(app: Flask) -> int:
    with transaction(by=COMMAND) as work:
        ha = make_person(work)
        make_sign_in(work, person=ha, key="here")
        make_sign_in(work, person=ha, key="there")
        return ha.id


@pytest.fixture
def browser(app: Flask, person_id: int) -> SignedIn:
    return SignedIn(app, "here")


def outcomes() -> list[str | None]:
    with reading() as session:
        return list(session.scalars(select(Erasure.outcome)))


def test_the_page_says_line_by_line_what_goes_and_what_the_law_keeps(browser: SignedIn) -> None:
    page = browser.get(ERASE).text

    for line in HELD:
        assert line.title in page
    assert "Ít nhất 12 tháng, từ lúc thôi bán:" in page
    assert "Luật 122/2025 và Nghị định 248/2026" in page


def test_without_the_tick_nothing_is_asked_for(browser: SignedIn) -> None:
    answer = browser.post(ERASE)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert outcomes() == []


def test_every_device_can_keep_the_account(app: Flask, browser: SignedIn) -> None:
    assert browser.post(ERASE, {"sure": "yes"}).status_code == 303
    other = SignedIn(app, "there")
    for path in ("/account", "/account/privacy", ERASE):
        assert "Giữ lại tài khoản" in other.get(path).text

    assert other.post("/account/privacy/keep").status_code == 303

    assert outcomes() == ["stopped"]
    assert "Giữ lại tài khoản" not in browser.get("/account").text
    assert other.post("/account/privacy/keep").status_code == 409


def test_asking_twice_is_refused_with_its_sentence(browser: SignedIn) -> None:
    browser.post(ERASE, {"sure": "yes"})

    assert browser.post(ERASE, {"sure": "yes"}).status_code == 409
    assert outcomes() == [None]


def test_the_only_director_is_told_whom_to_hand_over_to_first(
    app: Flask, browser: SignedIn, person_id: int
) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        ha = work.session.get_one(Person, person_id)
        make_member(work, enterprise=enterprise, person=ha)
        mai = make_person(work, sign_in="mai@goc.example", name="Mai")
        make_member(work, enterprise=enterprise, person=mai, role="seller")
        public_id = enterprise.public_id

    page = browser.get(ERASE).text
    answer = browser.post(ERASE, {"sure": "yes", "close": public_id})

    assert "người đứng đầu duy nhất của Mẫu – Lò rèn Hà" in page
    assert 'href="/manage/people"' in page
    assert 'name="sure"' not in page
    assert 'name="close"' not in page
    assert answer.status_code == 409
    assert outcomes() == []


def test_after_the_week_nobody_comes_in_any_more(
    browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post(ERASE, {"sure": "yes"})
    in_a_week = clock.now() + ERASURE_WAITS
    monkeypatch.setattr(clock, "now", lambda: in_a_week)

    erase_due()

    answer = browser.get("/account")
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")
    assert outcomes() == ["done"]


def test_an_agreement_is_shown_with_its_version_and_withdrawn(
    browser: SignedIn, person_id: int
) -> None:
    with transaction(by=COMMAND) as work:
        agree(work, person_id=person_id, purpose=Purpose.SHOW_PHONE)
        agree(work, person_id=person_id, purpose=Purpose.ACCOUNT)
    page = browser.get("/account/privacy").text
    for text in TEXTS.values():
        assert text.title in page
        assert text.words in page
    assert page.count("theo bản 1") == 2
    assert page.count('name="purpose"') == 1

    assert browser.post("/account/privacy/purposes", {"purpose": "show_phone"}).status_code == 303
    assert browser.post("/account/privacy/purposes", {"purpose": "account"}).status_code == 404
    assert browser.post("/account/privacy/purposes", {"purpose": "anything"}).status_code == 200

    page = browser.get("/account/privacy").text
    assert page.count("theo bản 1") == 1
    assert "Bạn chưa đồng ý." in page


def test_the_page_of_erasing_asks_the_database_little(
    browser: SignedIn, statements: Callable[[], list[str]]
) -> None:
    before = len(statements())
    browser.get(ERASE)

    asked = [one for one in statements()[before:] if not one.startswith(("BEGIN", "ROLLBACK"))]
    assert len(asked) <= 5
