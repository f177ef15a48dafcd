import pytest
from sqlalchemy import func, select

from catalog.models import Product
from core.audit import AuditEntry
from core.work import COMMAND, reading, transaction
from tests.makers import make_lot, make_pack, make_product
from tests.web.api.program import Program, Said, by_hand, forge
from tests.web.api.stamping import new_lot
from traceability.models import StampBatch

GTIN = "08938505970028"


@pytest.fixture
def product(program: Program) -> str:
    """The public id of knives on sale, of which there is a lot of twenty yet without stamps."""
    with transaction(by=COMMAND) as work:
        work.by = by_hand(work)
        made = make_product(work, enterprise=forge(work))
        make_lot(work, product=made, code="R-1", declared=20)
        return made.public_id


def lot_of(product: str, code: str, declared: int = 20) -> str:
    with transaction(by=COMMAND) as work:
        row = work.session.scalars(select(Product).where(Product.public_id == product)).one()
        return make_lot(work, product=row, code=code, declared=declared).public_id


def roll(program: Program, product: str, count: int = 30, **more: object) -> Said:
    return program.post("/stamps", {"product": product, "count": count, **more})


def rolled(program: Program, product: str) -> str:
    """The path of a roll of thirty."""
    return roll(program, product).location.removeprefix("/api/v1")


def states(program: Program, path: str) -> list[tuple[int, int, str, str | None]]:
    ranges = program.get(path).json["ranges"]
    return [(each["first"], each["last"], each["state"], each["lot"]) for each in ranges]


def batches() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(StampBatch)) or 0


def test_a_roll_is_of_no_lot_and_not_activated(program: Program, product: str) -> None:
    answer = roll(program, product)

    assert (answer.status_code, answer.json["lot"], answer.json["count"]) == (202, None, 30)
    path = answer.location.removeprefix("/api/v1")
    assert states(program, path) == [(1, 30, "printed", None)]
    refused = program.post(f"{path}/activate", {"first": 1, "last": 30})
    assert (refused.status_code, refused.json["code"]) == (409, "stamps_of_no_lot")


def test_a_roll_is_of_the_pack_that_is_named(program: Program, product: str) -> None:
    with transaction(by=COMMAND) as work:
        row = work.session.scalars(select(Product).where(Product.public_id == product)).one()
        pack = make_pack(work, product=row)
        pack.gtin = GTIN
        public_id = pack.public_id

    named, first = roll(program, product, pack=public_id), roll(program, product)

    assert [one.json["gtin"] for one in (named, first)] == [GTIN, GTIN]
    other = roll(program, product, pack="0000000000")
    assert (other.status_code, other.json["code"]) == (422, "goods_not_on_sale")
    assert batches() == 2


def test_rolls_are_for_own_goods_on_sale_alone(program: Program) -> None:
    with transaction(by=COMMAND) as work:
        foreign = make_product(work).public_id
        draft = make_product(work, enterprise=forge(work), state="draft").public_id

    answers = [roll(program, one) for one in (foreign, "0000000000", draft)]

    assert [one.status_code for one in answers] == [404, 404, 422]
    assert [one["field"] for one in answers[2].json["errors"]] == ["product"]
    assert batches() == 0


def test_a_lot_and_a_product_at_once_are_refused(program: Program, product: str) -> None:
    answer = roll(program, product, lot=lot_of(product, "R-2"))

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == ["product"]
    assert batches() == 0


def test_stamps_of_a_roll_are_bound_then_activated(program: Program, product: str) -> None:
    path, lot = rolled(program, product), lot_of(product, "R-2")

    bound = program.post(f"{path}/bind", {"lot": lot, "first": 1, "last": 12})

    assert (bound.status_code, bound.json["act"], bound.json["lot"]) == (201, "bind", lot)
    assert states(program, path) == [(1, 12, "printed", lot), (13, 30, "printed", None)]
    assert [one["public_id"] for one in program.get(f"/stamps/batches?lot={lot}").json["items"]]
    done = program.post(f"/lots/{lot}/stamps/activate")
    assert [(one["first"], one["last"]) for one in done.json["items"]] == [(1, 12)]


def test_binding_and_sticking_in_one_go_is_taken_back_in_one(
    program: Program, product: str
) -> None:
    path, lot = rolled(program, product), lot_of(product, "R-2")

    stuck = program.post(f"{path}/bind", {"lot": lot, "first": 3, "last": 5, "how": "stick"})
    assert (stuck.status_code, stuck.json["act"]) == (201, "activate")
    assert states(program, path)[1] == (3, 5, "active", lot)
    undone = program.post(f"/stamps/acts/{stuck.json['public_id']}/undo")

    assert undone.status_code == 200
    assert {one["act"] for one in undone.json["items"]} == {"bind", "activate"}
    assert [each[2:] for each in states(program, path)] == [("printed", None)] * len(
        states(program, path)
    )


def test_more_than_the_lot_has_room_for_is_refused_with_what_is_left_and_a_trace(
    program: Program, product: str
) -> None:
    path, lot = rolled(program, product), lot_of(product, "R-2")

    answer = program.post(f"{path}/bind", {"lot": lot, "first": 1, "last": 21})

    assert (answer.status_code, answer.json["code"]) == (409, "lot_cannot_bear")
    assert (answer.json["left"], answer.json["asked"]) == (20, 21)
    assert [one["field"] for one in answer.json["errors"]] == ["lot"]
    assert states(program, path) == [(1, 30, "printed", None)]
    with reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.refused)).one()
    assert entry.act == "bind_stamps"
    assert entry.details == {"asked": 21, "left": 20, "token": "phần mềm kế toán"}


def test_what_is_left_over_moves_to_another_lot_of_the_goods(
    program: Program, product: str
) -> None:
    old, new = lot_of(product, "R-2"), lot_of(product, "R-3")
    path = program.post("/stamps", {"lot": old, "count": 20}).location.removeprefix("/api/v1")
    program.post(f"{path}/activate", {"first": 1, "last": 15})

    moved = program.post(f"{path}/move", {"lot": new, "first": 16, "last": 20})
    active = program.post(f"{path}/move", {"lot": new, "first": 15, "last": 15})
    elsewhere = program.post(f"{path}/move", {"lot": new_lot(), "first": 16, "last": 20})

    assert (moved.json["act"], moved.json["lot"], moved.json["from_lot"]) == ("move", new, old)
    assert states(program, path) == [(1, 15, "active", old), (16, 20, "printed", new)]
    assert (active.status_code, active.json["code"]) == (409, "range_not_possible")
    assert (elsewhere.status_code, elsewhere.json["code"]) == (409, "lot_of_other_goods")
    assert program.post(f"/stamps/acts/{moved.json['public_id']}/undo").status_code == 200
    assert {each[3] for each in states(program, path)} == {old}


def test_stamps_are_never_bound_to_a_lot_of_others(program: Program, product: str) -> None:
    path = rolled(program, product)
    with transaction(by=COMMAND) as work:
        foreign = make_lot(work).public_id

    for how in ("bind", "move"):
        answer = program.post(f"{path}/{how}", {"lot": foreign, "first": 1, "last": 2})
        assert answer.status_code == 404

    assert states(program, path) == [(1, 30, "printed", None)]
