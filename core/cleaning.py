"""What is thrown away in time: kept answers, delivered events, finished jobs and their files."""

from datetime import timedelta

from sqlalchemy import delete, select

from core.answers import KeptAnswer
from core.files import files
from core.jobs import Job
from core.outbox import OutboxEvent, OutboxHandled
from core.work import WORKER, transaction

ANSWERS_KEPT = timedelta(hours=24)  # The same form sent again within a day has one effect.
EVENTS_KEPT = timedelta(days=7)  # Long enough to find out what a handler did.
JOBS_KEPT = timedelta(days=30)  # A sheet can be made anew from its batch at any time.
PIECE = 500  # On SQLite no transaction may hold the writer for long.


def forget_answers() -> None:
    """Delete the answers kept for longer than a day."""
    with transaction(by=WORKER) as work:
        old = KeptAnswer.kept_at < work.now - ANSWERS_KEPT
        work.session.execute(delete(KeptAnswer).where(old))


def forget_events() -> None:
    """Delete events delivered long ago; failed ones stay until somebody decides."""
    while _forget_some_events():
        pass


def _forget_some_events() -> bool:
    with transaction(by=WORKER) as work:
        old = select(OutboxEvent.id).where(OutboxEvent.done_at < work.now - EVENTS_KEPT)
        some = work.session.scalars(old.order_by(OutboxEvent.id).limit(PIECE)).all()
        work.session.execute(delete(OutboxHandled).where(OutboxHandled.event_id.in_(some)))
        work.session.execute(delete(OutboxEvent).where(OutboxEvent.id.in_(some)))
        return len(some) == PIECE


def forget_jobs() -> None:
    """Delete jobs finished long ago, and first the file their result names."""
    with transaction(by=WORKER) as work:
        old = work.session.scalars(select(Job).where(Job.finished_at < work.now - JOBS_KEPT)).all()
        for job in old:
            if job.result is not None and "file" in job.result:
                files().delete(job.result["file"])
            work.session.delete(job)
