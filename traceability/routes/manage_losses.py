"""Stamps that never reach goods: spoiled in printing, or lost before use."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, url_for
from sqlalchemy.orm import Session

from accounts.rules import Act
from accounts.web import answer_once, own, requires
from core import display
from core.errors import AppError
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.work import Work, reading
from traceability import queries, service
from traceability.errors import (
    ActiveNotLost,
    NoSuchSheet,
    NothingToCancel,
    RangeBackwards,
    RangeNotPossible,
    StampNotInBatch,
    TooManyNamed,
)
from traceability.forms import LossForm
from traceability.queries import BatchCard
from traceability.routes import manage_words as words
from traceability.routes.manage_objects import issued_for
from traceability.rules import Piece, VoidReason

bp = APIBlueprint("manage_losses", __name__, enable_openapi=False, url_prefix="/manage/stamps")

_KINDS = {"spoiled": VoidReason.SPOILED, "lost": VoidReason.LOST}
_MISNAMED = (NoSuchSheet, NothingToCancel, RangeBackwards, StampNotInBatch, TooManyNamed)
_FIELDS = {"stamps": "stamps", "sheet": "sheet", "all": "which"}


@bp.get("/<public_id:public_id>/spoiled", defaults={"kind": "spoiled"})
@bp.get("/<public_id:public_id>/lost", defaults={"kind": "lost"}, endpoint="ask_lost")
@requires(Act.VOID_STAMPS)
def ask(public_id: str, kind: str) -> Response:
    """Ask which stamps were spoiled or lost; `?stamps=` is filled in already."""
    drawn = blank(which="stamps", stamps=request.args.get("stamps", ""))
    return _page(kind, public_id, drawn)


@bp.post("/<public_id:public_id>/spoiled", defaults={"kind": "spoiled"})
@bp.post("/<public_id:public_id>/lost", defaults={"kind": "lost"}, endpoint="cancel_lost")
@requires(Act.VOID_STAMPS)
def cancel(public_id: str, kind: str) -> Response:
    """Name what will be cancelled; do it once the person has confirmed."""
    form = read(LossForm, request.form)
    if isinstance(form, Refused):
        return _page(kind, public_id, form, status=422)
    at = _FIELDS[form.which]
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        try:
            pieces = _pieces(session, card, form)
        except _MISNAMED as refusal:
            return _refused(kind, public_id, refusal, at)
        if not form.confirmed:
            return _confirmation(session, kind, card, form, pieces)

    def effect(work: Work) -> str:
        done = service.void_pieces(work, batch_id=card.id, pieces=pieces, reason=_KINDS[kind])
        return url_for("manage_activation.act", public_id=done.public_id)

    try:
        return answer_once(effect)
    except (RangeNotPossible, ActiveNotLost) as refusal:
        return _refused(kind, public_id, refusal, at)


def _pieces(session: Session, card: BatchCard, form: LossForm) -> list[Piece]:
    """The stamps that were meant. Raises: one of `_MISNAMED`."""
    if form.which == "stamps":
        return queries.pieces_named(session, card, form.stamps)
    if form.which == "sheet":
        print_ = queries.label_print_of(session, form.label_print)
        if print_ is None or print_.batch_id != card.id:
            raise NoSuchSheet("no print of this batch", sheets=0)
        pieces = queries.pieces_of_sheet(session, print_, form.sheet or 0)
    else:
        pieces = queries.pieces_waiting(session, card.id)
    if not pieces:
        raise NothingToCancel(f"batch {card.id}, {form.which}")
    return pieces


def _refused(kind: str, public_id: str, refusal: AppError, at: str) -> Response:
    drawn = refused(request.form, LossForm, refusal, at=at)
    return _page(kind, public_id, drawn, status=422)


def _page(kind: str, public_id: str, form: Drawn, *, status: int = 200) -> Response:
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        prints = queries.label_prints_of(session, card.id, limit=20)
        return page(
            "traceability/manage/losses.html",
            status=status,
            form=form,
            kind=kind,
            prints=[(one, queries.sheets_of(one)) for one in prints if queries.sheets_of(one)],
            waiting=card.by_state.get("printed", 0),
            **_shared(session, card),
        )


def _confirmation(
    session: Session, kind: str, card: BatchCard, form: LossForm, pieces: list[Piece]
) -> Response:
    ranges = queries.ranges_of(session, card.id)
    counts = dict.fromkeys(("printed", "active", "void", "loose"), 0)
    for first, last in pieces:
        for each in ranges:
            is_loose = each.state == "printed" and each.lot_id is None
            count = max(0, min(each.last, last) - max(each.first, first) + 1)
            counts["loose" if is_loose else each.state] += count
    return page(
        "traceability/manage/losses_confirm.html",
        form=form,
        kind=kind,
        pieces=pieces,
        count=sum(last - first + 1 for first, last in pieces),
        counts=counts,
        explained=words.reason_explained(_KINDS[kind]),
        **_shared(session, card),
    )


def _shared(session: Session, card: BatchCard) -> dict[str, Any]:
    return {
        "batch": card,
        "goods": issued_for(session, [card])[card.id],
        "words": words,
        "display": display,
    }
