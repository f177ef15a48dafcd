"""What was given up, jobs and events alike, under the names operators call them by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.queries import offices_by_id
from accounts.rules import TABLE, Act
from core import clock
from core.jobs import Job, drop_job, failed_job_count, failed_jobs, retry_job
from core.outbox import OutboxEvent, drop_event, failed_event_count, failed_events, retry_event
from core.slots import Panel
from core.work import Work

EVENT_PREFIX = "event-"  # Events have no outside id; a job's is its public one.
EVENT_DIGITS = 18  # More do not fit the column.


@dataclass(frozen=True)
class Failure:
    """A job or event that was given up."""

    name: str
    kind: str
    attempts: int
    error: str
    failed_at: datetime | None
    enterprise_id: int | None
    refusal: Mapping[str, Any] | None = None  # The sentence its asker reads, with its values.

    @property
    def is_event(self) -> bool:
        """Whether it is something that happened and not all were told."""
        return self.name.startswith(EVENT_PREFIX)


def event_name(event_id: int) -> str:
    """What operators call an event."""
    return f"{EVENT_PREFIX}{event_id}"


def failures(session: Session, *, dropped: bool, limit: int) -> list[Failure]:
    """At most `limit`, events before jobs, the oldest first."""
    events = failed_events(session, dropped=dropped, limit=limit)
    jobs = failed_jobs(session, dropped=dropped, limit=limit)
    return [*map(_of_event, events), *map(_of_job, jobs)][:limit]


def failure_count(session: Session, *, dropped: bool) -> int:
    """How many there are."""
    return failed_event_count(session, dropped=dropped) + failed_job_count(session, dropped=dropped)


def retry_failure(work: Work, name: str) -> bool:
    """Try it again; False: nothing that failed has this name."""
    event_id = _event_id(name)
    if event_id is not None:
        return retry_event(work, event_id=event_id)
    return retry_job(work, public_id=name.upper())


def drop_failure(work: Work, name: str, *, because: str) -> bool:
    """Leave it undone, with the reason; False: nothing of this name waits for a decision."""
    event_id = _event_id(name)
    if event_id is not None:
        return drop_event(work, event_id=event_id, because=because)
    return drop_job(work, public_id=name.upper(), because=because)


def for_operators(session: Session, office_ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
    """`office.queue`: how much was given up, for those who decide about it."""
    deciding = [
        office.id
        for office in offices_by_id(session, office_ids, today=clock.today()).values()
        if Act.MANAGE_JOBS in TABLE[office.role]
    ]
    count = failure_count(session, dropped=False) if deciding else 0
    if not count:
        return {}
    return {id_: [Panel("app/slots/failures.html", {"count": count}, rank=9)] for id_ in deciding}


def _event_id(name: str) -> int | None:
    number = name.removeprefix(EVENT_PREFIX)
    if number == name or not (number.isascii() and number.isdecimal()):
        return None
    return int(number) if len(number) <= EVENT_DIGITS else 0


def _of_event(row: OutboxEvent) -> Failure:
    return Failure(
        name=event_name(row.id),
        kind=row.name,
        attempts=row.attempts,
        error=row.error or "",
        failed_at=row.failed_at,
        enterprise_id=row.by_enterprise_id,
    )


def _of_job(row: Job) -> Failure:
    refused = row.result if row.result and "refused" in row.result else None
    return Failure(
        name=row.public_id,
        kind=row.kind,
        attempts=row.attempts,
        error=row.error or "",
        failed_at=row.finished_at,
        enterprise_id=row.enterprise_id,
        refusal=refused,
    )
