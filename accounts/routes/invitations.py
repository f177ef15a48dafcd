"""The invited person's side: who asks, to what; yes or no. And leaving."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.errors import InvitationClosed, LastDirector
from accounts.forms import AnswerForm
from accounts.hashing import hash_of_secret
from accounts.here import mark_here
from accounts.invitation_links import public_id_of
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, requires, signed_in, who
from core import clock
from core.errors import NotFound
from core.forms import Refused, read
from core.guard import SESSION_COOKIE
from core.limits import Limit, misses, network_of
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("invitations", __name__, enable_openapi=False)

LINKS_BY_ADDRESS = Limit("invitation_link", ("20/1minute", "100/1hour"))


@bp.get("/invitations/<token>")
def invitation(token: str) -> Response:
    """Who invites, to what; looking at it answers nothing."""
    network = network_of(request.remote_addr)
    misses().refuse(LINKS_BY_ADDRESS, network)
    public_id = public_id_of(token)
    with reading() as session:
        card = queries.invitation_card(session, public_id or "", now=clock.now())
    if public_id is None or card is None:
        misses().count(LINKS_BY_ADDRESS, network)
        raise NotFound("no such invitation")
    return page(
        "accounts/invitation.html",
        status=200 if card.is_open else InvitationClosed.status,
        card=card,
        token=token,
        someone=who(),
    )


@bp.post("/invitations/answer")
@requires(Act.JOIN_ENTERPRISE)
def answer() -> Response:
    """Join, and act for the enterprise from now on; or say no."""
    form = read(AnswerForm, request.form)
    public_id = None if isinstance(form, Refused) else public_id_of(form.token)
    if isinstance(form, Refused) or public_id is None:
        raise InvitationClosed("a form without an invitation of ours")
    key = request.cookies[SESSION_COOKIE]

    def effect(work: Work) -> str:
        if form.answer == "refuse":
            service.refuse_invitation(work, public_id=public_id)
            return "/"
        enterprise_id = service.accept_invitation(work, public_id=public_id)
        mark_here(work)
        service.act_for(work, key_hash=hash_of_secret(key), enterprise_id=enterprise_id)
        return "/manage"

    return answer_once(effect)


@bp.post("/manage/people/leave")
@requires(Act.LEAVE_ENTERPRISE)
def leave() -> Response:
    """Leave the enterprise acted for."""

    def effect(work: Work) -> str:
        service.remove_member(work, enterprise_id=enterprise_id(), person_id=signed_in().person_id)
        return "/"

    try:
        return answer_once(effect)
    except LastDirector as refusal:
        return page("accounts/manage/stay.html", status=refusal.status)
