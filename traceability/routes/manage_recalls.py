"""Recalling a lot, as the maker of the goods does it."""

from apiflask import APIBlueprint
from flask import Response
from sqlalchemy.orm import Session

from accounts.rules import Act
from accounts.web import own, requires
from catalog.queries import ManagedLot
from traceability.routes.recall_pages import RecallPages, found_lot
from traceability.rules import Side
from traceability.rules.entries import MAKER
from traceability.service import Judge

bp = APIBlueprint("manage_recalls", __name__, enable_openapi=False, url_prefix="/manage/lots")


def _own(session: Session, public_id: str) -> ManagedLot:
    return own(found_lot(session, public_id))


def _judge(_session: Session, _lot: ManagedLot) -> Judge:
    return Judge(Side.MAKER, MAKER)


PAGES = RecallPages(
    side=Side.MAKER,
    blueprint=bp.name,
    layout="traceability/cases/manage_base.html",
    find=_own,
    judge=_judge,
)


@bp.get("/<public_id:public_id>/recall")
@requires(Act.RECALL_LOT)
def shown(public_id: str) -> Response:
    """What is said of the lot's recall, or the form to call it back."""
    return PAGES.shown(public_id)


@bp.post("/<public_id:public_id>/recall")
@requires(Act.RECALL_LOT)
def recall(public_id: str) -> Response:
    """Call the lot back."""
    return PAGES.done(public_id)


@bp.get("/<public_id:public_id>/recall/lift")
@requires(Act.RECALL_LOT)
def ask_lift(public_id: str) -> Response:
    """Ask why the recall ends."""
    return PAGES.ask_lift(public_id)


@bp.post("/<public_id:public_id>/recall/lift")
@requires(Act.RECALL_LOT)
def lift(public_id: str) -> Response:
    """End the recall."""
    return PAGES.lifted(public_id)
