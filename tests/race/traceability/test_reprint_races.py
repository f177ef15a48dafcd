from flask import Flask
from sqlalchemy import func, select

from core.work import COMMAND, reading, transaction
from tests.makers import make_batch
from tests.race.crowd import rush
from traceability import service
from traceability.models import LabelPrint
from traceability.reprint_errors import AlreadyPrinted


def test_of_sixteen_files_of_the_same_labels_one_leaves_without_a_reason(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=40)
        # Each begins elsewhere: no unique index helps, the last label is on all of them.
        prints = [
            service.order_print(work, batch, piece=(first, 20), paper="a4-65").id
            for first in range(1, 17)
        ]

    def fetch(at: int) -> int:
        with transaction(by=COMMAND) as work:
            service.hand_out(work, label_print_id=prints[at])
        return prints[at]

    answers, refusals = rush(app, fetch)

    assert len(answers) == 1
    assert [type(refusal) for refusal in refusals] == [AlreadyPrinted] * 15
    with reading() as session:
        left = select(func.count()).where(LabelPrint.fetched_at.is_not(None))
        assert session.scalar(left) == 1
