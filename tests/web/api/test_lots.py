from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalog.models import Lot
from core import clock
from core.work import COMMAND, reading, transaction
from tests.makers import make_batch, make_lot, make_pack, make_product
from tests.web.api.program import Program, by_hand, forge


@pytest.fixture
def goods(program: Program) -> tuple[str, str]:
    """The public ids of a knife on sale and its pack."""
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=forge(work))
        return product.public_id, make_pack(work, product=product).public_id


def body(goods: tuple[str, str]) -> dict[str, object]:
    made_on = clock.today() - timedelta(days=3)
    return {
        "product": goods[0],
        "code": "26-11B",
        "made_on": made_on.isoformat(),
        "declared_units": 640,
    }


def lots() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Lot)) or 0


def test_a_lot_is_declared_read_corrected_and_deleted(
    program: Program, goods: tuple[str, str]
) -> None:
    made = program.post("/lots", body(goods))
    assert made.status_code == 201
    assert made.json == {
        "public_id": made.json["public_id"],
        "product": goods[0],
        "pack": goods[1],
        "code": "26-11B",
        "made_kind": "made",
        "made_on": body(goods)["made_on"],
        "best_before_on": None,
        "declared_units": 640,
        "on_hold_since": None,
        "recalled_since": None,
        "is_sealed": False,
        "version": 1,
    }
    path = made.location.removeprefix("/api/v1")
    assert program.get(path).json == made.json
    assert program.get(f"/lots?product={goods[0]}").json["items"] == [made.json]
    assert program.get("/lots?product=0000000000").json["items"] == []

    corrected = program.patch(path, {"declared_units": 600}, if_match='"1"')
    assert corrected.status_code == 200
    assert corrected.json == {**made.json, "declared_units": 600, "version": 2}

    assert program.delete(path, if_match='"1"').status_code == 412
    gone = program.delete(path, if_match='"2"', idempotency_key="D-1")
    assert (gone.status_code, gone.json) == (204, None)
    assert program.delete(path, if_match='"2"', idempotency_key="D-1").status_code == 204
    assert program.delete(path, if_match='"2"').status_code == 404
    assert lots() == 0


def test_a_lot_is_held_and_released(program: Program, goods: tuple[str, str]) -> None:
    path = program.post("/lots", body(goods)).location.removeprefix("/api/v1")

    held = program.post(f"{path}/hold")
    again = program.post(f"{path}/hold")
    released = program.post(f"{path}/release")

    assert held.json["on_hold_since"] == clock.today().isoformat()
    assert again.json == held.json
    assert released.json["on_hold_since"] is None


def test_a_lot_with_stamps_is_left_as_it_is(program: Program, goods: tuple[str, str]) -> None:
    with transaction(by=COMMAND) as work:
        work.by = by_hand(work)
        lot = make_lot(work, product=make_product(work, enterprise=forge(work)), code="T-1")
        make_batch(work, lot=lot)
        public_id = lot.public_id
    sealed = program.get(f"/lots/{public_id}").json
    assert sealed["is_sealed"] is True

    answers = [
        program.patch(f"/lots/{public_id}", {"declared_units": 1, "version": sealed["version"]}),
        program.delete(f"/lots/{public_id}", if_match=f'"{sealed["version"]}"'),
    ]

    assert {(one.status_code, one.json["code"]) for one in answers} <= {
        (409, "lot_sealed"),
        (422, "lot_not_for_product"),
    }
    assert program.get(f"/lots/{public_id}").json == sealed


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"made_on": "12/11/2026"}, "made_on"),
        ({"made_on": "2026-02-30"}, "made_on"),
        ({"made_on": "2099-01-01"}, "made_on"),
        ({"best_before_on": "2001-01-01"}, "best_before_on"),
        ({"declared_units": 0}, "declared_units"),
        ({"made_kind": "caught"}, "made_kind"),
        ({"pack": "0000000000"}, "product"),
        ({"code": ""}, "code"),
    ],
)
def test_what_cannot_be_true_stands_beside_its_field(
    fields: dict[str, object], field: str, program: Program, goods: tuple[str, str]
) -> None:
    answer = program.post("/lots", {**body(goods), **fields})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == [field]
    assert lots() == 0


def test_goods_of_others_and_unknown_ones_are_alike(program: Program) -> None:
    with transaction(by=COMMAND) as work:
        theirs = make_product(work).public_id

    answers = [program.post("/lots", body((each, ""))) for each in (theirs, "0000000000")]

    assert [one.status_code for one in answers] == [404, 404]
    assert lots() == 0
