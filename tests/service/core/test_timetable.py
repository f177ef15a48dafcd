from datetime import timedelta

import pytest
from sqlalchemy import select

from core.timetable import LEASE, Entry, TimetableRow, enter, run_due
from core.work import reading
from tests.service.core.clock import Clock

pytestmark = pytest.mark.usefixtures("app")
HOUR = timedelta(hours=1)


def row() -> TimetableRow:
    with reading() as session:
        return session.scalars(select(TimetableRow)).one()


def test_an_entry_runs_at_once_and_then_every_so_often(clock: Clock) -> None:
    runs = []
    timetable = [Entry("sweep", HOUR, lambda: runs.append(clock.now))]
    enter(timetable)
    began = clock.now

    for _ in range(130):
        run_due(timetable)
        clock.move(60)

    assert runs == [began, began + HOUR, began + 2 * HOUR]
    assert row().done_at == began + 2 * HOUR


def test_entering_again_does_not_move_what_is_due(clock: Clock) -> None:
    timetable = [Entry("sweep", HOUR, lambda: None)]
    enter(timetable)
    run_due(timetable)

    enter(timetable)

    assert not run_due(timetable)
    assert row().due_at == clock.now + HOUR


def test_an_entry_that_fails_comes_again_at_its_next_time(clock: Clock) -> None:
    def fail() -> None:
        raise RuntimeError("no broom")

    timetable = [Entry("sweep", HOUR, fail)]
    enter(timetable)

    assert run_due(timetable)
    assert not run_due(timetable)
    assert row().error == "RuntimeError: no broom"
    clock.move(HOUR.total_seconds())
    assert run_due([Entry("sweep", HOUR, lambda: None)])
    assert row().error is None


def test_an_entry_somebody_is_at_is_left_alone_until_the_lease_runs_out(clock: Clock) -> None:
    runs = []

    def sweep_slowly() -> None:
        runs.append("slow")
        assert not run_due(quick)
        clock.move(LEASE.total_seconds())
        assert run_due(quick)

    quick = [Entry("sweep", HOUR, lambda: runs.append("quick"))]
    enter(quick)
    run_due([Entry("sweep", HOUR, sweep_slowly)])

    assert runs == ["slow", "quick"]
    assert row().due_at == clock.now + HOUR


def test_an_entry_says_how_long_nobody_does_it_after_a_worker_died_at_it(clock: Clock) -> None:
    class Killed(BaseException):
        """The process is gone."""

    def die() -> None:
        raise Killed

    soon = timedelta(seconds=20)
    runs = []
    timetable = [Entry("sweep", timedelta(seconds=1), lambda: runs.append(clock.now), lease=soon)]
    enter(timetable)
    with pytest.raises(Killed):
        run_due([Entry("sweep", timedelta(seconds=1), die, lease=soon)])
    died = clock.now

    clock.move(19)
    assert not run_due(timetable)
    clock.move(1)
    assert run_due(timetable)

    assert runs == [died + soon]
