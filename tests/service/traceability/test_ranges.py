from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import NotFound
from core.work import Work
from tests.makers import make_lot
from traceability import queries, service
from traceability.errors import AlreadyChecked, NothingToActivate, RangeNotPossible
from traceability.models import Stamp, StampBatch, StampRange
from traceability.rules import Visit, VoidReason
from traceability.service.checking import Visitor

PASSER_BY = Visitor(Visit.PERSON, device_hash="d", network_hash="n")


def issued(work: Work, count: int = 10, declared: int = 10) -> StampBatch:
    return service.issue_stamps(work, lot_id=make_lot(work, declared=declared).id, count=count)


def ranges(work: Work, batch: StampBatch) -> list[tuple[int, int, str]]:
    rows = work.session.execute(
        select(StampRange.first, StampRange.last, StampRange.state)
        .where(StampRange.batch_id == batch.id)
        .order_by(StampRange.first)
    )
    return [(first, last, state) for first, last, state in rows]


def serial_of(work: Work, batch: StampBatch, ordinal: int) -> int:
    return work.session.scalars(
        select(Stamp.serial).where(Stamp.batch_id == batch.id, Stamp.ordinal == ordinal)
    ).one()


def test_activating_a_part_leaves_the_rest_printed(work: Work) -> None:
    batch = issued(work)

    service.activate_stamps(work, batch_id=batch.id, first=3, last=6)

    assert ranges(work, batch) == [(1, 2, "printed"), (3, 6, "active"), (7, 10, "printed")]


@pytest.mark.parametrize(("first", "last"), [(0, 3), (8, 11), (6, 5), (4, 7)])
def test_only_printed_stamps_that_exist_can_be_activated(work: Work, first: int, last: int) -> None:
    batch = issued(work)
    service.activate_stamps(work, batch_id=batch.id, first=5, last=5)

    with pytest.raises(RangeNotPossible):
        service.activate_stamps(work, batch_id=batch.id, first=first, last=last)

    assert ranges(work, batch) == [(1, 4, "printed"), (5, 5, "active"), (6, 10, "printed")]


def test_a_lot_is_activated_but_for_the_leftover_at_the_end(work: Work) -> None:
    lot = make_lot(work, declared=20)
    first = service.issue_stamps(work, lot_id=lot.id, count=4)
    second = service.issue_stamps(work, lot_id=lot.id, count=6)

    acts = service.activate_lot(work, lot_id=lot.id, leftover=2)

    assert [(act.batch_id, act.first, act.last) for act in acts] == [
        (first.id, 1, 4),
        (second.id, 1, 4),
    ]
    assert queries.lot_stamps(work.session, [lot.id]) == {lot.id: {"active": 8, "printed": 2}}


def test_a_lot_with_everything_left_over_is_refused(work: Work) -> None:
    batch = issued(work)

    with pytest.raises(NothingToActivate):
        service.activate_lot(work, lot_id=batch.lot_id, leftover=10)

    assert ranges(work, batch) == [(1, 10, "printed")]


def test_undo_brings_the_printed_stamps_back(work: Work) -> None:
    batch = issued(work)
    act = service.activate_stamps(work, batch_id=batch.id, first=3, last=6)

    service.undo_activation(work, act_id=act.id)

    states = {state for _, _, state in ranges(work, batch)}
    assert states == {"printed"}


def test_undo_is_refused_once_somebody_checked(work: Work) -> None:
    batch = issued(work)
    act = service.activate_stamps(work, batch_id=batch.id, first=3, last=6)
    service.record_check(work, serial=serial_of(work, batch, 4), visitor=PASSER_BY)

    with pytest.raises(AlreadyChecked):
        service.undo_activation(work, act_id=act.id)

    assert ranges(work, batch) == [(1, 2, "printed"), (3, 6, "active"), (7, 10, "printed")]


def test_a_check_of_a_neighbour_does_not_hinder_undo(work: Work) -> None:
    batch = issued(work)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=2)
    work.now += timedelta(minutes=1)
    act = service.activate_stamps(work, batch_id=batch.id, first=3, last=6)
    service.record_check(work, serial=serial_of(work, batch, 2), visitor=PASSER_BY)

    service.undo_activation(work, act_id=act.id)

    assert ranges(work, batch)[0] == (1, 2, "active")
    assert queries.lot_stamps(work.session, [batch.lot_id])[batch.lot_id]["active"] == 2


def test_what_was_cancelled_since_is_not_undone(work: Work) -> None:
    batch = issued(work)
    act = service.activate_stamps(work, batch_id=batch.id, first=3, last=6)
    service.void_stamps(work, batch_id=batch.id, first=4, last=4, reason=VoidReason.FAKED)

    with pytest.raises(RangeNotPossible):
        service.undo_activation(work, act_id=act.id)

    assert (4, 4, "void") in ranges(work, batch)


def test_undo_works_once(work: Work) -> None:
    batch = issued(work)
    act = service.activate_stamps(work, batch_id=batch.id, first=3, last=6)
    undone = service.undo_activation(work, act_id=act.id)

    with pytest.raises(RangeNotPossible):
        service.undo_activation(work, act_id=act.id)
    with pytest.raises(NotFound):
        service.undo_activation(work, act_id=undone.id)


def test_cancelled_before_use_makes_room_for_others(work: Work) -> None:
    batch = issued(work, count=10, declared=10)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=5)

    service.void_stamps(work, batch_id=batch.id, first=4, last=7, reason=VoidReason.SPOILED)

    assert queries.stamps_left(work.session, batch.lot_id) == 2
    assert ranges(work, batch) == [(1, 3, "active"), (4, 7, "void"), (8, 10, "printed")]


def test_a_cancelled_stamp_is_not_cancelled_again(work: Work) -> None:
    batch = issued(work)
    service.void_stamps(work, batch_id=batch.id, first=4, last=4, reason=VoidReason.LOST)

    with pytest.raises(RangeNotPossible):
        service.void_stamps(work, batch_id=batch.id, first=1, last=10, reason=VoidReason.SPOILED)

    assert queries.stamps_left(work.session, batch.lot_id) == 1


def test_a_batch_that_does_not_exist_is_not_found(work: Work) -> None:
    with pytest.raises(NotFound):
        service.activate_stamps(work, batch_id=0, first=1, last=1)


def test_an_undone_activation_does_not_undo_the_one_after_it(work: Work) -> None:
    batch = issued(work)
    first = service.activate_stamps(work, batch_id=batch.id, first=3, last=6)
    service.undo_activation(work, act_id=first.id)
    work.now += timedelta(minutes=1)
    service.activate_stamps(work, batch_id=batch.id, first=3, last=6)

    with pytest.raises(RangeNotPossible):
        service.undo_activation(work, act_id=first.id)

    assert (3, 6, "active") in ranges(work, batch)
