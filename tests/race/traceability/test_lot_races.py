"""Scarce places of a lot: binding rolls and moving leftovers by many at once."""

from flask import Flask
from sqlalchemy import select

from core.work import VISITOR, transaction
from tests.makers import make_lot, make_product
from tests.race.crowd import rush
from traceability import queries, service
from traceability.errors import LotCannotBear, RangeNotPossible, StampsOfALot
from traceability.models import StampRange


def new_goods(*declared: int) -> tuple[int, int, list[int]]:
    """A product with a lot of each size: its id, its enterprise's, the lots' ids."""
    with transaction(by=VISITOR) as work:
        product = make_product(work)
        lots = [
            make_lot(work, product=product, code=f"L-{at}", declared=units).id
            for at, units in enumerate(declared)
        ]
        return product.id, product.enterprise_id, lots


def new_roll(product_id: int, enterprise_id: int, count: int) -> int:
    with transaction(by=VISITOR) as work:
        roll = service.begin_roll(
            work, product_id=product_id, enterprise_id=enterprise_id, count=count
        )
        service.add_stamps(work, batch_id=roll.id, first=1, count=count)
        return service.publish_batch(work, batch_id=roll.id).id


def bound(lot_id: int) -> int:
    with transaction(by=VISITOR) as work:
        rows = work.session.scalars(select(StampRange).where(StampRange.lot_id == lot_id))
        return sum(each.last - each.first + 1 for each in rows)


def test_sixteen_rolls_never_bind_more_than_a_lot_declared(app: Flask) -> None:
    product_id, enterprise_id, (lot_id,) = new_goods(50)
    rolls = [new_roll(product_id, enterprise_id, 8) for _ in range(16)]

    def bind(person: int) -> int:
        with transaction(by=VISITOR) as work:
            act = service.stick_stamps(work, batch_id=rolls[person], lot_id=lot_id, first=1, last=8)
            return act.last

    answers, refusals = rush(app, bind)

    assert answers == [8] * 6
    assert [type(refusal) for refusal in refusals] == [LotCannotBear] * 10
    assert bound(lot_id) == 48
    with transaction(by=VISITOR) as work:
        assert queries.stamps_left(work.session, lot_id) == 2


def test_one_roll_is_stuck_on_one_of_two_lots(app: Flask) -> None:
    product_id, enterprise_id, lots = new_goods(50, 50)
    roll = new_roll(product_id, enterprise_id, 10)

    def bind(person: int) -> None:
        with transaction(by=VISITOR) as work:
            service.bind_stamps(work, batch_id=roll, lot_id=lots[person % 2], first=1, last=10)

    answers, refusals = rush(app, bind)

    assert len(answers) == 1
    assert [type(refusal) for refusal in refusals] == [StampsOfALot] * 15
    assert sorted(bound(lot_id) for lot_id in lots) == [0, 10]


def test_leftovers_that_move_against_each_other_keep_both_lots_within_their_units(
    app: Flask,
) -> None:
    product_id, enterprise_id, lots = new_goods(40, 40)
    rolls = [new_roll(product_id, enterprise_id, 4) for _ in range(16)]
    with transaction(by=VISITOR) as work:
        for at, roll in enumerate(rolls):
            service.bind_stamps(work, batch_id=roll, lot_id=lots[at % 2], first=1, last=4)

    def move(person: int) -> None:
        with transaction(by=VISITOR) as work:
            other = lots[(person + 1) % 2]
            service.move_stamps(work, batch_id=rolls[person], lot_id=other, first=1, last=4)

    _, refusals = rush(app, move)

    # Whoever comes while the other lot is full is refused; nobody waits for ever, none is lost.
    assert {type(refusal) for refusal in refusals} <= {LotCannotBear}
    assert bound(lots[0]) + bound(lots[1]) == 64
    with transaction(by=VISITOR) as work:
        left = queries.stamps_left_of(work.session, lots)
    assert left == {lot_id: 40 - bound(lot_id) for lot_id in lots}
    assert min(left.values()) >= 0


def test_a_stamp_moves_or_is_stuck_on_but_not_both(app: Flask) -> None:
    product_id, enterprise_id, lots = new_goods(20, 20)
    roll = new_roll(product_id, enterprise_id, 10)
    with transaction(by=VISITOR) as work:
        service.bind_stamps(work, batch_id=roll, lot_id=lots[0], first=1, last=10)

    def act(person: int) -> str:
        with transaction(by=VISITOR) as work:
            if person % 2:
                service.activate_stamps(work, batch_id=roll, first=1, last=10)
                return "active"
            service.move_stamps(work, batch_id=roll, lot_id=lots[1], first=1, last=10)
            return "moved"

    answers, refusals = rush(app, act)

    # Moved stamps may still be stuck on, as their new lot's; active ones never move.
    assert answers.count("active") == 1
    assert answers.count("moved") <= 1
    assert sum(bound(lot_id) for lot_id in lots) == 10
    assert RangeNotPossible in {type(refusal) for refusal in refusals}


def test_moves_are_taken_back_against_moves_of_the_same_lots(app: Flask) -> None:
    product_id, enterprise_id, lots = new_goods(640, 640, 640)
    rolls = [new_roll(product_id, enterprise_id, 8) for _ in range(16)]
    moved = {}
    with transaction(by=VISITOR) as work:
        for at, roll in enumerate(rolls):
            service.bind_stamps(work, batch_id=roll, lot_id=lots[0], first=1, last=4)
            service.bind_stamps(work, batch_id=roll, lot_id=lots[at % 2], first=5, last=8)
    for at in range(1, 16, 2):  # From both lots at once: two acts, taken back as one.
        with transaction(by=VISITOR) as work:
            act = service.move_stamps(work, batch_id=rolls[at], lot_id=lots[2], first=1, last=8)
            moved[at] = queries.act_of(work.session, act.public_id)

    def change(person: int) -> None:
        with transaction(by=VISITOR) as work:
            if act := moved.get(person):
                service.undo_report(work, act=act)
            else:
                service.move_stamps(work, batch_id=rolls[person], lot_id=lots[1], first=1, last=8)

    _, refusals = rush(app, change)

    assert refusals == []
    assert [bound(lot_id) for lot_id in lots] == [32, 96, 0]
