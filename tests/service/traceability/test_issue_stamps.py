import pytest
from sqlalchemy import func, select

from core.work import Work
from tests.makers import make_lot
from traceability import queries, service
from traceability.errors import QuotaBelowIssued, StampQuotaExceeded, TooManyStamps
from traceability.models import Stamp, StampBatch, StampRange


def test_a_lot_never_bears_more_stamps_than_units(work: Work) -> None:
    lot = make_lot(work, declared=5)
    service.issue_stamps(work, lot_id=lot.id, count=3)

    with pytest.raises(StampQuotaExceeded) as refusal:
        service.issue_stamps(work, lot_id=lot.id, count=3)

    assert refusal.value.values == {"left": 2, "asked": 3}
    assert queries.stamps_left(work.session, lot.id) == 2
    assert work.session.scalar(select(func.count()).select_from(Stamp)) == 3


def test_issued_stamps_are_printed_and_numbered_from_one(work: Work) -> None:
    lot = make_lot(work, declared=7)

    batch = service.issue_stamps(work, lot_id=lot.id, count=7, gtin="09521234543213")

    ordinals = work.session.scalars(
        select(Stamp.ordinal).where(Stamp.batch_id == batch.id).order_by(Stamp.serial)
    ).all()
    assert ordinals == [1, 2, 3, 4, 5, 6, 7]
    assert batch.state == "issued"
    assert batch.gtin == "09521234543213"
    assert queries.lot_stamps(work.session, [lot.id]) == {lot.id: {"printed": 7}}


def test_the_first_stamps_seal_the_lot(work: Work) -> None:
    lot = make_lot(work)

    service.issue_stamps(work, lot_id=lot.id, count=1)

    work.session.refresh(lot)
    assert lot.sealed_at == work.now


def test_a_batch_in_the_making_is_not_on_record(work: Work) -> None:
    lot = make_lot(work, declared=10)
    batch = service.begin_batch(work, lot_id=lot.id, count=10)
    service.add_stamps(work, batch_id=batch.id, first=1, count=4)
    serial = work.session.scalar(select(Stamp.serial).limit(1))
    assert serial is not None

    assert queries.stamp_row(work.session, serial) is None
    assert service.stamps_made(work, batch_id=batch.id) == 4

    service.add_stamps(work, batch_id=batch.id, first=5, count=6)
    service.publish_batch(work, batch_id=batch.id)

    row = queries.stamp_row(work.session, serial)
    assert row is not None
    assert (row.state, row.lot_id, row.checks) == ("printed", lot.id, None)


def test_an_abandoned_batch_gives_its_quota_back_once(work: Work) -> None:
    lot = make_lot(work, declared=10)
    batch = service.begin_batch(work, lot_id=lot.id, count=8)

    assert service.abandon_batch(work, batch_id=batch.id) is True
    assert service.abandon_batch(work, batch_id=batch.id) is False

    assert queries.stamps_left(work.session, lot.id) == 10
    assert work.session.scalar(select(func.count()).select_from(StampRange)) == 0


def test_a_published_batch_is_not_abandoned(work: Work) -> None:
    lot = make_lot(work, declared=10)
    batch = service.issue_stamps(work, lot_id=lot.id, count=8)

    assert service.abandon_batch(work, batch_id=batch.id) is False

    assert queries.stamps_left(work.session, lot.id) == 2


def test_a_slip_of_the_finger_is_refused_before_anything_is_taken(work: Work) -> None:
    lot = make_lot(work, declared=10_000_000)

    with pytest.raises(TooManyStamps) as refusal:
        service.begin_batch(work, lot_id=lot.id, count=1_000_001)

    assert refusal.value.values == {"most": 1_000_000}
    assert queries.stamps_left(work.session, lot.id) is None
    assert work.session.scalar(select(func.count()).select_from(StampBatch)) == 0


def test_the_quota_never_falls_below_what_is_issued(work: Work) -> None:
    lot = make_lot(work, declared=10)
    service.issue_stamps(work, lot_id=lot.id, count=6)

    service.set_quota(work, lot_id=lot.id, units=6)
    with pytest.raises(QuotaBelowIssued) as refusal:
        service.set_quota(work, lot_id=lot.id, units=5)

    assert refusal.value.values == {"issued": 6}
    assert queries.stamps_left(work.session, lot.id) == 0
