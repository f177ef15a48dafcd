from dataclasses import FrozenInstanceError, replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.work import Work
from tests.makers import make_lot
from traceability import queries, service
from traceability.models import Stamp, StampBatch, StampCheck, StampEarlyVisit, StampTally
from traceability.queries import StampRow
from traceability.rules import Checks, Uncounted, Visit, VoidReason
from traceability.service import checking
from traceability.service.checking import Check, Claim, Visitor

HOME = Visitor(Visit.PERSON, device_hash="my phone", network_hash="home")
PARTNER = replace(HOME, device_hash="partner's phone")
STRANGER = Visitor(Visit.PERSON, device_hash="stranger", network_hash="elsewhere")
GTIN = "09521234543213"


@pytest.fixture
def batch(work: Work) -> StampBatch:
    """Three stamps, the second one active."""
    batch = service.issue_stamps(work, lot_id=make_lot(work).id, count=3, gtin=GTIN)
    service.activate_stamps(work, batch_id=batch.id, first=2, last=2)
    return batch


def serial_of(work: Work, batch: StampBatch, ordinal: int = 2) -> int:
    return work.session.scalars(
        select(Stamp.serial).where(Stamp.batch_id == batch.id, Stamp.ordinal == ordinal)
    ).one()


def row_of(work: Work, batch: StampBatch, ordinal: int = 2) -> StampRow:
    row = queries.stamp_row(work.session, serial_of(work, batch, ordinal))
    assert row is not None
    return row


def check(
    work: Work, batch: StampBatch, visitor: Visitor = HOME, claim: Claim | None = None
) -> Check:
    return service.record_check(work, serial=serial_of(work, batch), visitor=visitor, claim=claim)


def stored(work: Work, model: type = StampCheck) -> int:
    return work.session.scalar(select(func.count()).select_from(model)) or 0


def test_occasions_include_this_visits_only_where_it_begins_one(
    work: Work, batch: StampBatch
) -> None:
    seen = [check(work, batch, visitor) for visitor in (HOME, HOME, PARTNER, STRANGER)]

    assert [each.uncounted for each in seen] == [None, Uncounted.SAME_DEVICE, None, None]
    assert [each.occasions for each in seen] == [1, 1, 1, 2]
    assert check(work, batch, replace(STRANGER, visit=Visit.ROBOT)).occasions == 2
    assert Check(1, work.now, None).occasions == 0


def test_a_look_that_could_not_be_recorded_says_so_and_begins_no_occasion(
    work: Work, batch: StampBatch
) -> None:
    serial = serial_of(work, batch)
    seen = service.look(work.session, serial=serial, visitor=HOME, now=work.now)
    robot = service.look(
        work.session, serial=serial, visitor=replace(HOME, visit=Visit.ROBOT), now=work.now
    )
    nothing = service.look(work.session, serial=12345, visitor=HOME, now=work.now)

    assert (seen.unrecorded, seen.occasions, seen.token) == (True, 0, None)
    assert robot.unrecorded is False
    assert nothing.unrecorded is False
    assert stored(work) == stored(work, StampTally) == 0


@pytest.mark.parametrize("claim", [None, Claim(), Claim(gtin=GTIN), Claim(lot="26-11A")])
def test_a_stamp_is_found_under_what_it_was_issued_for(
    work: Work, batch: StampBatch, claim: Claim | None
) -> None:
    before = row_of(work, batch)

    assert check(work, batch, claim=claim).stamp == before


@pytest.mark.parametrize(
    "claim",
    [
        Claim(gtin="08936012345678"),
        Claim(lot="26-11B"),
        Claim(gtin=GTIN, lot="26-11B"),
        Claim(gtin="08936012345678", lot="26-11A"),
    ],
)
def test_under_another_gtin_or_lot_it_was_not_issued_and_nothing_is_counted(
    work: Work, batch: StampBatch, claim: Claim
) -> None:
    seen = check(work, batch, claim=claim)

    assert (seen.stamp, seen.token, seen.uncounted) == (None, None, None)
    assert stored(work) == 0


def test_an_activation_undone_this_very_moment_does_not_count(
    work: Work, batch: StampBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = row_of(work, batch)
    act_id = queries.acts_of(work.session, batch.id)[0].id
    service.undo_activation(work, act_id=act_id)
    read = [stale, row_of(work, batch)]
    monkeypatch.setattr(checking, "stamp_row", lambda _session, _serial: read.pop(0))

    seen = check(work, batch)

    assert seen.uncounted is Uncounted.NOT_ACTIVE
    assert stored(work) == 0


def test_a_first_check_holds_the_active_range_of_its_own_stamp_alone(
    work: Work, batch: StampBatch
) -> None:
    other = service.issue_stamps(work, lot_id=make_lot(work, code="26-11B").id, count=2)

    assert checking._hold(work, row_of(work, batch)) is True
    assert checking._hold(work, row_of(work, batch, 1)) is False
    assert checking._hold(work, row_of(work, batch, 3)) is False
    assert checking._hold(work, row_of(work, other, 2)) is False


def test_what_a_check_found_is_kept_for_its_result_page(work: Work, batch: StampBatch) -> None:
    work.now += timedelta(days=1)
    assert check(work, batch).checks == Checks()
    first_at = work.now
    work.now += timedelta(days=1)

    token = check(work, batch, STRANGER).token

    assert token is not None
    assert queries.past_check(work.session, day=work.today, token=token) == {
        "serial": serial_of(work, batch),
        "at": work.now.isoformat(),
        "checks": {
            "checks": 1,
            "occasions": 1,
            "first_at": first_at.isoformat(),
            "last_at": first_at.isoformat(),
            "early_days": 1,
            "own_checks": 0,
            "in_own_occasion": False,
        },
    }


def test_days_soon_after_activation_are_counted_once_each(work: Work, batch: StampBatch) -> None:
    for days, visitor in ((0, HOME), (0, STRANGER), (1, HOME), (14, HOME)):
        work.now = row_of(work, batch).from_at + timedelta(days=days)
        check(work, batch, visitor)

    row = row_of(work, batch)
    assert (row.checks, row.occasions, row.early_days) == (4, 4, 2)


def test_a_cancelled_stamp_reminds_nobody_and_its_looks_are_not_kept(
    work: Work, batch: StampBatch
) -> None:
    service.void_stamps(work, batch_id=batch.id, first=2, last=2, reason=VoidReason.FAKED)

    seen = check(work, batch)

    assert (seen.uncounted, seen.reminded) == (Uncounted.NOT_ACTIVE, False)
    assert stored(work, StampEarlyVisit) == 0


def test_looks_more_than_two_hours_apart_are_several(work: Work, batch: StampBatch) -> None:
    serial = serial_of(work, batch, 1)
    for hours in (0, 1, 2, 5, 6, 8):
        at = replace(work, now=work.now + timedelta(hours=hours))
        service.record_check(at, serial=serial, visitor=STRANGER)

    assert row_of(work, batch, 1).early_visits == 4


def test_a_visitor_is_nobody_special_until_said_and_does_not_change() -> None:
    assert HOME.is_officer is False
    assert HOME.enterprise_ids == frozenset()
    for fact in (HOME, Claim()):
        with pytest.raises(FrozenInstanceError):
            fact.lot = "26-11B"  # type: ignore[union-attr,misc]  # That it cannot be is the point.
