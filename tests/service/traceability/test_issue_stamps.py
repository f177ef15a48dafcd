import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from core.errors import NotFound
from core.outbox import OutboxEvent
from core.work import By, Work
from tests.makers import make_lot, make_person
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
    assert service.stamps_made(work.session, batch_id=batch.id) == 4

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


def test_a_lots_last_stamp_can_be_issued(work: Work) -> None:
    lot = make_lot(work, declared=5)

    service.issue_stamps(work, lot_id=lot.id, count=5)
    with pytest.raises(StampQuotaExceeded):
        service.issue_stamps(work, lot_id=lot.id, count=1)

    assert queries.stamps_left(work.session, lot.id) == 0


def test_a_lot_without_stamps_gets_another_quota_than_declared(work: Work) -> None:
    lot = make_lot(work, declared=10)

    service.set_quota(work, lot_id=lot.id, units=4)

    assert queries.stamps_left(work.session, lot.id) == 4


def test_the_quota_of_one_lot_is_not_anothers(work: Work) -> None:
    lot = make_lot(work, declared=5)
    other = make_lot(work, code="26-11B", declared=7)
    third = make_lot(work, code="26-11C", declared=9)
    for each, count in ((lot, 3), (other, 4), (third, 3)):
        service.issue_stamps(work, lot_id=each.id, count=count)

    service.set_quota(work, lot_id=other.id, units=20)
    refused = service.begin_batch(work, lot_id=other.id, count=10)
    service.abandon_batch(work, batch_id=refused.id)
    with pytest.raises(StampQuotaExceeded) as refusal:
        service.issue_stamps(work, lot_id=other.id, count=17)
    with pytest.raises(QuotaBelowIssued) as below:
        service.set_quota(work, lot_id=other.id, units=2)

    assert refusal.value.values["left"] == 16
    assert below.value.values == {"issued": 4}
    left = [queries.stamps_left(work.session, each.id) for each in (lot, other, third)]
    assert left == [2, 16, 6]


def test_a_batch_is_made_and_published_beside_others_untouched(work: Work) -> None:
    lot = make_lot(work, declared=20)
    done = service.issue_stamps(work, lot_id=lot.id, count=3)
    first = service.begin_batch(work, lot_id=lot.id, count=4)
    second = service.begin_batch(work, lot_id=lot.id, count=5)
    third = service.begin_batch(work, lot_id=lot.id, count=6)
    service.add_stamps(work, batch_id=first.id, first=1, count=4)

    service.publish_batch(work, batch_id=first.id)
    service.abandon_batch(work, batch_id=second.id)

    batches = [done, first, second, third]
    for batch in batches:
        work.session.refresh(batch)
    states = [each.state for each in batches]
    assert states == ["issued", "issued", "discarded", "preparing"]
    made = [service.stamps_made(work.session, batch_id=each.id) for each in batches]
    assert made == [3, 4, 0, 0]
    with pytest.raises(NoResultFound):
        service.publish_batch(work, batch_id=first.id)


def test_who_issued_and_when_stands_on_the_batch_its_range_and_the_event(work: Work) -> None:
    lot = make_lot(work)
    work.by = By("person", make_person(work).id, lot.enterprise_id)

    batch = service.issue_stamps(work, lot_id=lot.id, count=4)

    piece = work.session.scalars(select(StampRange).where(StampRange.batch_id == batch.id)).one()
    assert (batch.enterprise_id, batch.by_person_id) == (lot.enterprise_id, work.by.person_id)
    assert (batch.count, batch.issued_at) == (4, work.now)
    assert (piece.first, piece.last, piece.state, piece.from_at, piece.by_person_id) == (
        1,
        4,
        "printed",
        work.now,
        work.by.person_id,
    )
    event = work.session.scalars(select(OutboxEvent)).one()
    assert (event.name, event.fields) == (
        "StampsIssued",
        {"batch_id": batch.id, "product_id": lot.product_id, "lot_id": lot.id, "count": 4},
    )


@pytest.mark.parametrize("count", [0, -1, 5_001])
def test_one_transaction_makes_from_one_stamp_to_a_piece_of_them(work: Work, count: int) -> None:
    lot = make_lot(work, declared=10_000)

    with pytest.raises(AssertionError):
        service.issue_stamps(work, lot_id=lot.id, count=count)

    assert queries.stamps_left(work.session, lot.id) is None


def test_a_whole_piece_is_issued_at_once_and_a_million_stamps_are_one_batch(work: Work) -> None:
    lot = make_lot(work, declared=2_000_000)

    service.issue_stamps(work, lot_id=lot.id, count=5_000)
    million = service.begin_batch(work, lot_id=lot.id, count=1_000_000)

    assert million.count == 1_000_000
    assert queries.stamps_left(work.session, lot.id) == 995_000


def test_a_lot_that_does_not_exist_gets_no_stamps(work: Work) -> None:
    with pytest.raises(NotFound):
        service.issue_stamps(work, lot_id=0, count=1)
    with pytest.raises(NotFound):
        service.set_quota(work, lot_id=0, units=1)

    assert work.session.scalar(select(func.count()).select_from(StampBatch)) == 0


def test_stamps_are_taken_from_their_own_lots_quota(work: Work) -> None:
    lot, other = make_lot(work, declared=5), make_lot(work, code="26-11B", declared=5)
    service.issue_stamps(work, lot_id=other.id, count=1)

    service.issue_stamps(work, lot_id=lot.id, count=3)

    assert queries.stamps_left(work.session, lot.id) == 2
    assert queries.stamps_left(work.session, other.id) == 4


def test_a_batch_is_made_visible_alone_and_once(work: Work) -> None:
    lot = make_lot(work, declared=5)
    batch, other = (service.begin_batch(work, lot_id=lot.id, count=1) for _ in range(2))

    service.publish_batch(work, batch_id=batch.id)

    work.session.refresh(other)
    assert (batch.state, other.state) == ("issued", "preparing")
    with pytest.raises(NoResultFound):
        service.publish_batch(work, batch_id=batch.id)


def test_a_batch_holds_a_million_stamps_and_not_one_more(work: Work) -> None:
    lot = make_lot(work, declared=2_000_000)

    assert service.begin_batch(work, lot_id=lot.id, count=1_000_000).count == 1_000_000
    with pytest.raises(TooManyStamps):
        service.begin_batch(work, lot_id=lot.id, count=1_000_001)
