from flask.testing import FlaskClient
from sqlalchemy import func, select

from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_person, make_sign_in
from tests.web.signed_in import SignedIn
from tests.web.traceability.manage_cast import Cast
from traceability import rules
from traceability.models import StampCheck

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
)
MEMBER = "Bạn thuộc đơn vị phát tem này, nên lần xem này không tính."
OFFICER = "Bạn đăng nhập là cán bộ, nên lần xem này không tính."


def looked_at(browser: SignedIn | FlaskClient, serial: int) -> str:
    return browser.get(f"/s/{rules.serial_text(serial)}", headers={"User-Agent": PHONE}).text


def counted() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(StampCheck)) or 0


def test_a_member_does_not_use_up_the_first_check_whomever_they_act_for(cast: Cast) -> None:
    serial = cast.serial(cast.batch(1, active=1), 1)
    with transaction(by=COMMAND) as work:
        other = make_enterprise(work, name="Mẫu – HTX")
        person = make_person(work, sign_in="hai@goc.example")
        for enterprise in (cast.ours, other):
            make_member(work, enterprise=enterprise, person=person)
        make_sign_in(work, person=person, enterprise=other, key="hai")

    for browser in (cast.warehouse, cast.browser("hai")):
        assert MEMBER in looked_at(browser, serial)

    assert counted() == 0


def test_an_officer_does_not_use_up_the_first_check(cast: Cast) -> None:
    serial = cast.serial(cast.batch(1, active=1), 1)

    assert OFFICER in looked_at(cast.officer, serial)

    assert counted() == 0


def test_a_member_of_another_enterprise_is_a_buyer_like_any_other(cast: Cast) -> None:
    serial = cast.serial(cast.batch(1, active=1), 1)

    page = looked_at(cast.stranger, serial)

    assert "Tem có trong sổ – lần kiểm đầu tiên" in page
    assert MEMBER not in page
    assert counted() == 1
