"""The first factor of somebody who comes in by codes alone, and what asks for a factor again."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from accounts.models import Erasure, Person, Proof, SignIn
from accounts.tasks import apply_changes
from core import clock
from core.work import COMMAND, reading, transaction
from tests.factors import code_at, give_app
from tests.makers import make_person, make_sign_in
from tests.web.signed_in import SignedIn

APP, NUMBER, ERASE = "/account/security/app", "/account/number", "/account/privacy/erase"


@pytest.fixture
def ha(app: Flask) -> int:
    """Hà, without a password, signed in on two devices."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="+84912345678")
        make_sign_in(work, person=person, key="here")
        make_sign_in(work, person=person, key="there")
        return person.id


@pytest.fixture
def guarded(app: Flask, ha: int) -> SignedIn:
    """One of her devices, when she has an app and showed it long ago."""
    with transaction(by=COMMAND) as work:
        give_app(work, work.session.get_one(Person, ha))
        work.session.execute(update(SignIn).values(confirmed_at=work.now - timedelta(minutes=10)))
    return SignedIn(app, "here")


def add_app(browser: SignedIn) -> str:
    """Add the app the page draws; where the answer leads."""
    text = browser.get(APP).text
    found = re.search(r"secret=([A-Z2-7]{32})", text)
    sealed = re.search(r'name="secret" value="([^"]+)"', text)
    assert found is not None
    assert sealed is not None
    code = code_at(clock.now(), secret=found[1])
    answer = browser.post(APP, {"name": "Máy lạ", "secret": sealed[1], "code": code})
    assert answer.status_code == 303
    return answer.location


def test_it_waits_and_the_other_device_stops_it_with_one_tap(app: Flask, ha: int) -> None:
    here, there = SignedIn(app, "here"), SignedIn(app, "there")

    assert add_app(here) == "/account/security"

    asked = here.get("/account/security").text
    assert "Bước hai bạn vừa thêm đang chờ" in asked
    assert "Chưa đặt bước hai" in asked
    seen = there.get("/account").text
    assert "Bước hai mới có hiệu lực lúc" in seen
    change = re.search(r'name="change" value="([^"]+)"', seen)
    assert change is not None
    assert there.post("/account/changes/stop", {"change": change[1]}).location == "/account"
    assert "đang chờ" not in here.get("/account/security").text
    assert there.get("/account").status_code == 200


def test_after_three_days_both_devices_come_in_by_it(
    app: Flask, ha: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = SignedIn(app, "here"), SignedIn(app, "there")
    add_app(here)
    later = clock.now() + timedelta(hours=72)
    monkeypatch.setattr(clock, "now", lambda: later)

    apply_changes()

    assert here.get("/account").status_code == 303
    assert there.get("/account").status_code == 303


def test_on_the_only_device_it_is_added_and_leads_to_the_recovery_codes(
    app: Flask, ha: int
) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(update(SignIn).values(expires_at=work.now))
        person = work.session.get_one(Person, ha)
        make_sign_in(work, person=person, key="only")

    assert add_app(SignedIn(app, "only")) == "/account/security/codes"


@pytest.mark.parametrize("path", [NUMBER, "/account/number/codes", ERASE])
def test_after_ten_minutes_the_page_asks_for_the_app_again(guarded: SignedIn, path: str) -> None:
    answer = guarded.get(path)

    assert answer.status_code == 303
    assert answer.location.startswith("/account/confirm?next=")


def test_an_old_page_moves_no_number_and_erases_nothing(guarded: SignedIn) -> None:
    moved = guarded.post(NUMBER, {"sign_in": "0987 654 321", "old": "lost"})
    typed = guarded.post("/account/number/codes", {"code": "123456"})
    erased = guarded.post(ERASE, {"sure": "yes"})

    assert [one.status_code for one in (moved, typed, erased)] == [403, 403, 403]
    assert 'name="draft"' in erased.text  # What was typed is kept for after.
    with reading() as session:
        assert session.scalars(select(Proof)).all() == []
        assert session.scalars(select(Erasure)).all() == []


def test_the_app_shown_again_opens_both(guarded: SignedIn) -> None:
    shown = {"next": ERASE, "code": code_at(clock.now())}
    assert guarded.post("/account/confirm", shown).location == ERASE

    assert guarded.get(NUMBER).status_code == 200
    assert guarded.post(ERASE, {"sure": "yes"}).status_code == 303

    with reading() as session:
        assert session.scalars(select(Erasure.outcome)).all() == [None]


def test_whoever_has_no_factor_is_not_asked_for_one_they_cannot_show(app: Flask, ha: int) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(update(SignIn).values(confirmed_at=None))
    browser = SignedIn(app, "here")

    assert browser.get(NUMBER).status_code == 200
    assert browser.get(ERASE).status_code == 200
