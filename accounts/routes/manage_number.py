"""A member who lost their number: the director, who knows them, asks for the move; it waits."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.errors import NoCarrier, NoMessagesThere, NotAMember, SignInMalformed, SignInTaken
from accounts.forms import NewNumberForm
from accounts.names import as_written
from accounts.queries import MemberLine
from accounts.routes.codes import sendable
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, own, requires, signed_in
from core import clock, display
from core.forms import Drawn, Refused, blank, read, refused
from core.language import current_language
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading

bp = APIBlueprint("manage_number", __name__, enable_openapi=False)

_BESIDE = (SignInMalformed, NoMessagesThere, NoCarrier, SignInTaken, NotAMember)


@bp.get("/manage/people/<public_id:public_id>/number")
@requires(Act.MANAGE_MEMBERS)
def form(public_id: str) -> Response:
    """Ask for the new number, and say what waits already."""
    member = _member(public_id)
    if member.person_id == signed_in().person_id:
        return see_other("/account/number")  # One's own is proved by codes.
    return _draw(member, blank(), 200)


@bp.post("/manage/people/<public_id:public_id>/number")
@requires(Act.MANAGE_MEMBERS)
def ask(public_id: str) -> Response:
    """Ask for the move: told to the old number and on every device, which can stop it."""
    member = _member(public_id)
    if member.person_id == signed_in().person_id:
        return see_other("/account/number")
    typed = read(NewNumberForm, request.form)
    if isinstance(typed, Refused):
        return _draw(member, typed, 422)

    def effect(work: Work) -> str:
        service.ask_member_move(
            work, enterprise_id=member.enterprise_id, person_id=member.person_id, target=target
        )
        return f"/manage/people/{member.public_id}/number"

    try:
        target = sendable(typed.sign_in)
        return answer_once(effect)
    except _BESIDE as refusal:
        drawn = refused(request.form, NewNumberForm, refusal, at="sign_in")
        return _draw(member, drawn, refusal.status)


def _member(public_id: str) -> MemberLine:
    with reading() as session:
        return own(queries.member(session, enterprise_id(), public_id))


def _draw(member: MemberLine, typed: Drawn, status: int) -> Response:
    language, now = current_language(), clock.now()
    with reading() as session:
        waiting = queries.waiting_changes(session, member.person_id)
    return page(
        "accounts/manage/number.html",
        status=status,
        member=member,
        waiting=[
            (as_written(one.value), display.recent(one.due_at, now, language))
            for one in waiting
            if one.kind == "sign_in"
        ],
        form=typed,
    )
