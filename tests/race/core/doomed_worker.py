"""A real worker process that kills itself (as `kill -9` would) at the N-th step of its database.

    python -m tests.race.core.doomed_worker N        (0: it lives until SIGTERM)

A step is a statement sent, a commit made, or a kept file opened or renamed, in whichever thread:
so N falls between any two.
"""

import itertools
import os
import signal
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from flask import Flask
from sqlalchemy import event

from app import create_app
from core.database import db, writing_engine
from core.messages import send
from core.outbox import Event, Happening
from core.photos.service import DRAWING
from core.photos.tasks import draw_photo
from core.work import Work
from core.worker.handle import JobHandle
from core.worker.loop import Duties, Pace, Worker

PIECES = 12
# Soon over after a kill, yet longer than a busy machine holds up one piece: a lease that runs out
# under a living worker counts as one more death.
LEASE = timedelta(seconds=2)


@dataclass(frozen=True)
class LotTasted(Event):
    """What the test announces."""

    name: ClassVar[str] = "LotTasted"
    lot_id: int


def salt(work: Work, happening: Happening) -> None:
    """An effect that is seen when it is repeated."""
    _leave(work, f"salt {happening.fields['lot_id']}")


def pepper(work: Work, happening: Happening) -> None:
    """Another."""
    _leave(work, f"pepper {happening.fields['lot_id']}")


def draw(job: JobHandle) -> dict[str, Any]:
    """A job of pieces with a checkpoint after each."""
    drawn = (job.checkpoint or {"drawn": 0})["drawn"]
    for number in range(drawn + 1, PIECES + 1):
        with job.piece(number, PIECES, checkpoint={"drawn": number}) as work:
            _leave(work, f"piece {number}")
    return {"drawn": PIECES}


def _leave(work: Work, kind: str) -> None:
    send(work, enterprise_id=1, kind=kind, values={}, once_key=work.new_token())


def die_at(app: Flask, step: int) -> None:
    """Kill this process at the `step`-th statement, commit, or touch of a kept file."""
    files = str(app.config["SETTINGS"].instance / "files")
    steps = itertools.count(1)

    def count(*_: Any) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def touch(name: str, arguments: tuple[object, ...]) -> None:
        if name in {"open", "os.rename"} and str(arguments[0]).startswith(files):
            count()

    for engine in (db.engine, writing_engine()):
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(engine, name, count)
    sys.addaudithook(touch)


def main(step: int) -> None:
    """Work until killed or asked to stop."""
    app = create_app()
    with app.app_context():
        die_at(app, step)
    pace = Pace(
        idle_seconds=0.02,
        failed_seconds=0.1,
        event_lease=LEASE,
        job_lease=LEASE,
    )
    duties = Duties({"LotTasted": (salt, pepper)}, {"draw": draw, DRAWING: draw_photo})
    worker = Worker(app, duties, pace)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    worker.run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
