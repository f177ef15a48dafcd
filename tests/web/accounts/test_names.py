"""Protected names: the list on /office, the owner's word on /manage, the case before officers."""

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import EntitledMember, NameCase, ProtectedName
from catalog.models import Product
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_enterprise,
    make_member,
    make_name_case,
    make_officer,
    make_person,
    make_protected_name,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

TYPED = {
    "name": "Phúc Sen",
    "kind": "village",
    "owner": "Mẫu – Làng rèn",
    "source": "Mẫu – quyết định 00",
}


@pytest.fixture
def officer(app: Flask) -> SignedIn:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="lan@goc.example", name="Lan")
        make_officer(work, person=person)
        return SignedIn(app, make_sign_in(work, person=person, key="lan"))


@pytest.fixture
def owner(app: Flask) -> SignedIn:
    """The director of the village's group, whose name is in goods that wait."""
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work, name="Mẫu – Làng rèn")
        person = make_person(work)
        make_member(work, enterprise=enterprise, person=person)
        make_name_case(work, owner=enterprise)
        product = work.session.scalars(select(Product)).one()
        product.state, product.submitted_at = "submitted", work.now
        key = make_sign_in(work, person=person, enterprise=enterprise)
        return SignedIn(app, key, for_enterprise=enterprise.public_id)


def case() -> NameCase:
    with reading() as session:
        return session.scalars(select(NameCase)).one()


def test_a_province_adds_a_name_and_says_who_may_use_it(officer: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        member = make_enterprise(work, name="Mẫu – Hộ trong làng").public_id
    assert "Chưa có tên nào" in officer.get("/office/names").text

    refused = officer.post("/office/names", TYPED | {"source": ""})
    assert refused.status_code == 422
    assert officer.post("/office/names", TYPED).location == "/office/names"

    with reading() as session:
        name = session.scalars(select(ProtectedName)).one()
    assert (name.folded, name.province_code, name.owner_id) == ("phuc sen", "4", None)
    url = f"/office/names/{name.public_id}"
    assert url in officer.get("/office/names").text
    unknown = officer.post(f"{url}/members", {"member": "Không có ai"})
    assert "Không thấy đúng một người bán" in unknown.text
    officer.post(f"{url}/members", {"member": "Mẫu – Hộ trong làng"})
    assert "Mẫu – Hộ trong làng" in officer.get(url).text
    officer.post(f"{url}/members/end", {"member": member})
    with reading() as session:
        assert session.scalars(select(EntitledMember)).all() == []
    assert officer.post(f"{url}/end").location == "/office/names"
    assert officer.get(url).status_code == 404


def test_another_province_keeps_its_own_names_and_communes_none(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        name = make_protected_name(work).public_id
        keys = []
        for at, area in enumerate(({"province_code": "1"}, {"commune_code": "01576"})):
            person = make_person(work, sign_in=f"xa{at}@goc.example", name="Xa")
            make_officer(work, person=person, **area)
            keys.append(make_sign_in(work, person=person, key=f"xa{at}"))
    far, commune = (SignedIn(app, key) for key in keys)

    assert "Phúc Sen" not in far.get("/office/names").text
    assert far.get(f"/office/names/{name}").status_code == 404
    assert far.post(f"/office/names/{name}/end").status_code == 404
    assert commune.get("/office/names").status_code == 403
    assert "/office/names" not in commune.get("/office").text


def test_the_owner_objects_with_a_reason_and_the_officer_reads_it(
    owner: SignedIn, officer: SignedIn
) -> None:
    assert "Có người muốn dùng tên “Phúc Sen” của bạn" in owner.get("/manage").text
    text = owner.get("/manage/names").text
    assert "Dao Phúc Sen" in text
    assert "Mẫu – Người dùng tên" in text
    url = f"/manage/name-cases/{case().public_id}"

    silent = owner.post(url, {"answer": "objects"})
    assert silent.status_code == 422
    assert "Xin viết vì sao bạn phản đối" in silent.text
    assert case().answer is None

    owner.post(url, {"answer": "objects", "reason": "Không rèn ở làng."})
    with reading() as session:
        product = session.scalars(select(Product.public_id)).one()
    seen = officer.get(f"/office/products/{product}").text
    assert "Tên được bảo hộ: Phúc Sen" in seen
    assert "Không rèn ở làng." in seen
    assert "Tên được bảo hộ" in officer.get("/office/products?all=1").text

    back = {"version": "1", "reason": "Xin đổi tên."}
    blind = officer.post(f"/office/products/{product}/return", back)  # Drawn before the answer.
    assert blind.status_code == 409
    assert case().outcome is None
    officer.post(f"/office/products/{product}/return", {**back, "version": "2"})
    late = owner.post(url, {"answer": "allows"})
    assert late.status_code == 409
    assert (case().answer, case().outcome) == ("objects", "returned")
    assert "Không có ai chờ bạn trả lời" in owner.get("/manage/names").text


def test_a_case_of_another_owner_does_not_exist(owner: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        elsewhere = make_enterprise(work, name="Mẫu – Làng khác")
        foreign = make_name_case(work, owner=elsewhere).public_id

    answer = owner.post(f"/manage/name-cases/{foreign}", {"answer": "allows"})

    assert answer.status_code == 404


def test_the_pages_ask_little_and_speak_english(owner: SignedIn, officer: SignedIn) -> None:
    with reading() as session:
        name = session.scalars(select(ProtectedName.public_id)).one()
    for who, path, words, most in (
        (owner, "/manage/names", "Your protected names", 5),
        (officer, "/office/names", "Protected names", 6),
        (officer, f"/office/names/{name}", "May use this name", 6),
    ):
        with counted_statements() as asked:
            text = who.get(f"{path}?lang=en").text
        assert words in text
        assert len(asked) <= most, (path, asked)
