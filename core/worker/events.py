"""Delivery of events: claimed by lease, at least once; each handler's effect exactly once.

A worker that dies here leaves a lease that runs out by the clock; whoever delivers the event again
finds in `outbox_handled` which handlers have had it, written in the transaction of their effects.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from structlog import get_logger

from core.database import insert_new
from core.due import has_come
from core.leases import claim, let_go
from core.metrics import EVENTS
from core.outbox import Handler, Happening, OutboxEvent, OutboxHandled, name_of
from core.waits import EVENT_WAITS_SECONDS, wait_after
from core.work import WORKER, Work, transaction

log = get_logger()
LEASE = timedelta(seconds=60)  # Handlers are short: one lasting longer may meet a rival and wait.
LONGEST_WAIT = timedelta(seconds=max(EVENT_WAITS_SECONDS))
DIED = "the worker ended during each try"

Reactions = Mapping[str, tuple[Handler, ...]]


def deliver_next(reactions: Reactions, *, lease: timedelta = LEASE) -> bool:
    """Deliver one due event to its handlers; False when none is due.

    A handler that fails leaves the others alone; the event comes again for it, later each time.
    """
    event = _claim(lease)
    if event is None:
        return False
    if event.attempts > len(EVENT_WAITS_SECONDS) + 1:
        _finish(event, DIED)
        return True
    failures = [
        failure
        for handler in reactions.get(event.name, ())
        if (failure := _try(handler, event)) is not None
    ]
    _finish(event, "; ".join(failures) or None)
    return True


def _claim(lease: timedelta) -> OutboxEvent | None:
    with transaction(by=WORKER) as work:
        due = (
            OutboxEvent.done_at.is_(None),
            OutboxEvent.failed_at.is_(None),
            has_come(OutboxEvent.due_at, work.now, longest=LONGEST_WAIT),
        )
        event = claim(work, OutboxEvent, *due, lease=lease)
        if event is not None:
            event.attempts += 1  # Counted before: an event that kills the worker is given up too.
        return event


def _try(handler: Handler, event: OutboxEvent) -> str | None:
    try:
        with transaction(by=WORKER) as work:
            if _is_first(work, handler, event):
                handler(work, Happening.of(event))
    except Exception as failure:
        log.exception("handler failed", handler=name_of(handler), name=event.name, id=event.id)
        EVENTS.labels(event.name, "failed").inc()
        return f"{name_of(handler)}: {type(failure).__name__}: {failure}"[:500]
    EVENTS.labels(event.name, "handled").inc()
    return None


def _is_first(work: Work, handler: Handler, event: OutboxEvent) -> bool:
    # Before the effect: a rival waits here for us, then finds the row.
    row = {"event_id": event.id, "handler": name_of(handler), "handled_at": work.now}
    return insert_new(work.session, OutboxHandled, row)


def _finish(event: OutboxEvent, error: str | None) -> None:
    with transaction(by=WORKER) as work:
        let_go(work, event, {"error": error, **_next(event, error, work.now)})


def _next(event: OutboxEvent, error: str | None, now: datetime) -> dict[str, datetime]:
    if error is None:
        return {"done_at": now}
    wait = wait_after(event.attempts, EVENT_WAITS_SECONDS)
    return {"failed_at": now} if wait is None else {"due_at": now + wait}
