import pytest
from flask import Flask
from sqlalchemy import select

from core.work import VISITOR, reading, transaction
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from traceability import service
from traceability.models import StampAct
from traceability.rules import Visit, serial_text
from traceability.service.checking import Visitor

LOT = "/manage/stamps/activate"


def check(serial: int) -> None:
    with transaction(by=VISITOR) as work:
        service.record_check(
            work, serial=serial, visitor=Visitor(Visit.PERSON, device_hash="d", network_hash="n")
        )


def test_the_sellers_home_asks_first_whether_the_stamps_were_stuck_on(cast: Cast) -> None:
    cast.batch(640)

    home = cast.warehouse.get("/manage").text

    assert "Đã dán hết 640 tem lô 26‑11A?" in home
    assert "Dán hết" in home
    assert f'href="{LOT}?lot={cast.lot.public_id}"' in home
    assert "Đã dán hết" not in cast.seller.get("/manage").text


def test_all_stuck_on_is_said_in_a_sentence_and_can_be_taken_back(cast: Cast) -> None:
    batches = [cast.batch(300), cast.batch(40)]

    answer = cast.warehouse.post(LOT, {"lot": cast.lot.public_id, "how": "all"})

    assert answer.status_code == 303
    assert [cast.by_state(one) for one in batches] == [{"active": 300}, {"active": 40}]
    page = cast.warehouse.get(answer.location).text
    assert "Đã ghi: 340 tem đã dán" in page
    assert "Hoàn lại</button>" in page
    assert "Đã dán hết" not in cast.warehouse.get("/manage").text

    undone = cast.warehouse.post(f"{answer.location}/undo")

    assert undone.location == answer.location
    assert [cast.by_state(one) for one in batches] == [{"printed": 300}, {"printed": 40}]
    assert "Đã hoàn lại. 340 tem trở về chờ dán." in cast.warehouse.get(answer.location).text
    assert cast.warehouse.post(f"{answer.location}/undo").status_code == 409


def test_what_is_left_over_at_the_end_stays_printed_and_is_not_asked_about_again(
    cast: Cast,
) -> None:
    batch = cast.batch(640)
    form = cast.warehouse.get(f"{LOT}?lot={cast.lot.public_id}").text
    assert "Đang chờ: 640 tem." in form

    cast.warehouse.post(LOT, {"lot": cast.lot.public_id, "how": "leftover", "leftover": "12"})

    assert cast.by_state(batch) == {"active": 628, "printed": 12}
    assert "Đã dán hết" not in cast.warehouse.get("/manage").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Xin viết số tem còn thừa, ví dụ 12."),
        ("10", "Lô này không có tem nào đang chờ báo đã dán."),
        ("vài", "Không đọc được số này."),
    ],
)
def test_a_leftover_that_makes_no_sense_changes_nothing(
    cast: Cast, typed: str, sentence: str
) -> None:
    batch = cast.batch(10)

    answer = cast.warehouse.post(
        LOT, {"lot": cast.lot.public_id, "how": "leftover", "leftover": typed}
    )

    assert answer.status_code == 422
    assert sentence in answer.text
    assert cast.by_state(batch) == {"printed": 10}


def test_a_range_is_named_by_numbers_or_by_serials(cast: Cast) -> None:
    batch = cast.batch(20)
    path = f"/manage/stamps/{batch.public_id}/activate"

    cast.warehouse.post(path, {"first": "3", "last": serial_text(cast.serial(batch, 8))})

    with reading() as session:
        act = session.scalars(select(StampAct)).one()
    assert (act.act, act.first, act.last) == ("activate", 3, 8)
    assert cast.by_state(batch) == {"active": 6, "printed": 14}


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("0", "5", "Xin viết số thứ tự từ 1 đến 20"),
        ("1", "21", "Xin viết số thứ tự từ 1 đến 20"),
        ("5", "4", "Tem cuối phải đứng sau tem đầu."),
        ("", "4", "Xin điền ô này."),
        ("foreign", "4", "Xin viết số thứ tự từ 1 đến 20"),
        ("1", "6", "Trong các tem số 1–6 có tem không làm được việc này"),
    ],
)
def test_a_range_that_is_none_is_refused_beside_the_field(
    cast: Cast, first: str, last: str, sentence: str
) -> None:
    batch = cast.batch(20)
    with transaction(by=cast.by) as work:
        service.activate_stamps(work, batch_id=batch.id, first=6, last=6)
    other = serial_text(cast.serial(cast.batch(1), 1))

    answer = cast.warehouse.post(
        f"/manage/stamps/{batch.public_id}/activate",
        {"first": first.replace("foreign", other), "last": last},
    )

    assert answer.status_code == 422
    assert sentence in answer.text
    assert cast.by_state(batch) == {"active": 1, "printed": 19}


def test_once_a_stamp_is_checked_its_report_stands(cast: Cast) -> None:
    batch = cast.batch(5)
    location = cast.warehouse.post(LOT, {"lot": cast.lot.public_id}).location
    check(cast.serial(batch, 3))

    page = cast.warehouse.get(location).text
    answer = cast.warehouse.post(f"{location}/undo")

    assert "Không hoàn lại được nữa" in page
    assert "Hoàn lại</button>" not in page
    assert answer.status_code == 409
    assert cast.by_state(batch) == {"active": 5}


def test_a_stranger_and_a_seller_change_nothing(cast: Cast) -> None:
    batch = cast.batch(5)
    location = cast.warehouse.post(LOT, {"lot": cast.lot.public_id}).location

    answers = [
        cast.stranger.post(LOT, {"lot": cast.lot.public_id}),
        cast.stranger.get(f"{LOT}?lot={cast.lot.public_id}"),
        cast.stranger.get(location),
        cast.stranger.post(f"{location}/undo"),
        cast.stranger.get(f"/manage/stamps/{batch.public_id}"),
        cast.seller.post(f"{location}/undo"),
        cast.seller.post(LOT, {"lot": cast.lot.public_id}),
    ]

    assert [one.status_code for one in answers] == [404, 404, 404, 404, 404, 403, 403]
    assert cast.by_state(batch) == {"active": 5}


def test_a_batchs_page_tells_its_ranges_its_history_and_who_did_it(cast: Cast) -> None:
    batch = cast.batch(20, active=12)

    page = cast.director.get(f"/manage/stamps/{batch.public_id}").text

    assert "<span>Đã báo dán</span><strong>12</strong>" in page
    assert '<rect x="0" width="144" height="6"/>' in page
    assert "đã báo dán · 12" in page
    assert "Báo đã dán: tem 1–12" in page
    assert "Ha</p>" in page
    assert page.count("<th>") == 2  # A third is cut off on a phone.


def test_a_batchs_page_asks_the_database_little(cast: Cast) -> None:
    batch = cast.batch(20, active=12)
    cast.director.get(f"/manage/stamps/{batch.public_id}")

    with counted_statements() as statements:
        cast.director.get(f"/manage/stamps/{batch.public_id}")

    assert (
        len(statements) <= 17
    )  # Three of them: what dealers have and sold of it, what was printed again.


def test_a_stamp_checked_too_early_tells_its_maker_on_the_home_page(app: Flask, cast: Cast) -> None:
    serial = cast.serial(cast.batch(5), 2)

    check(serial)

    home = cast.warehouse.get("/manage").text
    assert "nhưng tem chưa được báo đã dán." in home
    assert f'href="{LOT}?lot={cast.lot.public_id}">Báo đã dán' in home
