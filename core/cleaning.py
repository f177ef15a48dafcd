"""What is thrown away in time: answers, events, read messages, finished jobs and their files.

How long each is kept stands in `core/periods.py`.
"""

from sqlalchemy import ColumnElement, Select, delete, or_, select, tuple_

from core import clock, periods
from core.answers import KeptAnswer
from core.files import files
from core.giving_way import in_turns
from core.jobs import Job
from core.messages import Message
from core.outbox import OutboxEvent, OutboxHandled
from core.periods import Period
from core.work import WORKER, reading, transaction

PIECE = 500  # On SQLite no transaction may hold the writer for long.


def forget_answers() -> None:
    """Delete the answers kept for longer than a day."""
    in_turns(_forget_some_answers)


def _forget_some_answers() -> bool:
    with transaction(by=WORKER) as work:
        key = (KeptAnswer.who, KeptAnswer.request_id)
        old = select(*key).where(KeptAnswer.kept_at < work.now - periods.ANSWERS.kept)
        some = [tuple(row) for row in work.session.execute(old.limit(PIECE))]
        work.session.execute(delete(KeptAnswer).where(tuple_(*key).in_(some)))
        return len(some) == PIECE


def forget_events() -> None:
    """Delete events delivered or dropped long ago; failed ones stay until somebody decides."""
    in_turns(_forget_some_events)


def _forget_some_events() -> bool:
    with transaction(by=WORKER) as work:
        until = work.now - periods.EVENTS.kept
        old = select(OutboxEvent.id).where(
            or_(OutboxEvent.done_at < until, OutboxEvent.dropped_at < until)
        )
        some = work.session.scalars(old.order_by(OutboxEvent.id).limit(PIECE)).all()
        work.session.execute(delete(OutboxHandled).where(OutboxHandled.event_id.in_(some)))
        work.session.execute(delete(OutboxEvent).where(OutboxEvent.id.in_(some)))
        return len(some) == PIECE


def forget_messages() -> None:
    """Delete what an enterprise was told and put away long ago."""
    in_turns(_forget_some_messages)


def _forget_some_messages() -> bool:
    with transaction(by=WORKER) as work:
        old = select(Message.id).where(Message.read_at < work.now - periods.MESSAGES.kept)
        some = work.session.scalars(old.order_by(Message.id).limit(PIECE)).all()
        work.session.execute(delete(Message).where(Message.id.in_(some)))
        return len(some) == PIECE


def forget_jobs(*, kind: str | None = None, period: Period = periods.JOBS) -> None:
    """Delete jobs (of one kind) finished long ago, and first the file their result names.

    A crash between the two leaves a job without its file: the next time deletes both again.
    """
    is_meant = [Job.kind == kind] if kind is not None else []
    over = Job.finished_at < clock.now() - period.kept
    in_turns(lambda: _forget_some_jobs(over, *is_meant))


def forget_jobs_of(enterprise_id: int) -> None:
    """Delete the finished jobs of an enterprise that is removed itself, and their files."""
    meant = (Job.enterprise_id == enterprise_id, Job.finished_at.is_not(None))
    in_turns(lambda: _forget_some_jobs(*meant))


def forget_jobs_by(kind: str, person_ids: Select[int]) -> None:
    """Delete the finished jobs of one kind that these people asked for, and their files."""
    meant = (Job.kind == kind, Job.person_id.in_(person_ids), Job.finished_at.is_not(None))
    in_turns(lambda: _forget_some_jobs(*meant))


def _forget_some_jobs(*over: ColumnElement[bool]) -> bool:
    with reading() as session:
        old = select(Job.id, Job.result).where(*over)
        some = session.execute(old.order_by(Job.id).limit(PIECE)).all()
    for _, result in some:  # Outside the transaction: a slow disk holds no writer.
        if result is not None and "file" in result:
            files().delete(result["file"])
    with transaction(by=WORKER) as work:
        ids = [id_ for id_, _ in some]
        # `over` again: it was perhaps tried again meanwhile.
        work.session.execute(delete(Job).where(Job.id.in_(ids), *over))
    return len(some) == PIECE
