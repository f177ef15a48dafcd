"""Sheets of an enterprise's people, brought and taken by whoever may change who belongs there."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select, update

from accounts import queries
from accounts.models import Enterprise, Membership, Person
from accounts.rules import Role
from core.work import COMMAND, reading, transaction
from tests.web.catalog.test_manage_imports import checked, run_jobs, sheet, text, written
from tests.web.signed_in import SignedIn

HEADING = ("Họ tên xã viên", "Chức vụ")
LAN = ("Nguyễn Thị Lan", "Thành viên giao hàng")
BINH = ("Trần Văn Bình", "thủ kho")


def people(browser: SignedIn) -> list[tuple[str, Role]]:
    """Everybody of the enterprise but whoever asks."""
    with reading() as session:
        mine = select(Enterprise.id).where(Enterprise.public_id == browser.for_enterprise)
        found = queries.names_and_roles(session, session.scalars(mine).one())
    return [(name, role) for _, name, role in found][1:]


def test_people_come_by_file_and_the_same_file_again_changes_nothing(browser: SignedIn) -> None:
    written(browser, "member-imports", sheet(HEADING, LAN, BINH))
    assert people(browser) == [
        ("Nguyễn Thị Lan", Role.GROWER),
        ("Trần Văn Bình", Role.WAREHOUSE),
    ]

    path = checked(browser, "member-imports", sheet(HEADING, LAN, BINH))

    assert "Không có gì mới để ghi." in text(browser, path)
    assert len(people(browser)) == 2


def test_a_role_nobody_knows_is_refused_beside_its_cell(browser: SignedIn) -> None:
    path = checked(browser, "member-imports", sheet(HEADING, ("Lan", "ca sĩ"), BINH, BINH))

    assert "Chưa rõ vai nào." in text(browser, path)
    assert "Đã có ở một dòng phía trên." in text(browser, path)
    browser.post(f"{path}/write", {"how": "valid"})
    run_jobs()
    assert people(browser) == [("Trần Văn Bình", Role.WAREHOUSE)]


def test_undoing_takes_out_who_was_entered_unless_they_do_something_else(
    browser: SignedIn,
) -> None:
    path = written(browser, "member-imports", sheet(HEADING, LAN, BINH))
    with transaction(by=COMMAND) as work:
        lan = select(Person.id).where(Person.name == LAN[0]).scalar_subquery()
        work.session.execute(
            update(Membership).where(Membership.person_id == lan).values(role="seller")
        )
    browser.post(f"{path}/undo")
    run_jobs()

    assert people(browser) == [("Nguyễn Thị Lan", Role.SELLER)]
    assert "1 dòng đã được sửa hoặc đã dùng sau khi nhập" in text(browser, path)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_who_is_exported_changes_nothing_when_coming_back(browser: SignedIn, kind: str) -> None:
    written(browser, "member-imports", sheet(HEADING, LAN, BINH))
    content = browser.get(f"/manage/members/export?format={kind}").data

    path = checked(browser, "member-imports", BytesIO(content))

    assert "Không có gì mới để ghi." in text(browser, path)
    assert len(people(browser)) == 2


def test_our_own_template_of_people_imports(browser: SignedIn) -> None:
    written(browser, "member-imports", BytesIO(browser.get("/manage/members/template").data))

    assert people(browser) == [
        ("Nguyễn Thị Lan", Role.GROWER),
        ("Trần Văn Bình", Role.WAREHOUSE),
    ]


def test_another_enterprise_s_people_are_not_there(
    browser: SignedIn, app: Flask, other: Callable[[], SignedIn]
) -> None:
    path = written(browser, "member-imports", sheet(HEADING, LAN))

    assert other().get(path).status_code == 404
    assert LAN[0].encode() not in other().get("/manage/members/export?format=csv").data


def test_a_warehouse_keeper_is_offered_no_sheet_of_people(browser: SignedIn) -> None:
    path = written(browser, "member-imports", sheet(HEADING, LAN))
    assert path in text(browser, "/manage/import")
    with transaction(by=COMMAND) as work:
        work.session.execute(
            update(Membership).where(Membership.role == "director").values(role="warehouse")
        )

    assert path not in text(browser, "/manage/import")
    assert "member-imports" not in text(browser, "/manage/import")
    for refused in (path, "/manage/members/export", "/manage/members/template"):
        assert browser.get(refused).status_code in {403, 404}
