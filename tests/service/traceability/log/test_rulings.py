"""Who set or lifted a verdict, and why: an entry of the log, with roles instead of names."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from core import clock
from core.work import COMMAND, Work, reading, transaction
from tests.makers import make_batch, make_person, make_practice
from traceability import proving, queries
from traceability.log.checking import later_acts
from traceability.log_place import log_place
from traceability.models import LogEntry, Stamp
from traceability.publishing import publish
from traceability.rules.entries import MAKER, Because, Ruling, officer_of
from traceability.service import Told, note_verdict

SET = Ruling("suspicious", True, officer_of("4", "1297"), Because.CONFIRMED_FAKE, "7K3MQ9T2XB")
LIFTED = Ruling("suspicious", False, MAKER, Because.MISTAKEN, "7K3MQ9T2XB")


def verdicts(work: Work) -> list[dict[str, object]]:
    told = select(LogEntry.body).where(LogEntry.kind == "verdict").order_by(LogEntry.id)
    bodies = work.session.scalars(told)
    return [json.loads(body) for body in bodies]


def test_a_verdict_is_told_by_the_role_and_the_reason_and_so_is_its_end(work: Work) -> None:
    batch = make_batch(work)

    note_verdict(work, Told(batch.id, 2, 5, work.now), SET)
    note_verdict(work, Told(batch.id, 2, 5, work.now), LIFTED)

    told = {
        "v": 1,
        "kind": "verdict",
        "at": work.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "batch": batch.public_id,
        "first": 2,
        "last": 5,
        "verdict": "suspicious",
        "state": "set",
        "by": "officer of commune 1297",
        "reason": "confirmed_fake",
        "case": "7K3MQ9T2XB",
    }
    lifted = {**told, "state": "lifted", "by": "maker", "reason": "mistaken"}
    assert verdicts(work) == [told, lifted]


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (("4", "1297"), "officer of commune 1297"),
        (("4", None), "officer of province 4"),
        ((None, None), "officer of the country"),
    ],
)
def test_an_officer_is_named_by_the_area(codes: tuple[str | None, str | None], words: str) -> None:
    assert officer_of(*codes) == words


def test_of_a_practice_no_verdict_is_told(work: Work) -> None:
    practice = make_practice(work, person=make_person(work))
    batch = make_batch(work, enterprise=practice)

    note_verdict(work, Told(batch.id, 1, 1, work.now), SET)

    assert verdicts(work) == []


def test_the_proof_of_a_stamp_carries_what_was_ruled_about_it_and_no_other_does(
    app: Flask,
) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work)
        note_verdict(work, Told(batch.id, 2, 2, clock.now()), SET)
    publish()

    def acts_of(ordinal: int) -> list[str]:
        with reading() as session:
            one = Stamp.batch_id == batch.id, Stamp.ordinal == ordinal
            stamp = queries.stamp_row(
                session, session.scalars(select(Stamp.serial).where(*one)).one()
            )
            assert stamp is not None
            return [
                act["kind"] for act in later_acts(proving.stamp_proof(session, stamp, log_place()))
            ]

    assert acts_of(2) == ["verdict"]
    assert acts_of(3) == []
