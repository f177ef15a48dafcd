from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import NotFound
from core.outbox import OutboxEvent
from core.work import By, Work
from tests.makers import lot_of, make_lot, make_person
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


def test_what_is_done_to_one_batch_is_done_to_no_other(work: Work) -> None:
    lot = make_lot(work, declared=20)
    batch, other = (service.issue_stamps(work, lot_id=lot.id, count=10) for _ in range(2))

    service.activate_stamps(work, batch_id=batch.id, first=1, last=4)
    service.void_stamps(work, batch_id=batch.id, first=3, last=6, reason=VoidReason.SPOILED)

    work.session.refresh(other)
    assert ranges(work, batch) == [(1, 2, "active"), (3, 6, "void"), (7, 10, "printed")]
    assert ranges(work, other) == [(1, 10, "printed")]
    assert (batch.version, other.version) == (3, 1)


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
        service.activate_lot(work, lot_id=lot_of(batch), leftover=10)

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
    assert queries.lot_stamps(work.session, [lot_of(batch)])[lot_of(batch)]["active"] == 2


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

    assert queries.stamps_left(work.session, lot_of(batch)) == 2
    assert ranges(work, batch) == [(1, 3, "active"), (4, 7, "void"), (8, 10, "printed")]


def test_a_cancelled_stamp_is_not_cancelled_again(work: Work) -> None:
    batch = issued(work)
    service.void_stamps(work, batch_id=batch.id, first=4, last=4, reason=VoidReason.LOST)

    with pytest.raises(RangeNotPossible):
        service.void_stamps(work, batch_id=batch.id, first=1, last=10, reason=VoidReason.SPOILED)

    assert queries.stamps_left(work.session, lot_of(batch)) == 1


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


def events(work: Work, name: str) -> list[dict[str, object]]:
    found = select(OutboxEvent.fields).where(OutboxEvent.name == name).order_by(OutboxEvent.id)
    return list(work.session.scalars(found))


def test_each_act_is_on_record_and_announced(work: Work) -> None:
    batch = issued(work)
    work.by = By("person", make_person(work).id, batch.enterprise_id)

    activated = service.activate_stamps(work, batch_id=batch.id, first=3, last=6)
    undone = service.undo_activation(work, act_id=activated.id)
    void = service.void_stamps(
        work, batch_id=batch.id, first=9, last=10, reason=VoidReason.RETURNED
    )

    acts = [activated, undone, void]
    assert [(act.act, act.first, act.last, act.reason) for act in acts] == [
        ("activate", 3, 6, None),
        ("undo", 3, 6, None),
        ("void", 9, 10, "returned"),
    ]
    assert [act.undoes_id for act in acts] == [None, activated.id, None]
    assert {(act.batch_id, act.enterprise_id, act.by_person_id, act.at) for act in acts} == {
        (batch.id, batch.enterprise_id, work.by.person_id, work.now)
    }
    where = {"batch_id": batch.id, "lot_id": batch.lot_id, "first": 3, "last": 6}
    assert events(work, "StampsActivated") == [where]
    assert events(work, "ActivationUndone") == [where]
    assert events(work, "StampsVoided") == [where | {"first": 9, "last": 10, "reason": "returned"}]


def test_a_range_says_since_when_by_whom_and_why(work: Work) -> None:
    batch = issued(work)
    printed_at = work.now
    work.now += timedelta(minutes=1)
    work.by = By("person", make_person(work).id, batch.enterprise_id)

    service.void_stamps(work, batch_id=batch.id, first=4, last=5, reason=VoidReason.LOST)

    rows = work.session.scalars(select(StampRange).order_by(StampRange.first)).all()
    assert [(each.first, each.last, each.from_at, each.by_person_id) for each in rows] == [
        (1, 3, printed_at, None),
        (4, 5, work.now, work.by.person_id),
        (6, 10, printed_at, None),
    ]
    assert [each.reason for each in rows] == [None, "lost", None]


def test_an_act_on_one_batch_leaves_the_others_as_they_were(work: Work) -> None:
    lot = make_lot(work, declared=20)
    batches = [service.issue_stamps(work, lot_id=lot.id, count=5) for _ in range(3)]

    activated = service.activate_stamps(work, batch_id=batches[1].id, first=1, last=5)
    service.void_stamps(work, batch_id=batches[0].id, first=1, last=2, reason=VoidReason.LOST)

    assert [ranges(work, batch) for batch in batches] == [
        [(1, 2, "void"), (3, 5, "printed")],
        [(1, 5, "active")],
        [(1, 5, "printed")],
    ]
    for batch in batches:
        work.session.refresh(batch)
    assert [batch.version for batch in batches] == [2, 2, 1]
    service.undo_activation(work, act_id=activated.id)
    assert ranges(work, batches[1]) == [(1, 5, "printed")]


def test_a_lots_stamps_are_activated_without_those_of_other_lots_or_of_no_batch_yet(
    work: Work,
) -> None:
    lot = make_lot(work, declared=20)
    other = service.issue_stamps(work, lot_id=make_lot(work, code="26-11B").id, count=3)
    batch = service.issue_stamps(work, lot_id=lot.id, count=6)
    service.begin_batch(work, lot_id=lot.id, count=4)
    service.activate_stamps(work, batch_id=batch.id, first=2, last=3)

    acts = service.activate_lot(work, lot_id=lot.id)

    assert [(act.first, act.last) for act in acts] == [(1, 1), (4, 6)]
    assert ranges(work, batch) == [(1, 6, "active")]
    assert ranges(work, other) == [(1, 3, "printed")]
    with pytest.raises(NothingToActivate):
        service.activate_lot(work, lot_id=lot.id)


def test_one_stamp_fewer_than_are_left_over_is_enough_to_activate_the_first(work: Work) -> None:
    batch = issued(work)

    acts = service.activate_lot(work, lot_id=lot_of(batch), leftover=9)

    assert [(act.first, act.last) for act in acts] == [(1, 1)]


def test_cancelled_in_use_makes_no_room(work: Work) -> None:
    batch = issued(work)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=10)

    service.void_stamps(work, batch_id=batch.id, first=1, last=10, reason=VoidReason.FAKED)

    assert queries.stamps_left(work.session, lot_of(batch)) == 0


def test_undoing_an_act_that_never_was_is_not_found(work: Work) -> None:
    with pytest.raises(NotFound):
        service.undo_activation(work, act_id=0)


def test_a_batch_in_the_making_or_given_up_cannot_be_acted_on(work: Work) -> None:
    batch = service.begin_batch(work, lot_id=make_lot(work).id, count=3)

    with pytest.raises(NotFound):
        service.activate_stamps(work, batch_id=batch.id, first=1, last=3)

    assert ranges(work, batch) == []


def test_a_report_over_several_batches_is_taken_back_in_all_of_them(work: Work) -> None:
    lot = make_lot(work, declared=20)
    batches = [service.issue_stamps(work, lot_id=lot.id, count=3) for _ in range(2)]
    service.activate_lot(work, lot_id=lot.id)
    act = queries.acts_of(work.session, batches[0].id)[0]

    service.undo_report(work, act=act)

    assert [ranges(work, batch) for batch in batches] == [[(1, 3, "printed")]] * 2
