from flask import Flask
from sqlalchemy import select

from core.sealing import sealer
from core.work import COMMAND, VISITOR, reading, transaction
from tests.race.crowd import rush
from tests.scratching import code_of, make_scratched, serial_in, wrong_code
from traceability import service
from traceability.models import StampScratch
from traceability.rules import FREE_TRIES, CodeTry, Visit
from traceability.service.checking import Visitor


def scratched() -> tuple[int, str]:
    """A stamp stuck on, and what lies under its layer."""
    with transaction(by=COMMAND) as work:
        batch = make_scratched(work)
        serial = serial_in(work, batch)
        return serial, code_of(batch, serial)


def typed(serial: int, code: str, person: int) -> CodeTry:
    visitor = Visitor(Visit.PERSON, device_hash=f"d{person}", network_hash=f"n{person}")
    with transaction(by=VISITOR) as work:
        return service.try_scratch_code(
            work,
            serial=serial,
            code=code,
            visitor=visitor,
            sealer=sealer(),
        ).result


def test_of_sixteen_who_type_the_right_number_at_once_one_confirms(app: Flask) -> None:
    serial, code = scratched()

    answers, refusals = rush(app, lambda person: typed(serial, code, person))

    assert (answers, refusals) == ([CodeTry.CONFIRMED] * 16, [])
    with reading() as session:
        row = session.scalars(select(StampScratch)).one()
    assert (row.again, row.again_elsewhere, row.wrong) == (15, 15, 0)
    assert row.device_hash is not None
    assert row.device_hash[1:] == (row.network_hash or "")[1:]


def test_of_wrong_numbers_from_many_networks_at_once_five_are_judged(app: Flask) -> None:
    serial, code = scratched()
    wrong = wrong_code(code)

    answers, _ = rush(app, lambda person: typed(serial, wrong, person))

    assert answers.count(CodeTry.WRONG) == FREE_TRIES - 1
    assert answers.count(CodeTry.LOCKED) == 16 - (FREE_TRIES - 1)
    with reading() as session:
        row = session.scalars(select(StampScratch)).one()
    assert (row.wrong, row.confirmed_at) == (FREE_TRIES, None)
