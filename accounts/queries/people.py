"""Who is signed in, and what they are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from accounts.hashing import hash_of_secret
from accounts.models import (
    AccountChange,
    Appointment,
    Enterprise,
    Factor,
    PasswordLink,
    Person,
    SignIn,
    Team,
    TeamMember,
)
from accounts.names import sign_in_name
from accounts.queries.acting import memberships
from accounts.queries.turns import in_area, is_held
from accounts.rules import Ground, Lead, Office, Role, Who
from core.clock import day_of


def who_signed_in(session: Session, *, key_hash: str, now: datetime) -> Who | None:
    """The person of a sign-in that has neither ended nor run out. Three statements.

    One more of whoever leads a team.
    """
    found = session.execute(
        select(
            Person.id,
            Person.name,
            SignIn.enterprise_id,
            SignIn.confirmed_at,
            _IS_CHANGING,
            _HAS_FACTOR,
            _LEADS,
        )
        .join(SignIn, SignIn.person_id == Person.id)
        .where(SignIn.key_hash == key_hash)
        .where(SignIn.ended_at.is_(None), SignIn.expires_at > now)
    ).one_or_none()
    if found is None:
        return None
    person_id, name, enterprise_id, confirmed_at, is_changing, has_factor, does_lead = found
    members = memberships(session, person_id, now=now)
    return Who(
        person_id=person_id,
        name=name,
        acting=next((one for one in members if one.enterprise_id == enterprise_id), None),
        memberships=members,
        offices=offices(session, person_id, today=day_of(now)),
        is_changing=is_changing,
        has_factor=has_factor,
        confirmed_at=confirmed_at,
        leads=leads(session, person_id) if does_lead else (),
    )


_IS_CHANGING = exists().where(
    AccountChange.person_id == Person.id, AccountChange.ended_at.is_(None)
)


_LEADS = exists().where(
    TeamMember.person_id == Person.id,
    TeamMember.is_leader,
    TeamMember.ended_at.is_(None),
)
_HAS_FACTOR = exists().where(Factor.person_id == Person.id)


def who_named(session: Session, sign_in: str, *, now: datetime) -> Who | None:
    """The person who signs in by this name, acting for their first enterprise: for commands."""
    named = sign_in_name(sign_in)
    if named is None:  # Not the name of anybody: people on paper have none either.
        return None
    row = session.execute(
        select(Person.id, Person.name, _HAS_FACTOR).where(Person.sign_in == named)
    ).one_or_none()
    if row is None:
        return None
    members = memberships(session, row.id, now=now)
    acting = next((one for one in members if one.role is not Role.LEARNER), None)
    held = offices(session, row.id, today=day_of(now))
    return Who(row.id, row.name, acting, members, held, has_factor=row[2])


def leads(session: Session, person_id: int) -> tuple[Lead, ...]:
    """The living teams the person leads now, with the areas they work in."""
    rows = session.execute(
        select(Team.id, Team.province_code, Team.commune_code)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(TeamMember.person_id == person_id, TeamMember.is_leader)
        .where(TeamMember.ended_at.is_(None), Team.ended_at.is_(None))
        .order_by(Team.id)
    )
    return tuple(Lead(*row) for row in rows)


def offices(session: Session, person_id: int, *, today: date) -> tuple[Office, ...]:
    """The appointments the person holds today."""
    return _offices(session, Appointment.person_id == person_id, today)


def offices_by_id(session: Session, ids: Collection[int], *, today: date) -> dict[int, Office]:
    """Appointments held today, by id."""
    return {one.id: one for one in _offices(session, Appointment.id.in_(ids), today)}


def _offices(session: Session, condition: ColumnElement[bool], today: date) -> tuple[Office, ...]:
    held = select(Appointment).where(condition, *is_held(today))
    rows = session.scalars(held.order_by(Appointment.id))
    return tuple(
        Office(
            row.id,
            Role(row.role),
            row.province_code,
            row.commune_code,
            is_deputy=row.deputy_for_id is not None,
        )
        for row in rows
    )


def ground(session: Session, enterprise_id: int) -> Ground:
    """Where an enterprise lies, for the permission of an officer."""
    row = session.execute(
        select(Enterprise.province_code, Enterprise.commune_code).where(
            Enterprise.id == enterprise_id
        )
    ).one()
    return Ground(enterprise_id, row.province_code, row.commune_code)


def enterprise_ids_in(office: Office) -> Select[int]:
    """Ids of the enterprises in an office's area, for a statement of another feature."""
    return select(Enterprise.id).where(*in_area(office))


def person_names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """What the people with these ids are called."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {id_: name for id_, name in rows}  # noqa: C416  # A Row is no pair to mypy.


def password_of(session: Session, sign_in: str) -> tuple[int, str] | None:
    """The id and password hash of whoever signs in by this name and has a password."""
    row = session.execute(
        select(Person.id, Person.password_hash).where(Person.sign_in == sign_in)
    ).one_or_none()
    if row is None or row.password_hash is None:
        return None
    return row.id, row.password_hash


def password_link_is_alive(session: Session, *, token: str, now: datetime) -> bool:
    """Whether this link can still set a password."""
    alive = session.scalar(
        select(PasswordLink.person_id)
        .where(PasswordLink.token_hash == hash_of_secret(token))
        .where(PasswordLink.used_at.is_(None), PasswordLink.expires_at > now)
    )
    return alive is not None


@dataclass(frozen=True)
class PersonName:
    """What somebody is called, and their id outside."""

    public_id: str
    name: str


def people_named(session: Session, ids: Collection[int]) -> dict[int, PersonName]:
    """The names of people, with the ids that may stand in an address."""
    rows = session.execute(
        select(Person.id, Person.public_id, Person.name).where(Person.id.in_(ids))
    )
    return {row.id: PersonName(row.public_id, row.name) for row in rows}
