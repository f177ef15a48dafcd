"""Wiping a practice: every feature's part of it, in pieces; a crash is gone on from anywhere."""

from collections.abc import Callable

from accounts import queries, service
from accounts.models import Enterprise
from core import clock
from core.cleaning import forget_jobs_of
from core.database import Base
from core.messages import forget_messages_to
from core.photos.service import give_up_photos
from core.wiping import wipe_some
from core.work import WORKER, Work, reading, transaction
from core.worker.handle import JobHandle
from traceability.service import wipe_stamps

AT_ONCE = 50  # Practices that are over, asked for at a time.

_ENTERPRISES = Base.metadata.tables[Enterprise.__tablename__]
# Each removes one piece and says whether there was one. What no foreign key holds goes first.
_PARTS: tuple[Callable[[Work, int], bool], ...] = (
    lambda work, id_: wipe_stamps(work, enterprise_id=id_),
    lambda work, id_: give_up_photos(work, enterprise_id=id_),
    lambda work, id_: forget_messages_to(work, enterprise_id=id_),
    lambda work, id_: wipe_some(work.session, _ENTERPRISES, id_),
)


def wipe_practice(job: JobHandle) -> None:
    """Kind `wipe_practice`: remove a practice that is over. A real enterprise is never touched."""
    id_: int = job.arguments["enterprise_id"]
    with reading() as session:
        found = queries.makers(session, [id_]).get(id_)
    if found is None or not found.is_practice:
        return
    forget_jobs_of(id_)
    done = 0
    for part in _PARTS:
        is_more = True
        while is_more:
            with job.piece(done, done) as work:  # How many are left is not known.
                is_more = part(work, id_)
            done += 1


def end_old_practices() -> None:
    """Have practices wiped whose time is over; what was ended by hand has its job already."""
    is_more = True
    while is_more:
        with reading() as session:
            over = queries.overdue_practices(session, now=clock.now(), limit=AT_ONCE)
        for id_ in over:
            with transaction(by=WORKER) as work:
                service.end_overdue_practice(work, enterprise_id=id_)
        is_more = len(over) == AT_ONCE
