"""Teams as officers, their members and producers see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from accounts.models import Consent, Person, Team, TeamMember
from accounts.queries.acting import teams_of
from accounts.rules import Office
from core.places import commune_name, province_name

TEAMS_SHOWN = 200  # A province has about so many; the newest first.


@dataclass(frozen=True)
class TeamCard:
    """A team, and how many are in it."""

    id: int
    public_id: str
    name: str
    kind: str
    province_code: str
    commune_code: str | None
    ended_at: datetime | None
    members: int

    @property
    def place(self) -> str:
        """The commune, or the province, it works in."""
        return commune_name(self.commune_code) or province_name(self.province_code)


@dataclass(frozen=True)
class AskedIn:
    """Somebody who is in a team, or was asked into it and has not answered."""

    public_id: str
    team_id: int
    team_public_id: str
    team: str
    name: str  # Their own once they are in; before, as the officer says it.
    sign_in: str | None
    person_id: int | None
    province_code: str
    commune_code: str | None
    is_open: bool  # Neither answered nor ended, and the team lives.
    is_leader: bool


def team_named(name: str | None, province_code: str | None, commune_code: str | None) -> str:
    """What producers read: the team's name and where it works; empty without a team."""
    place = commune_name(commune_code) or province_name(province_code)
    return ", ".join(part for part in (name, place) if part) if name else ""


def teams_in(session: Session, offices: Collection[Office]) -> list[TeamCard]:
    """The living teams of these offices' areas, the newest first. One statement."""
    return _cards(session, Team.ended_at.is_(None), or_(false(), *map(_within, offices)))


def team(session: Session, public_id: str) -> TeamCard | None:
    """The team of this id, living or ended."""
    return next(iter(_cards(session, Team.public_id == public_id)), None)


def own_teams(session: Session, person_id: int) -> list[TeamCard]:
    """The teams somebody is in now. One statement."""
    return _cards(session, Team.id.in_(teams_of(person_id)))


def people_of_team(session: Session, team_id: int) -> list[AskedIn]:
    """Who is in a team or asked into it, in the order they were asked."""
    return _asked_in(session, TeamMember.team_id == team_id, TeamMember.ended_at.is_(None))


def asked_in(session: Session, public_id: str) -> AskedIn | None:
    """Whoever was asked into a team by this id, whatever became of it."""
    return next(iter(_asked_in(session, TeamMember.public_id == public_id)), None)


def team_invitations_for(session: Session, person_id: int) -> list[AskedIn]:
    """Open invitations that name how a person signs in."""
    own = select(Person.sign_in).where(Person.id == person_id).scalar_subquery()
    found = _asked_in(session, TeamMember.sign_in == own, TeamMember.person_id.is_(None))
    return [one for one in found if one.is_open]


def teams_of_consents(session: Session, consent_ids: Collection[int]) -> dict[int, str]:
    """The names of the teams to which consents were given, by consent; one's own are not in it."""
    return _names(session, consent_ids, key=Consent.id) if consent_ids else {}


def team_names(session: Session, team_ids: Collection[int]) -> dict[int, str]:
    """What producers read of these teams."""
    return _names(session, team_ids, key=Team.id) if team_ids else {}


def _names(
    session: Session, ids: Collection[int], *, key: InstrumentedAttribute[int]
) -> dict[int, str]:
    rows = session.execute(
        select(key, Team.name, Team.province_code, Team.commune_code)
        .select_from(Team)
        .outerjoin(Consent, and_(Consent.team_id == Team.id, Consent.id.in_(ids)))
        .where(key.in_(ids))
    )
    return {id_: team_named(*rest) for id_, *rest in rows}


def _within(office: Office) -> ColumnElement[bool]:
    """The condition of a team in an office's area."""
    if office.commune_code is not None:
        return Team.commune_code == office.commune_code
    if office.province_code is not None:
        return Team.province_code == office.province_code
    return Team.id.is_not(None)


def _cards(session: Session, *conditions: ColumnElement[bool]) -> list[TeamCard]:
    members = (
        select(func.count())
        .where(TeamMember.team_id == Team.id, TeamMember.person_id.is_not(None))
        .where(TeamMember.ended_at.is_(None))
        .correlate(Team)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Team.id,
            Team.public_id,
            Team.name,
            Team.kind,
            Team.province_code,
            Team.commune_code,
            Team.ended_at,
            members,
        )
        .where(*conditions)
        .order_by(Team.opened_at.desc(), Team.id.desc())
        .limit(TEAMS_SHOWN)
    )
    return [TeamCard(*row) for row in rows]


def _asked_in(session: Session, *conditions: ColumnElement[bool]) -> list[AskedIn]:
    is_open = and_(
        TeamMember.person_id.is_(None), TeamMember.ended_at.is_(None), Team.ended_at.is_(None)
    )
    people: Select[*tuple[Any, ...]] = (
        select(
            TeamMember.public_id,
            Team.id,
            Team.public_id,
            Team.name,
            func.coalesce(Person.name, TeamMember.name),
            TeamMember.sign_in,
            TeamMember.person_id,
            Team.province_code,
            Team.commune_code,
            is_open,
            TeamMember.is_leader,
        )
        .join(Team, Team.id == TeamMember.team_id)
        .outerjoin(Person, Person.id == TeamMember.person_id)
        .where(*conditions)
        .order_by(TeamMember.invited_at, TeamMember.id)
    )
    return [AskedIn(*row) for row in session.execute(people)]
