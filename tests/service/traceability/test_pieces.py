import pytest
from sqlalchemy import func, select

from core.audit import AuditEntry
from core.jobs import Job
from core.work import Work
from tests.makers import lot_of, make_lot
from traceability import queries, rules, service
from traceability.errors import BatchDiscarded, StampQuotaExceeded
from traceability.log.merkle import root_of
from traceability.models import LabelPrint, Stamp, StampBatch, StampCommitment
from traceability.rules.batch_trees import leaf_hashes
from traceability.service import Order, committing, pieces

PIECE = 5


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", PIECE)


def order(work: Work, count: int) -> StampBatch:
    lot = make_lot(work, declared=100)
    return service.order_stamps(work, Order(lot.id, count, "09521234543213", "a4-65"))


def ordinals(work: Work, batch: StampBatch) -> list[int]:
    stored = select(Stamp.ordinal).where(Stamp.batch_id == batch.id).order_by(Stamp.ordinal)
    return list(work.session.scalars(stored))


def prints(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(LabelPrint)) or 0


def test_up_to_a_piece_is_issued_at_once_with_its_labels(work: Work) -> None:
    batch = order(work, PIECE)

    assert (batch.state, batch.job_id, batch.gtin) == ("issued", None, "09521234543213")
    assert ordinals(work, batch) == [1, 2, 3, 4, 5]
    assert prints(work) == 1


def test_one_more_is_left_to_a_job_that_knows_batch_and_paper(work: Work) -> None:
    batch = order(work, PIECE + 1)

    assert (batch.state, batch.gtin) == ("preparing", "09521234543213")
    assert ordinals(work, batch) == []
    assert prints(work) == 0
    job = work.session.get_one(Job, batch.job_id)
    assert (job.kind, job.progress_total) == ("issue_stamps", 6)
    assert job.arguments == {"batch_id": batch.id, "paper": "a4-65", "signed": False, "logo": False}


def test_each_call_adds_a_piece_and_the_last_one_publishes(work: Work) -> None:
    batch, other = order(work, 12), order_beside(work)

    made = [service.add_next_stamps(work, batch_id=batch.id) for _ in range(2)]
    work.session.refresh(batch)
    assert (made, batch.state) == ([5, 10], "preparing")
    last = [service.add_next_stamps(work, batch_id=batch.id) for _ in range(2)]

    work.session.refresh(batch)
    work.session.refresh(other)
    assert (last, batch.state) == ([12, 12], "issued")
    assert ordinals(work, batch) == list(range(1, 13))
    assert (other.state, other.version, ordinals(work, other)) == ("preparing", 1, [])
    assert batch.version == 5


def test_a_piece_made_ready_is_stored_without_drawing_or_hashing_while_the_writer_is_held(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = order(work, 12)
    service.add_next_stamps(work, batch_id=batch.id)
    ready = service.next_stamps(work.session, batch_id=batch.id)
    assert ready is not None

    def never(*_: object) -> None:
        raise AssertionError("the writer is held")

    with monkeypatch.context() as held:
        held.setattr(rules, "draw_serials", never)
        held.setattr(committing, "leaf_hashes", never)
        held.setattr(committing, "grown", never)
        made = service.add_next_stamps(work, batch_id=batch.id, ready=ready)

    assert (made, ordinals(work, batch)) == (10, list(range(1, 11)))
    assert work.session.get_one(StampCommitment, batch.id).leaves == 10
    stored = select(Stamp.serial).where(Stamp.batch_id == batch.id, Stamp.ordinal > PIECE)
    assert work.session.scalars(stored.order_by(Stamp.ordinal)).all() == list(ready.serials)


def test_a_piece_another_worker_stored_meanwhile_is_drawn_anew_and_the_tree_still_adds_up(
    work: Work,
) -> None:
    batch = order(work, 12)
    ready = service.next_stamps(work.session, batch_id=batch.id)
    made = [service.add_next_stamps(work, batch_id=batch.id, ready=ready) for _ in range(3)]

    assert (made, ordinals(work, batch)) == ([5, 10, 12], list(range(1, 13)))
    assert service.next_stamps(work.session, batch_id=batch.id) is None
    commitment = work.session.get_one(StampCommitment, batch.id)
    serials = work.session.scalars(
        select(Stamp.serial).where(Stamp.batch_id == batch.id).order_by(Stamp.ordinal)
    ).all()
    blinding = committing.blinding_of(commitment, batch.gtin)
    assert commitment.root == root_of(leaf_hashes(serials, blinding))


def order_beside(work: Work) -> StampBatch:
    lot = make_lot(work, code="26-11B", declared=100)
    return service.order_stamps(work, Order(lot.id, 12, None, "a4-65"))


def test_a_batch_given_up_is_not_gone_on_with(work: Work) -> None:
    batch, other = order(work, 12), order_beside(work)
    service.add_next_stamps(work, batch_id=batch.id)

    assert service.discard_batches(work, [batch.id, batch.id]) == 1
    with pytest.raises(BatchDiscarded):
        service.add_next_stamps(work, batch_id=batch.id)

    assert ordinals(work, batch) == [1, 2, 3, 4, 5]
    assert queries.stamps_left(work.session, lot_of(batch)) == 100
    assert queries.stamps_left(work.session, lot_of(other)) == 88


def test_discarded_stamps_go_piece_by_piece_from_the_end_and_no_others(work: Work) -> None:
    batch, other = order(work, 12), order_beside(work)
    for each in (batch, batch, other):
        service.add_next_stamps(work, batch_id=each.id)
    service.add_stamps(work, batch_id=batch.id, first=11, count=1)
    service.discard_batches(work, [batch.id])

    found = []
    for _ in range(4):
        removed = service.remove_discarded_stamps(work, batch_id=batch.id)
        found.append((removed, len(ordinals(work, batch))))

    assert found == [(True, 6), (True, 1), (True, 0), (False, 0)]
    assert ordinals(work, other) == [1, 2, 3, 4, 5]


def test_a_refused_issue_leaves_a_trace_of_how_many_were_asked_and_left(work: Work) -> None:
    lot = make_lot(work, declared=3)
    refusal = StampQuotaExceeded("log text", left=3, asked=4)

    service.note_refused(work, lot_id=lot.id, enterprise_id=lot.enterprise_id, refusal=refusal)

    entry = work.session.scalars(select(AuditEntry)).one()
    assert (entry.act, entry.object_kind, entry.object_id) == ("issue_stamps", "lot", lot.id)
    assert (entry.enterprise_id, entry.refused) == (lot.enterprise_id, True)
    assert entry.details == {"left": 3, "asked": 4}
