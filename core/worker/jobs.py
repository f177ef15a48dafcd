"""Running jobs: one is claimed by lease, called, and its end written; it outlives `kill -9`.

A worker that dies here leaves the lease to run out; the next claim calls the job again, which goes
on from its checkpoint, or from the beginning: kinds without one must be idempotent.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, or_, update
from structlog import get_logger

from core import clock
from core.due import has_come
from core.errors import AppError
from core.jobs import Job
from core.leases import claim
from core.metrics import JOBS
from core.room import is_full
from core.waits import JOB_WAITS_SECONDS, wait_after
from core.work import WORKER, Work, transaction
from core.worker.handle import JobCancelled, JobHandle, JobLost, WorkerStopping

log = get_logger()
LEASE = timedelta(seconds=60)  # The longest silence between two progresses of a healthy job.
FAILURE = 500  # Statuses from here are not the asker's fault.
LONGEST_WAIT = timedelta(seconds=max(JOB_WAITS_SECONDS))
AWAY_FOR = timedelta(days=1)  # So long a job waits for a store or provider that is away.
DIED = "the worker ended during each try"

# A kind's function: gives the result kept with the job, or None. In a result the page of the job
# reads `location` (where to see it) and the cleaning reads `file` (a key of core.files).
JobKind = Callable[[JobHandle], dict[str, Any] | None]
Kinds = Mapping[str, JobKind]


def run_next(
    kinds: Kinds, *, lease: timedelta = LEASE, stopping: Callable[[], bool] = lambda: False
) -> bool:
    """Run one due job to its end, or to where it is interrupted; False when none is due."""
    job = _claim(kinds, lease)
    if job is None:
        return False
    if job.attempts > len(JOB_WAITS_SECONDS) + 1:
        _end(job, "failed", error=DIED)
    else:
        _run(kinds[job.kind], job, JobHandle(job, lease=lease, stopping=stopping))
    return True


def _claim(kinds: Kinds, lease: timedelta) -> Job | None:
    with transaction(by=WORKER) as work:
        waiting = and_(Job.state == "waiting", has_come(Job.due_at, work.now, longest=LONGEST_WAIT))
        due = or_(waiting, Job.state == "running")  # Running with no lease left: left behind.
        job = claim(work, Job, due, Job.kind.in_(kinds), lease=lease)
        if job is not None:
            job.state = "running"
            job.lease_key = work.new_token()
            job.attempts += 1  # Counted before: a job that kills the worker is given up too.
        return job


def _run(kind: JobKind, job: Job, handle: JobHandle) -> None:
    try:
        result = kind(handle)
    except JobLost:
        log.warning("job lost", kind=job.kind, id=job.public_id)
    except JobCancelled:
        _end(job, "cancelled")
    except WorkerStopping:
        _wait(job, timedelta(0), attempts=job.attempts - 1)  # Not its fault.
    except AppError as refusal:
        if refusal.status >= FAILURE:  # A store or database that is away comes back.
            _fail(job, refusal)
            return
        # A second try would be refused as well.
        values = {name: _plain(value) for name, value in refusal.values.items()}
        said = {"refused": refusal.sentence, "values": values}
        _end(job, "failed", error=f"{type(refusal).__name__}: {refusal}", result=said)
    except Exception as failure:
        log.exception("job failed", kind=job.kind, id=job.public_id)
        _fail(job, failure)
    else:
        _end(job, "done", result=result)


def _plain(value: object) -> object:
    return value if isinstance(value, int | str) else str(value)  # JSON keeps it as it is.


def _fail(job: Job, failure: Exception) -> None:
    error = f"{type(failure).__name__}: {failure}"[:500]
    wait = wait_after(job.attempts, JOB_WAITS_SECONDS)
    if is_full(failure) or (wait is None and _may_come_back(job, failure)):
        # Not its fault: it goes on by itself once there is room, however late.
        _wait(job, LONGEST_WAIT, attempts=job.attempts - 1, error=error)
    elif wait is None:
        _end(job, "failed", error=error)
    else:
        _wait(job, wait, error=error)


def _may_come_back(job: Job, failure: Exception) -> bool:
    """Whether a store or provider is away that may still be back; after a day somebody decides."""
    return isinstance(failure, AppError) and clock.now() - job.created_at < AWAY_FOR


def _wait(job: Job, wait: timedelta, **values: Any) -> None:
    with transaction(by=WORKER) as work:
        _write(work, job, state="waiting", due_at=work.now + wait, **values)


def _end(job: Job, state: str, **values: Any) -> None:
    JOBS.labels(job.kind, state).inc()
    with transaction(by=WORKER) as work:
        _write(work, job, state=state, finished_at=work.now, **values)


def _write(work: Work, job: Job, **values: Any) -> None:
    # Only the holder of the lease: a slow ghost changes nothing.
    work.session.execute(
        update(Job)
        .where(Job.id == job.id, Job.lease_key == job.lease_key)
        .values(lease_key=None, leased_until=None, **values)
    )
