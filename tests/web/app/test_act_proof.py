"""What the seal of one act proves, read by the enterprise whose act it is."""

import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from accounts.rules import Role
from core import clock, display
from core.audit import AuditEntry, record
from core.audit_chain import seal
from core.work import COMMAND, By, reading, transaction
from tests.makers import make_enterprise, make_member, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn


def _member(app: Flask, name: str, role: Role = Role.DIRECTOR) -> tuple[SignedIn, str]:
    """A browser of somebody of a smithy, and the page of the first act there."""
    with transaction(by=COMMAND) as work:
        smithy = make_enterprise(work, name=f"Lò rèn {name}")
        person = make_person(work, sign_in=f"{name}@goc.example", name=name)
        make_member(work, enterprise=smithy, person=person, role=role)
        key = make_sign_in(work, person=person, enterprise=smithy, key=name)
        id_, public_id, by = smithy.id, smithy.public_id, By("person", person.id, smithy.id)
    with transaction(by=by) as work:
        record(work, act="add_pack", object_kind="product", object_id=1, enterprise_id=id_)
    with reading() as session:
        entry = session.scalars(select(AuditEntry).filter_by(enterprise_id=id_)).one()
        path = f"/manage/acts/proofs/{entry.public_id}"
    return SignedIn(app, key, for_enterprise=public_id), path


def test_an_act_says_its_place_in_the_book_and_that_it_is_whole(app: Flask) -> None:
    ha, path = _member(app, "ha")
    acts = ha.get("/manage/acts").text
    assert f'href="{path}"' in acts
    seal()

    with counted_statements() as counted:
        page = ha.get(path).text

    today = display.day(clock.today(), "vi")
    assert f"Đã khóa vào sổ ngày {today}, số 1. Kiểm lại lúc" in page
    assert "còn nguyên" in page
    assert "<strong>ha</strong> đã thêm một gói" in page
    with reading() as session:
        mark = session.scalars(select(AuditEntry)).one().hash
    assert mark is not None
    assert mark in page
    assert "bị sửa</strong>" not in page
    assert "<script" not in page.split("<main", 1)[1].split("</main>", 1)[0]
    assert len(counted) <= 12
    english = ha.get(f"{path}?lang=en").text
    assert re.search(
        r"Sealed into the book of .+, number 1\. Checked again at .+: intact\.", english
    )


def test_an_act_of_this_minute_waits_for_its_seal(app: Flask) -> None:
    ha, path = _member(app, "ha")

    page = ha.get(path).text

    assert "chưa khóa vào sổ" in page
    assert "còn nguyên" not in page
    assert "Số trong sổ" not in page


@pytest.mark.parametrize(
    "changed", [{"act": "remove_pack"}, {"by_person_id": None}, {"hash": "0" * 64}]
)
def test_a_line_changed_after_its_seal_is_not_called_whole(
    app: Flask, changed: dict[str, object]
) -> None:
    ha, path = _member(app, "ha")
    seal()
    with transaction(by=COMMAND) as work:
        work.session.execute(update(AuditEntry).values(**changed))

    page = ha.get(path).text

    assert "không còn như lúc khóa" in page
    assert "còn nguyên" not in page


def test_anothers_act_a_refused_one_and_none_do_not_exist(app: Flask) -> None:
    ha, mine = _member(app, "ha")
    _, others = _member(app, "minh")
    seal()

    assert ha.get(mine).status_code == 200
    assert ha.get(others).status_code == 404
    assert ha.get("/manage/acts/proofs/0000000000").status_code == 404
    with transaction(by=COMMAND) as work:
        work.session.execute(update(AuditEntry).values(refused=True))
    assert ha.get(mine).status_code == 404


def test_a_grower_reads_no_proofs(app: Flask) -> None:
    grower, path = _member(app, "mai", Role.GROWER)

    assert grower.get(path).status_code == 403
