"""Who acts, and a piece of writing work: session, time, actor, ids. Services take it first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import ColumnElement, case, literal
from sqlalchemy.orm import InstrumentedAttribute, Session

from core import clock, ids
from core.database import reading_engine, writing_engine


@dataclass(frozen=True)
class By:
    """Who acts, and for which enterprise. Copied into every event and audit row."""

    kind: str  # person | visitor | worker | command
    person_id: int | None = None
    enterprise_id: int | None = None
    consent_id: int | None = None  # A helper acts: "person for enterprise" by this consent.
    token: str = ""  # A program acts for the person: what they call its token.


VISITOR = By("visitor")
WORKER = By("worker")
COMMAND = By("command")


@dataclass
class Work:
    """One transaction that writes. It is committed by whoever opened it, never by a service."""

    session: Session
    now: datetime
    by: By
    new_public_id: ids.Draw = field(default=ids.public_id)
    new_token: ids.Draw = field(default=ids.token)
    new_digits: Callable[[int], str] = field(default=ids.digits)

    @cached_property
    def today(self) -> date:
        """The day in Việt Nam on which this work happens."""
        return clock.day_of(self.now)


def not_before(begun: InstrumentedAttribute[datetime], now: datetime) -> ColumnElement[datetime]:
    """The end of a row: now, but never before it began.

    Whoever ends it may have looked at the clock, then waited for whoever was beginning it.
    """
    moment = literal(now, begun.type)
    return case((begun > moment, begun), else_=moment)


@contextmanager
def transaction(*, by: By) -> Iterator[Work]:
    """Begin for writing; commit when the block ends, roll back when it raises."""
    with Session(writing_engine(), expire_on_commit=False) as session, session.begin():
        yield Work(session=session, now=clock.now(), by=by)


@contextmanager
def rehearsal(*, by: By) -> Iterator[Work]:
    """Like `transaction`, but nothing stays: for a dry run that meets every constraint."""
    with Session(writing_engine(), expire_on_commit=False) as session:
        yield Work(session=session, now=clock.now(), by=by)
        session.flush()
        session.rollback()


@contextmanager
def trial(work: Work) -> Iterator[None]:
    """A part of a piece of work that meets every constraint, and is taken back at its end."""
    with work.session.begin_nested() as savepoint:
        yield
        work.session.flush()
        savepoint.rollback()


@contextmanager
def reading() -> Iterator[Session]:
    """Begin for reading: one snapshot on SQLite, one for each statement on PostgreSQL."""
    with Session(reading_engine(), autoflush=False) as session:
        yield session
