"""Activating from a strange device: a second member agrees, or one's own code does."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.errors import CodeDead
from accounts.here import hash_of_browser
from accounts.models import EnterpriseDevice, Factor, Person
from core.dispatch.models import Dispatch
from core.work import COMMAND, reading, transaction
from tests.askings import make_device
from tests.makers import make_consent, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn
from tests.web.traceability.manage_cast import Cast
from traceability.models import ActivationAsking, StampAct

LOT = "/manage/stamps/activate"
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/142.0 Mobile Safari/537.36"}


def person_id(sign_in: str) -> int:
    with reading() as session:
        return session.scalars(select(Person.id).where(Person.sign_in == sign_in)).one()


def know(cast: Cast, browser: SignedIn, sign_in: str) -> None:
    """Let a browser have come with somebody two days ago."""
    mark = f"mark of {sign_in}"
    browser.client.set_cookie("goc_browser", mark)
    with transaction(by=COMMAND) as work:
        person = work.session.get_one(Person, person_id(sign_in))
        make_device(work, enterprise=cast.ours, person=person, browser_hash=hash_of_browser(mark))


def all_stuck(cast: Cast, browser: SignedIn) -> str:
    fields = {"lot": cast.lot.public_id, "how": "all"}
    answer = browser.post(LOT, fields, headers=PHONE)
    assert answer.status_code == 303
    return answer.location


def test_on_the_first_day_any_device_activates_and_is_noted(cast: Cast) -> None:
    batch = cast.batch(10)

    assert all_stuck(cast, cast.warehouse).startswith("/manage/stamp-acts/")

    assert cast.by_state(batch) == {"active": 10}
    with reading() as session:
        [device] = session.scalars(select(EnterpriseDevice)).all()
    assert (device.person_id, device.device) == (person_id("kho@goc.example"), "Android, Chrome")
    assert device.known_at - device.since_at == timedelta(days=1)
    cookie = cast.warehouse.client.get_cookie("goc_browser")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.value not in device.browser_hash


@pytest.fixture
def known(cast: Cast) -> Cast:
    """The director's browser is known; the others' are not."""
    know(cast, cast.director, "ha@goc.example")
    return cast


def test_a_strange_device_asks_and_the_known_one_agrees(known: Cast) -> None:
    batch = known.batch(10)
    asked = all_stuck(known, known.warehouse)

    assert asked.startswith("/manage/activations/")
    assert known.by_state(batch) == {"printed": 10}
    page = known.warehouse.get(asked).text
    assert "Bạn báo đã dán 10 tem, còn chờ đồng ý" in page
    assert "Gọi cho Ha:" in page
    assert "Kích hoạt 10 tem" not in page
    assert known.warehouse.post(f"{asked}/confirm").status_code == 403
    assert "1 lần kích hoạt chờ người thứ hai" in known.director.get("/manage").text
    shown = known.director.get(asked).text
    for words in ("Kho", "Android, Chrome", "1–10", "Đồng ý, kích hoạt 10 tem", "Từ chối"):
        assert words in shown

    done = known.director.post(f"{asked}/confirm")

    assert done.location.startswith("/manage/stamp-acts/")
    assert known.by_state(batch) == {"active": 10}
    assert "Ha đã đồng ý" in known.warehouse.get(asked).text
    assert known.director.post(f"{asked}/refuse").status_code == 409


def test_a_no_activates_nothing_and_the_device_counts_no_more(known: Cast) -> None:
    batch = known.batch(10)
    asked = all_stuck(known, known.warehouse)

    assert known.director.post(f"{asked}/refuse").status_code == 303

    assert known.by_state(batch) == {"printed": 10}
    assert "Ha đã từ chối" in known.warehouse.get(asked).text
    with reading() as session:
        ended = select(EnterpriseDevice).where(EnterpriseDevice.ended_at.is_not(None))
        assert session.scalars(ended).one().person_id == person_id("kho@goc.example")


def test_a_no_to_a_program_says_nothing_of_a_device(known: Cast) -> None:
    known.batch(10)
    asked = all_stuck(known, known.warehouse)
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(ActivationAsking)).one().program = "Sổ kho"

    known.director.post(f"{asked}/refuse")

    shown = known.director.get(asked).text
    assert "Ha đã từ chối" in shown
    assert "Không tem nào được kích hoạt." in shown
    assert "máy đã xin" not in shown
    assert "bảo Kho thu hồi ở trang Tài khoản" in shown


def test_the_asker_takes_it_back(known: Cast) -> None:
    known.batch(10)
    asked = all_stuck(known, known.warehouse)

    assert known.director.post(f"{asked}/withdraw").status_code == 409
    assert known.warehouse.post(f"{asked}/withdraw").status_code == 303

    assert "Kho đã rút lại" in known.warehouse.get(asked).text


def test_a_device_known_by_now_ends_its_own_asking(known: Cast) -> None:
    batch = known.batch(10)
    asked = all_stuck(known, known.warehouse)
    know(known, known.warehouse, "kho@goc.example")

    assert "bạn tự kích hoạt được" in known.warehouse.get(asked).text
    known.warehouse.post(f"{asked}/confirm")

    assert known.by_state(batch) == {"active": 10}
    assert "Kho đã tự kích hoạt trên một máy quen" in known.warehouse.get(asked).text


def test_who_is_alone_lets_the_new_phone_in_by_a_code(app: Flask, cast: Cast) -> None:
    with transaction(by=COMMAND) as work:  # The only known browser is the asker's own old one.
        old = work.session.get_one(Person, person_id("ha@goc.example"))
        make_device(work, enterprise=cast.ours, person=old)
    batch = cast.batch(10)
    asked = all_stuck(cast, cast.director)
    page = cast.director.get(asked).text
    assert f'href="/manage/devices?next={asked}"' in page

    sent = cast.director.post("/manage/devices/code", {"next": asked})
    assert sent.status_code == 303
    assert "Mã gửi tới ha@goc.example" in cast.director.get("/manage/devices").text
    with reading() as session:
        words = session.scalars(select(Dispatch.words)).one() or ""
    code = words.split(" là mã")[0][-6:]
    wrong = "000000" if code != "000000" else "111111"
    assert cast.director.post("/manage/devices/known", {"code": wrong}).status_code == 422
    let_in = cast.director.post("/manage/devices/known", {"code": code, "next": asked})

    assert let_in.location == asked
    cast.director.post(f"{asked}/confirm")
    assert cast.by_state(batch) == {"active": 10}


def test_a_code_that_came_to_somebody_else_lets_no_device_in(cast: Cast) -> None:
    with transaction(by=COMMAND) as work:  # Of each the old browser alone is known.
        for person in ("ha@goc.example", "lan@goc.example"):
            owner = work.session.get_one(Person, person_id(person))
            enterprise = cast.ours if person.startswith("ha") else cast.theirs
            make_device(work, enterprise=enterprise, person=owner)
    cast.stranger.post("/manage/devices/code")
    proof = cast.stranger.client.get_cookie("goc_proof")
    assert proof is not None
    with reading() as session:
        words = session.scalars(select(Dispatch.words)).one() or ""
    code = words.split(" là mã")[0][-6:]

    cast.director.client.set_cookie("goc_proof", proof.value)  # Whoever has Hà's password alone.
    refused = cast.director.post("/manage/devices/known", {"code": code})

    assert refused.status_code == CodeDead.status
    cast.batch(10)
    assert all_stuck(cast, cast.director).startswith("/manage/activations/")
    assert cast.stranger.post("/manage/devices/known", {"code": code}).status_code == 303


def test_a_helper_lets_no_device_in_and_reads_whom_to_ask(cast: Cast) -> None:
    with transaction(by=COMMAND) as work:  # Of the household no device counts any more.
        ha = work.session.get_one(Person, person_id("ha@goc.example"))
        make_device(work, enterprise=cast.ours, person=ha).ended_at = work.now
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        make_consent(work, enterprise=cast.ours, helper=helper)
        make_sign_in(work, person=helper, enterprise=cast.ours, key="minh")
    cast.batch(10)
    browser = cast.browser("minh")

    asked = all_stuck(cast, browser)

    assert asked.startswith("/manage/activations/")
    page = browser.get(asked).text
    assert "Nhờ người của đơn vị" in page
    assert "Nhận máy này" not in page
    assert browser.post("/manage/devices/code").status_code == 409
    with reading() as session:
        assert session.scalars(select(Dispatch)).all() == []


def test_where_another_could_agree_no_code_is_sent(known: Cast) -> None:
    assert known.warehouse.post("/manage/devices/code").status_code == 409
    assert known.warehouse.post("/manage/devices/known", {"code": "1"}).status_code == 409
    assert "Ha mở Gốc trên máy quen" in known.warehouse.get("/manage/devices").text
    with reading() as session:
        assert session.scalars(select(Dispatch)).all() == []


def add_factor(cast: Cast, *, days: int) -> None:
    """Let the director have a known browser elsewhere, and have had an app for so many days."""
    with transaction(by=COMMAND) as work:
        ha = work.session.get_one(Person, person_id("ha@goc.example"))
        make_device(work, enterprise=cast.ours, person=ha)
        factor = {"kind": "totp", "name": "App", "sealed": "x", "fingerprint": "f", "last_step": 0}
        added_at = work.now - timedelta(days=days)
        work.session.add(Factor(public_id="F" * 10, person_id=ha.id, added_at=added_at, **factor))


def test_a_factor_added_today_does_not_spare_the_code(cast: Cast) -> None:
    add_factor(cast, days=0)

    assert cast.director.post("/manage/devices/known").status_code == 422

    assert "Gửi mã" in cast.director.get("/manage/devices").text
    cast.batch(10)
    assert all_stuck(cast, cast.director).startswith("/manage/activations/")


def test_a_second_factor_takes_the_place_of_the_code(cast: Cast) -> None:
    add_factor(cast, days=2)

    assert cast.director.post("/manage/devices/code").status_code == 409
    let_in = cast.director.post("/manage/devices/known")  # They have just shown the factor.

    assert let_in.location == "/manage/devices"
    cast.batch(10)
    assert all_stuck(cast, cast.director).startswith("/manage/stamp-acts/")


def test_a_device_that_is_no_longer_ours_counts_no_more(known: Cast) -> None:
    with reading() as session:
        device = session.scalars(select(EnterpriseDevice)).one()

    for _ in range(2):  # A form sent twice is one.
        ended = known.director.post(f"/manage/devices/{device.public_id}/end")
        assert ended.location == "/manage/devices"

    known.batch(10)
    assert all_stuck(known, known.director).startswith("/manage/activations/")


def test_the_pages_hold_their_budgets(known: Cast) -> None:
    known.batch(10)
    asked = all_stuck(known, known.warehouse)

    with counted_statements() as one:
        known.director.get(asked)
    with counted_statements() as many:
        known.director.get("/manage/activations")
    with counted_statements() as devices:
        known.director.get("/manage/devices")

    assert (len(one) <= 15, len(many) <= 12, len(devices) <= 8) == (True, True, True)


def test_stamps_are_asked_for_once(known: Cast) -> None:
    known.batch(10)
    first = all_stuck(known, known.warehouse)

    assert all_stuck(known, known.warehouse) == first
    with reading() as session:
        assert len(session.scalars(select(ActivationAsking)).all()) == 1
        assert session.scalars(select(StampAct)).all() == []
