"""Alarms: raised by a check that makes a stamp's record unusual, answered by its maker."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select, update

from core import audit
from core.database import insert_new
from core.work import Work
from traceability import messages, rules
from traceability.models import StampAlarm, StampAlarmRing, StampCase, StampTally
from traceability.queries import Marks, Recent, StampRow, happened_since, last_case_of
from traceability.queries.evidence import said_of
from traceability.rules import CopyFacts, Finding, Level, Reason, Rung, Side
from traceability.rules.cases import CaseState
from traceability.service.cases import About, open_case_about

OURS, NOT_OURS = "ours", "not_ours"
_NOTHING_FOUND = frozenset({CaseState.GENUINE, CaseState.UNCLEAR})
MOST_CHECKS_WATCHED = 500  # Their marks are sorted at each check; beyond it case D alone rings.
_DAY = timedelta(days=1)


def is_watched(stamp: StampRow) -> bool:
    """Say whether who looked at a stamp first may yet ring its alarm."""
    return (stamp.checks or 0) <= MOST_CHECKS_WATCHED


def watch(work: Work, stamp: StampRow, seen: Recent, occasions: int, *, is_many: bool) -> bool:
    """Raise a stamp's alarm where its first checks have become unusual, or its page says case D.

    Once for each stamp, and again where the maker called the goods theirs, or a case found nothing,
    and clearly more happened since: of two checks at the same moment one rings it. The maker hears
    of it at most once an hour for a lot. Gives whether the checks are unusual by the rule, this one
    included.
    """
    assert stamp.lot_id is not None, stamp  # Only active stamps are counted.
    is_told_apart = is_watched(stamp)
    found = _find(work, stamp, seen) if is_told_apart else Finding()
    is_unusual = found.level is not Level.NONE if is_told_apart else bool(stamp.is_unusual)
    if stamp.alarmed_at is None:
        if is_unusual or is_many:
            _ring(work, stamp, found, occasions)
    elif _rings_again(work, stamp, found, occasions):
        _ring_again(work, stamp, found, occasions)
    elif is_unusual != stamp.is_unusual:
        _note(work, stamp, is_unusual=is_unusual)
    return is_unusual


def answer_alarm(work: Work, *, alarm_id: int, answer: str) -> StampCase | None:
    """Say whose goods those are; the first answer stands and stays in the audit.

    "Not ours" opens a case, or joins the stamp's open one; gives it. Nothing that buyers read
    changes by it: a case has to be concluded for that.
    """
    occasions = (
        select(StampTally.occasions).where(StampTally.serial == StampAlarm.serial).scalar_subquery()
    )
    kept = work.session.execute(
        update(StampAlarm)
        .where(StampAlarm.id == alarm_id, StampAlarm.answer.is_(None))
        .values(
            answer=answer,
            answered_at=work.now,
            by_person_id=work.by.person_id,
            occasions=func.coalesce(occasions, StampAlarm.occasions),
        )
        .returning(StampAlarm.enterprise_id, StampAlarm.serial)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if kept is None:
        return None
    audit.record(
        work,
        act=f"alarm_{answer}",
        object_kind="stamp_alarm",
        object_id=alarm_id,
        enterprise_id=kept.enterprise_id,
    )
    if answer != NOT_OURS:
        return None
    about = About(rules.serial_text(kept.serial), kept.serial, kept.enterprise_id)
    return open_case_about(work, about=about, side=Side.MAKER)


def _find(work: Work, stamp: StampRow, seen: Recent) -> Finding:
    """What the rule says; what people said is asked for where it would weigh."""
    claimed_at = seen.first_claim_at
    facts = CopyFacts(
        sightings=_sightings(stamp, seen.seen),
        first_claim_day=(claimed_at - stamp.from_at) / _DAY if claimed_at else None,
        sold_day=(stamp.sold_at - stamp.from_at) / _DAY if stamp.sold_at else None,
        times_code_again=stamp.code_again_elsewhere or 0,
    )
    found = rules.find_copy(facts)
    if found.level is Level.NONE:
        return found
    return rules.find_copy(replace(facts, evidence=said_of(work.session, stamp.serial).evidence))


def _sightings(stamp: StampRow, checks: Sequence[Marks]) -> tuple[float, ...]:
    return rules.sightings(
        rules.Seen((at - stamp.from_at) / _DAY, network, browser) for at, network, browser in checks
    )


def _ring(work: Work, stamp: StampRow, found: Finding, occasions: int) -> None:
    row = {
        "public_id": work.new_public_id(),
        "serial": stamp.serial,
        "enterprise_id": stamp.enterprise_id,
        "lot_id": stamp.lot_id,
        "reasons": _reasons(found),
        "raised_at": work.now,
        "rings": 1,
        "occasions": occasions,
        "is_unusual": found.level is not Level.NONE,
    }
    if insert_new(work.session, StampAlarm, row):
        alarm_id = work.session.scalars(
            select(StampAlarm.id).where(StampAlarm.serial == stamp.serial)
        ).one()
        _keep_ring(work, alarm_id)
        messages.copies_alarm(work, stamp)


def _keep_ring(work: Work, alarm_id: int) -> None:
    work.session.add(StampAlarmRing(alarm_id=alarm_id, rung_at=work.now))
    work.session.flush()


def _rings_again(work: Work, stamp: StampRow, found: Finding, occasions: int) -> bool:
    """Say whether clearly more happened since the maker's answer, or since the case it led to.

    Occasions in bursts are no more: a shop that counts its shelf again says nothing new.
    """
    if stamp.alarm_answer is None:
        return False  # Still waiting for an answer.
    before = Rung(stamp.alarm_occasions or 0, stamp.alarm_is_suspicious)
    now = Rung(occasions, found.level is Level.SUSPICIOUS)
    if not rules.rings_again(before, now):
        return False
    if stamp.alarm_answer == OURS:
        assert stamp.alarm_answered_at is not None, stamp
        since = happened_since(work.session, stamp.serial, stamp.alarm_answered_at)
        return rules.rings_again(before, replace(now, occasions=occasions - since.set_aside))
    case = last_case_of(work.session, rules.serial_text(stamp.serial))
    if case is None or case.state not in _NOTHING_FOUND or case.concluded_at is None:
        return False  # People still look into it, or it was confirmed: buyers read that.
    since = happened_since(work.session, stamp.serial, case.concluded_at)
    # What was known by then was looked into; a report since then was not.
    return rules.rings_again(
        Rung(occasions - since.occasions, is_suspicious=not since.has_report),
        replace(now, occasions=occasions - since.set_aside),
    )


def _ring_again(work: Work, stamp: StampRow, found: Finding, occasions: int) -> None:
    rung = work.session.execute(
        update(StampAlarm)
        .where(StampAlarm.serial == stamp.serial, StampAlarm.answer == stamp.alarm_answer)
        .values(
            reasons=_reasons(found),
            raised_at=work.now,
            rings=StampAlarm.rings + 1,
            occasions=occasions,
            is_unusual=found.level is not Level.NONE,
            answer=None,
            answered_at=None,
            by_person_id=None,
        )
        .returning(StampAlarm.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if rung is not None:
        _keep_ring(work, rung.id)
        messages.copies_alarm(work, stamp)


def _note(work: Work, stamp: StampRow, *, is_unusual: bool) -> None:
    work.session.execute(
        update(StampAlarm)
        .where(StampAlarm.serial == stamp.serial)
        .values(is_unusual=is_unusual)
        .execution_options(synchronize_session=False)
    )


def _reasons(found: Finding) -> str:
    return ",".join(found.reasons or (Reason.MANY,))
