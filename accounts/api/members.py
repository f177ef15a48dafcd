"""`/api/v1/members`, `/api/v1/invitations`: who belongs to the enterprise, and who is asked to.

Handing over the lead is done by people alone, on `/manage/people`.
"""

from apiflask import APIBlueprint
from flask import Response

from accounts import queries, service
from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.api.shapes import Invitation, InvitationLink, Member
from accounts.forms import InviteForm, RoleForm
from accounts.invitation_links import link_of
from accounts.names import sign_in_name
from accounts.queries import MemberLine, OpenInvitation
from accounts.rules import Act, Role
from accounts.sent_invitations import send_invitation
from accounts.token_scopes import TokenScope
from accounts.web import enterprise_id, own
from core import clock
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.api.lists import Listed, asked_list
from core.work import Work, reading

bp = APIBlueprint("api_members", __name__, tag="members", url_prefix=API)


@bp.get("/members")
@asks(Act.READ_MEMBERS, TokenScope.READ_MEMBERS)
@describes(Description(answer=Listed[Member], is_list=True))
def listed() -> Response:
    """Everybody who belongs to the enterprise today."""
    asked = asked_list("members")
    with reading() as session:
        found = queries.members_after(
            session, enterprise_id(), after=asked.after, limit=asked.limit + 1
        )
    return show(asked.piece([Member.of(each) for each in found]))


@bp.get("/members/<public_id:public_id>")
@asks(Act.READ_MEMBERS, TokenScope.READ_MEMBERS)
@describes(Description(answer=Member))
def shown(public_id: str) -> Response:
    """One member."""
    return show(Member.of(_member(public_id)))


@bp.patch("/members/<public_id:public_id>")
@asks(Act.MANAGE_MEMBERS, TokenScope.WRITE_MEMBERS)
@describes(Description(body=RoleForm, answer=Member))
def change_role(public_id: str) -> Response:
    """Give a member another role; somebody who can decide is always left."""
    member, form = _member(public_id), read_body(RoleForm)

    def effect(work: Work) -> Answer:
        service.change_role(
            work,
            enterprise_id=enterprise_id(),
            person_id=member.person_id,
            role=Role(form.role),
        )
        changed = queries.member(work.session, enterprise_id(), public_id)
        assert changed is not None, "the membership is held"
        return answer_of(Member.of(changed))

    return answer_write(effect)


@bp.delete("/members/<public_id:public_id>")
@asks(Act.MANAGE_MEMBERS, TokenScope.WRITE_MEMBERS)
@describes(Description(status=204))
def remove(public_id: str) -> Response:
    """End a membership, with its tokens, from the very next request on."""
    member = _member(public_id)

    def effect(work: Work) -> Answer:
        service.remove_member(work, enterprise_id=enterprise_id(), person_id=member.person_id)
        return answer_of(None, status=204)

    return answer_write(effect)


@bp.get("/invitations")
@asks(Act.MANAGE_MEMBERS, TokenScope.READ_MEMBERS)
@describes(Description(answer=Listed[Invitation]))
def invited() -> Response:
    """Who was asked and may still accept, all of them, the latest first."""
    with reading() as session:
        found = queries.open_invitations(session, enterprise_id(), now=clock.now())
    return show(Listed(items=[Invitation.of(each) for each in found], next=None))


@bp.get("/invitations/<public_id:public_id>/link")
@asks(Act.MANAGE_MEMBERS, TokenScope.WRITE_MEMBERS)
@describes(Description(answer=InvitationLink))
def link(public_id: str) -> Response:
    """The link that opens an invitation; it is kept nowhere."""
    found = _invitation(public_id)
    return show(InvitationLink(public_id=found.public_id, link=link_of(found.public_id)))


@bp.post("/invitations")
@asks(Act.MANAGE_MEMBERS, TokenScope.WRITE_MEMBERS)
@describes(Description(body=InviteForm, answer=Invitation, status=201, also={200: Member}))
def invite() -> Response:
    """Ask somebody to join; with `way` `paper` somebody without a phone belongs at once (200)."""
    form = read_body(InviteForm)

    def effect(work: Work) -> Answer:
        if form.way == "paper":
            return _on_paper(work, form)
        made = service.invite_member(
            work,
            enterprise_id=enterprise_id(),
            role=Role(form.role),
            name=form.name,
            sign_in=sign_in_name(form.sign_in) if form.way == "sign_in" else None,
        )
        send_invitation(work, made.public_id, made.sign_in)
        found = queries.open_invitation(work.session, made.public_id, now=work.now)
        assert found is not None, "it was just made"
        return answer_of(Invitation.of(found), status=201)

    return answer_write(effect)


@bp.delete("/invitations/<public_id:public_id>")
@asks(Act.MANAGE_MEMBERS, TokenScope.WRITE_MEMBERS)
@describes(Description(status=204))
def withdraw(public_id: str) -> Response:
    """Take an invitation back: its link is dead from now on."""
    _invitation(public_id)

    def effect(work: Work) -> Answer:
        service.withdraw_invitation(work, public_id=public_id)
        return answer_of(None, status=204)

    return answer_write(effect)


def _on_paper(work: Work, form: InviteForm) -> Answer:
    [person_id] = service.add_members_on_paper(
        work, enterprise_id=enterprise_id(), members=[(form.name, Role(form.role))]
    )
    public_id = queries.people_named(work.session, [person_id])[person_id].public_id
    entered = queries.member(work.session, enterprise_id(), public_id)
    assert entered is not None, "it was just entered"
    return answer_of(Member.of(entered))


def _invitation(public_id: str) -> OpenInvitation:
    with reading() as session:
        return own(queries.open_invitation(session, public_id, now=clock.now()))


def _member(public_id: str) -> MemberLine:
    with reading() as session:
        return own(queries.member(session, enterprise_id(), public_id))
