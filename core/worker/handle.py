"""What a job's function holds while it runs: its arguments, and the way to report progress."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from core.giving_way import let_others_write
from core.jobs import Job
from core.work import WORKER, By, Work, transaction


class JobInterrupted(Exception):
    """The job must end here. Raised at a progress; the piece it would have begun has no effect."""


class JobCancelled(JobInterrupted):
    """A person asked for its end."""


class JobLost(JobInterrupted):
    """The lease ran out and another worker has the job: this one may write nothing more."""


class WorkerStopping(JobInterrupted):
    """The worker was asked to stop; the job goes on elsewhere."""


class JobHandle:
    """A running job. Call `progress` or `piece` at least every few seconds: it renews the lease."""

    def __init__(self, job: Job, *, lease: timedelta, stopping: Callable[[], bool]) -> None:
        """Take a job just claimed."""
        self.public_id = job.public_id
        self.arguments: dict[str, Any] = job.arguments
        self.enterprise_id = job.enterprise_id
        self.checkpoint: dict[str, Any] | None = job.checkpoint
        self.by = (
            By("person", job.person_id, job.enterprise_id, job.consent_id, job.token)
            if job.person_id
            else WORKER
        )
        self._job = job
        self._lease = lease
        self._stopping = stopping
        self._has_begun = False

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the job is.

        Raises:
            JobInterrupted: it must end here: cancelled, lost, or the worker stops.
        """
        with self.piece(done, total):
            pass

    @contextmanager
    def piece(
        self, done: int, total: int | None = None, *, checkpoint: dict[str, Any] | None = None
    ) -> Iterator[Work]:
        """One transaction for a piece of the work and for the progress it makes: both or none.

        Between two pieces others have their turn to write.

        With a `checkpoint` the next try goes on from there, and has all its attempts again.

        Raises:
            JobInterrupted: before the piece begins: cancelled, lost, or the worker stops.
        """
        if self._stopping():
            raise WorkerStopping
        if self._has_begun:
            let_others_write()
        self._has_begun = True
        with transaction(by=self.by) as work:
            self._renew(work, done, total, checkpoint)
            yield work
        self.checkpoint = checkpoint or self.checkpoint

    def _renew(
        self, work: Work, done: int, total: int | None, checkpoint: dict[str, Any] | None
    ) -> None:
        # The row stays locked until the piece is committed: a rival cannot claim it meanwhile.
        values: dict[str, Any] = {"leased_until": work.now + self._lease, "progress_done": done}
        if total is not None:
            values["progress_total"] = total
        if checkpoint is not None:
            values |= {"checkpoint": checkpoint, "attempts": 1}
        renewed = work.session.execute(
            update(Job)
            .where(Job.id == self._job.id, Job.lease_key == self._job.lease_key)
            .values(values)
            .returning(Job.cancel_asked_at)
        ).one_or_none()
        if renewed is None:
            raise JobLost
        if renewed.cancel_asked_at is not None:
            raise JobCancelled
