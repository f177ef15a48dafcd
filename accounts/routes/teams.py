"""The asked person's side of teams: who asks, into which team; joining, and leaving."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.errors import InvitationClosed
from accounts.forms import LinkForm
from accounts.invitation_links import public_id_of
from accounts.queries import AskedIn
from accounts.queries.teams import team_named
from accounts.rules import Act
from accounts.web import answer_once, requires, signed_in, who
from core.errors import NotFound
from core.forms import Refused, read
from core.limits import Limit, misses, network_of
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("teams", __name__, enable_openapi=False)

LINKS_BY_ADDRESS = Limit("team_link", ("20/1minute", "100/1hour"))


@bp.get("/teams/<token>")
def asked(token: str) -> Response:
    """Into which team one is asked; looking at it answers nothing."""
    one = _sent_by(token)
    return page(
        "accounts/team_invitation.html",
        status=200 if one.is_open else InvitationClosed.status,
        one=one,
        team=team_named(one.team, one.province_code, one.commune_code),
        token=token,
        someone=who(),
    )


@bp.post("/teams/join")
@requires(Act.ASK_CONSENT)
def join() -> Response:
    """Join the team; its work stands on /help from now on."""
    form = read(LinkForm, request.form)
    public_id = None if isinstance(form, Refused) else public_id_of(form.token, to="team")
    if public_id is None:
        raise InvitationClosed("a form without an invitation of ours")

    def effect(work: Work) -> str:
        service.join_team(work, public_id=public_id)
        return "/help"

    return answer_once(effect)


@bp.post("/help/teams/<public_id:public_id>/leave")
@requires(Act.ASK_CONSENT)
def leave(public_id: str) -> Response:
    """Leave a team one is in."""
    with reading() as session:
        own = queries.own_teams(session, signed_in().person_id)
    found = next((one for one in own if one.public_id == public_id), None)
    if found is None:
        raise NotFound("no team of theirs")

    def effect(work: Work) -> str:
        service.leave_team(work, team_id=found.id)
        return "/help"

    return answer_once(effect)


def _sent_by(token: str) -> AskedIn:
    network = network_of(request.remote_addr)
    misses().refuse(LINKS_BY_ADDRESS, network)
    with reading() as session:
        one = queries.asked_in(session, public_id_of(token, to="team") or "")
    if one is None:
        misses().count(LINKS_BY_ADDRESS, network)
        raise NotFound("no such invitation")
    return one
