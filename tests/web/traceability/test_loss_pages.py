"""What never reaches goods: spoiled in printing, lost before use. Single ones, a sheet, or all."""

import pytest

from core.work import transaction
from core.worker.jobs import run_next
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import DECLARED, Cast
from traceability import service, tasks
from traceability.models import StampBatch
from traceability.rules import serial_text

KINDS = {"draw_labels": tasks.draw_labels}


def send(cast: Cast, batch: StampBatch, kind: str, **fields: str) -> tuple[int, str]:
    """The status of a confirmed form and the page it leads to."""
    sent = {"which": "stamps", "confirmed": "yes", **fields}
    answer = cast.director.post(f"/manage/stamps/{batch.public_id}/{kind}", sent)
    if answer.status_code == 303:
        return 303, cast.director.get(answer.location).text
    return answer.status_code, answer.text


def printed(cast: Cast, batch: StampBatch, last: int) -> str:
    """The finished print of the stamps 1 to `last`: its public id."""
    with transaction(by=cast.by) as work:
        row = work.session.get_one(StampBatch, batch.id)
        made = service.order_labels(work, row, first=1, last=last, paper="a4-65").public_id
    run_next(KINDS)
    return made


def test_nothing_is_cancelled_before_the_person_has_read_what_it_means(cast: Cast) -> None:
    batch = cast.batch(20, active=3)

    page = cast.director.post(
        f"/manage/stamps/{batch.public_id}/spoiled", {"which": "stamps", "stamps": "2\n5, 7–9"}
    )

    assert page.status_code == 200
    assert "Hủy 5 tem in hỏng?" in page.text
    assert "Tem 2, Tem 5, Tem 7–9" in page.text
    assert "1 tem đã báo dán: đang trên hàng." in page.text
    assert "4 tem chờ dán: lô được phát bù chừng ấy tem." in page.text
    assert cast.by_state(batch) == {"active": 3, "printed": 17}


def test_single_stamps_typed_or_scanned_are_cancelled_and_their_places_come_back(
    cast: Cast,
) -> None:
    batch = cast.batch(20)
    typed, scanned = (serial_text(cast.serial(batch, at)) for at in (4, 9))

    status, page = send(
        cast, batch, "spoiled", stamps=f"{typed.lower()}\nhttps://goc.example/s/{scanned}\n12-14"
    )

    assert status == 303
    assert "Đã hủy 5 tem: in hỏng." in page
    assert cast.by_state(batch) == {"printed": 15, "void": 5}
    assert cast.left() == DECLARED - 15
    assert "Tem in hỏng, hủy ngày" in cast.stranger.get(f"/s/{typed}").text


def test_a_spoiled_sheet_is_cancelled_by_its_number_even_after_single_stamps_of_it(
    cast: Cast,
) -> None:
    batch = cast.batch(150)
    send(cast, batch, "spoiled", stamps="3")
    made = printed(cast, batch, 150)
    send(cast, batch, "spoiled", stamps="70")

    status, page = send(cast, batch, "spoiled", which="sheet", label_print=made, sheet="2")

    assert status == 303
    assert "Đã hủy 64 tem: in hỏng." in page
    assert cast.by_state(batch) == {"printed": 84, "void": 66}  # 3, 70 and the rest of 67 to 131.


@pytest.mark.parametrize("sheet", ["4", "1.000"])
def test_a_sheet_the_print_has_not_is_refused(cast: Cast, sheet: str) -> None:
    batch = cast.batch(150)
    made = printed(cast, batch, 150)

    status, page = send(cast, batch, "spoiled", which="sheet", label_print=made, sheet=sheet)

    assert status == 422
    assert "Lần in này có 3 tờ." in page
    assert cast.by_state(batch) == {"printed": 150}


def test_a_print_of_another_batch_has_no_sheet_here(cast: Cast) -> None:
    batch, other = cast.batch(10), cast.batch(10)
    made = printed(cast, other, 10)

    status, _ = send(cast, batch, "spoiled", which="sheet", label_print=made, sheet="1")

    assert status == 422
    assert cast.by_state(other) == {"printed": 10}


def test_whoever_scans_a_lost_stamp_is_told_from_that_minute(cast: Cast) -> None:
    batch = cast.batch(20, active=5)
    serial = serial_text(cast.serial(batch, 8))

    status, page = send(cast, batch, "lost", which="all")

    assert status == 303
    assert "Đã hủy 15 tem: mất trước khi dán." in page
    assert cast.by_state(batch) == {"active": 5, "void": 15}
    assert cast.left() == DECLARED - 5
    told = cast.stranger.get(f"/s/{serial}").text
    assert 'data-verdict="void"' in told
    assert "báo mất tem này ngày" in told


def test_a_stamp_stuck_on_cannot_be_lost_and_the_sentence_says_what_to_do(cast: Cast) -> None:
    batch = cast.batch(20, active=5)

    status, page = send(cast, batch, "lost", stamps="5–8")

    assert status == 422
    assert "có tem đã báo dán, nên không báo mất được." in page
    assert "5–8</textarea>" in page
    assert cast.by_state(batch) == {"active": 5, "printed": 15}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"stamps": ""}, "Xin ghi số của những tem đó."),
        ({"stamps": ", ;\n–"}, "Xin ghi số của những tem đó."),
        ({"stamps": "21"}, "Xin viết số thứ tự từ 1 đến 20"),
        ({"stamps": "3\nsai"}, "Xin viết số thứ tự từ 1 đến 20"),
        ({"stamps": "9-3"}, "Tem cuối phải đứng sau tem đầu."),
        ({"stamps": ",".join(["1"] * 201)}, "Mỗi lần ghi nhiều nhất 200 tem lẻ."),
        ({"which": "sheet"}, "Xin ghi số tờ, ví dụ 2."),
        ({"which": "sheet", "sheet": "1"}, "Lần in này có 0 tờ."),
    ],
)
def test_what_names_no_stamp_is_refused_and_nothing_changes(
    cast: Cast, fields: dict[str, str], sentence: str
) -> None:
    batch = cast.batch(20)

    status, page = send(cast, batch, "spoiled", **fields)

    assert status == 422
    assert sentence in page
    assert cast.by_state(batch) == {"printed": 20}


def test_a_batch_without_waiting_stamps_has_nothing_to_lose(cast: Cast) -> None:
    batch = cast.batch(3, active=3)

    status, page = send(cast, batch, "lost", which="all")

    assert status == 422
    assert "Không còn tem nào để hủy ở đây." in page


def test_one_cancelled_among_many_named_stops_all(cast: Cast) -> None:
    batch = cast.batch(20)
    send(cast, batch, "spoiled", stamps="7")

    status, page = send(cast, batch, "spoiled", stamps="2\n7\n9")

    assert status == 422
    assert "có tem không làm được việc này" in page
    assert cast.by_state(batch) == {"printed": 19, "void": 1}


def test_the_page_asks_the_database_little(cast: Cast) -> None:
    batch = cast.batch(20)
    path = f"/manage/stamps/{batch.public_id}/spoiled"
    cast.director.get(path)

    with counted_statements() as statements:
        assert cast.director.get(path).status_code == 200

    assert len(statements) <= 8
