"""Whose lot stamps are: a roll is stuck on a lot, leftovers move to another lot of the goods."""

from collections.abc import Callable
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, url_for
from sqlalchemy.orm import Session

from accounts.rules import Act
from accounts.web import answer_once, own, requires
from catalog import queries as catalog
from catalog.queries import StampableLot
from core import display
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.work import Work, reading
from traceability import queries, service
from traceability.asking_errors import ActivationAskedBefore
from traceability.errors import (
    LotCannotBear,
    LotOfOtherGoods,
    RangeNotPossible,
    StampsOfALot,
    StampsOfNoLot,
    StampsOfThatLot,
)
from traceability.forms import BindForm, MoveForm
from traceability.models import StampAct
from traceability.queries import BatchCard
from traceability.routes.manage_askings import stuck
from traceability.routes.manage_objects import issued_for
from traceability.routes.manage_ranges import RangeRefused, typed_range
from traceability.web import leave_trace, own_lot

bp = APIBlueprint("manage_lots_of_stamps", __name__, enable_openapi=False, url_prefix="/manage")

_OF_THE_RANGE = (
    ActivationAskedBefore,
    RangeNotPossible,
    StampsOfALot,
    StampsOfNoLot,
    StampsOfThatLot,
)
Change = Callable[..., StampAct]


@bp.get("/stamps/<public_id:public_id>/bind")
@requires(Act.ACTIVATE_STAMPS)
def ask_bind(public_id: str) -> Response:
    """Ask on which lot the stamps of a roll are stuck, and which of them."""
    return _page("bind", public_id, _asked(how="stick"))


@bp.post("/stamps/<public_id:public_id>/bind")
@requires(Act.ACTIVATE_STAMPS)
def bind(public_id: str) -> Response:
    """Bind stamps of a roll to a lot; reported as stuck on in the same act unless asked not to."""
    form = read(BindForm, request.form)
    if isinstance(form, Refused):
        return _page("bind", public_id, form, status=422)
    change = service.stick_stamps if form.how == "stick" else service.bind_stamps
    return _answer("bind", public_id, form, change)


@bp.get("/stamps/<public_id:public_id>/move")
@requires(Act.ACTIVATE_STAMPS)
def ask_move(public_id: str) -> Response:
    """Ask to which lot stamps that were left over go, and which of them."""
    return _page("move", public_id, _asked())


@bp.post("/stamps/<public_id:public_id>/move")
@requires(Act.ACTIVATE_STAMPS)
def move(public_id: str) -> Response:
    """Move stamps that were never active to another lot of the same goods."""
    form = read(MoveForm, request.form)
    if isinstance(form, Refused):
        return _page("move", public_id, form, status=422)
    return _answer("move", public_id, form, service.move_stamps)


def _asked(**more: Any) -> Drawn:
    args = request.args
    wished = {name: args.get(name, "") for name in ("first", "last")}
    return blank(lot=args.get("lot", "").upper(), **wished, **more)


def _answer(kind: str, public_id: str, form: BindForm | MoveForm, change: Change) -> Response:
    model = type(form)
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        lot = own_lot(session, form.lot)
        try:
            first, last = typed_range(session, card, form)
        except RangeRefused as wrong:
            return _page(kind, public_id, wrong.form(model), status=422)

    def effect(work: Work) -> str:
        def done(work: Work) -> StampAct:
            return change(work, batch_id=card.id, lot_id=lot.id, first=first, last=last)

        if change is service.stick_stamps:
            return stuck(work, done, binds=True)
        return url_for("manage_activation.act", public_id=done(work).public_id)

    try:
        return answer_once(effect)
    except _OF_THE_RANGE as refusal:
        drawn = refused(request.form, model, refusal, at="last")
    except LotOfOtherGoods as refusal:
        drawn = refused(request.form, model, refusal, at="lot")
    except LotCannotBear as refusal:
        leave_trace(lot, refusal)
        drawn = refused(request.form, model, refusal, at="lot")
    return _page(kind, public_id, drawn, status=422)


def _page(kind: str, public_id: str, form: Drawn, *, status: int = 200) -> Response:
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        but = _own_lot(session, card) if kind == "move" else None
        lots = _lots_for(session, card, but=but)
        return page(
            f"traceability/manage/{kind}.html",
            status=status,
            form=form,
            batch=card,
            goods=issued_for(session, [card], known=[lot for lot, _left in lots])[card.id],
            lots=lots,
            display=display,
        )


def _lots_for(
    session: Session, card: BatchCard, *, but: int | None
) -> list[tuple[StampableLot, int]]:
    """The lots of the batch's goods `but` one, each with how many more stamps it may bear."""
    fitting = catalog.lots_for_stamps(session, product_id=card.product_id, gtin=card.gtin)
    lots = [lot for lot in fitting if lot.id != but]
    left = queries.stamps_left_of(session, [lot.id for lot in lots]) if lots else {}
    return [(lot, left.get(lot.id, lot.declared_units)) for lot in lots]


def _own_lot(session: Session, card: BatchCard) -> int | None:
    """The lot of all leftovers, which they cannot move to; None where they are of several."""
    ranges = queries.ranges_of(session, card.id)
    own_lots = {each.lot_id for each in ranges if each.state == "printed"} - {None}
    return own_lots.pop() if len(own_lots) == 1 else None
