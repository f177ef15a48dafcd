import pytest
from flask import Flask
from sqlalchemy import update

from accounts.models import SignIn
from accounts.second_rules import CONFIRMED_FOR
from core.work import COMMAND, transaction
from tests.makers import make_officer, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn


@pytest.fixture
def operator(app: Flask) -> SignedIn:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="an@goc.example", name="An")
        make_officer(work, person=person, role="operator", province_code=None)
        return SignedIn(app, make_sign_in(work, person=person, key="an"))


@pytest.fixture
def officer(app: Flask) -> tuple[SignedIn, str]:
    """Lan, officer of the province, and her public id."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="lan@goc.example", name="Lan")
        make_officer(work, person=person)
        return SignedIn(app, make_sign_in(work, person=person, key="lan")), person.public_id


def test_an_officer_is_invited_by_the_name_of_the_commune(operator: SignedIn) -> None:
    typed = {"name": "Thảo", "sign_in": "0912345678", "province": "4", "commune": "nguyen binh"}

    text = operator.post("/office/people", typed).text

    assert "Đã giao địa bàn cho Thảo" in text
    assert "https://goc.example/password/" in text
    assert "Xã Nguyên Bình, Cao Bằng" in text
    assert "0912 345 678 · chưa đặt mật khẩu" in text
    again = operator.get("/office/people").text
    assert "/password/" not in again


def test_an_unknown_commune_is_said_beside_its_field(operator: SignedIn) -> None:
    typed = {"name": "Thảo", "sign_in": "0912345678", "province": "4", "commune": "Hoàn Kiếm"}

    answer = operator.post("/office/people", typed)

    assert answer.status_code == 422
    assert 'id="commune-error">Không thấy đúng một xã' in answer.text
    assert 'value="Hoàn Kiếm"' in answer.text
    assert "Chưa có cán bộ nào" in answer.text


def test_an_officer_who_moves_loses_the_queue_at_the_next_request(
    operator: SignedIn, officer: tuple[SignedIn, str]
) -> None:
    browser, public_id = officer
    assert browser.get("/office/products").status_code == 200

    operator.post(f"/office/people/{public_id}/end", {"area": "4"})

    assert browser.get("/office/products").status_code == 403


@pytest.mark.parametrize("path", ["/end", "/deputy"])
def test_an_operator_not_asked_for_long_changes_no_area(
    operator: SignedIn, officer: tuple[SignedIn, str], path: str
) -> None:
    browser, public_id = officer
    with transaction(by=COMMAND) as work:
        earlier = work.now - CONFIRMED_FOR
        work.session.execute(update(SignIn).values(confirmed_at=earlier))
    typed = {"area": "4", "deputy": "an@goc.example", "starts_on": "1/1/2030"}

    answer = operator.post(f"/office/people/{public_id}{path}", {**typed, "until_on": "2/1/2030"})

    assert answer.status_code == 403
    assert 'href="/sign-in/code">Vào lại bằng mã</a>' in answer.text  # All an operator here has.
    assert browser.get("/office/products").status_code == 200


def test_a_deputy_is_named_for_days_in_order(
    operator: SignedIn, officer: tuple[SignedIn, str]
) -> None:
    url = f"/office/people/{officer[1]}/deputy"
    days = {"area": "4", "starts_on": "2/1/2030", "until_on": "1/1/2030"}

    backwards = operator.post(url, {**days, "deputy": "an@goc.example"})
    unknown = operator.post(url, {**days, "until_on": "9/1/2030", "deputy": "x@goc.example"})

    assert 'id="until_on-error">Ngày cuối phải từ ngày đầu trở đi.' in backwards.text
    assert 'id="deputy-error">Không có ai khác đăng nhập bằng tên này.' in unknown.text
    assert "xem thay từ" not in operator.get("/office/people").text


def test_a_deputy_is_ended_before_the_last_day_and_the_officer_stays(
    app: Flask, operator: SignedIn, officer: tuple[SignedIn, str]
) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="sua@goc.example", name="Sửa")
        person.password_hash = "hash"
        browser = SignedIn(app, make_sign_in(work, person=person, key="sua"))
        deputy = person.public_id
    days = {"area": "4", "starts_on": "1/1/2020", "until_on": "1/1/2099"}
    operator.post(f"/office/people/{officer[1]}/deputy", {**days, "deputy": "sua@goc.example"})
    assert browser.get("/office/products").status_code == 200
    assert operator.get("/office/people").text.count("Thôi xem thay</button>") == 1

    operator.post(f"/office/people/{deputy}/end", {"area": "4", "stands_in": "1"})

    assert browser.get("/office/products").status_code == 403
    assert officer[0].get("/office/products").status_code == 200
    assert "Thôi xem thay" not in operator.get("/office/people").text


def test_officers_do_not_appoint_and_the_page_asks_little(
    operator: SignedIn, officer: tuple[SignedIn, str]
) -> None:
    assert officer[0].get("/office/people").status_code == 403
    with counted_statements() as asked:
        assert "Officers and their areas" in operator.get("/office/people?lang=en").text
    assert len(asked) <= 5, asked
