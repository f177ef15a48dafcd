"""The same form sent twice has one effect: a `request_id` is kept with its answer for a day."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from core.errors import Changed
from core.work import Work


class KeptAnswer(Base):
    """What a request was answered, written in the transaction of its effect."""

    __tablename__ = "kept_answer"
    __table_args__ = (Index("ix_kept_answer_kept_at", "kept_at"),)

    who: Mapped[str] = mapped_column(primary_key=True)  # Nobody reads another's answer.
    request_id: Mapped[str] = mapped_column(primary_key=True)
    act: Mapped[str]  # The same id for another act is a mistake, not a repeat.
    location: Mapped[str]  # Where the 303 went.
    kept_at: Mapped[datetime]


def kept_answer(work: Work, *, request_id: str, act: str) -> str | None:
    """Where the same request was sent before; None for a new one.

    Raises:
        Changed: the id was used for something else; answering as if it were done would lose it.
    """
    row = work.session.get(KeptAnswer, (_who(work), request_id))
    if row is None:
        return None
    if row.act != act:
        raise Changed("a request_id was used for two different requests")
    return row.location


def keep_answer(work: Work, *, request_id: str, act: str, location: str) -> None:
    """Remember the answer. A rival with the same id fails on the key, and its effect with it."""
    work.session.add(
        KeptAnswer(
            who=_who(work), request_id=request_id, act=act, location=location, kept_at=work.now
        )
    )
    work.session.flush()


def _who(work: Work) -> str:
    return f"{work.by.kind}:{work.by.person_id or 0}:{work.by.enterprise_id or 0}"
