"""What happens to stamps after printing: activated, cancelled, taken back. By ranges of a batch."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from core.errors import NotFound
from core.outbox import announce
from core.work import Work
from traceability import rules
from traceability.errors import (
    ActiveNotLost,
    AlreadyChecked,
    NothingToActivate,
    RangeNotPossible,
    StampsOfNoLot,
)
from traceability.events import ActivationUndone, StampsActivated, StampsVoided
from traceability.models import StampAct, StampBatch, StampRange
from traceability.queries import ActCard, acts_together, is_checked
from traceability.rules import Piece, Range, Span, StampState, VoidReason
from traceability.service.issuing import give_back
from traceability.service.range_store import (
    Done,
    change_ranges,
    changed,
    hold_batch,
    hold_batches,
    record_act,
)
from traceability.service.rebinding import bind_stamps, undo_rebindings
from traceability.service.recalls import refuse_recalled


def activate_stamps(work: Work, *, batch_id: int, first: int, last: int) -> StampAct:
    """Report ordinals `first` to `last` as stuck on; all of them must be printed ones of a lot.

    Gives the act; where they are of several lots, that of the first lot.

    Raises:
        LotRecalled: one of them is of a lot that is being recalled.
        RangeNotPossible: one of them is active, cancelled or does not exist.
        StampsOfNoLot: one of them is a roll's and bound to no lot yet.
    """
    held = hold_batch(work, batch_id)
    acts = []
    spans = held.spans(first, last, {StampState.PRINTED})
    if any(span.lot_id is None for span in spans):
        raise StampsOfNoLot(f"{first} to {last} of batch {batch_id}")
    refuse_recalled(work, {span.lot_id for span in spans})
    change_ranges(work, held, [changed(work, span, StampState.ACTIVE) for span in spans])
    for span in spans:
        assert span.lot_id is not None, span
        announce(work, StampsActivated(batch_id, span.lot_id, span.first, span.last))
        done = Done("activate", span.lot_id, span.first, span.last)
        acts.append(record_act(work, held.row, done))
    return acts[0]


def stick_stamps(work: Work, *, batch_id: int, lot_id: int, first: int, last: int) -> StampAct:
    """Bind stamps of a roll to a lot and report them as stuck on, in one go; gives the latter act.

    Raises: what `bind_stamps` raises.
    """
    bind_stamps(work, batch_id=batch_id, lot_id=lot_id, first=first, last=last)
    return activate_stamps(work, batch_id=batch_id, first=first, last=last)


def activate_lot(work: Work, *, lot_id: int, leftover: int = 0) -> list[StampAct]:
    """Report all printed stamps of a lot as stuck on, but for `leftover` at the end.

    Raises:
        LotRecalled: the lot is being recalled.
        NothingToActivate: no printed stamp is left, or all of them are left over.
    """
    batch_ids = work.session.scalars(
        select(StampRange.batch_id)
        .join(StampBatch, StampBatch.id == StampRange.batch_id)
        .where(StampRange.lot_id == lot_id, StampRange.state == StampState.PRINTED)
        .where(StampBatch.state == "issued")
        .distinct()
        .order_by(StampRange.batch_id)
    ).all()
    waiting = [
        (batch_id, each) for batch_id in batch_ids for each in _spans(work, batch_id, lot_id)
    ]
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
    """Cancel ordinals `first` to `last`: `void_pieces` of the one piece.

    Raises:
        ActiveNotLost: one of them was stuck on, and what is on goods is not lost before use.
        RangeNotPossible: one of them is already cancelled or does not exist.
    """
    return void_pieces(work, batch_id=batch_id, pieces=[(first, last)], reason=reason)


def void_pieces(
    work: Work, *, batch_id: int, pieces: Sequence[Piece], reason: VoidReason
) -> StampAct:
    """Cancel some stamps of a batch, printed or active ones, all or none.

    Those that were never active proved nothing, so their lot may bear others in their place.
    Gives the first act; there is one for each run of neighbours of one lot.

    Raises:
        ActiveNotLost: one of them was stuck on, and what is on goods is not lost before use.
        RangeNotPossible: one of them is already cancelled or does not exist.
    """
    held = hold_batch(work, batch_id)
    living = {StampState.PRINTED, StampState.ACTIVE}
    spans = [span for first, last in pieces for span in held.spans(first, last, living)]
    parts = [part for first, last in pieces for part in rules.within(held.ranges, first, last)]
    stuck = next((part for part in parts if part.act.state is StampState.ACTIVE), None)
    if reason is VoidReason.LOST and stuck is not None:
        raise ActiveNotLost(f"batch {batch_id}", first=stuck.first, last=stuck.last)
    change_ranges(work, held, [changed(work, span, StampState.VOID, reason) for span in spans])
    for lot_id, count in sorted(_never_active(parts).items()):
        give_back(work, lot_id=lot_id, count=count)
    acts = []
    for span in spans:
        announce(work, StampsVoided(batch_id, span.lot_id, span.first, span.last, reason))
        done = Done("void", span.lot_id, span.first, span.last, reason)
        acts.append(record_act(work, held.row, done))
    return acts[0]


def undo_activation(work: Work, *, act_id: int) -> StampAct:
    """Take an activation back while nobody has checked one of its stamps.

    Raises:
        AlreadyChecked: somebody has.
        RangeNotPossible: it was undone before, or some of the stamps were cancelled since.
    """
    done = work.session.get(StampAct, act_id)
    if done is None or done.act != "activate":
        raise NotFound(f"no activation {act_id}")
    held = hold_batch(work, done.batch_id)
    parts = rules.within(held.ranges, done.first, done.last)
    same_act = all(p.act.state is StampState.ACTIVE and p.act.from_at == done.at for p in parts)
    if not same_act or sum(map(len, parts)) != done.last - done.first + 1:
        raise RangeNotPossible(f"activation {act_id}", first=done.first, last=done.last)
    if is_checked(work.session, done.batch_id, done.first, done.last):
        raise AlreadyChecked(f"activation {act_id}")
    assert done.lot_id is not None, done
    span = Span(done.lot_id, done.first, done.last)
    change_ranges(work, held, [changed(work, span, StampState.PRINTED)])
    announce(work, ActivationUndone(done.batch_id, done.lot_id, done.first, done.last))
    undone = Done("undo", done.lot_id, done.first, done.last, undoes_id=act_id)
    return record_act(work, held.row, undone)


def undo_report(work: Work, *, act: ActCard) -> None:
    """Take back all that one report did, in all the batches it touched, or in none.

    What was bound and reported as stuck on in one go is loose again.

    Raises:
        AlreadyChecked: somebody has checked one of the stamps.
        RangeNotPossible: it was undone before, or the stamps are not as it left them.
        LotCannotBear: the lot they came from has no room for them any more.
    """
    together = acts_together(work.session, act)
    hold_batches(work, (one.batch_id for one in together))
    for batch_id in sorted({one.batch_id for one in together}):
        ids = {one.id: one.act for one in reversed(together) if one.batch_id == batch_id}
        for act_id in (one for one in ids if ids[one] == "activate"):
            undo_activation(work, act_id=act_id)
        rebound = [one for one in ids if ids[one] != "activate"]
        if rebound:  # At once: the lots' places are exchanged in everybody's order.
            undo_rebindings(work, batch_id=batch_id, act_ids=rebound)


def _spans(work: Work, batch_id: int, lot_id: int) -> list[Span]:
    """A lot's printed stamps of one batch, which is held from here on.

    Its ranges alone would be locked in another order than by every other act.
    """
    printed = [
        each
        for each in hold_batch(work, batch_id).ranges
        if each.act.state is StampState.PRINTED and each.act.lot_id == lot_id
    ]
    return rules.by_lot(printed)


def _never_active(parts: list[Range]) -> Counter[int]:
    """By lot, how many of these stamps were only printed."""
    found: Counter[int] = Counter()
    for part in parts:
        if part.act.state is StampState.PRINTED and part.act.lot_id is not None:
            found[part.act.lot_id] += len(part)
    return found
