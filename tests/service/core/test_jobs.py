import errno
from typing import Any

import pytest
from sqlalchemy import select, update

from core.errors import AppError
from core.files import files
from core.files.port import FilesAway
from core.jobs import Job, ask_cancel, enqueue, failed_jobs, job_of, retry_job
from core.messages import Message, send
from core.work import By, reading, transaction
from core.worker.handle import JobCancelled, JobHandle, JobLost
from core.worker.jobs import DIED, LEASE, run_next
from tests.service.core.clock import Clock

pytestmark = pytest.mark.usefixtures("app")
ASKED_BY = By("person", 3, 5)


class Killed(BaseException):
    """What `kill -9` looks like from inside."""


def ask(kind: str = "draw", **arguments: Any) -> int:
    with transaction(by=ASKED_BY) as work:
        return enqueue(work, kind=kind, arguments=arguments, total=3).id


def only_job() -> Job:
    with reading() as session:
        return session.scalars(select(Job)).one()


def pieces_written() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Message.kind).order_by(Message.id)))


def write_piece(job: JobHandle, number: int) -> None:
    with job.piece(number, 9, checkpoint={"written": number}) as work:
        key = work.new_token()
        send(work, enterprise_id=5, kind=f"piece {number}", values={}, once_key=key)


def write_three(job: JobHandle) -> dict[str, Any]:
    written = (job.checkpoint or {"written": 0})["written"]
    for number in range(written + 1, 4):
        write_piece(job, number)
    return {"pieces": 3}


def test_a_job_gets_its_arguments_and_keeps_its_result(clock: Clock) -> None:
    ask(lot="26-11A")
    seen = []

    def draw(job: JobHandle) -> dict[str, Any]:
        seen.append((job.arguments, job.by, job.enterprise_id))
        job.progress(2, 4)
        return {"pages": 12}

    assert run_next({"draw": draw})

    job = only_job()
    assert seen == [({"lot": "26-11A"}, ASKED_BY, 5)]
    assert (job.state, job.result, job.finished_at) == ("done", {"pages": 12}, clock.now)
    assert (job.progress_done, job.progress_total) == (2, 4)
    assert not run_next({"draw": draw})


def test_a_kind_this_worker_does_not_know_is_left_to_others() -> None:
    ask("fold")

    assert not run_next({"draw": lambda _job: None})
    assert only_job().state == "waiting"


def test_a_job_that_met_a_full_disk_waits_for_room_however_long(clock: Clock) -> None:
    ask()

    def draw(_job: JobHandle) -> None:
        with files().writing("labels/1.pdf"):
            raise OSError(errno.ENOSPC, "No space left on device")

    for _ in range(20):
        assert run_next({"draw": draw})
        assert not run_next({"draw": draw})
        clock.move(60)
    waiting = only_job()
    assert run_next({"draw": write_three})

    assert (waiting.state, waiting.attempts) == ("waiting", 0)
    assert waiting.error == "FilesAway: the disk is full"
    assert only_job().state == "done"


def away(_job: JobHandle) -> None:
    raise FilesAway("the store is left alone")


def test_a_job_whose_store_is_away_goes_on_when_it_is_back_within_the_day(clock: Clock) -> None:
    ask()

    rests = []
    for _ in range(12):
        assert run_next({"draw": away})
        assert not run_next({"draw": away})
        rests.append((only_job().due_at - clock.now).total_seconds())
        clock.move(rests[-1])
    waiting = only_job()
    assert run_next({"draw": write_three})

    assert rests == [1, 10, *[60] * 10]
    assert (waiting.state, waiting.error) == ("waiting", "FilesAway: the store is left alone")
    assert only_job().state == "done"


def test_a_job_whose_store_is_away_for_a_day_is_left_to_the_operator(clock: Clock) -> None:
    ask()
    clock.move(24 * 3_600 - 120)

    while run_next({"draw": away}):
        clock.move(60)

    assert (only_job().state, only_job().error) == ("failed", "FilesAway: the store is left alone")


def test_progress_renews_the_lease(clock: Clock) -> None:
    ask()

    def slow(job: JobHandle) -> None:
        for done in range(4):
            clock.move(LEASE.total_seconds() - 1)
            job.progress(done)
            assert not run_next({"draw": write_three})

    run_next({"draw": slow})

    assert only_job().state == "done"
    assert only_job().attempts == 1
    assert pieces_written() == []


def test_a_job_killed_between_pieces_goes_on_from_its_checkpoint(clock: Clock) -> None:
    ask()

    def dies_after_two(job: JobHandle) -> None:
        write_piece(job, 1)
        write_piece(job, 2)
        raise Killed

    with pytest.raises(Killed):
        run_next({"draw": dies_after_two})
    assert not run_next({"draw": write_three})
    clock.move(LEASE.total_seconds())
    run_next({"draw": write_three})

    assert pieces_written() == ["piece 1", "piece 2", "piece 3"]
    assert only_job().result == {"pieces": 3}


def test_a_piece_and_its_progress_are_stored_together_or_not_at_all() -> None:
    ask()

    def dies_in_a_piece(job: JobHandle) -> None:
        with job.piece(2, checkpoint={"written": 2}) as work:
            send(work, enterprise_id=5, kind="half", values={}, once_key="half")
            raise Killed

    with pytest.raises(Killed):
        run_next({"draw": dies_in_a_piece})

    assert pieces_written() == []
    assert (only_job().progress_done, only_job().checkpoint) == (0, None)


def test_a_ghost_whose_lease_ran_out_writes_nothing_more(clock: Clock) -> None:
    ask()
    raised = []

    def overtaken(job: JobHandle) -> None:
        clock.move(LEASE.total_seconds())
        run_next({"draw": write_three})
        try:
            write_piece(job, 9)
        except JobLost as lost:
            raised.append(lost)
            raise

    run_next({"draw": overtaken})

    assert len(raised) == 1
    assert pieces_written() == ["piece 1", "piece 2", "piece 3"]
    assert (only_job().state, only_job().result) == ("done", {"pieces": 3})


def test_a_ghost_that_returns_does_not_overwrite_the_result(clock: Clock) -> None:
    ask()

    def overtaken(job: JobHandle) -> dict[str, Any]:
        clock.move(LEASE.total_seconds())
        run_next({"draw": write_three})
        return {"pieces": 99}

    run_next({"draw": overtaken})

    assert only_job().result == {"pieces": 3}


def test_a_waiting_job_is_cancelled_at_once(clock: Clock) -> None:
    job_id = ask()

    with transaction(by=ASKED_BY) as work:
        ask_cancel(work, job_id=job_id)

    assert (only_job().state, only_job().finished_at) == ("cancelled", clock.now)
    assert not run_next({"draw": write_three})


def test_a_running_job_is_cancelled_at_its_next_progress() -> None:
    job_id = ask()

    def cancelled_meanwhile(job: JobHandle) -> None:
        write_piece(job, 1)
        with transaction(by=ASKED_BY) as work:
            ask_cancel(work, job_id=job_id)
        with pytest.raises(JobCancelled):
            write_piece(job, 2)
        job.progress(2)

    run_next({"draw": cancelled_meanwhile})

    assert only_job().state == "cancelled"
    assert pieces_written() == ["piece 1"]


def test_a_finished_job_cannot_be_cancelled() -> None:
    job_id = ask()
    run_next({"draw": write_three})

    with transaction(by=ASKED_BY) as work:
        ask_cancel(work, job_id=job_id)

    assert (only_job().state, only_job().cancel_asked_at) == ("done", None)


def test_a_failed_job_is_tried_again_later_and_then_given_up(clock: Clock) -> None:
    ask()

    def fail(job: JobHandle) -> None:
        raise RuntimeError("no paper")

    rests = []
    while run_next({"draw": fail}) and only_job().state == "waiting":
        rests.append((only_job().due_at - clock.now).total_seconds())
        clock.move(rests[-1])

    assert rests == [1, 10, 60]
    assert (only_job().state, only_job().error) == ("failed", "RuntimeError: no paper")


def test_a_retried_job_goes_on_from_its_checkpoint(clock: Clock) -> None:
    ask()

    def write_one_and_fail(job: JobHandle) -> None:
        if job.checkpoint is None:
            write_piece(job, 1)
        raise RuntimeError

    while run_next({"draw": write_one_and_fail}):
        clock.move(60)
    with reading() as session:
        (failed,) = failed_jobs(session)
    with transaction(by=By("command")) as work:
        work.session.execute(update(Job).values(cancel_asked_at=work.now))
        assert retry_job(work, public_id=failed.public_id)
        assert not retry_job(work, public_id=failed.public_id)
    assert (only_job().error, only_job().cancel_asked_at) == (None, None)
    run_next({"draw": write_three})

    assert pieces_written() == ["piece 1", "piece 2", "piece 3"]
    assert only_job().state == "done"


def test_a_refusal_ends_a_job_at_once_and_is_kept_for_its_person() -> None:
    class NoPaper(AppError):
        sentence = "Chỉ còn %(left)s tờ."

    ask()

    def refuse(job: JobHandle) -> None:
        raise NoPaper("the tray is low", left=2)

    run_next({"draw": refuse})

    job = only_job()
    assert (job.state, job.error) == ("failed", "NoPaper: the tray is low")
    assert job.result == {"refused": "Chỉ còn %(left)s tờ.", "values": {"left": 2}}


def test_a_job_that_kills_its_worker_is_given_up(clock: Clock) -> None:
    ask()

    def die(job: JobHandle) -> None:
        raise Killed

    for _ in range(4):
        with pytest.raises(Killed):
            run_next({"draw": die})
        clock.move(LEASE.total_seconds())
    run_next({"draw": die})

    assert (only_job().state, only_job().error) == ("failed", DIED)


def test_a_job_that_gets_on_is_never_given_up_for_being_killed(clock: Clock) -> None:
    ask()

    def gets_on_and_dies(job: JobHandle) -> None:
        write_piece(job, (job.checkpoint or {"written": 0})["written"] + 1)
        raise Killed

    for _ in range(8):
        with pytest.raises(Killed):
            run_next({"draw": gets_on_and_dies})
        clock.move(LEASE.total_seconds())

    assert len(pieces_written()) == 8


def test_a_stopping_worker_leaves_its_job_to_the_next_without_counting_a_try() -> None:
    ask()

    run_next({"draw": write_three}, stopping=lambda: True)

    assert (only_job().state, only_job().attempts, only_job().lease_key) == ("waiting", 0, None)
    assert pieces_written() == []
    run_next({"draw": write_three})
    assert only_job().state == "done"


def test_a_job_is_seen_by_its_enterprise_alone() -> None:
    ask()
    public_id = only_job().public_id

    with reading() as session:
        ours = job_of(session, public_id=public_id, enterprise_id=5)
        theirs = job_of(session, public_id=public_id, enterprise_id=6)

    assert ours is not None
    assert theirs is None
