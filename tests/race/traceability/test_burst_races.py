from flask import Flask
from sqlalchemy import select

from core.work import COMMAND, reading, transaction
from tests.makers import make_batch
from tests.race.crowd import rush
from traceability import queries, service
from traceability.models import StampBurst, StampCheck
from traceability.rules import serial_text

PHONE = "Mozilla/5.0 (Linux; Android 14; Phone {}) AppleWebKit/537.36"


def test_of_sixteen_clerks_who_scan_a_box_at_once_all_are_in_one_burst(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=16)
        service.activate_stamps(work, batch_id=batch.id, first=1, last=16)
    with reading() as session:
        serials = queries.serials_at(session, batch.id, list(range(1, 17)))

    def scan(clerk: int) -> int:
        page = app.test_client().get(
            f"/s/{serial_text(serials[clerk + 1])}",
            headers={"User-Agent": PHONE.format(clerk)},
            environ_base={"REMOTE_ADDR": "10.60.1.1"},
        )
        return page.status_code

    answers, refusals = rush(app, scan)

    assert (answers, refusals) == ([200] * 16, [])
    with reading() as session:
        [burst] = session.scalars(select(StampBurst)).all()
        kept = session.scalars(select(StampCheck.burst_id)).all()
    assert kept == [burst.id] * 16
    assert burst.stamps == 16
