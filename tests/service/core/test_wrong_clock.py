"""A clock that was wrong when work was stored, or steps while it is at hand: nothing is stuck."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from core.due import SLACK
from core.jobs import Job, enqueue
from core.outbox import OutboxEvent, OutboxHandled
from core.timetable import Entry, TimetableRow, enter, run_due
from core.work import VISITOR, reading, transaction
from core.worker import events, jobs
from core.worker.handle import JobHandle, JobLost
from tests.service.core.clock import Clock
from tests.service.core.test_events import taste, tell, told

pytestmark = pytest.mark.usefixtures("app")
WRONG = [
    datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 11, 21, 3, 0, tzinfo=UTC),  # A day ahead.
    datetime(2027, 11, 20, 3, 0, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),  # One second more than 32 bits hold.
    datetime(2106, 2, 8, tzinfo=UTC),
]
wrong = pytest.mark.parametrize("moment", WRONG, ids=lambda moment: f"{moment:%Y-%m-%d}")


class Killed(BaseException):
    """What `kill -9` looks like from inside."""


def order() -> None:
    with transaction(by=VISITOR) as work:
        enqueue(work, kind="draw", arguments={})


def state() -> str:
    with reading() as session:
        return session.scalars(select(Job.state)).one()


def die(*_: object) -> None:
    raise Killed


@wrong
def test_a_job_ordered_while_the_clock_was_wrong_is_done(clock: Clock, moment: datetime) -> None:
    right, clock.now = clock.now, moment
    order()

    clock.now = right

    assert jobs.run_next({"draw": lambda _job: None})
    assert state() == "done"


@wrong
def test_a_job_left_behind_while_the_clock_was_wrong_goes_on(
    clock: Clock, moment: datetime
) -> None:
    right, clock.now = clock.now, moment
    order()
    with pytest.raises(Killed):
        jobs.run_next({"draw": die})

    clock.now = right

    assert jobs.run_next({"draw": lambda _job: None})
    assert state() == "done"


def test_a_lease_of_a_clock_slightly_ahead_is_respected(clock: Clock) -> None:
    order()
    clock.move(SLACK.total_seconds())
    with pytest.raises(Killed):
        jobs.run_next({"draw": die})

    clock.move(-SLACK.total_seconds())

    assert not jobs.run_next({"draw": lambda _job: None})


def test_a_job_at_hand_when_the_clock_steps_back_has_one_effect(clock: Clock) -> None:
    ended = []

    def draw(job: JobHandle) -> dict[str, int]:
        clock.move(-86_400)
        assert jobs.run_next({"draw": lambda _job: {"by": 2}})
        with pytest.raises(JobLost):
            job.progress(1, 2)
        ended.append("first")
        return {"by": 1}

    order()
    jobs.run_next({"draw": draw})

    with reading() as session:
        assert session.scalars(select(Job.result)).one() == {"by": 2}
    assert ended == ["first"]


@wrong
def test_an_event_of_a_wrong_clock_reaches_its_handler_once(clock: Clock, moment: datetime) -> None:
    right, clock.now = clock.now, moment
    taste()
    with pytest.raises(Killed):
        events.deliver_next({"LotTasted": (tell, die)})

    clock.now = right
    while events.deliver_next({"LotTasted": (tell,)}):
        pass

    assert told() == ["told"]
    with reading() as session:
        assert session.scalars(select(OutboxEvent.done_at)).one() == right
        assert session.scalar(select(func.count()).select_from(OutboxHandled)) == 1


@wrong
def test_the_timetable_goes_on_after_a_wrong_clock(clock: Clock, moment: datetime) -> None:
    runs: list[datetime] = []
    hourly = Entry("sweep", timedelta(hours=1), lambda: runs.append(clock.now))
    right, clock.now = clock.now, moment
    enter([hourly])
    run_due([hourly])
    clock.move(3_600)
    with pytest.raises(Killed):
        run_due([Entry("sweep", timedelta(hours=1), die)])

    clock.now = right

    assert run_due([hourly])
    assert not run_due([hourly])
    assert runs == [moment, right]
    with reading() as session:
        row = session.scalars(select(TimetableRow)).one()
    assert (row.due_at, row.leased_until) == (right + timedelta(hours=1), None)
