"""Many workers at once: each piece of work is one worker's."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from core import timetable
from core.jobs import enqueue
from core.messages import Message, send
from core.outbox import Happening, announce
from core.timetable import Entry
from core.work import VISITOR, Work, reading, transaction
from core.worker import events, jobs
from core.worker.handle import JobHandle
from tests.race.core.doomed_worker import LotTasted

WORKERS = 6
PIECES = 30


def at_once(app: Flask, work: Callable[[], object]) -> None:
    """Call `work` in six threads that begin together; what one raises is raised here."""
    begin, raised = threading.Barrier(WORKERS), []

    def run() -> None:
        with app.app_context():
            begin.wait()
            try:
                work()
            except Exception as error:  # noqa: BLE001  # Handed to the test.
                raised.append(error)

    threads = [threading.Thread(target=run) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []


def test_each_event_is_handled_by_one_of_many_workers(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        for lot_id in range(PIECES):
            announce(work, LotTasted(lot_id))

    def tell(work: Work, event: Happening) -> None:
        kind = str(event.fields["lot_id"])
        send(work, enterprise_id=1, kind=kind, values={}, once_key=work.new_token())

    def deliver_all() -> None:
        while events.deliver_next({"LotTasted": (tell,)}):
            pass

    at_once(app, deliver_all)

    with reading() as session:
        told = Counter(session.scalars(select(Message.kind)))
    assert told == {str(lot_id): 1 for lot_id in range(PIECES)}


def test_each_job_is_run_by_one_of_many_workers(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        ids = [enqueue(work, kind="draw", arguments={}).public_id for _ in range(PIECES)]
    ran: list[str] = []

    def draw(job: JobHandle) -> None:
        ran.append(job.public_id)

    def run_all() -> None:
        while jobs.run_next({"draw": draw}):
            pass

    at_once(app, run_all)

    assert sorted(ran) == sorted(ids)


def test_an_entry_of_the_timetable_is_run_by_one_of_many_workers(app: Flask) -> None:
    runs: list[str] = []
    entries = [Entry("sweep", timedelta(hours=1), lambda: runs.append("swept"))]

    def enter_and_run() -> None:
        timetable.enter(entries)
        while timetable.run_due(entries):
            pass

    at_once(app, enter_and_run)

    assert runs == ["swept"]
