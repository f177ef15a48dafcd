"""Long work as a row: kind, arguments, lease, progress, result. It outlives a crash."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, Index, Row, case, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.audit import record
from core.database import Base
from core.leases import Leased
from core.work import Work

UNFINISHED = ("waiting", "running")


class Job(Leased, Base):
    """One piece of long work. Whoever holds the lease runs it; everybody may read its progress."""

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting','running','done','failed','cancelled')", name="state_known"
        ),
        CheckConstraint("dropped_at IS NULL OR state = 'failed'", name="dropped_only_if_failed"),
        CheckConstraint(
            "progress_done >= 0 AND progress_done <= progress_total", name="progress_in_total"
        ),
        Index("ix_job_due", "state", "due_at"),
        Index("ix_job_enterprise", "enterprise_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="waiting")
    enterprise_id: Mapped[int | None]  # Whose job it is; None belongs to the platform.
    person_id: Mapped[int | None]
    consent_id: Mapped[int | None]  # A helper asked for it by this consent.
    token: Mapped[str] = mapped_column(default="")  # A program did, by the token of this name.
    progress_done: Mapped[int] = mapped_column(default=0)
    progress_total: Mapped[int] = mapped_column(default=0)
    checkpoint: Mapped[dict[str, Any] | None]  # Where the next try goes on; the kind's own words.
    result: Mapped[dict[str, Any] | None]
    error: Mapped[str | None]  # For the operator's list; a person reads a sentence chosen by kind.
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    lease_key: Mapped[str | None]  # Only the holder may write progress: a slow ghost cannot.
    cancel_asked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]  # An operator decided not to try it again.


def enqueue(work: Work, *, kind: str, arguments: dict[str, Any], total: int = 0) -> Job:
    """Store a job in the caller's transaction; the worker starts it after the commit."""
    job = Job(
        public_id=work.new_public_id(),
        kind=kind,
        arguments=arguments,
        enterprise_id=work.by.enterprise_id,
        person_id=work.by.person_id,
        consent_id=work.by.consent_id,
        token=work.by.token,
        progress_total=total,
        due_at=work.now,
        created_at=work.now,
    )
    work.session.add(job)
    work.session.flush()
    return job


def job_of(session: Session, *, public_id: str, enterprise_id: int) -> Job | None:
    """A job as its enterprise may see it; somebody else's is not there."""
    return session.scalars(
        select(Job).where(Job.public_id == public_id, Job.enterprise_id == enterprise_id)
    ).one_or_none()


def last_job_of(session: Session, *, kind: str, person_id: int) -> Job | None:
    """The newest job of a kind that somebody asked for themselves."""
    jobs = select(Job).where(Job.kind == kind, Job.person_id == person_id)
    return session.scalars(jobs.order_by(Job.id.desc()).limit(1)).one_or_none()


def jobs_by_id(session: Session, ids: Collection[int]) -> dict[int, Job]:
    """Jobs with these ids, as far as they are still kept."""
    return {job.id: job for job in session.scalars(select(Job).where(Job.id.in_(ids)))}


def ask_cancel(work: Work, *, job_id: int) -> None:
    """End a waiting job at once; a running one ends at its next progress, a finished one stays."""
    waiting = Job.state == "waiting"
    work.session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state.in_(UNFINISHED))
        .values(
            cancel_asked_at=work.now,
            state=case((waiting, "cancelled"), else_=Job.state),
            finished_at=case((waiting, work.now), else_=Job.finished_at),
        )
    )


def failed_jobs(session: Session, *, dropped: bool = False, limit: int = 1_000) -> Sequence[Job]:
    """The jobs given up, the oldest first: those nobody has decided about, or those dropped."""
    return session.scalars(
        select(Job).where(*_is_failed(dropped=dropped)).order_by(Job.id).limit(limit)
    ).all()


def failed_job_count(session: Session, *, dropped: bool = False) -> int:
    """How many jobs are given up."""
    counted = select(func.count()).select_from(Job).where(*_is_failed(dropped=dropped))
    return session.scalar(counted) or 0


def retry_job(work: Work, *, public_id: str) -> bool:
    """Give a failed job all its tries again, from its checkpoint; False: no such failed job.

    One that was dropped can be tried again too.
    """
    retried = work.session.execute(
        update(Job)
        .where(Job.public_id == public_id, Job.state == "failed")
        .values(
            state="waiting",
            attempts=0,
            due_at=work.now,
            finished_at=None,
            result=None,
            error=None,
            cancel_asked_at=None,
            dropped_at=None,
        )
        .returning(Job.id, Job.enterprise_id, Job.kind)
    ).one_or_none()
    if retried is not None:
        _note(work, "retry_job", retried)
    return retried is not None


def drop_job(work: Work, *, public_id: str, because: str) -> bool:
    """Decide that a failed job is not tried again; False: no such job waits for a decision."""
    dropped = work.session.execute(
        update(Job)
        .where(Job.public_id == public_id, *_is_failed(dropped=False))
        .values(dropped_at=work.now)
        .returning(Job.id, Job.enterprise_id, Job.kind)
    ).one_or_none()
    if dropped is not None:
        _note(work, "drop_job", dropped, because)
    return dropped is not None


def _is_failed(*, dropped: bool) -> tuple[ColumnElement[bool], ...]:
    decided = Job.dropped_at.is_not(None) if dropped else Job.dropped_at.is_(None)
    return Job.state == "failed", decided


def _note(work: Work, act: str, found: Row[int, int | None, str], because: str = "") -> None:
    record(
        work,
        act=act,
        object_kind="job",
        object_id=found[0],
        enterprise_id=found[1],
        kind=found[2],
        because=because,
    )
