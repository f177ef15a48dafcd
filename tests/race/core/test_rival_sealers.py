"""Two workers sealing at once, while people act: one chain, no number twice, nothing left out."""

from flask import Flask
from sqlalchemy import func, select

from core.audit import AuditEntry, record
from core.audit_chain import check, head_file, seal
from core.work import By, reading, transaction
from tests.race.crowd import rush

ACTS_EACH = 6


def test_rival_sealers_and_writers_make_one_whole_chain(app: Flask) -> None:
    def act_or_seal(person: int) -> None:
        for turn in range(ACTS_EACH):
            if person % 2:
                seal()
                continue
            with transaction(by=By("person", person + 1)) as work:
                record(work, act="a", object_kind="lot", object_id=turn, enterprise_id=None)

    rush(app, act_or_seal, people=8)
    seal()

    with reading() as session:
        report = check(session, head_file())
        numbers = session.scalars(select(AuditEntry.number).order_by(AuditEntry.number)).all()
        waiting = session.scalar(select(func.count()).where(AuditEntry.number.is_(None)))
    assert report.faults == []
    assert list(numbers) == list(range(1, 4 * ACTS_EACH + 1))
    assert waiting == 0
