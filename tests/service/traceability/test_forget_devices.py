from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from core.work import Work
from tests.makers import make_lot
from traceability import service
from traceability.models import Stamp, StampCheck, StampTally
from traceability.rules import Visit
from traceability.service import Visitor, checks_to_forget, forget_devices

SOMEBODY = Visitor(Visit.PERSON, device_hash="d", network_hash="n")


def checked(work: Work, day: int) -> None:
    """One counted check, so many days from now."""
    batch = service.issue_stamps(work, lot_id=make_lot(work, code=f"L{day}").id, count=1)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=1)
    serial = work.session.scalars(select(Stamp.serial).where(Stamp.batch_id == batch.id)).one()
    at = replace(work, now=work.now + timedelta(days=day))
    service.record_check(at, serial=serial, visitor=SOMEBODY)


def forgotten(work: Work) -> int:
    """Forget as the task does; how many checks no longer say who looked."""
    old = checks_to_forget(work.session, today=work.today)
    forget_devices(work, old)
    return len(old)


def test_who_looked_is_forgotten_after_half_a_year_and_the_count_stays(work: Work) -> None:
    batch = service.issue_stamps(work, lot_id=make_lot(work).id, count=1)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=1)
    serial = work.session.scalars(select(Stamp.serial)).one()
    service.record_check(work, serial=serial, visitor=SOMEBODY)
    after_179_days = replace(work, now=work.now + timedelta(days=179))
    after_180_days = replace(work, now=work.now + timedelta(days=180))

    assert forgotten(after_179_days) == 0
    assert forgotten(after_180_days) == 1
    assert forgotten(after_180_days) == 0

    check = work.session.scalars(select(StampCheck)).one()
    assert (check.device_hash, check.network_hash) == (None, None)
    assert work.session.get_one(StampTally, serial).checks == 1


def test_a_machine_that_was_off_for_two_weeks_catches_up(work: Work) -> None:
    for day in (0, 1, 15, 16):
        checked(work, day)

    assert forgotten(replace(work, now=work.now + timedelta(days=195))) == 2

    kept = select(StampCheck.day).where(StampCheck.device_hash.is_not(None))
    days = sorted((day - work.today).days for day in work.session.scalars(kept))
    assert days == [0, 16]
