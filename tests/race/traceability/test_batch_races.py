from flask import Flask
from sqlalchemy import func, select

from core.work import COMMAND, transaction
from tests.makers import make_lot
from tests.race.crowd import rush
from traceability import queries, service
from traceability.errors import BatchDiscarded
from traceability.models import Stamp
from traceability.service import PIECE

COUNT = 3 * PIECE


def new_batch() -> tuple[int, int]:
    with transaction(by=COMMAND) as work:
        lot = make_lot(work, declared=COUNT)
        return lot.id, service.begin_batch(work, lot_id=lot.id, count=COUNT).id


def test_workers_at_one_batch_make_each_stamp_once(app: Flask) -> None:
    _, batch_id = new_batch()

    def add(_: int) -> int:
        with transaction(by=COMMAND) as work:
            return service.add_next_stamps(work, batch_id=batch_id)

    answers, refusals = rush(app, add, people=6)

    assert sorted(answers) == [PIECE, 2 * PIECE, COUNT, COUNT, COUNT, COUNT]
    assert refusals == []
    with transaction(by=COMMAND) as work:
        made = select(func.count(), func.max(Stamp.ordinal)).select_from(Stamp)
        assert tuple(work.session.execute(made).one()) == (COUNT, COUNT)


def test_a_batch_is_made_whole_or_given_up_whole(app: Flask) -> None:
    lot_id, batch_id = new_batch()

    def act(person: int) -> int:
        with transaction(by=COMMAND) as work:
            if person == 2:
                return -service.discard_batches(work, [batch_id])
            return service.add_next_stamps(work, batch_id=batch_id)

    answers, refusals = rush(app, act, people=4)

    with transaction(by=COMMAND) as work:
        card = queries.batches_by_id(work.session, [batch_id])[batch_id]
        left = queries.stamps_left(work.session, lot_id)
    assert (card.state, sum(card.by_state.values()), left) in {
        ("issued", COUNT, 0),
        ("discarded", 0, COUNT),
    }
    assert (-1 in answers) == (card.state == "discarded")
    assert {type(refusal) for refusal in refusals} <= {BatchDiscarded}
