"""The two threads of one worker."""

import contextlib
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from core import clock
from core.jobs import Job, enqueue
from core.outbox import Happening, OutboxEvent, announce
from core.timetable import Entry
from core.work import VISITOR, Work, reading, transaction
from core.worker import beats, jobs
from core.worker.handle import JobHandle
from core.worker.loop import Duties, Pace, Worker
from tests.race.core.doomed_worker import LotTasted

SECONDS = 120  # Until a wait is given up; on a busy machine nothing is late before.
QUICK = Pace(idle_seconds=0.01, failed_seconds=0.01)


@contextlib.contextmanager
def working(app: Flask, duties: Duties) -> Iterator[Worker]:
    """A worker in a thread, which has ended when the block has."""
    worker = Worker(app, duties, QUICK)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(SECONDS)
    assert not thread.is_alive()


def leave_work() -> None:
    leave_job()
    leave_event()


def leave_job() -> None:
    with transaction(by=VISITOR) as work:
        enqueue(work, kind="draw", arguments={})


def leave_event() -> None:
    with transaction(by=VISITOR) as work:
        announce(work, LotTasted(7))


def test_a_long_job_does_not_delay_events(app: Flask) -> None:
    heard, drawing, drawn = threading.Event(), threading.Event(), []

    def hear(_work: Work, _event: Happening) -> None:
        heard.set()

    def draw(_job: JobHandle) -> None:
        drawing.set()
        drawn.append(heard.wait(SECONDS))

    leave_job()
    with working(app, Duties({"LotTasted": (hear,)}, {"draw": draw})):
        assert drawing.wait(SECONDS)
        leave_event()
        assert heard.wait(SECONDS)

    assert drawn == [True]


def test_a_failing_errand_keeps_no_event_from_its_handlers(app: Flask) -> None:
    heard = threading.Event()

    def fail() -> None:
        raise RuntimeError

    def hear(_work: Work, _event: Happening) -> None:
        heard.set()

    entry = Entry("fail", timedelta(0), fail)
    leave_work()
    with working(app, Duties({"LotTasted": (hear,)}, timetable=(entry,), by_each=(entry,))):
        assert heard.wait(SECONDS)

    with reading() as session:
        assert session.scalars(select(OutboxEvent.done_at)).one() is not None


def test_a_database_that_was_away_is_asked_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn, tries, run_next = threading.Event(), [], jobs.run_next

    def away_at_first(*arguments: object, **more: object) -> bool:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("SELECT", {}, Exception("gone"))
        return run_next(*arguments, **more)  # type: ignore[arg-type]  # Handed on as it came.

    monkeypatch.setattr(jobs, "run_next", away_at_first)
    leave_work()
    with working(app, Duties(kinds={"draw": lambda _job: drawn.set()})):
        assert drawn.wait(SECONDS)


def test_a_clock_set_back_a_day_delays_neither_the_beat_nor_what_each_worker_does(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, runs, beaten = clock.now, threading.Semaphore(0), threading.Event()
    beat = beats.beat

    def beat_and_tell(name: str) -> None:
        beat(name)
        beaten.set()

    monkeypatch.setattr(beats, "EVERY", timedelta(0))
    own = Entry("follow", timedelta(0), runs.release)

    with working(app, Duties(by_each=(own,))):
        assert runs.acquire(timeout=SECONDS)
        monkeypatch.setattr(clock, "now", lambda: right() - timedelta(days=1))
        monkeypatch.setattr(beats, "beat", beat_and_tell)
        assert beaten.wait(SECONDS)
        while runs.acquire(blocking=False):
            pass
        assert runs.acquire(timeout=SECONDS)

    with reading() as session:
        last = beats.last_beat_at(session)
    assert last is not None
    assert last < right() - timedelta(hours=23)


def test_a_worker_asked_to_stop_ends_its_job_at_the_next_progress(app: Flask) -> None:
    begun = threading.Event()

    def draw(job: JobHandle) -> None:
        begun.set()
        while True:
            job.progress(0)

    leave_work()
    with working(app, Duties(kinds={"draw": draw})):
        assert begun.wait(SECONDS)

    with reading() as session:
        job = session.scalars(select(Job)).one()
        assert (job.state, job.attempts) == ("waiting", 0)
        assert beats.last_beat_at(session) is not None
