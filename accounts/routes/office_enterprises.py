"""The officers' queue of enterprises, and one enterprise with what can be decided about it."""

from collections.abc import Collection

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext
from sqlalchemy.orm import Session

from accounts import queries, service
from accounts.office_forms import RETURN_REASONS, LookForm, ReasonForm, VerifyForm, reason_lines
from accounts.queries import EnterpriseDecision, JudgedEnterprise
from accounts.routes.seller_changes import changes_since
from accounts.rules import Act, Ground
from accounts.service import EnterpriseLook
from accounts.waiting import moves_lying, sellers_lying
from accounts.web import allow, answer_once, requires, signed_in
from core import clock, display
from core.errors import Changed, NotFound
from core.forms import Drawn, Refused, blank, read
from core.language import current_language
from core.pages import page
from core.paging import address, asked_page
from core.work import Work, reading

bp = APIBlueprint("office_enterprises", __name__, enable_openapi=False)

WAITING_A_PAGE = 25


@bp.get("/office/enterprises")
@requires(Act.VIEW_OFFICE)
def queue() -> Response:
    """Enterprises that wait for the officer; `?all=1`: whatever waits in the areas."""
    offices, now, language = signed_in().offices, clock.now(), current_language()
    everywhere = request.args.get("all", "") == "1"
    at_moment = None if everywhere else now
    with reading() as session:
        count = queries.waiting_enterprise_count(session, offices, now=at_moment)
        pages = -(-count // WAITING_A_PAGE)
        at = asked_page(pages)
        waiting = queries.waiting_enterprises(
            session, offices, limit=WAITING_A_PAGE, after=(at - 1) * WAITING_A_PAGE, now=at_moment
        )
        words = sellers_lying(session, waiting, now=now, language=language)
        moves = queries.waiting_moves(session, offices, now=at_moment)
        moving = moves_lying(session, moves, now=now, language=language) if moves else {}
    return page(
        "accounts/office/enterprises.html",
        count=count,
        waiting=[(one, words.get(one.id)) for one in waiting],
        moves=[(one, moving[one.id]) for one in moves],
        everywhere=everywhere,
        at=at,
        pages=pages,
        url_of=lambda number: address(
            "/office/enterprises",
            [("all", "1" if everywhere else ""), ("page", str(number) if number > 1 else "")],
        ),
    )


@bp.get("/office/enterprises/<public_id:public_id>")
@requires(Act.VIEW_OFFICE)
def shown(public_id: str) -> Response:
    """One enterprise: what it says, what was decided before, what can be decided now."""
    with reading() as session:
        enterprise, _ = _enterprise_and_ground(session, public_id)
    return _draw(enterprise, blank(version=enterprise.version), 200)


@bp.post("/office/enterprises/<public_id:public_id>/verify")
@requires(Act.VERIFY_ENTERPRISE)
def verify(public_id: str) -> Response:
    """Let it sell; what was compared is written down and shown to buyers."""
    with reading() as session:
        enterprise, where = _enterprise_and_ground(session, public_id)
    form = read(VerifyForm, request.form)
    if isinstance(form, Refused):
        return _draw(enterprise, form, 422)
    look = _look(enterprise, where, form.version, form.looked_at)

    def effect(work: Work) -> str:
        service.verify_enterprise(work, look=look)
        return _url(enterprise)

    return answer_once(effect)


@bp.post("/office/enterprises/<public_id:public_id>/return")
@requires(Act.VERIFY_ENTERPRISE)
def send_back(public_id: str) -> Response:
    """Send it back with what is to be mended."""
    with reading() as session:
        enterprise, where = _enterprise_and_ground(session, public_id)
    form = read(ReasonForm, request.form)
    if isinstance(form, Refused):
        return _draw(enterprise, form, 422)
    look, reason = _look(enterprise, where, form.version), form.words

    def effect(work: Work) -> str:
        service.return_enterprise(work, look=look, reason=reason)
        return _url(enterprise)

    return answer_once(effect)


@bp.post("/office/enterprises/<public_id:public_id>/suspend")
@requires(Act.SUSPEND_ENTERPRISE)
def suspend(public_id: str) -> Response:
    """Stop its sale at once."""
    with reading() as session:
        enterprise, where = _enterprise_and_ground(session, public_id)
    form = read(ReasonForm, request.form)
    if isinstance(form, Refused):
        return _draw(enterprise, form, 422)
    look, reason = _look(enterprise, where, form.version), form.words

    def effect(work: Work) -> str:
        service.suspend_enterprise(work, look=look, reason=reason)
        return _url(enterprise)

    return answer_once(effect)


@bp.post("/office/enterprises/<public_id:public_id>/resume")
@requires(Act.SUSPEND_ENTERPRISE)
def resume(public_id: str) -> Response:
    """Let it sell again."""
    with reading() as session:
        enterprise, where = _enterprise_and_ground(session, public_id)
    form = read(LookForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")
    look = _look(enterprise, where, form.version)

    def effect(work: Work) -> str:
        service.resume_enterprise(work, look=look)
        return _url(enterprise)

    return answer_once(effect)


def _enterprise_and_ground(session: Session, public_id: str) -> tuple[JudgedEnterprise, Ground]:
    """An enterprise of the officer's area that left its people once.

    Raises:
        NotFound: there is none, a draft, or outside the area.
        OwnEnterprise: the officer would judge their own.
    """
    found = queries.judged_enterprise(session, public_id.upper())
    if found is None:
        raise NotFound("no enterprise has this id, or it is a draft")
    where = Ground(found.id, found.province_code, found.commune_code)
    allow(where)
    return found, where


def _look(
    enterprise: JudgedEnterprise, where: Ground, version: int, looked_at: Collection[str] = ()
) -> EnterpriseLook:
    office = signed_in().office_for(where)
    return EnterpriseLook(enterprise.id, version, office.level, looked_at, office.is_deputy)


def _url(enterprise: JudgedEnterprise) -> str:
    return f"/office/enterprises/{enterprise.public_id}"


def _draw(enterprise: JudgedEnterprise, form: Drawn, status: int) -> Response:
    language, now = current_language(), clock.now()
    with reading() as session:
        past = queries.decisions(session, enterprise.id)
        names = queries.cases_about(session, kind="enterprise", object_id=enterprise.id)
        lie = sellers_lying(session, [enterprise], now=now, language=language)
    return page(
        "accounts/office/enterprise.html",
        status=status,
        enterprise=enterprise,
        lying=lie.get(enterprise.id),
        phone=display.phone(enterprise.phone) if enterprise.phone else "",
        changes=changes_since(past[0].said, enterprise)
        if past and enterprise.state == "submitted"
        else [],
        past=[(one, _when(one, language), reason_lines(one.reason)) for one in past],
        names=names,
        form=form,
        is_own=signed_in().belongs_to(enterprise.id),
        reasons=[(str(at), gettext(words)) for at, words in enumerate(RETURN_REASONS, 1)],
    )


def _when(decision: EnterpriseDecision, language: str) -> str:
    return display.earlier(decision.reviewed_at, clock.now(), language)
