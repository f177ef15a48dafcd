"""The worker's two threads: errands (timetable, events) and jobs, so that a long job delays none.

It stops between two pieces of work, or at a job's next progress. A piece that fails at the
database is left to its lease; the loop rests and goes on.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask
from structlog import get_logger

from core import clock, ids, timetable
from core.timetable import Entry
from core.worker import beats, events, jobs

log = get_logger()


@dataclass(frozen=True)
class Duties:
    """What the application asks of its worker."""

    reactions: events.Reactions = field(default_factory=dict)
    kinds: jobs.Kinds = field(default_factory=dict)
    timetable: Sequence[Entry] = ()  # By one of all workers.
    by_each: Sequence[Entry] = ()  # By every worker for itself: its node's own index, say.


@dataclass(frozen=True)
class Pace:
    """How long the worker rests and how long its claims hold."""

    idle_seconds: float = 0.3
    failed_seconds: float = 5.0
    event_lease: timedelta = events.LEASE
    job_lease: timedelta = jobs.LEASE


class Worker:
    """One worker process."""

    def __init__(self, app: Flask, duties: Duties, pace: Pace | None = None) -> None:
        """Nothing is begun before `run`."""
        self.name = ids.public_id()
        self._app = app
        self._duties = duties
        self._pace = pace or Pace()
        self._stop = threading.Event()
        # Of the beat and of what each worker does; by a clock that nobody sets.
        self._due_seconds: dict[str, float] = {}

    def stop(self) -> None:
        """Ask for the end; the pieces in hand are finished. Safe in a signal handler."""
        self._stop.set()

    def run(self) -> None:
        """Work until `stop`."""
        log.info("worker started", worker=self.name)
        jobs_thread = threading.Thread(target=self._repeat, args=(self._next_job,), name="jobs")
        jobs_thread.start()
        self._repeat(self._errand)
        jobs_thread.join()
        log.info("worker stopped", worker=self.name)

    def _repeat(self, step: Callable[[], bool]) -> None:
        with self._app.app_context():
            while not self._stop.is_set():
                try:
                    rest = 0.0 if step() else self._pace.idle_seconds
                except Exception:  # The database is away, say: nothing is lost by waiting.
                    log.exception("worker step failed", step=step.__name__)
                    rest = self._pace.failed_seconds
                self._stop.wait(rest)

    def _next_job(self) -> bool:
        return jobs.run_next(
            self._duties.kinds, lease=self._pace.job_lease, stopping=self._stop.is_set
        )

    def _errand(self) -> bool:
        if self._is_due("beat", beats.EVERY):
            beats.beat(self.name)
            timetable.enter(self._duties.timetable)
        for entry in self._duties.by_each:
            if self._is_due(entry.name, entry.every):
                self._run_own(entry)
        ran = timetable.run_due(self._duties.timetable)
        delivered = events.deliver_next(self._duties.reactions, lease=self._pace.event_lease)
        return ran or delivered

    def _is_due(self, name: str, every: timedelta) -> bool:
        now = clock.steady_seconds()
        if now < self._due_seconds.get(name, now):
            return False
        self._due_seconds[name] = now + every.total_seconds()
        return True

    def _run_own(self, entry: Entry) -> None:
        try:
            entry.run()
        except Exception:  # An index that fails must not keep events from their handlers.
            log.exception("timetable entry failed", name=entry.name)
