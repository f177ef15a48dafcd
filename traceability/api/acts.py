"""`/api/v1/stamps/…`: stuck on, bound to a lot, moved, cancelled, taken back, by ranges."""

from collections.abc import Callable, Sequence

from apiflask import APIBlueprint
from flask import Response
from sqlalchemy.orm import Session

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.api.lists import Listed
from core.work import Work, reading
from traceability import queries, service
from traceability.api.askings import asking_told
from traceability.api.forms import BindBody, LotActivationBody, MoveBody, RangeBody, VoidBody
from traceability.api.found import act_found, issued_batch, lot_ids, stamps_meant
from traceability.api.shapes import ActivationAsking, StampAct
from traceability.errors import LotCannotBear, RangeNotPossible
from traceability.models import ActivationAsking as Asked
from traceability.models import StampAct as Stored
from traceability.queries import UNDOABLE, ActCard, BatchCard
from traceability.web import leave_trace, own_lot, stick_or_ask

bp = APIBlueprint("api_stamp_acts", __name__, tag="stamps", url_prefix=API)


@bp.post("/stamps/batches/<public_id:public_id>/activate")
@asks(Act.ACTIVATE_STAMPS, TokenScope.WRITE_STAMPS)
@describes(Description(body=RangeBody, answer=StampAct, status=201, also={202: ActivationAsking}))
def activate(public_id: str) -> Response:
    """Report stamps as stuck on: from now on a scan says so.

    A token younger than a day asks a second member of the enterprise first (202).
    """
    card, body = issued_batch(public_id), read_body(RangeBody)
    first, last = stamps_meant(card, body)
    return _stuck(
        lambda work: service.activate_stamps(work, batch_id=card.id, first=first, last=last)
    )


@bp.post("/stamps/batches/<public_id:public_id>/void")
@asks(Act.VOID_STAMPS, TokenScope.WRITE_STAMPS)
@describes(Description(body=VoidBody, answer=StampAct, status=201))
def void(public_id: str) -> Response:
    """Cancel stamps for good. Those that were never active leave their place in the lot's quota."""
    card, body = issued_batch(public_id), read_body(VoidBody)
    first, last = stamps_meant(card, body)
    return _done(
        lambda work: (
            service.void_stamps(
                work, batch_id=card.id, first=first, last=last, reason=body.reason
            ).public_id
        )
    )


@bp.post("/stamps/batches/<public_id:public_id>/bind")
@asks(Act.ACTIVATE_STAMPS, TokenScope.WRITE_STAMPS)
@describes(Description(body=BindBody, answer=StampAct, status=201, also={202: ActivationAsking}))
def bind(public_id: str) -> Response:
    """Make printed stamps of a roll a lot's, which must have room for them (409 with `left`).

    Reporting them as stuck on too (`how: stick`) may ask a second member first (202).
    """
    card, body = issued_batch(public_id), read_body(BindBody)
    how = service.stick_stamps if body.how == "stick" else service.bind_stamps
    return _rebound(card, body, how)


@bp.post("/stamps/batches/<public_id:public_id>/move")
@asks(Act.ACTIVATE_STAMPS, TokenScope.WRITE_STAMPS)
@describes(Description(body=MoveBody, answer=StampAct, status=201))
def move(public_id: str) -> Response:
    """Make stamps that were left over, never active, those of another lot of the same goods."""
    card, body = issued_batch(public_id), read_body(MoveBody)
    return _rebound(card, body, service.move_stamps)


@bp.post("/lots/<public_id:public_id>/stamps/activate")
@asks(Act.ACTIVATE_STAMPS, TokenScope.WRITE_STAMPS)
@describes(
    Description(
        body=LotActivationBody,
        answer=Listed[StampAct],
        status=201,
        also={202: ActivationAsking},
    )
)
def activate_lot(public_id: str) -> Response:
    """Report all printed stamps of a lot as stuck on; one act for each range of them.

    A token younger than a day asks a second member of the enterprise first (202).
    """
    with reading() as session:
        lot = own_lot(session, public_id)
    leftover = read_body(LotActivationBody).leftover

    def effect(work: Work) -> Answer:
        done = stick_or_ask(
            work, lambda work: service.activate_lot(work, lot_id=lot.id, leftover=leftover)[0]
        )
        if isinstance(done, Asked):
            return _asked(work.session, done)
        return answer_of(_listed(work.session, _cards(work.session, done.public_id)), status=201)

    return answer_write(effect)


@bp.get("/stamps/acts/<public_id:public_id>")
@asks(Act.VIEW_MANAGE, TokenScope.READ_STAMPS)
@describes(Description(answer=StampAct))
def shown(public_id: str) -> Response:
    """What was done once, and whether it was taken back."""
    found = act_found(public_id)
    with reading() as session:
        return show(_told(session, [found])[0])


@bp.post("/stamps/acts/<public_id:public_id>/undo")
@asks(Act.ACTIVATE_STAMPS, TokenScope.WRITE_STAMPS)
@describes(Description(answer=Listed[StampAct]))
def undo(public_id: str) -> Response:
    """Take back a report as stuck on, a binding or a move, with all that was done in its call.

    A report stands once somebody has checked one of the stamps, cancelled ones stay so (409).
    """
    found = act_found(public_id)
    if found.act not in UNDOABLE:
        raise RangeNotPossible(f"{found.act} {found.id}", first=found.first, last=found.last)

    def effect(work: Work) -> Answer:
        service.undo_report(work, act=found)
        return answer_of(_listed(work.session, _cards(work.session, public_id)))

    return answer_write(effect)


def _rebound(card: BatchCard, body: MoveBody, change: Callable[..., Stored]) -> Response:
    with reading() as session:
        lot = own_lot(session, body.lot)
    first, last = stamps_meant(card, body)

    def done(work: Work) -> Stored:
        return change(work, batch_id=card.id, lot_id=lot.id, first=first, last=last)

    try:
        if change is service.stick_stamps:
            return _stuck(done, binds=True)
        return _done(lambda work: done(work).public_id)
    except LotCannotBear as refusal:
        leave_trace(lot, refusal)
        raise


def _done(act: Callable[[Work], str]) -> Response:
    return answer_write(lambda work: _answer(work.session, act(work)))


def _stuck(stick: Callable[[Work], Stored], *, binds: bool = False) -> Response:
    """Answer what was done (201), or what waits for a second member (202)."""

    def effect(work: Work) -> Answer:
        done = stick_or_ask(work, stick, binds=binds)
        if isinstance(done, Asked):
            return _asked(work.session, done)
        return _answer(work.session, done.public_id)

    return answer_write(effect)


def _answer(session: Session, public_id: str) -> Answer:
    card = queries.act_of(session, public_id)
    assert card is not None, "it was just done"
    location = f"{API}/stamps/acts/{public_id}"
    return answer_of(_told(session, [card])[0], status=201, location=location)


def _asked(session: Session, asking: Asked) -> Answer:
    card = queries.asking_of(session, asking.public_id)
    assert card is not None, "it was just asked for"
    location = f"{API}/stamps/askings/{card.public_id}"
    return answer_of(asking_told(session, card), status=202, location=location)


def _cards(session: Session, public_id: str) -> Sequence[ActCard]:
    """All acts of the call that did this one."""
    one = queries.act_of(session, public_id)
    assert one is not None, "it was just done"
    return queries.acts_together(session, one)


def _listed(session: Session, cards: Sequence[ActCard]) -> Listed[StampAct]:
    return Listed(items=_told(session, cards), next=None)


def _told(session: Session, cards: Sequence[ActCard]) -> list[StampAct]:
    batches = queries.batches_by_id(session, {card.batch_id for card in cards})
    lots = lot_ids(session, (one for card in cards for one in (card.lot_id, card.from_lot_id)))
    return [StampAct.of(each, batch=batches[each.batch_id].public_id, lots=lots) for each in cards]
