"""Delivering: the worker's job, and forgetting what was delivered long ago."""

from typing import Any

from sqlalchemy import delete, select, update

from core import clock, periods
from core.dispatch.models import Dispatch
from core.dispatch.port import Carrier, CarrierAway, Outgoing, Undeliverable, carriers
from core.giving_way import in_turns
from core.jobs import Job
from core.work import WORKER, Work, reading, transaction
from core.worker.handle import JobHandle

PIECE = 500


def deliver(job: JobHandle) -> dict[str, Any] | None:
    """Hand one message to its carrier. A crash here sends it again, by the same key.

    Raises:
        CarrierAway: nobody takes it now; the job comes again.
        Undeliverable: its carrier refuses it for good; an answer is thrown away then.
    """
    once_key: str = job.arguments["once_key"]
    with reading() as session:
        message = session.scalars(select(Dispatch).where(Dispatch.once_key == once_key)).first()
    if message is None or message.state != "waiting":
        return {"skipped": True}
    if message.words is None or message.until_at <= clock.now():
        _end(job, message, "given_up", keeps_words=False)
        return {"skipped": True}
    carrier = carriers().of(message.channel)
    if carrier is None:
        raise CarrierAway(f"nobody carries {message.channel}: see GOC_SMS_URL, GOC_MAIL_URL")
    try:
        _hand_over(carrier, message, message.words)
    except Undeliverable:
        if not message.is_answer:
            raise
        _end(job, message, "given_up", keeps_words=False)  # Nobody is there to decide about it.
        return {"skipped": True}
    _end(job, message, "sent", keeps_words=carrier.keeps_words)
    return None


def _hand_over(carrier: Carrier, message: Dispatch, words: str) -> None:
    # Outside any transaction: a slow provider holds no writer.
    carrier.deliver(
        Outgoing(
            key=message.once_key,
            target=message.target,
            words=words,
            subject=message.subject or "",
        )
    )


def _end(job: JobHandle, message: Dispatch, state: str, *, keeps_words: bool) -> None:
    with transaction(by=WORKER) as work:
        if message.is_answer and not keeps_words:
            _forget_answer(work, job, message.once_key)
            return
        values: dict[str, Any] = {"state": state}
        if state == "sent":
            values["sent_at"] = work.now
        if not keeps_words:
            values["words"] = None
        waiting = Dispatch.once_key == message.once_key, Dispatch.state == "waiting"
        work.session.execute(update(Dispatch).where(*waiting).values(**values))


def _forget_answer(work: Work, job: JobHandle, once_key: str) -> None:
    """Delete an answer to an SMS, and the job that says when it was asked for.

    The worker that holds the job finds no row to write its end into, as when another has it.
    """
    work.session.execute(delete(Dispatch).where(Dispatch.once_key == once_key))
    work.session.execute(delete(Job).where(Job.public_id == job.public_id))


def forget_dispatches() -> None:
    """Blank the words of what was never delivered in time; delete what is a month old."""
    with transaction(by=WORKER) as work:
        useless = Dispatch.until_at <= work.now, Dispatch.state == "waiting"
        work.session.execute(delete(Dispatch).where(*useless, Dispatch.is_answer))
        work.session.execute(update(Dispatch).where(*useless).values(words=None, state="given_up"))
    in_turns(_forget_some)


def _forget_some() -> bool:
    with transaction(by=WORKER) as work:
        old = select(Dispatch.id).where(Dispatch.until_at < work.now - periods.DISPATCHES.kept)
        some = work.session.scalars(old.limit(PIECE)).all()
        work.session.execute(delete(Dispatch).where(Dispatch.id.in_(some)))
        return len(some) == PIECE
