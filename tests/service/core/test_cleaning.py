from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from core import cleaning
from core.answers import KeptAnswer, keep_answer, reserve_answer
from core.database import Base
from core.files import FolderFiles, files
from core.jobs import Job, enqueue
from core.outbox import OutboxEvent, OutboxHandled, drop_event, failed_events
from core.work import VISITOR, reading, transaction
from core.worker.events import deliver_next
from core.worker.jobs import run_next
from tests.service.core.clock import Clock
from tests.service.core.test_events import taste, tell, tell_then_fail

DAY_SECONDS = 86_400


def count(table: type[Base]) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_answer_is_kept_for_a_day(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "PIECE", 2)
    with transaction(by=VISITOR) as work:
        for one in "abcde":
            assert reserve_answer(work, request_id=one, act="report") is None
            keep_answer(work, request_id=one, location="/here")

    clock.move(DAY_SECONDS)
    cleaning.forget_answers()
    with transaction(by=VISITOR) as work:
        assert reserve_answer(work, request_id="a", act="report") == "/here"

    clock.move(1)
    cleaning.forget_answers()
    assert count(KeptAnswer) == 0


def test_dropped_events_go_after_a_week(app: Flask, clock: Clock) -> None:
    taste()
    while deliver_next({"LotTasted": (tell_then_fail,)}):
        clock.move(21_600)
    with transaction(by=VISITOR) as work:
        (failed,) = failed_events(work.session)
        assert drop_event(work, event_id=failed.id, because="cũ")

    clock.move(7 * DAY_SECONDS)
    cleaning.forget_events()
    assert count(OutboxEvent) == 1

    clock.move(1)
    cleaning.forget_events()
    assert count(OutboxEvent) == 0


def test_delivered_events_go_after_a_week_and_failed_ones_stay(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "PIECE", 2)
    for _ in range(5):
        taste()
    while deliver_next({"LotTasted": (tell,)}):
        pass
    taste()
    while deliver_next({"LotTasted": (tell_then_fail,)}):
        clock.move(21_600)
    clock.move(7 * DAY_SECONDS - 8 * 21_600)
    cleaning.forget_events()
    assert count(OutboxEvent) == 6

    clock.move(1)
    cleaning.forget_events()

    assert count(OutboxEvent) == 1
    assert count(OutboxHandled) == 0


def test_a_finished_job_goes_after_a_month_with_its_file(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cleaning, "PIECE", 1)
    delete, deleted = FolderFiles.delete, []

    def delete_while_somebody_writes(self: FolderFiles, key: str) -> None:
        with transaction(by=VISITOR):  # SQLite lets nobody in were a writer held meanwhile.
            delete(self, key)
        deleted.append(key)

    monkeypatch.setattr(FolderFiles, "delete", delete_while_somebody_writes)
    with files().writing("labels/a.pdf") as stream:
        stream.write(b"%PDF")
    with transaction(by=VISITOR) as work:
        enqueue(work, kind="draw", arguments={})
        waiting = enqueue(work, kind="fold", arguments={})
    run_next({"draw": lambda _job: {"file": "labels/a.pdf"}})

    clock.move(timedelta(days=30).total_seconds())
    cleaning.forget_jobs()
    assert count(Job) == 2

    clock.move(1)
    cleaning.forget_jobs()
    assert count(Job) == 1
    with pytest.raises(FileNotFoundError):
        files().reading("labels/a.pdf")
    assert deleted == ["labels/a.pdf"]
    with reading() as session:
        assert session.get(Job, waiting.id) is not None
