import re

import pytest
from sqlalchemy import func, select

from core.audit import AuditEntry
from core.jobs import Job
from core.work import reading, transaction
from core.worker.jobs import run_next
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import DECLARED, Cast
from traceability import service, tasks
from traceability.models import StampBatch
from traceability.rules import grouped, serial_text
from traceability.service import PIECE

PATH = "/manage/stamps"
KINDS = {"issue_stamps": tasks.issue_batch, "draw_labels": tasks.draw_labels}


def batches() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(StampBatch)) or 0


def test_issuing_leads_to_the_batch_whose_labels_are_waiting_to_be_drawn(cast: Cast) -> None:
    answer = cast.warehouse.post(PATH, {"lot": cast.lot.public_id, "count": "100"})

    assert answer.status_code == 303
    assert re.fullmatch(r"/manage/stamps/[0-9A-Z]{10}", answer.location)
    page = cast.warehouse.get(answer.location)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "<span>Chờ dán</span><strong>100</strong>" in page.text
    assert "Đang chờ đến lượt vẽ" in page.text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.text
    assert cast.left() == DECLARED - 100


def test_the_drawn_sheets_are_downloaded_by_whoever_may_print(cast: Cast) -> None:
    page = cast.warehouse.get(
        cast.warehouse.post(PATH, {"lot": cast.lot.public_id, "count": "70"}).location
    )
    run_next(KINDS)
    drawn = cast.warehouse.get(page.request.path).text
    found = re.search(r'href="(/manage/labels/\w+)"', drawn)
    assert found is not None
    url = found[1]

    with cast.warehouse.get(url) as pdf:
        content = pdf.data

    assert content[:5] == b"%PDF-"
    assert pdf.headers["Content-Disposition"] == "attachment; filename=tem-26-11A-1-70.pdf"
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.headers["Cache-Control"] == "no-store"
    assert "refresh" not in drawn
    assert cast.seller.get(url).status_code == 403
    assert cast.stranger.get(url).status_code == 404


def test_the_same_form_sent_twice_issues_once(cast: Cast) -> None:
    fields = {"lot": cast.lot.public_id, "count": "40", "request_id": "one"}

    first, second = (cast.director.post(PATH, fields) for _ in range(2))

    assert first.location == second.location
    assert batches() == 1
    assert cast.left() == DECLARED - 40


def test_more_than_declared_is_refused_whole_beside_the_field_and_leaves_a_trace(
    cast: Cast,
) -> None:
    answer = cast.director.post(PATH, {"lot": cast.lot.public_id, "count": "641"})

    assert answer.status_code == 422
    assert "Lô này chỉ còn 640 tem có thể phát; bạn xin 641." in answer.text
    assert 'value="641"' in answer.text
    assert f'<option value="{cast.lot.public_id}" selected>' in answer.text
    assert batches() == 0
    with reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.act, entry.refused, entry.details) == (
        "issue_stamps",
        True,
        {"asked": 641, "left": 640},
    )
    assert (entry.enterprise_id, entry.by_person_id) == (cast.ours.id, cast.by.person_id)
    office = cast.officer.get("/office").text
    assert "Xin tem quá số đã khai" in office
    assert "xin 641, chỉ còn 640" in office


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Xin điền ô này."),
        ("0", "Nhỏ nhất là 1."),
        ("-1", "Số này không thể nhỏ hơn 0."),
        ("1.000.000.000.000", "Lớn nhất là 1.000.000."),
        ("nhiều", "Không đọc được số này. Viết như 640 hoặc 1.000."),
    ],
)
def test_a_count_that_is_none_is_refused_with_all_that_was_typed(
    cast: Cast, typed: str, sentence: str
) -> None:
    answer = cast.director.post(PATH, {"lot": cast.lot.public_id, "count": typed})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed}"' in answer.text
    assert batches() == 0


def test_a_paper_that_shops_do_not_sell_is_refused(cast: Cast) -> None:
    answer = cast.director.post(PATH, {"lot": cast.lot.public_id, "count": "1", "paper": "a3-1"})

    assert answer.status_code == 422
    assert batches() == 0


def test_nobody_issues_for_somebody_elses_lot_or_without_the_role(cast: Cast) -> None:
    fields = {"lot": cast.lot.public_id, "count": "1"}

    assert cast.stranger.post(PATH, fields).status_code == 404
    assert (
        cast.director.post(PATH, {"lot": cast.foreign_lot.public_id, "count": "1"}).status_code
        == 404
    )
    assert cast.seller.post(PATH, fields).status_code == 403
    assert "Phát và vẽ tem" not in cast.seller.get(PATH).text
    assert batches() == 0


def test_a_large_order_is_made_by_a_job_and_the_page_shows_how_far_it_is(cast: Cast) -> None:
    with transaction(by=cast.by) as work:
        service.set_quota(work, lot_id=cast.lot.id, units=20_000)
    location = cast.director.post(
        PATH, {"lot": cast.lot.public_id, "count": str(PIECE + 1)}
    ).location

    assert "Đang tạo tem: 0 / 5.001" in cast.director.get(location).text
    moving = cast.director.get(f"{location}/progress?state=preparing")
    assert "<html" not in moving.text
    assert "HX-Refresh" not in moving.headers
    run_next(KINDS)
    made = cast.director.get(f"{location}/progress?state=preparing")

    assert made.headers["HX-Refresh"] == "true"
    assert "<span>Chờ dán</span><strong>5.001</strong>" in cast.director.get(location).text
    with reading() as session:
        assert session.scalars(select(Job.kind).order_by(Job.id)).all() == [
            "issue_stamps",
            "draw_labels",
        ]


def test_a_lot_named_in_the_address_is_chosen_and_its_batches_alone_are_shown(cast: Cast) -> None:
    batch = cast.batch()

    page = cast.director.get(f"{PATH}?lot={cast.lot.public_id}").text
    foreign = cast.director.get(f"{PATH}?lot={cast.foreign_lot.public_id}").text

    assert f'<option value="{cast.lot.public_id}" selected>' in page
    assert f"/manage/stamps/{batch.public_id}" in page
    assert "Tem của lô 26‑11A" in page
    assert "C-1" not in foreign


def test_without_lots_or_batches_the_page_says_what_to_do(cast: Cast) -> None:
    assert "Chưa phát tem nào" in cast.director.get(PATH).text


def test_the_list_asks_the_database_little_however_many_batches(cast: Cast) -> None:
    for _ in range(5):
        cast.batch(2)
    cast.director.get(PATH)

    with counted_statements() as statements:
        cast.director.get(PATH)

    assert len(statements) <= 8  # One of them: what dealers sold.


def test_a_stamp_is_found_by_its_serial_however_it_is_written(cast: Cast) -> None:
    batch = cast.batch()
    text = serial_text(cast.serial(batch, 7))

    answer = cast.director.get(f"{PATH}/find", query_string={"serial": grouped(text).lower()})

    assert answer.status_code == 303
    assert answer.location == f"/manage/stamps/{batch.public_id}?stamp={text}#stamp"
    page = cast.director.get(answer.location).text
    assert "Số thứ tự 7: chờ dán." in page
    assert f"/manage/stamps/{batch.public_id}/void?first=7" in page
    stranger = cast.stranger.get(f"{PATH}/find", query_string={"serial": text})
    assert stranger.status_code == 422
    assert "Không có tem nào của bạn mang số này." in stranger.text
    wrong = cast.director.get(f"{PATH}/find?serial=ABC")
    assert "Số tem này thiếu hoặc nhầm chữ." in wrong.text
