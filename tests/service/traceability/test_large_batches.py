import pytest
from flask import Flask
from sqlalchemy import func, select, update

from core.files import files
from core.jobs import Job, ask_cancel
from core.work import By, reading, transaction
from core.worker.handle import JobHandle
from core.worker.jobs import run_next
from tests.makers import lot_of, make_lot, make_person
from tests.service.core.clock import Clock
from traceability import queries, service, tasks
from traceability.errors import BatchDiscarded
from traceability.models import LabelPrint, Stamp, StampBatch
from traceability.service import PIECE, Order

KINDS = {"issue_stamps": tasks.issue_batch, "draw_labels": tasks.draw_labels}
COUNT = 2 * PIECE + 300


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def order(count: int, declared: int = 20_000) -> StampBatch:
    """Stamps asked for by a person, as a route does it."""
    with transaction(by=By("command")) as work:
        person = make_person(work)
        lot = make_lot(work, declared=declared)
    with transaction(by=By("person", person.id, lot.enterprise_id)) as work:
        return service.order_stamps(work, Order(lot.id, count, None, "a4-65"))


def batch_state(batch: StampBatch) -> tuple[str, int]:
    with reading() as session:
        card = queries.batches_by_id(session, [batch.id])[batch.id]
    return card.state, sum(card.by_state.values())


def stored() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Stamp)) or 0


def stamps_left(batch: StampBatch) -> int | None:
    with reading() as session:
        return queries.stamps_left(session, lot_of(batch))


def test_a_few_stamps_are_there_at_once_and_their_labels_are_drawn_by_a_job(app: Flask) -> None:
    batch = order(70)

    assert batch_state(batch) == ("issued", 70)
    assert batch.job_id is None
    assert run_next(KINDS) is True

    with reading() as session:
        (sheets,) = queries.label_prints_of(session, batch.id)
        job = session.get_one(Job, sheets.job_id)
    assert (sheets.first, sheets.last, sheets.paper) == (1, 70, "a4-65")
    assert (job.state, job.progress_done, job.progress_total) == ("done", 70, 70)
    assert sheets.counted == 70
    assert job.result is not None
    with files().reading(job.result["file"]) as pdf:
        assert pdf.read(5) == b"%PDF-"
    assert run_next(KINDS) is False


def test_many_stamps_are_made_in_pieces_and_seen_only_when_whole(app: Flask) -> None:
    batch = order(COUNT)
    assert batch_state(batch) == ("preparing", 0)
    assert stamps_left(batch) == 20_000 - COUNT
    seen: list[tuple[str, int]] = []

    def issue(job: JobHandle) -> dict[str, str]:
        whole = job.piece

        def piece(done: int, total: int) -> object:
            seen.append((batch_state(batch)[0], done))
            return whole(done, total)

        job.piece = piece  # type: ignore[method-assign,assignment]  # To look between pieces.
        return tasks.issue_batch(job)

    run_next({**KINDS, "issue_stamps": issue})

    assert seen == [("preparing", 0), ("preparing", PIECE), ("preparing", 2 * PIECE)]
    assert batch_state(batch) == ("issued", COUNT)
    with reading() as session:
        ordinals = session.scalars(select(Stamp.ordinal).order_by(Stamp.serial)).all()
        prints = queries.label_prints_of(session, batch.id)
    assert ordinals == list(range(1, COUNT + 1))  # Their serials ascend: docs/adr/0022.
    assert [(one.first, one.last) for one in prints] == [(1, 10_000), (10_001, COUNT)]


def test_a_worker_that_died_goes_on_from_the_stored_stamps(app: Flask, clock: Clock) -> None:
    batch = order(COUNT)

    def die(job: JobHandle) -> None:
        with job.piece(0, COUNT) as work:
            service.add_next_stamps(work, batch_id=batch.id)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_next({"issue_stamps": die})
    assert stored() == PIECE
    assert run_next(KINDS) is False
    clock.move(61)

    run_next(KINDS)

    assert batch_state(batch) == ("issued", COUNT)
    assert stored() == COUNT


def test_a_finished_batch_is_not_made_again_and_its_labels_are_ordered_once(app: Flask) -> None:
    batch = order(COUNT)
    run_next(KINDS)
    with transaction(by=By("command")) as work:
        work.session.execute(
            update(Job).where(Job.id == batch.job_id).values(state="waiting", lease_key=None)
        )

    run_next({"issue_stamps": tasks.issue_batch})

    assert stored() == COUNT
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(LabelPrint)) == 2


def test_stopping_a_batch_gives_its_quota_back_and_its_stamps_go(app: Flask) -> None:
    batch = order(COUNT)
    assert batch.job_id is not None
    job_id = batch.job_id

    def stopped(job: JobHandle) -> dict[str, str]:
        with job.piece(0, COUNT) as work:
            service.add_next_stamps(work, batch_id=batch.id)
        with transaction(by=By("command")) as work:
            ask_cancel(work, job_id=job_id)
        return tasks.issue_batch(job)

    run_next({"issue_stamps": stopped})

    assert batch_state(batch) == ("discarded", 0)
    assert stamps_left(batch) == 20_000
    assert stored() == PIECE
    tasks.sweep_batches()
    assert stored() == 0


def test_a_batch_nobody_goes_on_with_is_given_up_after_an_hour(app: Flask, clock: Clock) -> None:
    batch = order(COUNT)
    with transaction(by=By("command")) as work:
        service.add_next_stamps(work, batch_id=batch.id)
        work.session.execute(update(Job).values(state="failed"))
    clock.move(3599)
    tasks.sweep_batches()
    assert batch_state(batch) == ("preparing", 0)
    clock.move(2)

    tasks.sweep_batches()

    assert batch_state(batch) == ("discarded", 0)
    assert stamps_left(batch) == 20_000
    assert stored() == 0
    with pytest.raises(BatchDiscarded), transaction(by=By("command")) as work:
        service.add_next_stamps(work, batch_id=batch.id)


def test_a_batch_whose_job_still_waits_is_left_alone_however_old(app: Flask, clock: Clock) -> None:
    batch = order(COUNT)
    clock.move(100_000)

    tasks.sweep_batches()

    assert batch_state(batch) == ("preparing", 0)
    assert stamps_left(batch) == 20_000 - COUNT
    run_next(KINDS)
    assert batch_state(batch) == ("issued", COUNT)
