"""Which lot stamps are of: a roll's are bound at sticking, leftovers move. ADR 4 counts them."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import exists, select

from catalog import queries as catalog
from core.errors import NotFound
from core.outbox import announce
from core.work import Work
from traceability.errors import (
    LotCannotBear,
    LotOfOtherGoods,
    RangeNotPossible,
    StampsOfALot,
    StampsOfNoLot,
    StampsOfThatLot,
)
from traceability.events import StampsRebound
from traceability.models import StampAct, StampBatch
from traceability.rules import Span, StampState
from traceability.service.issuing import give_back, take_for_lot
from traceability.service.range_store import (
    REBINDINGS,
    Done,
    HeldBatch,
    change_ranges,
    changed,
    hold_batch,
    record_act,
)

_Move = tuple[Span, int | None]  # Stamps, and whose they become; None: no lot's.


def bind_stamps(work: Work, *, batch_id: int, lot_id: int, first: int, last: int) -> StampAct:
    """Bind printed stamps of a roll to a lot, which must have room for them.

    Raises:
        LotCannotBear: the lot has fewer stamps left.
        LotOfOtherGoods: the stamps were printed for other goods.
        LotRecalled: the lot is being recalled.
        NotFound: no such batch, or no such lot of its enterprise.
        RangeNotPossible: one of them is active, cancelled or does not exist.
        StampsOfALot: one of them is a lot's already.
    """
    held = hold_batch(work, batch_id)
    spans = held.spans(first, last, {StampState.PRINTED})
    if any(span.lot_id is not None for span in spans):
        raise StampsOfALot(f"{first} to {last} of batch {batch_id}")
    return _rebind(work, held, spans, lot_id, act="bind")


def move_stamps(work: Work, *, batch_id: int, lot_id: int, first: int, last: int) -> StampAct:
    """Move stamps that were never active to another lot of the same goods.

    Gives the act; where they are of several lots, that of the first lot.

    Raises:
        LotCannotBear: the lot has fewer stamps left.
        LotOfOtherGoods: the stamps were printed for other goods.
        LotRecalled: the lot is being recalled.
        NotFound: no such batch, or no such lot of its enterprise.
        RangeNotPossible: one of them is active, cancelled or does not exist.
        StampsOfNoLot: one of them is a roll's and bound to no lot yet.
        StampsOfThatLot: one of them is that lot's already.
    """
    held = hold_batch(work, batch_id)
    spans = held.spans(first, last, {StampState.PRINTED})
    if any(span.lot_id is None for span in spans):
        raise StampsOfNoLot(f"{first} to {last} of batch {batch_id}")
    if any(span.lot_id == lot_id for span in spans):
        raise StampsOfThatLot(f"{first} to {last} of batch {batch_id}")
    return _rebind(work, held, spans, lot_id, act="move")


def undo_rebindings(work: Work, *, batch_id: int, act_ids: Sequence[int]) -> None:
    """Take bindings or moves of a batch back while all their stamps are printed of that lot still.

    Raises:
        LotCannotBear: the lot they came from has no room for them any more.
        LotRecalled: the lot they came from is being recalled.
        NotFound: one of the acts is neither.
        RangeNotPossible: one was undone before, or the stamps are not as it left them.
    """
    held = hold_batch(work, batch_id)
    undone = [work.session.get_one(StampAct, act_id) for act_id in act_ids]
    moves: list[_Move] = []
    for done in undone:
        if done.act not in REBINDINGS:
            raise NotFound(f"no binding {done.id}")
        spans = held.spans(done.first, done.last, {StampState.PRINTED})
        if _is_undone(work, done.id) or any(span.lot_id != done.lot_id for span in spans):
            raise RangeNotPossible(f"binding {done.id}", first=done.first, last=done.last)
        moves += [(span, done.from_lot_id) for span in spans]
    _change_lots(work, held, moves)
    for done in undone:
        facts = Done("undo", done.lot_id, done.first, done.last, undoes_id=done.id)
        record_act(work, held.row, facts)


def _rebind(
    work: Work, held: HeldBatch, spans: Sequence[Span], lot_id: int, *, act: str
) -> StampAct:
    _require_fitting(work, held.row, lot_id)
    _change_lots(work, held, [(span, lot_id) for span in spans])
    acts = [
        record_act(
            work,
            held.row,
            Done(act, lot_id, span.first, span.last, from_lot_id=span.lot_id),
        )
        for span in spans
    ]
    return acts[0]


def _require_fitting(work: Work, batch: StampBatch, lot_id: int) -> None:
    """The lot is of the goods whose number the stamps carry.

    Raises:
        LotOfOtherGoods: it is of others.
        NotFound: there is no such lot, or it is somebody else's.
    """
    lot = catalog.stampable_lots_by_id(work.session, [lot_id]).get(lot_id)
    if lot is None or lot.enterprise_id != batch.enterprise_id:
        raise NotFound(f"no lot {lot_id} of enterprise {batch.enterprise_id}")
    if lot.product_id != batch.product_id or batch.gtin not in (None, lot.gtin):
        raise LotOfOtherGoods(f"lot {lot_id} for batch {batch.id}")


def _change_lots(work: Work, held: HeldBatch, moves: Sequence[_Move]) -> None:
    """Make stamps those of other lots, or of none; places change hands first."""
    _exchange_places(work, moves)
    of_lots = [Span(lot_id, span.first, span.last) for span, lot_id in moves]
    change_ranges(work, held, [changed(work, span, StampState.PRINTED) for span in of_lots])
    for span, lot_id in moves:
        announce(
            work,
            StampsRebound(
                batch_id=held.row.id,
                first=span.first,
                last=span.last,
                from_lot_id=span.lot_id,
                to_lot_id=lot_id,
            ),
        )


def _exchange_places(work: Work, moves: Sequence[_Move]) -> None:
    """Take places from the new lots and give those of the old ones back, in the lots' order.

    The order is everybody's, so two moves against each other never wait for one another.
    """
    places: Counter[int] = Counter()
    for span, lot_id in moves:
        if span.lot_id is not None:
            places[span.lot_id] -= len(span)
        if lot_id is not None:
            places[lot_id] += len(span)
    for each, count in sorted(places.items()):
        if count > 0:
            take_for_lot(work, lot_id=each, count=count, refusal=LotCannotBear)
        else:
            give_back(work, lot_id=each, count=-count)


def _is_undone(work: Work, act_id: int) -> bool:
    return bool(work.session.scalar(select(exists().where(StampAct.undoes_id == act_id))))
