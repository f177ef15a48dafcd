"""The same form sent twice has one effect: a `request_id` is kept with its answer for a day."""

from datetime import datetime

from sqlalchemy import Index, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, insert_new
from core.errors import Changed
from core.work import By, Work


class RequestReused(Changed):
    """A `request_id` came before with another request: answering it as done would lose it."""


class KeptAnswer(Base):
    """What a request was answered, written in the transaction of its effect."""

    __tablename__ = "kept_answer"
    __table_args__ = (Index("ix_kept_answer_kept_at", "kept_at"),)

    who: Mapped[str] = mapped_column(primary_key=True)  # Nobody reads another's answer.
    request_id: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]  # The same id for another act is a mistake, not a repeat.
    location: Mapped[str]  # Where the 303 went; of the API the answer itself.
    kept_at: Mapped[datetime]


def reserve_answer(work: Work, *, request_id: str, act: str) -> str | None:
    """Take the request's key before its effect: None for a new one, else where the first went.

    A rival with the same id is waited for. What it was answered is the answer; where it was
    refused nothing of it is left, and this one is the first.

    Raises:
        RequestReused: the id was used for something else.
    """
    who = _who(work.by)
    row = {"who": who, "request_id": request_id, "act": act, "location": "", "kept_at": work.now}
    if insert_new(work.session, KeptAnswer, row):
        return None
    kept = work.session.get_one(KeptAnswer, (who, request_id))
    if kept.act != act:
        raise RequestReused("a request_id was used for two different requests")
    return kept.location


def kept_answer(session: Session, *, by: By, request_id: str, act: str) -> str | None:
    """Where the same request was sent before; None where it was not, or was refused."""
    return session.scalar(
        select(KeptAnswer.location).where(
            KeptAnswer.who == _who(by),
            KeptAnswer.request_id == request_id,
            KeptAnswer.act == act,
        )
    )


def keep_answer(work: Work, *, request_id: str, location: str) -> None:
    """Remember where the request that holds the key was sent."""
    work.session.execute(
        update(KeptAnswer)
        .where(KeptAnswer.who == _who(work.by), KeptAnswer.request_id == request_id)
        .values(location=location)
    )


def _who(by: By) -> str:
    return f"{by.kind}:{by.person_id or 0}:{by.enterprise_id or 0}"
