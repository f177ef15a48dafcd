"""A seller who moves: asked for at home, decided by the officer of the new place."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Enterprise, PlaceChange
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_officer, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

PLACE = "/manage/enterprise/place"
MOVE = {"commune": "00070", "hamlet": "Tổ 3", "version": "1"}


@pytest.fixture
def maker(app: Flask) -> SignedIn:
    """Hà, who directs a forge of Cao Bằng."""
    with transaction(by=COMMAND) as work:
        forge, ha = make_enterprise(work), make_person(work)
        make_member(work, enterprise=forge, person=ha)
        key = make_sign_in(work, person=ha, enterprise=forge)
        return SignedIn(app, key, for_enterprise=forge.public_id)


def officer(app: Flask, name: str, **area: Any) -> SignedIn:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in=f"{name}@goc.example", name=name)
        make_officer(work, person=person, **area)
        return SignedIn(app, make_sign_in(work, person=person, key=name))


@pytest.fixture
def there(app: Flask) -> SignedIn:
    """The officer of the commune she moves to."""
    return officer(app, "there", province_code="1", commune_code="00070")


def published() -> str:
    with reading() as session:
        return session.scalars(select(Enterprise.place_published)).one()


def url() -> str:
    with reading() as session:
        return f"/office/moves/{session.scalars(select(PlaceChange.public_id)).one()}"


def test_a_verified_seller_asks_to_move_and_sees_where_it_lies(
    maker: SignedIn, there: SignedIn
) -> None:
    assert "Xin đổi nơi làm" in maker.get(PLACE).text

    assert maker.post(PLACE, MOVE).location == "/manage/enterprise"

    page = maker.get("/manage/enterprise").text
    assert "Xin đổi nơi làm: Tổ 3, Phường Hoàn Kiếm" in page
    assert "cán bộ Phường Hoàn Kiếm" in page
    assert published() == "xã Phúc Sen, Cao Bằng"
    assert 'value="Tổ 3"' in maker.get(PLACE).text


def test_the_officer_of_the_new_place_sees_both_and_publishes(
    maker: SignedIn, there: SignedIn
) -> None:
    maker.post(PLACE, MOVE)
    assert url() in there.get("/office").text
    assert url() in there.get("/office/enterprises").text
    page = re.sub("</?(del|ins)>", "", there.get(url()).text)
    assert "<dt>Đang ghi</dt><dd>xã Phúc Sen, Cao Bằng</dd>" in page
    assert "<dt>Xin đổi thành</dt><dd>Tổ 3, Phường Hoàn Kiếm, " in page
    assert there.post(f"{url()}/publish", {"version": "2"}).status_code == 422

    done = there.post(f"{url()}/publish", {"version": "2", "looked_at": ["place"]})

    assert done.location == url()
    assert "Trang bán đã ghi nơi mới" in there.get(url()).text
    assert published().startswith("Tổ 3, Phường Hoàn Kiếm")
    assert "nơi làm của bạn nay ghi là Tổ 3" in maker.get("/manage").text
    assert "đã đối chiếu và ghi nơi làm mới" in maker.get("/manage/acts").text


def test_returned_the_maker_reads_why_and_the_old_place_stays(
    maker: SignedIn, there: SignedIn
) -> None:
    maker.post(PLACE, MOVE)
    assert there.post(f"{url()}/return", {"version": "2"}).status_code == 422

    there.post(f"{url()}/return", {"version": "2", "reason": "Xin ghi số nhà."})

    assert "Xin ghi số nhà." in maker.get("/manage/enterprise").text
    assert published() == "xã Phúc Sen, Cao Bằng"


def test_an_officer_of_another_place_never_sees_it(
    app: Flask, maker: SignedIn, there: SignedIn
) -> None:
    maker.post(PLACE, MOVE)
    here = officer(app, "here")  # Of Cao Bằng, where it is now.

    assert here.get(url()).status_code == 404
    sent = {"version": "2", "looked_at": ["place"]}
    assert here.post(f"{url()}/publish", sent).status_code == 404
    assert url() not in here.get("/office/enterprises?all=1").text
    assert published() == "xã Phúc Sen, Cao Bằng"


def test_nobody_decides_about_an_enterprise_of_their_own(app: Flask, maker: SignedIn) -> None:
    maker.post(PLACE, MOVE)
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="own@goc.example", name="Lan")
        make_officer(work, person=person, province_code="1")
        forge = work.session.scalars(select(Enterprise)).one()
        make_member(work, enterprise=forge, person=person, role="grower")
        own = SignedIn(app, make_sign_in(work, person=person, key="own"))

    assert "nên phải để cán bộ khác xem" in own.get(url()).text
    refused = own.post(f"{url()}/publish", {"version": "2", "looked_at": ["place"]})

    assert refused.status_code == 403
    assert published() == "xã Phúc Sen, Cao Bằng"


def test_an_old_page_of_the_officer_decides_nothing(maker: SignedIn, there: SignedIn) -> None:
    maker.post(PLACE, MOVE)
    maker.post(PLACE, {**MOVE, "commune": "00073", "version": "2"})
    maker.post(PLACE, {**MOVE, "version": "3"})

    answer = there.post(f"{url()}/publish", {"version": "2", "looked_at": ["place"]})

    assert answer.status_code == 409
    assert published() == "xã Phúc Sen, Cao Bằng"


def test_the_maker_takes_it_back(maker: SignedIn, there: SignedIn) -> None:
    maker.post(PLACE, MOVE)

    assert maker.post(f"{PLACE}/withdraw", {"version": "2"}).status_code == 303

    assert "Xin đổi nơi làm:" not in maker.get("/manage/enterprise").text
    assert "đã rút lại" in there.get(url()).text
    late = there.post(f"{url()}/publish", {"version": "3", "looked_at": ["place"]})
    assert late.status_code == 409


def test_the_page_of_a_move_asks_little_of_the_database(maker: SignedIn, there: SignedIn) -> None:
    maker.post(PLACE, MOVE)
    address = url()

    with counted_statements() as asked:
        there.get(address)

    assert len(asked) <= 6
