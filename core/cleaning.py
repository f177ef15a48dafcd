"""What is thrown away in time: kept answers, delivered events, finished jobs and their files."""

from datetime import timedelta

from sqlalchemy import delete, or_, select, tuple_

from core import clock
from core.answers import KeptAnswer
from core.files import files
from core.jobs import Job
from core.outbox import OutboxEvent, OutboxHandled
from core.work import WORKER, reading, transaction

ANSWERS_KEPT = timedelta(hours=24)  # The same form sent again within a day has one effect.
EVENTS_KEPT = timedelta(days=7)  # Long enough to find out what a handler did.
JOBS_KEPT = timedelta(days=30)  # A sheet can be made anew from its batch at any time.
PIECE = 500  # On SQLite no transaction may hold the writer for long.


def forget_answers() -> None:
    """Delete the answers kept for longer than a day."""
    while _forget_some_answers():
        pass


def _forget_some_answers() -> bool:
    with transaction(by=WORKER) as work:
        key = (KeptAnswer.who, KeptAnswer.request_id)
        old = select(*key).where(KeptAnswer.kept_at < work.now - ANSWERS_KEPT)
        some = [tuple(row) for row in work.session.execute(old.limit(PIECE))]
        work.session.execute(delete(KeptAnswer).where(tuple_(*key).in_(some)))
        return len(some) == PIECE


def forget_events() -> None:
    """Delete events delivered or dropped long ago; failed ones stay until somebody decides."""
    while _forget_some_events():
        pass


def _forget_some_events() -> bool:
    with transaction(by=WORKER) as work:
        until = work.now - EVENTS_KEPT
        old = select(OutboxEvent.id).where(
            or_(OutboxEvent.done_at < until, OutboxEvent.dropped_at < until)
        )
        some = work.session.scalars(old.order_by(OutboxEvent.id).limit(PIECE)).all()
        work.session.execute(delete(OutboxHandled).where(OutboxHandled.event_id.in_(some)))
        work.session.execute(delete(OutboxEvent).where(OutboxEvent.id.in_(some)))
        return len(some) == PIECE


def forget_jobs() -> None:
    """Delete jobs finished long ago, and first the file their result names.

    A crash between the two leaves a job without its file: the next time deletes both again.
    """
    while _forget_some_jobs():
        pass


def _forget_some_jobs() -> bool:
    with reading() as session:
        old = select(Job.id, Job.result).where(Job.finished_at < clock.now() - JOBS_KEPT)
        some = session.execute(old.order_by(Job.id).limit(PIECE)).all()
    for _, result in some:  # Outside the transaction: a slow disk holds no writer.
        if result is not None and "file" in result:
            files().delete(result["file"])
    with transaction(by=WORKER) as work:
        still_old = Job.finished_at < work.now - JOBS_KEPT  # Not tried again meanwhile.
        ids = [id_ for id_, _ in some]
        work.session.execute(delete(Job).where(Job.id.in_(ids), still_old))
    return len(some) == PIECE
