from collections import Counter
from itertools import count

from flask import Flask
from sqlalchemy import func, select

from core.work import VISITOR, transaction
from tests.makers import make_lot
from tests.race.crowd import rush
from traceability import queries, service
from traceability.errors import (
    AlreadyChecked,
    NothingToActivate,
    RangeNotPossible,
    StampQuotaExceeded,
)
from traceability.models import Stamp, StampRange, StampTally
from traceability.rules import Visit, VoidReason
from traceability.service.checking import Visitor


def new_lot(declared: int) -> int:
    with transaction(by=VISITOR) as work:
        return make_lot(work, declared=declared).id


def new_batch(declared: int, *, active: bool) -> tuple[int, int]:
    """A whole batch of a new lot: its id and the id of its activation (0: none)."""
    lot_id = new_lot(declared)
    with transaction(by=VISITOR) as work:
        batch = service.issue_stamps(work, lot_id=lot_id, count=declared)
        if not active:
            return batch.id, 0
        act = service.activate_stamps(work, batch_id=batch.id, first=1, last=declared)
        return batch.id, act.id


def first_serial(batch_id: int) -> int:
    with transaction(by=VISITOR) as work:
        return work.session.scalars(
            select(Stamp.serial).where(Stamp.batch_id == batch_id, Stamp.ordinal == 1)
        ).one()


def test_sixteen_requests_cannot_issue_more_than_declared(app: Flask) -> None:
    lot_id = new_lot(50)

    def issue(_: int) -> int:
        with transaction(by=VISITOR) as work:
            return service.issue_stamps(work, lot_id=lot_id, count=8).count

    answers, refusals = rush(app, issue)

    assert answers == [8] * 6
    assert [type(refusal) for refusal in refusals] == [StampQuotaExceeded] * 10
    with transaction(by=VISITOR) as work:
        assert queries.stamps_left(work.session, lot_id) == 2
        assert work.session.scalar(select(func.count()).select_from(Stamp)) == 48


def test_sixteen_activations_of_one_range_take_effect_once(app: Flask) -> None:
    batch_id, _ = new_batch(10, active=False)

    def activate(_: int) -> int:
        with transaction(by=VISITOR) as work:
            return service.activate_stamps(work, batch_id=batch_id, first=2, last=9).id

    answers, refusals = rush(app, activate)

    assert len(answers) == 1
    assert [type(refusal) for refusal in refusals] == [RangeNotPossible] * 15


def test_ranges_never_overlap_however_many_act_on_them(app: Flask) -> None:
    batch_id, _ = new_batch(32, active=False)

    def act(person: int) -> None:
        with transaction(by=VISITOR) as work:
            if person % 2:
                service.activate_stamps(
                    work, batch_id=batch_id, first=person * 2, last=person * 2 + 1
                )
            else:
                service.void_stamps(
                    work,
                    batch_id=batch_id,
                    first=person * 2 + 1,
                    last=person * 2 + 2,
                    reason=VoidReason.SPOILED,
                )

    rush(app, act)

    with transaction(by=VISITOR) as work:
        rows = work.session.execute(
            select(StampRange.first, StampRange.last)
            .where(StampRange.batch_id == batch_id)
            .order_by(StampRange.first)
        ).all()
    covered = Counter(number for first, last in rows for number in range(first, last + 1))
    assert covered == Counter(range(1, 33))


def test_of_sixteen_first_checks_one_is_the_first(app: Flask) -> None:
    batch_id, _ = new_batch(1, active=True)
    serial = first_serial(batch_id)

    def check(person: int) -> int:
        visitor = Visitor(Visit.PERSON, f"device {person}", f"network {person}")
        with transaction(by=VISITOR) as work:
            return service.record_check(work, serial=serial, visitor=visitor).checks.checks

    answers, _ = rush(app, check)

    assert sorted(answers) == list(range(16))
    with transaction(by=VISITOR) as work:
        tally = work.session.get_one(StampTally, serial)
        assert (tally.checks, tally.occasions) == (16, 16)


def test_one_device_asking_sixteen_times_at_once_counts_once(app: Flask) -> None:
    batch_id, _ = new_batch(1, active=True)
    serial = first_serial(batch_id)

    def check(_: int) -> str | None:
        visitor = Visitor(Visit.PERSON, "one device", "one network")
        with transaction(by=VISITOR) as work:
            return service.record_check(work, serial=serial, visitor=visitor).token

    answers, _ = rush(app, check)

    assert len(set(answers)) == 1
    with transaction(by=VISITOR) as work:
        assert work.session.get_one(StampTally, serial).checks == 1


def test_an_activation_is_either_undone_or_checked_never_both(app: Flask) -> None:
    turns = count()
    for _ in range(5):
        batch_id, act_id = new_batch(1, active=True)
        serial = first_serial(batch_id)
        turn = next(turns)

        def act(
            person: int, serial: int = serial, act_id: int = act_id, turn: int = turn
        ) -> str | None:
            with transaction(by=VISITOR) as work:
                if person == 0:
                    service.undo_activation(work, act_id=act_id)
                    return "undone"
                visitor = Visitor(Visit.PERSON, f"{turn} {person}", f"{turn} {person}")
                return service.record_check(work, serial=serial, visitor=visitor).token

        answers, refusals = rush(app, act, people=4)

        with transaction(by=VISITOR) as work:
            is_checked = work.session.get(StampTally, serial) is not None
        assert is_checked != ("undone" in answers)
        assert [type(refusal) for refusal in refusals] == [AlreadyChecked] * is_checked


def test_a_whole_lot_is_stuck_on_while_single_stamps_of_it_are_cancelled(app: Flask) -> None:
    lot_id = new_lot(32)
    with transaction(by=VISITOR) as work:
        batch_id = service.issue_stamps(work, lot_id=lot_id, count=32).id

    def act(person: int) -> str:
        with transaction(by=VISITOR) as work:
            if person % 2:
                return service.activate_lot(work, lot_id=lot_id)[0].act
            at, reason = person + 1, VoidReason.SPOILED
            return service.void_stamps(
                work, batch_id=batch_id, first=at, last=at, reason=reason
            ).act

    answers, refusals = rush(app, act)

    # Whoever comes second waits; nobody holds what the other waits for.
    assert Counter(answers) == {"activate": 1, "void": 8}
    assert [type(refusal) for refusal in refusals] == [NothingToActivate] * 7
    with transaction(by=VISITOR) as work:
        card = queries.batches_by_id(work.session, [batch_id])[batch_id]
    assert card.by_state == {"active": 24, "void": 8}
