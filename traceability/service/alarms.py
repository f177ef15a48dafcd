"""Alarms: raised by a check that makes a stamp's record unusual, answered by its maker."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import update

from core import audit
from core.database import insert_new
from core.work import Work
from traceability import messages, rules
from traceability.models import StampAlarm
from traceability.queries import Marks, StampRow

OURS, NOT_OURS = "ours", "not_ours"
MOST_CHECKS_WATCHED = 500  # Their marks are sorted at each check; beyond it case D alone rings.
_DAY = timedelta(days=1)


def is_watched(stamp: StampRow) -> bool:
    """Say whether who looked at a stamp first may yet ring its alarm."""
    return stamp.alarmed_at is None and (stamp.checks or 0) <= MOST_CHECKS_WATCHED


def watch(work: Work, stamp: StampRow, checks: Iterable[Marks], *, is_many: bool) -> None:
    """Raise a stamp's alarm where its first `checks` have become unusual, or its page says case D.

    Once for each stamp: of two checks at the same moment one raises it. The maker hears of it at
    most once an hour for a lot.
    """
    assert stamp.lot_id is not None, stamp  # Only active stamps are counted.
    seen = [
        rules.Seen((at - stamp.from_at) / _DAY, network, browser) for at, network, browser in checks
    ]
    facts = rules.CopyFacts(
        sightings=rules.sightings(seen),
        sold_day=(stamp.sold_at - stamp.from_at) / _DAY if stamp.sold_at else None,
        times_code_again=stamp.code_again_elsewhere or 0,
    )
    found = rules.find_copy(facts)
    if found.level is rules.Level.NONE and not is_many:
        return
    row = {
        "public_id": work.new_public_id(),
        "serial": stamp.serial,
        "enterprise_id": stamp.enterprise_id,
        "lot_id": stamp.lot_id,
        "reasons": ",".join(found.reasons or (rules.Reason.MANY,)),
        "raised_at": work.now,
    }
    if insert_new(work.session, StampAlarm, row):
        messages.copies_alarm(work, stamp)


def answer_alarm(work: Work, *, alarm_id: int, answer: str) -> None:
    """Say whose goods those are; the first answer stands and stays in the audit."""
    enterprise_id = work.session.execute(
        update(StampAlarm)
        .where(StampAlarm.id == alarm_id, StampAlarm.answer.is_(None))
        .values(answer=answer, answered_at=work.now, by_person_id=work.by.person_id)
        .returning(StampAlarm.enterprise_id)
    ).scalar_one_or_none()
    if enterprise_id is None:
        return
    audit.record(
        work,
        act=f"alarm_{answer}",
        object_kind="stamp_alarm",
        object_id=alarm_id,
        enterprise_id=enterprise_id,
    )
