"""Teams: opened and ended by officers of their area, joined by those who were asked."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from accounts.errors import InvitationClosed, InvitationNotForYou
from accounts.models import Consent, ConsentAsking, Person, Team, TeamMember
from accounts.service.consents import end_consent
from accounts.team_errors import AlreadyInTeam, TeamOver
from core import audit
from core.work import Work


@dataclass(frozen=True)
class NewTeam:
    """What an officer says of a team; without a commune it works in the whole province."""

    name: str
    kind: str
    province_code: str
    commune_code: str | None


def open_team(work: Work, *, new: NewTeam) -> str:
    """Open a team; its public id."""
    team = Team(
        public_id=work.new_public_id(),
        name=new.name,
        kind=new.kind,
        province_code=new.province_code,
        commune_code=new.commune_code,
        opened_by_id=_person(work),
        opened_at=work.now,
    )
    work.session.add(team)
    work.session.flush()
    _record(work, "open_team", team.id)
    return team.public_id


def ask_into_team(work: Work, *, team_id: int, name: str, sign_in: str | None) -> str:
    """Ask somebody into a team: whoever signs in so, else whoever has the link. The public id.

    Raises:
        TeamOver: it ended meanwhile.
        AlreadyInTeam: they are in it, or were asked and have not answered.
    """
    _hold_living(work, team_id)
    if sign_in is not None and _is_known(work, team_id, sign_in):
        raise AlreadyInTeam("in the team or asked into it")
    member = TeamMember(
        public_id=work.new_public_id(),
        team_id=team_id,
        name=name,
        sign_in=sign_in,
        invited_by_id=_person(work),
        invited_at=work.now,
    )
    work.session.add(member)
    work.session.flush()
    _record(work, "ask_into_team", team_id)
    return member.public_id


def join_team(work: Work, *, public_id: str) -> None:
    """Join the team one was asked into; who is in it already stays as they are.

    Raises:
        InvitationClosed: somebody joined by it, it was taken back, or the team ended.
        InvitationNotForYou: it names the number or address of somebody else.
    """
    person_id = _person(work)
    asked = work.session.execute(
        select(TeamMember.id, TeamMember.team_id, TeamMember.sign_in).where(
            TeamMember.public_id == public_id
        )
    ).one_or_none()
    if asked is None:
        raise InvitationClosed("nobody was asked by this id")
    own = work.session.scalar(select(Person.sign_in).where(Person.id == person_id))
    if asked.sign_in is not None and asked.sign_in != own:
        raise InvitationNotForYou("an invitation for another sign-in")
    try:
        _hold_living(work, asked.team_id)
    except TeamOver as over:
        raise InvitationClosed("the team ended") from over
    if _is_in(work, asked.team_id, person_id):
        return
    joined = work.session.scalar(
        update(TeamMember)
        .where(TeamMember.id == asked.id, TeamMember.person_id.is_(None))
        .where(TeamMember.ended_at.is_(None))
        .values(person_id=person_id, joined_at=work.now)
        .returning(TeamMember.id)
    )
    if joined is None:
        raise InvitationClosed("somebody joined by it, or it was taken back")
    _record(work, "join_team", asked.team_id, person_id=person_id)


def remove_from_team(work: Work, *, public_id: str) -> None:
    """End somebody's membership, or take back that they were asked; a second time is none.

    A write of theirs in the team's name that is running holds the row: it is committed before.
    """
    _leave(work, TeamMember.public_id == public_id, act="remove_from_team")


def say_who_leads(work: Work, *, public_id: str, leads: bool) -> None:
    """Say that a member leads the team, or leads it no longer; saying it again changes nothing."""
    changed = work.session.execute(
        update(TeamMember)
        .where(TeamMember.public_id == public_id, TeamMember.is_leader.is_not(leads))
        .where(TeamMember.person_id.is_not(None), TeamMember.ended_at.is_(None))
        .values(is_leader=leads)
        .returning(TeamMember.team_id, TeamMember.person_id)
    ).one_or_none()
    if changed is not None:
        act = "name_leader" if leads else "end_leader"
        _record(work, act, changed.team_id, person_id=changed.person_id)


def leave_team(work: Work, *, team_id: int) -> None:
    """Leave a team oneself; a second time is none."""
    own = (TeamMember.team_id == team_id) & (TeamMember.person_id == _person(work))
    _leave(work, own, act="leave_team")


def end_team(work: Work, *, team_id: int) -> None:
    """End a team with all that was given to it, and what it asked; a second end is none."""
    # Askings, then the team, then consents: the order in which an answer holds them.
    work.session.execute(
        update(ConsentAsking)
        .where(ConsentAsking.team_id == team_id, ConsentAsking.state == "asked")
        .values(state="withdrawn", decided_at=work.now, decided_by_id=work.by.person_id)
    )
    ended = work.session.scalar(
        update(Team)
        .where(Team.id == team_id, Team.ended_at.is_(None))
        .values(ended_at=work.now, ended_by_id=_person(work))
        .returning(Team.id)
    )
    if ended is None:
        return
    given = select(Consent.public_id).where(Consent.team_id == team_id, Consent.ended_at.is_(None))
    for public_id in work.session.scalars(given.order_by(Consent.id)).all():
        end_consent(work, public_id=public_id)
    _record(work, "end_team", team_id)


def _leave(work: Work, which: ColumnElement[bool], *, act: str) -> None:
    left = work.session.execute(
        update(TeamMember)
        .where(which, TeamMember.ended_at.is_(None))
        .values(ended_at=work.now)
        .returning(TeamMember.team_id, TeamMember.person_id)
    ).one_or_none()
    if left is not None:
        _record(work, act, left.team_id, person_id=left.person_id)


def _hold_living(work: Work, team_id: int) -> None:
    """Hold a team until the commit: of two who join at once the second sees the first.

    Raises:
        TeamOver: it ended.
    """
    living = select(Team.id).where(Team.id == team_id, Team.ended_at.is_(None))
    if work.session.scalar(living.with_for_update()) is None:
        raise TeamOver("the team ended")


def _is_known(work: Work, team_id: int, sign_in: str) -> bool:
    """Whether whoever signs in so is in the team, by whatever invitation, or was asked into it."""
    found = (
        select(TeamMember.id)
        .outerjoin(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.team_id == team_id, TeamMember.ended_at.is_(None))
        .where(func.coalesce(Person.sign_in, TeamMember.sign_in) == sign_in)
        .limit(1)
    )
    return work.session.scalar(found) is not None


def _is_in(work: Work, team_id: int, person_id: int) -> bool:
    found = select(TeamMember.id).where(
        TeamMember.team_id == team_id,
        TeamMember.person_id == person_id,
        TeamMember.ended_at.is_(None),
    )
    return work.session.scalar(found) is not None


def _person(work: Work) -> int:
    assert work.by.person_id is not None, "only people are in teams"
    return work.by.person_id


def _record(work: Work, act: str, team_id: int, **details: Any) -> None:
    audit.record(
        work, act=act, object_kind="team", object_id=team_id, enterprise_id=None, **details
    )
