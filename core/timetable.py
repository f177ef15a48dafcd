"""What is done again and again: (name, every, run), one worker at a time by a lease on the name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from structlog import get_logger

from core.database import Base, insert_new
from core.due import has_come
from core.leases import Leased, claim, let_go
from core.work import WORKER, transaction

log = get_logger()
LEASE = timedelta(minutes=10)  # An entry lasting longer may be begun a second time elsewhere.


@dataclass(frozen=True)
class Entry:
    """Something to be done every so often, by one of all workers. `run` opens its transactions."""

    name: str
    every: timedelta
    run: Callable[[], None]
    lease: timedelta = LEASE  # So long nobody does it after a worker died at it.


class TimetableRow(Leased, Base):
    """When an entry is due, and who is at it. Names nobody knows any more stay and do nothing."""

    __tablename__ = "timetable"

    name: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]  # Of the last run; a failed entry comes again at its next time.


def enter(timetable: Sequence[Entry]) -> None:
    """Make a row for each entry that has none; it is due at once."""
    with transaction(by=WORKER) as work:
        for entry in timetable:
            insert_new(work.session, TimetableRow, {"name": entry.name, "due_at": work.now})


def failed_entries(session: Session) -> Sequence[TimetableRow]:
    """What failed at its last time; each comes again by itself."""
    failed = select(TimetableRow).where(TimetableRow.error.is_not(None))
    return session.scalars(failed.order_by(TimetableRow.name)).all()


def run_due(timetable: Sequence[Entry]) -> bool:
    """Run the entry that has been due longest; False when none is."""
    entries = {entry.name: entry for entry in timetable}
    row = _claim(timetable)
    if row is None:
        return False
    entry, error = entries[row.name], None
    try:
        entry.run()
    except Exception as failure:
        log.exception("timetable entry failed", name=entry.name)
        error = f"{type(failure).__name__}: {failure}"[:500]
    _finish(row, entry.every, error)
    return True


def _claim(timetable: Sequence[Entry]) -> TimetableRow | None:
    leases = {entry.name: entry.lease for entry in timetable}
    with transaction(by=WORKER) as work:
        due = or_(false(), *(_is_due(entry, work.now) for entry in timetable))
        row = claim(work, TimetableRow, due, lease=LEASE)
        if row is not None:
            row.leased_until = work.now + leases[row.name]
        return row


def _is_due(entry: Entry, now: datetime) -> ColumnElement[bool]:
    return and_(
        TimetableRow.name == entry.name, has_come(TimetableRow.due_at, now, longest=entry.every)
    )


def _finish(row: TimetableRow, every: timedelta, error: str | None) -> None:
    with transaction(by=WORKER) as work:
        let_go(work, row, {"due_at": work.now + every, "done_at": work.now, "error": error})
