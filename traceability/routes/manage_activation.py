"""Reporting stamps as stuck on, and taking that back."""

from dataclasses import replace

from apiflask import APIBlueprint
from flask import Response, request, url_for
from sqlalchemy.orm import Session

from accounts.rules import Act
from accounts.service import note_step
from accounts.web import answer_once, enterprise_id, may, own, requires
from core import display
from core.errors import AppError, sentence
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading
from traceability import queries, service
from traceability.asking_errors import ActivationAskedBefore
from traceability.errors import NothingToActivate, RangeNotPossible, StampsOfNoLot
from traceability.forms import ActivationForm, RangeForm
from traceability.queries import ActCard, BatchCard
from traceability.routes import manage_words as words
from traceability.routes.manage_askings import stuck
from traceability.routes.manage_objects import IssuedFor, issued_for
from traceability.routes.manage_ranges import RangeRefused, typed_range
from traceability.web import own_lot

bp = APIBlueprint("manage_activation", __name__, enable_openapi=False, url_prefix="/manage")


class LotNotNamed(AppError):
    """Nothing says which lot's stamps are meant."""

    sentence = sentence("Xin chọn lô trước.")


@bp.get("/stamps/activate")
@requires(Act.ACTIVATE_STAMPS)
def ask() -> Response:
    """Ask how many stamps of a lot (`?lot=`) are left over, or which were stuck on."""
    if not request.args.get("lot"):
        return see_other(url_for("manage_stamps.stamps"))
    return _page(request.args["lot"], blank())


@bp.post("/stamps/activate")
@requires(Act.ACTIVATE_STAMPS)
def activate_lot() -> Response:
    """Report all printed stamps of a lot as stuck on, or all but those left over."""
    if not request.form.get("lot"):
        raise LotNotNamed
    form = read(ActivationForm, request.form)
    if isinstance(form, Refused):
        return _page(request.form["lot"], form, status=422)
    with reading() as session:
        lot = own_lot(session, form.lot)
    leftover = form.leftover or 0 if form.how == "leftover" else 0

    def effect(work: Work) -> str:
        _tell_trainer(work)
        return stuck(
            work, lambda work: service.activate_lot(work, lot_id=lot.id, leftover=leftover)[0]
        )

    try:
        return answer_once(effect)
    except (NothingToActivate, ActivationAskedBefore) as refusal:
        return _page(
            form.lot, refused(request.form, ActivationForm, refusal, at="leftover"), status=422
        )


@bp.post("/stamps/<public_id:public_id>/activate")
@requires(Act.ACTIVATE_STAMPS)
def activate_range(public_id: str) -> Response:
    """Report a range of one batch as stuck on; `lot` is the one whose page it was typed on."""
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        issued = issued_for(session, [card])[card.id].lot
        lot_public_id = request.form.get("lot") or (issued.public_id if issued else "")
        form = read(RangeForm, request.form)
        if isinstance(form, Refused):
            return _page(lot_public_id, form, status=422)
        try:
            first, last = typed_range(session, card, form)
        except RangeRefused as wrong:
            return _page(lot_public_id, wrong.form(RangeForm), status=422)

    def effect(work: Work) -> str:
        _tell_trainer(work)
        return stuck(
            work,
            lambda work: service.activate_stamps(work, batch_id=card.id, first=first, last=last),
        )

    try:
        return answer_once(effect)
    except (RangeNotPossible, StampsOfNoLot, ActivationAskedBefore) as refusal:
        if not lot_public_id:  # A roll's page has its own sentence; no lot's page can say it.
            raise
        return _page(
            lot_public_id, refused(request.form, RangeForm, refusal, at="last"), status=422
        )


@bp.get("/stamp-acts/<public_id:public_id>")
@requires(Act.VIEW_MANAGE)
def act(public_id: str) -> Response:
    """What was just done, in a sentence, and taking it back while nobody has checked a stamp."""
    with reading() as session:
        done = own(queries.act_of(session, public_id))
        together = queries.acts_together(session, done)
        batches = queries.batches_by_id(session, {one.batch_id for one in together})
        return page(
            "traceability/manage/act.html",
            act=done,
            together=[(one, batches[one.batch_id]) for one in together if one.act == done.act],
            goods=_goods_of(session, done, batches[done.batch_id]),
            can_undo=queries.can_undo_all(session, together),
            may_activate=may(Act.ACTIVATE_STAMPS),
            words=words,
            display=display,
        )


@bp.post("/stamp-acts/<public_id:public_id>/undo")
@requires(Act.ACTIVATE_STAMPS)
def undo(public_id: str) -> Response:
    """Take a report back: its stamps are printed and not active again."""
    with reading() as session:
        done = own(queries.act_of(session, public_id))

    def effect(work: Work) -> str:
        service.undo_report(work, act=done)
        return url_for("manage_activation.act", public_id=public_id)

    return answer_once(effect)


def _tell_trainer(work: Work) -> None:
    """In practice the training hears that its learner has stuck stamps on."""
    if may(Act.PUBLISH_PRACTICE):
        note_step(work, enterprise_id=enterprise_id(), step="stamped")


def _goods_of(session: Session, act: ActCard, batch: BatchCard) -> IssuedFor:
    """The lot whose stamps an act was about; of a roll's that are of none, their product."""
    return issued_for(session, [replace(batch, lot_id=act.lot_id)])[batch.id]


def _page(lot_public_id: str, form: Drawn, *, status: int = 200) -> Response:
    with reading() as session:
        lot = own_lot(session, lot_public_id)
        waiting = queries.waiting_batches(session, lot_id=lot.id)
        return page(
            "traceability/manage/activate.html",
            status=status,
            form=form,
            lot=lot,
            waiting=waiting,
            printed=sum(one.printed for one in waiting),
            display=display,
        )
