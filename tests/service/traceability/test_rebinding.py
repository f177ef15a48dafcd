"""Which lot stamps are of: rolls bound at sticking, leftovers moved, and what each lot may bear."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from core.audit import AuditEntry
from core.errors import NotFound
from core.outbox import OutboxEvent
from core.work import Work
from tests.makers import make_enterprise, make_lot, make_product
from traceability import queries, service
from traceability.errors import (
    LotCannotBear,
    LotOfOtherGoods,
    RangeNotPossible,
    StampsOfALot,
    StampsOfNoLot,
    StampsOfThatLot,
)
from traceability.models import StampAct, StampRange
from traceability.queries import ActCard
from traceability.rules import Verdict, Visit, VoidReason
from traceability.service.checking import Visitor
from traceability.service.issuing import begin_roll

PASSER_BY = Visitor(Visit.PERSON, device_hash="d", network_hash="n")


class Mill:
    """A tea maker with a roll of ten stamps and two lots of the same tea."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.maker = make_enterprise(work)
        product = make_product(work, enterprise=self.maker)
        self.lot = make_lot(work, product=product, code="C-1", declared=8)
        self.other = make_lot(work, product=product, code="C-2", declared=5)
        self.roll = begin_roll(
            work, product_id=product.id, enterprise_id=product.enterprise_id, count=10
        )
        service.add_stamps(work, batch_id=self.roll.id, first=1, count=10)
        service.publish_batch(work, batch_id=self.roll.id)

    def ranges(self) -> list[tuple[int, int, str, int | None]]:
        rows = self.work.session.execute(
            select(StampRange.first, StampRange.last, StampRange.state, StampRange.lot_id)
            .where(StampRange.batch_id == self.roll.id)
            .order_by(StampRange.first)
        )
        return [(first, last, state, lot_id) for first, last, state, lot_id in rows]

    def left(self) -> tuple[int | None, int | None]:
        session = self.work.session
        return (
            queries.stamps_left(session, self.lot.id),
            queries.stamps_left(session, self.other.id),
        )

    def bind(self, first: int, last: int, lot_id: int | None = None) -> StampAct:
        return service.bind_stamps(
            self.work,
            batch_id=self.roll.id,
            lot_id=lot_id or self.lot.id,
            first=first,
            last=last,
        )

    def move(self, first: int, last: int, lot_id: int) -> StampAct:
        return service.move_stamps(
            self.work, batch_id=self.roll.id, lot_id=lot_id, first=first, last=last
        )

    def card(self, act: StampAct) -> ActCard:
        found = queries.act_of(self.work.session, act.public_id)
        assert found is not None
        return found


@pytest.fixture
def mill(work: Work) -> Mill:
    return Mill(work)


def moves(work: Work) -> list[dict[str, object]]:
    found = select(OutboxEvent.fields).where(OutboxEvent.name == "StampsRebound")
    return list(work.session.scalars(found.order_by(OutboxEvent.id)))


def test_a_roll_takes_nothing_of_any_lot_and_says_so_on_record(mill: Mill, work: Work) -> None:
    assert mill.ranges() == [(1, 10, "printed", None)]
    assert mill.left() == (None, None)
    assert mill.lot.sealed_at is None
    entry = work.session.scalars(select(AuditEntry)).one()
    assert (entry.act, entry.object_kind, entry.object_id, entry.details) == (
        "issue_roll",
        "product",
        mill.roll.product_id,
        {"count": 10},
    )
    issued = work.session.scalars(select(OutboxEvent)).one()
    assert issued.fields == {
        "batch_id": mill.roll.id,
        "product_id": mill.roll.product_id,
        "lot_id": None,
        "count": 10,
    }


def test_a_stamp_of_a_roll_says_for_which_goods_it_was_printed_and_nothing_of_a_lot(
    mill: Mill, work: Work
) -> None:
    serial = queries.serials_at(work.session, mill.roll.id, [3])[3]

    check = service.record_check(work, serial=serial, visitor=PASSER_BY)
    found = service.read_check(work.session, check, language="vi")

    assert found.judgement.verdict is Verdict.NOT_ACTIVATED
    assert (found.lot, check.reminded, check.token) == (None, True, None)
    assert found.product is not None
    assert found.product.id == mill.roll.product_id


def test_binding_takes_the_lots_places_and_seals_it(mill: Mill, work: Work) -> None:
    act = mill.bind(1, 6)

    work.session.refresh(mill.lot)
    assert mill.ranges() == [(1, 6, "printed", mill.lot.id), (7, 10, "printed", None)]
    assert mill.left() == (2, None)
    assert mill.lot.sealed_at == work.now
    assert (act.act, act.lot_id, act.from_lot_id) == ("bind", mill.lot.id, None)
    assert moves(work) == [
        {
            "batch_id": mill.roll.id,
            "first": 1,
            "last": 6,
            "from_lot_id": None,
            "to_lot_id": mill.lot.id,
        }
    ]


def test_more_than_the_lot_may_bear_are_refused_whole(mill: Mill) -> None:
    with pytest.raises(LotCannotBear) as refusal:
        mill.bind(1, 9)

    assert refusal.value.values == {"left": 8, "asked": 9}
    assert mill.ranges() == [(1, 10, "printed", None)]


@pytest.mark.parametrize(("first", "last"), [(0, 2), (9, 11), (5, 4)])
def test_stamps_that_do_not_exist_are_not_bound(mill: Mill, first: int, last: int) -> None:
    with pytest.raises(RangeNotPossible):
        mill.bind(first, last)

    assert mill.ranges() == [(1, 10, "printed", None)]


def test_a_stamp_of_a_lot_is_moved_not_bound(mill: Mill) -> None:
    mill.bind(1, 3)

    with pytest.raises(StampsOfALot):
        mill.bind(3, 5, mill.other.id)
    with pytest.raises(StampsOfNoLot):
        mill.move(3, 5, mill.other.id)
    with pytest.raises(StampsOfThatLot):
        mill.move(1, 3, mill.lot.id)

    assert mill.ranges() == [(1, 3, "printed", mill.lot.id), (4, 10, "printed", None)]
    assert mill.left() == (5, None)


def test_stamps_are_bound_to_lots_of_their_own_goods_alone(mill: Mill, work: Work) -> None:
    maker = make_enterprise(work, name="Mẫu – Nhà khác")
    foreign = make_lot(work, product=make_product(work, enterprise=maker), code="X-1")
    elsewhere = make_product(work, enterprise=mill.maker)
    goods = make_lot(work, product=elsewhere, code="X-2")

    with pytest.raises(NotFound):
        mill.bind(1, 2, foreign.id)
    with pytest.raises(LotOfOtherGoods):
        mill.bind(1, 2, goods.id)

    assert mill.ranges() == [(1, 10, "printed", None)]


def test_stamps_that_say_a_gtin_are_bound_to_lots_of_that_pack_alone(
    mill: Mill, work: Work
) -> None:
    mill.roll.gtin = "08938505970011"

    with pytest.raises(LotOfOtherGoods):
        mill.bind(1, 2)


def test_a_stamp_of_no_lot_cannot_be_active_whoever_tries(mill: Mill, work: Work) -> None:
    with pytest.raises(StampsOfNoLot):
        service.activate_stamps(work, batch_id=mill.roll.id, first=1, last=2)
    with pytest.raises(IntegrityError, match="active_has_lot"), work.session.begin_nested():
        work.session.execute(text("UPDATE stamp_range SET state = 'active'"))

    assert mill.ranges() == [(1, 10, "printed", None)]


def test_a_roll_stuck_on_in_one_go_is_loose_again_when_that_is_taken_back(
    mill: Mill, work: Work
) -> None:
    act = service.stick_stamps(work, batch_id=mill.roll.id, lot_id=mill.lot.id, first=2, last=5)
    assert mill.ranges()[1] == (2, 5, "active", mill.lot.id)
    assert queries.can_undo_all(work.session, queries.acts_together(work.session, mill.card(act)))

    service.undo_report(work, act=mill.card(act))

    assert {(state, lot_id) for _, _, state, lot_id in mill.ranges()} == {("printed", None)}
    assert mill.left() == (8, None)


def test_leftovers_take_their_place_along(mill: Mill, work: Work) -> None:
    mill.bind(1, 8)
    service.activate_stamps(work, batch_id=mill.roll.id, first=1, last=5)

    act = mill.move(6, 8, mill.other.id)

    assert mill.ranges()[:2] == [
        (1, 5, "active", mill.lot.id),
        (6, 8, "printed", mill.other.id),
    ]
    assert mill.left() == (3, 2)
    assert (act.act, act.lot_id, act.from_lot_id) == ("move", mill.other.id, mill.lot.id)
    assert moves(work)[-1] == {
        "batch_id": mill.roll.id,
        "first": 6,
        "last": 8,
        "from_lot_id": mill.lot.id,
        "to_lot_id": mill.other.id,
    }
    assert queries.lot_stamps(work.session, [mill.lot.id, mill.other.id]) == {
        mill.lot.id: {"active": 5},
        mill.other.id: {"printed": 3},
    }


def test_an_active_stamp_moves_to_no_other_lot(mill: Mill, work: Work) -> None:
    mill.bind(1, 4)
    service.activate_stamps(work, batch_id=mill.roll.id, first=4, last=4)

    with pytest.raises(RangeNotPossible):
        mill.move(3, 4, mill.other.id)

    assert mill.left() == (4, None)


def test_a_move_is_taken_back_while_the_old_lot_has_room(mill: Mill, work: Work) -> None:
    mill.bind(1, 4)
    act = mill.move(1, 4, mill.other.id)
    mill.bind(5, 9)

    with pytest.raises(LotCannotBear):
        service.undo_report(work, act=mill.card(act))
    assert mill.left() == (3, 1)
    service.void_stamps(work, batch_id=mill.roll.id, first=9, last=9, reason=VoidReason.SPOILED)
    service.undo_report(work, act=mill.card(act))

    assert mill.ranges()[0] == (1, 8, "printed", mill.lot.id)
    assert mill.left() == (0, 5)
    with pytest.raises(RangeNotPossible):
        service.undo_report(work, act=mill.card(act))


def test_cancelled_stamps_give_back_the_place_of_the_lot_they_are_of(
    mill: Mill, work: Work
) -> None:
    mill.bind(1, 4)
    mill.bind(5, 6, mill.other.id)

    act = service.void_stamps(
        work, batch_id=mill.roll.id, first=3, last=8, reason=VoidReason.SPOILED
    )

    assert mill.left() == (6, 5)
    together = queries.acts_together(work.session, mill.card(act))
    assert [(one.lot_id, one.first, one.last) for one in together] == [
        (mill.lot.id, 3, 4),
        (mill.other.id, 5, 6),
        (None, 7, 8),
    ]


def test_a_lots_story_tells_what_came_and_what_left(mill: Mill, work: Work) -> None:
    mill.bind(1, 4)
    mill.move(3, 4, mill.other.id)

    stories = queries.story_of_lots(work.session, [mill.lot.id, mill.other.id])

    assert [(step.what, step.count) for step in stories[mill.lot.id]] == [
        ("bind", 4),
        ("leave", 2),
    ]
    assert [(step.what, step.count) for step in stories[mill.other.id]] == [("move", 2)]
