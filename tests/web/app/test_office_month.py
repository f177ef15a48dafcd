"""The month's report on its page, as a sheet and as text; targets entered by the officer."""

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import AreaTarget
from catalog.sheets import read_table
from core import clock
from core.audit import AuditEntry, record
from core.work import COMMAND, By, reading, transaction
from tests.makers import make_consent, make_enterprise, make_officer, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn


@pytest.fixture
def officer(app: Flask) -> SignedIn:
    """Lan, officer of Cao Bằng and of a commune of it."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="lan@goc.example", name="Lan")
        make_officer(work, person=person)
        make_officer(work, person=person, commune_code="01360")
        return SignedIn(app, make_sign_in(work, person=person, key="lan"))


def test_the_report_counts_the_area_in_as_many_statements_whatever_its_size(
    officer: SignedIn,
) -> None:
    with counted_statements() as few:
        empty = officer.get("/office/month").text
    with transaction(by=COMMAND) as work:
        for number in range(12):
            make_enterprise(work, name=f"Mẫu – Nhà {number}")

    with counted_statements() as many:
        page = officer.get("/office/month").text

    assert len(many) == len(few) <= 42  # Each kind of figures asks for three spans of days.
    assert "Chưa có việc nào được ghi trong địa bàn này." in empty
    row = '<td>Cơ sở được bán hàng</td><td class="number"><strong>12</strong></td>'
    assert row in page
    assert "Tháng chưa hết." in page
    assert "Doanh số" not in page
    text = page.partition('id="chat-text"')[2].partition(">")[2].partition("</textarea>")[0]
    assert text.startswith(f"Báo cáo tháng {clock.today().month}/{clock.today().year}, Cao Bằng")
    assert "Cơ sở được bán hàng: 12 (+12)" in text
    assert len(text) <= 1_000


def test_an_officer_chooses_among_the_own_areas_alone(officer: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        make_enterprise(work)

    assert "<strong>1</strong>" in officer.get("/office/month?area=4").text
    assert "<strong>1</strong>" not in officer.get("/office/month?area=01360").text
    assert officer.get("/office/month?area=66").status_code == 404
    assert officer.get("/office/month/sheet?area=66").status_code == 404


def test_the_sheet_says_the_same_and_runs_nothing(officer: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        make_enterprise(work)

    answer = officer.get("/office/month/sheet?area=4")
    text = officer.get("/office/month/sheet?area=4&format=csv")

    table = read_table(BytesIO(answer.data), known=len)
    today = clock.today()
    assert list(table.heading[2:6]) == ["Phần", "Số liệu", "Tháng này", "Tháng trước"]
    assert list(next(iter(table.lines)).cells[:6]) == [
        "Cao Bằng",
        f"{today.month}/{today.year}",
        "Người làm ra",
        "Cơ sở được bán hàng",
        "1",
        "0",
    ]
    assert b"<f>" not in answer.data
    assert answer.headers["Content-Disposition"].endswith(f"goc-bao-cao-4-{today:%Y-%m}.xlsx")
    assert text.data.decode("utf-8-sig").splitlines()[0].startswith("Địa bàn,Tháng,Phần,Số liệu")


def test_targets_are_kept_shown_against_what_is_reached_and_recorded(officer: SignedIn) -> None:
    year = str(clock.today().year)
    with transaction(by=COMMAND) as work:
        make_enterprise(work)

    answer = officer.post(
        "/office/month/targets", {"area": "4", "year": year, "makers": "4", "listings": "1.000"}
    )

    assert answer.location == "/office/month?area=4"
    page = officer.get(answer.location).text
    assert '<p class="meta">Chỉ tiêu năm: 1 / 4 (25 %)</p>' in page
    assert "Chỉ tiêu năm: 0 / 1.000 (0 %)" in page
    assert 'value="1000"' in officer.get("/office/month/targets?area=4").text
    officer.post("/office/month/targets", {"area": "4", "year": year, "makers": "5"})
    with reading() as session:
        kept = session.scalars(select(AreaTarget)).all()
        acts = session.scalars(select(AuditEntry.act)).all()
    assert [(one.area, one.figure, one.wanted) for one in kept] == [("4", "makers", 5)]
    assert acts == ["set_targets", "set_targets"]


def test_targets_that_cannot_be_are_refused_and_nothing_is_kept(officer: SignedIn) -> None:
    year = str(clock.today().year)

    few = officer.post("/office/month/targets", {"area": "4", "year": year, "makers": "-1"})
    odd = officer.post("/office/month/targets", {"area": "4", "year": "1999", "makers": "1"})
    away = officer.post("/office/month/targets", {"area": "66", "year": year, "makers": "1"})

    assert [one.status_code for one in (few, odd, away)] == [422, 422, 404]
    assert 'id="makers-error"' in few.text
    with reading() as session:
        assert session.scalars(select(AreaTarget)).all() == []


def test_the_share_done_alone_is_a_picture_that_can_be_read_aloud(officer: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        helper = make_person(work, sign_in="minh@goc.example")
        consent = make_consent(work, enterprise=enterprise, helper=helper)
        for consent_id in (None, None, None, consent.id):
            work.by = By("person", 1, enterprise_id=enterprise.id, consent_id=consent_id)
            record(
                work,
                act="add_pack",
                object_kind="product",
                object_id=1,
                enterprise_id=enterprise.id,
            )

    page = officer.get("/office/month?area=4").text

    month = f"{clock.today().month}/{clock.today().year}"
    assert f'<title id="bars-title">Tháng {month}: 75 phần trăm. </title>' in page
    assert '<rect class="own" x="0" y="25" width="36" height="75"/>' in page
    assert f'<li>{month}: <strong>75 %</strong> <span class="meta">3 / 4 việc</span></li>' in page
