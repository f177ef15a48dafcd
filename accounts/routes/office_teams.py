"""An officer's teams: opened for an area, people asked in and taken out, ended."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.invitation_links import team_link_of
from accounts.names import sign_in_name
from accounts.office_forms import AskIntoTeamForm, OpenTeamForm
from accounts.queries import AskedIn, TeamCard
from accounts.routes.office_areas import areas
from accounts.rules import Act
from accounts.sent_invitations import send_team_invitation
from accounts.service import NewTeam
from accounts.team_errors import AlreadyInTeam, LeaderStays
from accounts.web import answer_once, requires, signed_in
from core.dispatch import has_carrier
from core.errors import NotFound
from core.forms import Drawn, Refused, blank, read, refused
from core.language import gettext
from core.pages import page
from core.work import Work, reading

bp = APIBlueprint("office_teams", __name__, enable_openapi=False)


@bp.get("/office/teams")
@requires(Act.MANAGE_TEAMS)
def listed() -> Response:
    """The teams of one's area and the form of a new one."""
    return _draw(blank(), 200)


@bp.post("/office/teams")
@requires(Act.MANAGE_TEAMS)
def open_one() -> Response:
    """Open a team; people are asked in on its page."""
    form = read(OpenTeamForm, request.form)
    if isinstance(form, Refused):
        return _draw(form, 422)
    if form.area not in dict(_areas()):
        said = gettext("Xin chọn một trong các mục có sẵn.")
        typed = {name: request.form.get(name, "") for name in ("name", "kind")}
        return _draw(Refused(typed, {"area": said}), 422)
    new = NewTeam(form.name, form.kind, *form.place)

    def effect(work: Work) -> str:
        return f"/office/teams/{service.open_team(work, new=new)}"

    return answer_once(effect)


@bp.get("/office/teams/<public_id:public_id>")
@requires(Act.KEEP_TEAM)
def shown(public_id: str) -> Response:
    """Who is in it, who was asked, and the form that asks somebody in."""
    return _draw_one(_own(public_id), blank(), 200)


@bp.post("/office/teams/<public_id:public_id>")
@requires(Act.KEEP_TEAM)
def ask_in(public_id: str) -> Response:
    """Ask somebody in; the page then shows their link."""
    one = _own(public_id)
    form = read(AskIntoTeamForm, request.form)
    if isinstance(form, Refused):
        return _draw_one(one, form, 422)
    sign_in = sign_in_name(form.sign_in)

    def effect(work: Work) -> str:
        asked = service.ask_into_team(work, team_id=one.id, name=form.name, sign_in=sign_in)
        send_team_invitation(work, asked, sign_in, team=one.name)
        return f"/office/teams/{one.public_id}"

    try:
        return answer_once(effect)
    except AlreadyInTeam as refusal:
        said = refused(request.form, AskIntoTeamForm, refusal, at="sign_in")
        return _draw_one(one, said, refusal.status)


@bp.post("/office/team-members/<public_id:public_id>/end")
@requires(Act.KEEP_TEAM)
def remove(public_id: str) -> Response:
    """Take somebody out, from this moment on, or take back that they were asked."""
    member = _asked_in(public_id)
    one = _own(member.team_public_id)
    if member.is_leader and not _manages(one):
        raise LeaderStays("a leader takes no leader out")

    def effect(work: Work) -> str:
        service.remove_from_team(work, public_id=public_id)
        return f"/office/teams/{one.public_id}"

    return answer_once(effect)


@bp.post("/office/team-members/<public_id:public_id>/leader")
@requires(Act.MANAGE_TEAMS)
def name_leader(public_id: str) -> Response:
    """Let a member lead the team: ask people in, take them out, hold trainings in its area."""
    return _say_who_leads(public_id, leads=True)


@bp.post("/office/team-members/<public_id:public_id>/leader/end")
@requires(Act.MANAGE_TEAMS)
def end_leader(public_id: str) -> Response:
    """Let a leader be a member as the others are, from this moment on."""
    return _say_who_leads(public_id, leads=False)


@bp.post("/office/teams/<public_id:public_id>/end")
@requires(Act.MANAGE_TEAMS)
def end(public_id: str) -> Response:
    """End a team, and with it all that producers gave it."""
    one = _managed(public_id)

    def effect(work: Work) -> str:
        service.end_team(work, team_id=one.id)
        return "/office/teams"

    return answer_once(effect)


def _say_who_leads(public_id: str, *, leads: bool) -> Response:
    one = _managed(_asked_in(public_id).team_public_id)

    def effect(work: Work) -> str:
        service.say_who_leads(work, public_id=public_id, leads=leads)
        return f"/office/teams/{one.public_id}"

    return answer_once(effect)


def _asked_in(public_id: str) -> AskedIn:
    with reading() as session:
        member = queries.asked_in(session, public_id)
    if member is None:
        raise NotFound("nobody was asked by this id")
    return member


def _own(public_id: str) -> TeamCard:
    """A team of one's area, or one that one leads."""
    with reading() as session:
        found = queries.team(session, public_id)
    led = {one.team_id for one in signed_in().leads}
    if found is None or not (_manages(found) or found.id in led):
        raise NotFound("no team of this area, nor led")
    return found


def _managed(public_id: str) -> TeamCard:
    """A team of one's area."""
    found = _own(public_id)
    if not _manages(found):
        raise NotFound("no team of this area")
    return found


def _manages(one: TeamCard) -> bool:
    offices = [each for each in signed_in().offices if each.may(Act.MANAGE_TEAMS)]
    return any(each.reaches(one.province_code, one.commune_code) for each in offices)


def _areas() -> list[tuple[str, str]]:
    """A team works somewhere: the whole country is nobody's."""
    return [(code, name) for code, name in areas(signed_in().offices) if code]


def _draw(form: Drawn, status: int) -> Response:
    with reading() as session:
        teams = queries.teams_in(session, signed_in().offices)
    return page("accounts/office/teams.html", status=status, form=form, areas=_areas(), teams=teams)


def _draw_one(one: TeamCard, form: Drawn, status: int) -> Response:
    with reading() as session:
        people = queries.people_of_team(session, one.id)
    return page(
        "accounts/office/team.html",
        status=status,
        form=form,
        manages=_manages(one),
        team=one,
        members=[each for each in people if each.person_id is not None],
        asked=[
            (
                each,
                team_link_of(each.public_id),
                each.sign_in is not None and has_carrier(each.sign_in),
            )
            for each in people
            if each.person_id is None
        ],
    )
