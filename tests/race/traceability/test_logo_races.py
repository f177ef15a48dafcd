from flask import Flask
from sqlalchemy import select

from core.work import COMMAND, reading, transaction
from tests.makers import make_batch
from tests.race.crowd import rush
from tests.unit.traceability.logo_pictures import SQUARE, drawn, sent
from traceability import service
from traceability.adapters.logo_pictures import drawn_logo
from traceability.adapters.outputs import Output
from traceability.models import LabelPrint, StampBatch


def test_labels_asked_for_while_their_logo_is_changed_bear_one_that_is_kept(app: Flask) -> None:
    picture = drawn_logo(sent(drawn(SQUARE)))
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=40)
        batch_id, maker_id = batch.id, batch.enterprise_id
        service.keep_logo(work, enterprise_id=maker_id, picture=picture)

    def act(person: int) -> int:
        with transaction(by=COMMAND) as work:
            if person % 2:
                return service.keep_logo(work, enterprise_id=maker_id, picture=picture).id
            row = work.session.get_one(StampBatch, batch_id)
            output = Output(has_logo=True)
            return service.order_print(
                work, row, piece=(1, person + 1), paper="roll-50x30", output=output
            ).id

    answers, refusals = rush(app, act)

    assert (len(answers), refusals) == (16, [])
    with reading() as session:
        logos = session.scalars(select(LabelPrint.logo_id)).all()
    assert len(logos) == 8
    assert None not in logos
