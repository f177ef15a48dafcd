"""Who belongs to an enterprise: invited, given another role, removed, handed over to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from accounts.errors import (
    HeirOnPaper,
    InvitationClosed,
    InvitationNotForYou,
    LastDirector,
    NotAMember,
)
from accounts.models import Enterprise, Invitation, Membership, Person
from accounts.rules import Role
from accounts.service.devices import end_devices
from accounts.service.tokens import end_tokens
from core import audit
from core.bulk import insert_for_ids, insert_rows
from core.errors import NotAllowed
from core.work import Work

INVITATION_DAYS = 14


def invite_member(
    work: Work, *, enterprise_id: int, role: Role, name: str, sign_in: str | None = None
) -> Invitation:
    """Ask somebody to join; with `sign_in` nobody else can accept."""
    assert work.by.person_id is not None, "only people invite"
    invitation = Invitation(
        public_id=work.new_public_id(),
        enterprise_id=enterprise_id,
        role=role,
        name=name,
        sign_in=sign_in,
        created_by_id=work.by.person_id,
        created_at=work.now,
        expires_at=work.now + timedelta(days=INVITATION_DAYS),
    )
    work.session.add(invitation)
    work.session.flush()
    _record(work, "invite_member", invitation)
    return invitation


def accept_invitation(work: Work, *, public_id: str) -> int:
    """Join with the role invited to; gives the enterprise's id. Of two at once one joins.

    Raises:
        InvitationClosed: it was answered or withdrawn, or is too old.
        InvitationNotForYou: it names somebody else's number or address.
    """
    person_id = work.by.person_id
    assert person_id is not None, "only people join"
    invitation = _answer(work, public_id, "accepted", accepted_by_id=person_id)
    if invitation.sign_in is not None:
        own = work.session.scalar(select(Person.sign_in).where(Person.id == person_id))
        if own != invitation.sign_in:
            raise InvitationNotForYou("an invitation for another sign-in")
    _hold(work, invitation.enterprise_id)
    found = _membership(work, invitation.enterprise_id, person_id)
    if found is None:
        add_member(
            work,
            enterprise_id=invitation.enterprise_id,
            person_id=person_id,
            role=Role(invitation.role),
        )
    elif found.ended_at is not None:
        found.role, found.since_at, found.ended_at = invitation.role, work.now, None
    # Whoever belongs already keeps the role: an invitation takes nothing from anybody.
    _record(work, "accept_invitation", invitation)
    return invitation.enterprise_id


def refuse_invitation(work: Work, *, public_id: str) -> None:
    """Say no; the inviter sees it.

    Raises:
        InvitationClosed: as `accept_invitation`.
    """
    _answer(work, public_id, "refused")


def withdraw_invitation(work: Work, *, public_id: str) -> None:
    """Take an invitation back: its link is dead from now on.

    Raises:
        InvitationClosed: it was answered meanwhile, or is too old.
    """
    _record(work, "withdraw_invitation", _answer(work, public_id, "withdrawn"))


def add_member(work: Work, *, enterprise_id: int, person_id: int, role: Role) -> None:
    """Give somebody a role in an enterprise."""
    work.session.add(
        Membership(enterprise_id=enterprise_id, person_id=person_id, role=role, since_at=work.now)
    )
    work.session.flush()


def add_members_on_paper(
    work: Work, *, enterprise_id: int, members: Sequence[tuple[str, Role]]
) -> list[int]:
    """Enter people without a phone, each a name and a role; gives their ids in the same order."""
    ids = insert_for_ids(
        work.session,
        Person,
        [
            {"public_id": work.new_public_id(), "name": name, "created_at": work.now}
            for name, _ in members
        ],
    )
    insert_rows(
        work.session,
        Membership,
        [
            {
                "enterprise_id": enterprise_id,
                "person_id": person_id,
                "role": role,
                "since_at": work.now,
            }
            for person_id, (_, role) in zip(ids, members, strict=True)
        ],
    )
    audit.record(
        work,
        act="add_members",
        object_kind="enterprise",
        object_id=enterprise_id,
        enterprise_id=enterprise_id,
        count=len(members),
    )
    return ids


def change_role(work: Work, *, enterprise_id: int, person_id: int, role: Role) -> None:
    """Give a member another role, from the very next request on.

    Raises:
        NotAMember: the person belongs there no longer.
        LastDirector: nobody would be left to decide.
    """
    member = _held(work, enterprise_id, person_id)
    if member.role == Role.DIRECTOR and role is not Role.DIRECTOR:
        _refuse_last_director(work, member)
    before, member.role = member.role, role
    work.session.flush()
    _record_member(work, "change_role", member, before=before, after=role)


def remove_member(work: Work, *, enterprise_id: int, person_id: int) -> None:
    """End a membership, another's or one's own, from the very next request on.

    Raises:
        NotAMember, LastDirector: as `change_role`.
    """
    member = _held(work, enterprise_id, person_id)
    if member.role == Role.DIRECTOR:
        _refuse_last_director(work, member)
    member.ended_at = work.now
    work.session.flush()
    end_tokens(work, person_id=person_id, enterprise_id=enterprise_id)
    end_devices(work, person_id=person_id, enterprise_id=enterprise_id)
    _record_member(work, "remove_member", member, role=member.role)


def hand_over(work: Work, *, enterprise_id: int, to_person_id: int, own_role: Role) -> None:
    """Make another member the director and take `own_role` oneself.

    Raises:
        NotAMember: one of the two belongs there no longer.
        NotAllowed: it was handed over meanwhile, to this member or another.
        HeirOnPaper: the other has no way to sign in, so nobody could decide.
    """
    assert work.by.person_id is not None, "only people hand over"
    heir = _held(work, enterprise_id, to_person_id)
    giver = _held(work, enterprise_id, work.by.person_id)
    if giver.role != Role.DIRECTOR:
        raise NotAllowed("no director any more")
    if work.session.get_one(Person, heir.person_id).sign_in is None:
        raise HeirOnPaper("the heir cannot sign in")
    heir.role = Role.DIRECTOR
    if giver.person_id != heir.person_id:
        giver.role = own_role
    work.session.flush()
    _record_member(work, "hand_over", heir, before_person_id=giver.person_id)


def replace_director(work: Work, *, enterprise_id: int, person_id: int, heir_id: int) -> None:
    """End the membership of who directs and let the heir direct, as a paper asked for.

    Raises:
        NotAMember: the first belongs there no longer.
    """
    giver = _held(work, enterprise_id, person_id)
    heir = _membership(work, enterprise_id, heir_id)
    if heir is None:
        add_member(work, enterprise_id=enterprise_id, person_id=heir_id, role=Role.DIRECTOR)
    else:
        heir.since_at = work.now if heir.ended_at else heir.since_at
        heir.role, heir.ended_at = Role.DIRECTOR, None
    giver.ended_at = work.now
    work.session.flush()
    end_tokens(work, person_id=person_id, enterprise_id=enterprise_id)
    end_devices(work, person_id=person_id, enterprise_id=enterprise_id)
    audit.record(
        work,
        act="hand_over_by_paper",
        object_kind="person",
        object_id=heir_id,
        enterprise_id=enterprise_id,
        before_person_id=person_id,
    )


def _answer(work: Work, public_id: str, answer: str, **values: int) -> Invitation:
    """Take an open invitation by one conditional UPDATE: it is answered once."""
    taken = work.session.scalars(
        update(Invitation)
        .where(Invitation.public_id == public_id, Invitation.answered_at.is_(None))
        .where(Invitation.expires_at > work.now)
        .values(answer=answer, answered_at=work.now, **values)
        .returning(Invitation),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if taken is None:
        raise InvitationClosed("invitation answered, withdrawn, too old or unknown")
    return taken


def _held(work: Work, enterprise_id: int, person_id: int) -> Membership:
    """A living membership of an enterprise whose members nobody else changes meanwhile."""
    _hold(work, enterprise_id)
    member = _membership(work, enterprise_id, person_id)
    if member is None or member.ended_at is not None:
        raise NotAMember("no member (any more)")
    return member


def _hold(work: Work, enterprise_id: int) -> None:
    # Two directors who remove each other at once come one after the other: the second is the last.
    work.session.execute(
        select(Enterprise.id).where(Enterprise.id == enterprise_id).with_for_update()
    )


def _membership(work: Work, enterprise_id: int, person_id: int) -> Membership | None:
    return work.session.scalars(
        select(Membership)
        .where(Membership.enterprise_id == enterprise_id, Membership.person_id == person_id)
        .execution_options(populate_existing=True)
    ).one_or_none()


def _refuse_last_director(work: Work, member: Membership) -> None:
    """Only a director who can sign in counts: one on paper could decide nothing."""
    other = work.session.scalar(
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.enterprise_id == member.enterprise_id, Membership.id != member.id)
        .where(Membership.role == Role.DIRECTOR, Membership.ended_at.is_(None))
        .where(Person.sign_in.is_not(None))
        .limit(1)
    )
    if other is None:
        raise LastDirector("the last director")


def _record(work: Work, act: str, invitation: Invitation) -> None:
    audit.record(
        work,
        act=act,
        object_kind="invitation",
        object_id=invitation.id,
        enterprise_id=invitation.enterprise_id,
        role=invitation.role,
    )


def _record_member(work: Work, act: str, member: Membership, **details: Any) -> None:
    audit.record(
        work,
        act=act,
        object_kind="person",
        object_id=member.person_id,
        enterprise_id=member.enterprise_id,
        **details,
    )
