"""Recalls as the officer of the area orders and sees them."""

from apiflask import APIBlueprint
from flask import Response, request
from sqlalchemy.orm import Session

from accounts import queries as accounts
from accounts.rules import Act, Office, Role
from accounts.web import allow, requires, signed_in
from catalog import queries as catalog
from catalog.queries import ManagedLot
from core import display
from core.errors import AppError, NotFound
from core.language import gettext
from core.pages import page
from core.redirects import see_other
from core.work import reading
from traceability import queries, rules
from traceability import recall_words as words
from traceability.routes.recall_pages import RecallPages, found_lot
from traceability.rules import Side
from traceability.rules.entries import OPERATOR, officer_of
from traceability.rules.recalls import may_lift_recall
from traceability.service import Judge

bp = APIBlueprint("office_recalls", __name__, enable_openapi=False, url_prefix="/office")


def _covered(session: Session, public_id: str) -> ManagedLot:
    """The lot, where it is of the officer's area and of no enterprise of theirs."""
    found = found_lot(session, public_id)
    if found is None:
        raise NotFound("no such lot")
    allow(accounts.ground(session, found.enterprise_id))
    return found


def _judge(session: Session, lot: ManagedLot) -> Judge:
    """The officer of the smallest area; over a recall that goes on, of the smallest above it.

    Whoever stands in for a commune is no less the officer of its province.
    """
    ground = accounts.ground(session, lot.enterprise_id)
    roles = [_role(one) for one in signed_in().offices_for(ground)]
    recall = queries.open_recall(session, lot.id) if len(roles) > 1 else None
    lifting = (one for one in roles if recall and may_lift_recall(one, recall.by_role))
    return Judge(Side.OFFICE, next(lifting, roles[0]))


def _role(office: Office) -> str:
    if office.role is Role.OPERATOR:
        return OPERATOR
    return officer_of(office.province_code, office.commune_code)


PAGES = RecallPages(
    side=Side.OFFICE,
    blueprint=bp.name,
    layout="traceability/cases/office_base.html",
    find=_covered,
    judge=_judge,
)


@bp.get("/recalls")
@requires(Act.ORDER_RECALL)
def listed() -> Response:
    """Recalls of the officer's areas; `?stamp=`: the lot of a stamp, to be called back."""
    typed = request.args.get("stamp", "").strip()
    refusal = ""
    with reading() as session:
        if typed:
            try:
                return see_other(PAGES.url("shown", _lot_of_stamp(session, typed)))
            except AppError as wrong:
                refusal = gettext(wrong.sentence, **wrong.values)
        recalls = queries.recalls_within(session, signed_in().offices)
        lots = catalog.managed_lots_by_id(session, [one.lot_id for one in recalls])
        makers = accounts.makers(session, {one.enterprise_id for one in recalls})
    by_id = {lot.id: lot for lot in lots}
    return page(
        "traceability/recalls/listed.html",
        status=422 if refusal else 200,
        recalls=[(one, by_id[one.lot_id], makers[one.enterprise_id]) for one in recalls],
        typed=typed,
        refusal=refusal,
        words=words,
        display=display,
    )


@bp.get("/lots/<public_id:public_id>/recall")
@requires(Act.ORDER_RECALL)
def shown(public_id: str) -> Response:
    """What is said of the lot's recall, or the form to call it back."""
    return PAGES.shown(public_id)


@bp.post("/lots/<public_id:public_id>/recall")
@requires(Act.ORDER_RECALL)
def recall(public_id: str) -> Response:
    """Call the lot back."""
    return PAGES.done(public_id)


@bp.get("/lots/<public_id:public_id>/recall/lift")
@requires(Act.ORDER_RECALL)
def ask_lift(public_id: str) -> Response:
    """Ask why the recall ends."""
    return PAGES.ask_lift(public_id)


@bp.post("/lots/<public_id:public_id>/recall/lift")
@requires(Act.ORDER_RECALL)
def lift(public_id: str) -> Response:
    """End the recall."""
    return PAGES.lifted(public_id)


def _lot_of_stamp(session: Session, typed: str) -> ManagedLot:
    """The lot of a stamp on goods, where it lies in the officer's area.

    Raises:
        MalformedSerial: it is no stamp's number.
        NotFound: no such stamp, one of no lot, or of another area.
    """
    stamp = queries.stamp_row(session, rules.parse_serial(typed))
    if stamp is None or stamp.lot_id is None:
        raise NotFound("no stamp of a lot")
    allow(accounts.ground(session, stamp.enterprise_id))
    return catalog.managed_lots_by_id(session, [stamp.lot_id])[0]
