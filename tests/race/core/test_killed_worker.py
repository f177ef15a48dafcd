"""`kill -9` of a real worker, again and again: nothing is lost, nothing happens twice."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from app.settings import Settings
from core.files import files
from core.jobs import Job, enqueue
from core.messages import Message
from core.outbox import OutboxEvent, announce
from core.photos.drawing import TYPES, WIDTHS
from core.photos.models import Photo
from core.waits import JOB_WAITS_SECONDS
from core.work import VISITOR, reading, transaction
from tests.pictures import jpeg, send_photo
from tests.race.core.doomed_worker import PIECES, LotTasted

EVENTS = 12
KILLS = len(JOB_WAITS_SECONDS)  # A job that took one worker more with it is given up.
SECONDS = 180  # Until a wait is given up; each worker first loads the whole application.


@contextlib.contextmanager
def worker(settings: Settings, step: int) -> Iterator[subprocess.Popen[str]]:
    """A worker that dies at `step`; 0: never by itself."""
    given = {
        "GOC_DATABASE_URL": settings.database_url,
        "GOC_INSTANCE": str(settings.instance),
        "GOC_SECRET_KEY": settings.secret_key,
    }
    command = [sys.executable, "-m", "tests.race.core.doomed_worker", str(step)]
    with subprocess.Popen(
        command, env={**os.environ, **given}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def leave_work() -> None:
    with transaction(by=VISITOR) as work:
        for lot_id in range(EVENTS):
            announce(work, LotTasted(lot_id))
        enqueue(work, kind="draw", arguments={})


@pytest.mark.parametrize("step", [22, 31, 42])
def test_a_photo_whose_drawing_was_killed_is_whole_in_the_end(
    app: Flask, settings: Settings, step: int
) -> None:
    photo = send_photo(jpeg(1_600, 1_200))

    with worker(settings, step) as process:
        assert process.wait(SECONDS) == -signal.SIGKILL
    killed_at = drawn_state(photo.id).state
    with worker(settings, 0):
        wait_until_done()

    assert killed_at == "waiting"
    drawn = drawn_state(photo.id)
    assert drawn.state == "drawn"
    for width in WIDTHS:
        for extension in TYPES:
            with files().reading(f"photos/{drawn.content_hash}/{width}.{extension}") as stream:
                assert Image.open(stream).size == (width, width * 3 // 4)


def drawn_state(photo_id: int) -> Photo:
    with reading() as session:
        return session.get_one(Photo, photo_id)


def work_left() -> int:
    with reading() as session:
        events = session.scalar(select(func.count()).where(OutboxEvent.done_at.is_(None)))
        jobs = session.scalar(select(func.count()).where(Job.state != "done"))
        return (events or 0) + (jobs or 0)


def wait_until_done() -> None:
    deadline = time.monotonic() + SECONDS
    while work_left():
        assert time.monotonic() < deadline, work_left()
        time.sleep(0.05)


def effects() -> list[str]:
    with reading() as session:
        return sorted(session.scalars(select(Message.kind)))


def every_effect_once() -> list[str]:
    seasoned = [f"{what} {lot_id}" for what in ("salt", "pepper") for lot_id in range(EVENTS)]
    return sorted(seasoned + [f"piece {number}" for number in range(1, PIECES + 1)])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_worker_killed_at_any_step_loses_nothing_and_repeats_nothing(
    app: Flask, settings: Settings, seed: int
) -> None:
    leave_work()
    steps = random.Random(seed)  # noqa: S311  # Repeatable points, nothing secret.

    killed = 0
    while killed < KILLS and work_left():
        with worker(settings, steps.randint(10, 90)) as process:
            assert process.wait(SECONDS) == -signal.SIGKILL
        killed += 1
    with worker(settings, 0):
        wait_until_done()

    assert killed >= 3
    assert effects() == every_effect_once()


def test_a_worker_asked_to_stop_ends_in_peace_and_another_goes_on(
    app: Flask, settings: Settings
) -> None:
    leave_work()

    with worker(settings, 0) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        while not effects():
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    with reading() as session:
        assert session.scalar(select(func.count()).where(Job.state == "running")) == 0
        leased = OutboxEvent.leased_until.is_not(None)
        assert session.scalar(select(func.count()).where(leased)) == 0
    with worker(settings, 0):
        wait_until_done()

    assert effects() == every_effect_once()
