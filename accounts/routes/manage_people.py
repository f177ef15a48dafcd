"""Who belongs to the enterprise: the list, inviting, roles, handing over, leaving."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts import queries, service
from accounts.errors import HeirOnPaper, LastDirector, NotAMember
from accounts.forms import HandOverForm, InviteForm, RoleForm
from accounts.invitation_links import link_of
from accounts.names import sign_in_name
from accounts.queries import MEMBERS_A_PAGE, MemberLine, OpenInvitation
from accounts.routes.role_words import ACT_WORDS, MEMBER_ROLES, act_words
from accounts.rules import TABLE, Act, Role
from accounts.sent_invitations import send_invitation
from accounts.web import answer_once, enterprise_id, may, own, requires, signed_in
from core import clock, display
from core.dispatch import has_carrier
from core.errors import AppError
from core.forms import Drawn, Refused, blank, read, refused
from core.language import current_language
from core.pages import page
from core.paging import address, asked_page
from core.work import Work, reading

bp = APIBlueprint("manage_people", __name__, enable_openapi=False)

LONGEST_QUESTION = 200


@bp.get("/manage/people")
@requires(Act.READ_MEMBERS)
def listed() -> Response:
    """Members with their roles, directors first; and who was asked and has not answered."""
    question = request.args.get("q", "")[:LONGEST_QUESTION].replace("\x00", "")
    with reading() as session:
        found = queries.members(session, enterprise_id(), words=question)
        invited = (
            queries.open_invitations(session, enterprise_id(), now=clock.now())
            if may(Act.MANAGE_MEMBERS)
            else []
        )
    pages = -(-len(found) // MEMBERS_A_PAGE)
    at = asked_page(pages)
    return page(
        "accounts/manage/people.html",
        question=question,
        members=found[(at - 1) * MEMBERS_A_PAGE : at * MEMBERS_A_PAGE],
        count=len(found),
        invited=invited,
        at=at,
        pages=pages,
        url_of=lambda number: address(
            "/manage/people", [("q", question), ("page", str(number) if number > 1 else "")]
        ),
        own_id=signed_in().person_id,
        may_manage=may(Act.MANAGE_MEMBERS),
    )


@bp.get("/manage/roles")
@requires(Act.VIEW_MANAGE)
def roles() -> Response:
    """Which role may do what, from the table that decides it."""
    return page(
        "accounts/manage/roles.html",
        roles=MEMBER_ROLES,
        acts=[(act_words(act), [act in TABLE[role] for role in MEMBER_ROLES]) for act in ACT_WORDS],
    )


@bp.get("/manage/people/new")
@requires(Act.MANAGE_MEMBERS)
def new() -> Response:
    """The form of an invitation."""
    return _draw_new(blank(role="seller", way="link"), 200)


@bp.post("/manage/people")
@requires(Act.MANAGE_MEMBERS)
def invite() -> Response:
    """Invite somebody, or enter somebody without a phone."""
    form = read(InviteForm, request.form)
    if isinstance(form, Refused):
        return _draw_new(form, 422)

    def effect(work: Work) -> str:
        role = Role(form.role)
        if form.way == "paper":
            service.add_members_on_paper(
                work, enterprise_id=enterprise_id(), members=[(form.name, role)]
            )
            return "/manage/people"
        invitation = service.invite_member(
            work,
            enterprise_id=enterprise_id(),
            role=role,
            name=form.name,
            sign_in=sign_in_name(form.sign_in) if form.way == "sign_in" else None,
        )
        send_invitation(work, invitation.public_id, invitation.sign_in)
        return f"/manage/people/invited/{invitation.public_id}"

    return answer_once(effect)


@bp.get("/manage/people/invited/<public_id:public_id>")
@requires(Act.MANAGE_MEMBERS)
def invited(public_id: str) -> Response:
    """An open invitation with its link, to send by chat."""
    invitation = _own_invitation(public_id)
    return page(
        "accounts/manage/invited.html",
        invitation=invitation,
        link=link_of(invitation.public_id),
        is_sent=invitation.sign_in is not None and has_carrier(invitation.sign_in),
        until=display.day(clock.day_of(invitation.expires_at), current_language()),
    )


@bp.post("/manage/people/invited/<public_id:public_id>/withdraw")
@requires(Act.MANAGE_MEMBERS)
def withdraw(public_id: str) -> Response:
    """Take an invitation back."""
    invitation = _own_invitation(public_id)

    def effect(work: Work) -> str:
        service.withdraw_invitation(work, public_id=invitation.public_id)
        return "/manage/people"

    return answer_once(effect)


@bp.get("/manage/people/<public_id:public_id>")
@requires(Act.MANAGE_MEMBERS)
def shown(public_id: str) -> Response:
    """One member: role, handing over, removal."""
    member = _own_member(public_id)
    return _draw(member, blank(role=member.role, own_role=Role.SELLER), 200)


@bp.post("/manage/people/<public_id:public_id>/role")
@requires(Act.MANAGE_MEMBERS)
def change_role(public_id: str) -> Response:
    """Give a member another role."""
    member = _own_member(public_id)
    form = read(RoleForm, request.form)
    if isinstance(form, Refused):
        return _draw(member, form, 422)

    def effect(work: Work) -> str:
        service.change_role(
            work,
            enterprise_id=enterprise_id(),
            person_id=member.person_id,
            role=Role(form.role),
        )
        return "/manage/people"

    try:
        return answer_once(effect)
    except (LastDirector, NotAMember) as refusal:
        return _draw(member, _beside(RoleForm, refusal, "role"), refusal.status)


@bp.post("/manage/people/<public_id:public_id>/remove")
@requires(Act.MANAGE_MEMBERS)
def remove(public_id: str) -> Response:
    """End a membership, from the very next request of that person on."""
    member = _own_member(public_id)

    def effect(work: Work) -> str:
        service.remove_member(work, enterprise_id=enterprise_id(), person_id=member.person_id)
        return "/manage/people"

    try:
        return answer_once(effect)
    except (LastDirector, NotAMember) as refusal:
        return _draw(member, _beside(RoleForm, refusal, "remove"), refusal.status)


@bp.post("/manage/people/<public_id:public_id>/hand-over")
@requires(Act.MANAGE_MEMBERS)
def hand_over(public_id: str) -> Response:
    """Make the member the director; the one who hands over takes another role."""
    member = _own_member(public_id)
    form = read(HandOverForm, request.form)
    if isinstance(form, Refused):
        return _draw(member, form, 422)

    def effect(work: Work) -> str:
        service.hand_over(
            work,
            enterprise_id=enterprise_id(),
            to_person_id=member.person_id,
            own_role=Role(form.own_role),
        )
        return "/manage"

    try:
        return answer_once(effect)
    except (HeirOnPaper, NotAMember) as refusal:
        return _draw(member, _beside(HandOverForm, refusal, "own_role"), refusal.status)


def _beside(model: type[RoleForm | HandOverForm], refusal: AppError, at: str) -> Refused:
    return refused(request.form, model, refusal, at=at)


def _own_member(public_id: str) -> MemberLine:
    with reading() as session:
        return own(queries.member(session, enterprise_id(), public_id))


def _own_invitation(public_id: str) -> OpenInvitation:
    with reading() as session:
        return own(queries.open_invitation(session, public_id, now=clock.now()))


def _draw_new(form: Drawn, status: int) -> Response:
    return page("accounts/manage/invite.html", status=status, form=form, roles=MEMBER_ROLES)


def _draw(member: MemberLine, form: Drawn, status: int) -> Response:
    return page(
        "accounts/manage/member.html",
        status=status,
        member=member,
        is_self=member.person_id == signed_in().person_id,
        form=form,
        roles=MEMBER_ROLES,
    )
