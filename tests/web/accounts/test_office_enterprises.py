import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Enterprise, EnterpriseReview, Person
from core.slugs import slug_of
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_enterprise,
    make_member,
    make_officer,
    make_person,
    make_product,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn


@pytest.fixture
def officer(app: Flask) -> SignedIn:
    """Lan, officer of the province."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="lan@goc.example", name="Lan")
        make_officer(work, person=person)
        return SignedIn(app, make_sign_in(work, person=person, key="lan"))


@pytest.fixture
def waiting(app: Flask) -> str:
    """A smithy of Cao Bằng that sent who it is; its public id."""
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        enterprise.state, enterprise.submitted_at = "submitted", work.now
        make_product(work, enterprise=enterprise)
        return enterprise.public_id


def state() -> str:
    with reading() as session:
        return session.scalars(select(Enterprise.state)).one()


def test_an_enterprise_waits_is_verified_and_buyers_read_what_was_compared(
    officer: SignedIn, waiting: str, client: FlaskClient
) -> None:
    url = f"/office/enterprises/{waiting}"
    assert url in officer.get("/office").text
    assert "1 người bán chờ đối chiếu" in officer.get("/office/enterprises").text
    assert officer.get(url).text.count('name="looked_at"') == 3

    answer = officer.post(f"{url}/verify", {"version": "1", "looked_at": ["seller", "place"]})

    assert answer.location == url
    assert "Được bán hàng" in officer.get(url).text
    with reading() as session:
        enterprise = session.scalars(select(Enterprise)).one()
        page = client.get(f"/producers/{slug_of(enterprise.name, enterprise.slug_key)}").text
    assert "Tỉnh đã đối chiếu ngày" in page
    assert "nơi làm, người bán. Không kiểm chất lượng hàng." in page
    assert "Không có người bán nào chờ" in officer.get("/office/enterprises").text


def test_verifying_and_returning_say_what_and_why(officer: SignedIn, waiting: str) -> None:
    url = f"/office/enterprises/{waiting}"

    unseen = officer.post(f"{url}/verify", {"version": "1"})
    mute = officer.post(f"{url}/return", {"version": "1"})
    stale = officer.post(f"{url}/verify", {"version": "9", "looked_at": "seller"})

    assert [unseen.status_code, mute.status_code, stale.status_code] == [422, 422, 409]
    assert 'id="looked_at-error">Xin đánh dấu những gì đã đối chiếu.' in unseen.text
    assert 'id="reason-error">Xin chọn hoặc viết lý do' in mute.text
    assert state() == "submitted"


def test_its_people_read_where_it_lies_and_why_it_came_back(
    app: Flask, officer: SignedIn, waiting: str
) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).one()
        person = make_person(work)
        make_member(work, enterprise=enterprise, person=person)
        key = make_sign_in(work, person=person, enterprise=enterprise)
    browser = SignedIn(app, key, for_enterprise=waiting)
    assert "Đang ở cán bộ Cao Bằng, hạn xem đến hết" in browser.get("/manage").text

    officer.post(
        f"/office/enterprises/{waiting}/return",
        {"version": "1", "reason_kind": "1", "reason": "Gọi ba lần."},
    )

    text = browser.get("/manage").text
    assert "Chưa liên lạc được với người bán." in text
    assert "Gọi ba lần." in text


def test_the_officer_reads_who_directs_the_number_and_what_changed_since(
    officer: SignedIn, waiting: str
) -> None:
    url = f"/office/enterprises/{waiting}"
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).one()
        enterprise.kind, enterprise.number = "household_business", "004085001234"
        make_member(work, enterprise=enterprise, person=make_person(work, name="Hà"))
    first = officer.get(url).text
    assert "<dt>Số định danh</dt><dd>004085001234</dd>" in first
    assert "<dt>Người đứng đầu</dt><dd>Hà</dd>" in first
    assert "Sửa từ lần xem trước" not in first
    assert "đến hết" in officer.get("/office").text
    officer.post(f"{url}/return", {"version": "1", "reason": "Đổi tên."})
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).one()
        enterprise.name, enterprise.state = "Mẫu – Lò rèn Lan", "submitted"

    again = officer.get(url).text

    assert "Sửa từ lần xem trước" in again
    assert "<del>Hà</del>" in again
    assert "<ins>Lan</ins>" in again
    assert again.count("<del>") == 1


def test_a_suspended_seller_leaves_the_shop_and_comes_back(
    officer: SignedIn, waiting: str, client: FlaskClient
) -> None:
    url = f"/office/enterprises/{waiting}"
    officer.post(f"{url}/verify", {"version": "1", "looked_at": "seller"})

    officer.post(f"{url}/suspend", {"version": "2", "reason": "Hàng giả."})

    assert state() == "suspended"
    assert "Mẫu – Lò rèn Hà" not in client.get("/producers").text
    officer.post(f"{url}/resume", {"version": "3"})
    assert state() == "verified"
    assert "Mẫu – Lò rèn Hà" in client.get("/producers").text


def test_nobody_verifies_an_enterprise_of_their_own(officer: SignedIn, waiting: str) -> None:
    with transaction(by=COMMAND) as work:
        person = work.session.scalars(select(Person).where(Person.name == "Lan")).one()
        enterprise = work.session.scalars(select(Enterprise)).one()
        make_member(work, enterprise=enterprise, person=person)

    url = f"/office/enterprises/{waiting}"
    assert "phải để cán bộ khác xem" in officer.get(url).text
    answer = officer.post(f"{url}/verify", {"version": "1", "looked_at": "seller"})

    assert answer.status_code == 403
    with reading() as session:
        assert session.scalars(select(EnterpriseReview)).all() == []


def test_drafts_and_other_provinces_do_not_exist(officer: SignedIn, waiting: str) -> None:
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(Enterprise)).one().province_code = "1"
    url = f"/office/enterprises/{waiting}"
    assert officer.get(url).status_code == 404
    assert waiting not in officer.get("/office/enterprises?all=1").text

    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).one()
        enterprise.province_code, enterprise.state = "4", "draft"
    assert officer.get(url).status_code == 404


def test_the_queue_speaks_both_languages_and_asks_little(officer: SignedIn, waiting: str) -> None:
    with counted_statements() as asked:
        assert "1 seller waits to be checked" in officer.get("/office/enterprises?lang=en").text
    assert len(asked) <= 7, asked
    with counted_statements() as asked:
        assert "What did you compare?" in officer.get(f"/office/enterprises/{waiting}?lang=en").text
    assert len(asked) <= 7, asked
