import pytest

from tests.web.traceability.manage_cast import Cast
from traceability.models import StampBatch
from traceability.rules import serial_text


def path(batch: StampBatch) -> str:
    return f"/manage/stamps/{batch.public_id}/void"


def fields(first: str, last: str, reason: str = "spoiled", confirmed: str = "") -> dict[str, str]:
    return {"first": first, "last": last, "reason": reason, "confirmed": confirmed}


def test_nothing_is_cancelled_before_the_person_has_read_what_it_means(cast: Cast) -> None:
    batch = cast.batch(20, active=12)

    page = cast.director.post(path(batch), fields("11", "15"))

    assert page.status_code == 200
    assert "Hủy 5 tem của lô 26‑11A?" in page.text
    assert "2 tem đã báo dán: đang trên hàng." in page.text
    assert "3 tem chờ dán: lô được phát bù chừng ấy tem." in page.text
    assert "Người quét sẽ đọc: tem in hỏng." in page.text
    assert cast.by_state(batch) == {"active": 12, "printed": 8}


def test_confirmed_stamps_are_cancelled_and_unused_ones_can_be_issued_anew(cast: Cast) -> None:
    batch = cast.batch(20, active=12)
    left = cast.left()
    assert left is not None

    answer = cast.director.post(path(batch), fields("11", "15", "replaced", "yes"))

    assert answer.status_code == 303
    assert "Đã hủy 5 tem: đã dán tem khác." in cast.director.get(answer.location).text
    assert cast.by_state(batch) == {"active": 10, "void": 5, "printed": 5}
    assert cast.left() == left + 3


def test_a_single_stamp_is_cancelled_by_its_serial(cast: Cast) -> None:
    batch = cast.batch(20, active=20)
    serial = serial_text(cast.serial(batch, 4))

    cast.director.post(path(batch), fields(serial, serial, "faked", "yes"))

    assert cast.by_state(batch) == {"active": 19, "void": 1}
    stamp = cast.director.get(f"/manage/stamps/{batch.public_id}?stamp={serial}").text
    assert "Số thứ tự 4: đã hủy." in stamp
    assert "đã hủy: có hàng giả mang số này" in stamp


def test_the_same_confirmation_twice_cancels_once(cast: Cast) -> None:
    batch = cast.batch(20)
    sent = fields("1", "5", "spoiled", "yes") | {"request_id": "one"}

    first, second = (cast.director.post(path(batch), sent) for _ in range(2))

    assert first.location == second.location
    assert cast.by_state(batch) == {"void": 5, "printed": 15}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (fields("1", "2", reason=""), "Xin điền ô này."),
        (fields("1", "2", reason="bored"), "Xin chọn một trong các mục có sẵn."),
        (fields("3", "2"), "Tem cuối phải đứng sau tem đầu."),
        (fields("19", "20", confirmed="yes"), "Trong các tem số 19–20 có tem không làm được"),
    ],
)
def test_a_cancellation_that_cannot_be_is_refused_with_all_that_was_typed(
    cast: Cast, sent: dict[str, str], sentence: str
) -> None:
    batch = cast.batch(20)
    cast.director.post(path(batch), fields("20", "20", confirmed="yes"))

    answer = cast.director.post(path(batch), sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{sent["first"]}"' in answer.text
    assert cast.by_state(batch) == {"printed": 19, "void": 1}


def test_who_may_not_cancel_does_not(cast: Cast) -> None:
    batch = cast.batch(20)

    assert cast.stranger.get(path(batch)).status_code == 404
    assert cast.stranger.post(path(batch), fields("1", "2", confirmed="yes")).status_code == 404
    assert cast.seller.post(path(batch), fields("1", "2", confirmed="yes")).status_code == 403
    assert cast.by_state(batch) == {"printed": 20}


def test_cancelled_stamps_are_not_printed_again(cast: Cast) -> None:
    batch = cast.batch(20)
    cast.director.post(path(batch), fields("1", "5", confirmed="yes"))
    labels = f"/manage/stamps/{batch.public_id}/labels"

    refused = cast.director.post(labels, {"first": "2", "last": "5"})
    taken = cast.director.post(labels, {"first": "2", "last": "6", "paper": "a4-48"})

    assert refused.status_code == 422
    assert "Các tem này đã hủy hết, nên không in lại." in refused.text
    assert taken.status_code == 303
    page = cast.director.get(taken.location).text
    assert "Tem 2–6" in page
    assert "A4, 48 tem 46 × 21 mm" in page
