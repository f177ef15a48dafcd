"""A seller who moves, before the officer of the new place: the old beside the new."""

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from accounts import queries, service
from accounts.office_forms import RETURN_REASONS, ReasonForm, VerifyForm, reason_lines
from accounts.queries import Move
from accounts.rules import Act, Ground
from accounts.service import EnterpriseLook
from accounts.waiting import moves_lying
from accounts.web import allow, answer_once, requires, signed_in
from core import clock
from core.errors import NotFound
from core.forms import Drawn, Refused, blank, read
from core.language import current_language
from core.pages import page
from core.text.difference import changes
from core.work import Work, reading

bp = APIBlueprint("office_moves", __name__, enable_openapi=False)


@bp.get("/office/moves/<public_id:public_id>")
@requires(Act.VIEW_OFFICE)
def shown(public_id: str) -> Response:
    """What is published, what is asked for, and what can be decided."""
    with reading() as session:
        move, _ = _move_and_ground(session, public_id)
    return _draw(move, blank(version=move.version), 200)


@bp.post("/office/moves/<public_id:public_id>/publish")
@requires(Act.VERIFY_ENTERPRISE)
def publish(public_id: str) -> Response:
    """Publish the new place; what was compared is written down."""
    with reading() as session:
        move, where = _move_and_ground(session, public_id)
    form = read(VerifyForm, request.form)
    if isinstance(form, Refused):
        return _draw(move, form, 422)
    office = signed_in().office_for(where)
    look = EnterpriseLook(
        move.enterprise_id, form.version, office.level, form.looked_at, office.is_deputy
    )

    def effect(work: Work) -> str:
        service.move_enterprise(work, look=look)
        return _url(move)

    return answer_once(effect)


@bp.post("/office/moves/<public_id:public_id>/return")
@requires(Act.VERIFY_ENTERPRISE)
def send_back(public_id: str) -> Response:
    """Send it back with what is to be mended; the published place stays."""
    with reading() as session:
        move, where = _move_and_ground(session, public_id)
    form = read(ReasonForm, request.form)
    if isinstance(form, Refused):
        return _draw(move, form, 422)
    office, reason = signed_in().office_for(where), form.words
    look = EnterpriseLook(
        move.enterprise_id, form.version, office.level, as_deputy=office.is_deputy
    )

    def effect(work: Work) -> str:
        service.return_move(work, look=look, reason=reason)
        return _url(move)

    return answer_once(effect)


def _move_and_ground(session: Session, public_id: str) -> tuple[Move, Ground]:
    """A move into the officer's area.

    Raises:
        NotFound: there is none, or it leads elsewhere.
        OwnEnterprise: the officer would judge their own.
    """
    found = queries.move(session, public_id)
    if found is None:
        raise NotFound("no move has this id")
    where = Ground(found.enterprise_id, found.province_code, found.commune_code)
    allow(where)
    return found, where


def _url(move: Move) -> str:
    return f"/office/moves/{move.public_id}"


def _draw(move: Move, form: Drawn, status: int) -> Response:
    with reading() as session:
        lying = moves_lying(session, [move], now=clock.now(), language=current_language())
    label = gettext("Nơi làm")
    return page(
        "accounts/office/move.html",
        status=status,
        move=move,
        lying=lying[move.id],
        changes=changes([(label, move.old_place, move.place)]),
        returned=reason_lines(move.reason),
        form=form,
        is_own=signed_in().belongs_to(move.enterprise_id),
        reasons=[(str(at), gettext(words)) for at, words in enumerate(RETURN_REASONS, 1)],
    )
