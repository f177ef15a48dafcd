"""How a case ends: a conclusion, what it does to stamps, and taking both back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from core.work import Work
from traceability import messages, rules
from traceability.case_errors import (
    ChangedSince,
    NothingToChange,
    OfficeConcluded,
    OtherCaseOpen,
    OtherCaseStands,
    RangeWithoutStamp,
)
from traceability.errors import RangeNotPossible
from traceability.models import Stamp, StampCase, StampCaseRange
from traceability.queries import stamp_row
from traceability.queries.cases import ChangedRange, changed_ranges, open_case_of
from traceability.rules import Act, Range, Span, StampState, VoidReason
from traceability.rules.cases import CaseAct, CaseState, Measure, Side, may_lift
from traceability.rules.entries import Because, Ruling
from traceability.service.case_answers import answer_reporters
from traceability.service.cases import Step, add_entry, move_case
from traceability.service.log_entries import Told, note_verdict
from traceability.service.range_store import (
    Done,
    HeldBatch,
    change_ranges,
    changed,
    hold_batch,
    record_act,
)

# A stamp not yet stuck on says so already, and so does a cancelled one.
_CHANGEABLE = {
    Measure.SUSPICIOUS: {StampState.ACTIVE},
    Measure.VOID: {StampState.ACTIVE, StampState.DOUBTED},
}


@dataclass(frozen=True)
class Judge:
    """Who concludes, as the case's history and the public log name them."""

    side: Side
    role: str  # rules.entries.MAKER, or `officer_of` an area.


@dataclass(frozen=True)
class Conclusion:
    """How a case ends, why, and what a confirmed fake does to which stamps of its batch."""

    state: CaseState  # One of rules.ENDS.
    why: str
    measure: Measure = Measure.NONE
    first: int = 0  # Ordinals, where there is a measure.
    last: int = 0


def conclude_case(work: Work, *, case_id: int, judge: Judge, conclusion: Conclusion) -> None:
    """End a case: change its stamps and answer whoever left a number; an office closes its reports.

    Raises:
        CaseNotOpen: nobody looks into it, or somebody has concluded it meanwhile.
        NothingToChange: one of the stamps is not stuck on, or says so already.
        RangeWithoutStamp: the range leaves the case's own stamp out.
    """
    is_fake = conclusion.state is CaseState.FAKE
    values = {
        "concluded_at": work.now,
        "concluded_by": judge.side,
        "why": conclusion.why,
        "measure": conclusion.measure if is_fake else None,
    }
    case = move_case(work, case_id, conclusion.state, values)
    if is_fake and conclusion.measure is not Measure.NONE:
        _change_stamps(work, case, judge, conclusion)
    add_entry(work, case, Step(judge.side, CaseAct(conclusion.state), conclusion.why))
    answer_reporters(work, case, judge.side)
    messages.case_ended(work, case, side=judge.side)


def lift_case(work: Work, *, case_id: int, judge: Judge, why: str) -> None:
    """Take a conclusion back: the case is looked into again, its stamps are as they were.

    Raises:
        CaseNotOpen: it has no conclusion (any more).
        ChangedSince: some of its stamps were changed again since.
        OfficeConcluded: the maker cannot take an office's conclusion back.
        OtherCaseOpen: later reports of the stamp are an open case.
        OtherCaseStands: another confirmed case is about one of these stamps.
    """
    found = work.session.get_one(StampCase, case_id)
    if found.concluded_by is not None and not may_lift(judge.side, Side(found.concluded_by)):
        raise OfficeConcluded(f"case {case_id}")
    later = open_case_of(work.session, found.serial_text)
    if later is not None and later.id != case_id:
        raise OtherCaseOpen(f"case {case_id}", number=later.public_id)
    values = {"concluded_at": None, "concluded_by": None, "why": "", "measure": None}
    case = move_case(work, case_id, CaseState.LOOKING, values, was=rules.ENDS)
    for each in changed_ranges(work.session, case_id):
        _restore(work, case, each, judge)
    add_entry(work, case, Step(judge.side, CaseAct.LIFTED, why))


def _change_stamps(work: Work, case: StampCase, judge: Judge, conclusion: Conclusion) -> None:
    stamp = stamp_row(work.session, case.serial) if case.serial is not None else None
    first, last = conclusion.first, conclusion.last
    if stamp is None or not first <= stamp.ordinal <= last:
        raise RangeWithoutStamp(f"case {case.id}, {first} to {last}")
    held = hold_batch(work, stamp.batch_id)
    try:
        held.spans(first, last, _CHANGEABLE[conclusion.measure])
    except RangeNotPossible as refusal:
        raise NothingToChange(str(refusal), **refusal.values) from None
    parts = rules.within(held.ranges, first, last)
    change_ranges(work, held, [_after(work, part, conclusion.measure) for part in parts])
    for part in parts:
        _keep_as_it_was(work, held, case, part, conclusion.measure)
    ruling = Ruling(
        conclusion.measure, True, judge.role, Because.CONFIRMED_FAKE, case=case.public_id
    )
    note_verdict(work, Told(stamp.batch_id, first, last, work.now), ruling)


def _after(work: Work, part: Range, measure: Measure) -> Range:
    """How stamps stand after a measure; a doubted one stays stuck on since the same moment."""
    if measure is Measure.SUSPICIOUS:
        return replace(part, act=replace(part.act, state=StampState.DOUBTED))
    span = Span(part.act.lot_id, part.first, part.last)
    return changed(work, span, StampState.VOID, VoidReason.FAKED)


def _keep_as_it_was(
    work: Work, held: HeldBatch, case: StampCase, part: Range, measure: Measure
) -> None:
    is_void = measure is Measure.VOID
    done = Done(
        "void" if is_void else "doubt",
        part.act.lot_id,
        part.first,
        part.last,
        VoidReason.FAKED if is_void else None,
    )
    act = record_act(work, held.row, done)
    work.session.add(
        StampCaseRange(
            act_id=act.id,
            case_id=case.id,
            was_state=part.act.state,
            was_from_at=part.act.from_at,
            was_by_person_id=part.act.by_person_id,
        )
    )
    work.session.flush()


def _restore(work: Work, case: StampCase, each: ChangedRange, judge: Judge) -> None:
    held = hold_batch(work, each.batch_id)
    left = StampState.VOID if each.is_void else StampState.DOUBTED
    parts = rules.within(held.ranges, each.first, each.last)
    whole = sum(map(len, parts)) == each.count
    if not whole or any(part.act.state is not left for part in parts):
        raise ChangedSince(f"case {case.id}, act {each.act_id}")
    if each.was_state == StampState.ACTIVE:
        _refuse_other_case(work, case, each)
    lot_id = parts[0].act.lot_id
    was = Act(StampState(each.was_state), each.was_from_at, each.was_by_person_id, None, lot_id)
    change_ranges(work, held, [Range(each.first, each.last, was)])
    lifted = Done("lift", lot_id, each.first, each.last, undoes_id=each.act_id)
    record_act(work, held.row, lifted)
    verdict = Measure.VOID if each.is_void else Measure.SUSPICIOUS
    ruling = Ruling(verdict, False, judge.role, Because.MISTAKEN, case=case.public_id)
    note_verdict(work, Told(each.batch_id, each.first, each.last, work.now), ruling)


def _refuse_other_case(work: Work, case: StampCase, each: ChangedRange) -> None:
    """Another case confirmed a fake of one of these stamps, and found them changed already."""
    numbers: Sequence[str] = work.session.scalars(
        select(StampCase.public_id)
        .join(Stamp, Stamp.serial == StampCase.serial)
        .where(Stamp.batch_id == each.batch_id, Stamp.ordinal.between(each.first, each.last))
        .where(StampCase.state == CaseState.FAKE, StampCase.id != case.id)
        .limit(1)
    ).all()
    if numbers:
        raise OtherCaseStands(f"case {case.id}", number=numbers[0])
