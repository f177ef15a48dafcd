"""Cancelling stamps: a reason, a page that names what will happen, then the act."""

from apiflask import APIBlueprint
from flask import Response, request, url_for

from accounts.rules import Act
from accounts.web import answer_once, own, requires
from core import display
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.work import Work, reading
from traceability import queries, rules, service
from traceability.errors import ActiveNotLost, RangeNotPossible
from traceability.forms import VoidForm
from traceability.queries import BatchCard
from traceability.routes import manage_words as words
from traceability.routes.manage_objects import issued_for
from traceability.routes.manage_ranges import RangeRefused, typed_range

bp = APIBlueprint("manage_void", __name__, enable_openapi=False, url_prefix="/manage/stamps")


@bp.get("/<public_id:public_id>/void")
@requires(Act.VOID_STAMPS)
def ask(public_id: str) -> Response:
    """Ask which stamps and why; `?first=&last=` are filled in already."""
    first = request.args.get("first", "")
    return _page(public_id, blank(first=first, last=request.args.get("last", first)))


@bp.post("/<public_id:public_id>/void")
@requires(Act.VOID_STAMPS)
def void(public_id: str) -> Response:
    """Name what cancelling will do; do it once the person has confirmed."""
    form = read(VoidForm, request.form)
    if isinstance(form, Refused):
        return _page(public_id, form, status=422)
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        try:
            first, last = typed_range(session, card, form)
        except RangeRefused as wrong:
            return _page(public_id, wrong.form(VoidForm), status=422)
        if not form.confirmed:
            return _confirmation(card, form, first, last)

    def effect(work: Work) -> str:
        done = service.void_stamps(
            work, batch_id=card.id, first=first, last=last, reason=form.reason
        )
        return url_for("manage_activation.act", public_id=done.public_id)

    try:
        return answer_once(effect)
    except (RangeNotPossible, ActiveNotLost) as refusal:
        return _page(public_id, refused(request.form, VoidForm, refusal, at="last"), status=422)


def _page(public_id: str, form: Drawn, *, status: int = 200) -> Response:
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        goods = issued_for(session, [card])[card.id]
    return page(
        "traceability/manage/void.html",
        status=status,
        form=form,
        batch=card,
        goods=goods,
        reasons=words.reasons(),
        display=display,
    )


def _confirmation(card: BatchCard, form: VoidForm, first: int, last: int) -> Response:
    with reading() as session:
        goods = issued_for(session, [card])[card.id]
        ranges = queries.ranges_of(session, card.id)
        serials = queries.serials_at(session, card.id, {first, last})
    inside = [
        (
            "loose" if each.state == "printed" and each.lot_id is None else each.state,
            min(each.last, last) - max(each.first, first) + 1,
        )
        for each in ranges
        if each.first <= last and each.last >= first
    ]
    counts = {
        state: sum(count for one, count in inside if one == state)
        for state in ("printed", "active", "void", "loose")
    }
    return page(
        "traceability/manage/void_confirm.html",
        batch=card,
        goods=goods,
        form=form,
        first=first,
        last=last,
        counts=counts,
        serials={at: rules.serial_text(serial) for at, serial in serials.items()},
        reason=words.reason_words(form.reason),
        explained=words.reason_explained(form.reason),
        words=words,
        display=display,
    )
