"""Stamps in the hand: found by the first and the last, scanned or typed; what can be done."""

from dataclasses import replace
from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, request
from sqlalchemy.orm import Session

from accounts.rules import Act
from accounts.web import enterprise_id, may, requires
from core import display
from core.errors import AppError, sentence
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.work import reading
from traceability import queries, rules
from traceability.errors import MalformedSerial, RangeBackwards
from traceability.forms import RangeForm
from traceability.queries import BatchCard, StampRow
from traceability.routes import manage_words as words
from traceability.routes.manage_objects import issued_for
from traceability.routes.manage_stamps import NotYourStamp
from traceability.rules import StampState

bp = APIBlueprint("manage_found_range", __name__, enable_openapi=False, url_prefix="/manage/stamps")

# What may be handed over or cancelled: a stamp with a warning is a case's until that is lifted.
_LIVING = frozenset({StampState.PRINTED, StampState.ACTIVE})


class TwoBatches(AppError):
    """The two stamps were not issued together."""

    sentence = sentence(
        "Hai tem này không cùng một đợt phát. Xin quét tem đầu và tem cuối của cùng một đợt."
    )


@bp.get("/range")
@requires(Act.VIEW_MANAGE)
def found() -> Response:
    """Which batch `?first=` and `?last=` are of, how the stamps between stand, what can be done."""
    if "first" not in request.args:
        return _page(blank())
    form = read(RangeForm, request.args)
    if isinstance(form, Refused):
        return _page(form, status=422)
    with reading() as session:
        ends: list[StampRow] = []
        for field in ("first", "last"):
            try:
                ends.append(_stamp(session, getattr(form, field)))
            except (MalformedSerial, NotYourStamp) as refusal:
                return _page(refused(request.args, RangeForm, refusal, at=field), status=422)
        first, last = ends
        if first.batch_id != last.batch_id:
            return _refuse(TwoBatches(f"batches {first.batch_id} and {last.batch_id}"))
        if first.ordinal > last.ordinal:
            return _refuse(RangeBackwards(f"{first.ordinal} to {last.ordinal}"))
        batch = queries.batches_by_id(session, [first.batch_id])[first.batch_id]
        return _found_page(session, batch, first.ordinal, last.ordinal)


def _stamp(session: Session, typed: str) -> StampRow:
    """The enterprise's own stamp, by its serial or the address that was scanned.

    Raises:
        MalformedSerial: neither.
        NotYourStamp: it is nobody's, or somebody else's.
    """
    code = rules.parse_code(typed, current_app.config["SETTINGS"].host)
    if code.serial is None:
        raise MalformedSerial
    stamp = queries.own_stamp_row(session, code.serial, enterprise_ids=[enterprise_id()])
    if stamp is None:
        raise NotYourStamp("the serial is not this enterprise's")
    return stamp


def _found_page(session: Session, batch: BatchCard, first: int, last: int) -> Response:
    found = [
        replace(each, first=max(each.first, first), last=min(each.last, last))
        for each in queries.ranges_of(session, batch.id)
        if each.first <= last and each.last >= first
    ]
    return page(
        "traceability/manage/found_range.html",
        form=blank(first="", last=""),
        batch=batch,
        goods=issued_for(session, [batch])[batch.id],
        first=first,
        last=last,
        found=found,
        printed=all(each.state == StampState.PRINTED for each in found),
        bound=all(each.lot_id is not None for each in found),
        living=all(each.state in _LIVING for each in found),
        held=[
            each
            for each in queries.deliveries_of_batch(session, batch.id)
            if each.first <= last and each.last >= first
        ],
        **_leave(),
    )


def _refuse(refusal: AppError) -> Response:
    return _page(refused(request.args, RangeForm, refusal, at="last"), status=422)


def _page(form: Drawn, *, status: int = 200) -> Response:
    return page(
        "traceability/manage/found_range.html", status=status, form=form, batch=None, **_leave()
    )


def _leave() -> dict[str, Any]:
    """What the reader may do, and how it is said."""
    return {
        "may_activate": may(Act.ACTIVATE_STAMPS),
        "may_void": may(Act.VOID_STAMPS),
        "may_deal": may(Act.MANAGE_DEALERS),
        "words": words,
        "display": display,
    }
