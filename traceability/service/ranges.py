"""What happens to stamps after printing: activated, cancelled, taken back. By ranges of a batch."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from core import audit
from core.errors import NotFound
from core.outbox import announce
from core.work import Work
from traceability import rules
from traceability.errors import AlreadyChecked, NothingToActivate, RangeNotPossible
from traceability.events import ActivationUndone, StampsActivated, StampsVoided
from traceability.models import StampAct, StampBatch, StampRange
from traceability.queries import ActCard, acts_together, is_checked
from traceability.rules import Act, Range, StampState, VoidReason
from traceability.service.issuing import give_back


def activate_stamps(work: Work, *, batch_id: int, first: int, last: int) -> StampAct:
    """Report ordinals `first` to `last` as stuck on; all of them must be printed ones.

    Raises:
        RangeNotPossible: one of them is active, cancelled or does not exist.
    """
    batch = _lock_batch(work, batch_id)
    ranges = _ranges(work, batch_id)
    _require(ranges, first, last, {StampState.PRINTED})
    _store(work, batch_id, ranges, first, last, _act(work, StampState.ACTIVE))
    announce(work, StampsActivated(batch_id, batch.lot_id, first, last))
    return _record(work, batch, act="activate", first=first, last=last)


def activate_lot(work: Work, *, lot_id: int, leftover: int = 0) -> list[StampAct]:
    """Report all printed stamps of a lot as stuck on, but for `leftover` at the end.

    Raises:
        NothingToActivate: no printed stamp is left, or all of them are left over.
    """
    batch_ids = work.session.scalars(
        select(StampBatch.id)
        .where(StampBatch.lot_id == lot_id, StampBatch.state == "issued")
        .order_by(StampBatch.id)
    ).all()
    waiting = [(batch_id, each) for batch_id in batch_ids for each in _printed(work, batch_id)]
    to_stick = sum(len(each) for _, each in waiting) - leftover
    acts: list[StampAct] = []
    for batch_id, each in waiting:
        last = min(each.last, each.first + to_stick - 1)
        if last < each.first:
            break
        acts.append(activate_stamps(work, batch_id=batch_id, first=each.first, last=last))
        to_stick -= last - each.first + 1
    if not acts:
        raise NothingToActivate(f"lot {lot_id}, {leftover} left over")
    return acts


def void_stamps(
    work: Work, *, batch_id: int, first: int, last: int, reason: VoidReason
) -> StampAct:
    """Cancel ordinals `first` to `last`, printed or active ones.

    Those that were never active proved nothing, so the lot may bear others in their place.

    Raises:
        RangeNotPossible: one of them is already cancelled or does not exist.
    """
    batch = _lock_batch(work, batch_id)
    ranges = _ranges(work, batch_id)
    _require(ranges, first, last, {StampState.PRINTED, StampState.ACTIVE})
    never_active = sum(
        len(part)
        for part in rules.within(ranges, first, last)
        if part.act.state is StampState.PRINTED
    )
    _store(work, batch_id, ranges, first, last, _act(work, StampState.VOID, reason))
    if never_active:
        give_back(work, lot_id=batch.lot_id, count=never_active)
    announce(work, StampsVoided(batch_id, batch.lot_id, first, last, reason))
    return _record(work, batch, act="void", first=first, last=last, reason=reason)


def undo_activation(work: Work, *, act_id: int) -> StampAct:
    """Take an activation back while nobody has checked one of its stamps.

    Raises:
        AlreadyChecked: somebody has.
        RangeNotPossible: it was undone before, or some of the stamps were cancelled since.
    """
    done = work.session.get(StampAct, act_id)
    if done is None or done.act != "activate":
        raise NotFound(f"no activation {act_id}")
    batch = _lock_batch(work, done.batch_id)
    ranges = _ranges(work, done.batch_id)
    parts = rules.within(ranges, done.first, done.last)
    same_act = all(p.act.state is StampState.ACTIVE and p.act.from_at == done.at for p in parts)
    if not same_act or sum(map(len, parts)) != done.last - done.first + 1:
        raise RangeNotPossible(f"activation {act_id}", first=done.first, last=done.last)
    if is_checked(work.session, done.batch_id, done.first, done.last):
        raise AlreadyChecked(f"activation {act_id}")
    _store(work, done.batch_id, ranges, done.first, done.last, _act(work, StampState.PRINTED))
    announce(work, ActivationUndone(batch.id, batch.lot_id, done.first, done.last))
    return _record(work, batch, act="undo", first=done.first, last=done.last, undoes=act_id)


def undo_report(work: Work, *, act: ActCard) -> None:
    """Take back one report of a lot as stuck on, in all the batches it touched, or in none.

    Raises:
        AlreadyChecked: somebody has checked one of the stamps.
        RangeNotPossible: it was undone before, or some of the stamps were cancelled since.
    """
    for each in acts_together(work.session, act):
        undo_activation(work, act_id=each.id)


def _lock_batch(work: Work, batch_id: int) -> StampBatch:
    # The first statement of every act: acts on one batch queue here, so ranges never overlap.
    batch = work.session.execute(
        update(StampBatch)
        .where(StampBatch.id == batch_id, StampBatch.state == "issued")
        .values(version=StampBatch.version + 1)
        .returning(StampBatch)
    ).scalar_one_or_none()
    if batch is None:
        raise NotFound(f"no issued batch {batch_id}")
    return batch


def _ranges(work: Work, batch_id: int) -> list[Range]:
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
    return Range(
        row.first,
        row.last,
        Act(
            StampState(row.state),
            row.from_at,
            row.by_person_id,
            VoidReason(row.reason) if row.reason else None,
        ),
    )


def _printed(work: Work, batch_id: int) -> list[Range]:
    return [each for each in _ranges(work, batch_id) if each.act.state is StampState.PRINTED]


def _require(ranges: Sequence[Range], first: int, last: int, states: set[StampState]) -> None:
    parts = rules.within(ranges, first, last)
    whole = sum(map(len, parts)) == last - first + 1
    if first > last or not whole or any(part.act.state not in states for part in parts):
        raise RangeNotPossible(f"{first} to {last} are not all {states}", first=first, last=last)


def _act(work: Work, state: StampState, reason: VoidReason | None = None) -> Act:
    return Act(state, work.now, work.by.person_id, reason)


def _store(
    work: Work, batch_id: int, ranges: Sequence[Range], first: int, last: int, act: Act
) -> None:
    before, after = set(ranges), set(rules.split(ranges, first, last, act))
    gone = [each.first for each in before - after]
    work.session.execute(
        delete(StampRange).where(StampRange.batch_id == batch_id, StampRange.first.in_(gone))
    )
    work.session.add_all(
        StampRange(
            batch_id=batch_id,
            first=each.first,
            last=each.last,
            state=each.act.state,
            from_at=each.act.from_at,
            by_person_id=each.act.by_person_id,
            reason=each.act.reason,
        )
        for each in sorted(after - before, key=lambda each: each.first)
    )
    work.session.flush()


def _record(  # noqa: PLR0913  # The facts of one act; a bag would hide them.
    work: Work,
    batch: StampBatch,
    *,
    act: str,
    first: int,
    last: int,
    reason: VoidReason | None = None,
    undoes: int | None = None,
) -> StampAct:
    row = StampAct(
        public_id=work.new_public_id(),
        batch_id=batch.id,
        enterprise_id=batch.enterprise_id,
        act=act,
        first=first,
        last=last,
        reason=reason,
        at=work.now,
        by_person_id=work.by.person_id,
        undoes_id=undoes,
    )
    work.session.add(row)
    work.session.flush()
    audit.record(
        work,
        act=f"{act}_stamps",
        object_kind="stamp_batch",
        object_id=batch.id,
        enterprise_id=batch.enterprise_id,
        first=first,
        last=last,
    )
    return row
