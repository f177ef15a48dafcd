"""A roll from its making to goods, leftovers from one lot to the next: by the pages alone."""

import pytest
from sqlalchemy import select

from catalog.models import Product
from catalog.queries import stampable_goods
from core.audit import AuditEntry
from core.work import reading, transaction
from tests.makers import make_lot
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import DECLARED, Cast
from traceability.models import StampBatch, StampRange
from traceability.rules import serial_text

PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/130.0 Mobile"
PATH = "/manage/stamps/rolls"


class Smithy:
    """The cast's smith with a roll of 20 stamps for the knives of its lot."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.goods = cast.lot.product_id
        answer = cast.director.post(PATH, {"goods": self.key(), "count": "20"})
        assert answer.status_code == 303, answer.text
        self.path = answer.location
        with reading() as session:
            self.roll = session.scalars(select(StampBatch)).one()

    def key(self) -> str:
        with reading() as session:
            found = stampable_goods(session, enterprise_id=self.cast.ours.id)
        return next(one.public_id for one in found if one.product_id == self.goods)

    def ranges(self) -> list[tuple[int, int, str, int | None]]:
        with reading() as session:
            rows = session.execute(
                select(StampRange.first, StampRange.last, StampRange.state, StampRange.lot_id)
                .where(StampRange.batch_id == self.roll.id)
                .order_by(StampRange.first)
            )
            return [(first, last, state, lot_id) for first, last, state, lot_id in rows]

    def fields(self, first: str, last: str, **more: str) -> dict[str, str]:
        return {"lot": self.cast.lot.public_id, "first": first, "last": last, **more}


@pytest.fixture
def smithy(cast: Cast) -> Smithy:
    return Smithy(cast)


def test_a_roll_is_made_without_a_lot_and_its_page_says_what_to_do_next(smithy: Smithy) -> None:
    page = smithy.cast.director.get(smithy.path)

    assert page.status_code == 200
    assert "Cuộn này chưa dán cho lô nào" in page.text
    assert f'href="{smithy.path}/bind?first=1"' in page.text
    assert "chưa thuộc lô nào" in page.text
    assert "Đã dán xong chưa?" not in page.text
    assert smithy.ranges() == [(1, 20, "printed", None)]
    assert smithy.cast.left() is None


def test_whoever_scans_a_stamp_of_a_roll_reads_for_which_goods_it_was_printed(
    smithy: Smithy,
) -> None:
    serial = serial_text(smithy.cast.serial(smithy.roll, 3))

    page = smithy.cast.stranger.get(f"/s/{serial}", headers={"User-Agent": PHONE})

    assert page.status_code == 200
    assert 'data-verdict="not_activated"' in page.text
    assert "Tem này thuộc một cuộn chưa được dán cho lô nào" in page.text
    assert "Dao phay" in page.text
    assert "26‑11A" not in page.text
    told = smithy.cast.director.get("/manage").text
    assert "nhưng cuộn chưa được dán cho lô nào." in told


def test_a_roll_is_stuck_on_a_lot_by_scanning_the_first_and_the_last_stamp(
    smithy: Smithy,
) -> None:
    first, last = (serial_text(smithy.cast.serial(smithy.roll, at)) for at in (2, 9))

    answer = smithy.cast.director.post(
        f"{smithy.path}/bind",
        smithy.fields(f"https://goc.example/s/{first}", f"{last[:4]} {last[4:]}"),
    )

    assert answer.status_code == 303
    assert "Đã ghi: 8 tem đã dán" in smithy.cast.director.get(answer.location).text
    assert smithy.ranges() == [
        (1, 1, "printed", None),
        (2, 9, "active", smithy.cast.lot.id),
        (10, 20, "printed", None),
    ]
    assert smithy.cast.left() == DECLARED - 8
    assert 'data-verdict="first_check"' in smithy.cast.stranger.get(f"/s/{first}").text


def test_what_was_stuck_on_by_mistake_is_loose_again_with_one_tap(smithy: Smithy) -> None:
    done = smithy.cast.director.post(f"{smithy.path}/bind", smithy.fields("1", "20")).location
    assert "Hoàn lại" in smithy.cast.director.get(done).text

    answer = smithy.cast.director.post(f"{done}/undo", {})

    assert answer.status_code == 303
    assert {(state, lot) for _, _, state, lot in smithy.ranges()} == {("printed", None)}
    assert smithy.cast.left() == DECLARED


def test_a_roll_is_taken_for_a_lot_and_stuck_on_later(smithy: Smithy) -> None:
    answer = smithy.cast.warehouse.post(f"{smithy.path}/bind", smithy.fields("1", "12", how="bind"))

    assert "Đã ghi: 12 tem cuộn thuộc lô này" in smithy.cast.director.get(answer.location).text
    assert smithy.ranges()[0] == (1, 12, "printed", smithy.cast.lot.id)
    asked = smithy.cast.director.get(f"/manage/stamps/activate?lot={smithy.cast.lot.public_id}")
    assert "Đang chờ: 12 tem." in asked.text


def test_more_than_the_lot_may_bear_is_refused_beside_the_lot_and_leaves_a_trace(
    smithy: Smithy,
) -> None:
    with transaction(by=smithy.cast.by) as work:
        small = make_lot(
            work,
            product=work.session.get_one(Product, smithy.goods),
            code="26-12",
            declared=7,
        )

    answer = smithy.cast.director.post(
        f"{smithy.path}/bind", smithy.fields("1", "8") | {"lot": small.public_id}
    )

    assert answer.status_code == 422
    assert "Lô này chỉ còn nhận được 7 tem, không đủ cho 8 tem." in answer.text
    assert 'value="8"' in answer.text
    assert smithy.ranges() == [(1, 20, "printed", None)]
    with reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.refused)).one()
    assert (entry.act, entry.object_id, entry.details) == (
        "bind_stamps",
        small.id,
        {"left": 7, "asked": 8},
    )
    office = smithy.cast.officer.get("/office").text
    assert "muốn dán 8 tem cho lô, chỉ còn 7; không tem nào được nhận" in office


def test_nobody_else_binds_a_roll_nor_to_somebody_elses_lot(smithy: Smithy) -> None:
    cast = smithy.cast
    foreign = smithy.fields("1", "2") | {"lot": cast.foreign_lot.public_id}

    assert cast.stranger.post(f"{smithy.path}/bind", smithy.fields("1", "2")).status_code == 404
    assert cast.director.post(f"{smithy.path}/bind", foreign).status_code == 404
    assert cast.seller.post(f"{smithy.path}/bind", smithy.fields("1", "2")).status_code == 403
    assert cast.seller.post(PATH, {"goods": smithy.key(), "count": "1"}).status_code == 403
    assert cast.stranger.post(PATH, {"goods": smithy.key(), "count": "1"}).status_code == 422
    assert smithy.ranges() == [(1, 20, "printed", None)]


def test_leftovers_move_to_another_lot_of_the_same_goods(smithy: Smithy) -> None:
    cast = smithy.cast
    cast.director.post(f"{smithy.path}/bind", smithy.fields("1", "15"))
    cast.director.post(f"{smithy.path}/bind", smithy.fields("16", "20", how="bind"))
    with transaction(by=cast.by) as work:
        next_lot = make_lot(
            work,
            product=work.session.get_one(Product, smithy.goods),
            code="26-12",
        )
    page = cast.director.get(smithy.path).text
    assert f'href="{smithy.path}/move?first=16&amp;last=20"' in page
    offered = cast.director.get(f"{smithy.path}/move?first=16&last=20").text
    assert f'value="{next_lot.public_id}"' in offered
    assert f'value="{cast.lot.public_id}"' not in offered  # They are of it already.

    answer = cast.director.post(
        f"{smithy.path}/move", smithy.fields("16", "20") | {"lot": next_lot.public_id}
    )

    assert "Đã chuyển 5 tem sang lô này" in cast.director.get(answer.location).text
    assert smithy.ranges() == [
        (1, 15, "active", cast.lot.id),
        (16, 20, "printed", next_lot.id),
    ]
    assert cast.left() == DECLARED - 15
    story = cast.stranger.get(f"/lots/{cast.lot.public_id}").text
    assert "Chuyển 5 tem còn thừa sang lô khác" in story


def test_what_to_do_next_is_said_behind_many_single_stamps_too(cast: Cast) -> None:
    batch = cast.batch(70)
    path = f"/manage/stamps/{batch.public_id}"
    cast.director.post(f"{path}/activate", {"first": "1", "last": "64"})
    singles = ",".join(map(str, range(2, 64, 2)))
    sent = {"which": "stamps", "stamps": singles, "confirmed": "yes"}
    assert cast.director.post(f"{path}/spoiled", sent).status_code == 303

    page = cast.director.get(path).text

    assert "Còn 4 khoảng nữa không liệt kê ở đây." in page
    assert "Đã dán tem 65–70" in page
    assert f'href="{path}/move?first=65&amp;last=70"' in page


def test_an_active_stamp_is_refused_beside_the_field(smithy: Smithy) -> None:
    cast = smithy.cast
    cast.director.post(f"{smithy.path}/bind", smithy.fields("1", "15"))
    answer = cast.director.post(f"{smithy.path}/move", smithy.fields("15", "16"))

    assert answer.status_code == 422
    assert "Trong các tem số 15–16 có tem không làm được việc này" in answer.text
    assert smithy.ranges()[0] == (1, 15, "active", cast.lot.id)


def test_the_same_form_sent_twice_binds_once(smithy: Smithy) -> None:
    sent = smithy.fields("1", "5", request_id="one")

    first, second = (smithy.cast.director.post(f"{smithy.path}/bind", sent) for _ in range(2))

    assert first.location == second.location
    assert smithy.cast.left() == DECLARED - 5


def test_a_roll_on_labels_too_small_is_refused_beside_the_paper_with_all_that_was_typed(
    smithy: Smithy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("traceability.service.labels.site_url", lambda: f"https://{'a' * 40}.vn")
    sent = {"goods": smithy.key(), "count": "37", "paper": "a4-15"}

    answer = smithy.cast.director.post(PATH, sent)

    assert answer.status_code == 422
    assert "Mã vuông sẽ quá nhỏ để in trên tem 15 × 15 mm" in answer.text
    assert 'value="37"' in answer.text
    assert 'value="a4-15" checked' in answer.text


def test_the_pages_ask_the_database_little(smithy: Smithy) -> None:
    director = smithy.cast.director
    director.post(f"{smithy.path}/bind", smithy.fields("3", "5"))

    for path, most in ((PATH, 5), (f"{smithy.path}/bind", 8), (f"{smithy.path}/move", 8)):
        director.get(path)
        with counted_statements() as statements:
            assert director.get(path).status_code == 200
        assert len(statements) <= most, (path, len(statements))


@pytest.mark.parametrize("act", ["spoiled", "void"])
def test_stamps_of_no_lot_promise_no_lot_a_place_when_they_are_cancelled(
    smithy: Smithy, act: str
) -> None:
    sent = {"stamps": "1-5", "first": "1", "last": "5", "reason": "spoiled"}

    page = smithy.cast.director.post(f"{smithy.path}/{act}", sent)

    assert page.status_code == 200
    assert "5 tem cuộn chưa thuộc lô nào." in page.text
    assert "lô được phát bù" not in page.text
