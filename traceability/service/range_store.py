"""A batch's ranges while an act changes them: locked, asked what they are, written, recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select, update

from core import audit
from core.errors import NotFound
from core.work import Work, not_before
from traceability import rules
from traceability.errors import RangeNotPossible
from traceability.models import (
    ActivationAsking,
    ActivationAskingRange,
    StampAct,
    StampBatch,
    StampRange,
)
from traceability.rules import Act, AskingState, Range, Span, StampState, VoidReason

REBINDINGS = ("bind", "move")  # Acts after which stamps are of another lot.
OVERTAKING = ("activate", "void", *REBINDINGS)  # None of their stamps can be reported as asked.


@dataclass(frozen=True)
class HeldBatch:
    """A batch nobody else acts on until this transaction ends, with its ranges."""

    row: StampBatch
    ranges: Sequence[Range]

    def spans(self, first: int, last: int, states: set[StampState]) -> list[Span]:
        """Ordinals `first` to `last` lot by lot, where all of them are in one of `states`.

        Raises:
            RangeNotPossible: one of them is not, or does not exist.
        """
        parts = rules.within(self.ranges, first, last) if first <= last else []
        whole = bool(parts) and sum(map(len, parts)) == last - first + 1
        if not whole or any(part.act.state not in states for part in parts):
            because = f"{first} to {last} are not all {states}"
            raise RangeNotPossible(because, first=first, last=last)
        return rules.by_lot(parts)


@dataclass(frozen=True)
class Done:
    """The facts of one act on stamps of one lot, as they are recorded."""

    act: str
    lot_id: int | None
    first: int
    last: int
    reason: VoidReason | None = None
    undoes_id: int | None = None
    from_lot_id: int | None = None


def hold_batch(work: Work, batch_id: int) -> HeldBatch:
    """Lock an issued batch, the first statement of every act: acts on one batch queue here.

    Raises:
        NotFound: there is none, or it is still being made.
    """
    batch = work.session.execute(
        update(StampBatch)
        .where(StampBatch.id == batch_id, StampBatch.state == "issued")
        .values(version=StampBatch.version + 1)
        .returning(StampBatch)
    ).scalar_one_or_none()
    if batch is None:
        raise NotFound(f"no issued batch {batch_id}")
    return HeldBatch(batch, _locked_ranges(work, batch_id))


def hold_batches(work: Work, batch_ids: Iterable[int]) -> None:
    """Lock several batches in everybody's order, before their lots; a single one its act locks.

    Activating holds the lot too: batch, lot, next batch were against whoever holds that and wants
    the lot.

    Raises:
        NotFound: one of them is none, or still being made.
    """
    several = sorted(set(batch_ids))
    for batch_id in several if len(several) > 1 else ():
        hold_batch(work, batch_id)


def _locked_ranges(work: Work, batch_id: int) -> list[Range]:
    """A batch's ranges, ascending, locked."""
    # FOR UPDATE waits for checks in flight, which hold the range of the stamp they count first.
    rows = work.session.scalars(
        select(StampRange)
        .where(StampRange.batch_id == batch_id)
        .order_by(StampRange.first)
        .with_for_update()
    )
    return [range_of(row) for row in rows]


def range_of(row: StampRange) -> Range:
    """A stored range as the rules know it."""
    reason = VoidReason(row.reason) if row.reason else None
    act = Act(StampState(row.state), row.from_at, row.by_person_id, reason, row.lot_id)
    return Range(row.first, row.last, act)


def change_ranges(work: Work, held: HeldBatch, changes: Iterable[Range]) -> None:
    """Let what `changes` say hold from now on; ranges they leave alone are not written."""
    after = held.ranges
    for each in changes:
        after = rules.split(after, each.first, each.last, each.act)
    gone, new = set(held.ranges) - set(after), set(after) - set(held.ranges)
    batch_id = held.row.id
    work.session.execute(
        delete(StampRange).where(
            StampRange.batch_id == batch_id, StampRange.first.in_([each.first for each in gone])
        )
    )
    work.session.add_all(
        StampRange(
            batch_id=batch_id,
            lot_id=each.act.lot_id,
            first=each.first,
            last=each.last,
            state=each.act.state,
            from_at=each.act.from_at,
            by_person_id=each.act.by_person_id,
            reason=each.act.reason,
        )
        for each in sorted(new, key=lambda each: each.first)
    )
    work.session.flush()


def changed(work: Work, span: Span, state: StampState, reason: VoidReason | None = None) -> Range:
    """Give a span's stamps as whoever acts leaves them now; they stay their lot's."""
    act = Act(state, work.now, work.by.person_id, reason, span.lot_id)
    return Range(span.first, span.last, act)


def record_act(work: Work, batch: StampBatch, done: Done) -> StampAct:
    """Add an act to the batch's history and to the audit."""
    row = StampAct(
        public_id=work.new_public_id(),
        batch_id=batch.id,
        enterprise_id=batch.enterprise_id,
        at=work.now,
        by_person_id=work.by.person_id,
        **asdict(done),
    )
    work.session.add(row)
    work.session.flush()
    if done.act in OVERTAKING:
        _close_overtaken(work, batch.id, done)
    to_lot = done.lot_id if done.act in REBINDINGS else None
    audit.record(
        work,
        act=f"{done.act}_stamps",
        object_kind="stamp_batch" if to_lot is None else "lot",
        object_id=to_lot or batch.id,
        enterprise_id=batch.enterprise_id,
        first=done.first,
        last=done.last,
    )
    return row


def _close_overtaken(work: Work, batch_id: int, done: Done) -> None:
    """Close askings of which a stamp is no longer as it was asked for: nobody can say yes to them.

    The asking before its ranges, as whoever answers it holds them.
    """
    touched = select(ActivationAskingRange.asking_id).where(
        ActivationAskingRange.batch_id == batch_id,
        ActivationAskingRange.is_open,
        ActivationAskingRange.first <= done.last,
        ActivationAskingRange.last >= done.first,
    )
    closed = work.session.scalars(
        update(ActivationAsking)
        .where(ActivationAsking.id.in_(touched), ActivationAsking.state == AskingState.OPEN)
        .where(ActivationAsking.expires_at > work.now)
        .values(
            state=AskingState.OVERTAKEN, ended_at=not_before(ActivationAsking.asked_at, work.now)
        )
        .returning(ActivationAsking.id)
    ).all()
    if closed:
        of_closed = ActivationAskingRange.asking_id.in_(closed)
        work.session.execute(update(ActivationAskingRange).where(of_closed).values(is_open=False))
