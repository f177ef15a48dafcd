"""Many operators deciding about one failure: one decision, recorded once."""

from flask import Flask
from sqlalchemy import func, select

from app.failures import drop_failure
from core.audit import AuditEntry
from core.jobs import enqueue, retry_job
from core.work import COMMAND, By, reading, transaction
from tests.race.crowd import rush


def failed_job() -> str:
    with transaction(by=COMMAND) as work:
        job = enqueue(work, kind="draw", arguments={})
        job.state, job.finished_at = "failed", work.now
        return job.public_id


def test_one_of_many_drops_counts(app: Flask) -> None:
    name = failed_job()

    def drop(person: int) -> bool:
        with transaction(by=By("person", person + 1)) as work:
            return drop_failure(work, name, because=f"lý do {person}")

    answers, _ = rush(app, drop)

    assert sorted(answers) == [False] * 15 + [True]
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1


def test_a_job_tried_again_by_one_is_not_dropped_by_another(app: Flask) -> None:
    name = failed_job()

    def decide(person: int) -> bool:
        with transaction(by=By("person", person + 1)) as work:
            if person % 2:
                return retry_job(work, public_id=name)
            return drop_failure(work, name, because="cũ")

    answers, _ = rush(app, decide)

    # A drop before the retry is undone by it; after it nothing waits for a decision.
    with reading() as session:
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.act)).all()
    assert list(acts) in (["retry_job"], ["drop_job", "retry_job"])
    assert sum(answers) == len(acts)
