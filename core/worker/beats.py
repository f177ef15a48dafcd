"""A sign of life of each worker, for `/readyz` and the operator."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base
from core.work import WORKER, transaction

EVERY = timedelta(seconds=10)
SILENT_AFTER = timedelta(seconds=60)  # No sign for so long: the worker is said to be silent.
FORGOTTEN_AFTER = timedelta(days=1)


class WorkerBeat(Base):
    """One worker process and when it was last seen."""

    __tablename__ = "worker_beat"

    worker: Mapped[str] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime]


def beat(worker: str) -> None:
    """Say that `worker` lives, and forget those not seen for a day."""
    with transaction(by=WORKER) as work:
        work.session.merge(WorkerBeat(worker=worker, beat_at=work.now))
        old = WorkerBeat.beat_at < work.now - FORGOTTEN_AFTER
        work.session.execute(delete(WorkerBeat).where(old))


def last_beat_at(session: Session) -> datetime | None:
    """When any worker was last seen; None: never."""
    return session.scalar(select(func.max(WorkerBeat.beat_at)))
